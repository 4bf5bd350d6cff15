package server

import (
	"net/http"
	"strings"
	"testing"

	"taizhang/analytics"
	"taizhang/internal/testkit"
)

// TestTheStreetStandsOnCockpitWallAndAgenda holds the strip of the cockpit and the meeting's section against the pages they lead to.
func TestTheStreetStandsOnCockpitWallAndAgenda(t *testing.T) {
	testkit.Unraced(t)
	a := samplesApp(t)
	const at = "?asof=2016-06-27"
	var cockpit struct{ Street *analytics.Street }
	decode(t, call(t, a, http.MethodGet, "/index.json"+at, nil).Text, &cockpit)
	var grids struct{ Week struct{ Duty analytics.Rate } }
	decode(t, call(t, a, http.MethodGet, "/grid.json"+at, nil).Text, &grids)
	var patrols struct{ Totals analytics.PatrolTotals }
	decode(t, call(t, a, http.MethodGet, "/patrols.json"+at, nil).Text, &patrols)
	var cases struct{ Totals analytics.CaseTally }
	decode(t, call(t, a, http.MethodGet, "/cases.json"+at, nil).Text, &cases)
	s := cockpit.Street
	if s == nil || s.Grid == nil || s.Patrols == nil || s.Cases == nil || s.Scores == nil || s.Enforcement == nil {
		t.Fatalf("the cockpit says nothing of the street: %+v", s)
	}
	for _, c := range []struct {
		what      string
		got, want analytics.Rate
	}{{"coverage", s.Grid.Week, grids.Week.Duty}, {"findings mended", s.Patrols.OnTime, patrols.Totals.OnTime}, {"complaints closed", s.Cases.OnTime, cases.Totals.OnTime}} {
		if c.got.Percent.String() != c.want.Percent.String() || c.got.Denominator.String() != c.want.Denominator.String() || !c.got.Percent.Valid() {
			t.Errorf("%s: the strip says %+v, the page %+v", c.what, c.got, c.want)
		}
	}
	for _, path := range []string{"/", "/screen"} {
		page := call(t, a, http.MethodGet, path+at, nil).Text
		for _, want := range []string{"巡查按期整改率", "380 / 391", "72 / 96", "31 / 83", "13 / 14"} {
			if !strings.Contains(page, want) {
				t.Errorf("%s does not show %s", path, want)
			}
		}
	}
	var meeting struct {
		Street []struct {
			ID       string
			Kind     analytics.AlertKind
			Severity analytics.Color
		}
	}
	decode(t, call(t, a, http.MethodGet, "/meeting.json?date=2016-06-27", nil).Text, &meeting)
	found := map[analytics.AlertKind]int{}
	for i, al := range meeting.Street {
		found[al.Kind]++
		if i > 0 && al.Severity == analytics.Red && meeting.Street[i-1].Severity != analytics.Red {
			t.Errorf("%s is red and stands behind a yellow one", al.ID)
		}
	}
	if int64(found[analytics.PatrolOverdue]) != patrols.Totals.Overdue || int64(found[analytics.CaseIsOverdue]) != cases.Totals.Overdue || found[analytics.SumBroken] != 1 {
		t.Errorf("the agenda takes up %v, %d findings and %d cases are overdue", found, patrols.Totals.Overdue, cases.Totals.Overdue)
	}
	if page := call(t, a, http.MethodGet, "/meeting?date=2016-06-27", nil).Text; !strings.Contains(page, "三、城市管理") || !strings.Contains(page, "投诉〔2016〕357号") {
		t.Error("the meeting's page does not take up the overdue case")
	}
	if csv := call(t, a, http.MethodGet, "/meeting.csv?date=2016-06-27", nil).Text; strings.Count(csv, "城市管理,") < len(meeting.Street) {
		t.Errorf("the agenda's CSV has %d lines of the street, want %d", strings.Count(csv, "城市管理,"), len(meeting.Street))
	}
}

// TestARecordWithoutTheStreetSaysSo asks the same of a record that holds nothing of it.
func TestARecordWithoutTheStreetSaysSo(t *testing.T) {
	testkit.Unraced(t)
	a := testApp(t)
	importRows(t, a, tenantsBefore)
	var cockpit struct{ Street *analytics.Street }
	decode(t, call(t, a, http.MethodGet, "/index.json", nil).Text, &cockpit)
	if cockpit.Street != nil || strings.Contains(call(t, a, http.MethodGet, "/", nil).Text, `id="street"`) {
		t.Errorf("a strip of nothing: %+v", cockpit.Street)
	}
	if page := call(t, a, http.MethodGet, "/meeting", nil).Text; !strings.Contains(page, "还没有网格、巡查、投诉或执法统计的数据") {
		t.Error("the meeting does not say that there are no data of the street")
	}
}
