package server

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// alertRoutes are the alerts and the form that acknowledges one.
func (a *app) alertRoutes() []route {
	return []route{
		{Path: "/alerts", Name: "alerts", Needs: access.Read, Formats: answered, Handle: answer(a, plain(a.analytics.Alerts), a.showAlerts)},
		{Method: fiber.MethodPost, Path: "/alerts/acknowledge", Name: "alerts.acknowledge", Needs: access.Confirm, Formats: "json", Handle: a.acknowledge},
	}
}

// Words of the address of the alerts: their kind, and the list that is shown alone.
const (
	kindWord  = "kind"
	stateWord = "state"
)

// alertsPage lists the open and the acknowledged alerts, and asks for the reason of the one that is being acknowledged.
type alertsPage struct {
	page
	Form               *ackForm
	Open, Acknowledged *card
}

// ackForm asks why an alert is acknowledged, by whom and until when.
type ackForm struct {
	Alert                                analytics.Alert
	Kind, Says, Until, First, Last, Back string
	Version                              string
	Light                                *light
}

func (a *app) showAlerts(c *fiber.Ctx, q analytics.Question, ans *analytics.AlertsAnswer) error {
	p := alertsPage{page: a.newAnswerPage(c, "alerts", q, ans.Foot())}
	kind, state := analytics.AlertKind(c.Query(kindWord)), c.Query(stateWord)
	if !slices.Contains(analytics.AlertKinds, kind) {
		kind = ""
	}
	options := []option{{"", p.T("alert.all"), kind == ""}}
	for _, k := range analytics.AlertKinds {
		options = append(options, option{string(k), p.T("alert.kind." + string(k)), k == kind})
	}
	p.choose(kindWord, p.T("alert.kinds"), options)
	p.choose(stateWord, p.T("alert.state"), []option{{"", p.T("alert.state.both"), state == ""}, {"open", p.T("alert.state.open"), state == "open"},
		{"acknowledged", p.T("alert.state.acknowledged"), state == "acknowledged"}})
	p.keepOwn(c, kindWord, stateWord, pageWord)
	n := p.Num()
	counted := func(key string, count int, tone string) kpi {
		f := n.whole(count, "items")
		f.Tone = toneIf(count > 0, tone)
		return kpi{Key: key, Label: p.T("page.kpi." + key), Figure: f}
	}
	p.KPIs = []kpi{counted("alerts_red", ans.Counts.Red, "bad"), counted("alerts_yellow", ans.Counts.Yellow, "warn"),
		counted("alerts_acknowledged", ans.Counts.Acknowledged, ""), counted("alerts_returned", ans.Counts.Returned, "")}
	if one, open := ans.FindOpen(c.Query("ack")); open && q.Clock.Live && p.May("confirm") {
		p.Form = p.ackForm(one, q, ans.AckDays)
	}
	if state != "acknowledged" {
		p.Open = p.openAlerts(c, ofKind(ans.Open, kind), q.Clock.Live && p.May("confirm"))
	}
	if state != "open" {
		p.Acknowledged = p.acknowledgedAlerts(c, ofKind(ans.Acknowledged, kind), state != "")
	}
	return a.render(c, "alerts", p)
}

func ofKind(list []analytics.Alert, kind analytics.AlertKind) []analytics.Alert {
	return slices.DeleteFunc(slices.Clone(list), func(x analytics.Alert) bool { return kind != "" && x.Kind != kind })
}

func (p alertsPage) ackForm(one analytics.Alert, q analytics.Question, most int64) *ackForm {
	day := q.Clock.Asof
	f := &ackForm{Alert: one, Kind: p.T("alert.kind." + string(one.Kind)), Says: p.Say(one.Message), Until: day.AddDate(0, 0, int(min(most, 30))).Format(time.DateOnly),
		First: day.AddDate(0, 0, 1).Format(time.DateOnly), Last: day.AddDate(0, 0, int(most)).Format(time.DateOnly), Back: address(p.path, p.ownWords()), Light: p.colored(one.Severity)}
	if one.Ack != nil {
		f.Version = one.Ack.Version
	}
	return f
}

// alertTarget is the page that an alert is about.
func (p page) alertTarget(a analytics.Alert) string {
	switch a.Kind {
	case analytics.TaxMonthDown, analytics.TaxYearDown:
		return p.Link("/tax")
	case analytics.TaxBuildingDown, analytics.LeaseEnding, analytics.LeaseExpired, analytics.OccupancyFalls:
		return p.Link(buildingPath(a.Subject))
	case analytics.MilestoneLate:
		return p.Link(projectPath(a.Subject))
	case analytics.PatrolOverdue:
		return p.Link(patrolPath(a.Subject))
	case analytics.DeliveryOverdue, analytics.DeliveryIdle:
		return p.Link("/resettlement")
	case analytics.SumBroken:
		return p.Asking("/enforcement", counterWord, a.Subject)
	case analytics.GridUnowned, analytics.GridUnpatrolled:
		return p.Asking("/grid", communityWord, a.Subject)
	case analytics.CaseIsOverdue, analytics.CaseIsDueSoon:
		return p.Link(casePath(a.Filter["number"]))
	}
	return p.Source(a.Dataset, a.Filter)
}

// alertCells are the cells that both lists begin with.
func (p page) alertCells(a analytics.Alert) []cell {
	dataset := a.Dataset
	if d, err := ledger.Find(a.Dataset); err == nil {
		dataset = d.Label(p.Lang)
	}
	what := a.What
	if a.Kind == analytics.DataStale {
		what = dataset
	}
	since := dated(a.Since)
	if !a.Since.Known() {
		since = words("").under(p.T("alert.since.unknown"))
	}
	return []cell{leads(what, p.alertTarget(a)), {Light: p.colored(a.Severity), Small: p.T("alert.kind." + string(a.Kind))}, words(p.Say(a.Message)), since,
		words(dataset).from(p.Source(a.Dataset, a.Filter))}
}

// openAlerts lists open alerts, with the way to acknowledge each where forms are on.
func (p alertsPage) openAlerts(asked *fiber.Ctx, list []analytics.Alert, live bool) *card {
	c := p.card("alerts_open", "long")
	if len(list) == 0 {
		// Where there are no data nothing can be out of bounds: that is no good news.
		if len(p.Stamp.Batches) == 0 {
			return c.nothing("alert_data")
		}
		return c.nothing("alerts")
	}
	c.Hint = p.T("page.card.actions.count", len(list))
	specs := []colSpec{col("alert_what"), wordCol("alert_kind"), textCol("alert_says"), dayCol("alert_since"), wordCol("source")}
	if live {
		specs = append(specs, wordCol("alert_ack"))
	}
	c.Table = p.columns(specs...)
	from, to, way := p.part(asked, len(list))
	c.Pager = way
	for _, a := range list[from:to] {
		cells := p.alertCells(a)
		if a.Returned != "" {
			cells[1] = cells[1].tagged(p.T("alert.returned."+a.Returned), "amber")
			cells[2].Small = p.T("alert.said", a.Ack.Person, a.Ack.From.String(), a.Ack.Reason)
		}
		if live {
			cells = append(cells, leads(p.T("alert.act"), p.With("ack", a.ID)+"#acknowledge"))
		}
		c.Table.add(cells...)
	}
	return c
}

// acknowledgedAlerts lists the acknowledged alerts: page by page where they are shown alone, else the first and the way to the others.
func (p alertsPage) acknowledgedAlerts(asked *fiber.Ctx, list []analytics.Alert, alone bool) *card {
	c := p.card("alerts_acknowledged", "long")
	if len(list) == 0 {
		return c.nothing("acknowledged")
	}
	c.Table = p.columns(col("alert_what"), wordCol("alert_kind"), textCol("alert_says"), dayCol("alert_since"), wordCol("source"), textCol("alert_reason"),
		wordCol("alert_person"), dayCol("alert_until"))
	first, end := 0, min(len(list), p.most(pageRows))
	if alone {
		first, end, c.Pager = p.part(asked, len(list))
	} else if end < len(list) {
		c.Acts = append(c.Acts, link{Text: p.T("alert.all_acknowledged", len(list)), Href: p.With(stateWord, "acknowledged")})
	}
	for _, a := range list[first:end] {
		from := p.Source(ledger.Acknowledgements.Name, ledger.Filter{"alert": a.ID})
		c.Table.add(append(p.alertCells(a), words(a.Ack.Reason).from(from), words(a.Ack.Person).under(a.Ack.From.String()), dated(a.Ack.Until))...)
	}
	return c
}

// acknowledge keeps who took note of an open alert, why and until when, with the figure as it stands.
func (a *app) acknowledge(c *fiber.Ctx) error {
	q, err := a.liveQuestion(c)
	if err != nil {
		return err
	}
	ans, err := a.analytics.Alerts(c.UserContext(), q)
	if err != nil {
		return err
	}
	one, open := ans.FindOpen(c.FormValue("alert"))
	if !open {
		return ledger.Fail(ledger.Conflict, text.T("alert.gone"))
	}
	until, err := dateWord("until", c.FormValue("until"))
	if err != nil {
		return err
	}
	today := analytics.DateOf(q.Clock.Asof)
	reason, person := cutReason(c.FormValue("reason")), plainName(c.FormValue("by"))
	switch {
	case reason == "":
		return ledger.Fail(ledger.Invalid, text.T("alert.no_reason"))
	case person == "":
		return ledger.Fail(ledger.Invalid, text.T("alert.no_person"))
	case !until.After(today) || until.Since(today) > ans.AckDays:
		return ledger.Fail(ledger.Invalid, text.T("alert.bad_until", until.String(), today.String(), ans.AckDays))
	}
	rememberWho(c, person)
	t := typed{dataset: ledger.Acknowledgements, version: c.FormValue("version"), day: today.Time(), by: person, comment: reason,
		texts: map[string]string{"alert": one.ID, "about": one.What + " " + one.MessageZh, "figure": one.Figure.Round(6).String(), "severity": analytics.AckSeverity(one.Severity),
			"reason": reason, "person": person, "from": today.String(), "until": until.String()}}
	if _, err := a.saveTyped(c, t); err != nil {
		return err
	}
	return answerDone(c, "/alerts")
}

// alertsLink leads from the cockpit to the alerts and says how many are open, counted once for each version of the record and day.
func (a *app) alertsLink(c *fiber.Ctx, p page, q analytics.Question) (*link, error) {
	open, err := a.counted(c, "alerts", q, func() (uint64, error) {
		ans, err := a.analytics.Alerts(c.UserContext(), q)
		if err != nil {
			return 0, err
		}
		return uint64(len(ans.Open)), nil
	})
	return &link{Text: p.T("alert.count", open), Href: p.Link("/alerts")}, err
}
