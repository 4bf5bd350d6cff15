package ingest

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// nameEnd marks the bytes a name stops at.
var nameEnd = [256]bool{' ': true, '\t': true, '\r': true, '\n': true, '/': true, '>': true, '=': true, '<': true, '"': true, '\'': true}

// scanStart reads a start tag with its attributes.
func (x *xmlScanner) scanStart(b []byte) (xmlKind, error) {
	i := 1
	for i < len(b) && !nameEnd[b[i]] {
		i++
	}
	qname := b[1:i]
	x.attrs, x.scratch = x.attrs[:0], x.scratch[:0]
	for {
		for i < len(b) && isXMLSpace(b[i]) {
			i++
		}
		if i >= len(b) {
			return 0, errXMLShort
		}
		switch b[i] {
		case '>':
			return x.started(qname, i+1)
		case '/':
			if i+1 >= len(b) {
				return 0, errXMLShort
			}
			if b[i+1] != '>' {
				return 0, errXML
			}
			x.closing = true
			return x.started(qname, i+2)
		}
		n, err := x.scanAttr(b[i:])
		if err != nil {
			return 0, err
		}
		i += n
	}
}

func (x *xmlScanner) started(qname []byte, size int) (xmlKind, error) {
	if !validName(qname) {
		return 0, errXML
	}
	x.pos += size
	x.qname, x.name = qname, local(qname)
	return xmlStart, x.push(qname)
}

// scanAttr reads name="value" and says how long it is.
func (x *xmlScanner) scanAttr(b []byte) (int, error) {
	i := 0
	for i < len(b) && !nameEnd[b[i]] {
		i++
	}
	qname := b[:i]
	for i < len(b) && isXMLSpace(b[i]) {
		i++
	}
	if i < len(b) && b[i] != '=' {
		return 0, errXML
	}
	for i++; i < len(b) && isXMLSpace(b[i]); i++ {
	}
	if i >= len(b) {
		return 0, errXMLShort
	}
	quote := b[i]
	if quote != '"' && quote != '\'' || !validName(qname) {
		return 0, errXML
	}
	size := bytes.IndexByte(b[i+1:], quote)
	if size < 0 {
		return 0, errXMLShort
	}
	raw := b[i+1 : i+1+size]
	value, err := x.attrValue(raw)
	if err != nil {
		return 0, err
	}
	a := xmlAttr{name: local(qname), value: value}
	if len(a.name) < len(qname) {
		a.space = qname[:len(qname)-len(a.name)-1]
	}
	x.attrs = append(x.attrs, a)
	return i + size + 2, nil
}

// attrValue keeps values with entities apart from each other: several attributes are valid at once.
func (x *xmlScanner) attrValue(raw []byte) ([]byte, error) {
	special := false
	for _, c := range raw {
		if c == '<' {
			return nil, errXML
		}
		special = special || c == '&' || c < ' ' || c >= utf8.RuneSelf
	}
	if !special {
		return raw, nil
	}
	from := len(x.scratch)
	var err error
	x.scratch, err = appendPlain(x.scratch, raw, true)
	return x.scratch[from:len(x.scratch):len(x.scratch)], err
}

// plain gives text as it is meant: entities resolved, line ends made one sign.
func (x *xmlScanner) plain(raw []byte, entities bool) ([]byte, error) {
	special := false
	for _, c := range raw {
		if c < ' ' && c != '\n' && c != '\t' || c == '&' || c >= utf8.RuneSelf {
			special = true
			break
		}
	}
	if !special {
		return raw, nil
	}
	var err error
	x.scratch, err = appendPlain(x.scratch[:0], raw, entities)
	return x.scratch, err
}

func appendPlain(to, raw []byte, entities bool) ([]byte, error) {
	for i := 0; i < len(raw); {
		c := raw[i]
		switch {
		case c == '&' && entities:
			r, n := entity(raw[i:])
			if n == 0 {
				return to, errXML
			}
			to = utf8.AppendRune(to, r)
			i += n
		case c == '\r':
			to = append(to, '\n')
			if i++; i < len(raw) && raw[i] == '\n' {
				i++
			}
		case c < ' ' && c != '\n' && c != '\t':
			return to, errXML
		case c < utf8.RuneSelf:
			to = append(to, c)
			i++
		default:
			r, n := utf8.DecodeRune(raw[i:])
			if r == utf8.RuneError && n == 1 || r == 0xFFFE || r == 0xFFFF {
				return to, errXML
			}
			to = append(to, raw[i:i+n]...)
			i += n
		}
	}
	return to, nil
}

// entity reads one of the five named entities or a number; length 0 when it is neither.
func entity(b []byte) (rune, int) {
	at := bytes.IndexByte(b[:min(len(b), 64)], ';')
	if at < 2 {
		return 0, 0
	}
	name := string(b[1:at])
	switch name {
	case "lt":
		return '<', at + 1
	case "gt":
		return '>', at + 1
	case "amp":
		return '&', at + 1
	case "quot":
		return '"', at + 1
	case "apos":
		return '\'', at + 1
	}
	if name[0] != '#' {
		return 0, 0
	}
	base, digits := 10, name[1:]
	if strings.HasPrefix(digits, "x") {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 21)
	legal := n == '\t' || n == '\n' || n == '\r' || n >= ' ' && n != 0xFFFE && n != 0xFFFF && n <= utf8.MaxRune
	if err != nil || !legal {
		return 0, 0
	}
	return rune(n), at + 1
}

func isXMLSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// begin looks at the first bytes: a byte order mark or the declaration tells the encoding.
func (x *xmlScanner) begin() error {
	for x.end < 256 && !x.done {
		if err := x.fill(); err != nil {
			return err
		}
	}
	head := x.buf[:x.end]
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		x.pos = 3
		return nil
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return x.recode(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader)
	case bytes.HasPrefix(head, []byte("<\x00?\x00")):
		return x.recode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Reader)
	case !bytes.HasPrefix(head, []byte("<?xml ")):
		return nil
	}
	decl, _, _ := bytes.Cut(head, []byte("?>"))
	label := strings.ToLower(declared(string(decl)))
	switch label {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return nil
	}
	enc, err := htmlindex.Get(label)
	if err != nil || strings.HasPrefix(label, "utf-16") {
		return errXML
	}
	return x.recode(enc.NewDecoder().Reader)
}

// recode starts again with a reader that brings the bytes to UTF-8.
func (x *xmlScanner) recode(decode func(io.Reader) io.Reader) error {
	seen := bytes.Clone(x.buf[:x.end])
	rest := x.r
	if x.done {
		rest = bytes.NewReader(nil)
	}
	x.r = decode(io.MultiReader(bytes.NewReader(seen), rest))
	x.pos, x.end, x.done = 0, 0, false
	return nil
}

// declared is the encoding an XML declaration names.
func declared(decl string) string {
	_, after, ok := strings.Cut(decl, "encoding")
	after = strings.TrimLeft(after, " =\t")
	if !ok || len(after) < 2 {
		return ""
	}
	name, _, _ := strings.Cut(after[1:], after[:1])
	return name
}
