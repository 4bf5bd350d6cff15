package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// term is one row's days: who, from when to when; an end that is not said lies at the end of time.
type term struct {
	at       int // index into Rows
	who      string
	from, to time.Time
}

var (
	always  = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	forever = time.Date(2299, 12, 31, 0, 0, 0, 0, time.UTC)
)

// checkTerms warns, in each group, of days with two persons and of days between the terms with none.
func (t *table) checkTerms(c ledger.SetCheck, rule ledger.OneAtATime) {
	groups := map[string][]term{}
	var order []string
	for at, row := range t.out.Rows.All() {
		who, _ := row.Values[t.dataset.Index(rule.Person)].([]string)
		if t.out.Bad.Has(at) || len(who) == 0 {
			continue
		}
		key := make([]string, len(rule.Group))
		for i, name := range rule.Group {
			value, _ := row.Values[t.dataset.Index(name)].(string)
			key[i] = ledger.NameKey(value)
		}
		group := strings.Join(key, "|")
		if groups[group] == nil {
			order = append(order, group)
		}
		one := term{at, strings.Join(who, "、"), always, forever}
		if day, ok := row.Values[t.dataset.Index(rule.From)].(ledger.Day); ok {
			one.from = day.From
		}
		if day, ok := row.Values[t.dataset.Index(rule.To)].(ledger.Day); ok {
			one.to = day.To
		}
		groups[group] = append(groups[group], one)
	}
	for _, group := range order {
		t.checkGroupTerms(c, rule, groups[group])
	}
}

// checkGroupTerms holds each term against the one before that lasts longest.
func (t *table) checkGroupTerms(c ledger.SetCheck, rule ledger.OneAtATime, terms []term) {
	slices.SortStableFunc(terms, func(a, b term) int { return cmp.Or(a.from.Compare(b.from), cmp.Compare(a.at, b.at)) })
	last := terms[0]
	for _, next := range terms[1:] {
		row := t.out.Rows.Row(next.at)
		name := fmt.Sprint(row.Values[t.dataset.Index(rule.Group[0])])
		switch {
		case !next.from.After(last.to) && next.who != last.who:
			cell, column, _ := t.cellOf(c.At, row.SheetRow, -1)
			day := next.from
			if day.Equal(always) {
				day = ledger.Today(last.to)
			}
			t.report(fault{c.Severity, c.Kind, last.who + "、" + next.who, "1", text.T("problem.two_leads_at_once", name,
				shownTerm(day), last.who, t.out.Rows.Row(last.at).SheetRow, next.who)}, cell, column)
		case next.from.After(last.to.AddDate(0, 0, 1)):
			gap := [2]string{last.to.AddDate(0, 0, 1).Format(time.DateOnly), next.from.AddDate(0, 0, -1).Format(time.DateOnly)}
			cell, column, ok := t.cellOf(rule.From, row.SheetRow, -1)
			if !ok {
				cell, column, _ = t.cellOf(c.At, row.SheetRow, -1)
			}
			t.report(fault{c.Severity, rule.Gap, gap[0] + "–" + gap[1], "1", text.T("problem.no_lead_between", name, gap[0], gap[1])}, cell, column)
		}
		if next.to.After(last.to) {
			last = next
		}
	}
}

// shownTerm is a day as told to a person; without any date on the sheet it is every day.
func shownTerm(day time.Time) any {
	if day.Equal(always) || !day.Before(forever.AddDate(0, 0, -1)) {
		return text.T("problem.same_time")
	}
	return day.Format(time.DateOnly)
}
