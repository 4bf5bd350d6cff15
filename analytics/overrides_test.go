package analytics

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

func overridden(rows ...values) []batchOf {
	list := smallOffice()
	for _, r := range rows {
		list = append(list, batchOf{ledger.Overrides, r["from"].(string), []values{r}})
	}
	return list
}

func TestALightSetByHandEndsByItself(t *testing.T) {
	a := projectRecord(t, overridden(values{"project": "甲村改造", "light": "黄灯", "reason": "电力迁改已批复", "person": "张主任", "from": "2016-06-20", "until": "2016-06-25"}))
	for asof, want := range map[string]struct {
		color Color
		why   string
		count int
	}{
		"2016-06-19": {Red, "“封顶”最晚 07-14，预计 07-20，总时差 -6 天", 0},
		"2016-06-20": {Yellow, "人工调整：电力迁改已批复（张主任，至 2016-06-25；按规则为红）", 1},
		"2016-06-25": {Yellow, "人工调整：电力迁改已批复（张主任，至 2016-06-25；按规则为红）", 1},
		"2016-06-26": {Red, "“封顶”最晚 07-14，预计 07-20，总时差 -6 天", 0},
	} {
		p, err := a.Projects(context.Background(), on(t, a, asof))
		if err != nil {
			t.Fatal(err)
		}
		wantFired(t, p.Items[0], want.color, want.why)
		light := p.Items[0].Light
		if light.Computed != Red || p.Totals.Overridden != want.count || (light.Override != nil) != (want.count == 1) {
			t.Errorf("%s: computed %s, %d set by hand, override %+v", asof, light.Computed, p.Totals.Overridden, light.Override)
		}
		written, err := json.Marshal(light)
		if err != nil || strings.Contains(string(written), `"override"`) != (want.count == 1) || !strings.Contains(string(written), `"computed_color":"red"`) {
			t.Errorf("%s: %s, %v", asof, written, err)
		}
	}
}

func TestWhichDecisionHolds(t *testing.T) {
	row := func(changes values) values {
		r := values{"project": "甲村改造", "light": "绿灯", "reason": "理由", "person": "张主任", "from": "2016-06-20", "until": "2016-06-30"}
		for k, v := range changes {
			r[k] = v
		}
		return r
	}
	l := testkit.Ledger(t)
	for _, b := range smallOffice() {
		load(t, l, b)
	}
	a := New(l)
	for name, c := range map[string]struct {
		rows []values
		want Color
	}{
		"complete":                    {[]values{row(nil)}, Green},
		"without a reason":            {[]values{row(values{"reason": ""})}, Red},
		"without a person":            {[]values{row(values{"person": ""})}, Red},
		"without an end":              {[]values{row(values{"until": nil})}, Red},
		"an unknown colour":           {[]values{row(values{"light": "蓝灯"})}, Red},
		"the newer of two":            {[]values{row(nil), row(values{"from": "2016-06-22", "light": "灰灯"})}, Grey},
		"a newer one that is over":    {[]values{row(nil), row(values{"from": "2016-06-21", "until": "2016-06-23", "light": "灰灯"})}, Red},
		"longer than the limit":       {[]values{row(values{"from": "2016-03-01", "until": "2016-12-31"})}, Red},
		"the last day of the limit":   {[]values{row(values{"from": "2016-03-26", "until": "2016-12-31"})}, Green},
		"the day before the decision": {[]values{row(values{"from": "2016-06-25"})}, Red},
	} {
		var taken []uint64
		for _, r := range c.rows {
			if r["until"] == nil {
				delete(r, "until")
			}
			taken = append(taken, load(t, l, batchOf{ledger.Overrides, r["from"].(string), []values{r}}).ID)
		}
		p, err := a.Project(context.Background(), on(t, a, "2016-06-24"), "甲村改造")
		if err != nil {
			t.Fatal(err)
		}
		if p.Light.Color != c.want {
			t.Errorf("%s: %s, want %s", name, p.Light.Color, c.want)
		}
		// The decisions are taken back for the next case.
		for _, id := range taken {
			if err := l.Undo(t.Context(), id, "test", "the next case"); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestThresholdsAreRead(t *testing.T) {
	got, err := ReadThresholds([]byte(`{"late_red_days": 10, "gap_yellow_points": "12.5"}`))
	if err != nil || got.LateRed != 10 || got.LateYellow != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	is(t, "gap", got.GapYellow, "12.5")
	for content, says := range map[string]string{
		`{"late_yellow_days": 20}`:  "规则阈值前后矛盾：late_yellow_days 为 20，不能大于 late_red_days 的 15",
		`{"override_days": 0}`:      "规则阈值 override_days 为 0，至少应为 1",
		`{"gap_red_points": null}`:  "规则阈值前后矛盾：gap_yellow_points 为 10，不能大于 gap_red_points 的 ",
		`{"late_days": 3}`:          "规则阈值文件读不懂：json: unknown field \"late_days\"",
		`{"late_red_days": "many"}`: "规则阈值文件读不懂：json: cannot unmarshal string into Go struct field Thresholds.late_red_days of type int64",
	} {
		_, err := ReadThresholds([]byte(content))
		e, ok := err.(*ledger.Error)
		if !ok || e.Kind != ledger.Invalid || !strings.HasPrefix(e.Message.In("zh"), says) {
			t.Errorf("%s: %v", content, err)
		}
	}
	if _, err := ReadThresholds(nil); err == nil {
		t.Error("an empty file was read")
	}
}

func TestLightsFollowTheOfficesLimits(t *testing.T) {
	a := projectRecord(t, smallOffice())
	limits := DefaultThresholds()
	limits.FloatRed, limits.GapRed = -10, ledger.Int(40)
	p, err := a.With(limits).Projects(context.Background(), on(t, a, "2016-06-24"))
	if err != nil {
		t.Fatal(err)
	}
	wantFired(t, p.Items[0], Yellow, "“封顶”最晚 07-14，预计 07-20，总时差 -6 天")
}
