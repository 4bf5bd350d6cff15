package server

import (
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// widestCell is how much of a long text a terminal's table shows.
const widestCell = 36

// writeReport writes an answer for a person at a terminal: its table, then what it stands on.
func writeReport(w io.Writer, answer analytics.Answer, lang text.Lang) error {
	for _, line := range append(tableLines(answer.Table(), lang), footLines(answer.Foot(), lang)...) {
		if _, err := fmt.Fprintln(w, strings.TrimRight(line, " ")); err != nil {
			return err
		}
	}
	return nil
}

// tableLines sets a table in columns as wide as what stands in them; Chinese characters count double.
func tableLines(t analytics.Table, lang text.Lang) []string {
	lines := make([][]string, 1, len(t.Rows)+1)
	right := make([]bool, len(t.Columns))
	for _, c := range t.Columns {
		lines[0] = append(lines[0], columnHeader(c, lang))
	}
	for _, row := range t.Rows {
		cells := make([]string, len(t.Columns))
		for i := range cells {
			cells[i] = dash
			if i < len(row) {
				// Digits beyond the second are the business of --json and --csv.
				if d, ok := row[i].(ledger.Decimal); ok {
					row[i] = d.Round(2)
				}
				cells[i] = runewidth.Truncate(value(row[i]), widestCell, "…")
				right[i] = right[i] || isFigure(row[i])
			}
		}
		lines = append(lines, cells)
	}
	widths := make([]int, len(t.Columns))
	for _, cells := range lines {
		for i, s := range cells {
			widths[i] = max(widths[i], runewidth.StringWidth(s))
		}
	}
	set := make([]string, len(lines))
	for n, cells := range lines {
		var b strings.Builder
		for i, s := range cells {
			pad := strings.Repeat(" ", widths[i]-runewidth.StringWidth(s))
			if right[i] {
				b.WriteString(pad + s + "  ")
			} else {
				b.WriteString(s + pad + "  ")
			}
		}
		set[n] = b.String()
	}
	return set
}

func isFigure(v any) bool {
	switch v.(type) {
	case ledger.Decimal, int, int64, uint64:
		return true
	}
	return false
}

// footLines say on what an answer stands: the day, the record time, the files and the basis.
func footLines(s *analytics.Stamp, lang text.Lang) []string {
	asof := text.T("report.asof", s.Asof)
	if s.Stood {
		asof = text.T("report.stood", s.Asof)
	}
	parts := []text.Message{text.T("report.area", s.Area), asof}
	if s.Known != "" {
		parts = append(parts, text.T("report.known", s.Known))
	}
	if len(s.Files) == 0 {
		parts = append(parts, text.T("report.no_files"))
	} else {
		parts = append(parts, text.T("report.files", strings.Join(s.Files, "、")))
	}
	if s.Basis != "" {
		parts = append(parts, text.T("report.basis", s.Basis))
	}
	lines := []string{""}
	for _, one := range parts {
		lines = append(lines, one.In(lang))
	}
	return lines
}
