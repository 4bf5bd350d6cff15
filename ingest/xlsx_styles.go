package ingest

import (
	"strconv"
	"strings"
)

// readStyles learns which styles show a number as a date or as a percent.
func (w *workbook) readStyles() error {
	name := w.sibling("styles")
	if !w.pack.has(name) {
		return nil
	}
	custom := map[int]string{}
	inCells := false
	return w.each(name, func(x *xmlScanner) error {
		id, _ := strconv.Atoi(string(x.attr("numFmtId")))
		switch {
		case x.depth == 2:
			inCells = string(x.name) == "cellXfs"
		case string(x.name) == "numFmt":
			if x.depth == 3 {
				custom[id] = x.attrIn("", "formatCode")
			}
		case inCells && x.depth == 3 && string(x.name) == "xf":
			w.formats = append(w.formats, formatKind(id, custom))
		}
		return nil
	})
}

// formatKind reads a number format: the built-in date and percent formats, the
// Chinese built-ins 27-36 and 50-58, or a format written out.
func formatKind(id int, custom map[int]string) cellKind {
	if code, ok := custom[id]; ok {
		return codeKind(code)
	}
	switch {
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 36, id >= 50 && id <= 58:
		return cellDate
	case id == 9, id == 10:
		return cellPercent
	}
	return cellNumber
}

// codeKind looks for year, month or day signs outside quotes, colours and escapes.
func codeKind(code string) cellKind {
	code, _, _ = strings.Cut(code, ";")
	kind := cellNumber
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			for i++; i < len(code) && code[i] != '"'; i++ {
			}
		case '[':
			for i++; i < len(code) && code[i] != ']'; i++ {
			}
		case '\\', '_', '*':
			i++
		case '%':
			return cellPercent
		case 'y', 'Y', 'd', 'D', 'm', 'M', 'e', 'E':
			// E+00 is scientific, and General has no date signs but an e.
			if (c == 'e' || c == 'E') && (i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-')) {
				i++
				continue
			}
			if strings.HasPrefix(strings.ToLower(code), "general") {
				continue
			}
			kind = cellDate
		}
	}
	return kind
}
