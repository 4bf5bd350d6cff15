package server

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

func actionPath(number string) string { return "/actions/" + url.PathEscape(number) }

// mostActions is how many items the page lists; CSV and JSON hold all.
const mostActions = 200

func (a *app) showActions(c *fiber.Ctx, q analytics.Question, ans *analytics.ActionsAnswer) error {
	p := listPage{page: a.newAnswerPage(c, "actions", q, ans.Foot())}
	state, owner, project := c.Query("state"), c.Query("owner"), c.Query("project")
	for name, v := range map[string]string{"state": state, "owner": owner, "project": project} {
		if v != "" {
			p.words.Set(name, v)
		}
	}
	p.chooseActions(ans, state, owner, c.Query("year"))
	if project != "" {
		p.Sub = project
	}
	n := p.Num()
	p.KPIs = []kpi{
		{Key: "open_actions", Label: p.T("page.col.open_actions"), Figure: n.whole(ans.Totals.Open, "items"), Notes: []span{{p.T("page.sub.late_actions", ans.Totals.Overdue), toneIf(ans.Totals.Overdue > 0, "bad")}}},
		{Key: "ppc", Label: p.T("meeting.kpi.ppc"), Aside: p.T("meeting.kpi.week"), Figure: n.percent(ans.Week.PPC.Percent, 1), Bar: completion(ans.Week.PPC.Percent, ledger.Null), Notes: []span{{p.rateText(ans.Week.PPC), ""}}},
		{Key: "closure", Label: p.T("meeting.kpi.closure"), Aside: p.T("meeting.kpi.year"), Figure: n.percent(ans.Week.Closure.Percent, 1), Bar: completion(ans.Week.Closure.Percent, ledger.Null), Notes: []span{{p.rateText(ans.Week.Closure), ""}}},
	}
	p.List = p.card("actions_list", "long")
	if len(ans.Items) == 0 {
		p.List.Empty = &empty{Title: p.T("page.empty.actions"), Text: p.T("meeting.empty.actions")}
		return a.render(c, "list", p)
	}
	p.List.Hint = p.T("page.card.actions.count", len(ans.Items))
	p.List.Table = p.columns(wordCol("number"), textCol("item"), wordCol("owner"), dayCol("meeting_date"), dayCol("due"), wordCol("status"), textCol("result"))
	for _, l := range ans.Items[:min(len(ans.Items), p.most(mostActions))] {
		name := words(l.Item).under(l.Project)
		if l.Project != "" {
			name = name.from(p.Link(projectPath(ledger.NameKey(l.Project))))
		}
		p.List.Table.add(leads(l.Number, p.Link(actionPath(l.Number))), name, words(l.Owner).under(l.Section), dated(l.MeetingDate), dated(l.Due), p.stateCell(l), words(l.Result).under(l.Shortfall))
	}
	if len(ans.Items) > p.most(mostActions) {
		p.List.More = []span{{p.T("meeting.more", mostActions, len(ans.Items)), "mute"}}
	}
	return a.render(c, "list", p)
}

// chooseActions offers the filters: state, owner, year.
func (p *listPage) chooseActions(ans *analytics.ActionsAnswer, state, owner, year string) {
	var states, owners, years []option
	for _, s := range []string{"", "open", "overdue", "closed"} {
		states = append(states, option{s, p.T("meeting.state." + orWord(s, "all")), s == state})
	}
	owners = []option{{"", p.T("meeting.state.all"), owner == ""}}
	for _, o := range ans.Owners {
		owners = append(owners, option{o, o, o == owner})
	}
	if owner != "" && !slices.Contains(ans.Owners, owner) {
		owners = append(owners, option{owner, owner, true})
	}
	years = []option{{"", p.T("meeting.state.all"), year == ""}}
	for _, y := range ans.Years {
		years = append(years, option{strconv.Itoa(y), strconv.Itoa(y), strconv.Itoa(y) == year})
	}
	p.choose("state", p.T("page.col.status"), states)
	p.choose("owner", p.T("page.col.owner"), owners)
	p.choose("year", p.T("page.filter.year"), years)
}

// actionPage is one action item: where it stands, what may come next, what happened.
type actionPage struct {
	page
	Ans     *analytics.ActionAnswer
	Said    string // why the last step was refused
	Flow    *flowCard
	Facts   []fact
	Moves   []moveForm
	History *card
	Day     string
	Today   string
	Edit    string
	Back    string
	Typed   map[string]string
}

// moveForm is one step that may be taken, with the fields it asks for.
type moveForm struct {
	ID, Label, Note string
	Fields          []moveField
}

type moveField struct {
	Name, Label, Value string
	Long, Required     bool
}

func (a *app) showAction(c *fiber.Ctx, q analytics.Question, ans *analytics.ActionAnswer) error {
	return a.renderAction(c, q, ans, nil)
}

func (a *app) renderAction(c *fiber.Ctx, q analytics.Question, ans *analytics.ActionAnswer, said *text.Message) error {
	p := actionPage{page: a.newAnswerPage(c, "actions", q, ans.Foot()), Ans: ans, Typed: map[string]string{},
		Day: q.Clock.Asof.Format(time.DateOnly), Today: ledger.Today(a.ledger.Now()).Format(time.DateOnly), Back: backAddress(c.Query("back"))}
	p.path = actionPath(ans.Number)
	p.Filters = nil
	p.Crumb = &link{Text: p.Title, Href: p.Link("/actions")}
	p.Title = ans.Number
	if said != nil {
		p.Said = said.In(p.Lang)
		p.Day = orWord(c.FormValue("day"), p.Day)
		for _, name := range append([]string{"by", "comment"}, moved...) {
			p.Typed[name] = c.FormValue(name)
		}
	}
	p.Flow = p.flow(ans.Number, ans.Item, ans.Status)
	p.Facts = p.actionFacts(ans)
	if q.Clock.Live {
		p.Edit = p.editLink("actions", ans.Key, actionPath(ans.Number))
		for _, m := range ledger.Actions.Flow.Next(ans.Status) {
			if !p.May("confirm") {
				break
			}
			p.Moves = append(p.Moves, p.moveForm(m, ans))
		}
	}
	p.History = p.card("action_history", "long")
	p.History.Table = p.columns(wordCol("status"), dayCol("date"), wordCol("by"), textCol("comment"), textCol("source"))
	for _, s := range ans.History {
		from := words(orWord(s.File, p.T("record.form"))).from(p.Link(batchPath(ledger.Batch{ID: s.Batch}))).under(clockTime(s.At))
		p.History.Table.add(words(s.Status), dated(s.Day), words(s.By), words(s.Comment), from)
	}
	return a.render(c, "action", p)
}

func (p page) actionFacts(ans *analytics.ActionAnswer) []fact {
	project := fact{Label: p.T("page.col.project"), Text: orDash(ans.Project)}
	if ans.Project != "" {
		project.Href = p.Link(projectPath(ledger.NameKey(ans.Project)))
	}
	field := func(name, value string, wide bool) fact {
		f, _ := ledger.Actions.Field(name)
		return fact{Label: f.Label(p.Lang), Text: orDash(value), Wide: wide}
	}
	met := field("meeting_date", day(ans.MeetingDate), false)
	if ans.MeetingDate.Known() {
		met.Href = p.Asking("/meeting", "date", ans.MeetingDate.String())
	}
	done := ""
	if ans.DonePercent.Valid() {
		done = ans.DonePercent.String() + "%"
	}
	list := []fact{project, met, field("owner", ans.Owner, false), field("section", ans.Section, false), field("due", day(ans.Due), false),
		field("closed_on", day(ans.ClosedOn), false), field("proposer", ans.Proposer, false), field("reporter", ans.Reporter, false), field("confirmer", ans.Confirmer, false),
		field("done_percent", done, false), field("escalation", ans.Level, false), field("reopened", strconv.FormatInt(ans.Reopened, 10), false)}
	for _, said := range [][2]string{{"result", ans.Result}, {"evidence", ans.Evidence}, {"shortfall", ans.Shortfall}, {"return_reason", ans.ReturnReason},
		{"reopen_reason", ans.ReopenReason}, {"note", ans.Note}} {
		if said[1] != "" {
			list = append(list, field(said[0], said[1], true))
		}
	}
	return list
}

// moveFields are what each step asks for beside the person, the day and a comment; long ones are sentences.
var moveFields = map[string][]string{
	"issue": {"owner", "due"}, "begin": {}, "report": {"reporter", "done_percent", "result", "evidence", "shortfall"},
	"confirm": {"confirmer", "evidence"}, "return": {"return_reason"}, "resume": {}, "reopen": {"reopen_reason"},
}

func (p actionPage) moveForm(m ledger.Move, ans *analytics.ActionAnswer) moveForm {
	form := moveForm{ID: m.ID, Label: p.T("flow.act." + m.ID)}
	if m.ID == "confirm" {
		form.Note = p.T("meeting.action.apart")
	}
	stands := map[string]string{"owner": ans.Owner, "due": ans.Due.String(), "result": ans.Result, "evidence": ans.Evidence, "shortfall": ans.Shortfall}
	for _, name := range moveFields[m.ID] {
		f, _ := ledger.Actions.Field(name)
		long := slices.Contains([]string{"result", "evidence", "shortfall", "return_reason", "reopen_reason"}, name)
		required := slices.Contains(m.Needs, name) && name != "confirmer" && name != "reporter"
		form.Fields = append(form.Fields, moveField{Name: name, Label: f.Label(p.Lang), Value: orWord(p.Typed[name], stands[name]), Long: long, Required: required})
	}
	return form
}

// MovePath is where a step is posted to.
func (p actionPage) MovePath() string { return actionPath(p.Ans.Number) + "/move" }

// Filter picks the item's own row.
func (p actionPage) Filter() ledger.Filter { return ledger.Filter{"number": p.Ans.Number} }
