package analytics_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"taizhang/analytics"
	"taizhang/internal/testkit"
	"taizhang/internal/text"
	"taizhang/ledger"
)

func TestBriefingAgreesWithItsPages(t *testing.T) {
	testkit.Unraced(t)
	files := append(projectFiles(), "经济指标.xlsx", "招商项目.csv", "楼宇与入驻企业.xlsx", "安置房交付.xlsx", "税收2015.xlsx", "税收2016年1-5月.xlsx")
	l, a := office(t, files...)
	ctx, q := context.Background(), asof(t, l, "2016-06-30")
	b, err := a.Briefing(ctx, analytics.MeetingQuestion{Question: q})
	if err != nil {
		t.Fatal(err)
	}
	cockpit, err := a.Cockpit(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	meeting, err := a.MeetingNow(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	leaders, err := a.Leaders(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	for name, pair := range map[string][2]any{"lights": {b.Lights, meeting.Lights}, "requests": {b.Requests, meeting.Requests}, "silent": {b.Silent, meeting.Stale},
		"closed": {b.Closed, meeting.Actions.Closed}, "leaders": {b.Leaders, leaders.Leaders}, "stamp": {b.Stamp, cockpit.Stamp}, "meeting": {b.Meeting, meeting.Meeting}} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Errorf("%s differ from those of the page", name)
		}
	}
	figures := figuresOf(b)
	kpi := map[string]analytics.KPI{}
	for _, k := range cockpit.KPIs {
		kpi[k.ID] = k
	}
	for id, want := range map[string]ledger.Decimal{"tax_year_to_date": kpi["tax"].Value, "tax_completion": kpi["tax"].BarPercent, "paid_in_year": kpi["paid_in"].Value,
		"under_way": kpi["projects"].Value, "owed_units": kpi["resettlement"].Value, "occupancy": kpi["occupancy"].Value, "on_time": kpi["actions"].Value,
		"new_red": ledger.Int(int64(meeting.Counts.NewRed)), "closed": ledger.Int(int64(len(meeting.Actions.Closed))), "silent": ledger.Int(int64(len(meeting.Stale)))} {
		f, said := figures[id]
		if !said || !want.Valid() || f.Value.Cmp(want) != 0 || f.Period == "" {
			t.Errorf("%s is %+v, the page says %s", id, f, want)
		}
	}
	// 1.57 亿元 of January to May, as the town hall published it.
	equal(t, "tax", figures["tax_year_to_date"].Value, exact("157000000"))
	if f := figures["tax_year_to_date"]; f.Unit != "元" || f.Period != "2016-05" || f.Basis == "" {
		t.Errorf("tax is %+v", f)
	}
	overdue := 0
	for _, l := range b.Overdue {
		if l.Closed || l.DaysOverdue <= 0 {
			t.Errorf("%s is not overdue", l.Number)
		}
		overdue++
	}
	if int64(overdue) != cockpit.Actions.Overdue || len(b.Work) == 0 || len(b.Rows) < 5 {
		t.Errorf("%d overdue of %d, %d at work, %d rows", overdue, cockpit.Actions.Overdue, len(b.Work), len(b.Rows))
	}
	for _, w := range b.Work {
		if !w.ReportDate.After(b.Before.Asof) {
			t.Errorf("%s reported on %s, before the last meeting", w.Project, w.ReportDate)
		}
	}
}

func figuresOf(b *analytics.Briefing) map[string]analytics.BriefingFigure {
	all := map[string]analytics.BriefingFigure{}
	for _, s := range b.Sentences() {
		for _, c := range s.Clauses {
			for _, f := range c.Figures {
				all[f.ID] = f
			}
		}
	}
	return all
}

func TestBriefingOfAnEmptyRecordSaysThatThereIsNothing(t *testing.T) {
	l, a := office(t)
	b, err := a.Briefing(context.Background(), analytics.MeetingQuestion{Question: asof(t, l, "2016-06-30")})
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for _, s := range b.Sentences() {
		for _, c := range s.Clauses {
			key := c.Phrase()
			if !text.Known(key) {
				t.Errorf("%s has no phrase %s", s.ID, key)
			}
			if first := c.Figures[0].Value; !first.Valid() && !strings.HasSuffix(key, ".none") {
				t.Errorf("%s: an undefined figure is said by %s", c.ID, key)
			}
			said[key] = true
		}
	}
	for _, want := range []string{"briefing.say.tax_sum.none", "briefing.say.growth.none", "briefing.say.of_target.none", "briefing.say.ahead.none", "briefing.say.rank.none",
		"briefing.say.paid_in.none", "briefing.say.owed.none", "briefing.say.occupancy.none", "briefing.say.on_time.none", "briefing.say.ppc.none"} {
		if !said[want] {
			t.Errorf("%s is not said", want)
		}
	}
	for _, r := range b.Rows {
		if r.Value.Valid() {
			t.Errorf("%s is %s of nothing", r.Name.Zh, r.Value)
		}
	}
}

func TestClausesAreSaidByTheSignOfTheirFirstFigure(t *testing.T) {
	for value, want := range map[string]string{"1.5": "briefing.say.growth", "-1.5": "briefing.say.growth.down", "0": "briefing.say.growth.even", "": "briefing.say.growth.none"} {
		f := analytics.BriefingFigure{Value: ledger.Null}
		if value != "" {
			f.Value = exact(value)
		}
		if got := (analytics.Clause{ID: "growth", Figures: []analytics.BriefingFigure{f}}).Phrase(); got != want {
			t.Errorf("%q is said by %s", value, got)
		}
	}
}
