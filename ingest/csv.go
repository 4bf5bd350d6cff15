package ingest

import (
	"bytes"
	"context"
	"errors"
)

// Limits of a line of separated text.
const (
	maxField    = 1 << 20
	maxCSVLines = maxRows
)

// readCSV reads comma, tab or semicolon separated text in UTF-8 (with or
// without BOM), UTF-16 or GB18030. Rows are numbered by record, blank lines
// included, as a spreadsheet program shows them.
func readCSV(ctx context.Context, content []byte) (*grid, *refusal) {
	g := &grid{}
	text, ok := decodeText(content)
	if !ok {
		return nil, refuse("not_text", "problem.not_text")
	}
	err := scanCSV(ctx, text, func(rows []gridRow) error {
		g.rows = append(g.rows, rows...)
		return nil
	})
	if why := (*refusal)(nil); errors.As(err, &why) {
		return nil, why
	}
	if err != nil {
		return nil, refuse("cancelled", "problem.cancelled")
	}
	return g, nil
}

// openText begins to read separated text.
func openText(ctx context.Context, name string, content []byte) (*book, error) {
	text, ok := decodeText(content)
	if !ok {
		return nil, refuse("not_text", "problem.not_text")
	}
	lines := bytes.Count(text, []byte("\n")) + 1
	return &book{
		sheets: 1,
		total:  func() int { return lines },
		refuse: func(err error) *refusal {
			if why := (*refusal)(nil); errors.As(err, &why) {
				return why
			}
			return refuse("cancelled", "problem.cancelled")
		},
		open: func(_ int, told func(int)) *grid {
			return &grid{told: told, feed: feed(ctx, name, func(emit emitRows) feedEnd { return feedEnd{err: scanCSV(ctx, text, emit)} })}
		},
	}, nil
}

// scanCSV cuts text, which is UTF-8, into rows.
func scanCSV(ctx context.Context, text []byte, emit emitRows) error {
	r := csvReader{rest: text, comma: separator(text)}
	batch := rowBatch{emit: emit}
	for no := uint32(1); len(r.rest) > 0; no++ {
		if no > maxCSVLines {
			return refuse("too_large", "problem.too_many_lines", maxCSVLines)
		}
		if key := r.record(); key != "" {
			return refuse("damaged", key, no)
		}
		if len(r.row) > 0 {
			unescape(r.row)
			if err := batch.add(gridRow{no: no, cells: r.cells.keep(r.row)}); err != nil {
				return err
			}
		}
		if r.cells.count > maxCells {
			return refuse("too_large", "problem.too_many_cells", maxCells/1_000_000)
		}
		if no%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return batch.flush()
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
