package ingest

import (
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// refusal is why a whole file or sheet cannot be read.
type refusal struct {
	kind    string
	message text.Message
}

func refuse(kind, key string, args ...any) *refusal {
	return &refusal{kind: kind, message: text.T(key, args...)}
}

// Error makes a refusal an error inside this package.
func (r *refusal) Error() string { return r.kind }

// problem makes the refusal a problem of the file.
func (r *refusal) problem(sheet string) ledger.Problem {
	return newProblem(ledger.SeverityError, r.kind, place{sheet: sheet}, "", "", r.message)
}

// place says where a problem stands.
type place struct {
	dataset string
	sheet   string
	cell    string
	column  string
}

func newProblem(severity ledger.Severity, kind string, at place, found, expected string, message text.Message) ledger.Problem {
	return ledger.Problem{
		Severity: severity, Dataset: at.dataset, Sheet: ledger.Optional(at.sheet), Cell: ledger.Optional(at.cell), Column: at.column, Kind: kind,
		// A copy: a part of a cell's text would hold on to its neighbours.
		Found: strings.Clone(clip(found)), Expected: expected, Message: message.In(text.Zh), MessageEn: message.In(text.En),
	}
}

// clip keeps what was found short enough to read.
func clip(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
