package server

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// checkAnswer holds an answer of any kind: nothing in it was taken for more than text. What is wrong is told with the address.
func checkAnswer(t *testing.T, at string, r reply) {
	t.Helper()
	for _, wrong := range wrongWith(r) {
		t.Errorf("%.160s: %s", at, wrong)
	}
}

// wrongWith says what of an answer a browser, a spreadsheet program or a script would take for more than text.
func wrongWith(r reply) (wrong []string) {
	if r.StatusCode >= 500 {
		wrong = append(wrong, fmt.Sprintf("%d %s", r.StatusCode, saysOf(r.Text)))
	}
	wrong = append(wrong, wrongHeaders(r.Header)...)
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil && len(r.Text) > 0 {
		return append(wrong, "no media type: "+err.Error())
	}
	switch kind {
	case "text/html":
		return append(wrong, wrongMarkup(r.Text)...)
	case "application/json":
		return append(wrong, wrongJSON(r.Text)...)
	case "text/csv":
		return append(wrong, wrongTable(r.Text)...)
	case "image/svg+xml":
		return append(wrong, wrongXML("the drawing", r.Text)...)
	case bookType, paperTypes[docxFormat]:
		return append(wrong, wrongParts(r.Text)...)
	case "text/plain":
		return append(wrong, wrongLines(r.Text)...)
	}
	return wrong
}

// wrongHeaders looks for headers that a text made, names of files that lead out of a folder, and ways to other hosts.
func wrongHeaders(head http.Header) (wrong []string) {
	if head.Get("Pwned") != "" || head.Get("X-Content-Type-Options") != "nosniff" || head.Get("Content-Security-Policy") == "" {
		wrong = append(wrong, fmt.Sprintf("headers: %v", head))
	}
	if said := head.Get("Content-Disposition"); said != "" {
		_, words, err := mime.ParseMediaType(said)
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("%q: %v", said, err))
		}
		if name := words["filename"]; strings.ContainsAny(name, "/\\\r\n\x00") || strings.HasPrefix(name, ".") {
			wrong = append(wrong, fmt.Sprintf("a file called %q", name))
		}
	}
	if to := head.Get("Location"); to != "" {
		if u, err := url.Parse(to); err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(to, "/") || strings.ContainsAny(to, "\\\r\n") {
			wrong = append(wrong, "leads to "+to)
		}
	}
	return wrong
}

var (
	plainAttribute = regexp.MustCompile(`^[a-zA-Z][a-zA-Z:-]*[0-9]*$`)
	leadsSomewhere = map[string]bool{"href": true, "src": true, "action": true, "formaction": true, "poster": true, "data": true, "xlink:href": true, "ping": true, "background": true}
	neverOurs      = map[string]bool{"iframe": true, "object": true, "embed": true, "base": true, "style": true, "applet": true, "frame": true, "math": true}
)

// wrongMarkup reads a page as a browser does and looks for elements and attributes that no view of ours writes.
func wrongMarkup(page string) (wrong []string) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	for n := range root.Descendants() {
		switch n.Type {
		case html.ElementNode:
			wrong = append(wrong, wrongElement(n)...)
		case html.CommentNode:
			if strings.Contains(n.Data, "pwn") {
				wrong = append(wrong, "a comment: "+n.Data)
			}
		}
	}
	return wrong
}

func wrongElement(n *html.Node) (wrong []string) {
	if strings.HasPrefix(n.Data, "pwn") || neverOurs[n.Data] {
		wrong = append(wrong, fmt.Sprintf("an element <%s> %.200v", n.Data, n.Attr))
	}
	about := map[string]string{}
	for _, one := range n.Attr {
		about[one.Key] = one.Val
		if strings.HasPrefix(one.Key, "on") || one.Key == "style" || one.Key == "srcdoc" || !plainAttribute.MatchString(one.Key) {
			wrong = append(wrong, fmt.Sprintf("an attribute %q of <%s>", one.Key, n.Data))
		}
		if leadsSomewhere[one.Key] && !isOurs(one.Val) {
			wrong = append(wrong, fmt.Sprintf("<%s> leads to %q", n.Data, one.Val))
		}
	}
	if n.Data != "script" {
		return wrong
	}
	switch text := textIn(n); {
	case about["type"] == "application/json":
		if !json.Valid([]byte(text)) {
			wrong = append(wrong, fmt.Sprintf("broken JSON in the page: %.200s", text))
		}
		if strings.Contains(text, "__f__(") {
			wrong = append(wrong, "a chart's option holds a function")
		}
	case !strings.HasPrefix(about["src"], "/assets/") || strings.TrimSpace(text) != "":
		wrong = append(wrong, fmt.Sprintf("a script: %v %.200s", n.Attr, text))
	}
	return wrong
}

// isOurs reports whether an address in a page leads to the server itself.
func isOurs(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || strings.ContainsAny(address, "\\\r\n\t") {
		return false
	}
	return address == "" || strings.HasPrefix(address, "#") || strings.HasPrefix(address, "?") || strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//")
}

func textIn(n *html.Node) string {
	var all strings.Builder
	for c := range n.ChildNodes() {
		if c.Type == html.TextNode {
			all.WriteString(c.Data)
		}
	}
	return all.String()
}

// wrongJSON asks for JSON without signs of markup, so that a browser that took it for a page would find none.
func wrongJSON(text string) (wrong []string) {
	if !json.Valid([]byte(text)) {
		wrong = append(wrong, fmt.Sprintf("no JSON: %.200s", text))
	}
	if at := strings.IndexAny(text, "<\u2028\u2029"); at >= 0 {
		wrong = append(wrong, fmt.Sprintf("JSON with markup: %.100s", text[at:]))
	}
	return wrong
}

// wrongLines asks of plain text, such as the SQL behind a page, that no text of a person begins a line.
func wrongLines(text string) (wrong []string) {
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "--") && (strings.Contains(line, "pwn-el") || strings.HasPrefix(line, "Pwned")) {
			wrong = append(wrong, fmt.Sprintf("a line of its own: %.200q", line))
		}
	}
	return wrong
}

// plainField is what of a field's instruction only counts pages.
var plainField = regexp.MustCompile(`^\s*(PAGE|NUMPAGES|SECTIONPAGES)\s*$`)

var activeXML = map[string]bool{"script": true, "foreignObject": true, "iframe": true, "fldSimple": true, "f": true, "oleObject": true, "externalReference": true}

// wrongXML reads XML to its end and looks for elements that a text made, handlers, formulas of cells and fields that run.
func wrongXML(name, text string) (wrong []string) {
	chart, instruction := strings.Contains(name, "/charts/"), false
	for decode := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := decode.Token()
		if errors.Is(err, io.EOF) {
			return wrong
		}
		if err != nil {
			return append(wrong, fmt.Sprintf("%s is not well-formed: %v", name, err))
		}
		if text, ok := token.(xml.CharData); ok && instruction && !plainField.Match(text) {
			wrong = append(wrong, fmt.Sprintf("%s: a field runs %q", name, text))
		}
		element, ok := token.(xml.StartElement)
		instruction = ok && element.Name.Local == "instrText"
		if !ok {
			continue
		}
		// A chart's <c:f> names the cells it is drawn from.
		if strings.HasPrefix(element.Name.Local, "pwn") || activeXML[element.Name.Local] && !(chart && element.Name.Local == "f") {
			wrong = append(wrong, fmt.Sprintf("%s holds <%s> %.200v", name, element.Name.Local, element.Attr))
		}
		for _, one := range element.Attr {
			external := one.Name.Local == "Target" && strings.Contains(strings.ToLower(one.Value), "script:")
			if strings.HasPrefix(one.Name.Local, "on") && !strings.HasSuffix(name, ".vml") || external || one.Name.Local == "href" && !strings.HasPrefix(one.Value, "#") && !strings.HasPrefix(one.Value, "data:image/") {
				wrong = append(wrong, fmt.Sprintf("%s: <%s %s=%.200q>", name, element.Name.Local, one.Name.Local, one.Value))
			}
		}
	}
}

// wrongParts holds every part of an Office file.
func wrongParts(content string) (wrong []string) {
	file, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
	if err != nil {
		return []string{err.Error()}
	}
	for _, part := range file.File {
		if strings.Contains(part.Name, "..") || strings.HasPrefix(part.Name, "/") || strings.Contains(part.Name, "vbaProject") {
			wrong = append(wrong, "a part called "+part.Name)
		}
		if !strings.HasSuffix(part.Name, ".xml") && !strings.HasSuffix(part.Name, ".rels") && !strings.HasSuffix(part.Name, ".vml") {
			continue
		}
		open, err := part.Open()
		if err != nil {
			return append(wrong, err.Error())
		}
		var text bytes.Buffer
		_, _ = text.ReadFrom(open)
		_ = open.Close()
		wrong = append(wrong, wrongXML(part.Name, text.String())...)
	}
	return wrong
}

// TestAPayloadThatWorksIsFound gives the checks of the walk what they must find.
func TestAPayloadThatWorksIsFound(t *testing.T) {
	of := func(kind, body string, head ...string) reply {
		h := http.Header{"Content-Type": {kind}, "X-Content-Type-Options": {"nosniff"}, "Content-Security-Policy": {policy}}
		for i := 0; i+1 < len(head); i += 2 {
			h.Set(head[i], head[i+1])
		}
		return reply{&http.Response{StatusCode: http.StatusOK, Header: h}, body}
	}
	const page = "text/html; charset=utf-8"
	if wrong := wrongWith(of(page, `<!doctype html><p title="&#34;&gt;&lt;pwn-el&gt;">&lt;script&gt;</p><a href="/x?y=1">a</a><script src="/assets/app.js"></script><script type="application/json">{"a":"\u003c"}</script>`)); wrong != nil {
		t.Errorf("a sound page: %v", wrong)
	}
	text := payloadText("tag", 0)
	for what, answer := range map[string]reply{
		"in the text":        of(page, "<p>"+text),
		"in an attribute":    of(page, `<p title="`+text+`">`),
		"unquoted":           of(page, `<p title=`+strings.ReplaceAll(text, ">", "")+`>`),
		"a link":             of(page, `<a href="javascript:__hit()">x</a>`),
		"a foreign link":     of(page, `<a href="//evil.example">x</a>`),
		"a form":             of(page, `<form action="https://evil.example">`),
		"in a script":        of(page, `<script type="application/json">{"a":"`+text+`"}</script>`),
		"a function":         of(page, `<script type="application/json">{"a":"__f__(x)"}</script>`),
		"a style":            of(page, `<p style="color:red">`),
		"JSON cut short":     of("application/json", `{"a":"`),
		"JSON with markup":   of("application/json", `{"a":"<b>"}`),
		"a formula":          of("text/csv", "\ufeff=1+1\n"),
		"a drawing":          of("image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`),
		"a broken drawing":   of("image/svg+xml", `<svg>`),
		"a drawn link":       of("image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg"><a href="https://evil.example"/></svg>`),
		"a statement":        of("text/plain", "-- x\n; pwn-el"),
		"a workbook":         of(bookType, zipped(t, "xl/worksheets/sheet1.xml", `<worksheet><c><f>1+1</f></c></worksheet>`)),
		"a document":         of(paperTypes[docxFormat], zipped(t, "word/document.xml", `<w><instrText>DDEAUTO</instrText></w>`)),
		"a broken document":  of(paperTypes[docxFormat], zipped(t, "word/document.xml", `<w>`)),
		"a header":           of(page, "", "Pwned", "1"),
		"a folder":           of(page, "", "Content-Disposition", `attachment; filename="../x.csv"`),
		"another host":       of(page, "", "Location", "//evil.example/"),
		"another host again": of(page, "", "Location", `/\evil.example/`),
	} {
		if len(wrongWith(answer)) == 0 {
			t.Errorf("%s is not found", what)
		}
	}
}

func zipped(t *testing.T, name, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	part, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write([]byte(text))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
