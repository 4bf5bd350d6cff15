package server

import (
	"strconv"
	"time"

	"taizhang/ingest"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// modes are the ways a file may be loaded.
func (p page) modes(w choice) []option {
	var list []option
	for _, m := range []ingest.Mode{ingest.Update, ingest.Replace, ingest.ReplaceScope} {
		list = append(list, option{Value: string(m), Text: p.T("import.choose." + string(m)), Selected: m == w.Mode})
	}
	return list
}

// changes are the cards of what a file changes in the record: counts, changed rows, removed rows.
func (p page) changes(c *ingest.Comparison) []*card {
	if c == nil || len(c.Changes) == 0 {
		return nil
	}
	counts := p.boxed("changes")
	counts.Hint = p.T("import.changes.hint")
	t := p.heads("dataset", "sheet", "new:num", "changed:num", "unchanged:num", "removed:num")
	changed, removed := 0, 0
	for _, one := range c.Changes {
		changed, removed = changed+one.Changed, removed+one.Removed
		p.countChanges(t, one)
	}
	counts.Table = t
	list := []*card{counts}
	if changed > 0 {
		list = append(list, p.changedRows(c.Changed, changed))
	}
	if removed > 0 {
		list = append(list, p.removedRows(c.Removed, removed))
	}
	return list
}

func (p page) countChanges(t *table, c ingest.Changes) {
	label, n := p.datasetLabel(c.Dataset), p.Num()
	whole := func(v int) cell { return num(n.whole(v, "")) }
	if len(c.Sheets) > 1 {
		for _, s := range c.Sheets {
			t.add(words(label), words(sheetName(s.Sheet)), whole(s.New), whole(s.Changed), whole(s.Unchanged), words(""))
		}
		t.sum(words(label), words(""), whole(c.New), whole(c.Changed), whole(c.Unchanged), whole(c.Removed))
		return
	}
	t.add(words(label), words(sheetName(c.Sheets[0].Sheet)), whole(c.New), whole(c.Changed), whole(c.Unchanged), whole(c.Removed))
}

// changedRows lists every changed value, old and new, with the cell it was read from.
func (p page) changedRows(rows []ingest.RowChange, all int) *card {
	c := p.boxed("changed")
	c.Hint = p.T("import.changed.hint", len(rows), all)
	t := p.heads("dataset", "name", "sheet", "cell", "field", "change", "effective")
	t.Tall = true
	for _, r := range rows {
		d, err := ledger.Find(r.Dataset)
		if err != nil {
			continue
		}
		name := leads(r.Name, p.Source(r.Dataset, map[string]string{"key": r.Key}))
		for _, f := range r.Fields {
			field, _ := d.Field(f.Field)
			value := words(p.marked(f.Now, f.NowMark))
			value.Was = p.marked(f.Was, f.WasMark)
			t.add(words(d.Label(p.Lang)), name, words(string(r.Sheet)), words(string(f.Cell)), words(field.Header(p.Lang)), value, words(r.Effective.Format(time.DateOnly)))
		}
	}
	c.Table = t
	return c
}

// marked is a value with its precision or qualifier, a dash when there is none.
func (p page) marked(value ledger.Optional, mark string) string {
	if mark == "" {
		return orDash(string(value))
	}
	if said := "mark." + mark; text.Known(said) {
		mark = p.T(said)
	}
	return p.T("import.mark", orDash(string(value)), mark)
}

// removedRows lists the rows that a file takes out of the record.
func (p page) removedRows(rows []ingest.RowChange, all int) *card {
	c := p.boxed("removed")
	c.Hint = p.T("import.removed.hint", len(rows), all)
	t := p.heads("dataset", "name", "effective")
	t.Tall = true
	for _, r := range rows {
		t.add(words(p.datasetLabel(r.Dataset)), leads(r.Name, p.Source(r.Dataset, map[string]string{"key": r.Key})).under(r.Key), words(r.Effective.Format(time.DateOnly)))
	}
	c.Table = t
	return c
}

// later are the cards of what was written after a batch on the same rows.
func (p page) later(list []ledger.Rewritten) []*card {
	var cards []*card
	for _, one := range list {
		c := p.boxed("later")
		c.ID, c.Title = "later-"+one.Dataset, c.Title+" · "+p.datasetLabel(one.Dataset)
		c.Hint = p.T("import.later.hint", len(one.First), one.Keys)
		t := p.heads("name", "batch", "file", "by", "at")
		for _, r := range one.First {
			name := leads(r.Key, p.Source(one.Dataset, map[string]string{"key": r.Key}))
			if r.Deleted {
				name = name.tagged(p.T("import.later.removed"), "amber")
			}
			at := p.Link(batchPath(ledger.Batch{ID: r.Batch}))
			t.add(name, leads(strconv.FormatUint(r.Batch, 10), at), words(r.File), words(r.By), words(clockTime(r.At)))
		}
		c.Table = t
		cards = append(cards, c)
	}
	return cards
}

func (p page) datasetLabel(name string) string {
	if d, err := ledger.Find(name); err == nil {
		return d.Label(p.Lang)
	}
	return name
}

func sheetName(name *string) string {
	if name == nil {
		return ""
	}
	return *name
}
