package server

import (
	"errors"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// visitor is who sent a request.
type visitor struct {
	access.Person
	account ledger.Account
	session ledger.Session
	form    string // what the forms of the session carry
	must    string // why the password has to be changed before anything else; empty: it has not
}

const visitorKey = "visitor"

// visitorOf is who sent the request; nobody until identify has looked.
func visitorOf(c *fiber.Ctx) visitor {
	v, _ := c.Locals(visitorKey).(visitor)
	return v
}

const (
	plainCookie  = "taizhang"
	secureCookie = "__Host-taizhang" // browsers take it over TLS only, for this host only
)

// cookieName is what the session's cookie is called on the way the request came.
func (a *app) cookieName(c *fiber.Ctx) string {
	if a.secure(c) {
		return secureCookie
	}
	return plainCookie
}

// identify finds who sent a request. While no account exists it is anybody, on this machine; from the first account on it is whoever's
// session the cookie names, or nobody.
func (a *app) identify(c *fiber.Ctx) error {
	if strings.HasPrefix(c.Path(), "/assets/") || machineAsked(c.Path()) {
		return c.Next()
	}
	if p := warming(c); p != nil {
		c.Locals(visitorKey, visitor{Person: *p})
		return c.Next()
	}
	accounts, err := a.accounts(c.UserContext())
	if err != nil {
		return err
	}
	if len(accounts) == 0 {
		c.Locals(visitorKey, visitor{Person: access.Person{Anybody: true}})
		return c.Next()
	}
	v, err := a.whose(c, accounts)
	if err != nil {
		return err
	}
	c.Locals(visitorKey, v)
	return c.Next()
}

// whose finds the account behind the cookie of a request; nobody when the session is over or the account disabled.
func (a *app) whose(c *fiber.Ctx, accounts map[string]ledger.Account) (visitor, error) {
	token := c.Cookies(a.cookieName(c))
	if token == "" {
		return visitor{}, nil
	}
	session, open, err := a.ledger.SessionAt(c.UserContext(), access.TokenID(token))
	if err != nil || !open {
		return visitor{}, err
	}
	account, found := accounts[session.Account]
	now := a.ledger.Now()
	if !found || account.Disabled || !a.policy().Alive(session.Began, session.Seen, now) {
		return visitor{}, a.ledger.EndSession(c.UserContext(), session)
	}
	v := visitor{Person: account.Who(), account: account, session: session, form: access.FormToken(token)}
	switch {
	case session.Way != ledger.ByPassword: // whoever proved who they are elsewhere needs no new password here
	case account.Once:
		v.must = "once"
	case a.policy().Expired(account.PasswordAt, now):
		v.must = "expired"
	}
	// What a page's script asks for by itself keeps nobody signed in.
	if c.Method() == fiber.MethodPost || c.Get("Sec-Fetch-Dest") != "empty" {
		err = a.ledger.SawSession(c.UserContext(), session.ID)
	}
	return v, err
}

func (a *app) policy() access.Policy { return a.cfg.policy() }

// errAnswered says that a request was answered in place of its handler.
var errAnswered = errors.New("answered")

// admit lets a request through to its route, or answers it: by the sign-in page, or by a refusal. A route that declares no need is nobody's.
func (a *app) admit(c *fiber.Ctx, r route) error {
	v := visitorOf(c)
	switch {
	case r.Needs == access.Open:
		return nil
	case v.Anybody && r.Needs == "":
		return fiber.ErrNotFound
	case v.Anybody:
		return nil
	case !v.SignedIn():
		return a.signInFirst(c)
	case v.must != "" && r.Needs != access.Own:
		return a.changeFirst(c)
	case r.Needs == "" || !v.May(r.Needs):
		return ledger.Fail(ledger.Refused, text.T("access.may_not", text.T("access.may."+string(r.Needs))))
	}
	if err := a.admitLimited(c, r, v); err != nil {
		return err
	}
	if c.Method() == fiber.MethodPost && !(r.Parts && inParts(c)) { // such a handler looks at its parts as they come, see takeFiles
		return checkForm(c, formToken(c))
	}
	return nil
}

// signInFirst leads a person to the sign-in page and tells a program that it has to sign in.
func (a *app) signInFirst(c *fiber.Ctx) error {
	if format(c) != "html" || wantsJSON(c) || c.Method() == fiber.MethodPost {
		return errors.Join(fiber.NewError(fiber.StatusUnauthorized), ledger.Fail(ledger.Refused, text.T("access.sign_in_first")))
	}
	to := "/sign-in"
	if back := backAddress(c.OriginalURL()); back != "" && back != "/" {
		to += "?" + url.Values{"back": {back}}.Encode()
	}
	if err := c.Redirect(to, fiber.StatusSeeOther); err != nil {
		return err
	}
	return errAnswered
}

// changeFirst leads to the form of a new password.
func (a *app) changeFirst(c *fiber.Ctx) error {
	if format(c) != "html" || wantsJSON(c) || c.Method() == fiber.MethodPost {
		return ledger.Fail(ledger.Refused, text.T("access.change_first"))
	}
	if err := c.Redirect("/account", fiber.StatusSeeOther); err != nil {
		return err
	}
	return errAnswered
}

const (
	formWord   = "csrf"
	formHeader = "X-CSRF-Token"
)

// formToken is what a request says of the form it was sent with: a header, or a word of its body.
func formToken(c *fiber.Ctx) string {
	if said := c.Get(formHeader); said != "" {
		return said
	}
	if strings.HasPrefix(c.Get(fiber.HeaderContentType), fiber.MIMEApplicationForm) {
		return bodyWord(c, formWord)
	}
	return ""
}

// checkForm refuses what was not sent from a page of the very session it comes with.
func checkForm(c *fiber.Ctx, said string) error {
	v := visitorOf(c)
	if !v.SignedIn() || access.Same(said, v.form) {
		return nil
	}
	return ledger.Fail(ledger.Refused, text.T("access.old_form"))
}
