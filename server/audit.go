package server

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/ledger"
)

const detailKey = "detail"

// detail says in a word what a request did, for the audit. No secret may stand in it.
func detail(c *fiber.Ctx, said string) { c.Locals(detailKey, said) }

// ownAudit are the writing routes that put their own lines into the audit, because what they did depends on more than the route.
var ownAudit = []string{"sign_in.post", "sign_out", "account.password", "account.sessions", "people.password"}

// exported are the files a page or a list is taken away as.
var exported = strings.Fields(answered + " " + docxFormat + " " + pdfFormat)

// deed is what a request to a route did, in the audit's words; empty for what is not kept.
func deed(c *fiber.Ctx, r route, err error) string {
	switch {
	case r.Method == fiber.MethodPost && slices.Contains(ownAudit, r.Name):
		return ""
	case strings.HasPrefix(r.Name, "exports") && r.Method == fiber.MethodPost:
		return ledger.DidExport // ended before it was handed out
	case exporting(c) != nil:
		return "" // the program makes the file; who is handed it is kept
	case strings.HasPrefix(r.Name, "backups") && r.Method == fiber.MethodPost:
		return ledger.DidBackup
	case r.Name == "imports.undo":
		return ledger.DidUndo
	case r.Method == fiber.MethodPost && strings.HasPrefix(r.Name, "imports"):
		return ledger.DidImport
	case r.Method == fiber.MethodPost && strings.HasPrefix(r.Name, "people"):
		return ledger.DidSetting
	case r.Method == fiber.MethodPost:
		return ledger.DidEdit
	case err != nil || c.Response().StatusCode() != fiber.StatusOK || visitorOf(c).Anybody:
		return "" // what a single person takes away from their own machine is nobody's to watch
	case r.Export, strings.Contains(r.Formats, "csv") && slices.Contains(exported, format(c)):
		return ledger.DidExport
	}
	return ""
}

// audited puts what a request did into the audit. What cannot be kept there is not handed out; what was written already is, and the log tells.
func (a *app) audited(c *fiber.Ctx, r route, err error) error {
	did := deed(c, r, err)
	if did == "" {
		return err
	}
	status := c.Response().StatusCode()
	if err != nil {
		_, status = a.failure(err)
	}
	line := a.line(c, r, did, status)
	line.Detail, _ = c.Locals(detailKey).(string)
	if failed := a.ledger.Audit(c.UserContext(), line); failed != nil {
		a.log.Error("the audit could not be written", "request", requestID(c), "action", did, "cause", failed)
		if did == ledger.DidExport {
			return failed
		}
	}
	return err
}

// refused puts a refusal into the audit: who asked for what the roles do not allow, or sent a form that is not the session's.
func (a *app) refused(c *fiber.Ctx, r route, err error) error {
	if !visitorOf(c).SignedIn() || warming(c) != nil {
		return err // the way to the sign-in page is no refusal, and whoever is nobody must not fill the audit
	}
	e, status := a.failure(err)
	line := a.line(c, r, ledger.DidRefused, status)
	line.Detail = e.Message.Key + " " + string(r.Needs)
	return errors.Join(err, a.ledger.Audit(c.UserContext(), line))
}

// line begins a line of the audit with what every request says.
func (a *app) line(c *fiber.Ctx, r route, did string, status int) ledger.Audited {
	v := visitorOf(c)
	line := ledger.Audited{Request: requestID(c), Account: v.Account, Person: v.Name, Address: a.from(c), Action: did, Route: r.Name,
		Subject: subject(c), Status: uint16(status), Area: a.record(c).Area()}
	if v.Anybody {
		line.Person = actor(c)
	}
	return line
}

// subject is the address that was asked for, readable; a form's is without its words.
func subject(c *fiber.Ctx) string {
	asked := c.OriginalURL()
	if path, _, found := strings.Cut(asked, "?"); found && c.Method() == fiber.MethodPost {
		asked = path
	}
	if plain, err := url.PathUnescape(asked); err == nil {
		return plain
	}
	return asked
}
