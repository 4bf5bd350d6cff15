package ingest

import (
	"bytes"
	"fmt"
)

// rawCell is a <c> element while it is being read.
type rawCell struct {
	kind     cellType
	style    uint64
	formula  bool
	hasValue bool
	value    []byte
	inline   []byte
	in       cellPart // whose text is being read
	phonetic bool
}

// cellType is the t attribute of a cell.
type cellType uint8

const (
	typeNumber cellType = iota
	typeShared
	typeInline
	typeText // a formula's
	typeBool
	typeFault
	typeDate
)

type cellPart uint8

const (
	inNothing cellPart = iota
	inValue
	inInline
)

func (s *sheetReader) startCell(x *xmlScanner) error {
	c := &s.c
	*c = rawCell{value: c.value[:0], inline: c.inline[:0]}
	s.col++
	for _, a := range x.attrs {
		ok := true
		switch string(a.name) {
		case "r":
			s.col, ok = columnOf(a.value)
		case "s":
			c.style, ok = wholeNumber(a.value)
		case "t":
			if c.kind, ok = typeOf(a.value); !ok {
				return fmt.Errorf("%w: a cell of type %q", errUnfamiliar, a.value)
			}
		}
		if !ok {
			return fmt.Errorf("cell with %s=%q", a.name, a.value)
		}
	}
	if s.col >= maxColumns {
		return fmt.Errorf("column %d", s.col)
	}
	return nil
}

func typeOf(t []byte) (cellType, bool) {
	switch string(t) {
	case "s":
		return typeShared, true
	case "n", "":
		return typeNumber, true
	case "str":
		return typeText, true
	case "inlineStr":
		return typeInline, true
	case "b":
		return typeBool, true
	case "e":
		return typeFault, true
	case "d":
		return typeDate, true
	}
	return typeNumber, false
}

// columnOf reads the letters of C5 into a 0-based column; the row element says the row.
func columnOf(ref []byte) (int, bool) {
	col, i := 0, 0
	for ; i < len(ref) && ref[i]|0x20 >= 'a' && ref[i]|0x20 <= 'z'; i++ {
		if col = col*26 + int(ref[i]|0x20-'a') + 1; col > maxColumns {
			return 0, false
		}
	}
	n, ok := wholeNumber(ref[i:])
	return col - 1, ok && i > 0 && n > 0 && n <= maxRows
}

func (s *sheetReader) startValue(x *xmlScanner) error {
	switch string(x.name) {
	case "v":
		s.c.in, s.c.hasValue = inValue, true
	case "t":
		s.c.in = inInline
	case "f":
		s.c.formula = true
	case "rPh":
		s.c.phonetic = true
	case "is", "r", "extLst":
	default:
		if x.depth == depthValue {
			return fmt.Errorf("%w: %s in a cell", errUnfamiliar, x.name)
		}
	}
	return nil
}

func (s *sheetReader) endValue(x *xmlScanner) {
	switch string(x.name) {
	case "v", "t":
		s.c.in = inNothing
	case "rPh":
		s.c.phonetic = false
	}
}

func (s *sheetReader) text(x *xmlScanner) {
	switch {
	case s.c.in == inValue:
		s.c.value = append(s.c.value, x.text...)
	case s.c.in == inInline && !s.c.phonetic:
		s.c.inline = append(s.c.inline, x.text...)
	}
}

func (s *sheetReader) endCell() error {
	out, filled, err := s.decode(&s.c)
	if err != nil || !filled {
		return err
	}
	out.col = s.col
	s.row.cells = append(s.row.cells, out)
	return nil
}

// decode turns the element into a cell; false when it is blank.
func (s *sheetReader) decode(c *rawCell) (cell, bool, error) {
	if c.formula && len(c.value)+len(c.inline) == 0 && (!c.hasValue || c.kind != typeText) {
		return cell{kind: cellUnknown}, true, nil
	}
	value := c.value
	switch c.kind {
	case typeShared:
		if len(value) == 0 {
			return cell{}, false, nil
		}
		i, ok := wholeNumber(bytes.TrimSpace(value))
		if !ok || i >= uint64(len(s.book.strings)) {
			return cell{}, false, fmt.Errorf("string number %q of %d", value, len(s.book.strings))
		}
		return cell{kind: cellText, text: s.book.strings[i]}, s.book.strings[i] != "", nil
	case typeInline:
		if len(c.inline) > 0 {
			value = c.inline
		}
		return s.filled(cellText, unescapeX(value))
	case typeText:
		return s.filled(cellText, unescapeX(value))
	case typeBool:
		return s.filled(cellBool, value)
	case typeFault:
		return s.filled(cellFault, value)
	case typeDate:
		return s.filled(cellText, value)
	}
	kind := cellNumber
	if c.style < uint64(len(s.book.formats)) {
		kind = s.book.formats[c.style]
	}
	return s.filled(kind, value)
}

func (s *sheetReader) filled(kind cellKind, value []byte) (cell, bool, error) {
	return cell{kind: kind, text: s.book.texts.keep(value)}, len(value) > 0, nil
}
