package ledger

import (
	"maps"
	"slices"
	"strings"

	"taizhang/internal/text"
)

// Flow says which steps a row may take by form: its Field goes from value to value by Moves only. Sheets may say any value.
type Flow struct {
	Field string
	Start []string // what a row that a form makes may begin with; the first is usual
	Moves []Move
	Apart []Apart
	// Unsaid reads the state of a row that says none, such as one of a sheet without that column; nil: see Next.
	Unsaid func(get Get) string
}

// Move is one step of a flow.
type Move struct {
	ID       string // names it in forms and in the catalogue: flow.ID
	From, To string
	Needs    []string // fields that must hold something once the step is taken
	Clears   []string // fields that must hold nothing then
	Counts   string   // a count that rises by one
}

// Apart keeps two hands apart: once the flow stands at At, none of the persons in Field is among those of Others.
type Apart struct {
	At, Field string
	Others    []string
}

// The states of an action item.
const (
	ActionWaiting   = "待下发"
	ActionIssued    = "已下发"
	ActionUnderway  = "处理中"
	ActionReported  = "已处理"
	ActionConfirmed = "已确认(销号)"
	ActionReturned  = "退回"
)

// actionFlow is the life of an action item: 待下发 → 已下发 → 处理中 → 已处理 → 已确认(销号), or 退回 → 处理中; a closed one may be reopened.
var actionFlow = &Flow{
	Field: "status",
	Start: []string{ActionWaiting, ActionIssued, ActionUnderway},
	Moves: []Move{
		{ID: "issue", From: ActionWaiting, To: ActionIssued, Needs: []string{"owner", "due"}},
		{ID: "begin", From: ActionIssued, To: ActionUnderway},
		{ID: "report", From: ActionUnderway, To: ActionReported, Needs: []string{"reporter", "result"}},
		{ID: "confirm", From: ActionReported, To: ActionConfirmed, Needs: []string{"confirmer", "closed_on"}},
		{ID: "return", From: ActionReported, To: ActionReturned, Needs: []string{"return_reason"}},
		{ID: "resume", From: ActionReturned, To: ActionUnderway},
		{ID: "reopen", From: ActionConfirmed, To: ActionUnderway, Needs: []string{"reopen_reason"}, Clears: []string{"closed_on", "confirmer"}, Counts: "reopened"},
	},
	Apart: []Apart{{At: ActionConfirmed, Field: "confirmer", Others: []string{"proposer", "owner", "reporter"}}},
}

// Next lists the moves that lead on from a value. One that the flow does not know (an empty cell, a word of the office's own)
// is taken for the first that is under way.
func (f *Flow) Next(from string) []Move {
	if !slices.ContainsFunc(f.Moves, func(m Move) bool { return m.From == from }) {
		from = f.Start[min(1, len(f.Start)-1)]
	}
	list := []Move{}
	for _, m := range f.Moves {
		if m.From == from {
			list = append(list, m)
		}
	}
	return list
}

// Move finds a move by its name among those that lead on from a value.
func (f *Flow) Move(from, id string) (Move, bool) {
	for _, m := range f.Next(from) {
		if m.ID == id {
			return m, true
		}
	}
	return Move{}, false
}

// standing is the state of a row.
func (f *Flow) standing(d *Dataset, values []any) string {
	state := Plain(values[d.Index(f.Field)])
	if state == "" && f.Unsaid != nil {
		return f.Unsaid(func(field string) any { return values[d.Index(field)] })
	}
	return state
}

// step is the move that an entry asks for over the row that stands; false when the state stays as it is, or nothing leads there.
func (f *Flow) step(e Entry, was *Record) (Move, bool) {
	change, typed := e.Changes[f.Field]
	if was == nil || !typed {
		return Move{}, false
	}
	from := f.standing(e.Dataset, e.Dataset.incoming(was.Values))
	for _, m := range f.Next(from) {
		if m.To == Plain(change.Value) && m.To != from {
			return m, true
		}
	}
	return Move{}, false
}

// complete adds to an entry what its move brings with it: fields that are emptied, a count that rises.
func (f *Flow) complete(e Entry, was *Record) Entry {
	move, ok := f.step(e, was)
	if !ok {
		return e
	}
	e.Changes = maps.Clone(e.Changes)
	for _, name := range move.Clears {
		e.Changes[name] = Change{}
	}
	if move.Counts != "" {
		n, _ := e.Dataset.incoming(was.Values)[e.Dataset.Index(move.Counts)].(int64)
		e.Changes[move.Counts] = Change{Value: n + 1}
	}
	return e
}

// check refuses a row that a form would store when it takes a step that the flow does not have, or takes one without what it needs.
func (f *Flow) check(e Entry, was *Record, now []any) error {
	d := e.Dataset
	to := Plain(now[d.Index(f.Field)])
	if was == nil {
		if to != "" && !slices.Contains(f.Start, to) {
			return Fail(Invalid, text.T("flow.start", to, strings.Join(f.Start, "、")))
		}
		return f.apart(d, to, now)
	}
	from := f.standing(d, d.incoming(was.Values))
	if from == to || to == "" && f.Unsaid != nil {
		return f.apart(d, to, now)
	}
	move, ok := f.step(e, was)
	if !ok {
		return Fail(Invalid, text.T("flow.move", from, to, saidMoves(f.Next(from))))
	}
	for _, name := range move.Needs {
		if now[d.Index(name)] == nil {
			field, _ := d.Field(name)
			return Fail(Invalid, text.T("flow.needs", to, text.T("form.field", field.Zh, field.En)))
		}
	}
	return f.apart(d, to, now)
}

func saidMoves(moves []Move) string {
	names := make([]string, len(moves))
	for i, m := range moves {
		names[i] = m.To
	}
	return strings.Join(names, "、")
}

// apart refuses two hands that must not be one.
func (f *Flow) apart(d *Dataset, state string, now []any) error {
	for _, rule := range f.Apart {
		if rule.At != state {
			continue
		}
		persons := personsIn(now[d.Index(rule.Field)])
		for _, name := range rule.Others {
			for _, other := range personsIn(now[d.Index(name)]) {
				if slices.Contains(persons, other) {
					field, _ := d.Field(rule.Field)
					second, _ := d.Field(name)
					return Fail(Refused, text.T("flow.apart", text.T("form.field", field.Zh, field.En), Plain(now[d.Index(rule.Field)]), text.T("form.field", second.Zh, second.En)))
				}
			}
		}
	}
	return nil
}

// personsIn are the folded names in a field, which may join several.
func personsIn(v any) []string {
	var list []string
	for _, name := range strings.FieldsFunc(Plain(v), func(r rune) bool { return strings.ContainsRune("、，,/／;； ", r) }) {
		list = append(list, NameKey(name))
	}
	return list
}
