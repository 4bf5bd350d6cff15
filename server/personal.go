package server

import (
	"bytes"
	"html/template"
	"regexp"

	"github.com/gofiber/fiber/v2"
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
	byBox    = regexp.MustCompile(`<input type="text"([^>]*?)\sname="by"([^>]*)>`)
	itsValue = regexp.MustCompile(`\s(?:value="[^"]*"|required|autocomplete="[^"]*")`)
)

// sign gives the forms of a page what says that they are the session's, and the name of who acts, which nobody signed in types.
func (a *app) sign(c *fiber.Ctx, body []byte) []byte {
	v := visitorOf(c)
	if !v.SignedIn() {
		return body
	}
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
