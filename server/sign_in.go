package server

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// signInRoutes are sign-in and what people do with their own account.
func (a *app) signInRoutes() []route {
	return []route{
		{Path: "/sign-in", Name: "sign_in", Needs: access.Open, Handle: a.showSignIn},
		{Method: fiber.MethodPost, Path: "/sign-in", Name: "sign_in.post", Needs: access.Open, Handle: a.signIn},
		{Path: ssoPath, Name: "sign_in.sso", Needs: access.Open, Handle: a.beginSSO},
		{Path: ssoBack, Name: "sign_in.sso_back", Needs: access.Open, Handle: a.finishSSO},
		{Path: ssoOut, Name: "sign_in.sso_out", Needs: access.Open, Handle: a.outOfSSO},
		{Method: fiber.MethodPost, Path: "/sign-out", Name: "sign_out", Needs: access.Own, Handle: a.signOut},
		{Path: "/account", Name: "account", Formats: "json", Needs: access.Own, Handle: a.showAccount},
		{Method: fiber.MethodPost, Path: "/account/password", Name: "account.password", Needs: access.Own, Handle: a.changeOwnPassword},
		{Method: fiber.MethodPost, Path: "/account/sessions", Name: "account.sessions", Needs: access.Own, Handle: a.endOwnSessions},
	}
}

// signing lets one password be looked at, at a time: hashes take memory, and what is counted must count for whoever asks at the same moment.
type signing struct {
	mu   sync.Mutex
	said map[string]time.Time // when a refusal that anybody can bring about was last put into the audit
}

// seldom reports whether a refusal of a kind is due in the audit, once a minute. The caller holds mu.
func (s *signing) seldom(key string, now time.Time) bool {
	if s.said == nil || len(s.said) > 1000 {
		s.said = map[string]time.Time{}
	}
	if last, said := s.said[key]; said && now.Sub(last) < time.Minute {
		return false
	}
	s.said[key] = now
	return true
}

// signInPage asks for a name and a password.
type signInPage struct {
	page
	Typed, Back, Said, Notice string
	SSO                       *ssoDoor
}

func (a *app) showSignIn(c *fiber.Ctx) error {
	back := backAddress(c.Query("back"))
	if v := visitorOf(c); v.Anybody || v.SignedIn() && v.must == "" {
		return c.Redirect(or(back, "/"), fiber.StatusSeeOther)
	}
	p := signInPage{page: a.newPage(c, "sign_in"), Back: back}
	if c.Query("out") != "" {
		p.Notice = p.T("access.signed_out")
	}
	p.Said, p.SSO = a.ssoSaid(c), a.ssoDoor(c, p)
	return a.render(c, "sign_in", p)
}

// refuseSignIn shows the form again; it says nothing of whether there is such an account.
func (a *app) refuseSignIn(c *fiber.Ctx, status int, typed string, said text.Message) error {
	if wantsJSON(c) {
		c.Status(status)
		return c.JSON(fiber.Map{"error": fiber.Map{"kind": ledger.Refused, "message": said.In(lang(c)), "request_id": requestID(c)}})
	}
	c.Status(status)
	p := signInPage{page: a.newPage(c, "sign_in"), Back: backAddress(bodyWord(c, "back")), Typed: typed}
	p.Said, p.SSO = p.Say(said), a.ssoDoor(c, p)
	return a.render(c, "sign_in", p)
}

// signIn checks a name and a password and begins a session with a token of its own.
func (a *app) signIn(c *fiber.Ctx) error {
	accounts, err := a.accounts(c.UserContext())
	if err != nil {
		return err
	}
	if len(accounts) == 0 {
		return c.Redirect("/", fiber.StatusSeeOther)
	}
	typed := strings.TrimSpace(bodyWord(c, "name"))
	account, until, err := a.prove(c, accounts, typed, bodyWord(c, "password"))
	switch {
	case err != nil:
		return err
	case !until.IsZero():
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(until.Sub(a.ledger.Now()).Seconds())+1))
		return a.refuseSignIn(c, fiber.StatusTooManyRequests, typed, text.T("access.locked", until.In(ledger.Office).Format("15:04")))
	case account == nil:
		return a.refuseSignIn(c, fiber.StatusUnauthorized, typed, text.T("access.wrong"))
	case account.Once && a.policy().Stale(account.PasswordAt, a.ledger.Now()):
		return a.refuseSignIn(c, fiber.StatusUnauthorized, typed, text.T("access.once_over"))
	}
	if err := a.endOld(c); err != nil {
		return err
	}
	if err := a.begin(c, *account, ledger.ByPassword); err != nil {
		return err
	}
	if account.Once {
		return c.Redirect("/account", fiber.StatusSeeOther)
	}
	return c.Redirect(or(backAddress(bodyWord(c, "back")), "/"), fiber.StatusSeeOther)
}

// endOld ends the session that somebody who signs in anew comes with.
func (a *app) endOld(c *fiber.Ctx) error {
	if old := visitorOf(c); old.SignedIn() {
		return a.ledger.EndSession(c.UserContext(), old.session)
	}
	return nil
}

// prove holds a password against an account, one at a time. It gives nil for a wrong one, or until when nobody may try.
func (a *app) prove(c *fiber.Ctx, accounts map[string]ledger.Account, typed, password string) (*ledger.Account, time.Time, error) {
	a.signing.mu.Lock()
	defer a.signing.mu.Unlock()
	ctx, now, policy := c.UserContext(), a.ledger.Now(), a.policy()
	name, _ := access.AccountName(typed)
	account, found := accounts[name]
	counted := name
	if !found {
		counted = nobodyCalled(typed)
	}
	line := ledger.Audited{Request: requestID(c), Account: counted, Person: account.Person, Address: a.from(c), Route: "sign_in.post", Subject: "/sign-in"}
	attempts, err := a.ledger.Attempts(ctx, counted, line.Address, now.Add(-policy.LockFor))
	if err != nil {
		return nil, time.Time{}, err
	}
	if until := policy.LockedUntil(attempts, now); !until.IsZero() {
		return nil, until, a.saidLocked(c, line)
	}
	right, err := a.cfg.Hashing.Verify(account.Hash, password)
	if err != nil {
		return nil, time.Time{}, err
	}
	if right && found && !account.Disabled && !account.SSO.Only {
		return &account, time.Time{}, nil
	}
	line.Action, line.Status = ledger.DidSignInFailed, fiber.StatusUnauthorized
	if found && account.Disabled {
		line.Detail = "disabled"
	} else if found && account.SSO.Only {
		line.Detail = "signs in by the sign-in service only"
	}
	return nil, time.Time{}, a.ledger.Audit(ctx, line)
}

// saidLocked puts a refusal without looking into the audit, once a minute for each name and address.
func (a *app) saidLocked(c *fiber.Ctx, line ledger.Audited) error {
	if !a.signing.seldom(line.Account+"\x00"+line.Address, a.ledger.Now()) {
		return nil
	}
	line.Action, line.Status = ledger.DidSignInLocked, fiber.StatusTooManyRequests
	return a.ledger.Audit(c.UserContext(), line)
}

// nobodyCalled names what was typed where no account is called so. People type passwords into the wrong box: only a digest is kept, by which
// attempts are counted.
func nobodyCalled(typed string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(typed)))
	return "?" + hex.EncodeToString(sum[:6])
}

// begin makes a new session of an account and hands its token out; sign-in, in either way, and a new password do.
func (a *app) begin(c *fiber.Ctx, account ledger.Account, way string) error {
	token := access.NewToken()
	err := a.ledger.BeginSession(c.UserContext(), ledger.Session{ID: access.TokenID(token), Account: account.Name, Address: a.from(c), Agent: agent(c), Way: way})
	if err != nil {
		return err
	}
	line := ledger.Audited{Request: requestID(c), Account: account.Name, Person: account.Person, Address: a.from(c),
		Action: ledger.DidSignIn, Route: "sign_in.post", Subject: "/sign-in", Status: fiber.StatusSeeOther}
	if way == ledger.BySSO {
		line.Route, line.Subject, line.Detail = "sign_in.sso_back", ssoBack, "by the sign-in service"
	}
	if err := a.ledger.Audit(c.UserContext(), line); err != nil {
		return err
	}
	c.Cookie(&fiber.Cookie{Name: a.cookieName(c), Value: token, Path: "/", HTTPOnly: true, Secure: a.secure(c), SameSite: fiber.CookieSameSiteLaxMode})
	return nil
}

// agent is what a browser calls itself, for the list of one's own sessions.
func agent(c *fiber.Ctx) string {
	said := []rune(plainText(c.Get(fiber.HeaderUserAgent)))
	return string(said[:min(len(said), 200)])
}

func plainText(s string) string { return strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ") }

func (a *app) signOut(c *fiber.Ctx) error {
	v := visitorOf(c)
	if v.SignedIn() {
		if err := a.ledger.EndSession(c.UserContext(), v.session); err != nil {
			return err
		}
		if err := a.ledger.Audit(c.UserContext(), a.line(c, route{Name: "sign_out"}, ledger.DidSignOut, fiber.StatusSeeOther)); err != nil {
			return err
		}
	}
	a.forgetCookie(c)
	return c.Redirect(a.signedOut(v), fiber.StatusSeeOther)
}

// forgetCookie has the browser forget the session, and the pages it kept.
func (a *app) forgetCookie(c *fiber.Ctx) {
	c.Cookie(&fiber.Cookie{Name: a.cookieName(c), Value: "", Path: "/", HTTPOnly: true, Secure: a.secure(c), SameSite: fiber.CookieSameSiteLaxMode,
		Expires: time.Unix(0, 0)})
	c.Set("Clear-Site-Data", `"cache"`)
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
