package analytics

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// smallStreet is one row of each thing the statements of grids and counters treat apart.
func smallStreet() map[*ledger.Dataset][]values {
	return map[*ledger.Dataset][]values{
		ledger.Grids: {
			{"grid": "甲01", "code": "01-01", "kind": "责任网格", "community": "甲社区", "area_m2": "50000", "households": 300, "residents": 900, "floating": 100},
			{"grid": "甲02", "code": "01-02", "kind": "责任网格", "community": "甲社区", "area_m2": "30000", "residents": 500},
			{"grid": "乙01", "code": "02-01", "kind": "责任网格", "community": "乙社区"},
			{"grid": "夜市", "kind": "重点监管区域", "community": "甲社区", "area_m2": "1000", "residents": 7},
			{"grid": "东门", "kind": "重点监管区域", "community": "丙社区"},
		},
		ledger.GridOwners: {
			{"level": "党政正职", "owner": "张主任", "from": "2014-03-01"},
			{"level": "一级网格长", "owner": "周副主任", "community": "甲社区", "from": "2014-03-01", "to": "2016-03-31"},
			{"level": "一级网格长", "owner": "赵副主任", "community": "甲社区", "from": "2016-04-01"},
			{"level": "二级网格长", "owner": "马书记", "community": "甲社区", "from": "2014-03-01"},
			{"level": "三级网格长", "owner": "冯专干", "community": "甲社区", "from": "2014-03-01"},
			{"level": "三级网格长", "owner": "陈专干", "grid": "甲02", "from": "2015-01-01"},
			{"level": "三级网格长", "owner": "楚专干", "grid": "无此网格", "community": "丁社区", "from": "2015-01-01"},
			{"level": "三级网格长", "owner": "卫专干", "grid": "乙01", "from": "2016-07-01"},
		},
		ledger.GridForces: {
			{"force": "巡防队员", "heads": 75}, {"force": "志愿者", "heads": 80}, {"force": "协管员", "community": "乙社区"},
		},
		ledger.Patrols: {
			{"day": "2016-06-20", "grid": "甲01", "found_by": "冯专干", "status": "无问题"},
			{"day": "2016-06-20", "grid": "甲01", "time": "15:00", "issue": "占道", "status": "待交办"},
			{"day": "2016-06-13", "grid": "甲02", "found_by": "陈专干", "status": "无问题"},
			{"day": "2016-06-01", "grid": "乙01", "found_by": "卫专干", "status": "无问题"},
			{"day": "2016-06-21", "grid": "乙01", "found_by": "卫专干", "status": "无问题"},
		},
		ledger.Enforcement: {
			{"group": "违建", "counter": "拆除", "counted": "累计", "as_of": "2016-06-20", "value": "476", "unit": "处"},
			{"counter": "存量", "counted": "累计", "as_of": "2016-06-20", "value": "277", "unit": "处"},
			{"counter": "新增", "counted": "累计", "as_of": "2016-06-20", "value": "199", "unit": "处"},
			{"counter": "拆除", "counted": "本年累计", "as_of": "2016-01-31", "value": "10", "unit": "处"},
			{"counter": "拆除", "counted": "本年累计", "as_of": "2016-02-29", "value": "25", "unit": "处"},
			{"counter": "拆除", "counted": "本年累计", "as_of": "2016-04-30", "value": "40", "unit": "处"},
			{"counter": "拆除", "counted": "本年累计", "as_of": "2016-05-31", "value": "70", "unit": "处"},
			{"counter": "存量", "counted": "本年累计", "as_of": "2016-05-31", "value": "40", "unit": "处"},
			{"counter": "新增", "counted": "本年累计", "as_of": "2016-05-31", "value": "28", "unit": "处"},
			{"counter": "炉具", "counted": "当月", "as_of": "2016-05-31", "value": "376", "unit": "个"},
			{"counter": "炉具", "counted": "当月", "as_of": "2016-07-31", "value": "9", "unit": "个"},
		},
		ledger.EnforcementRules: {
			{"total": "拆除", "part": "存量"}, {"total": "拆除", "part": "新增", "tolerance": "1"},
		},
		ledger.EnforcementLines: {
			{"lines_counter": "路段", "quantity_counter": "炉具", "name": "长江路", "community": "甲社区", "quantity": 370},
			{"lines_counter": "路段", "quantity_counter": "炉具", "name": "淮河路", "grid": "甲01"},
		},
	}
}

func TestStatementsOfTheStreet(t *testing.T) {
	a := record(t, smallStreet())
	q := on(t, a, "2016-06-20")
	for _, name := range []string{"Grids.Rows", "Grids.Owners", "Grids.Forces", "Grids.Patrols", "Grids.LastPatrols", "Enforcement.Rows", "Enforcement.Rules", "Enforcement.Lines"} {
		t.Run(name, func(t *testing.T) {
			rows, err := a.query(context.Background(), name, q, maps.Clone(ledger.Params{"since": "2016-06-10"}))
			if err != nil {
				t.Fatal(err)
			}
			testkit.Golden(t, name+".txt", lines(t, rows))
		})
	}
}

func gridsOn(t *testing.T, a *Analytics, day, community string) *GridsAnswer {
	t.Helper()
	ans, err := a.Grids(context.Background(), GridsQuestion{Question: on(t, a, day), Community: community})
	if err != nil {
		t.Fatal(err)
	}
	return ans
}

// TestGridsByHand works every figure of the small street out by hand.
func TestGridsByHand(t *testing.T) {
	ans := gridsOn(t, record(t, smallStreet()), "2016-06-20", "")
	tot := ans.Totals
	// The key areas lie within the grids of duty: their 1000 m² and 7 people are in no sum.
	if got := fmt.Sprint(tot.Grids, tot.KeyAreas, tot.Communities, tot.AreaM2, tot.Residents, tot.People, tot.PeoplePerGrid.Round(1), tot.Heads, tot.Forces); got != "3 2 2 80000 1400 1500 500 155 3" {
		t.Error(got)
	}
	var rates []string
	for _, c := range []GridCoverage{ans.Today, ans.Week, ans.Weeks[6], ans.Weeks[0], ans.Days[0]} {
		rates = append(rates, fmt.Sprintf("%s %s/%s %s", c.To, c.Duty.Numerator, c.Duty.Denominator, c.Duty.Percent.Round(2)))
	}
	// On the 13th one grid was patrolled, in the seven days to it too; before June nobody recorded any.
	if got := strings.Join(rates, "; "); got != "2016-06-20 1/3 33.33; 2016-06-20 1/3 33.33; 2016-06-13 1/3 33.33; 2016-05-02 —/— —; 2016-05-24 —/— —" {
		t.Error(got)
	}
	var gaps []string
	for _, g := range ans.Gaps {
		gaps = append(gaps, strings.Join(strings.Fields(fmt.Sprint(g.Kind, " ", g.Grid, " ", g.Community, " ", g.Level, " ", g.Owner, " ", g.Force)), " "))
	}
	if got := strings.Join(gaps, "; "); got != "no_owner 乙01 乙社区 一级网格长; no_owner 乙01 乙社区 二级网格长; no_owner 乙01 乙社区 三级网格长; "+
		"no_owner 东门 丙社区 一级网格长; no_owner 东门 丙社区 二级网格长; no_owner 东门 丙社区 三级网格长; force_empty 乙社区 协管员; no_grid 丙社区; no_grid 丁社区; unknown_grid 无此网格 丁社区 三级网格长 楚专干" {
		t.Error(got)
	}
	var idle []string
	for _, g := range ans.Unpatrolled() {
		idle = append(idle, g.Grid+" "+g.DaysSince.String())
	}
	if got := strings.Join(idle, "; "); got != "东门 —; 夜市 —; 乙01 19; 甲02 7" {
		t.Error(got)
	}
}

// TestOwnersOfThen: the nearest row of the day counts, the owners of an earlier day come back with it.
func TestOwnersOfThen(t *testing.T) {
	a := record(t, smallStreet())
	for day, want := range map[string]string{
		"2016-06-20": "甲01 张主任 赵副主任 马书记 冯专干; 甲02 张主任 赵副主任 马书记 陈专干; 乙01 张主任   ",
		"2016-03-31": "甲01 张主任 周副主任 马书记 冯专干; 甲02 张主任 周副主任 马书记 陈专干; 乙01 张主任   ",
		"2016-07-01": "甲01 张主任 赵副主任 马书记 冯专干; 甲02 张主任 赵副主任 马书记 陈专干; 乙01 张主任   卫专干",
	} {
		var got []string
		for _, g := range gridsOn(t, a, day, "").Grids[:3] {
			line := g.Grid
			for _, level := range ledger.GridLevels {
				line += " " + g.At(level)
			}
			got = append(got, line)
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %q", day, strings.Join(got, "; "))
		}
	}
}

func TestGridsOfOneCommunity(t *testing.T) {
	a := record(t, smallStreet())
	ans := gridsOn(t, a, "2016-06-20", "甲 社区")
	if ans.Totals.Grids != 2 || ans.Totals.KeyAreas != 1 || ans.Week.Duty.Denominator.String() != "2" || len(ans.Communities) != 3 || ans.Totals.Forces != 2 {
		t.Errorf("%+v", ans.Totals)
	}
	if _, err := a.Grids(context.Background(), GridsQuestion{Question: on(t, a, "2016-06-20"), Community: "无此社区"}); err == nil {
		t.Error("a community that is not there passed")
	}
}

// TestNoPatrolsIsNoCoverage: without a record of patrols nothing is 0 and nobody is idle.
func TestNoPatrolsIsNoCoverage(t *testing.T) {
	rows := smallStreet()
	delete(rows, ledger.Patrols)
	a := record(t, rows)
	ans := gridsOn(t, a, "2016-06-20", "")
	if ans.Week.Duty.Percent.Valid() || ans.Week.Duty.Numerator.Valid() || len(ans.Unpatrolled()) > 0 || ans.PatrolledSince.Known() || ans.Grids[0].WeekPatrols.Valid() {
		t.Errorf("%+v", ans.Week)
	}
	alerts, err := a.Alerts(context.Background(), on(t, a, "2016-06-20"))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range alerts.Open {
		if x.Kind == GridUnpatrolled {
			t.Error(x.What)
		}
	}
}

func TestAnOwnerOfTooManyGrids(t *testing.T) {
	a := record(t, smallStreet())
	rules := DefaultThresholds()
	rules.GridsOfOwner = 1
	ans := gridsOn(t, a.With(rules), "2016-06-20", "")
	found := ""
	for _, g := range ans.Gaps {
		if g.Kind == GapTooMany {
			found += fmt.Sprint(g.Owner, g.Grids)
		}
	}
	if found != "冯专干2" {
		t.Error(found)
	}
}

// TestCountersByHand: sums, single periods and lines of the small street.
func TestCountersByHand(t *testing.T) {
	a := record(t, smallStreet())
	ans, err := a.Enforcement(context.Background(), EnforcementQuestion{Question: on(t, a, "2016-06-20")})
	if err != nil {
		t.Fatal(err)
	}
	var sums []string
	for _, s := range ans.Sums {
		sums = append(sums, fmt.Sprint(s.Counted, s.AsOf, " ", s.Figure.Value, " ", s.Sum, " ", s.Difference, " ", s.Holds))
	}
	// 70 is 2 more than 40 + 28, and 1 is allowed; the days without parts prove nothing.
	if got := strings.Join(sums, "; "); got != "本年累计2016-05-31 70 68 2 false; 累计2016-06-20 476 476 0 true" {
		t.Error(got)
	}
	c, _ := ans.Named("拆除")
	var single []string
	for _, f := range c.Shown().Figures {
		single = append(single, f.AsOf.String()+" "+f.Single.String())
	}
	// April follows February: what it adds is not told.
	if got := strings.Join(single, "; "); got != "2016-01-31 10; 2016-02-29 15; 2016-04-30 —; 2016-05-31 30" {
		t.Error(got)
	}
	l := ans.Ledgers[0]
	if got := fmt.Sprint(l.Lines.Counter, l.Lines.Found, l.Lines.Holds, l.Lines.Figure.Value.Valid(), l.Quantity.Found, l.Quantity.Holds, l.Quantity.Difference); got != "路段2 true false 370 false 6" {
		t.Error(got)
	}
	if ans.Counter != "拆除" || strings.Join(ans.Parts, "+") != "存量+新增" {
		t.Error(ans.Counter, ans.Parts)
	}
	if _, err := a.Enforcement(context.Background(), EnforcementQuestion{Question: on(t, a, "2016-06-20"), Counter: "无"}); err == nil {
		t.Error("a counter that is not there passed")
	}
}

func TestAlertsOfTheStreet(t *testing.T) {
	a := record(t, smallStreet())
	ans, err := a.Alerts(context.Background(), on(t, a, "2016-06-20"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range ans.Open {
		if x.Kind == GridUnpatrolled || x.Kind == SumBroken || x.Kind == GridUnowned && x.Severity == Red {
			got = append(got, fmt.Sprintf("%s %s %s %s/%s %s", x.Severity, x.Kind, x.What, x.Figure, x.Limit, x.Since))
		}
	}
	want := "red grid_unowned 乙01 3/0 ; red grid_unowned 东门 3/0 ; yellow sum_broken 拆除 2/1 2016-05-31; " +
		"yellow grid_unpatrolled 乙01 19/14 2016-06-15; yellow grid_unpatrolled 东门 19/14 2016-06-15; yellow grid_unpatrolled 夜市 19/14 2016-06-15"
	if strings.Join(got, "; ") != want {
		t.Error(strings.Join(got, "; "))
	}
	if strip, err := a.GridStrip(context.Background(), on(t, a, "2016-06-20")); err != nil || strip.NoOwner != 2 || strip.Grids != 3 {
		t.Error(strip, err)
	}
	if strip, err := a.EnforcementStrip(context.Background(), on(t, a, "2016-06-20")); err != nil || strip != (EnforcementStrip{Counters: 4, Sums: 2, SumsBroken: 1, ListsBroken: 1}) {
		t.Error(strip, err)
	}
}
