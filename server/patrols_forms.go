package server

import (
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/ingest"
	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// patrolRoutes are patrols, their photos and the notice that is printed of one.
func (a *app) patrolRoutes() []route {
	return []route{
		{Path: "/patrols", Name: "patrols", Needs: access.Read, Own: ownAny, Formats: answered, Handle: answer(a, a.askPatrols, a.showPatrols)},
		{Path: "/patrols/new", Name: "patrols.new", Needs: access.Patrol, Own: ownAny, Handle: a.newPatrol},
		{Path: "/patrols/:id", Name: "patrol", Needs: access.Read, Own: ownAny, Formats: answered, Handle: answer(a, named(a.analytics.Patrol, "id"), a.showPatrol)},
		{Path: "/patrols/:id/notice", Name: "patrol.notice", Needs: access.Read, Own: ownAny, Handle: answer(a, named(a.analytics.Patrol, "id"), a.showNotice)},
		{Path: "/photos/:hash", Name: "photo", Needs: access.Read, Own: ownAny, Handle: a.sendPhoto},

		{Method: fiber.MethodPost, Path: "/patrols", Name: "patrols.add", Needs: access.Patrol, Own: ownAny, Parts: true, Formats: "json", Handle: a.addPatrol},
		{Method: fiber.MethodPost, Path: "/patrols/:id/move", Name: "patrol.move", Needs: access.Patrol, Own: ownAny, Parts: true, Formats: "json", Handle: a.movePatrol},
	}
}

// typedPatrol are the boxes of the form of a new entry.
var typedPatrol = []string{"day", "time", "grid", "issue_type", "issue", "place", "unit", "handed_to", "due", "clause", "addressee", "note"}

// addPatrol makes a new entry with its photos, under the next free number of the year. What is wrong is said on the form, with everything
// typed still there.
func (a *app) addPatrol(c *fiber.Ctx) error {
	f, q, err := a.takePatrol(c)
	if err != nil {
		return err
	}
	texts, err := a.patrolTexts(c, q, f)
	if err == nil && f.wrong != nil {
		err = f.wrong
	}
	if err != nil {
		return a.patrolRefused(c, q, f, nil, err)
	}
	day, _ := time.Parse(time.DateOnly, texts["day"])
	texts["photos_before"] = strings.Join(f.names, ledger.AttachmentMark)
	rememberWho(c, f.value("by"))
	t := typed{dataset: ledger.Patrols, texts: texts, day: q.Clock.Asof, by: texts["found_by"], attached: f.photos}
	read, err := ingest.ReadForm(c.UserContext(), a.record(c), ingest.Form{Dataset: t.dataset, Texts: texts, Day: t.day})
	if err != nil {
		return err
	}
	if read.Blocked() {
		return a.patrolRefused(c, q, f, read.Problems, ledger.Fail(ledger.Invalid, text.T("record.not_saved")))
	}
	saved, err := a.numberedPatrol(c, t, day.Year())
	if err != nil {
		return a.patrolRefused(c, q, f, nil, err)
	}
	id, err := a.analytics.PatrolID(c.UserContext(), saved.Entries[0].Key)
	if err != nil {
		return err
	}
	detail(c, t.texts["number"])
	if wantsJSON(c) {
		return c.Status(fiber.StatusCreated).JSON(patrolSaved{true, patrolPath(id), id, t.texts["number"], f.names})
	}
	return c.Redirect(patrolPath(id), fiber.StatusSeeOther)
}

// takePatrol reads a form with its photos, and the record it is for.
func (a *app) takePatrol(c *fiber.Ctx) (photoForm, analytics.Question, error) {
	f, err := takePhotos(c)
	if err != nil {
		swallow(c)
		return f, analytics.Question{}, err
	}
	q, err := a.liveQuestion(c)
	return f, q, err
}

// patrolSaved is what a saved entry or step is answered with.
type patrolSaved struct {
	Saved  bool     `json:"saved"`
	Page   string   `json:"page"`
	ID     string   `json:"id"`
	Number string   `json:"number"`
	Photos []string `json:"photos"`
}

func patrolPath(id string) string { return "/patrols/" + id }

// patrolTexts are the fields of a new entry as the form says them: without a finding only the round; handed over at once when it says to whom.
func (a *app) patrolTexts(c *fiber.Ctx, q analytics.Question, f photoForm) (map[string]string, error) {
	texts := map[string]string{"found_by": who(c, f.value("by")), "status": ledger.PatrolFine, "day": orWord(f.value("day"), q.Clock.Asof.Format(time.DateOnly)),
		"time": f.value("time"), "grid": f.value("grid"), "note": f.value("note")}
	day, err := dateWord("day", texts["day"])
	if err != nil {
		return nil, err
	}
	grids, err := a.analytics.PatrolGrids(c.UserContext(), q)
	if err != nil {
		return nil, err
	}
	for _, g := range grids {
		if ledger.NameKey(g.Grid) == ledger.NameKey(texts["grid"]) {
			texts["grid"], texts["community"] = g.Grid, g.Community
		}
	}
	if f.value("found") == "" {
		return texts, nil
	}
	texts["status"] = ledger.PatrolFound
	for _, name := range typedPatrol {
		if _, set := texts[name]; !set {
			texts[name] = f.value(name)
		}
	}
	if strings.TrimSpace(texts["issue_type"]) == "" || strings.TrimSpace(texts["issue"]) == "" {
		return texts, ledger.Fail(ledger.Invalid, text.T("patrol.say_what"))
	}
	if strings.TrimSpace(texts["handed_to"]) == "" {
		return texts, nil
	}
	texts["status"], texts["handed_on"] = ledger.PatrolHanded, texts["day"]
	if texts["due"] == "" {
		texts["due"], err = a.usualDue(c, q, texts["issue_type"], day)
	}
	return texts, err
}

// usualMendDays is how many days a finding is given where the office's list of types says nothing.
const usualMendDays = 7

// usualDue is the day by which a finding of a type is usually mended.
func (a *app) usualDue(c *fiber.Ctx, q analytics.Question, kind string, day analytics.Date) (string, error) {
	types, err := a.analytics.PatrolTypes(c.UserContext(), q)
	days := usualMendDays
	for _, t := range types {
		if t.Type == kind && t.Days.Valid() {
			days = int(t.Days.Big().IntPart())
		}
	}
	return day.Plus(days).String(), err
}

// numberedPatrol saves a new entry under the next number that nobody has taken; one at a time, since two rounds may have all but that in common.
func (a *app) numberedPatrol(c *fiber.Ctx, t typed, year int) (ledger.Saved, error) {
	a.numbering.Lock()
	defer a.numbering.Unlock()
	last, err := a.analytics.LastPatrolNumber(c.UserContext(), a.record(c).Area(), year)
	if err != nil {
		return ledger.Saved{}, err
	}
	t.texts["number"] = analytics.PatrolNumber(year, last+1)
	return a.saveTyped(c, t)
}

// patrolRefused shows the form again with what was typed and why it was not saved; JSON says it alone. Photos have to be chosen again.
func (a *app) patrolRefused(c *fiber.Ctx, q analytics.Question, f photoForm, problems []ingest.FormProblem, err error) error {
	e, status := a.failure(err)
	if status >= fiber.StatusInternalServerError || wantsJSON(c) && len(problems) == 0 {
		return err
	}
	if status == fiber.StatusBadRequest {
		status = fiber.StatusUnprocessableEntity
	}
	c.Status(status)
	if wantsJSON(c) {
		return c.JSON(fiber.Map{"error": fiber.Map{"kind": e.Kind, "message": e.Message.In(lang(c)), "request_id": requestID(c)}, "problems": problems})
	}
	return a.renderNewPatrol(c, q, patrolTyped{words: f.words, problems: problems, said: e.Message.In(lang(c)), photos: len(f.names) > 0 || f.wrong != nil})
}

// patrolMoves are what each step asks for beside the person and the day; those that judge are for who may confirm.
var patrolMoves = map[string]struct {
	fields  []string
	photo   bool
	confirm bool
}{
	"patrol_raise":  {fields: []string{"issue_type", "issue", "place"}, photo: true},
	"patrol_hand":   {fields: []string{"unit", "handed_to", "due"}, confirm: true},
	"patrol_mend":   {fields: []string{"measure"}, photo: true},
	"patrol_pass":   {confirm: true},
	"patrol_return": {fields: []string{"return_reason"}, confirm: true},
	"patrol_again":  {fields: []string{"unit", "handed_to", "due"}, confirm: true},
	"patrol_reopen": {fields: []string{"return_reason", "handed_to", "due"}, confirm: true},
}

// movePatrol takes a finding one step on; what stands in the way is said on its page, with everything typed still there.
func (a *app) movePatrol(c *fiber.Ctx) error {
	f, q, err := a.takePatrol(c)
	if err != nil {
		return err
	}
	ans, err := a.analytics.Patrol(c.UserContext(), q, param(c, "id"))
	if err != nil {
		return err
	}
	move, ok := ledger.Patrols.Flow.Move(ans.State.Word(), f.value("move"))
	if !ok {
		return ledger.Fail(ledger.Conflict, text.T("patrol.moved_on", orWord(ans.Number, ans.Grid), ans.State.Word()))
	}
	if patrolMoves[move.ID].confirm && !visitorOf(c).May(access.Confirm) {
		return ledger.Fail(ledger.Refused, text.T("access.may_not", text.T("access.may."+string(access.Confirm))))
	}
	rememberWho(c, f.value("by"))
	if err = f.wrong; err == nil {
		err = a.patrolStep(c, q, ans, move, f)
	}
	if err != nil {
		return a.refuseStep(c, err, func(said *text.Message) error {
			return a.renderPatrol(c, q, ans, patrolTyped{words: f.words, said: said.In(lang(c)), move: move.ID, photos: len(f.names) > 0 || f.wrong != nil})
		})
	}
	detail(c, orWord(ans.Number, ans.ID)+" "+move.To)
	if wantsJSON(c) {
		return c.JSON(patrolSaved{true, patrolPath(ans.ID), ans.ID, ans.Number, f.names})
	}
	return c.Redirect(patrolPath(ans.ID), fiber.StatusSeeOther)
}

// patrolStep saves one step.
func (a *app) patrolStep(c *fiber.Ctx, q analytics.Question, ans *analytics.PatrolAnswer, move ledger.Move, f photoForm) error {
	by := who(c, f.value("by"))
	day, err := stepDay(f.value("day"), q)
	if err == nil {
		err = a.hasCome(day)
	}
	if err != nil {
		return err
	}
	rule := patrolMoves[move.ID]
	texts := map[string]string{"status": move.To}
	for _, name := range rule.fields {
		if v := f.value(name); v != "" {
			texts[name] = v
		}
	}
	t := typed{dataset: ledger.Patrols, version: orWord(f.value("version"), ans.PatrolLine.Version), texts: texts, day: q.Clock.Asof, by: by, comment: cutReason(f.value("comment"))}
	if rule.photo && len(f.photos) > 0 {
		field, stand := "photos_before", ans.Before
		if move.ID == "patrol_mend" {
			field, stand = "photos_after", ans.After
		}
		names := slices.Concat(stand, f.names)
		if len(names) > photosKept {
			return ledger.Fail(ledger.Invalid, text.T("photo.too_many", photosKept))
		}
		texts[field], t.attached = strings.Join(names, ledger.AttachmentMark), f.photos
	}
	switch move.ID {
	case "patrol_hand", "patrol_again", "patrol_reopen":
		texts["handed_on"] = day.String()
	case "patrol_mend":
		texts["mended_on"] = day.String()
	case "patrol_pass":
		texts["checked_on"], texts["checker"], texts["result"] = day.String(), by, ledger.CheckPassed
	case "patrol_return":
		texts["checked_on"], texts["checker"], texts["result"] = day.String(), by, ledger.CheckReturned
	}
	for _, name := range move.Clears {
		texts[name] = "" // so that the order of days is held against what will stand
	}
	_, err = a.saveTyped(c, t)
	return err
}
