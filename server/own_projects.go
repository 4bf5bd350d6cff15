package server

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// ownRule says what of a route those may see who are held to the projects they lead. A route without one is closed to them.
type ownRule string

const (
	ownAny     ownRule = "any"     // it says nothing of projects
	ownLeader  ownRule = "leader"  // the page of the leader that :name names
	ownProject ownRule = "project" // the page of one project, which its answer is held against
	ownList    ownRule = "list"    // the list, which is narrowed to theirs
)

// admitLimited refuses what is not about a person's own projects, and an address that covers more than their sub-districts.
func (a *app) admitLimited(c *fiber.Ctx, r route, v visitor) error {
	if len(v.Areas) > 0 && r.Name == "areas" {
		return ledger.Fail(ledger.Refused, text.T("access.other_area"))
	}
	if !v.Limited() || r.Needs == access.Own {
		return nil
	}
	switch {
	case r.Own == ownAny, r.Own == ownList, r.Own == ownProject, r.Own == ownLeader && param(c, "name") == v.Name:
		return nil
	case r.Path == "/" && format(c) == "html":
		if err := c.Redirect(leaderPath(v.Name), fiber.StatusSeeOther); err != nil {
			return err
		}
		return errAnswered
	}
	return ledger.Fail(ledger.Refused, text.T("access.own_only"))
}

// mayAnswer refuses the answer about a project that a person who is held to their own does not lead.
func mayAnswer(c *fiber.Ctx, ans analytics.Answer) error {
	v := visitorOf(c)
	if !v.Limited() {
		return nil
	}
	if one, ok := ans.(*analytics.ProjectAnswer); ok && !slices.Contains(one.Leaders, v.Name) {
		return ledger.Fail(ledger.Refused, text.T("access.own_only"))
	}
	return nil
}

// mayAsk refuses a filter by what is hidden from the person.
func mayAsk(c *fiber.Ctx, d *ledger.Dataset, filter ledger.Filter) error {
	if field, ok := d.MayAsk(filter, visitorOf(c).Hides()); !ok {
		return ledger.Fail(ledger.Refused, text.T("access.hidden_field", field))
	}
	return nil
}

// ownLeads is the leader that a list of projects is narrowed to: the one asked for, or the person who may see no other's.
func ownLeads(c *fiber.Ctx, asked string) string {
	if v := visitorOf(c); v.Limited() {
		return v.Name
	}
	return asked
}
