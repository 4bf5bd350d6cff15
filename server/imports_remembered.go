package server

import (
	"encoding/json"

	"taizhang/ingest"
	"taizhang/ledger"
)

// remembered lists the mappings that will read the next file of their shape.
func (p page) remembered(list []ledger.Mapped) []rememberedRow {
	var rows []rememberedRow
	for _, m := range list {
		r := rememberedRow{Shape: m.Shape, Dataset: p.T("mapping.leave"), Sheet: m.Sheet, By: m.By, At: clockTime(m.At), Used: m.Used,
			Batch: p.T("import.batch_title", m.Batch), Href: p.Link(batchPath(ledger.Batch{ID: m.Batch}))}
		if d, err := ledger.Find(m.Dataset); err == nil {
			r.Dataset = d.Label(p.Lang)
			r.Columns = p.mappedColumns(d, m.Mapping)
		}
		rows = append(rows, r)
	}
	return rows
}

// mappedColumns says in one line which column fills what.
func (p page) mappedColumns(d *ledger.Dataset, said string) string {
	var mp ingest.Mapping
	if json.Unmarshal([]byte(said), &mp) != nil {
		return ""
	}
	line := ""
	for _, c := range mp.Columns {
		f, isField := d.Field(c.Field)
		word := f.Label(p.Lang)
		switch {
		case c.Field == ingest.ColumnValue:
			word = p.T("mapping.value")
		case !isField:
			continue
		}
		if line != "" {
			line += p.T("import.comma")
		}
		line += c.Column + " " + word
		if c.Unit != "" {
			line += "(" + c.Unit + ")"
		}
	}
	return line
}
