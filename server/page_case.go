package server

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// stepPage is one thing that goes step by step: where it stands, what may come next, what happened.
type stepPage struct {
	page
	Said    string // why the last step was refused
	Name    string
	Steps   []flowStep
	Facts   []fact
	Moves   []stepForm
	History *card
	Edit    string
	Rows    string // where its own rows come from
	Version string
	Typed   map[string]string
	Day     string
	Today   string
	By      string
	Tried   string // the step that was refused
}

// stepForm is one step that may be taken, with the fields it asks for. Action is where it is posted to.
type stepForm struct {
	ID, Label, Note, Action string
	Fields                  []stepField
	Open                    bool // what was typed into it was refused
}

// stepField is one box: Input is text, long, date or one of Choices.
type stepField struct {
	Name, Label, Value, Input string
	Required                  bool
	Choices                   []string
}

// caseSteps are the steps as they are shown; a case is assigned or referred, not both.
func caseSteps(status string) []flowStep {
	assigned := ledger.CaseAssigned
	if status == ledger.CaseReferred {
		assigned = ledger.CaseReferred
	}
	var list []flowStep
	for _, s := range []string{ledger.CaseReceived, ledger.CaseAccepted, assigned, ledger.CaseUnderway, ledger.CaseFedBack, ledger.CaseClosed} {
		list = append(list, flowStep{s, s == status})
	}
	return list
}

func (a *app) showCase(c *fiber.Ctx, q analytics.Question, ans *analytics.CaseAnswer) error {
	return a.renderCase(c, q, ans, nil)
}

func (a *app) renderCase(c *fiber.Ctx, q analytics.Question, ans *analytics.CaseAnswer, said *text.Message) error {
	p := stepPage{page: a.newAnswerPage(c, "cases", q, ans.Foot()), Name: ans.Subject, Steps: caseSteps(ans.Status), Version: ans.CaseLine.Version, Typed: map[string]string{},
		Day: q.Clock.Asof.Format(time.DateOnly), Today: ledger.Today(a.ledger.Now()).Format(time.DateOnly)}
	p.path = casePath(ans.Number)
	p.Filters = nil
	p.Crumb = &link{Text: p.Title, Href: p.Link("/cases")}
	p.Title = ans.Number
	if said != nil {
		p.Said, p.Day, p.By, p.Tried = said.In(p.Lang), orWord(c.FormValue("day"), p.Day), c.FormValue("by"), c.FormValue("move")
		for _, name := range caseTyped {
			p.Typed[name] = c.FormValue(name)
		}
	}
	p.Facts = p.caseFacts(ans)
	p.Rows = p.Source("cases", ledger.Filter{"number": ans.Number})
	if q.Clock.Live && p.May("edit") {
		p.Edit = p.editLink("cases", ans.Key, casePath(ans.Number))
		units, err := a.record(c).Names(c.UserContext(), ledger.Cases, "unit", q.Clock)
		if err != nil {
			return err
		}
		p.Moves = p.caseMoves(ans, units)
	}
	p.History = p.card("case_history", "long")
	p.History.Table = p.columns(wordCol("status"), dayCol("date"), wordCol("by"), textCol("comment"), textCol("source"))
	for _, s := range ans.History {
		from := words(orWord(s.File, p.T("record.form"))).from(p.Link(batchPath(ledger.Batch{ID: s.Batch}))).under(clockTime(s.At))
		p.History.Table.add(words(s.Status), dated(s.Day), words(s.By), words(s.Comment), from)
	}
	return a.render(c, "case", p)
}

func (p page) caseFacts(ans *analytics.CaseAnswer) []fact {
	field := func(name, value string, wide bool) fact {
		f, _ := ledger.Cases.Field(name)
		return fact{Label: f.Label(p.Lang), Text: orDash(value), Wide: wide}
	}
	due := field("due", day(ans.Due), false)
	if ans.Due.Known() && !ans.DueStated {
		due.Text += " " + p.T("case.due_counted", ans.DueDays)
	}
	standing := fact{Label: p.T("case.standing"), Text: p.T("case.state." + string(ans.State))}
	switch {
	case ans.State == analytics.CaseOverdue || ans.State == analytics.CaseLate:
		standing.Text += " · " + p.T("page.investment.days_late", ans.DaysLate.String())
	case ans.DaysLeft.Valid():
		standing.Text += " · " + p.T("case.days_left", ans.DaysLeft.String())
	}
	if ans.Level != "" {
		standing.Text += " · " + p.T("case.before", ans.Level)
	}
	list := []fact{standing, due, field("channel", ans.Channel, false), field("category", ans.Category, false), field("place", ans.Place, false), field("grid", ans.Grid, false),
		field("unit", ans.Unit, false), field("received_on", day(ans.ReceivedOn), false), field("accepted_on", day(ans.AcceptedOn), false), field("assigned_on", day(ans.AssignedOn), false),
		field("fed_back_on", day(ans.FedBackOn), false), field("closed_on", day(ans.ClosedOn), false)}
	if ans.Private != nil {
		list = append(list, field("complainant", ans.Private.Complainant, false), field("phone", ans.Private.Phone, false))
	}
	if ans.PostponedUntil.Known() {
		list = append(list, field("postponed_until", day(ans.PostponedUntil), false), field("postpone_reason", ans.PostponeReason, true))
	}
	if ans.Reopened > 0 {
		list = append(list, field("reopened", strconv.FormatInt(ans.Reopened, 10), false))
	}
	list = append(list, field("reply", ans.Reply, true))
	for _, said := range [][2]string{{"send_back_reason", ans.SendBackReason}, {"reopen_reason", ans.ReopenReason}, {"note", ans.Note}} {
		if said[1] != "" {
			list = append(list, field(said[0], said[1], true))
		}
	}
	return list
}

// caseAsks are what each step asks for beside the person, the day and a comment; a field with ! cannot be left out.
var caseAsks = map[string]string{
	"accept": "grid due", "assign": "unit! due grid", "refer": "unit! due", "handle": "", "feed_back": "reply!", "close": "", "send_back": "send_back_reason!",
	"reopen": "reopen_reason!", "postpone": "postponed_until! postpone_reason!",
}

// caseTyped are the fields that the steps of a case say something in.
var caseTyped = strings.Fields("grid due unit reply send_back_reason reopen_reason postponed_until postpone_reason comment")

// caseLong are the fields that sentences are written into.
var caseLong = strings.Fields("reply send_back_reason reopen_reason postpone_reason")

func (p stepPage) caseMoves(ans *analytics.CaseAnswer, units []string) []stepForm {
	var list []stepForm
	stands := map[string]string{"unit": ans.Unit, "grid": ans.Grid, "reply": ans.Reply}
	if ans.DueStated {
		stands["due"] = ans.Due.String()
	}
	form := func(id, action string) stepForm {
		f := stepForm{ID: id, Open: p.Said != "" && p.Tried == id, Label: p.T("flow.act." + id), Action: casePath(ans.Number) + action}
		for _, asked := range strings.Fields(caseAsks[id]) {
			name, must := strings.CutSuffix(asked, "!")
			declared, _ := ledger.Cases.Field(name)
			one := stepField{Name: name, Label: declared.Label(p.Lang), Value: orWord(p.Typed[name], stands[name]), Input: "text", Required: must}
			switch {
			case slices.Contains(caseLong, name):
				one.Input = "long"
			case declared.Kind == ledger.Date:
				one.Input = "date"
			case name == "unit":
				one.Choices = units
			}
			f.Fields = append(f.Fields, one)
		}
		return f
	}
	for _, m := range ledger.Cases.Flow.Next(ans.Status) {
		list = append(list, form(m.ID, "/move"))
	}
	if !ans.Closed() {
		one := form("postpone", "/postpone")
		one.Note = p.T("case.postpone.note")
		list = append(list, one)
	}
	return list
}
