package server

import (
	"bytes"
	"embed"
	"html/template"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"taizhang/charts"
)

//go:embed views/*.html
var viewFiles embed.FS

// frames are the files that every view is parsed with.
var frames = []string{"views/layout.html", "views/parts.html", "views/tables.html", "views/imports_parts.html", "views/jobs.html", "views/slides.html", "views/person_form.html", "views/patrol_parts.html"}

// views are the parsed templates by name; they are part of the program, so a broken one is a panic.
var views = sync.OnceValue(func() map[string]*template.Template {
	base := template.Must(template.New("layout.html").Funcs(template.FuncMap{"asset": assetPath, "themes": themes}).ParseFS(viewFiles, frames...))
	all := map[string]*template.Template{}
	names, _ := fs.Glob(viewFiles, "views/*.html")
	for _, name := range names {
		view := strings.TrimSuffix(path.Base(name), ".html")
		if !isFrame(name) {
			all[view] = template.Must(template.Must(base.Clone()).ParseFS(viewFiles, name))
		}
	}
	return all
})

func isFrame(name string) bool {
	for _, f := range frames {
		if f == name {
			return true
		}
	}
	return false
}

// themes are the looks of charts, as JSON for the page's script.
func themes() template.JS { return template.JS(charts.Themes()) } //nolint:gosec // our own constants

// render writes a view; data is a page struct that embeds page.
func (a *app) render(c *fiber.Ctx, view string, data any) error {
	if drawn(c) != nil && c.Response().StatusCode() == fiber.StatusOK {
		return nil // the page's charts are wanted, not its text
	}
	if format(c) == bookFormat && c.Response().StatusCode() == fiber.StatusOK {
		return a.sendBook(c, data)
	}
	if page, ok := data.(interface{ explain() }); ok {
		page.explain()
	}
	var b bytes.Buffer
	if err := views()[view].ExecuteTemplate(&b, "layout.html", data); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(a.sign(c, carryArea(c, b.Bytes())))
}

// errorPage is a page that says what went wrong and how it is named in the log.
type errorPage struct {
	page
	Message, Request string
}

// renderError writes the page for a failure; the status is set already.
func (a *app) renderError(c *fiber.Ctx, status int, message string) error {
	p := errorPage{page: a.newPage(c, "error"), Message: message, Request: requestID(c)}
	if status == fiber.StatusNotFound {
		p.Title = p.T("page.title.not_found")
	}
	return a.render(c, "error", p)
}
