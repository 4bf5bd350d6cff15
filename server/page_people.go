package server

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// peoplePage lists the accounts and adds one.
type peoplePage struct {
	page
	First bool // there is no account yet
	List  *table
	Form  peopleForm
	Roles []roleLine
}

// peopleForm is the form of an account, new or standing.
type peopleForm struct {
	Words    page
	Action   string
	New      bool
	Account  string
	Person   string
	Roles    []roleChoice
	Areas    string
	Known    []string
	OwnOnly  bool
	Disabled bool
	SSO      bool // there is a sign-in service, or was when the account was bound
	SSOName  string
	SSOOnly  bool
}

// roleChoice is one role of a form with what it may.
type roleChoice struct {
	Role, Name, May string
	Checked         bool
}

// roleLine is one permission and which roles hold it.
type roleLine struct {
	Name string
	May  []bool
}

// personPage is one account: its form, its password, where it is signed in.
type personPage struct {
	page
	Account  ledger.Account
	Saved    string
	Form     peopleForm
	Sessions []sessionLine
	PasswdAt string
	Changed  string
	SSO      string // how the person signs in by the service; empty where there is none
}

// oncePage shows a password for one time, once.
type oncePage struct {
	page
	Account, Password, Hours string
	People                   string
}

// Joined puts commas of the reader's language between names.
func (p page) Joined(list []string) string { return joined(list, p.T("page.comma")) }

// sorted are the accounts by name, those that may sign in first.
func sorted(accounts map[string]ledger.Account) []ledger.Account {
	list := make([]ledger.Account, 0, len(accounts))
	for _, one := range accounts {
		list = append(list, one)
	}
	slices.SortFunc(list, func(x, y ledger.Account) int {
		switch {
		case x.Disabled && !y.Disabled:
			return 1
		case !x.Disabled && y.Disabled:
			return -1
		}
		return cmp.Compare(x.Name, y.Name)
	})
	return list
}

// peopleAnswer lists the accounts, with the name of the policy that sign-in follows.
type peopleAnswer struct {
	Accounts []ledger.Account `json:"accounts"`
	Profile  string           `json:"profile"`
}

func (a *app) showPeople(c *fiber.Ctx) error {
	accounts, err := a.accounts(c.UserContext())
	if err != nil {
		return err
	}
	list := sorted(accounts)
	if format(c) == "json" {
		return c.JSON(peopleAnswer{Accounts: list, Profile: a.policy().Name})
	}
	p := peoplePage{page: a.newPage(c, "people"), First: len(list) == 0}
	p.List = &table{Columns: []column{{Label: p.T("access.field.account")}, {Label: p.T("access.field.person")}, {Label: p.T("access.field.roles"), Kind: "text"},
		{Label: p.T("access.field.scope"), Kind: "text"}, {Label: p.T("access.field.state"), Kind: "word"}, {Label: p.T("access.field.changed"), Kind: "day"}}}
	for _, one := range list {
		p.List.add(leads(one.Name, p.Link("/admin/people/"+url.PathEscape(one.Name))), words(one.Person), words(p.roleWords(one.Roles)), words(p.scopeWords(one.Who())),
			p.accountState(one), words(clockTime(one.At)))
	}
	p.Form, err = a.formOf(c, p.page, ledger.Account{Areas: []string{}}, true)
	if err != nil {
		return err
	}
	for _, permission := range access.Permissions[2:] {
		line := roleLine{Name: p.T("access.may." + string(permission))}
		for _, role := range access.Roles {
			line.May = append(line.May, role.May(permission))
		}
		p.Roles = append(p.Roles, line)
	}
	return a.render(c, "people", p)
}

// Heads are the roles over the table of what they may do.
func (p peoplePage) Heads() []string {
	var list []string
	for _, role := range access.Roles {
		list = append(list, p.T("access.role."+string(role)))
	}
	return list
}

func (p page) accountState(one ledger.Account) cell {
	switch {
	case one.Disabled:
		return words(p.T("access.state.disabled")).toned("mute")
	case one.Once:
		return words(p.T("access.state.once")).toned("warn")
	case one.SSO.Only && one.Bound():
		return words(p.T("access.state.sso")).toned("good")
	case !one.Bound() && bySSOAlone(one):
		return words(p.T("access.state.awaited")).toned("warn")
	case one.SSO.Name == "" && one.Hash == "":
		return words(p.T("access.state.shut")).toned("warn")
	}
	return words(p.T("access.state.open")).toned("good")
}

func (a *app) formOf(c *fiber.Ctx, p page, one ledger.Account, isNew bool) (peopleForm, error) {
	f := peopleForm{Words: p, Action: "/admin/people", New: isNew, Account: one.Name, Person: one.Person, Areas: strings.Join(one.Areas, p.T("page.comma")),
		OwnOnly: one.OwnOnly, Disabled: one.Disabled, SSO: a.signOn != nil || one.SSO.Name != "", SSOName: one.SSO.Name, SSOOnly: one.SSO.Only}
	if !isNew {
		f.Action += "/" + url.PathEscape(one.Name)
	}
	var err error
	if f.Known, err = a.ledger.Areas(c.UserContext()); err != nil {
		return f, err
	}
	for _, role := range access.Roles {
		f.Roles = append(f.Roles, roleChoice{string(role), p.T("access.role." + string(role)), p.T("access.role." + string(role) + ".may"), slices.Contains(one.Roles, role)})
	}
	return f, nil
}

func (a *app) showPerson(c *fiber.Ctx) error {
	accounts, err := a.accounts(c.UserContext())
	if err != nil {
		return err
	}
	one, found := accounts[param(c, "account")]
	if !found {
		return ledger.Fail(ledger.NotFound, text.T("access.no_account", param(c, "account")))
	}
	p := personPage{page: a.newPage(c, "people"), Account: one, PasswdAt: clockTime(one.PasswordAt)}
	p.Title, p.Crumb = one.Person, &link{Text: p.T("page.title.people"), Href: p.Link("/admin/people")}
	p.Changed = p.T("access.changed_by", clockTime(one.At), one.By)
	if c.Query("saved") != "" {
		p.Saved = p.T("access.saved")
	}
	if p.Form, err = a.formOf(c, p.page, one, false); err != nil {
		return err
	}
	if p.Form.SSO {
		p.SSO = p.ssoWords(one)
	}
	sessions, err := a.openSessions(c, one.Name)
	if err != nil {
		return err
	}
	for _, s := range sessions {
		p.Sessions = append(p.Sessions, sessionLine{handleOf(s), s.Address, s.Agent, clockTime(s.Began), clockTime(s.Seen), false})
	}
	return a.render(c, "person", p)
}

// showOnce shows a password to hand over; it is kept nowhere and cannot be shown again.
func (a *app) showOnce(c *fiber.Ctx, account, password string) error {
	if wantsJSON(c) {
		return c.JSON(fiber.Map{"account": account, "password": password})
	}
	p := oncePage{page: a.newPage(c, "people"), Account: account, Password: password, People: "/admin/people"}
	p.Title = p.T("access.once.title")
	p.Hours = p.T("access.once.hours", int(a.policy().OneTime.Hours()))
	return a.render(c, "once", p)
}
