package server

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/signon"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// accountFor finds the account that belongs to whom the service vouches for; why says in a word why nobody may enter by it. The first time, an
// account that an administrator gave the person's name is bound to the person; from then on the name counts no more.
func (a *app) accountFor(c *fiber.Ctx, who signon.Identity) (account ledger.Account, why string, err error) {
	accounts, err := a.accounts(c.UserContext())
	if err != nil {
		return account, "", err
	}
	account, found := belongs(accounts, who)
	switch {
	case !found:
		return account, "unknown", nil
	case account.Disabled:
		return account, "disabled", nil
	case account.Bound() && (account.Subject != who.Subject || account.Issuer != who.Issuer):
		return account, "somebody else of that name", nil
	case account.Bound():
		return account, "", nil
	}
	return a.bind(c, account, who)
}

// belongs finds an account by the person, else by the person's name.
func belongs(accounts map[string]ledger.Account, who signon.Identity) (ledger.Account, bool) {
	for _, one := range accounts {
		if one.Bound() && one.Subject == who.Subject && one.Issuer == who.Issuer {
			return one, true
		}
	}
	for _, one := range accounts {
		if who.Name != "" && one.SSO.Name == who.Name {
			return one, true
		}
	}
	return ledger.Account{}, false
}

// bind gives an account to a person of the service for good.
func (a *app) bind(c *fiber.Ctx, account ledger.Account, who signon.Identity) (ledger.Account, string, error) {
	why := ""
	err := a.ledger.ChangeAccount(c.UserContext(), account.Name, func(one *ledger.Account) error {
		// As it stands now: another may have come first, or an administrator changed it meanwhile.
		if one.Disabled || one.Bound() || one.SSO.Name != who.Name {
			why = "changed meanwhile"
			return ledger.Fail(ledger.Conflict, text.T("access.sso.said.nobody"))
		}
		one.Issuer, one.Subject, one.By = who.Issuer, who.Subject, one.Name
		account = *one
		return nil
	})
	if why != "" {
		return account, why, nil
	}
	if err != nil {
		return account, "", err
	}
	line := a.ssoLine(c)
	line.Account, line.Person, line.Action, line.Subject = account.Name, account.Person, ledger.DidSetting, account.Name
	line.Detail = "bound to " + who.Subject + ", " + who.Issuer
	return account, "", a.ledger.Audit(c.UserContext(), line)
}

// ssoForm is what an administrator says of how a person signs in by the service.
type ssoForm struct {
	Asked bool // the form had a place for it
	Name  string
	Only  bool
}

func takeSSO(c *fiber.Ctx) ssoForm {
	return ssoForm{Asked: bodyWord(c, "sso") != "", Name: strings.TrimSpace(bodyWord(c, "sso_name")), Only: bodyWord(c, "sso_only") != ""}
}

func (f ssoForm) check() error {
	switch {
	case f.Only && f.Name == "":
		return ledger.Fail(ledger.Invalid, text.T("access.sso.only_needs_name"))
	case f.Name != "" && signon.PlainName(f.Name) == "":
		return ledger.Fail(ledger.Invalid, text.T("access.sso.bad_name"))
	}
	return nil
}

// apply changes how an account signs in, and reports whether sign-ins of before no longer hold: it is another person's, or no password opens it
// any more.
func (f ssoForm) apply(one *ledger.Account) (ends bool) {
	if !f.Asked {
		return false
	}
	if one.SSO.Name != f.Name {
		ends = one.Bound()
		one.SSO = ledger.SSO{Name: f.Name, Only: one.SSO.Only}
	}
	if f.Only && !one.SSO.Only {
		ends = true
	}
	if one.SSO.Only = f.Only; f.Only {
		one.Hash, one.Once = "", false
	}
	return ends
}

// said is what the audit keeps of it.
func (f ssoForm) said() string {
	switch {
	case !f.Asked || f.Name == "":
		return ""
	case f.Only:
		return "; sign-in service only, as " + f.Name
	}
	return "; sign-in service, as " + f.Name
}

// unbind takes an account from the person it is bound to and ends its sessions; the next of its name at the service will have it.
func unbind(ctx context.Context, l *ledger.Ledger, name, by string) (was ledger.SSO, err error) {
	err = l.ChangeAccount(ctx, name, func(one *ledger.Account) error {
		was = one.SSO
		one.Issuer, one.Subject, one.By = "", "", by
		return nil
	})
	if err == nil {
		_, err = l.EndSessions(ctx, name, "")
	}
	return was, err
}

func (a *app) unbindPerson(c *fiber.Ctx) error {
	name := param(c, "account")
	was, err := unbind(c.UserContext(), a.ledger, name, visitorOf(c).by())
	if err != nil {
		return err
	}
	detail(c, "unbound from "+was.Subject+", "+was.Issuer)
	return c.Redirect("/admin/people/"+url.PathEscape(name)+"?saved=1", fiber.StatusSeeOther)
}

// ssoWords says on a page how an account signs in by the service.
func (p page) ssoWords(one ledger.Account) string {
	switch {
	case one.SSO.Name == "":
		return p.T("access.sso.none")
	case one.Bound():
		return p.T("access.sso.bound", one.SSO.Name)
	}
	return p.T("access.sso.unbound", one.SSO.Name)
}

// bySSOAlone reports whether an account has no password and is not opened by one.
func bySSOAlone(one ledger.Account) bool { return one.SSO.Only || one.SSO.Name != "" && one.Hash == "" }

// noPassword refuses the change of a password that there is none of.
func (a *app) noPassword(c *fiber.Ctx) error {
	line := a.line(c, route{Name: "account.password"}, ledger.DidPassword, fiber.StatusForbidden)
	line.Subject, line.Detail = visitorOf(c).Account, "access.sso.no_own"
	return errors.Join(ledger.Fail(ledger.Refused, text.T("access.sso.no_own")), a.ledger.Audit(c.UserContext(), line))
}

// onlyBySSO refuses what concerns a password where an account has none.
func onlyBySSO(accounts map[string]ledger.Account, name string) error {
	if accounts[name].SSO.Only {
		return ledger.Fail(ledger.Refused, text.T("access.sso.no_password"))
	}
	return nil
}
