package ingest

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

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
	if mostlyUTF8(content) {
		return bytes.ToValidUTF8(content, []byte("\uFFFD")), true
	}
	return decodeAs(simplifiedchinese.GB18030, content)
}

// mostlyUTF8 reports UTF-8 with a few broken signs, such as a file cut off in
// the middle of one: read as GB18030 all of it would turn into other words.
func mostlyUTF8(content []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(content); {
		r, n := utf8.DecodeRune(content[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n >= 3:
			good++
		}
		i += n
	}
	return good > 20*bad
}

func decodeAs(enc encoding.Encoding, content []byte) ([]byte, bool) {
	out, _, err := transform.Bytes(enc.NewDecoder(), content)
	// Undecodable bytes come out as U+FFFD: a few are a slip of the typist, many mean another kind of file.
	if err != nil || bytes.Count(out, []byte("\uFFFD"))*50 > len(out) || bytes.IndexByte(out, 0) >= 0 {
		return nil, false
	}
	return out, true
}
