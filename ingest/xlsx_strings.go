package ingest

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// readStrings reads the shared strings; pronunciation runs are no part of the text.
func (w *workbook) readStrings() error {
	name := w.sibling("sharedStrings")
	if !w.pack.has(name) {
		return nil
	}
	var item []byte
	inText, phonetic := false, false
	return w.scan(name, func(x *xmlScanner, kind xmlKind) error {
		switch kind {
		case xmlText:
			if inText && !phonetic {
				item = append(item, x.text...)
			}
			return nil
		case xmlStart:
			switch string(x.name) {
			case "si":
				item = item[:0]
			case "t":
				inText = true
			case "rPh":
				phonetic = true
			}
			return nil
		}
		switch string(x.name) {
		case "si":
			w.strings = append(w.strings, w.texts.keep(unescapeX(item)))
			if w.texts.bytes > maxTextBytes || len(w.strings) > maxCells {
				return errTooMuch
			}
		case "t":
			inText = false
		case "rPh":
			phonetic = false
		}
		return nil
	})
}

// sibling is where a part beside the sheets stands: where the workbook says, or where everybody has it.
func (w *workbook) sibling(kind string) string {
	if part, ok := w.parts[kind]; ok {
		return part
	}
	return "xl/" + kind + ".xml"
}

// unescapeX turns _x000D_ and the like, in place, into the sign they stand for.
func unescapeX(b []byte) []byte {
	if !bytes.Contains(b, []byte("_x")) {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		r, ok := escapedSign(b[i:])
		if !ok {
			out = append(out, b[i])
			i++
			continue
		}
		i += 7
		if low, ok := escapedSign(b[i:]); ok && utf16.IsSurrogate(r) {
			if both := utf16.DecodeRune(r, low); both != utf8.RuneError {
				r = both
				i += 7
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

// escapedSign reads _xHHHH_ at the start of a text.
func escapedSign(b []byte) (rune, bool) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return rune(n), err == nil
}
