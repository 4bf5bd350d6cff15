package analytics

import (
	"fmt"
	"testing"
	"time"

	"taizhang/ledger"
)

// promised makes an item due on a day of June 2016, closed on another (0: open).
func promised(due, closed int, more ...func(*ActionLine)) ActionLine {
	l := ActionLine{Due: june(due), Status: ledger.ActionUnderway}
	if closed != 0 {
		l.Status, l.ClosedOn = ledger.ActionConfirmed, june(closed)
	}
	for _, f := range more {
		f(&l)
	}
	l.settle(june(20))
	return l
}

func june(day int) Date {
	if day == 0 {
		return Date{}
	}
	return theDay(fmt.Sprintf("2016-06-%02d", day))
}

func because(reason string) func(*ActionLine) { return func(l *ActionLine) { l.Shortfall = reason } }

func TestCommitmentsGiveNoPartialCredit(t *testing.T) {
	reported := func(l *ActionLine) { l.Status, l.DonePercent = ledger.ActionReported, ledger.Int(100) }
	twenty := []ActionLine{}
	for i := range 20 {
		closed := 17
		if i >= 16 {
			closed = 0
		}
		twenty = append(twenty, promised(17, closed))
	}
	for _, c := range []struct {
		name         string
		list         []ActionLine
		ppc, closure string
		reasons      string
	}{
		{"nothing was due", nil, "— of —: —", "— of —: —", "[]"},
		{"only later ones", []ActionLine{promised(21, 0), promised(0, 0), promised(0, 18)}, "— of —: —", "— of —: —", "[]"},
		{"the worked example", twenty, "16 of 20: 80", "16 of 20: 80", "[{ 4}]"},
		{"on the day is in time, a day after is not", []ActionLine{promised(17, 17), promised(17, 18)}, "1 of 2: 50", "1 of 2: 50", "[{ 1}]"},
		{"reported done is not closed", []ActionLine{promised(17, 0, reported)}, "0 of 1: 0", "0 of 1: 0", "[{ 1}]"},
		{"due today counts", []ActionLine{promised(20, 0)}, "0 of 1: 0", "0 of 1: 0", "[{ 1}]"},
		{"the week begins after the last meeting", []ActionLine{promised(13, 13), promised(14, 14)}, "1 of 1: 100", "2 of 2: 100", "[]"},
		{"reasons are counted", []ActionLine{promised(17, 0, because("资金")), promised(18, 19, because("手续")), promised(16, 0, because("资金"))},
			"0 of 3: 0", "0 of 3: 0", "[{资金 2} {手续 1}]"},
	} {
		got := commitments(c.list, june(13), june(20))
		if p := said(got.PPC); p != c.ppc {
			t.Errorf("%s: PPC %s, want %s", c.name, p, c.ppc)
		}
		if p := said(got.Closure); p != c.closure {
			t.Errorf("%s: closure %s, want %s", c.name, p, c.closure)
		}
		if r := fmt.Sprint(got.Reasons); r != c.reasons {
			t.Errorf("%s: reasons %s, want %s", c.name, r, c.reasons)
		}
	}
}

func said(r Rate) string {
	value := func(d ledger.Decimal) string {
		if !d.Valid() {
			return "—"
		}
		return d.String()
	}
	return value(r.Numerator) + " of " + value(r.Denominator) + ": " + value(r.Percent)
}

func TestClosureRateBelongsToTheYear(t *testing.T) {
	last := ActionLine{Due: theDay("2015-12-31"), Status: ledger.ActionUnderway}
	first := ActionLine{Due: theDay("2016-01-01"), Status: ledger.ActionConfirmed, ClosedOn: theDay("2016-01-01"), Closed: true}
	if got := said(commitments([]ActionLine{last, first}, june(13), june(20)).Closure); got != "1 of 1: 100" {
		t.Error(got)
	}
}

func TestOverdueItemsAreEscalated(t *testing.T) {
	own := DefaultThresholds()
	own.EscalateDeputy, own.EscalateChief, own.EscalateDistrict = 3, 5, 6
	written := func(level string) func(*ActionLine) { return func(l *ActionLine) { l.Level = level } }
	for _, c := range []struct {
		name  string
		rules Thresholds
		line  ActionLine
		want  string
	}{
		{"due today", DefaultThresholds(), promised(20, 0), ""},
		{"a day", DefaultThresholds(), promised(19, 0), "分管领导"},
		{"six days", DefaultThresholds(), promised(14, 0), "分管领导"},
		{"a week", DefaultThresholds(), promised(13, 0), "主要领导"},
		{"fourteen days", DefaultThresholds(), promised(6, 0), "主要领导"},
		{"fifteen days", DefaultThresholds(), promised(5, 0), "区"},
		{"own limits", own, promised(18, 0), ""},
		{"own limits, district", own, promised(14, 0), "区"},
		{"closed late", DefaultThresholds(), promised(5, 19), ""},
		{"written higher than the days say", DefaultThresholds(), promised(19, 0, written("区")), "区"},
		{"written lower than the days say", DefaultThresholds(), promised(5, 0, written("分管领导")), "区"},
		{"without a day", DefaultThresholds(), promised(0, 0), ""},
	} {
		if got := c.rules.level(c.line); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// theDay is a day written in a table of cases; one that is none is a mistake of the test.
func theDay(s string) Date {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return DateOf(d)
}
