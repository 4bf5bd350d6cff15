package server

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/ingest"
	"taizhang/ledger"
)

// patrolTyped is a form that was not saved: what was typed, and why.
type patrolTyped struct {
	words    map[string]string
	problems []ingest.FormProblem
	said     string
	move     string
	photos   bool // some were sent, and have to be chosen again
}

// newPatrolPage is the form of a new entry, made for a telephone in one hand.
type newPatrolPage struct {
	page
	Said, Again string
	Errors      []string
	Value       map[string]string
	Found       bool
	Grids       []gridGroup
	Types       []typeGroup
	Today, By   string
	Limit       int // photos at once
}

// gridGroup are the grids of a community, typeGroup the types of a group.
type gridGroup struct {
	Community string
	Grids     []option
}

type typeGroup struct {
	Group string
	Types []option
}

// newPatrol shows the form with the moment as it is at the office.
func (a *app) newPatrol(c *fiber.Ctx) error {
	q, err := a.liveQuestion(c)
	if err != nil {
		return err
	}
	return a.renderNewPatrol(c, q, patrolTyped{words: map[string]string{"grid": c.Query("grid")}})
}

func (a *app) renderNewPatrol(c *fiber.Ctx, q analytics.Question, typed patrolTyped) error {
	now := a.ledger.Now().In(ledger.Office)
	p := newPatrolPage{page: a.newPage(c, "patrols"), Said: typed.said, Value: map[string]string{"day": now.Format(time.DateOnly), "time": now.Format("15:04")},
		Found: typed.words["found"] != "", Today: now.Format(time.DateOnly), By: rememberedWho(c), Limit: photosAtOnce}
	p.Crumb, p.Title = &link{Text: p.Title, Href: p.Link("/patrols")}, p.T("patrol.new")
	p.path = "/patrols/new"
	for name, v := range typed.words {
		p.Value[name] = orWord(v, p.Value[name])
	}
	p.By = orWord(typed.words["by"], p.By)
	if typed.photos {
		p.Again = p.T("patrol.photos_again")
	}
	for _, found := range typed.problems {
		if found.Severity == ledger.SeverityError {
			p.Errors = append(p.Errors, p.saidOf(found.Problem))
		}
	}
	grids, err := a.analytics.PatrolGrids(c.UserContext(), q)
	if err != nil {
		return err
	}
	types, err := a.analytics.PatrolTypes(c.UserContext(), q)
	if err != nil {
		return err
	}
	p.Grids, p.Types = groupedGrids(grids, p.Value["grid"]), p.groupedTypes(types, p.Value["issue_type"])
	return a.render(c, "patrol_new", p)
}

func groupedGrids(list []analytics.PatrolGrid, chosen string) []gridGroup {
	var groups []gridGroup
	for _, g := range list {
		if len(groups) == 0 || groups[len(groups)-1].Community != g.Community {
			groups = append(groups, gridGroup{Community: g.Community})
		}
		at := &groups[len(groups)-1]
		at.Grids = append(at.Grids, option{g.Grid, g.Grid, ledger.NameKey(g.Grid) == ledger.NameKey(chosen)})
	}
	return groups
}

// groupedTypes offers the types in their groups, and one that was typed although the list has it no more.
func (p page) groupedTypes(list []analytics.PatrolType, chosen string) []typeGroup {
	var groups []typeGroup
	seen := chosen == ""
	for _, t := range list {
		seen = seen || t.Type == chosen
		if len(groups) == 0 || groups[len(groups)-1].Group != t.Group {
			groups = append(groups, typeGroup{Group: t.Group})
		}
		at := &groups[len(groups)-1]
		at.Types = append(at.Types, option{t.Type, t.Type, t.Type == chosen})
	}
	if !seen {
		groups = append(groups, typeGroup{Types: []option{{chosen, chosen, true}}})
	}
	return groups
}

// patrolPage is one round or finding: where it stands, what may come next, what happened, its photos.
type patrolPage struct {
	page
	Ans         *analytics.PatrolAnswer
	Said, Again string
	State, Tone string
	Facts       []fact
	Pair        photoPair
	Moves       []patrolMove
	History     *card
	Day, Today  string
	By          string
	Edit        string
	Notice      string
	Typed       map[string]string
	Heading     string
}

// patrolMove is one step that may be taken, with what it asks for.
type patrolMove struct {
	ID, Label, Note string
	Fields          []moveField
	Types           []typeGroup // where it asks for a type
	Photo, Main     bool
}

func (a *app) showPatrol(c *fiber.Ctx, q analytics.Question, ans *analytics.PatrolAnswer) error {
	return a.renderPatrol(c, q, ans, patrolTyped{words: map[string]string{}})
}

func (a *app) renderPatrol(c *fiber.Ctx, q analytics.Question, ans *analytics.PatrolAnswer, typed patrolTyped) error {
	today := ledger.Today(a.ledger.Now()).Format(time.DateOnly)
	p := patrolPage{page: a.newAnswerPage(c, "patrols", q, ans.Foot()), Ans: ans, Said: typed.said, Typed: typed.words, State: "", Tone: patrolTones[ans.PatrolLine.State],
		Day: orWord(typed.words["day"], today), Today: today, By: orWord(typed.words["by"], rememberedWho(c))}
	p.path = patrolPath(ans.ID)
	p.Filters = nil
	p.State = p.patrolState(ans.PatrolLine.State)
	p.Crumb, p.Title = &link{Text: p.Title, Href: p.Link("/patrols")}, orWord(ans.Number, ans.Grid+" "+ans.Day.String())
	p.Heading = joinedNames(ans.IssueType, ans.Place)
	if p.Heading == "" {
		p.Heading = joinedNames(ans.Grid, p.State)
	}
	if typed.photos {
		p.Again = p.T("patrol.photos_again")
	}
	p.Facts, p.Pair = p.patrolFacts(ans), p.pairOf(ans.PatrolLine)
	if ans.PatrolLine.Found() {
		p.Notice = p.Link(patrolPath(ans.ID) + "/notice")
	}
	if q.Clock.Live {
		p.Edit = p.editLink("patrols", ans.Key, patrolPath(ans.ID))
		for _, m := range ledger.Patrols.Flow.Next(ans.PatrolLine.State.Word()) {
			if p.May("patrol") && (!patrolMoves[m.ID].confirm || p.May("confirm")) {
				move, err := a.patrolMoveForm(c, p, m)
				if err != nil {
					return err
				}
				p.Moves = append(p.Moves, move)
			}
		}
	}
	p.History = p.card("patrol_history", "long")
	p.History.Table = p.columns(wordCol("status"), wordCol("by"), textCol("comment"), textCol("source"))
	for _, s := range ans.History {
		from := words(orWord(s.File, p.T("record.form"))).from(p.Link(batchPath(ledger.Batch{ID: s.Batch}))).under(clockTime(s.At))
		p.History.Table.add(words(s.Status), words(s.By), words(s.Comment), from)
	}
	return a.render(c, "patrol", p)
}

func (a *app) patrolMoveForm(c *fiber.Ctx, p patrolPage, m ledger.Move) (patrolMove, error) {
	rule := patrolMoves[m.ID]
	form := patrolMove{ID: m.ID, Label: p.T("flow.act." + m.ID), Photo: rule.photo, Main: m.ID != "patrol_return" && m.ID != "patrol_reopen"}
	if m.ID == "patrol_pass" {
		form.Note = p.T("patrol.apart")
	}
	stands := map[string]string{"unit": orWord(p.Ans.Unit, p.Ans.Type.Unit), "handed_to": p.Ans.HandedTo, "place": p.Ans.Place}
	if m.ID == "patrol_hand" || m.ID == "patrol_again" || m.ID == "patrol_reopen" {
		due, err := a.usualDue(c, p.Question, p.Ans.IssueType, analytics.DateOf(ledger.Today(a.ledger.Now())))
		if err != nil {
			return form, err
		}
		stands["due"] = due
		if m.ID == "patrol_hand" && p.Ans.Due.Known() {
			stands["due"] = p.Ans.Due.String()
		}
	}
	for _, name := range rule.fields {
		if name == "issue_type" {
			types, err := a.analytics.PatrolTypes(c.UserContext(), p.Question)
			if err != nil {
				return form, err
			}
			form.Types = p.groupedTypes(types, p.Typed[name])
			continue
		}
		f, _ := ledger.Patrols.Field(name)
		form.Fields = append(form.Fields, moveField{Name: name, Label: f.Label(p.Lang), Value: orWord(p.Typed[name], stands[name]),
			Long: name == "measure" || name == "return_reason" || name == "issue", Required: name != "unit" && name != "place"})
	}
	return form, nil
}

func (p page) patrolFacts(ans *analytics.PatrolAnswer) []fact {
	field := func(name, value string, wide bool) fact {
		f, _ := ledger.Patrols.Field(name)
		return fact{Label: f.Label(p.Lang), Text: orDash(value), Wide: wide}
	}
	grid := field("grid", joinedNames(ans.Grid, ans.Community), false)
	grid.Href = p.Asking("/patrols", "grid", ans.Grid)
	list := []fact{field("day", ans.Day.String()+" "+ans.Time, false), grid, field("found_by", ans.FoundBy, false)}
	if !ans.PatrolLine.Found() {
		return list
	}
	due := field("due", day(ans.Due), false)
	if ans.Overdue > 0 {
		due.Text += "（" + p.T("patrol.overdue_by", ans.Overdue) + "）"
	}
	list = append(list, field("issue", ans.Issue, true), field("unit", ans.Unit, false), field("handed_to", ans.HandedTo, false), field("handed_on", day(ans.HandedOn), false), due,
		field("mended_on", day(ans.MendedOn), false), field("checked_on", day(ans.CheckedOn), false), field("checker", ans.Checker, false))
	for _, said := range [][2]string{{"measure", ans.Measure}, {"return_reason", ans.Reason}, {"clause", orWord(ans.Clause, ans.Type.Clause)}, {"addressee", ans.Addressee}, {"note", ans.Note}} {
		if said[1] != "" {
			list = append(list, field(said[0], said[1], true))
		}
	}
	if ans.Returned > 0 {
		list = append(list, field("returned", strconv.FormatInt(ans.Returned, 10), false))
	}
	if ans.Repeats > 1 {
		list = append(list, fact{Label: p.T("page.card.patrol_repeats"), Text: p.T("patrol.repeats_here", ans.RepeatDays, ans.Repeats), Wide: true})
	}
	return list
}

// MovePath is where a step is posted to.
func (p patrolPage) MovePath() string { return patrolPath(p.Ans.ID) + "/move" }

// Lineage leads to the row's own cells.
func (p patrolPage) Lineage() string {
	filter := ledger.Filter{"grid": p.Ans.Grid, "day": p.Ans.Day.String()}
	if p.Ans.Number != "" {
		filter = ledger.Filter{"number": p.Ans.Number}
	}
	return p.Source("patrols", filter)
}
