package ingest

import (
	"cmp"
	"strings"
	"time"

	"taizhang/internal/wording"
	"taizhang/ledger"
)

// carried are the columns of the product's own exports that fill no field: the day a row speaks of and the marks of its values.
type carried struct{ day, marks *heading }

// takeCarried sets those columns aside and gives back the rest. A dataset that has a date of its own needs no other.
func (m *match) takeCarried(heads []heading) []heading {
	var rest []heading
	for _, h := range heads {
		switch {
		case h.isCarried(ledger.DataDay) && m.dataset.Effective == "":
			m.carried.day = &h
		case h.isCarried(ledger.MarksField):
			m.carried.marks = &h
		default:
			rest = append(rest, h)
		}
	}
	return rest
}

func (h *heading) isCarried(f ledger.Field) bool {
	return h.leaf.text == headerForm(f.Zh) || h.leaf.text == headerForm(f.En)
}

// readCarried takes the day and the marks of a line into its row.
func (t *table) readCarried(row *draft, r *gridRow) {
	t.stretchPeriod(row)
	t.periodOfDay(row)
	t.fixCurrency(row, r)
	if h := t.carried.day; h != nil {
		c, from := t.grid.value(r, h.col)
		rd := t.reader.read(ledger.DataDay, h, c)
		if rd.fault != nil {
			t.fail(row, *rd.fault, address(from, h.col), h.caption())
		}
		if day, ok := rd.value.(ledger.Day); ok {
			row.Effective = day.To
		}
	}
	h := t.carried.marks
	if h == nil || r.at(h.col) == nil {
		return
	}
	for field, said := range t.dataset.ParseMarks(wording.Clean(t.grid.display(r.at(h.col)))) {
		mark(row, field, said)
		at := t.dataset.Index(field)
		if day, ok := row.Values[at].(ledger.Day); ok && t.dataset.Fields[at].Kind == ledger.Date {
			row.Values[at] = day.Widen(said)
		}
	}
}

// stretchPeriod gives a period the length that a column of months says.
func (t *table) stretchPeriod(row *draft) {
	period := cmp.Or(t.dataset.Pivot.Period, t.dataset.Effective)
	if period == "" || t.fieldColumn("period_months") == nil || t.fieldColumn(period) == nil {
		return
	}
	months, ok := row.Values[t.dataset.Index("period_months")].(int64)
	at := t.dataset.Index(period)
	day, dated := row.Values[at].(ledger.Day)
	if !ok || !dated || months < 1 || months > 1200 {
		return
	}
	first := time.Date(day.From.Year(), day.From.Month(), 1, 0, 0, 0, 0, time.UTC)
	day.From, day.To = first, first.AddDate(0, int(months), -1)
	row.Values[at] = day
}

// periodOfDay gives a row that says its day, and no month, the month of that day.
func (t *table) periodOfDay(row *draft) {
	p := t.dataset.Pivot
	if p.Day == "" {
		return
	}
	at := t.dataset.Index(p.Period)
	day, dated := row.Values[t.dataset.Index(p.Day)].(ledger.Day)
	if !dated || row.Values[at] != nil {
		return
	}
	first := time.Date(day.To.Year(), day.To.Month(), 1, 0, 0, 0, 0, time.UTC)
	t.place(row, at, reading{value: ledger.Day{From: first, To: first.AddDate(0, 1, -1), Precision: "month"}})
}

// fixCurrency keeps the currency a column names, in whatever spelling, from being lost to the one a bare figure stands for.
func (t *table) fixCurrency(row *draft, r *gridRow) {
	b := t.fieldColumn("currency")
	if b == nil {
		return
	}
	c, _ := t.grid.value(r, b.col)
	if c == nil || wording.IsNull(t.grid.display(c)) || wording.IsSame(c.text) {
		return
	}
	said := wording.Clean(wording.HalfWidth(t.grid.display(c)))
	code := strings.ToUpper(said)
	if u, ok := LookupUnit(said); ok && currencies[u.Base] != "" {
		code = currencies[u.Base]
	}
	if code == "RMB" || strings.HasPrefix(said, "人民币") {
		code = "CNY"
	}
	row.Values[t.dataset.Index("currency")] = code
}

// unescape takes off the apostrophe that exports put before a text a spreadsheet program would run as a formula.
func unescape(cells []cell) {
	for i := range cells {
		if c := &cells[i]; len(c.text) > 1 && c.text[0] == '\'' && wording.Live(c.text) {
			c.text = c.text[1:]
		}
	}
}
