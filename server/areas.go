package server

import (
	"bytes"
	"html/template"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// areaWord is the word of an address that names the sub-district (街道) a request is about; without it, it is about the deployment's own.
const areaWord = "area"

// chosenArea is the sub-district of a request.
type chosenArea struct {
	record *ledger.Ledger
	known  []string // all that can be chosen
}

const chosenKey = "chosen-area"

// chooseArea finds the record that a request reads and writes. Addresses of an answer lead on to the same sub-district, a
// redirect's too: one that lost it would show, or write, another's figures.
func (a *app) chooseArea(c *fiber.Ctx) error {
	v := visitorOf(c)
	if strings.HasPrefix(c.Path(), "/assets/") || machineAsked(c.Path()) || !v.Anybody && !v.SignedIn() {
		return c.Next()
	}
	known, err := a.ledger.Areas(c.UserContext())
	if err != nil {
		return err
	}
	known = slices.DeleteFunc(slices.Clone(known), func(name string) bool { return !v.InArea(name) })
	asked := c.Query(areaWord)
	if asked == "" && !v.InArea(a.ledger.Own()) {
		asked = v.Areas[0]
	}
	if asked != "" && !v.InArea(asked) {
		return ledger.Fail(ledger.Refused, text.T("access.other_area"))
	}
	l, err := a.ledger.Known(c.UserContext(), asked)
	if err != nil {
		return err
	}
	c.Locals(chosenKey, chosenArea{l, known})
	if err := c.Next(); err != nil {
		return err
	}
	if to := string(c.Response().Header.Peek(fiber.HeaderLocation)); to != "" {
		c.Set(fiber.HeaderLocation, carried(to, elsewhere(c)))
	}
	return nil
}

func areaOf(c *fiber.Ctx) chosenArea {
	one, _ := c.Locals(chosenKey).(chosenArea)
	return one
}

// record is the record of the request's sub-district.
func (a *app) record(c *fiber.Ctx) *ledger.Ledger {
	if one := areaOf(c); one.record != nil {
		return one.record
	}
	return a.ledger
}

// elsewhere names the request's sub-district unless it is the deployment's own.
func elsewhere(c *fiber.Ctx) string {
	if one := areaOf(c); one.record != nil && one.record.Area() != one.record.Own() {
		return one.record.Area()
	}
	return ""
}

// carried is an address on this server that names a sub-district; one that names one already, or leads elsewhere, stays.
func carried(to, area string) string {
	if area == "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "/assets/") {
		return to
	}
	bare, anchor, found := strings.Cut(to, "#")
	path, words, asks := strings.Cut(bare, "?")
	if asked, err := url.ParseQuery(words); err != nil || asked.Has(areaWord) {
		return to
	}
	to = path + "?" + areaWord + "=" + url.QueryEscape(area)
	if asks && words != "" {
		to = path + "?" + words + "&" + areaWord + "=" + url.QueryEscape(area)
	}
	if found {
		to += "#" + anchor
	}
	return to
}

var (
	addressIn = regexp.MustCompile(`(\s(?:href|action|formaction|data-json|data-jobs|data-events)=")(/[^"]*)"`)
	askForm   = regexp.MustCompile(`(?s)<form[^>]*\smethod="get"[^>]*>.*?</form>`)
	namesArea = []byte(`name="` + areaWord + `"`)
	ampersand = strings.NewReplacer("&amp;", "&")
	escaped   = strings.NewReplacer("&", "&amp;")
)

// carryArea makes the addresses and the asking forms of a page lead on to the request's sub-district, whichever view wrote them.
func carryArea(c *fiber.Ctx, body []byte) []byte {
	area := elsewhere(c)
	if area == "" {
		return body
	}
	body = addressIn.ReplaceAllFunc(body, func(found []byte) []byte {
		parts := addressIn.FindSubmatch(found)
		return []byte(string(parts[1]) + escaped.Replace(carried(ampersand.Replace(string(parts[2])), area)) + `"`)
	})
	return askForm.ReplaceAllFunc(body, func(form []byte) []byte {
		if bytes.Contains(form, namesArea) {
			return form
		}
		end := bytes.LastIndex(form, []byte("</form>"))
		return slices.Concat(form[:end], []byte(`<input type="hidden" name="`+areaWord+`" value="`), []byte(template.HTMLEscapeString(area)), []byte(`">`), form[end:])
	})
}

// chooser is the header's list of sub-districts; none where there is no choice.
func (p *page) chooser(c *fiber.Ctx) {
	one := areaOf(c)
	if len(one.known) < 2 || one.record == nil {
		return
	}
	f := filter{Name: areaWord, Label: p.T("area.filter")}
	list := one.known
	if !slices.Contains(list, p.Area) {
		list = append(slices.Clone(list), p.Area)
	}
	for _, name := range list {
		f.Options = append(f.Options, option{Value: name, Text: name, Selected: name == p.Area})
	}
	p.Filters, p.Several = []filter{f}, true
}

// into says which sub-district an import goes to, where there are several.
func (p page) into() string {
	if !p.Several {
		return ""
	}
	return p.T("area.into", p.Area)
}
