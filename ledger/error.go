package ledger

import (
	"errors"

	"taizhang/internal/text"
)

// ErrorKind says what went wrong in a way that a status code can be chosen by.
type ErrorKind string

// The kinds of error the product tells apart.
const (
	Invalid  ErrorKind = "invalid"   // the request is wrong
	NotFound ErrorKind = "not_found" // what was asked for is not there
	Conflict ErrorKind = "conflict"  // somebody else was first
	Refused  ErrorKind = "refused"   // not allowed here
	Internal ErrorKind = "internal"  // ours to mend
)

// Error is a failure with a sentence for the person and a cause for the log.
type Error struct {
	Kind    ErrorKind
	Message text.Message
	Cause   error
}

// Error gives the English sentence and the cause, for logs.
func (e *Error) Error() string {
	if e.Cause == nil {
		return e.Message.In(text.En)
	}
	return e.Message.In(text.En) + ": " + e.Cause.Error()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Fail makes an Error of a kind with a phrase of the catalogue.
func Fail(kind ErrorKind, message text.Message) *Error { return &Error{Kind: kind, Message: message} }

// AsError finds the Error in a chain; any other error becomes Internal.
func AsError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Kind: Internal, Message: text.T("error.internal"), Cause: err}
}
