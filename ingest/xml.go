package ingest

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// xmlScanner reads the parts of a workbook in one pass, without reflection and
// without memory of its own for every element. It knows elements and attributes
// by their local names; comments and instructions are passed over, and a
// document type is refused because nothing in a workbook needs one.
//
// What it hands out is valid until the next call.
type xmlScanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	done     bool // r is at its end
	rooted   bool // an element was seen

	name  []byte // local name of the element, prefix and all in qname
	qname []byte
	attrs []xmlAttr
	text  []byte
	depth int // of the element just started or ended; the root has 1

	closing bool // a self-closing element was started and is to be ended
	leaving bool // the element just ended is still counted in depth
	open    []byte
	starts  []int // where in open the name of each open element begins
	scratch []byte
}

type xmlAttr struct{ space, name, value []byte }

type xmlKind uint8

const (
	xmlStart xmlKind = iota + 1
	xmlEnd
	xmlText
)

// Limits of a part: nothing in a workbook nests or runs on like this.
const (
	xmlWindow   = 128 << 10
	maxXMLToken = 16 << 20
	maxXMLDepth = 256
)

var (
	errDoctype   = errors.New("document type in a workbook part")
	errXML       = errors.New("workbook part is no well-formed XML")
	errXMLDeep   = errors.New("elements are nested too deep")
	errXMLLong   = errors.New("a tag or text is too long")
	errXMLShort  = errors.New("more bytes are needed")
	errXMLEnding = errors.New("workbook part ends too early")
)

func newXMLScanner(r io.Reader) (*xmlScanner, error) {
	x := &xmlScanner{r: r, buf: make([]byte, xmlWindow)}
	return x, x.begin()
}

// next gives the next start, end or text; io.EOF at the end of a whole document.
func (x *xmlScanner) next() (xmlKind, error) {
	if x.leaving {
		x.leaving = false
		x.pop()
	}
	if x.closing {
		x.closing, x.leaving = false, true
		return xmlEnd, nil
	}
	for {
		kind, err := x.scan()
		if err == errXMLShort {
			if err = x.fill(); err != nil {
				return 0, err
			}
			continue
		}
		if kind != 0 || err != nil {
			return kind, err
		}
	}
}

// fill brings more bytes behind those not yet read; the token that ran short is then scanned again from its start.
func (x *xmlScanner) fill() error {
	if x.done {
		if x.pos == x.end && len(x.starts) == 0 && x.rooted {
			return io.EOF
		}
		return errXMLEnding
	}
	if x.pos > 0 {
		copy(x.buf, x.buf[x.pos:x.end])
		x.end -= x.pos
		x.pos = 0
	}
	if x.end == len(x.buf) {
		if len(x.buf) >= maxXMLToken {
			return errXMLLong
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	// Half the room at least, so that a long token is not scanned again for every small read.
	for enough := x.end + (len(x.buf)-x.end+1)/2; x.end < enough; {
		n, err := x.r.Read(x.buf[x.end:])
		x.end += n
		if errors.Is(err, io.EOF) {
			x.done = true
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// scan reads one token; kind 0 is one that says nothing.
func (x *xmlScanner) scan() (xmlKind, error) {
	b := x.buf[x.pos:x.end]
	if len(b) == 0 {
		return 0, errXMLShort
	}
	if b[0] != '<' {
		return x.scanText(b)
	}
	if len(b) < 2 {
		return 0, errXMLShort
	}
	switch b[1] {
	case '/':
		return x.scanEnd(b)
	case '?':
		return 0, x.skip(b, "<?", "?>")
	case '!':
		return x.scanBang(b)
	}
	return x.scanStart(b)
}

// skip passes over what stands between two marks.
func (x *xmlScanner) skip(b []byte, from, to string) error {
	at := bytes.Index(b[len(from):], []byte(to))
	if at < 0 {
		return errXMLShort
	}
	x.pos += len(from) + at + len(to)
	return nil
}

func (x *xmlScanner) scanBang(b []byte) (xmlKind, error) {
	const comment, cdata = "<!--", "<![CDATA["
	switch {
	case bytes.HasPrefix(b, []byte(comment)):
		return 0, x.skip(b, comment, "-->")
	case bytes.HasPrefix(b, []byte(cdata)):
		begin := x.pos + len(cdata)
		if err := x.skip(b, cdata, "]]>"); err != nil {
			return 0, err
		}
		var err error
		x.text, err = x.plain(x.buf[begin:x.pos-len("]]>")], false)
		return xmlText, err
	case len(b) < len(cdata) && !x.done:
		return 0, errXMLShort
	}
	return 0, errDoctype
}

func (x *xmlScanner) scanEnd(b []byte) (xmlKind, error) {
	at := bytes.IndexByte(b, '>')
	if at < 0 {
		return 0, errXMLShort
	}
	name := bytes.TrimRight(b[2:at], " \t\r\n")
	if len(x.starts) == 0 || !bytes.Equal(name, x.open[x.starts[len(x.starts)-1]:]) {
		return 0, errXML
	}
	x.pos += at + 1
	x.qname, x.name = name, local(name)
	x.leaving = true
	return xmlEnd, nil
}

// scanText reads to the next mark; at the end of the buffer it asks for more, so that no entity is cut in two.
func (x *xmlScanner) scanText(b []byte) (xmlKind, error) {
	at := bytes.IndexByte(b, '<')
	if at < 0 {
		if !x.done {
			return 0, errXMLShort
		}
		at = len(b)
	}
	x.pos += at
	var err error
	x.text, err = x.plain(b[:at], true)
	return xmlText, err
}

func (x *xmlScanner) push(qname []byte) error {
	if len(x.starts) == maxXMLDepth {
		return errXMLDeep
	}
	x.starts = append(x.starts, len(x.open))
	x.open = append(x.open, qname...)
	x.depth, x.rooted = len(x.starts), true
	return nil
}

func (x *xmlScanner) pop() {
	last := len(x.starts) - 1
	x.open, x.starts = x.open[:x.starts[last]], x.starts[:last]
	x.depth = last
}

// attr gives an attribute by its local name, nil when absent.
func (x *xmlScanner) attr(name string) []byte {
	for i := range x.attrs {
		if string(x.attrs[i].name) == name {
			return x.attrs[i].value
		}
	}
	return nil
}

// attrIn gives an attribute by its prefix ("" for none) and local name, as a text of its own.
func (x *xmlScanner) attrIn(space, name string) string {
	for _, a := range x.attrs {
		if string(a.name) == name && string(a.space) == space {
			return string(a.value)
		}
	}
	return ""
}

// local is a name without its prefix.
func local(qname []byte) []byte {
	if at := bytes.IndexByte(qname, ':'); at > 0 && at < len(qname)-1 {
		return qname[at+1:]
	}
	return qname
}

func validName(name []byte) bool {
	ascii := true
	for i, c := range name {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', c == ':':
		case i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '.'):
		case c >= utf8.RuneSelf:
			ascii = false
		default:
			return false
		}
	}
	return len(name) > 0 && (ascii || utf8.Valid(name))
}
