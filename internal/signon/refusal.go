package signon

import "errors"

// Reason says in a word why a sign-in at the service let nobody in; pages and the audit have their sentences by it.
type Reason string

// The reasons.
const (
	Unreachable Reason = "unreachable" // the service does not answer, or not as one
	Lost        Reason = "lost"        // the browser did not begin this sign-in, or began another since
	Late        Reason = "late"        // it was begun too long ago
	Mixed       Reason = "mixed"       // another service answered
	Denied      Reason = "denied"      // the person broke it off there
	Failed      Reason = "failed"      // the service answered with an error
	Code        Reason = "code"        // the service does not take its code, such as one that was used
	Token       Reason = "token"       // its token does not say what it must
	Stale       Reason = "stale"       // the person signed in there too long ago
)

// Reasons lists all of them.
var Reasons = []Reason{Unreachable, Lost, Late, Mixed, Denied, Failed, Code, Token, Stale}

// Refusal is why nobody was let in; the cause is for the log and holds no secret.
type Refusal struct {
	Reason Reason
	cause  error
}

// longestCause is how much of a cause is told: a service may answer anything.
const longestCause = 300

func refuse(reason Reason, cause error) error { return &Refusal{reason, cause} }

// Error implements error.
func (r *Refusal) Error() string {
	if r.cause == nil {
		return string(r.Reason)
	}
	said := []rune(r.cause.Error())
	return string(r.Reason) + ": " + string(said[:min(len(said), longestCause)])
}

// Unwrap gives the cause.
func (r *Refusal) Unwrap() error { return r.cause }

// ReasonOf is why a sign-in failed; Unreachable for an error that says no reason.
func ReasonOf(err error) Reason {
	if r := (*Refusal)(nil); errors.As(err, &r) {
		return r.Reason
	}
	return Unreachable
}
