package analytics_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"taizhang/analytics"
)

type visitTruth struct {
	ByLeader map[string]struct {
		Visits  int            `json:"visits"`
		Minutes int64          `json:"minutes"`
		Days    map[string]int `json:"days"`
		Hours   int            `json:"days_with_60_minutes"`
	} `json:"by_leader"`
}

type actionTruth struct {
	Asof   string `json:"as_of"`
	Made   int    `json:"made"`
	Closed int    `json:"closed"`
	Open   int    `json:"open"`
	Items  []struct {
		ID      string  `json:"id"`
		Project string  `json:"project"`
		Due     string  `json:"due"`
		Closed  *string `json:"closed"`
		Status  string  `json:"status"`
		Error   bool    `json:"error"`
	} `json:"items"`
	Overdue []struct {
		ID   string `json:"id"`
		Days int64  `json:"days"`
	} `json:"overdue"`
}

func TestLeadersMeetTruth(t *testing.T) {
	visits, actions := truth[visitTruth](t, "走访记录"), truth[actionTruth](t, "督办事项")
	l, a := office(t, projectFiles()...)
	answer, err := a.Leaders(context.Background(), asof(t, l, actions.Asof))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, leader := range answer.Leaders {
		w := visits.ByLeader[leader.Name]
		same(t, leader.Name+" visits", []any{leader.Visits, leader.Minutes, leader.HourDays}, []any{w.Visits, w.Minutes, w.Hours})
		if leader.Visits > 0 {
			found++
			last := slices.Max(slices.Collect(maps.Keys(w.Days)))
			same(t, leader.Name+" last visit", leader.LastVisit, last)
		}
	}
	same(t, "leaders who visited", found, len(visits.ByLeader))
}

func TestActionsOfProjectsMeetTruth(t *testing.T) {
	want := truth[actionTruth](t, "督办事项")
	l, a := office(t, projectFiles()...)
	q := asof(t, l, want.Asof)
	overdue := map[string]int64{}
	for _, o := range want.Overdue {
		overdue[o.ID] = o.Days
	}
	made, closed, open := 0, 0, 0
	for _, w := range want.Items {
		if w.Error {
			continue
		}
		p, err := a.Project(context.Background(), q, w.Project)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(p.Actions, func(line analytics.ActionLine) bool { return line.Number == w.ID })
		if i < 0 {
			t.Errorf("%s is not on the page of %s", w.ID, w.Project)
			continue
		}
		line := p.Actions[i]
		same(t, w.ID, []any{line.Due, line.Status, line.Closed, line.DaysOverdue}, []any{w.Due, w.Status, w.Closed != nil, overdue[w.ID]})
		made++
		if line.Closed {
			closed++
		} else {
			open++
		}
	}
	same(t, "made, closed, open", []int{made, closed, open}, []int{want.Made, want.Closed, want.Open})
}
