package ingest

import (
	"strings"
	"time"

	"taizhang/internal/text"
	"taizhang/internal/wording"
	"taizhang/ledger"
)

// exampleMark begins the name in a template's example line; such a line is never read.
const exampleMark = "【示例】"

// isExample knows that line and says so in a note.
func (t *table) isExample(r *gridRow) bool {
	b := t.fieldColumn(t.dataset.Subject)
	if b == nil {
		return false
	}
	c := r.at(b.col)
	if c == nil || c.kind != cellText || !strings.HasPrefix(wording.Clean(c.text), exampleMark) {
		return false
	}
	t.report(fault{ledger.SeverityNote, "example_line", clip(c.text), "", text.T("problem.example_line", r.no)}, address(r.no, b.col), b.caption())
	return true
}

// example fills the example line from what the field is.
func (b *templateBuilder) example(col int, f ledger.Field) error {
	at := address(templateExample, col)
	if err := b.book.SetCellValue(b.sheet, at, b.exampleValue(f)); err != nil {
		return err
	}
	return b.book.SetCellStyle(b.sheet, at, at, b.styles["example "+look(f)])
}

// exampleCode is a credit code with a right check character.
const exampleCode = "91410103MA00000006"

var exampleDay = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

func (b *templateBuilder) exampleValue(f ledger.Field) any {
	name := b.say("template.example_name", f.Label(b.lang))
	if f.Name == b.dataset.Subject && f.Kind == ledger.Date {
		return b.say("template.example", exampleDay.Format(time.DateOnly))
	}
	if f.Name == b.dataset.Subject {
		return b.say("template.example", name)
	}
	if list := usualValues(f); len(list) > 0 {
		return list[0]
	}
	switch f.Kind {
	case ledger.Name:
		return name
	case ledger.People:
		return b.say("template.example_lead")
	case ledger.Code:
		return exampleCode
	case ledger.Money:
		return 1_000_000
	case ledger.Area:
		return 1234.5
	case ledger.Number, ledger.Count:
		return 12
	case ledger.Percent:
		return 35
	case ledger.Date:
		switch {
		case b.ends(f.Name):
			return time.Date(2026, 5, 31, 0, 0, 0, 0, time.UTC)
		case f.Event:
			return time.Date(2026, 5, 20, 0, 0, 0, 0, time.UTC)
		case f.Edge == ledger.Last:
			return time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)
		}
		return exampleDay
	case ledger.Period:
		return "2026年5月"
	}
	if f.Listed {
		return "1、2"
	}
	return b.say("template.example_text")
}

// ends reports whether a date is the end of a term that is limited.
func (b *templateBuilder) ends(field string) bool {
	for _, c := range b.dataset.Checks {
		if rule, ok := c.Rule.(ledger.Lasts); ok && rule.Field == field {
			return true
		}
	}
	return false
}
