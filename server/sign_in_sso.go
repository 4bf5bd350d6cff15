package server

import (
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/signon"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// The ways to the sign-in service and back; the second is told to the service.
const (
	ssoPath = "/sign-in/sso"
	ssoBack = ssoPath + "/back"
	ssoOut  = ssoPath + "/out"
)

// nobodyHere says that the service knows the person and we have no account that may enter. Which of the causes it is stands in the audit
// alone, so that nobody can find out which accounts there are.
const nobodyHere signon.Reason = "nobody"

// ssoDoor is the way to the sign-in service on the sign-in page.
type ssoDoor struct {
	Href, Label string
	Out         string // where one signs out there as well; empty where one did not just sign out here
}

// ssoDoor is nil where there is no service.
func (a *app) ssoDoor(c *fiber.Ctx, p signInPage) *ssoDoor {
	if a.signOn == nil {
		return nil
	}
	d := ssoDoor{Label: or(a.cfg.SSO.Label, p.T("access.sso.label"))}
	words := url.Values{}
	if p.Back != "" {
		words.Set("back", p.Back)
	}
	out := c.Query("out")
	if out != "" {
		words.Set("again", "1") // whoever comes to this machine next must not be let in as the one before
	}
	if out == ledger.BySSO {
		d.Out = ssoOut
	}
	d.Href = address(ssoPath, words)
	return &d
}

// ssoSaid words why the sign-in service let nobody in.
func (a *app) ssoSaid(c *fiber.Ctx) string {
	reason := signon.Reason(c.Query("sso"))
	if a.signOn == nil || reason != nobodyHere && !slices.Contains(signon.Reasons, reason) {
		return ""
	}
	return text.T("access.sso.said." + string(reason)).In(lang(c))
}

// signedOut is where somebody is led who signed out.
func (a *app) signedOut(v visitor) string {
	if v.session.Way == ledger.BySSO && a.signOn != nil {
		return "/sign-in?out=" + ledger.BySSO
	}
	return "/sign-in?out=1"
}

// begunCookie is what the cookie is called that a sign-in at the service has begun with.
func (a *app) begunCookie(c *fiber.Ctx) string { return a.cookieName(c) + "-sso" }

func (a *app) setBegun(c *fiber.Ctx, sealed string) {
	cookie := &fiber.Cookie{Name: a.begunCookie(c), Value: sealed, Path: "/", HTTPOnly: true, Secure: a.secure(c), SameSite: fiber.CookieSameSiteLaxMode,
		MaxAge: int(signon.BegunTime.Seconds())}
	if sealed == "" {
		cookie.MaxAge, cookie.Expires = 0, time.Unix(0, 0)
	}
	c.Cookie(cookie)
}

// beginSSO sends a browser to the sign-in service.
func (a *app) beginSSO(c *fiber.Ctx) error {
	back := backAddress(c.Query("back"))
	switch v := visitorOf(c); {
	case a.signOn == nil:
		return c.Redirect("/sign-in", fiber.StatusSeeOther)
	case v.Anybody || v.SignedIn() && v.must == "":
		return c.Redirect(or(back, "/"), fiber.StatusSeeOther)
	}
	// The service sends browsers back to one address, and a cookie belongs to one host: whoever came by another name goes over first. Once
	// only, for a proxy may hide by which name it was.
	own, err := a.cfg.ownAddress()
	if err != nil {
		return err
	}
	if u, err := url.Parse(own); err == nil && c.Query("own") == "" && !strings.EqualFold(u.Host, c.Hostname()) {
		words := url.Values{"own": {"1"}}
		for _, name := range []string{"back", "again"} {
			if word := c.Query(name); word != "" {
				words.Set(name, word)
			}
		}
		return c.Redirect(own+address(ssoPath, words), fiber.StatusSeeOther)
	}
	to, sealed, err := a.signOn.Begin(c.UserContext(), back, c.Query("again") != "")
	if err != nil {
		return a.refuseSSO(c, err, back)
	}
	a.setBegun(c, sealed)
	return c.Redirect(to, fiber.StatusSeeOther)
}

// finishSSO takes what the service answered, and begins a session of the account that belongs to whom it vouches for.
func (a *app) finishSSO(c *fiber.Ctx) error {
	if a.signOn == nil {
		return c.Redirect("/sign-in", fiber.StatusSeeOther)
	}
	sealed := c.Cookies(a.begunCookie(c))
	a.setBegun(c, "")
	words, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		return fiber.ErrBadRequest
	}
	who, back, err := a.signOn.Finish(c.UserContext(), sealed, words)
	back = backAddress(back)
	if err != nil {
		return a.refuseSSO(c, err, back)
	}
	account, why, err := a.accountFor(c, who)
	if err != nil {
		return err
	}
	if why != "" {
		return a.nobodyHere(c, account, who, why, back)
	}
	if err := a.endOld(c); err != nil {
		return err
	}
	if err := a.begin(c, account, ledger.BySSO); err != nil {
		return err
	}
	return c.Redirect(or(back, "/"), fiber.StatusSeeOther)
}

// refuseSSO leads back to the sign-in page with why nobody was let in. Anybody can bring these about at will, so that the audit has one of
// each kind from an address in a minute; the log has them all.
func (a *app) refuseSSO(c *fiber.Ctx, cause error, back string) error {
	reason := signon.ReasonOf(cause)
	level := slog.LevelWarn
	if slices.Contains([]signon.Reason{signon.Lost, signon.Late, signon.Denied, signon.Code}, reason) {
		level = slog.LevelInfo // a person's doing, or anybody's
	}
	a.log.Log(c.UserContext(), level, "nobody was let in by the sign-in service", "request", requestID(c), "cause", cause.Error())
	line := a.ssoLine(c)
	line.Detail = string(reason)
	a.signing.mu.Lock()
	due := a.signing.seldom("sso\x00"+string(reason)+"\x00"+line.Address, a.ledger.Now())
	a.signing.mu.Unlock()
	if due {
		if err := a.ledger.Audit(c.UserContext(), line); err != nil {
			return err
		}
	}
	return a.backToSignIn(c, reason, back)
}

// nobodyHere refuses whom the service vouches for; each time is kept, because it takes a person of the service.
func (a *app) nobodyHere(c *fiber.Ctx, account ledger.Account, who signon.Identity, why, back string) error {
	line := a.ssoLine(c)
	line.Account, line.Person, line.Detail = account.Name, account.Person, why+": "+who.Name+" ("+who.Subject+", "+who.Issuer+")"
	if err := a.ledger.Audit(c.UserContext(), line); err != nil {
		return err
	}
	return a.backToSignIn(c, nobodyHere, back)
}

func (a *app) ssoLine(c *fiber.Ctx) ledger.Audited {
	route, _ := c.Locals(routeKey).(string)
	return ledger.Audited{Request: requestID(c), Address: a.from(c), Action: ledger.DidSSOFailed, Route: route, Subject: c.Path(), Status: fiber.StatusSeeOther}
}

// backToSignIn leads to the sign-in page by a redirect, so that no code of the service stays in the address.
func (a *app) backToSignIn(c *fiber.Ctx, reason signon.Reason, back string) error {
	words := url.Values{"sso": {string(reason)}}
	if back != "" {
		words.Set("back", back)
	}
	return c.Redirect(address("/sign-in", words), fiber.StatusSeeOther)
}

// outOfSSO leads to where one signs out of the service as well.
func (a *app) outOfSSO(c *fiber.Ctx) error {
	if a.signOn == nil {
		return c.Redirect("/sign-in", fiber.StatusSeeOther)
	}
	own, err := a.cfg.ownAddress()
	if err != nil {
		return err
	}
	to, err := a.signOn.EndAddress(c.UserContext(), own+"/sign-in")
	if err != nil {
		return a.refuseSSO(c, err, "")
	}
	return c.Redirect(or(to, "/sign-in?out=1"), fiber.StatusSeeOther)
}
