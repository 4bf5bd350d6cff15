package ingest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// FuzzXML holds the scanner against encoding/xml: what that one reads, ours reads as the same elements and texts.
func FuzzXML(f *testing.F) {
	for _, seed := range []string{`<a/>`, `<a b="c" d='&lt;&#20013;"'>x<!-- y --><![CDATA[<&]]>z</a>`, "<?xml version=\"1.0\"?>\r\n<x:a xmlns:x='u'>\r\n &amp;&apos;</x:a >",
		`<a><b></b><c/></a>`, `<a>`, `</a>`, `<a></b>`, `<a b=c/>`, `<a b="<"/>`, "<a>\x00</a>", "<a>\xff</a>", `<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`,
		`<a>&nbsp;</a>`, `<a>&#xD800;&#x10FFFF;&#0;</a>`, "\xEF\xBB\xBF<a>中</a>", `<a`, `<a b`, `<a b=`, `<a/ >`, `<a>]]></a>`, strings.Repeat("<a>", 300) + strings.Repeat("</a>", 300),
		`<a>` + strings.Repeat("长", 50_000) + `</a>`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		ours, err := flatten(content)
		theirs, theirErr := flattenByEncodingXML(content)
		switch {
		case errors.Is(err, errDoctype), errors.Is(err, errXMLDeep), errors.Is(err, errXMLLong):
			return // limits of our own
		case theirErr != nil:
			return // not well-formed, or without an element
		case bytes.HasPrefix(content, []byte{0xFE, 0xFF}), bytes.HasPrefix(content, []byte{0xFF, 0xFE}):
			return
		}
		if err != nil || ours != theirs {
			t.Fatalf("%q\nours   %q %v\ntheirs %q", content, ours, err, theirs)
		}
	})
}

func flatten(content []byte) (string, error) {
	var b strings.Builder
	// One byte at a time shows every place a token can be cut.
	x, err := newXMLScanner(&drip{content})
	for err == nil {
		var kind xmlKind
		if kind, err = x.next(); err != nil {
			break
		}
		switch kind {
		case xmlStart:
			b.WriteString("<" + string(x.name))
			for _, a := range x.attrs {
				b.WriteString("|" + string(a.space) + "|" + string(a.name) + "=" + string(a.value))
			}
			b.WriteString(">")
		case xmlEnd:
			b.WriteString("</" + string(x.name) + ">")
		case xmlText:
			b.Write(x.text)
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return b.String(), err
}

// drip gives its bytes in uneven small reads.
type drip struct{ rest []byte }

func (d *drip) Read(p []byte) (int, error) {
	if len(d.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), 1+len(d.rest)%7)], d.rest)
	d.rest = d.rest[n:]
	return n, nil
}

func flattenByEncodingXML(content []byte) (string, error) {
	var b strings.Builder
	dec := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(content, []byte{0xEF, 0xBB, 0xBF})))
	var open []string
	elements := 0
	for {
		tok, err := dec.RawToken()
		if errors.Is(err, io.EOF) && len(open) == 0 && elements > 0 {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch e := tok.(type) {
		case xml.StartElement:
			b.WriteString("<" + e.Name.Local)
			for _, a := range e.Attr {
				b.WriteString("|" + a.Name.Space + "|" + a.Name.Local + "=" + a.Value)
			}
			b.WriteString(">")
			elements++
			open = append(open, e.Name.Space+":"+e.Name.Local)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != e.Name.Space+":"+e.Name.Local {
				return "", errXML
			}
			open = open[:len(open)-1]
			b.WriteString("</" + e.Name.Local + ">")
		case xml.CharData:
			b.Write(e)
		}
	}
}
