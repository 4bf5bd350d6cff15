package ingest

import (
	"bytes"
)

// Limits of a line of separated text.
const (
	maxField    = 1 << 20
	maxCSVLines = maxRows
)

// readCSV reads comma, tab or semicolon separated text in UTF-8 (with or
// without BOM), UTF-16 or GB18030. Rows are numbered by record, blank lines
// included, as a spreadsheet program shows them.
func readCSV(content []byte) (*grid, *refusal) {
	content, ok := decodeText(content)
	if !ok {
		return nil, refuse("not_text", "problem.not_text")
	}
	r := csvReader{rest: content, comma: separator(content)}
	g := &grid{}
	for no := uint32(1); len(r.rest) > 0; no++ {
		if no > maxCSVLines {
			return nil, refuse("too_large", "problem.too_many_lines", maxCSVLines)
		}
		key := r.record()
		if key != "" {
			return nil, refuse("damaged", key, no)
		}
		if len(r.row) > 0 {
			g.rows = append(g.rows, gridRow{no: no, cells: r.cells.keep(r.row)})
		}
		if r.cells.count > maxCells {
			return nil, refuse("too_large", "problem.too_many_cells", maxCells/1_000_000)
		}
	}
	return g, nil
}

// csvReader cuts text into records and fields. A quote inside a bare field is
// that sign; one that opens a field must be closed, or all that follows would
// silently become one cell.
type csvReader struct {
	rest  []byte
	comma byte
	row   []cell
	field []byte
	texts slab
	cells cellSlab
}

// record reads one record into row; the result names what is wrong with it.
func (r *csvReader) record() string {
	r.row = r.row[:0]
	for col := 0; ; col++ {
		if col >= maxColumns {
			return "problem.long_field"
		}
		var closed bool
		r.field = r.field[:0]
		if len(r.rest) > 0 && r.rest[0] == '"' {
			if closed = r.quoted(); !closed {
				return "problem.unclosed_quote"
			}
		}
		r.bare()
		if len(r.field) > maxField {
			return "problem.long_field"
		}
		if len(r.field) > 0 {
			r.row = append(r.row, cell{col: col, kind: cellText, text: r.texts.keep(r.field)})
		}
		if len(r.rest) == 0 || r.rest[0] != r.comma {
			r.endLine()
			return ""
		}
		r.rest = r.rest[1:]
	}
}

// quoted reads "…" with "" for a quote; text behind the closing quote is left for bare.
func (r *csvReader) quoted() bool {
	rest := r.rest[1:]
	for {
		at := bytes.IndexByte(rest, '"')
		if at < 0 {
			return false
		}
		r.field = append(r.field, rest[:at]...)
		rest = rest[at+1:]
		switch {
		case len(rest) > 0 && rest[0] == '"':
			r.field = append(r.field, '"')
			rest = rest[1:]
		case r.endsField(bytes.TrimLeft(rest, " ")):
			r.field = bytes.ReplaceAll(r.field, []byte("\r\n"), []byte("\n"))
			r.rest = bytes.TrimLeft(rest, " ")
			return true
		default:
			// "3号"楼 — the writer forgot to double the quote.
			r.field = append(r.field, '"')
		}
	}
}

func (r *csvReader) endsField(rest []byte) bool {
	return len(rest) == 0 || rest[0] == r.comma || rest[0] == '\n' || rest[0] == '\r'
}

// bare reads to the next separator or line end.
func (r *csvReader) bare() {
	for i, c := range r.rest {
		if c == r.comma || c == '\n' || c == '\r' && (i+1 == len(r.rest) || r.rest[i+1] == '\n') {
			r.field = append(r.field, r.rest[:i]...)
			r.rest = r.rest[i:]
			return
		}
	}
	r.field = append(r.field, r.rest...)
	r.rest = nil
}

func (r *csvReader) endLine() {
	if bytes.HasPrefix(r.rest, []byte("\r")) {
		r.rest = r.rest[1:]
	}
	if bytes.HasPrefix(r.rest, []byte("\n")) {
		r.rest = r.rest[1:]
	}
}

// separator is the sign that stands on most of the first lines, and most often.
func separator(content []byte) byte {
	const lines = 20
	best, most := byte(','), 0
	for _, sign := range []byte{',', '\t', ';'} {
		rest, weight := content, 0
		for range lines {
			var line []byte
			line, rest, _ = bytes.Cut(rest, []byte("\n"))
			if n := bytes.Count(line, []byte{sign}); n > 0 {
				weight += 1000 + min(n, 100)
			}
		}
		if weight > most {
			best, most = sign, weight
		}
	}
	return best
}
