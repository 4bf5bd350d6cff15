package server

import (
	"context"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/internal/access"
)

// answered are the formats that answer gives beside the page.
const answered = "json csv sql svg png " + bookFormat

// answeredKey holds the answer of a page while it is shown.
const answeredKey = "answer"

// pageRoutes are the pages of figures, each with its JSON and CSV, and the files they are made of.
func (a *app) pageRoutes() []route {
	ask := a.analytics
	return []route{
		{Path: "/", Name: "cockpit", Needs: access.Read, Formats: answered, Handle: answer(a, plain(ask.Cockpit), a.showCockpit)},
		{Path: "/tax", Name: "tax", Needs: access.Read, Own: ownAny, Formats: answered, Handle: answer(a, plain(ask.Tax), a.showTax)},
		{Path: "/projects", Name: "projects", Needs: access.Read, Own: ownList, Formats: answered, Handle: answer(a, a.askProjects, a.showProjects)},
		{Path: "/projects/:code", Name: "project", Needs: access.Read, Own: ownProject, Formats: answered, Handle: answer(a, named(ask.Project, "code"), a.showProject)},
		{Path: "/leaders", Name: "leaders", Needs: access.Read, Formats: answered, Handle: answer(a, plain(ask.Leaders), a.showLeaders)},
		{Path: "/leaders/:name", Name: "leader", Needs: access.Read, Own: ownLeader, Formats: answered, Handle: answer(a, named(ask.Leader, "name"), a.showLeader)},
		{Path: "/schedule", Name: "schedule", Needs: access.Read, Formats: answered, Handle: a.schedule()},
		{Path: "/resettlement", Name: "resettlement", Needs: access.Read, Formats: answered, Handle: answer(a, plain(ask.Resettlement), a.showResettlement)},
		{Path: "/buildings", Name: "buildings", Needs: access.Read, Own: ownAny, Formats: answered, Handle: answer(a, a.askBuildings, a.showBuildings)},
		{Path: "/buildings/:code", Name: "building", Needs: access.Read, Own: ownAny, Formats: answered, Handle: answer(a, a.askBuilding, a.showBuilding)},
		{Path: "/investment", Name: "investment", Needs: access.Read, Own: ownAny, Formats: answered, Handle: answer(a, a.askInvestment, a.showInvestment)},
		{Path: "/services", Name: "services", Needs: access.Read, Own: ownAny, Formats: answered, Handle: answer(a, a.askServices, a.showServices)},
		{Path: "/indicators", Name: "indicators", Needs: access.Read, Own: ownAny, Formats: answered, Handle: answer(a, a.askIndicators, a.showIndicators)},
		{Path: "/indicators/catalogue", Name: "catalogue", Needs: access.Read, Own: ownAny, Formats: answered, Handle: answer(a, plain(ask.Catalogue), a.showCatalogue)},
		{Path: "/grid", Name: "grid", Needs: access.Read, Own: ownAny, Formats: answered, Handle: answer(a, a.askGrids, a.showGrids)},
		{Path: "/enforcement", Name: "enforcement", Needs: access.Read, Own: ownAny, Formats: answered, Handle: answer(a, a.askEnforcement, a.showEnforcement)},
		{Path: "/assets/*", Name: "assets", Needs: access.Open, Handle: a.serveAsset},
	}
}

// asker puts a page's question to analytics.
type asker[A analytics.Answer] func(c *fiber.Ctx, q analytics.Question) (A, error)

// plain asks what needs no more than the question.
func plain[A analytics.Answer](ask func(ctx context.Context, q analytics.Question) (A, error)) asker[A] {
	return func(c *fiber.Ctx, q analytics.Question) (A, error) { return ask(c.UserContext(), q) }
}

// named asks for the one thing that the address names.
func named[A analytics.Answer](ask func(ctx context.Context, q analytics.Question, key string) (A, error), name string) asker[A] {
	return func(c *fiber.Ctx, q analytics.Question) (A, error) { return ask(c.UserContext(), q, param(c, name)) }
}

// answer is every page's handler: one question, one answer in its formats, kept while the record stands as it does.
func answer[A analytics.Answer](a *app, ask asker[A], show func(*fiber.Ctx, analytics.Question, A) error) fiber.Handler {
	return a.asExport(a.keep(func(c *fiber.Ctx) error {
		q, err := a.question(c)
		if err != nil {
			return err
		}
		var tally analytics.Tally
		if format(c) == "sql" {
			c.SetUserContext(analytics.WithTally(c.UserContext(), &tally))
		}
		hides := visitorOf(c).Hides()
		c.SetUserContext(analytics.WithHides(analytics.Asking(c.UserContext()), hides))
		ans, err := ask(c, q)
		if err == nil {
			err = mayAnswer(c, ans)
		}
		if err != nil {
			return err
		}
		analytics.Hide(ans, hides)
		switch format(c) {
		case "json":
			return a.sendJSON(c, ans)
		case "csv":
			return a.sendTable(c, ans.Table(), ans.Foot().Asof)
		case "sql":
			return a.sendStatements(c, &tally)
		case "svg", "png":
			return a.sendPicture(c, ans.Foot().Asof, func() error { return show(c, q, ans) })
		}
		c.Locals(answeredKey, ans)
		return show(c, q, ans)
	}))
}

// sendTable answers with a table as CSV, its file named after the page and what it stands at; the mark at its head makes spreadsheet programs read it as UTF-8.
func (a *app) sendTable(c *fiber.Ctx, t analytics.Table, standing string) error {
	if err := a.rowsFit(len(t.Rows)); err != nil {
		return err
	}
	b := a.bounded(c)
	_, _ = b.WriteString("\ufeff")
	if err := writeTable(b, t, lang(c)); err != nil {
		return err
	}
	name, _ := c.Locals(routeKey).(string)
	if area := elsewhere(c); area != "" {
		name += "-" + area
	}
	c.Attachment(name + "-" + standing + ".csv")
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	return c.Send(b.Bytes())
}

// draws says in which language a page's charts speak.
func (p page) draws() charts.Words { return charts.Words{Lang: p.Lang} }

// chooseYear offers the years there are, and the one asked for.
func (p *page) chooseYear(current int, years []int) {
	var list []option
	seen := false
	for _, y := range years {
		seen = seen || y == current
		list = append(list, option{strconv.Itoa(y), strconv.Itoa(y), y == current})
	}
	if !seen {
		list = append(list, option{strconv.Itoa(current), strconv.Itoa(current), true})
	}
	p.choose("year", p.T("page.filter.year"), list)
}
