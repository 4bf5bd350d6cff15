package server

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// peopleRoutes are the administrator's: who may sign in, and who did what.
func (a *app) peopleRoutes() []route {
	return []route{
		{Path: "/admin/people", Name: "people", Formats: "json", Needs: access.People, Handle: a.showPeople},
		{Path: "/admin/people/:account", Name: "person", Needs: access.People, Handle: a.showPerson},
		{Method: fiber.MethodPost, Path: "/admin/people", Name: "people.add", Needs: access.People, Handle: a.addPerson},
		{Method: fiber.MethodPost, Path: "/admin/people/:account", Name: "people.change", Needs: access.People, Handle: a.changePerson},
		{Method: fiber.MethodPost, Path: "/admin/people/:account/password", Name: "people.password", Needs: access.People, Handle: a.resetPassword},
		{Method: fiber.MethodPost, Path: "/admin/people/:account/sessions", Name: "people.sessions", Needs: access.People, Handle: a.endTheirSessions},
		{Method: fiber.MethodPost, Path: "/admin/people/:account/unbind", Name: "people.unbind", Needs: access.People, Handle: a.unbindPerson},
		{Path: "/admin/audit", Name: "audit", Formats: "json csv", Needs: access.Audit, Handle: a.showAudit},
	}
}

// personForm is what an administrator says of a person.
type personForm struct {
	Account, Person string
	Roles           []access.Role
	Areas           []string
	OwnOnly         bool
	Disabled        bool
	SSO             ssoForm
}

func takePerson(c *fiber.Ctx) personForm {
	f := personForm{Account: strings.TrimSpace(bodyWord(c, "account")), Person: plainName(bodyWord(c, "person")), OwnOnly: bodyWord(c, "own_only") != "",
		Disabled: bodyWord(c, "disabled") != "", Areas: listOf(bodyWord(c, "areas")), SSO: takeSSO(c)}
	c.Request().PostArgs().VisitAll(func(key, value []byte) {
		if string(key) == "role" {
			f.Roles = append(f.Roles, access.Role(value))
		}
	})
	return f
}

// check says what is wrong with a form; nothing when it may be kept.
func (f personForm) check(policy access.Policy) error {
	switch {
	case f.Person == "":
		return ledger.Fail(ledger.Invalid, text.T("access.no_person"))
	case len(f.Roles) == 0:
		return ledger.Fail(ledger.Invalid, text.T("access.no_role"))
	case f.OwnOnly && !slices.Contains(f.Roles, access.Leader):
		return ledger.Fail(ledger.Invalid, text.T("access.own_needs_leader"))
	case !policy.MayHold(f.Roles):
		return ledger.Fail(ledger.Invalid, text.T("access.apart"))
	}
	for _, r := range f.Roles {
		if !r.Known() {
			return ledger.Fail(ledger.Invalid, text.T("access.unknown_role", string(r)))
		}
	}
	return f.SSO.check()
}

// apply reports whether sign-ins of before no longer hold.
func (f personForm) apply(one *ledger.Account, by string) (ends bool) {
	one.Person, one.Roles, one.Areas, one.OwnOnly, one.Disabled, one.By = f.Person, f.Roles, f.Areas, f.OwnOnly, f.Disabled, by
	slices.Sort(one.Roles)
	one.Roles = slices.Compact(one.Roles)
	return f.SSO.apply(one) || f.Disabled
}

// addAccount begins an account with a password to be used once, which it gives back, or without any where the sign-in service alone opens it;
// pages and the command line both do. The first account of all must be an administrator's, for nobody else could let others in.
func addAccount(ctx context.Context, l *ledger.Ledger, cfg Config, f personForm, by string) (password string, err error) {
	name, ok := access.AccountName(f.Account)
	if !ok {
		return "", ledger.Fail(ledger.Invalid, text.T("access.bad_name", f.Account))
	}
	if err := f.check(cfg.policy()); err != nil {
		return "", err
	}
	password = access.NewOneTime()
	account := ledger.Account{Name: name, Hash: cfg.Hashing.Hash(password), PasswordAt: l.Now(), Once: true}
	f.apply(&account, by)
	if account.SSO.Only {
		password = ""
	}
	return password, l.AddAccount(ctx, account)
}

// newPassword gives an account a password to be used once and ends its sessions. It opens an account again that only the sign-in service
// did: at the command line that is the way in when the service is gone.
func newPassword(ctx context.Context, l *ledger.Ledger, cfg Config, name, by string) (password string, err error) {
	password = access.NewOneTime()
	hash := cfg.Hashing.Hash(password)
	err = l.ChangeAccount(ctx, name, func(one *ledger.Account) error {
		one.Hash, one.PasswordAt, one.Once, one.By = hash, l.Now(), true, by
		one.SSO.Only = false
		return nil
	})
	if err != nil {
		return "", err
	}
	_, err = l.EndSessions(ctx, name, "")
	return password, err
}

// by names the administrator who acts, as accounts keep it.
func (v visitor) by() string {
	if v.SignedIn() {
		return v.Account
	}
	return person()
}

func (a *app) addPerson(c *fiber.Ctx) error {
	f := takePerson(c)
	detail(c, f.said())
	password, err := addAccount(c.UserContext(), a.ledger, a.cfg, f, visitorOf(c).by())
	if err != nil {
		return err
	}
	name, _ := access.AccountName(f.Account)
	if password == "" && !wantsJSON(c) {
		return c.Redirect("/admin/people/"+url.PathEscape(name)+"?saved=1", fiber.StatusSeeOther)
	}
	return a.showOnce(c, name, password)
}

// said is what the audit keeps of a form.
func (f personForm) said() string {
	said := f.Account + " " + f.Person + ": " + ledger.RoleNames(f.Roles)
	if len(f.Areas) > 0 {
		said += "; " + strings.Join(f.Areas, ", ")
	}
	for word, set := range map[string]bool{"own projects": f.OwnOnly} {
		if set {
			said += "; " + word
		}
	}
	if f.Disabled {
		said += "; disabled"
	}
	return said + f.SSO.said()
}

func (a *app) changePerson(c *fiber.Ctx) error {
	f, name := takePerson(c), param(c, "account")
	f.Account = name
	detail(c, f.said())
	if err := f.check(a.policy()); err != nil {
		return err
	}
	ends := false
	err := a.ledger.ChangeAccount(c.UserContext(), name, func(one *ledger.Account) error {
		ends = f.apply(one, visitorOf(c).by())
		return nil
	})
	if err != nil {
		return err
	}
	if ends {
		if _, err := a.ledger.EndSessions(c.UserContext(), name, ""); err != nil {
			return err
		}
	}
	return c.Redirect("/admin/people/"+url.PathEscape(name)+"?saved=1", fiber.StatusSeeOther)
}

func (a *app) resetPassword(c *fiber.Ctx) error {
	name := param(c, "account")
	accounts, err := a.accounts(c.UserContext())
	if err != nil {
		return err
	}
	password, err := "", onlyBySSO(accounts, name)
	if err == nil {
		password, err = newPassword(c.UserContext(), a.ledger, a.cfg, name, visitorOf(c).by())
	}
	line := a.line(c, route{Name: "people.password"}, ledger.DidPassword, fiber.StatusOK)
	line.Subject = name
	if err != nil {
		_, status := a.failure(err)
		line.Status = uint16(status)
	}
	if failed := a.ledger.Audit(c.UserContext(), line); failed != nil {
		return failed
	}
	if err != nil {
		return err
	}
	return a.showOnce(c, name, password)
}

func (a *app) endTheirSessions(c *fiber.Ctx) error {
	name := param(c, "account")
	ended, err := a.ledger.EndSessions(c.UserContext(), name, "")
	if err != nil {
		return err
	}
	detail(c, "sessions ended: "+strconv.Itoa(ended))
	return c.Redirect("/admin/people/"+url.PathEscape(name), fiber.StatusSeeOther)
}
