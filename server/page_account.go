package server

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// accountPage is one's own account: the password, and where one is signed in.
type accountPage struct {
	page
	Who         []fact
	Must, Said  string
	Notice      string
	Rules       []string
	Sessions    []sessionLine
	NoPassword  string // why there is none to change; empty: there is one
	MinLength   int
	MaxLength   int
	ExpiresNote string
}

// sessionLine is one sign-in that holds.
type sessionLine struct {
	ID, Address, Agent, Began, Seen string
	Current                         bool
}

// handleOf names a session on pages; its whole digest stands nowhere but in the record.
func handleOf(s ledger.Session) string { return s.ID[:16] }

// openSessions are the sessions of an account that still hold.
func (a *app) openSessions(c *fiber.Ctx, account string) ([]ledger.Session, error) {
	list, err := a.ledger.Sessions(c.UserContext(), account)
	if err != nil {
		return nil, err
	}
	open := list[:0]
	for _, s := range list {
		if a.policy().Alive(s.Began, s.Seen, a.ledger.Now()) {
			open = append(open, s)
		}
	}
	return open, nil
}

func (a *app) showAccount(c *fiber.Ctx) error {
	if c.Query("changed") != "" {
		return a.accountView(c, "", text.T("access.changed").In(lang(c)))
	}
	return a.accountView(c, "", "")
}

// accountAnswer is what a program is told about who it signed in as; csrf goes with every form it sends.
type accountAnswer struct {
	Account  ledger.Account   `json:"account"`
	Sessions []ledger.Session `json:"sessions"`
	CSRF     string           `json:"csrf"`
	Hidden   hiddenAnswer     `json:"hidden"`
}

// hiddenAnswer says what the roles are not shown.
type hiddenAnswer struct {
	Personal bool `json:"personal"`
	FirmTax  bool `json:"firm_tax"`
}

func (a *app) accountView(c *fiber.Ctx, said, notice string) error {
	v := visitorOf(c)
	if v.Anybody && format(c) != "json" {
		return c.Redirect("/admin/people", fiber.StatusSeeOther)
	}
	sessions, err := a.openSessions(c, v.Account)
	if err != nil {
		return err
	}
	if format(c) == "json" {
		return c.JSON(accountAnswer{Account: v.account, Sessions: sessions, CSRF: v.form, Hidden: hiddenAnswer{v.Hides().Personal, v.Hides().FirmTax}})
	}
	p := accountPage{page: a.newPage(c, "account"), Said: said, Notice: notice, Rules: a.passwordRules(c), MinLength: a.policy().MinLength, MaxLength: a.policy().MaxLength}
	if v.must != "" {
		p.Must = p.T("access.must." + v.must)
	}
	p.Who = []fact{{Label: p.T("access.field.account"), Text: v.Account}, {Label: p.T("access.field.person"), Text: v.Name},
		{Label: p.T("access.field.roles"), Text: p.roleWords(v.Roles)}, {Label: p.T("access.field.scope"), Text: p.scopeWords(v.Person)}}
	if a.signOn != nil || v.account.SSO.Name != "" {
		p.Who = append(p.Who, fact{Label: p.T("access.sso.field"), Text: p.ssoWords(v.account)})
	}
	if bySSOAlone(v.account) {
		p.NoPassword = p.T("access.sso.no_own")
	} else if age := a.policy().MaxAge; age > 0 {
		p.ExpiresNote = p.T("access.expires", v.account.PasswordAt.Add(age).In(ledger.Office).Format(time.DateOnly))
	}
	for _, s := range sessions {
		p.Sessions = append(p.Sessions, sessionLine{handleOf(s), s.Address, s.Agent, clockTime(s.Began), clockTime(s.Seen), s.ID == v.session.ID})
	}
	return a.render(c, "account", p)
}

// passwordRules says what a new password must be like.
func (a *app) passwordRules(c *fiber.Ctx) []string {
	p, in := a.policy(), lang(c)
	rules := []string{text.T("access.rule.length", p.MinLength, p.MaxLength).In(in), text.T("access.rule.common").In(in)}
	if p.Classes > 0 {
		rules = append(rules, text.T("access.rule.classes", p.Classes).In(in))
	}
	if p.Remembered > 0 {
		rules = append(rules, text.T("access.rule.remembered", p.Remembered).In(in))
	}
	return rules
}

func (p page) roleWords(roles []access.Role) string {
	list := make([]string, len(roles))
	for i, r := range roles {
		list[i] = p.T("access.role." + string(r))
	}
	return joined(list, p.T("page.comma"))
}

func (p page) scopeWords(who access.Person) string {
	said := p.T("access.scope.all")
	if len(who.Areas) > 0 {
		said = joined(who.Areas, p.T("page.comma"))
	}
	if who.Limited() {
		said += p.T("page.semicolon") + p.T("access.scope.own")
	}
	return said
}

// changeOwnPassword takes the password in use and a new one. Every other session of the account ends, and this one gets a new token.
func (a *app) changeOwnPassword(c *fiber.Ctx) error {
	v := visitorOf(c)
	if v.Anybody {
		return ledger.Fail(ledger.Refused, text.T("access.no_accounts"))
	}
	if bySSOAlone(v.account) {
		return a.noPassword(c)
	}
	wanted := bodyWord(c, "new")
	said, status, err := a.mayChange(c, v, wanted)
	if err != nil {
		return err
	}
	if !said.IsZero() {
		line := a.line(c, route{Name: "account.password"}, ledger.DidPassword, status)
		line.Subject, line.Detail = v.Account, said.Key
		if err := a.ledger.Audit(c.UserContext(), line); err != nil {
			return err
		}
		if wantsJSON(c) {
			return ledger.Fail(ledger.Invalid, said)
		}
		c.Status(status)
		return a.accountView(c, said.In(lang(c)), "")
	}
	hash := a.cfg.Hashing.Hash(wanted)
	err = a.ledger.ChangeAccount(c.UserContext(), v.Account, func(one *ledger.Account) error {
		one.Hash, one.PasswordAt, one.Once, one.By = hash, a.ledger.Now(), false, v.Account
		return nil
	})
	if err != nil {
		return err
	}
	ended, err := a.ledger.EndSessions(c.UserContext(), v.Account, "")
	if err != nil {
		return err
	}
	line := a.line(c, route{Name: "account.password"}, ledger.DidPassword, fiber.StatusSeeOther)
	line.Subject, line.Detail = v.Account, "sessions ended: "+strconv.Itoa(ended)
	if err := a.ledger.Audit(c.UserContext(), line); err != nil {
		return err
	}
	if err := a.begin(c, v.account, ledger.ByPassword); err != nil {
		return err
	}
	return c.Redirect("/account?changed=1", fiber.StatusSeeOther)
}

// mayChange says why the own password is not changed; nothing when it may be.
func (a *app) mayChange(c *fiber.Ctx, v visitor, wanted string) (text.Message, int, error) {
	if wanted != bodyWord(c, "again") {
		return text.T("access.differ"), fiber.StatusUnprocessableEntity, nil
	}
	accounts, err := a.accounts(c.UserContext())
	if err != nil {
		return text.Message{}, 0, err
	}
	proven, until, err := a.prove(c, accounts, v.Account, bodyWord(c, "current"))
	switch {
	case err != nil:
		return text.Message{}, 0, err
	case !until.IsZero():
		return text.T("access.locked", until.In(ledger.Office).Format("15:04")), fiber.StatusTooManyRequests, nil
	case proven == nil:
		return text.T("access.wrong_current"), fiber.StatusUnprocessableEntity, nil
	}
	weakness := a.policy().Weakness(wanted, v.Account, v.Name)
	if weakness == access.Fine {
		weakness, err = a.usedBefore(c, *proven, wanted)
	}
	if err != nil || weakness == access.Fine {
		return text.Message{}, 0, err
	}
	return a.weakness(weakness), fiber.StatusUnprocessableEntity, nil
}

// weakness words why a password is refused.
func (a *app) weakness(w access.Weakness) text.Message {
	p := a.policy()
	switch w {
	case access.TooShort:
		return text.T("access.weak.short", p.MinLength)
	case access.TooLong:
		return text.T("access.weak.long", p.MaxLength)
	case access.TooPlain:
		return text.T("access.weak.classes", p.Classes)
	}
	return text.T("access.weak." + string(w))
}

// usedBefore holds a new password against the one in use and, where the policy says so, those before it.
func (a *app) usedBefore(c *fiber.Ctx, account ledger.Account, wanted string) (access.Weakness, error) {
	hashes := []string{account.Hash}
	if a.policy().Remembered > 0 {
		var err error
		if hashes, err = a.ledger.Hashes(c.UserContext(), account.Name, a.policy().Remembered); err != nil {
			return access.Fine, err
		}
	}
	for _, hash := range hashes {
		if same, err := a.cfg.Hashing.Verify(hash, wanted); err != nil || same {
			return access.UsedBefore, err
		}
	}
	return access.Fine, nil
}

// endOwnSessions ends one session of the person's, or all of them.
func (a *app) endOwnSessions(c *fiber.Ctx) error {
	v := visitorOf(c)
	if v.Anybody {
		return ledger.Fail(ledger.Refused, text.T("access.no_accounts"))
	}
	line := a.line(c, route{Name: "account.sessions"}, ledger.DidSignOut, fiber.StatusSeeOther)
	line.Subject = v.Account
	to := "/account"
	if handle := bodyWord(c, "session"); handle != "" {
		list, err := a.openSessions(c, v.Account)
		if err != nil {
			return err
		}
		line.Detail = "one session"
		for _, s := range list {
			if handleOf(s) == handle {
				if err := a.ledger.EndSession(c.UserContext(), s); err != nil {
					return err
				}
			}
		}
	} else {
		ended, err := a.ledger.EndSessions(c.UserContext(), v.Account, "")
		if err != nil {
			return err
		}
		line.Detail = "everywhere: " + strconv.Itoa(ended)
		a.forgetCookie(c)
		to = a.signedOut(v)
	}
	if err := a.ledger.Audit(c.UserContext(), line); err != nil {
		return err
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}
