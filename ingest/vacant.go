package ingest

import "taizhang/ledger"

// skippedSource is the place of the skipped lines' Source among those of the pivot columns.
const skippedSource = -2

// keepSkipped puts a line that is no row here (a vacant room) beside the table, into the dataset that keeps such lines.
func (t *table) keepSkipped(base draft, r *gridRow) {
	s := t.dataset.Skip
	if s.Into == "" {
		return
	}
	d := mustFind(s.Into)
	row := ledger.Row{Values: make([]any, len(d.Fields)), SheetRow: r.no, Marks: map[string]string{}}
	source := ledger.Source{Dataset: d.Name, Sheet: t.grid.name, HeaderRow: t.first() - 1}
	take := func(i, field int, column string) {
		f := t.dataset.Fields[field]
		to, copied := s.Copy[f.Name]
		if !copied {
			return
		}
		row.Values[d.Index(to)] = base.Values[field]
		if m := base.Marks[f.Name]; m != "" {
			row.Marks[to] = m
		}
		source.Fields, source.Columns = append(source.Fields, to), append(source.Columns, column)
		row.Raw, row.Rows = append(row.Raw, base.Raw[i]), append(row.Rows, base.Rows[i])
	}
	for i, fv := range t.fixed {
		take(i, fv.field, fv.column())
	}
	for i, b := range t.bindings {
		take(len(t.fixed)+i, b.field, columnName(b.col))
	}
	if !told(d, row) {
		return
	}
	sheet := t.besideSheet(d)
	at, declared := t.sources[skippedSource]
	if !declared {
		at = uint32(len(sheet.Sources))
		t.sources[skippedSource] = at
		sheet.Sources = append(sheet.Sources, source)
	}
	row.Source = at
	if at := sheet.Rows.add(&row); base.bad {
		sheet.Bad.add(at)
	}
}

// told reports that a row beside names its thing and says something more: anything else could not be told from the next one.
func told(d *ledger.Dataset, row ledger.Row) bool {
	others := 0
	for _, v := range row.Values {
		if v != nil {
			others++
		}
	}
	return row.Values[d.Index(d.Subject)] != nil && others > 1
}

// besideSheet is the sheet of rows of another dataset that stand on this one.
func (t *table) besideSheet(d *ledger.Dataset) *Sheet {
	if t.beside[d] == nil {
		sheet := t.file.newSheet(d, t.grid.name)
		sheet.Beside = true
		t.beside[d] = sheet
	}
	return t.beside[d]
}
