package server

import (
	"fmt"

	"taizhang/analytics"
	"taizhang/ledger"
)

// topics are the boxes of the minutes: the projects of the agenda in its order, other topics on record, and one for all else.
func (p *meetingPage) topics() []topic {
	list := []topic{}
	at := map[string]int{}
	add := func(name string, shown *light) {
		key := ledger.NameKey(name)
		if _, twice := at[key]; twice {
			return
		}
		at[key] = len(list)
		list = append(list, topic{Name: name, Version: ledger.NoVersion, No: len(list) + 1, Light: shown})
	}
	for _, part := range [][]analytics.AgendaProject{p.Ans.Lights, p.Ans.Stale, p.Ans.Requests} {
		for _, one := range part {
			if len(list) < mostLines {
				add(one.Project, p.bareLight(one.Light))
			}
		}
	}
	for _, m := range p.Ans.Minutes {
		add(m.Topic, nil)
	}
	add(p.T("meeting.topic.other"), nil)
	for _, m := range p.Ans.Minutes {
		t := &list[at[ledger.NameKey(m.Topic)]]
		t.Name, t.Key, t.Version, t.Said, t.Decision = m.Topic, m.Key, m.Version, m.Said, m.Decision
		t.Open = true
	}
	open := false
	for i := range list {
		list[i].ID = fmt.Sprintf("topic-%d", i+1)
		open = open || list[i].Open
	}
	if !open {
		list[0].Open = true
	}
	return list
}

// flowCard shows where one item stands among the steps of its life.
type flowCard struct {
	Number, Item, Href string
	Steps              []flowStep
	Moves              []link
}

type flowStep struct {
	Text    string
	Current bool
}

// mainSteps are the steps of an item that nothing goes wrong with.
var mainSteps = []string{ledger.ActionWaiting, ledger.ActionIssued, ledger.ActionUnderway, ledger.ActionReported, ledger.ActionConfirmed}

// flowOf is the flow of the item asked for, or of the first that is open.
func (p *meetingPage) flowOf(number string) *flowCard {
	for _, l := range append(append([]analytics.ActionLine{}, p.Ans.Actions.Open...), p.Ans.Actions.Closed...) {
		if number == "" || ledger.NameKey(l.Number) == ledger.NameKey(number) {
			f := p.flow(l.Number, l.Item, l.Status)
			if !p.Open {
				f.Moves = nil
			}
			return f
		}
	}
	return nil
}

// flow draws the steps of an item and names the moves that lead on.
func (p page) flow(number, item, status string) *flowCard {
	f := &flowCard{Number: number, Item: item, Href: p.Link(actionPath(number))}
	steps := mainSteps
	if status == ledger.ActionReturned {
		steps = []string{ledger.ActionWaiting, ledger.ActionIssued, ledger.ActionUnderway, ledger.ActionReported, ledger.ActionReturned}
	}
	for _, s := range steps {
		f.Steps = append(f.Steps, flowStep{s, s == status})
	}
	for _, m := range ledger.Actions.Flow.Next(status) {
		f.Moves = append(f.Moves, link{Text: p.T("flow.act." + m.ID), Href: f.Href + "#move-" + m.ID})
	}
	return f
}
