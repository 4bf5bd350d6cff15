package ingest

import (
	"maps"
	"slices"
	"strconv"
	"taizhang/internal/wording"

	"github.com/shopspring/decimal"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// runningSum is how far a sum since January is known; lost says that a column in between is blank.
type runningSum struct {
	value decimal.Decimal
	upTo  int
	lost  bool
}

// pivoted makes one row of every filled pivot column of a line.
func (t *table) pivoted(base draft, r *gridRow) {
	f, _ := t.dataset.Field(t.dataset.Pivot.Value)
	sums := map[string]*runningSum{}
	for i := range t.pivots {
		p := &t.pivots[i]
		c := r.at(p.col)
		if p.beside != nil {
			t.besideRow(base, p, c, r)
			continue
		}
		if f.Name == t.dataset.Spread {
			t.pivotedDays(base, p, r, i)
			continue
		}
		rd := t.reader.read(f, t.headingFor(f, &p.heading), c)
		row := copyRow(base)
		if rd.fault != nil {
			t.fail(&row, *rd.fault, address(r.no, p.col), p.caption())
		}
		value, isFigure := rd.value.(decimal.Decimal)
		period := p.period
		if p.running && rd.unit != "%" {
			key := p.label + strconv.Itoa(period.Year)
			if sums[key] == nil {
				sums[key] = &runningSum{}
			}
			if !isFigure {
				sums[key].lost = true
			} else if value, isFigure = t.single(sums[key], p, r, value); isFigure {
				rd.value, period = value, since(period, sums[key])
			}
			sums[key].upTo = period.ToMonth
		}
		if isFigure || row.bad {
			t.append(t.out, t.filled(row, p, period, rd), r, i)
		}
	}
}

// single takes a running sum on by one column and gives what was added since the column before.
// It is not told after a blank.
func (t *table) single(sum *runningSum, p *pivotColumn, r *gridRow, value decimal.Decimal) (decimal.Decimal, bool) {
	added, lost := value.Sub(sum.value), sum.lost
	sum.value, sum.lost = value, false
	if lost {
		t.gap(p, r)
	}
	return added, !lost
}

// since cuts a running period down to the months after the column before.
func since(p Period, sum *runningSum) Period {
	p.FromMonth, p.Cumulative = sum.upTo+1, false
	switch months := p.ToMonth - sum.upTo; {
	case months == 1:
		p.Kind = "month"
	case months == 3 && p.ToMonth%3 == 0:
		p.Kind = "quarter"
	case months < 12:
		p.Kind = "range"
	}
	return p
}

// unitOf is the unit a line names in its column 单位, as lists of indicators do.
func (t *table) unitOf(r *gridRow) string {
	b := t.fieldColumn("unit")
	if b == nil {
		return ""
	}
	c, _ := t.grid.value(r, b.col)
	if c == nil {
		return ""
	}
	shown := wording.Clean(t.grid.display(c))
	if _, known := LookupUnit(shown); !known {
		return ""
	}
	return shown
}

// headingFor is a heading with the unit of the line, where the heading has none.
func (t *table) headingFor(f ledger.Field, h *heading) *heading {
	if t.unitHere == "" || h.unit != "" || f.Kind != ledger.Number {
		return h
	}
	own := *h
	own.unit = t.unitHere
	return &own
}

// gap warns that a month of a running sum cannot be told from the months before it.
func (t *table) gap(p *pivotColumn, r *gridRow) {
	t.report(fault{ledger.SeverityWarning, "cumulative_gap", "", "", text.T("problem.cumulative_gap", p.caption())}, address(r.no, p.col), p.caption())
}

// filled puts a pivot column's value, period and label into a row.
func (t *table) filled(row draft, p *pivotColumn, period Period, rd reading) draft {
	d := t.dataset
	t.place(&row, d.Index(d.Pivot.Value), rd)
	if p.dated {
		if day, ok := dayOfPeriod(period); ok {
			t.place(&row, d.Index(d.Pivot.Period), reading{value: day})
		}
	}
	if p.label != "" {
		row.Values[d.Index(d.Pivot.Label)] = p.label
	}
	return row
}

func copyRow(row draft) draft {
	row.Values = slices.Clone(row.Values)
	row.Raw = slices.Clone(row.Raw)
	row.Rows = slices.Clone(row.Rows)
	row.Marks = maps.Clone(row.Marks)
	return row
}

// besideRow sends a target or a rank to its own dataset.
func (t *table) besideRow(base draft, p *pivotColumn, c *cell, r *gridRow) {
	d := besideDataset(p.beside)
	at := d.Index(p.beside.Value)
	field := d.Fields[at]
	row := ledger.Row{Values: make([]any, len(d.Fields)), SheetRow: r.no}
	for from, to := range p.beside.Copy {
		row.Values[d.Index(to)] = base.Values[t.dataset.Index(from)]
	}
	if day, ok := dayOfPeriod(p.period); ok {
		row.Values[d.Index(p.beside.Period)] = day
	}
	if c == nil || wording.IsNull(t.grid.display(c)) {
		return
	}
	if field.Kind == ledger.Count {
		rank, of, ok := ParseRank(t.grid.display(c))
		if !ok {
			t.report(*badValue("bad_rank", t.grid.display(c), nil).fault, address(r.no, p.col), p.caption())
			return
		}
		row.Values[at] = int64(rank)
		if pop := d.Index("population"); of != nil && pop >= 0 {
			row.Values[pop] = int64(*of)
		}
	} else {
		rd := t.reader.read(field, t.headingFor(field, &p.heading), c)
		if rd.fault != nil {
			t.report(*rd.fault, address(r.no, p.col), p.caption())
		}
		if rd.value == nil {
			return
		}
		row.Values[at] = rd.value
		if u := d.Index("unit"); u >= 0 {
			row.Values[u] = rd.unit
		}
	}
	t.appendBeside(d, p, row, t.grid.display(c))
}

func (t *table) appendBeside(d *ledger.Dataset, p *pivotColumn, row ledger.Row, raw string) {
	sheet := t.besideSheet(d)
	source := ledger.Source{Dataset: d.Name, Sheet: t.grid.name, HeaderRow: t.top,
		Fields: []string{p.beside.Value, p.beside.Period}, Columns: []string{columnName(p.col), address(t.first()-1, p.col)}}
	row.Raw = []string{clip(raw), p.caption()}
	at := slices.IndexFunc(sheet.Sources, func(s ledger.Source) bool { return s.Columns[0] == source.Columns[0] })
	if at < 0 {
		at = len(sheet.Sources)
		sheet.Sources = append(sheet.Sources, source)
	}
	row.Source = uint32(at)
	sheet.Rows.add(&row)
}
