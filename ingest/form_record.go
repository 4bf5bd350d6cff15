package ingest

import (
	"context"
	"slices"
	"time"

	"taizhang/internal/wording"
	"taizhang/ledger"
)

// nearest is how many like names are offered for one that is not known.
const nearest = 3

// holdAgainst holds a form against what stands in the record.
func (r *formReader) holdAgainst(ctx context.Context, l *ledger.Ledger) error {
	today := ledger.Today(l.Now())
	r.future(today)
	clock := l.ClockAt(today, time.Date(2199, 12, 31, 0, 0, 0, 0, time.UTC))
	for _, known := range r.form.Dataset.Known {
		if err := r.known(ctx, l, known, clock); err != nil {
			return err
		}
	}
	for _, c := range r.form.Dataset.SetChecks {
		if rule, ok := c.Rule.(ledger.Acyclic); ok && r.concerns(rule.Node, rule.Predecessors) && !r.faulty(rule.Predecessors) {
			if err := r.acyclic(ctx, l, c, clock); err != nil {
				return err
			}
		}
	}
	return r.likeASheet(ctx, l)
}

// future refuses the day of something that has happened when it has not come yet.
func (r *formReader) future(today time.Time) {
	d := r.form.Dataset
	for i, f := range d.Fields {
		day, ok := r.row.Values[i].(ledger.Day)
		if !ok || !d.Happened(f) || !r.concerns(f.Name) || !day.From.After(today) {
			continue
		}
		r.report(f.Name, futureDay(f, day, today, ledger.SeverityError))
	}
}

// known asks that a name stands in the dataset it belongs to, and offers the nearest ones.
func (r *formReader) known(ctx context.Context, l *ledger.Ledger, rule ledger.Known, clock ledger.Clock) error {
	name, ok := r.row.Values[r.form.Dataset.Index(rule.Field)].(string)
	if !ok || !r.concerns(rule.Field) {
		return nil
	}
	other, err := ledger.Find(rule.Dataset)
	if err != nil {
		return err
	}
	names, err := l.Names(ctx, other, rule.Of, clock)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(names, func(n string) bool { return wording.NameKey(n) == wording.NameKey(name) }) {
		return nil
	}
	r.report(rule.Field, unknownName(rule, other, name, names))
	return nil
}

// Nearest gives the names most like a name, best first, at most n; names that share nothing with it are left out.
func Nearest(name string, names []string, n int) []string {
	type scored struct {
		name  string
		share float64
	}
	pairs := pairsOf(name)
	var list []scored
	for _, candidate := range names {
		other, both := pairsOf(candidate), 0
		for pair := range other {
			if pairs[pair] {
				both++
			}
		}
		if share := 2 * float64(both) / float64(len(pairs)+len(other)); share > 0.2 {
			list = append(list, scored{candidate, share})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int {
		switch {
		case a.share > b.share:
			return -1
		case a.share < b.share:
			return 1
		}
		return 0
	})
	var best []string
	for _, s := range list[:min(n, len(list))] {
		best = append(best, s.name)
	}
	return best
}

// pairsOf are the signs of a name with their neighbours; single signs count too, so that short names can be alike.
func pairsOf(name string) map[string]bool {
	pairs := map[string]bool{}
	runes := []rune(wording.NameKey(name))
	for i := range runes {
		pairs[string(runes[i])] = true
		if i > 0 {
			pairs[string(runes[i-1:i+1])] = true
		}
	}
	return pairs
}

// acyclic checks the plan that the row belongs to, with the row in its place.
func (r *formReader) acyclic(ctx context.Context, l *ledger.Ledger, c ledger.SetCheck, clock ledger.Clock) error {
	d := r.form.Dataset
	rule, _ := c.Rule.(ledger.Acyclic)
	group, ok := r.row.Values[d.Index(rule.Group)].(string)
	if !ok {
		return nil
	}
	f := &File{}
	t := &table{match: r.table.match, grid: &grid{}, file: f, out: f.newSheet(d, ""), reported: map[string]bool{}}
	t.out.Rows.add(&r.row.Row)
	key := d.KeyOf(r.row.Values)
	err := l.Matching(ctx, d, ledger.Filter{rule.Group: group}, clock, func(other string, row ledger.Row) error {
		// Another version of the plan has the same nodes again.
		if other != key && other != r.form.Seen.Key && r.samePlan(row.Values, rule) {
			t.out.Rows.add(&row)
		}
		return nil
	})
	if err != nil {
		return err
	}
	t.checkGraph(c, rule)
	if t.out.Bad.Has(0) && len(f.Problems) > 0 {
		p := f.Problems[0]
		p.Column = r.label(rule.Predecessors)
		r.problems = append(r.problems, FormProblem{Field: rule.Predecessors, Problem: p})
	}
	return nil
}

// samePlan reports that a row has the same key but for its node.
func (r *formReader) samePlan(values []any, rule ledger.Acyclic) bool {
	d := r.form.Dataset
	for _, name := range d.Key {
		if name == rule.Node || name == rule.Group || name == d.Subject {
			continue
		}
		if kept(d.Fields[d.Index(name)], values[d.Index(name)]) != kept(d.Fields[d.Index(name)], r.row.Values[d.Index(name)]) {
			return false
		}
	}
	return true
}

func (r *formReader) label(field string) string {
	f, _ := r.form.Dataset.Field(field)
	return f.Zh
}

// likeASheet runs the rules that hold a sheet against the record over the one row: sums within limits, figures that fall.
func (r *formReader) likeASheet(ctx context.Context, l *ledger.Ledger) error {
	d := r.form.Dataset
	row := r.row.Row
	if row.Effective = r.form.Day; d.Effective != "" {
		if day, ok := row.Values[d.Index(d.Effective)].(ledger.Day); ok {
			row.Effective = day.To
		}
	}
	f := &File{}
	one := f.newSheet(d, "")
	one.Rows.add(&row)
	one.Sources, f.Sheets = []ledger.Source{{}}, []*Sheet{one}
	if err := f.holdAgainst(ctx, l); err != nil {
		return err
	}
	for _, p := range f.Problems {
		at := slices.IndexFunc(d.Fields, func(f ledger.Field) bool { return f.Zh == p.Column })
		if at >= 0 && p.Kind != "future_date" && r.concerns(d.Fields[at].Name) {
			r.problems = append(r.problems, FormProblem{Field: d.Fields[at].Name, Problem: p})
		}
	}
	return nil
}
