package ingest

import (
	"fmt"
	"strings"
	"taizhang/internal/wording"

	"github.com/shopspring/decimal"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// check runs the dataset's rules over one row.
func (t *table) check(sheet *Sheet, row *ledger.Row, at, pivot int) {
	get := func(field string) any { return row.Values[t.dataset.Index(field)] }
	for _, c := range t.dataset.Checks {
		found, expected, ok := c.Rule.Test(get)
		if ok {
			continue
		}
		cell, column, ok := t.cellOf(c.At, row.SheetRow, pivot)
		if !ok {
			continue
		}
		t.report(fault{c.Severity, c.Kind, found, expected, text.T("problem."+c.Kind, found, expected)}, cell, column)
		if c.Severity == ledger.SeverityError {
			sheet.Bad.add(at)
		}
	}
}

// cellOf gives the cell of a field of a row; false when the sheet has no column for it.
func (t *table) cellOf(field string, line uint32, pivot int) (cell, column string, ok bool) {
	if pivot >= 0 && field == t.dataset.Pivot.Value {
		p := &t.pivots[pivot]
		return address(line, p.col), p.caption(), true
	}
	if b := t.fieldColumn(field); b != nil {
		return address(line, b.col), b.caption(), true
	}
	for i := range t.bindings {
		b := &t.bindings[i]
		for _, into := range t.dataset.Fields[b.field].Into {
			if into == field {
				return address(line, b.col), b.caption(), true
			}
		}
	}
	return "", "", false
}

// checkSet runs the rules over all rows of the table.
func (t *table) checkSet() {
	for _, c := range t.dataset.SetChecks {
		switch rule := c.Rule.(type) {
		case ledger.Acyclic:
			t.checkGraph(c, rule)
		case ledger.OneAtATime:
			t.checkTerms(c, rule)
		}
	}
	if t.dataset.UniqueKey {
		t.checkUnique()
	}
}

// checkUnique warns of two lines that name the same thing.
func (t *table) checkUnique() {
	first := map[string]uint32{}
	for _, row := range t.out.Rows.All() {
		key := strings.Clone(t.dataset.KeyOf(row.Values))
		earlier, twice := first[key]
		if !twice {
			first[key] = row.SheetRow
			continue
		}
		subject := t.dataset.Subject
		cell, column, _ := t.cellOf(subject, row.SheetRow, -1)
		name := fmt.Sprint(row.Values[t.dataset.Index(subject)])
		t.report(fault{ledger.SeverityWarning, "duplicate_key", name, "", text.T("problem.duplicate_key", name, earlier)}, cell, column)
	}
}

// checkGraph finds cycles and unknown predecessors in each group of nodes.
func (t *table) checkGraph(c ledger.SetCheck, rule ledger.Acyclic) {
	groups := map[string][]int{}
	var order []string
	for at, row := range t.out.Rows.All() {
		group := fmt.Sprint(row.Values[t.dataset.Index(rule.Group)])
		if groups[group] == nil {
			order = append(order, group)
		}
		groups[group] = append(groups[group], at)
	}
	for _, group := range order {
		g := t.nodesOf(groups[group], rule)
		t.checkUnknown(g, rule)
		if cycle := ledger.FindCycle(g.edges); len(cycle) > 0 {
			t.reportCycle(c, g, cycle)
		}
	}
}

// nodeGroup is a group's nodes by number and their predecessors.
type nodeGroup struct {
	rows  []int
	ids   []string
	index map[string]int
	edges [][]int // node -> its predecessors
	named [][]string
}

func (t *table) nodesOf(rows []int, rule ledger.Acyclic) nodeGroup {
	g := nodeGroup{rows: rows, index: map[string]int{}}
	for i, at := range rows {
		values := t.out.Rows.Row(at).Values
		id, _ := values[t.dataset.Index(rule.Node)].(string)
		if id == "" {
			id = fmt.Sprint(i + 1)
		}
		g.ids = append(g.ids, id)
		g.index[wording.NameKey(id)] = i
		if name, ok := values[t.dataset.Index(t.dataset.Subject)].(string); ok {
			if _, taken := g.index[wording.NameKey(name)]; !taken {
				g.index[wording.NameKey(name)] = i
			}
		}
	}
	g.edges, g.named = make([][]int, len(rows)), make([][]string, len(rows))
	for i, at := range rows {
		said, _ := t.out.Rows.Row(at).Values[t.dataset.Index(rule.Predecessors)].(string)
		for _, link := range ledger.ParseLinks(said, g.has) {
			g.named[i] = append(g.named[i], link.Node)
			if to, ok := g.index[wording.NameKey(link.Node)]; ok {
				g.edges[i] = append(g.edges[i], to)
			}
		}
	}
	return g
}

// has reports whether a word is the number or the name of a node.
func (g nodeGroup) has(word string) bool {
	_, ok := g.index[wording.NameKey(word)]
	return ok
}

func (t *table) checkUnknown(g nodeGroup, rule ledger.Acyclic) {
	for i, at := range g.rows {
		for _, p := range g.named[i] {
			if _, ok := g.index[wording.NameKey(p)]; ok {
				continue
			}
			cell, column, _ := t.cellOf(rule.Predecessors, t.out.Rows.Row(at).SheetRow, -1)
			t.report(fault{ledger.SeverityError, "unknown_predecessor", p, strings.Join(g.ids, "、"), text.T("problem.unknown_predecessor", p, strings.Join(g.ids, "、"))}, cell, column)
			t.out.Bad.add(at)
		}
	}
}

// reportCycle names the nodes in the order of work and blocks the whole group: no date of it can be computed.
func (t *table) reportCycle(c ledger.SetCheck, g nodeGroup, cycle []int) {
	names := make([]string, 0, len(cycle)+1)
	first := cycle[0]
	for _, i := range cycle {
		names = append(names, g.ids[i])
		if g.rows[i] < g.rows[first] {
			first = i
		}
	}
	path := strings.Join(append(names, names[0]), " → ")
	cell, column, _ := t.cellOf(c.At, t.out.Rows.Row(g.rows[first]).SheetRow, -1)
	t.report(fault{c.Severity, c.Kind, path, "", text.T("problem.cycle", path)}, cell, column)
	for _, at := range g.rows {
		t.out.Bad.add(at)
	}
}

// checkAcross runs the rules that hold two datasets of one file against each other.
func checkAcross(f *File, tables []*table) {
	for _, t := range tables {
		for _, c := range t.dataset.SetChecks {
			if rule, ok := c.Rule.(ledger.SumWithin); ok {
				t.checkWithin(c, rule, sumsOf(f, rule))
			}
		}
	}
}

// sumsOf adds Part up by On over all sheets of the other dataset.
func sumsOf(f *File, rule ledger.SumWithin) map[string]decimal.Decimal {
	sums := map[string]decimal.Decimal{}
	for _, s := range f.Sheets {
		if s.Dataset.Name != rule.Other {
			continue
		}
		on, part := s.Dataset.Index(rule.On), s.Dataset.Index(rule.Part)
		for _, row := range s.Rows.All() {
			name, _ := row.Values[on].(string)
			if v, ok := row.Values[part].(decimal.Decimal); ok {
				// A copy: the name is part of all the texts that were read with it.
				key := strings.Clone(wording.NameKey(name))
				sums[key] = sums[key].Add(v)
			}
		}
	}
	return sums
}

func (t *table) checkWithin(c ledger.SetCheck, rule ledger.SumWithin, sums map[string]decimal.Decimal) {
	for at, row := range t.out.Rows.All() {
		name, _ := row.Values[t.dataset.Index(rule.On)].(string)
		limit, ok := row.Values[t.dataset.Index(rule.Limit)].(decimal.Decimal)
		sum, summed := sums[wording.NameKey(name)]
		if !ok || !summed || sum.LessThanOrEqual(limit) {
			continue
		}
		cell, column, _ := t.cellOf(c.At, row.SheetRow, -1)
		t.report(fault{c.Severity, c.Kind, sum.String(), "≤ " + limit.String(), text.T("problem.sum_over_limit", name, sum.String(), limit.String())}, cell, column)
		t.out.Bad.add(at)
	}
}
