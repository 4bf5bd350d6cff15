package server

import (
	"bytes"
	"html/template"
	"net/url"
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/access"
)

// marks stand, in a page that is kept for several persons, where something of one person's goes. They differ from start to start, so that
// nothing people type can be one.
type marks struct{ name, form []byte }

func newMarks(program string) marks {
	return marks{[]byte("mark-name-" + program + "-"), []byte("mark-form-" + program + "-")}
}

// sharedKey says that the answer of a request is kept: what is a person's own is marked in it and filled in as it is sent.
const sharedKey = "shared"

var (
	postedForm = regexp.MustCompile(`<form\b[^>]*\smethod="post"[^>]*>`)
	byBox      = regexp.MustCompile(`<input type="text"([^>]*?)\sname="by"([^>]*)>`)
	itsValue   = regexp.MustCompile(`\s(?:value="[^"]*"|required|autocomplete="[^"]*")`)
)

// sign gives the forms of a page what says that they are the session's, and the name of who acts, which nobody signed in types.
func (a *app) sign(c *fiber.Ctx, body []byte) []byte {
	v := visitorOf(c)
	if !v.SignedIn() {
		return body
	}
	body = a.unlink(v, body)
	body = postedForm.ReplaceAllFunc(body, func(form []byte) []byte {
		return append(append([]byte{}, form...), []byte(`<input type="hidden" name="`+formWord+`" value="`+string(a.marks.form)+`">`)...)
	})
	body = byBox.ReplaceAllFunc(body, func(box []byte) []byte {
		parts := byBox.FindSubmatch(box)
		rest := itsValue.ReplaceAll(append(append([]byte{}, parts[1]...), parts[2]...), nil)
		return []byte(`<input type="text" name="by" value="` + string(a.marks.name) + `" readonly` + string(rest) + `>`)
	})
	if kept, _ := c.Locals(sharedKey).(bool); kept {
		return body
	}
	return a.personal(c, body)
}

// personal fills in what is the person's own; body is not written to.
func (a *app) personal(c *fiber.Ctx, body []byte) []byte {
	v := visitorOf(c)
	if !v.SignedIn() {
		return body
	}
	body = bytes.ReplaceAll(body, a.marks.name, []byte(template.HTMLEscapeString(v.Name)))
	return bytes.ReplaceAll(body, a.marks.form, []byte(v.form))
}

var linkTo = regexp.MustCompile(`<a\b([^>]*?)\shref="(/[^"?#]*)[^"]*"([^>]*)>`)

// unlink takes the way out of links to pages that would refuse the person, whichever view wrote them: the text stays.
func (a *app) unlink(v visitor, body []byte) []byte {
	open := map[string]bool{}
	return linkTo.ReplaceAllFunc(body, func(tag []byte) []byte {
		parts := linkTo.FindSubmatch(tag)
		path := string(parts[2])
		may, known := open[path]
		if !known {
			may = a.mayFollow(v, path)
			open[path] = may
		}
		if may {
			return tag
		}
		return []byte("<a" + string(parts[1]) + string(parts[3]) + ">")
	})
}

// mayFollow reports whether a link's page would let the person in, as far as its address tells.
func (a *app) mayFollow(v visitor, path string) bool {
	plain, err := url.PathUnescape(path)
	if err != nil {
		return true
	}
	for _, suffix := range []string{".json", ".csv", ".sql", ".svg", ".png", "." + bookFormat} {
		plain = strings.TrimSuffix(plain, suffix)
	}
	for pattern, r := range a.table {
		if pattern == plain || strings.Contains(pattern, ":") && fiber.RoutePatternMatch(plain, pattern) && a.table[plain].Name == "" {
			limited := v.Limited() && r.Own == "" && r.Needs != access.Own && r.Needs != access.Open
			return v.May(r.Needs) && !limited
		}
	}
	return true
}
