package analytics

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func visitsOn(t *testing.T, minutes map[string][]int64) []SiteVisit {
	list := []SiteVisit{}
	for d, all := range minutes {
		for _, m := range all {
			v := SiteVisit{Date: day(t, d), Leader: "张主任", Project: "甲"}
			if m >= 0 {
				v.Minutes = &m
			}
			list = append(list, v)
		}
	}
	return list
}

// June 2016 by hand, with the holiday of the 9th to the 11th and the Sunday worked on the 12th. Working days from the 1st to the 15th:
// 1, 2, 3, 6, 7, 8, 12, 13, 14, 15.
func TestTheVisitDiaryByHand(t *testing.T) {
	visits := visitsOn(t, map[string][]int64{
		"2016-06-01": {40, 20}, "2016-06-03": {59}, "2016-06-04": {90}, "2016-06-12": {-1}, "2016-06-15": {60},
	})
	from, to := diarySpan(visits, day(t, "2016-06-15"))
	d := diary(visits, from, to, 60, dragonBoat2016(t))
	if got := fmt.Sprint(d.From, d.To, d.WorkingDays, d.VisitedDays, d.HourDays, d.MissedDays); got != "2016-06-01 2016-06-15 10 4 2 6" {
		t.Errorf("from, to, working, visited, hour and missed days: %s", got)
	}
	// The Saturday visit ends the gap of the 2nd; 6, 7 and 8 are the longest, the holiday is none.
	if g := d.LongestGap; g.Days != 3 || g.From.String() != "2016-06-06" || g.To.String() != "2016-06-08" {
		t.Errorf("longest gap %+v", g)
	}
	var weeks []string
	for _, w := range d.Weeks {
		weeks = append(weeks, fmt.Sprintf("%s–%s: %d visits, %d minutes, %d of %d days, %d missed", w.From, w.To, w.Visits, w.Minutes, w.HourDays, w.WorkingDays, w.MissedDays))
	}
	want := []string{
		"2016-06-01–2016-06-05: 4 visits, 209 minutes, 1 of 3 days, 1 missed",
		"2016-06-06–2016-06-12: 1 visits, 0 minutes, 0 of 4 days, 3 missed",
		"2016-06-13–2016-06-15: 1 visits, 60 minutes, 1 of 3 days, 2 missed",
	}
	if !slices.Equal(weeks, want) {
		t.Errorf("weeks\n%s\nwant\n%s", strings.Join(weeks, "\n"), strings.Join(want, "\n"))
	}
	if len(d.Months) != 1 || d.Months[0].Minutes != 269 || d.Months[0].HourDays != 2 || d.Months[0].WorkingDays != 10 {
		t.Errorf("months %+v", d.Months)
	}
	// Ten working days and one Saturday with a visit.
	if len(d.Days) != 11 || d.Days[3].Date.String() != "2016-06-04" || d.Days[3].Working || !d.Days[3].Hour || d.Days[2].Hour {
		t.Errorf("days %+v", d.Days)
	}
}

func TestADiaryGoesBackAYearAtMost(t *testing.T) {
	visits := visitsOn(t, map[string][]int64{"2014-01-01": {60}, "2016-06-15": {60}})
	from, to := diarySpan(visits, day(t, "2016-06-15"))
	if from.String() != "2015-06-16" || to.String() != "2016-06-15" {
		t.Errorf("from %s to %s", from, to)
	}
	if d := diary(visits, from, to, 60, nil); len(d.Months) != 13 || d.WorkingDays != 366 || d.VisitedDays != 1 || d.LongestGap.Days != 365 {
		t.Errorf("%d months, %d days, %d visited, gap %+v", len(d.Months), d.WorkingDays, d.VisitedDays, d.LongestGap)
	}
	if from, _ = diarySpan(visits, day(t, "2013-06-15")); from.Known() {
		t.Errorf("before the first visit the diary begins %s", from)
	}
	if d := diary(nil, Date{}, Date{}, 60, nil); d.WorkingDays != 0 || d.Days == nil {
		t.Errorf("an empty diary: %+v", d)
	}
}

func TestLeadersHaveDiaries(t *testing.T) {
	a := projectRecord(t, smallOffice())
	q := on(t, a, "2016-06-24")
	l, err := a.Leader(context.Background(), q, "张主任")
	if err != nil {
		t.Fatal(err)
	}
	// From Monday the 20th to Friday the 24th: an hour on the first day, four days missed, both projects visited.
	if d := l.Diary; d.WorkingDays != 5 || d.HourDays != 1 || d.MissedDays != 4 || d.LongestGap.Days != 4 || len(d.Days) != 5 || len(d.Weeks) != 1 ||
		!slices.Equal(d.Own.Visited, []string{"甲村改造", "乙大厦"}) || len(d.Own.Never) != 0 {
		t.Errorf("%+v", l.Diary)
	}
	all, err := a.Leaders(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	other := all.Leaders[1]
	if other.Name != "李书记" || other.Diary.MissedDays != 5 || !slices.Equal(other.Diary.Own.Never, []string{"甲村改造"}) || len(other.Diary.Days) != 0 {
		t.Errorf("%+v", other)
	}
}
