package access

import "time"

// Policy is what sign-in demands. Where the two profiles contradict each other (ASVS 6.2.5 and 6.2.10 forbid what 等保 asks for), the
// deployment chooses.
type Policy struct {
	Name string

	MinLength  int           // of a password, in characters
	MaxLength  int           // in characters; longer ones are refused, never cut
	Classes    int           // of lower case, upper case, digits and others that it must hold; 0: none
	MaxAge     time.Duration // after which it must be changed; 0: never
	Remembered int           // passwords before it that it must differ from

	Failures        int           // wrong passwords of an account within LockFor that lock it
	AddressFailures int           // the same from one address, of whichever accounts
	LockFor         time.Duration // how long it is locked, from the last failure that counted

	Idle     time.Duration // a session ends after so long without a request
	Absolute time.Duration // and so long after its beginning in any case
	OneTime  time.Duration // a password that somebody else set must be used within

	// Separate keeps the administrator's role apart: nobody holds it with another (三权分立).
	Separate bool
}

// The names of the profiles.
const (
	DefaultProfile = "default" // OWASP ASVS 5.0, level 2
	DengbaoProfile = "dengbao" // GB/T 22239, as assessors ask for it
)

// Policies are the profiles by name.
var Policies = map[string]Policy{
	DefaultProfile: {
		Name: DefaultProfile, MinLength: 8, MaxLength: 128, Failures: 10, AddressFailures: 50, LockFor: 15 * time.Minute,
		Idle: time.Hour, Absolute: 12 * time.Hour, OneTime: 24 * time.Hour,
	},
	DengbaoProfile: {
		Name: DengbaoProfile, MinLength: 8, MaxLength: 128, Classes: 3, MaxAge: 90 * 24 * time.Hour, Remembered: 5,
		Failures: 5, AddressFailures: 25, LockFor: 30 * time.Minute,
		Idle: 15 * time.Minute, Absolute: 8 * time.Hour, OneTime: 24 * time.Hour, Separate: true,
	},
}

// SessionEnd says when a session ends that began and was last used then, if nothing is asked any more.
func (p Policy) SessionEnd(began, seen time.Time) time.Time {
	idle, last := seen.Add(p.Idle), began.Add(p.Absolute)
	if idle.Before(last) {
		return idle
	}
	return last
}

// Alive reports whether a session still holds.
func (p Policy) Alive(began, seen, now time.Time) bool { return now.Before(p.SessionEnd(began, seen)) }

// Expired reports whether a password set at a moment must be changed before anything else.
func (p Policy) Expired(set, now time.Time) bool {
	return p.MaxAge > 0 && !now.Before(set.Add(p.MaxAge))
}

// Stale reports whether a one-time password set at a moment can no longer be used.
func (p Policy) Stale(set, now time.Time) bool { return !now.Before(set.Add(p.OneTime)) }

// Attempts are the wrong passwords that count at a moment: those of an account since it last signed in, and those from an address.
type Attempts struct {
	Account, Address         int
	LastAccount, LastAddress time.Time
}

// LockedUntil says until when nobody may sign in, the zero time when somebody may.
func (p Policy) LockedUntil(a Attempts, now time.Time) time.Time {
	var until time.Time
	if a.Account >= p.Failures {
		until = a.LastAccount.Add(p.LockFor)
	}
	if byAddress := a.LastAddress.Add(p.LockFor); a.Address >= p.AddressFailures && byAddress.After(until) {
		until = byAddress
	}
	if !now.Before(until) {
		return time.Time{}
	}
	return until
}

// SmallestRetention is how long the audit is kept at least (网络安全法 §21: no less than six months).
const SmallestRetention = 180

// MayForget reports whether the audit may be kept for so many days; 0 keeps it for good.
func MayForget(days int) bool { return days == 0 || days >= SmallestRetention }

// MayHold reports whether one account may hold the roles together.
func (p Policy) MayHold(roles []Role) bool {
	if !p.Separate || len(roles) < 2 {
		return true
	}
	for _, r := range roles {
		if r == Administrator {
			return false
		}
	}
	return true
}
