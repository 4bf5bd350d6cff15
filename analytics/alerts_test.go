package analytics

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// watched is a record in which every rule has something to say on 2016-06-20, and something to be silent about.
func watched() []batchOf {
	return []batchOf{
		{ledger.Tax, "2015-05-31", []values{
			{"company": "甲公司", "building": "东楼", "period": "2015-01", "tax_yuan": "1000000"}, {"company": "乙公司", "building": "西楼", "period": "2015-01", "tax_yuan": "500000"},
			{"company": "丙公司", "period": "2015-01", "tax_yuan": "90000"},
			{"company": "甲公司", "building": "东楼", "period": "2015-02", "tax_yuan": "1000000"}, {"company": "乙公司", "building": "西楼", "period": "2015-02", "tax_yuan": "500000"}}},
		// January 1,590,000 -> 1,400,000; February 1,500,000 -> 1,125,000: 25 % down; together 3,090,000 -> 2,525,000: 18.3 % down.
		{ledger.Tax, "2016-02-29", []values{
			{"company": "甲公司", "building": "东楼", "period": "2016-01", "tax_yuan": "900000"}, {"company": "乙公司", "building": "西楼", "period": "2016-01", "tax_yuan": "499999"},
			{"company": "丙公司", "period": "2016-01", "tax_yuan": "1"},
			{"company": "甲公司", "building": "东楼", "period": "2016-02", "tax_yuan": "625000"}, {"company": "乙公司", "building": "西楼", "period": "2016-02", "tax_yuan": "500000"}}},
		{ledger.Buildings, "2015-06-01", []values{{"building": "东楼", "lettable_area_m2": "1000", "let_area_m2": "900"}, {"building": "西楼", "lettable_area_m2": "1000", "let_area_m2": "500"}}},
		{ledger.Buildings, "2016-06-01", []values{{"building": "东楼", "lettable_area_m2": "1000", "let_area_m2": "830"}, {"building": "西楼", "lettable_area_m2": "1000", "let_area_m2": "451"}}},
		{ledger.Tenants, "2016-06-01", []values{
			{"building": "南楼", "room": "101", "tenant": "近期", "let_area_m2": "10", "lease_to": "2016-07-20"}, {"building": "南楼", "room": "102", "tenant": "稍远", "let_area_m2": "10", "lease_to": "2016-09-18"},
			{"building": "南楼", "room": "103", "tenant": "更远", "let_area_m2": "10", "lease_to": "2016-09-19"}, {"building": "南楼", "room": "104", "tenant": "到期", "let_area_m2": "10", "lease_to": "2016-06-19"},
			{"building": "南楼", "room": "105", "tenant": "已迁", "let_area_m2": "10", "lease_to": "2016-06-01", "moved_out": "2016-06-10"}, {"building": "南楼", "room": "106", "tenant": "无期", "let_area_m2": "10"}}},
		{ledger.Resettlement, "2016-06-01", []values{
			{"village": "甲村", "block": "A", "building": "1", "total_units": 100, "delivered_units": 60, "plan_delivery": "2016-03-31", "actual_delivery": "2016-04-20"},
			{"village": "甲村", "block": "A", "building": "2", "total_units": 50, "plan_delivery": "2016-12-31"},
			{"village": "甲村", "block": "B", "building": "1", "total_units": 20, "delivered_units": 5, "plan_delivery": "2016-12-31", "actual_delivery": "2015-12-23"},
			{"village": "甲村", "block": "C", "building": "1", "total_units": 20, "delivered_units": 5, "plan_delivery": "2016-12-31", "actual_delivery": "2015-12-24"},
			{"village": "甲村", "block": "D", "building": "1", "total_units": 5, "delivered_units": 5, "plan_delivery": "2015-01-31", "actual_delivery": "2015-01-20"}}},
		{ledger.Projects, "2016-05-31", []values{{"project": "甲村改造", "category": "城中村改造"}}},
		{ledger.Milestones, "2016-05-31", []values{
			{"project": "甲村改造", "node_no": "1", "node": "拆除", "plan_finish": "2016-06-05"}, {"project": "甲村改造", "node_no": "2", "node": "开工", "plan_finish": "2016-06-19"},
			{"project": "甲村改造", "node_no": "3", "node": "封顶", "plan_finish": "2016-06-20"}, {"project": "甲村改造", "node_no": "4", "node": "交付", "plan_finish": "2016-08-01", "forecast_finish": "2016-08-11"},
			{"project": "甲村改造", "node_no": "5", "node": "签约", "plan_finish": "2016-01-01", "actual_finish": "2016-03-01"}}},
		{ledger.Progress, "2016-06-06", []values{{"project": "甲村改造", "report_date": "2016-06-06", "percent": "20"}}},
		{ledger.Visits, "2016-06-07", []values{{"date": "2016-06-07", "leader": "张主任", "project": "甲村改造", "minutes": 40}}},
	}
}

func alertsOn(t *testing.T, a *Analytics, asof string) *AlertsAnswer {
	t.Helper()
	ans, err := a.Alerts(context.Background(), on(t, a, asof))
	if err != nil {
		t.Fatal(err)
	}
	return ans
}

func TestEveryAlertRule(t *testing.T) {
	a := projectRecord(t, watched())
	got := []string{}
	for _, al := range alertsOn(t, a, "2016-06-20").Open {
		got = append(got, strings.Join([]string{string(al.Severity), string(al.Kind), al.What, al.Figure.Round(2).String() + "/" + al.Limit.String() + " " + al.Unit, al.Since.String(), al.Dataset}, " | "))
	}
	// 丙公司 lost 89,999 yuan and 甲公司 23.75 %, less than a payer must lose; 西楼 lost 4.9 points; 更远 ends in 91 days; 封顶 is due today; visits are 13 days old.
	want := []string{
		"red | tax_month | 2016-02 | 25/20 percent | 2016-02-29 | tax",
		"red | delivery_overdue | 甲村 · A | 40/0 units | 2016-04-01 | resettlement",
		"red | milestone_late | 甲村改造 · 拆除 | 15/15 days | 2016-06-06 | milestones",
		"red | tax_building | 东楼 | 23.75/20 percent | 2016-02-29 | tax",
		"red | data_stale | 税收 | 112/90 days | 2016-04-14 | tax",
		"red | lease_expired | 到期 · 南楼 104 | 1/0 days | 2016-06-20 | tenants",
		"red | lease_ending | 近期 · 南楼 101 | 30/30 days | 2016-04-21 | tenants",
		"yellow | tax_year | 2016-02 | 18.28/10 percent | 2016-02-29 | tax",
		"yellow | delivery_idle | 甲村 · B | 180/180 days | 2016-06-20 | resettlement",
		"yellow | milestone_late | 甲村改造 · 交付 | 10/1 days |  | milestones",
		"yellow | milestone_late | 甲村改造 · 开工 | 1/1 days | 2016-06-20 | milestones",
		"yellow | occupancy_falls | 东楼 | 7/5 points | 2016-06-01 | tenants",
		"yellow | data_stale | 每周进度 | 14/14 days | 2016-06-20 | progress",
		"yellow | lease_ending | 稍远 · 南楼 102 | 90/90 days | 2016-06-20 | tenants",
	}
	for i, line := range want {
		if i >= len(got) || got[i] != line && !strings.Contains(line, "每周进度") {
			t.Errorf("line %d: want %q", i, line)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d alerts, want %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
	}
}

func TestAlertsSayFigureAndThreshold(t *testing.T) {
	a := projectRecord(t, watched())
	ans := alertsOn(t, a, "2016-06-20")
	for id, want := range map[string][2]string{
		"tax_month:2016-02":        {"当月税收比上年同月下降 25.0%（阈值 20%）", "Tax of the month is 25.0% below the same month of last year (threshold 20%)"},
		"delivery_overdue:甲村/a":    {"计划 2016-03-31 交付，仍欠 40 套（阈值 0 套），已过期 81 天", "Delivery was planned for 2016-03-31; units still owed: 40 (threshold 0), days past: 81"},
		"occupancy_falls:东楼":       {"入驻率由 90.0%（2015-06-21）降至 83.0%，下降 7.0 个百分点（阈值 5 个百分点）", "Occupancy fell from 90.0% (2015-06-21) to 83.0%, points lost: 7.0 (threshold 5)"},
		"lease_expired:南楼//104/到期": {"租期已于 2016-06-19 届满，过期 1 天，仍登记为在租", "The lease ended on 2016-06-19, days past: 1; the tenant is still on the list"},
		"data_stale:tax":           {"最新数据截至 2016-02-29，已 112 天没有新数据（阈值 90 天）", "The newest rows speak of 2016-02-29, days without new ones: 112 (threshold 90)"},
		"milestone_late:甲村改造/4/交付": {"计划 2016-08-01 完成，按预计将晚 10 天（阈值 1 天）", "Planned for 2016-08-01, by forecast days late: 10 (threshold 1)"},
		"delivery_idle:甲村/b":       {"最近一次交付在 2015-12-23，仍欠 15 套，已 180 天没有交付（阈值 180 天）", "The last delivery was on 2015-12-23, units still owed: 15, days without any: 180 (threshold 180)"},
	} {
		al, found := ans.Find(id)
		if !found || al.Message.In(text.Zh) != want[0] || al.MessageEn != want[1] {
			t.Errorf("%s: found %v\n%s\n%s", id, found, al.MessageZh, al.MessageEn)
		}
	}
}

func TestAlertLimitsAreTheOffices(t *testing.T) {
	rules, err := ReadThresholds([]byte(`{"tax_fall_yellow_percent": 30, "tax_fall_red_percent": 50, "payer_fall_red_percent": 60, "lease_yellow_days": 10, "lease_red_days": 5, "delivery_idle_days": 181, "weekly_stale_days": 15,
		"monthly_stale_days": 113, "occupancy_fall_yellow_points": 7.1, "late_yellow_days": 16, "late_red_days": 30}`))
	if err != nil {
		t.Fatal(err)
	}
	a := projectRecord(t, watched()).With(rules)
	kinds := []AlertKind{}
	for _, al := range alertsOn(t, a, "2016-06-20").Open {
		kinds = append(kinds, al.Kind)
	}
	if !slices.Equal(kinds, []AlertKind{DeliveryOverdue, LeaseExpired}) {
		t.Errorf("%v", kinds)
	}
	for _, bad := range []string{`{"lease_red_days": 100}`, `{"tax_fall_yellow_percent": 21}`, `{"acknowledge_days": 0}`, `{"occupancy_fall_red_points": 4}`, `{"tax_fall_yellow": 3}`} {
		if _, err := ReadThresholds([]byte(bad)); err == nil || ledger.AsError(err).Kind != ledger.Invalid {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// acknowledged is watched with alerts acknowledged on 2016-06-10.
func acknowledged(rows ...values) []batchOf {
	list := watched()
	for _, r := range rows {
		row := values{"reason": "已约谈", "person": "张主任", "from": "2016-06-10", "until": "2016-07-10", "severity": "红色"}
		for k, v := range r {
			row[k] = v
		}
		list = append(list, batchOf{ledger.Acknowledgements, row["from"].(string), []values{row}})
	}
	return list
}

func TestAnAcknowledgedAlertComesBack(t *testing.T) {
	a := ownProjectRecord(t, watched())
	asked := 0
	for name, c := range map[string]struct {
		row  values
		want string
	}{
		"holds":                       {values{"alert": "tax_month:2016-02", "figure": "25"}, ""},
		"on its last day":             {values{"alert": "tax_month:2016-02", "figure": "25", "until": "2016-06-20"}, ""},
		"its term is over":            {values{"alert": "tax_month:2016-02", "figure": "25", "until": "2016-06-19"}, "expired"},
		"a term cut to the limit":     {values{"alert": "tax_month:2016-02", "figure": "25", "from": "2016-03-01", "until": "2017-06-19"}, "expired"},
		"not yet acknowledged":        {values{"alert": "tax_month:2016-02", "figure": "25", "from": "2016-06-21"}, "open"},
		"the figure is worse":         {values{"alert": "tax_month:2016-02", "figure": "24.9"}, "worse"},
		"the figure is better":        {values{"alert": "tax_month:2016-02", "figure": "30"}, ""},
		"the colour is worse":         {values{"alert": "tax_month:2016-02", "figure": "25", "severity": "黄色"}, "worse"},
		"days pass":                   {values{"alert": "milestone_late:甲村改造/1/拆除", "figure": "5"}, ""},
		"later than the days passed":  {values{"alert": "milestone_late:甲村改造/1/拆除", "figure": "4"}, "worse"},
		"a lease comes nearer":        {values{"alert": "lease_ending:南楼//101/近期", "figure": "40"}, ""},
		"a lease was cut short":       {values{"alert": "lease_ending:南楼//101/近期", "figure": "41"}, "worse"},
		"more housing is owed by now": {values{"alert": "delivery_overdue:甲村/a", "figure": "39"}, "worse"},
	} {
		// Each case asks for all alerts of the record anew: with -short seven of the thirteen, others each time, in make soak all.
		if asked++; testing.Short() && asked > 7 {
			break
		}
		t.Run(name, func(t *testing.T) {
			batches := acknowledged(c.row)
			one := load(t, a.ledger, batches[len(batches)-1])
			ans := alertsOn(t, a, "2016-06-20")
			if err := a.ledger.Undo(context.Background(), one.ID, "test", "next case"); err != nil {
				t.Fatal(err)
			}
			id := c.row["alert"].(string)
			al, found := ans.Find(id)
			if !found {
				t.Fatal("no such alert")
			}
			acked := slices.ContainsFunc(ans.Acknowledged, func(x Alert) bool { return x.ID == id })
			switch c.want {
			case "":
				if !acked || ans.Counts.Acknowledged != 1 || al.Ack.Reason != "已约谈" || al.Ack.Person != "张主任" {
					t.Errorf("acknowledged %v: %+v %+v", acked, ans.Counts, al.Ack)
				}
			case "open":
				if acked || al.Ack != nil || al.Returned != "" {
					t.Errorf("acknowledged %v: %+v", acked, al.Ack)
				}
			default:
				if acked || al.Returned != c.want || ans.Counts.Returned != 1 {
					t.Errorf("acknowledged %v, came back as %q, want %q", acked, al.Returned, c.want)
				}
			}
		})
	}
}

func TestAlertsObeyBothClocks(t *testing.T) {
	a := projectRecord(t, acknowledged(values{"alert": "tax_month:2016-02", "figure": "25"}))
	if ans := alertsOn(t, a, "2016-06-09"); ans.Counts.Acknowledged != 0 {
		t.Error("acknowledged before its day")
	}
	clock, err := a.ledger.Clock(context.Background(), "2016-06-20", "2016-01-01")
	if err != nil {
		t.Fatal(err)
	}
	then, err := a.Alerts(context.Background(), Question{Clock: clock})
	if err != nil || len(then.Open) != 0 {
		t.Errorf("nothing was known: %d alerts, %v", len(then.Open), err)
	}
	written, err := json.Marshal(then)
	if err != nil || !strings.Contains(string(written), `"open":[]`) || !strings.Contains(string(written), `"acknowledged":[]`) {
		t.Errorf("%s %v", written, err)
	}
	if rows := alertsOn(t, a, "2016-06-20").Table().Rows; len(rows) != 14 || rows[13][9] != true || rows[0][9] != false {
		t.Errorf("%d rows", len(rows))
	}
}

func TestStatementsOfAlerts(t *testing.T) {
	a := projectRecord(t, acknowledged(values{"alert": "tax_month:2016-02", "figure": "25"}))
	for _, name := range []string{"Alerts.Acknowledged", "Alerts.Leases", "Alerts.Newest"} {
		rows, err := a.query(context.Background(), name, on(t, a, "2016-06-20"), ledger.Params{"until": "2016-09-18"})
		if err != nil {
			t.Fatal(err)
		}
		testkit.Golden(t, name+".txt", lines(t, rows))
	}
	// What is watched is what the statement reads.
	for _, c := range cadence {
		if !strings.Contains(sql("Alerts.Newest"), "'"+c.dataset+"'") {
			t.Errorf("%s is not read", c.dataset)
		}
	}
	if n := strings.Count(sql("Alerts.Newest"), "UNION ALL") + 1; n != len(cadence) {
		t.Errorf("%d datasets are read, %d watched", n, len(cadence))
	}
}
