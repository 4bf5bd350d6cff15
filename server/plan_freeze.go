package server

import (
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// freezeForm makes a baseline of the plan as it stands.
type freezeForm struct {
	Title, Hint, Warning string
	Project, Digest      string
	Today, By            string
	Fields               []formField
	Bad                  bool
}

// freezeFields are the fields of a baseline that the form asks for, as ledger.Baselines declares them.
var freezeFields = []string{"number", "approved_on", "approved_by", "reason"}

// freezeForm is the form as it is first shown, or as it was typed with what is wrong.
func (a *app) freezeForm(c *fiber.Ctx, p page, ans *analytics.PlanAnswer, typed *freezeForm) *freezeForm {
	f := typed
	today := ledger.Today(a.ledger.Now()).Format(time.DateOnly)
	if f == nil {
		f = &freezeForm{By: rememberedWho(c)}
		f.fill(map[string]string{"number": analytics.NextNumber(ans.Baselines), "approved_on": ans.Asof})
	}
	f.Project, f.Digest, f.Today = ans.Key, ans.Digest(), today
	f.Title = p.T("schedule.freeze")
	f.Hint = p.T("schedule.freeze.hint")
	if len(ans.Baselines) > 1 { // the first plan recorded always stands among them
		f.Title = p.T("schedule.refreeze")
	}
	for _, n := range ans.Nodes {
		if !n.PlanFinish.Known() {
			f.Warning = p.T("schedule.no_finish", strings.TrimSpace(n.No+" "+n.Node))
			break
		}
	}
	for i := range f.Fields {
		declared, _ := ledger.Baselines.Field(freezeFields[i])
		f.Fields[i].Label = declared.Label(p.Lang)
		if declared.Name == "number" || declared.Name == "reason" {
			f.Fields[i].Hint = p.T("schedule.freeze." + declared.Name)
		}
	}
	return f
}

func (f *freezeForm) fill(texts map[string]string) {
	for _, name := range freezeFields {
		one := formField{Name: name, ID: "freeze-" + name, Text: texts[name], Input: "text", Required: true}
		if declared, _ := ledger.Baselines.Field(name); declared.Kind == ledger.Date {
			one.Input = "date"
		}
		f.Fields = append(f.Fields, one)
	}
}

// wrong says a sentence at a field of the form.
func (f *freezeForm) wrong(field string, said string) {
	at := slices.Index(freezeFields, field)
	f.Fields[at].Errors, f.Bad = append(f.Fields[at].Errors, said), true
}

// planRoutes are the forms of the back-schedule.
func (a *app) planRoutes() []route {
	return []route{{Method: fiber.MethodPost, Path: "/schedule/baseline", Name: "schedule.freeze", Needs: access.Edit, Formats: "json", Handle: a.freezePlan}}
}

// freezePlan keeps the plan as it stands as a new baseline of its project; earlier ones stay, and none is written over.
func (a *app) freezePlan(c *fiber.Ctx) error {
	q, err := a.liveQuestion(c)
	if err != nil {
		return err
	}
	ans, err := a.analytics.Plan(c.UserContext(), analytics.PlanQuestion{Question: q, Project: bodyWord(c, "project")})
	if err != nil {
		return err
	}
	if bodyWord(c, "digest") != ans.Digest() {
		return ledger.Fail(ledger.Conflict, text.T("schedule.freeze.moved", ans.Project))
	}
	typed := &freezeForm{By: bodyWord(c, "by")}
	texts := map[string]string{}
	for _, name := range freezeFields {
		texts[name] = strings.TrimSpace(bodyWord(c, name))
	}
	typed.fill(texts)
	approval := a.approval(c, ans, texts, typed)
	rememberWho(c, typed.By)
	if typed.Bad {
		c.Status(fiber.StatusUnprocessableEntity)
		if wantsJSON(c) {
			return c.JSON(fiber.Map{"error": fiber.Map{"kind": ledger.Invalid, "message": text.T("record.not_saved").In(lang(c)), "request_id": requestID(c)}, "problems": typed.problems()})
		}
		return a.renderPlan(c, q, ans, typed)
	}
	return a.storeBaseline(c, ans, approval)
}

// approval reads what was typed of the decision and says at the fields what is wrong with it.
func (a *app) approval(c *fiber.Ctx, ans *analytics.PlanAnswer, texts map[string]string, form *freezeForm) analytics.Approval {
	in := lang(c)
	for _, name := range freezeFields {
		if texts[name] == "" {
			declared, _ := ledger.Baselines.Field(name)
			form.wrong(name, text.T("form.missing", declared.Label(in)).In(in))
		}
	}
	approval := analytics.Approval{Number: texts["number"], By: texts["approved_by"], Reason: cutReason(texts["reason"])}
	on, err := time.Parse(time.DateOnly, texts["approved_on"])
	today := ledger.Today(a.ledger.Now())
	switch {
	case texts["approved_on"] == "":
	case err != nil:
		form.wrong("approved_on", text.T("error.bad_date", "approved_on", texts["approved_on"]).In(in))
	case on.After(today):
		form.wrong("approved_on", text.T("schedule.freeze.future", texts["approved_on"], today.Format(time.DateOnly)).In(in))
	default:
		approval.On = analytics.DateOf(on)
	}
	for _, b := range ans.Baselines {
		if b.Approved && ledger.NameKey(b.Number) == ledger.NameKey(approval.Number) {
			form.wrong("number", text.T("schedule.freeze.taken", b.Number, day(b.ApprovedOn)).In(in))
		}
	}
	if newest := ans.Baselines[0]; newest.Approved && approval.On.Known() && newest.ApprovedOn.After(approval.On) {
		form.wrong("approved_on", text.T("schedule.freeze.earlier", day(approval.On), newest.Number, day(newest.ApprovedOn)).In(in))
	}
	return approval
}

// storeBaseline writes the rows of a baseline as one batch, which is undone like an import.
func (a *app) storeBaseline(c *fiber.Ctx, ans *analytics.PlanAnswer, approval analytics.Approval) error {
	rows, err := ans.Freeze(approval)
	if err != nil {
		return err
	}
	load := ledger.Load{Kind: "form", By: who(c, bodyWord(c, "by")), Mode: "all", Comment: approval.Reason, Datasets: []*ledger.Dataset{ledger.Baselines},
		Sources: []ledger.Source{frozenSource(rows[0])}}
	load.Each = func(add func(*ledger.Dataset, ledger.Row) error) error {
		for _, row := range rows {
			if err := add(ledger.Baselines, row); err != nil {
				return err
			}
		}
		return nil
	}
	batch, err := a.record(c).Load(c.UserContext(), load)
	if err != nil {
		return err
	}
	to := address("/schedule", map[string][]string{"project": {ans.Key}, "baseline": {approval.Number}}) + "#card-baselines"
	if wantsJSON(c) {
		return c.Status(fiber.StatusCreated).JSON(fiber.Map{"saved": true, "batch": batch.ID, "rows": len(rows), "page": to})
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

func (f *freezeForm) problems() []fiber.Map {
	list := []fiber.Map{}
	for _, one := range f.Fields {
		for _, said := range one.Errors {
			list = append(list, fiber.Map{"field": one.Name, "severity": ledger.SeverityError, "message": said})
		}
	}
	return list
}

// frozenSource says that every value of a frozen row was set by the form.
func frozenSource(row ledger.Row) ledger.Source {
	s := ledger.Source{Dataset: ledger.Baselines.Name, Fields: []string{}, Columns: []string{}}
	for i, f := range ledger.Baselines.Fields {
		if row.Values[i] != nil {
			s.Fields, s.Columns = append(s.Fields, f.Name), append(s.Columns, ledger.FromForm)
		}
	}
	return s
}
