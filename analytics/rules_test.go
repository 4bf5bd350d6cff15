package analytics

import (
	"encoding/json"
	"testing"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// judged is what a rule is expected to say: no colour means that it has no data.
type judged struct {
	color Color
	limit string
	zh    string
}

func check(t *testing.T, name string, r Rule, ok bool, want judged) {
	t.Helper()
	if want.color == "" {
		if ok {
			t.Errorf("%s: %s, want no rule without data", name, r.Color)
		}
		return
	}
	if !ok || r.Color != want.color || want.limit != "" && r.Limit.String() != want.limit {
		t.Errorf("%s: ok %v, %s at limit %s, want %s at %s", name, ok, r.Color, r.Limit, want.color, want.limit)
	}
	if got := r.Message.In(text.Zh); want.zh != "" && got != want.zh {
		t.Errorf("%s says %q, want %q", name, got, want.zh)
	}
}

func TestRule1Gap(t *testing.T) {
	rules := DefaultThresholds()
	for completion, want := range map[string]judged{
		"40":         {Yellow, "10", "完成率低于序时 10.0 个百分点"},
		"40.0000001": {Green, "10", ""},
		"50":         {Green, "10", "完成率 50.0%，与序时持平"},
		"72.5":       {Green, "10", "完成率高于序时 22.5 个百分点"},
		"39.9999999": {Yellow, "10", ""},
		"20":         {Yellow, "10", "完成率低于序时 30.0 个百分点"},
		"19.9999999": {Red, "30", ""},
		"16":         {Red, "30", "完成率低于序时 34.0 个百分点"},
	} {
		r, ok := rules.gapRule(ledger.MustDecimal(completion), ledger.Int(50))
		check(t, completion, r, ok, want)
	}
	r, ok := rules.gapRule(ledger.Null, ledger.Int(50))
	check(t, "without completion", r, ok, judged{})
}

func TestRule2Start(t *testing.T) {
	rules := DefaultThresholds()
	for name, c := range map[string]struct {
		plan, actual, asof string
		want               judged
	}{
		"the planned month":   {"2016-05-01", "", "2016-05-30", judged{Green, "1", "计划 2016-05 开工，未到期"}},
		"its last evening":    {"2016-05-01", "", "2016-05-31", judged{Yellow, "1", "计划 2016-05 开工，已过 1 个月未开工"}},
		"two months":          {"2016-05-20", "", "2016-07-30", judged{Yellow, "1", ""}},
		"three months":        {"2016-05-20", "", "2016-07-31", judged{Red, "3", "计划 2016-05 开工，已过 3 个月未开工"}},
		"over the year":       {"2015-11-01", "", "2016-01-31", judged{Red, "3", ""}},
		"started":             {"2016-01-01", "2016-05-31", "2016-05-31", judged{Green, "1", "已于 2016-05-31 开工"}},
		"started in a future": {"2016-01-01", "2016-06-01", "2016-05-31", judged{Red, "3", ""}},
		"no plan":             {"", "2016-06-01", "2016-06-30", judged{}},
	} {
		r, ok := rules.startRule(dayOrNone(t, c.plan), dayOrNone(t, c.actual), day(t, c.asof))
		check(t, name, r, ok, c.want)
	}
}

func dayOrNone(t *testing.T, s string) Date {
	if s == "" {
		return Date{}
	}
	return day(t, s)
}

func TestRule3Late(t *testing.T) {
	rules := DefaultThresholds()
	for name, c := range map[string]struct {
		actual, forecast, asof string
		want                   judged
	}{
		"before the day":        {"", "", "2016-06-07", judged{Green, "1", "节点均未拖期"}},
		"on the day":            {"", "", "2016-06-08", judged{Green, "1", ""}},
		"a day after":           {"", "", "2016-06-09", judged{Yellow, "1", "“地下室”计划 06-08 完成，已逾期 1 天"}},
		"14 days after":         {"", "", "2016-06-22", judged{Yellow, "1", ""}},
		"15 days after":         {"", "", "2016-06-23", judged{Red, "15", "“地下室”计划 06-08 完成，已逾期 15 天"}},
		"done early":            {"2016-06-01", "", "2016-06-30", judged{Green, "1", ""}},
		"done late":             {"2016-06-22", "", "2016-08-30", judged{Yellow, "1", "“地下室”计划 06-08，实际 06-22，晚 14 天"}},
		"forecast late":         {"", "2016-07-01", "2016-06-01", judged{Red, "15", "“地下室”计划 06-08，预计 07-01，晚 23 天"}},
		"forecast gone by":      {"", "2016-06-10", "2016-06-12", judged{Yellow, "1", "“地下室”计划 06-08 完成，已逾期 4 天"}},
		"done on a day to come": {"2016-07-01", "", "2016-06-12", judged{Red, "15", ""}},
	} {
		plan := Plan{Nodes: []PlanNode{
			{Node: "前期", PlanFinish: day(t, "2016-01-10"), ActualFinish: day(t, "2016-01-02")},
			{Node: "地下室", PlanFinish: day(t, "2016-06-08"), ActualFinish: dayOrNone(t, c.actual), Forecast: dayOrNone(t, c.forecast)},
			{Node: "封顶"},
		}}
		rules.compute(&plan, day(t, c.asof), nil)
		r, ok := plan.Light.Rule("rule3")
		check(t, name, r, ok, c.want)
	}
	r, ok := rules.lateRule([]PlanNode{{Node: "封顶", Open: true}}, day(t, "2016-06-01"))
	check(t, "no planned date", r, ok, judged{})
}

func TestRule4Float(t *testing.T) {
	rules := DefaultThresholds()
	for deadline, want := range map[string]judged{
		"2016-07-19": {Red, "0", "“封顶”最晚 07-19，预计 07-20，总时差 -1 天"},
		"2016-07-20": {Yellow, "7", "“封顶”最晚 07-20，预计 07-20，总时差 0 天"},
		"2016-07-27": {Yellow, "7", ""},
		"2016-07-28": {Green, "7", ""},
		"2017-07-20": {Green, "7", "“封顶”最晚 2017-07-20，预计 07-20，总时差 365 天"},
		"":           {},
	} {
		ten, long := int64(10), int64(200)
		plan := Plan{Deadline: dayOrNone(t, deadline), Nodes: []PlanNode{
			// A finished node counts for nothing in rule 4, however little float it had.
			{No: "1", Node: "前期", Duration: &ten, PlanFinish: day(t, "2016-01-10"), ActualFinish: day(t, "2016-06-01")},
			{No: "2", Node: "封顶", Duration: &long, after: "1", PlanStart: day(t, "2016-07-01"), PlanFinish: day(t, "2016-07-18"), Forecast: day(t, "2016-07-20")},
		}}
		rules.compute(&plan, day(t, "2016-06-20"), nil)
		r, ok := plan.Light.Rule("rule4")
		check(t, "deadline "+deadline, r, ok, want)
	}
}

func TestRule5MoneyIsAFlag(t *testing.T) {
	rules := DefaultThresholds()
	for spent, want := range map[string]judged{
		"450":   {Green, "15", "资金进度 45.0%，形象进度 30.0%"},
		"450.1": {Yellow, "15", "资金进度 45.0%，形象进度 30.0%，实施滞后 15.0 个百分点"},
	} {
		r, ok := rules.moneyRule(ledger.MustDecimal(spent), ledger.Int(1000), ledger.Int(30))
		check(t, spent, r, ok, want)
		light := lightOf([]Rule{r, {ID: "rule2", Color: Green}})
		if light.Color != Green || light.Behind != (spent == "450.1") || len(light.Fired) != 0 {
			t.Errorf("%s: light %s, behind %v, fired %v", spent, light.Color, light.Behind, light.Fired)
		}
	}
	r, ok := rules.moneyRule(ledger.Int(1), ledger.Int(0), ledger.Int(30))
	check(t, "no investment", r, ok, judged{})
}

func TestRule6Stale(t *testing.T) {
	rules := DefaultThresholds()
	for asof, want := range map[string]judged{
		"2016-06-17": {Green, "7", "最近填报 2016-06-17"},
		"2016-06-23": {Green, "7", ""},
		"2016-06-24": {Yellow, "7", "最近填报 2016-06-17，已 7 天未更新"},
		"2016-06-30": {Yellow, "7", ""},
		"2016-07-01": {Grey, "14", "失联：最近填报 2016-06-17，已 14 天未更新"},
	} {
		r, ok := rules.staleRule(day(t, "2016-06-17"), day(t, asof))
		check(t, asof, r, ok, want)
	}
	r, ok := rules.staleRule(Date{}, day(t, "2016-07-01"))
	check(t, "no entry", r, ok, judged{})
}

func TestLightIsTheWorstRule(t *testing.T) {
	for name, c := range map[string]struct {
		colors []Color
		want   Color
		fired  int
	}{
		"nothing known":         {nil, Grey, 0},
		"all well":              {[]Color{Green, Green}, Green, 0},
		"yellow":                {[]Color{Green, Yellow, Yellow}, Yellow, 2},
		"grey over yellow":      {[]Color{Yellow, Grey, Green}, Grey, 1},
		"red over all the rest": {[]Color{Yellow, Grey, Red, Green}, Red, 1},
	} {
		var rules []Rule
		for _, color := range c.colors {
			rules = append(rules, Rule{Color: color})
		}
		light := lightOf(rules)
		if light.Color != c.want || len(light.Fired) != c.fired || len(light.Rules) != len(c.colors) {
			t.Errorf("%s: %s, %d fired, want %s, %d", name, light.Color, len(light.Fired), c.want, c.fired)
		}
	}
}

func TestRuleIsWrittenInBothLanguages(t *testing.T) {
	r, _ := DefaultThresholds().gapRule(ledger.Int(16), ledger.Int(50))
	got, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"rule1","color":"red","value":34,"limit":30,"unit":"points","message":"完成率低于序时 34.0 个百分点",` +
		`"message_en":"Completion is 34.0 points behind time progress"}`
	if string(got) != want {
		t.Errorf("rule is written as\n%s, want\n%s", got, want)
	}
}

func TestYearPassedCountsCompleteMonths(t *testing.T) {
	for d, want := range map[string]string{"2016-05-31": "41.67", "2016-06-01": "41.67", "2016-06-29": "41.67", "2016-06-30": "50.00",
		"2016-01-30": "0.00", "2016-12-31": "100.00", "2016-02-28": "8.33", "2015-02-28": "16.67"} {
		rounded(t, d, yearPassed(day(t, d)), 2, want)
	}
	is(t, "no day", yearPassed(Date{}), "—")
}
