package server

import (
	"errors"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/access"
)

// route is one line of the route table. Path is without a suffix: PATH.json, PATH.csv
// and PATH.sql reach the same handler, which asks format(c), when Formats names them.
type route struct {
	Method  string // GET when empty
	Path    string
	Name    string // what the route is called in links, tests and logs
	Formats string // beside the page: "json csv", or empty
	Needs   access.Permission
	Own     ownRule // what of it those may see who are held to their own projects
	Export  bool    // it answers with a file to take away
	Parts   bool    // of a POST: it takes a form with files, reads its parts as they come and holds the token against the session itself
	Handle  fiber.Handler
}

// routes is the whole table of what the server answers.
func (a *app) routes() []route {
	own := []route{
		{Path: "/imports", Name: "imports", Needs: access.SeeFiles, Formats: "json csv", Handle: a.listImports},
		{Path: "/imports/preview/:hash", Name: "imports.preview", Needs: access.Import, Formats: "json", Handle: a.previewImport},
		{Path: "/imports/:batch", Name: "imports.batch", Needs: access.SeeFiles, Formats: "json csv", Handle: a.showImport},
		{Path: "/imports/:batch/file", Name: "imports.file", Needs: access.SeeFiles, Export: true, Handle: a.downloadImport},
		{Path: "/source", Name: "source", Needs: access.Read, Formats: "json csv", Handle: a.showSource},
		{Path: "/changes", Name: "changes", Needs: access.Read, Formats: answered, Handle: answer(a, a.askChanges, a.showChanges)},
		{Path: "/health", Name: "health", Needs: access.Open, Formats: "json", Handle: a.health},

		{Method: fiber.MethodPost, Path: "/imports", Name: "imports.upload", Needs: access.Import, Parts: true, Handle: a.uploadImport},
		{Method: fiber.MethodPost, Path: "/imports/commit", Name: "imports.commit", Needs: access.Import, Handle: a.commitImport},
		{Method: fiber.MethodPost, Path: "/imports/discard", Name: "imports.discard", Needs: access.Import, Handle: a.discardImport},
		{Method: fiber.MethodPost, Path: "/imports/:batch/undo", Name: "imports.undo", Needs: access.Import, Handle: a.undoImport},
	}
	own = append(own, a.handBackRoutes()...)
	own = append(own, a.recordRoutes()...)
	own = append(own, a.handRoutes()...)
	own = append(own, a.meetingRoutes()...)
	own = append(own, a.planRoutes()...)
	own = append(own, a.caseRoutes()...)
	own = append(own, a.scoreRoutes()...)
	own = append(own, a.alertRoutes()...)
	own = append(own, a.patrolRoutes()...)
	own = append(own, a.screenRoutes()...)
	own = append(own, a.areaRoutes()...)
	own = append(own, a.apiRoutes()...)
	own = append(own, a.exportRoutes()...)
	own = append(own, a.backupRoutes()...)
	own = append(own, a.operationRoutes()...)
	own = append(own, a.signInRoutes()...)
	own = append(own, a.peopleRoutes()...)
	own = append(a.jobRoutes(), own...) // before /imports/:batch
	return append(a.pageRoutes(), own...)
}

const (
	formatKey = "format"
	routeKey  = "route"
	beside    = "formats" // those of the route
)

// chooseFormat takes .json, .csv, .sql, .svg, .png, .docx, .pdf or .xlsx off the address, before any route is matched.
func (a *app) chooseFormat(c *fiber.Ctx) error {
	c.Locals(formatKey, "html")
	path := c.Path()
	if strings.HasPrefix(path, "/assets/") {
		return c.Next()
	}
	for _, suffix := range []string{".json", ".csv", ".sql", ".svg", ".png", "." + docxFormat, "." + pdfFormat, "." + bookFormat} {
		if bare, found := strings.CutSuffix(path, suffix); found {
			c.Locals(formatKey, suffix[1:])
			// The cockpit is "/", so its data is at "/index.json".
			if bare == "/index" || bare == "" {
				bare = "/"
			}
			c.Path(bare)
			break
		}
	}
	return c.Next()
}

// format says how the answer is wanted: html, json, csv, sql, svg, png, docx, pdf or xlsx.
func format(c *fiber.Ctx) string {
	if f, ok := c.Locals(formatKey).(string); ok {
		return f
	}
	return "html"
}

// register puts the table into the router and refuses formats that a route does not have.
func (a *app) register(table []route) {
	a.table = map[string]route{}
	for _, r := range table {
		method := r.Method
		if method == "" {
			method = fiber.MethodGet
		}
		handle := func(c *fiber.Ctx) error {
			c.Locals(routeKey, r.Name)
			c.Locals(beside, r.Formats)
			if err := a.admit(c, r); errors.Is(err, errAnswered) {
				return nil
			} else if err != nil {
				return a.refused(c, r, err)
			}
			if f := format(c); f != "html" && !strings.Contains(r.Formats, f) {
				return fiber.ErrNotFound
			}
			return a.audited(c, r, r.Handle(c))
		}
		a.web.Add(method, r.Path, handle).Name(r.Name)
		if method == fiber.MethodGet {
			a.table[r.Path] = r
			a.web.Add(fiber.MethodHead, r.Path, handle)
		}
	}
}

// param gives a part of the path as it was meant: names in it are Chinese and may hold a slash.
func param(c *fiber.Ctx, name string) string {
	raw := c.Params(name)
	if value, err := url.PathUnescape(raw); err == nil {
		return value
	}
	return raw
}

// health answers whether the record can be read, for whoever watches the program.
func (a *app) health(c *fiber.Ctx) error {
	version, err := a.ledger.Version(c.UserContext())
	if err != nil {
		return err
	}
	return c.JSON(healthAnswer{"ok", version})
}

// healthAnswer is /health.json.
type healthAnswer struct {
	Status  string `json:"status"`
	Version uint64 `json:"record_version"`
}
