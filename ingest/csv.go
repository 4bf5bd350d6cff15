package ingest

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// readCSV reads comma, tab or semicolon separated text in UTF-8 (with or
// without BOM), UTF-16 or GB18030. Rows are numbered by record.
func readCSV(content []byte) (*grid, *refusal) {
	content, ok := decodeText(content)
	if !ok {
		return nil, refuse("not_text", "problem.not_text")
	}
	r := csv.NewReader(bytes.NewReader(content))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = separator(content), true, -1, true
	g := &grid{}
	for no := uint32(1); ; no++ {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return g, nil
		}
		if err != nil || no > maxRows {
			return nil, refuse("damaged", "problem.damaged_csv", no)
		}
		row := gridRow{no: no}
		for col, field := range record {
			if len(record) > maxColumns {
				return nil, refuse("damaged", "problem.damaged_csv", no)
			}
			if field != "" {
				row.cells = append(row.cells, cell{col: col, kind: cellText, text: strings.Clone(field)})
			}
		}
		if len(row.cells) > 0 {
			g.rows = append(g.rows, row)
		}
	}
}

// decodeText brings text to UTF-8; false when it is no text.
func decodeText(content []byte) ([]byte, bool) {
	switch {
	case bytes.HasPrefix(content, []byte{0xEF, 0xBB, 0xBF}):
		content = content[3:]
	case bytes.HasPrefix(content, []byte{0xFF, 0xFE}), bytes.HasPrefix(content, []byte{0xFE, 0xFF}):
		return decodeAs(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), content)
	}
	if bytes.IndexByte(content, 0) >= 0 {
		return nil, false
	}
	if utf8.Valid(content) {
		return content, true
	}
	return decodeAs(simplifiedchinese.GB18030, content)
}

func decodeAs(enc encoding.Encoding, content []byte) ([]byte, bool) {
	out, _, err := transform.Bytes(enc.NewDecoder(), content)
	// Undecodable bytes come out as U+FFFD: a few are a slip of the typist, many mean another kind of file.
	return out, err == nil && bytes.Count(out, []byte("\uFFFD"))*50 <= len(out)
}

// separator is the sign that parts most of the first line.
func separator(content []byte) rune {
	line, _, _ := bytes.Cut(content, []byte("\n"))
	best, most := ',', bytes.Count(line, []byte(","))
	for _, sign := range []rune{'\t', ';'} {
		if n := bytes.Count(line, []byte(string(sign))); n > most {
			best, most = sign, n
		}
	}
	return best
}
