package ingest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

// xmlReader reads the parts of a workbook in one pass. It knows elements and
// text by their local names; namespaces, comments and instructions are passed
// over, and a document type is refused because nothing in a workbook needs one.
type xmlReader struct {
	dec *xml.Decoder
}

var errDoctype = errors.New("document type in a workbook part")

func newXMLReader(r io.Reader) *xmlReader {
	dec := xml.NewDecoder(r)
	dec.Strict = true
	return &xmlReader{dec: dec}
}

// next gives the next start element, end element or text; io.EOF at the end.
func (x *xmlReader) next() (xml.Token, error) {
	for {
		tok, err := x.dec.RawToken()
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.Directive:
			if bytes.HasPrefix(bytes.ToUpper(t), []byte("DOCTYPE")) {
				return nil, errDoctype
			}
		case xml.StartElement, xml.EndElement, xml.CharData:
			return tok, nil
		}
	}
}

// attr gives an attribute by its local name.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// attrIn gives an attribute by its prefix and local name.
func attrIn(e xml.StartElement, space, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == space {
			return a.Value
		}
	}
	return ""
}
