package ingest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// counted is one figure of a counter, of the file or of the record.
type counted struct {
	key, name, series string
	day               time.Time
	said              ledger.Said
	where             string // sheet and cell, with the file where it is another
	row               int    // of the sheet; -1: it stands in the record
}

// The places of a figure that is no row of the sheet at hand.
const (
	inRecord     = -1
	inOtherSheet = -2 // of the same file, which is held on its own turn
)

// mostCounted is how many standing figures a file is held against.
const mostCounted = 200_000

// countedFields are the fields that both rules over counters speak of.
type countedFields struct{ name, series, value string }

// countedOf reads the figures of a sheet that no error blocks.
func (f *File) countedOf(s *Sheet, of countedFields) []counted {
	d := s.Dataset
	var list []counted
	for i, row := range s.Rows.All() {
		figure, ok := row.Values[d.Index(of.value)].(decimal.Decimal)
		name, named := row.Values[d.Index(of.name)].(string)
		if !ok || !named || s.Bad.Has(i) {
			continue
		}
		series, _ := row.Values[d.Index(of.series)].(string)
		where := s.Cell(i, of.value)
		if s.Name != "" {
			where = s.Name + "!" + where
		}
		list = append(list, counted{d.KeyOf(row.Values), strings.Clone(name), strings.Clone(series), row.Effective,
			ledger.Said{Value: ledger.Exact(figure), Mark: row.Marks[of.value]}, where, i})
	}
	return list
}

// countedIn reads the figures that stand in the record on whatever day, but for those the file replaces.
func countedIn(ctx context.Context, l *ledger.Ledger, d *ledger.Dataset, of countedFields, replaced map[string]bool) ([]counted, error) {
	forever := time.Date(2199, 12, 31, 0, 0, 0, 0, time.UTC)
	rows, _, err := l.Behind(ctx, d, nil, l.ClockAt(forever, forever), mostCounted)
	if err != nil {
		return nil, err
	}
	var list []counted
	for _, r := range rows {
		if replaced[r.Key] {
			continue
		}
		one := counted{key: r.Key, day: r.Effective, row: inRecord, where: strings.TrimSpace(r.Batch.File + " " + r.Sheet)}
		for _, t := range r.Fields {
			switch t.Name {
			case of.name:
				one.name = t.Value
			case of.series:
				one.series = t.Value
			case of.value:
				one.said.Value, _ = ledger.ParseDecimal(t.Value)
				one.said.Mark = t.Mark
				if t.Cell != "" {
					one.where += "!" + t.Cell
				}
			}
		}
		if one.said.Value.Valid() {
			list = append(list, one)
		}
	}
	return list, nil
}

// counters gathers the figures of a sheet and those that will stand beside them.
func (f *File) counters(ctx context.Context, l *ledger.Ledger, s *Sheet, of countedFields) ([]counted, error) {
	var all []counted
	mine := map[string]bool{}
	for _, other := range f.Sheets {
		if other.Dataset != s.Dataset {
			continue
		}
		for _, one := range f.countedOf(other, of) {
			if other != s {
				one.row = inOtherSheet
			}
			mine[one.key] = true
			all = append(all, one)
		}
	}
	standing, err := countedIn(ctx, l, s.Dataset, of, mine)
	return append(all, standing...), err
}

// holdNeverFalls names every running figure of the sheet that is less than the one before it, or more than the one after it.
func (f *File) holdNeverFalls(ctx context.Context, l *ledger.Ledger, s *Sheet, c ledger.SetCheck, rule ledger.NeverFalls) error {
	all, err := f.counters(ctx, l, s, countedFields{rule.Group, rule.Series, rule.Value})
	if err != nil {
		return err
	}
	series := map[string][]counted{}
	for _, one := range all {
		id := ledger.NameKey(one.name) + "|" + one.series
		switch {
		case slices.Contains(rule.Yearly, one.series):
			id += one.day.Format("|2006")
		case !slices.Contains(rule.Always, one.series):
			continue
		}
		series[id] = append(series[id], one)
	}
	for _, id := range slices.Sorted(maps.Keys(series)) {
		list := series[id]
		slices.SortStableFunc(list, func(a, b counted) int { return cmp.Or(a.day.Compare(b.day), cmp.Compare(a.key, b.key)) })
		for i := 1; i < len(list); i++ {
			before, after := list[i-1], list[i]
			if !after.said.Fell(before.said) {
				continue
			}
			// The row of the sheet is at fault, whichever of the two it is: what stands was accepted.
			if after.row >= 0 {
				f.fell(s, c, after, before, "≥ ")
			} else if before.row >= 0 && after.row == inRecord {
				f.fell(s, c, before, after, "≤ ")
			}
		}
	}
	return nil
}

// fell blocks a row whose running figure does not fit the one it is held against.
func (f *File) fell(s *Sheet, c ledger.SetCheck, at, against counted, relation string) {
	field, _ := s.Dataset.Field(c.At)
	said, other := sayCounted(at), sayCounted(against)
	f.Problems = append(f.Problems, newProblem(c.Severity, c.Kind, place{s.Dataset.Name, s.Name, s.Cell(at.row, c.At), field.Zh},
		said, relation+other, text.T("problem."+c.Kind, at.name, at.series, said, other, against.where)))
	if c.Severity == ledger.SeverityError {
		s.Bad.add(at.row)
	}
}

// sayCounted is a figure with its qualifier and its day.
func sayCounted(c counted) string {
	return fmt.Sprintf("%s%s (%s)", c.said.Mark, c.said.Value, c.day.Format(time.DateOnly))
}

// addUpRule is one total with its parts and how far the two may be apart.
type addUpRule struct {
	total     string
	parts     []string
	tolerance ledger.Decimal
}

// addUpRules are the rules of the file, else those that stand in the record, by total.
func (f *File) addUpRules(ctx context.Context, l *ledger.Ledger, rule ledger.AddsUp) ([]*addUpRule, error) {
	d, err := ledger.Find(rule.Rules)
	if err != nil {
		return nil, err
	}
	var list []*addUpRule
	taken := map[string]bool{}
	take := func(key string, values []any) {
		total, _ := values[d.Index(rule.Total)].(string)
		part, _ := values[d.Index(rule.Part)].(string)
		if total == "" || part == "" || taken[key] {
			return
		}
		taken[key] = true
		at := slices.IndexFunc(list, func(r *addUpRule) bool { return ledger.NameKey(r.total) == ledger.NameKey(total) })
		if at < 0 {
			at, list = len(list), append(list, &addUpRule{total: strings.Clone(total)})
		}
		list[at].parts = append(list[at].parts, strings.Clone(part))
		if t, ok := values[d.Index(rule.Tolerance)].(decimal.Decimal); ok && ledger.Exact(t).Cmp(list[at].tolerance) > 0 {
			list[at].tolerance = ledger.Exact(t)
		}
	}
	for _, s := range f.Sheets {
		if s.Dataset != d {
			continue
		}
		for i, row := range s.Rows.All() {
			if !s.Bad.Has(i) {
				take(strings.Clone(d.KeyOf(row.Values)), row.Values)
			}
		}
	}
	forever := time.Date(2199, 12, 31, 0, 0, 0, 0, time.UTC)
	err = l.Matching(ctx, d, nil, l.ClockAt(forever, forever), func(key string, r ledger.Row) error {
		take(key, r.Values)
		return nil
	})
	return list, err
}

// holdAddsUp warns of every total that is not the sum of its parts, where the sheet brings one of them.
func (f *File) holdAddsUp(ctx context.Context, l *ledger.Ledger, s *Sheet, c ledger.SetCheck, rule ledger.AddsUp) error {
	rules, err := f.addUpRules(ctx, l, rule)
	if err != nil || len(rules) == 0 {
		return err
	}
	all, err := f.counters(ctx, l, s, countedFields{rule.Name, rule.Series, rule.Value})
	if err != nil {
		return err
	}
	at := map[string]counted{}
	slot := func(name string, like counted) string {
		return ledger.NameKey(name) + "|" + like.series + like.day.Format("|2006-01-02")
	}
	for _, one := range all {
		if _, taken := at[slot(one.name, one)]; !taken || one.row >= 0 {
			at[slot(one.name, one)] = one
		}
	}
	for _, r := range rules {
		for _, total := range all {
			if ledger.NameKey(total.name) == ledger.NameKey(r.total) {
				f.holdTotal(s, c, r, total, func(name string) (counted, bool) { one, ok := at[slot(name, total)]; return one, ok })
			}
		}
	}
	return nil
}

// holdTotal names a total of the sheet, or of the record where the sheet brings a part, that its parts do not add up to.
func (f *File) holdTotal(s *Sheet, c ledger.SetCheck, r *addUpRule, total counted, find func(name string) (counted, bool)) {
	var said []ledger.Said
	var named []string
	here := total.row
	for _, name := range r.parts {
		part, ok := find(name)
		if !ok {
			return // a part that nobody reported for that day proves nothing
		}
		said = append(said, part.said)
		named = append(named, fmt.Sprintf("%s %s%s (%s)", part.name, part.said.Mark, part.said.Value, part.where))
		if here < 0 {
			here = part.row
		}
	}
	sum, difference, holds := total.said.AddUp(said, r.tolerance)
	if holds || here < 0 || total.row == inOtherSheet {
		return
	}
	field, _ := s.Dataset.Field(c.At)
	f.Problems = append(f.Problems, newProblem(c.Severity, c.Kind, place{s.Dataset.Name, s.Name, s.Cell(here, c.At), field.Zh}, total.said.Value.String(), sum.String(),
		text.T("problem."+c.Kind, total.name, total.day.Format(time.DateOnly), total.said.Mark+total.said.Value.String(), total.where, strings.Join(named, " + "), sum.String(), difference.String())))
}
