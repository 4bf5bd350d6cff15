package server

import (
	"bytes"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/access"
)

// screenRoutes are the wall display.
func (a *app) screenRoutes() []route {
	return []route{{Path: "/screen", Name: "screen", Needs: access.Read, Formats: answered, Handle: answer(a, plain(a.analytics.Cockpit), a.showScreen)}}
}

// screenLines is how many lines of a list fit on the wall.
const screenLines = 8

// stripLines is how many of them the strip of the street's work takes.
const stripLines = 2

// screenPage is the wall display (1920x1080): the cockpit's figures on every view, and views that take turns below them.
type screenPage struct {
	page
	Leaders                     *leadsCard
	Red, Trend, Housing, Alerts *card
	Street                      []kpi
}

func (a *app) showScreen(c *fiber.Ctx, q analytics.Question, ans *analytics.CockpitAnswer) error {
	if format(c) == bookFormat {
		return a.showCockpit(c, q, ans) // whose figures these are
	}
	p := screenPage{page: a.newAnswerPage(c, "screen", q, ans.Foot())}
	// The display is dark by itself; the pages it leads to are not.
	p.words.Del("theme")
	p.Dark, p.Refresh = true, 60
	for _, k := range ans.KPIs {
		p.KPIs = append(p.KPIs, p.cockpitKPI(k, ans))
	}
	p.Street = p.streetFigures(ans.Street)
	p.Leaders, p.Red = p.cockpitLeaders(ans), p.redTable(ans.Red)
	p.Red.fits(screenLines, len(ans.Red))
	var err error
	if p.Trend, err = p.taxTrend(ans.Tax, ""); err != nil {
		return err
	}
	p.Trend.Acts = []link{{Text: p.T("page.title.tax"), Href: p.Link("/tax")}}
	if p.Housing, err = p.resettlementBars(ans.Resettlement, ""); err != nil {
		return err
	}
	p.Housing.Acts = []link{{Text: p.T("page.title.resettlement"), Href: p.Link("/resettlement")}}
	alerts, err := a.analytics.Alerts(c.UserContext(), q)
	if err != nil {
		return err
	}
	p.Alerts = alertsPage{page: p.page}.openAlerts(c, alerts.Open, false)
	p.Alerts.Pager, p.Alerts.Acts = nil, []link{{Text: p.T("page.title.alerts"), Href: p.Link("/alerts")}}
	lines := screenLines
	if len(p.Street) > 0 {
		lines -= stripLines
	}
	p.Alerts.fits(lines, len(alerts.Open))
	var b bytes.Buffer
	if err := views()["screen"].ExecuteTemplate(&b, "screen", p); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(a.sign(c, carryArea(c, b.Bytes())))
}

// fits keeps so many lines of a card's table and says how many there are in all.
func (c *card) fits(lines, all int) {
	if c.Table == nil || len(c.Table.Rows) <= lines {
		return
	}
	c.More = []span{{c.Words.T("screen.first", lines, all), "mute"}}
	c.Table.Rows = c.Table.Rows[:lines]
}

// Turns are the names of the views, for the way to each.
func (p screenPage) Turns() []link {
	return []link{{Text: p.T("screen.projects"), Href: "#view-1"}, {Text: p.T("screen.economy"), Href: "#view-2"}, {Text: p.T("screen.alerts"), Href: "#view-3"}}
}
