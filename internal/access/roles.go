// Package access holds the rules of who may do what: roles and their permissions, what is hidden from whom, passwords, lockout and the life
// of sessions. It stores nothing and knows no request: ledger keeps accounts, sessions and the audit, server asks. Both may import it;
// it imports neither.
package access

import (
	"slices"
	"strings"
)

// Role is a name for a set of permissions; an account may hold several.
type Role string

// The roles, as they stand in the record and on the command line.
const (
	Viewer        Role = "viewer"        // reads pages, without personal data and figures of single firms
	Staff         Role = "staff"         // hands over spreadsheets
	Official      Role = "official"      // keeps the ledger and runs the meeting
	Leader        Role = "leader"        // reads everything, confirms action items and alerts
	Administrator Role = "administrator" // people, settings, audit; fills in no business form
)

// Roles lists the roles in the order in which they are offered.
var Roles = []Role{Viewer, Staff, Official, Leader, Administrator}

// Permission is what a route needs.
type Permission string

// The permissions. Every route names one of them.
const (
	Open        Permission = "open"         // needs no sign-in: the sign-in page, assets, health
	Own         Permission = "own"          // the person's own account
	Read        Permission = "read"         // pages of figures and their formats
	SeeFiles    Permission = "see_files"    // what was imported: history, problems, the office's own files
	Import      Permission = "import"       // hand over files, map, mend, commit and undo them
	Edit        Permission = "edit"         // rows of the ledger by form
	Meeting     Permission = "meeting"      // minutes and action items of the meeting
	Patrol      Permission = "patrol"       // enter patrols with their photos, say that a finding is mended
	Confirm     Permission = "confirm"      // move action items on, take note of alerts
	People      Permission = "people"       // accounts of others
	Audit       Permission = "audit"        // read who did what
	Backups     Permission = "backups"      // take backups of the record and verify them
	SeePersonal Permission = "see_personal" // phones, contacts and legal representatives
	SeeFirmTax  Permission = "see_firm_tax" // the tax of single firms
)

// Permissions lists the permissions, the open one included.
var Permissions = []Permission{Open, Own, Read, SeeFiles, Import, Edit, Meeting, Patrol, Confirm, People, Audit, Backups, SeePersonal, SeeFirmTax}

// grants is the one table of which role holds which permission.
var grants = map[Role][]Permission{
	Viewer:        {Own, Read},
	Staff:         {Own, Read, SeePersonal, SeeFirmTax, SeeFiles, Import, Patrol},
	Official:      {Own, Read, SeePersonal, SeeFirmTax, SeeFiles, Edit, Meeting, Patrol, Confirm},
	Leader:        {Own, Read, SeePersonal, SeeFirmTax, SeeFiles, Patrol, Confirm},
	Administrator: {Own, Read, People, Audit, Backups},
}

// Known reports whether a role is one of the program's.
func (r Role) Known() bool { return slices.Contains(Roles, r) }

// May reports whether the role holds a permission.
func (r Role) May(p Permission) bool { return p == Open || slices.Contains(grants[r], p) }

// Person is who asks: an account with its roles and its scope, nobody, or anybody where no account exists.
type Person struct {
	Account string   // the name signed in with; empty for nobody and anybody
	Name    string   // as it stands in the record
	Roles   []Role   // what the person may do is the union
	Areas   []string // sub-districts the person is limited to; empty: all
	OwnOnly bool     // sees of the projects only those that Name leads
	Anybody bool     // no account exists: the program is one person's, on this machine
}

// May reports whether the person holds a permission.
func (p Person) May(needed Permission) bool {
	if p.Anybody || needed == Open {
		return true
	}
	return slices.ContainsFunc(p.Roles, func(r Role) bool { return r.May(needed) })
}

// SignedIn reports whether the person has an account.
func (p Person) SignedIn() bool { return p.Account != "" }

// InArea reports whether a sub-district is within the person's scope.
func (p Person) InArea(area string) bool { return len(p.Areas) == 0 || slices.Contains(p.Areas, area) }

// Limited reports whether the person is held to the projects of their own. A second role that is not a leader's lifts it.
func (p Person) Limited() bool {
	return p.OwnOnly && !slices.ContainsFunc(p.Roles, func(r Role) bool { return r == Staff || r == Official })
}

// View names what decides which bytes a person is shown: two persons of the same view are answered alike. It is empty for anybody.
func (p Person) View() string {
	if p.Anybody {
		return ""
	}
	roles := make([]string, len(p.Roles))
	for i, r := range p.Roles {
		roles[i] = string(r)
	}
	slices.Sort(roles)
	areas := slices.Sorted(slices.Values(p.Areas))
	view := strings.Join(roles, ",") + "|" + strings.Join(areas, ",")
	if p.Limited() {
		view += "|" + p.Name
	}
	return view
}

// Hides says what must not be shown to somebody.
type Hides struct {
	Personal bool // phones, contacts, legal representatives
	FirmTax  bool // the tax of single firms, and of groups so small that it can be told from the sum
}

// Any reports whether anything is hidden.
func (h Hides) Any() bool { return h.Personal || h.FirmTax }

// Hides says what is hidden from the person.
func (p Person) Hides() Hides {
	return Hides{Personal: !p.May(SeePersonal), FirmTax: !p.May(SeeFirmTax)}
}

// SmallestGroup is how many firms a sum must be of to be shown to who may not see the tax of one.
const SmallestGroup = 3

// Hidden is what stands in the place of a hidden text or figure, in every language and format.
const Hidden = "***"
