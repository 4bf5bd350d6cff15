package server

import (
	"encoding/csv"
	"io"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/internal/wording"
	"taizhang/ledger"
)

// safeText keeps a spreadsheet program from reading a text as a formula.
func safeText(s string) string {
	// An apostrophe of the text itself is doubled, so that reading the export back takes off only ours.
	if wording.Live(s) {
		return "'" + s
	}
	return s
}

// csvCell writes a value for CSV: figures and days plain, texts made safe.
func csvCell(v any) string {
	switch v := v.(type) {
	case string:
		return safeText(v)
	case []string:
		return safeText(ledger.Plain(v))
	default:
		return ledger.Plain(v)
	}
}

// writeTable writes an answer's table as CSV in base units, headed by names with their units.
func writeTable(w io.Writer, t analytics.Table, lang text.Lang) error {
	out := csv.NewWriter(w)
	header := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		header[i] = safeText(columnHeader(c, lang))
	}
	if err := out.Write(header); err != nil {
		return err
	}
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, v := range row {
			cells[i] = csvCell(v)
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// columnHeader is the header people read, unit included: 税收(元).
func columnHeader(c analytics.Column, lang text.Lang) string {
	label := c.Zh
	if lang == text.En {
		label = c.En
	}
	if c.Unit != "" {
		label += "(" + c.Unit + ")"
	}
	return label
}
