package analytics

import (
	"context"
	"testing"

	"taizhang/ledger"
)

// investmentOf answers investment over hand-made rows as of a day, for a year or none.
func investmentOf(t *testing.T, rows map[*ledger.Dataset][]values, day string, year int) *InvestmentAnswer {
	t.Helper()
	a := record(t, rows)
	q := on(t, a, day)
	q.Year = year
	ans, err := a.Investment(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return ans
}

// funnelLeads: six leads, of which one went from talks to nothing and one signed and left.
func funnelLeads() []values {
	return []values{
		{"project": "甲", "stage": "洽谈", "talks_on": "2016-06-10", "contract_amount": "100"},
		{"project": "乙", "stage": "洽谈", "talks_on": "2016-06-16", "contract_amount": "50"},
		{"project": "丙", "stage": "意向", "talks_on": "2016-01-10"},
		{"project": "丁", "stage": "流失", "talks_on": "2016-02-01", "lost_reason": "用地未落实"},
		{"project": "戊", "stage": "终止", "talks_on": "2015-02-01", "signed_on": "2015-05-20", "contract_amount": "200", "paid_in_total_yuan": "20", "lost_reason": "投资方撤资"},
		{"project": "己", "stage": "开工", "signed_on": "2015-06-30", "registered_on": "2015-08-01", "started_on": "2016-06-01", "contract_amount": "300", "paid_in_total_yuan": "330"},
		{"project": "庚", "stage": "签约", "signed_on": "2016-03-01", "registered_on": "2016-12-01", "contract_amount": "1000", "currency": "美元"},
		{"project": "辛", "stage": "考察"},
	}
}

func TestInvestmentFunnel(t *testing.T) {
	ans := investmentOf(t, map[*ledger.Dataset][]values{ledger.Investment: funnelLeads()}, "2016-06-20", 0)
	f := ans.Funnel
	for i, want := range []struct {
		stage                               string
		reached, standing, dropped, undated int64
		next, median, oldest                string
	}{
		// 8 leads; 辛 stands at a stage of the sheet's own and counts as reached at the first.
		{"线索", 8, 0, 0, 0, "87.5", "—", "—"},
		{"洽谈", 7, 2, 1, 0, "57.14", "7", "10"}, // 10 and 4 days: 7 is halfway
		{"意向", 4, 1, 0, 1, "75", "—", "—"},     // no day: no age
		{"签约", 3, 1, 1, 0, "33.33", "111", "111"},
		{"注册落地", 1, 0, 0, 0, "100", "—", "—"},
		{"开工", 1, 1, 0, 0, "0", "19", "19"},
		{"投产", 0, 0, 0, 0, "—", "—", "—"},
	} {
		s := f.Stages[i]
		if s.Stage != want.stage || s.Reached != want.reached || s.Standing != want.standing || s.Dropped != want.dropped || s.Undated != want.undated {
			t.Errorf("%s: %+v, want %+v", want.stage, s, want)
		}
		is(t, want.stage+" to the next", s.ToNextPercent.Round(2), want.next)
		is(t, want.stage+" median", s.MedianDays, want.median)
		is(t, want.stage+" oldest", s.OldestDays, want.oldest)
		// Who reached a stage stands there, left from there, went on, or stands at a stage of the sheet's own.
		on := int64(0)
		if i+1 < len(f.Stages) {
			on = f.Stages[i+1].Reached
		}
		own := int64(0)
		if i == 0 {
			own = f.Unplaced
		}
		if s.Reached != s.Standing+s.Dropped+on+own {
			t.Errorf("%s: %d reached it, %d stand, %d left, %d went on", s.Stage, s.Reached, s.Standing, s.Dropped, on)
		}
	}
	if len(f.DropOuts) != 2 || f.DropOuts[0].Reached != "洽谈" || f.DropOuts[0].Reason != "用地未落实" || f.DropOuts[1].Reached != "签约" || f.DropOuts[1].ReachedOn.String() != "2015-05-20" {
		t.Errorf("drop-outs %+v", f.DropOuts)
	}
	is(t, "what stands at 签约 in dollars", f.Stages[3].Here.ContractUSD, "1000")
	is(t, "and in yuan: the one that left is not there", f.Stages[3].Here.ContractYuan, "—")
	is(t, "intended has no amount", ans.Intended.ContractYuan, "—")
}

func TestInvestmentCohorts(t *testing.T) {
	rows := map[*ledger.Dataset][]values{
		ledger.Investment: append(funnelLeads(), values{"project": "壬", "stage": "签约"}),
		ledger.PaidIn:     {{"project": "庚", "period": "2016-04", "amount": "250", "currency": "USD"}},
	}
	all := investmentOf(t, rows, "2016-06-20", 0).Cohort
	if all.Signed != 4 || all.Dropped != 1 || all.Undated != 1 || len(all.Years) != 2 || all.Years[0] != 2016 {
		t.Errorf("all signed: %+v", all)
	}
	// (20 + 330) of (200 + 300); who left after signing stays in.
	is(t, "paid in", all.PaidIn.Percent, "70")
	is(t, "landed", all.Landed.Percent, "25")
	is(t, "landed of", all.Landed.Denominator, "4")
	is(t, "started", all.Started.Percent, "25")
	if len(all.Foreign) != 1 || all.Over {
		t.Fatalf("foreign %+v, over %v", all.Foreign, all.Over)
	}
	is(t, "dollars of dollars", all.Foreign[0].Percent, "25")

	of2016 := investmentOf(t, rows, "2016-06-20", 2016).Cohort
	is(t, "no contract in yuan was signed in 2016", of2016.PaidIn.Percent, "—")
	is(t, "none landed yet, the day is to come", of2016.Landed.Percent, "0")
	of2014 := investmentOf(t, rows, "2016-06-20", 2014).Cohort
	is(t, "no cohort, no rate", of2014.Landed.Percent, "—")

	rows[ledger.Investment] = funnelLeads()[5:6]
	if over := investmentOf(t, rows, "2016-06-20", 2015).Cohort; !over.Over || over.PaidIn.Percent.Cmp(ledger.Int(110)) != 0 {
		t.Errorf("330 of 300: %+v", over)
	}
}

func TestPaidInFundsByMonthSourceAndCurrency(t *testing.T) {
	rows := map[*ledger.Dataset][]values{
		ledger.Investment: {{"project": "甲", "stage": "签约", "paid_in_year_yuan": "300"}, {"project": "乙", "stage": "签约", "paid_in_year_yuan": "70"}, {"project": "丙", "stage": "开工", "paid_in_year_yuan": "5"}},
		ledger.PaidIn: {
			{"project": "甲", "period": "2015-01", "amount": "80", "fund_source": "省外资金"},
			{"project": "甲", "period": "2015-12", "amount": "1000", "fund_source": "省外资金"},
			{"project": "甲", "period": "2016-01", "amount": "100", "fund_source": "省外资金"},
			{"project": "甲", "period": "2016-02", "amount": "200.5", "fund_source": "省外资金", "currency": "CNY"},
			// The sum of two months repeats both and is left out.
			{"project": "甲", "period": "2016-01", "period_months": 2, "amount": "300.5", "fund_source": "省外资金"},
			{"project": "丁", "period": "2016-01", "period_months": 2, "amount": "9", "fund_source": "省内资金"},
			{"project": "乙", "period": "2016-02", "paid_on": "2016-02-10", "amount": "10", "fund_source": "外资", "currency": "USD"},
			{"project": "乙", "period": "2016-02", "paid_on": "2016-02-20", "amount": "1", "fund_source": "外资", "currency": "USD"},
			{"project": "丙", "period": "2016-02", "amount": "4", "fund_source": "外资", "currency": "HKD"},
		},
		ledger.Rates: {
			{"currency": "USD", "date": "2016-01-31", "rate_yuan": "650", "per_units": 100},
			{"currency": "USD", "date": "2016-02-15", "rate_yuan": "6.4"},
			{"currency": "HKD", "date": "2016-03-01", "rate_yuan": "0.84"}, // later than the money
		},
	}
	s := investmentOf(t, rows, "2016-06-20", 0).Sheet
	if len(s.Months) != 3 || s.Through != "2016-02" || s.Months[2].Month != "2016-12" {
		t.Fatalf("months %+v through %s", s.Months, s.Through)
	}
	is(t, "January", s.Months[0].Yuan, "100")
	is(t, "on 80", s.Months[0].GrowthPercent, "25")
	is(t, "February", s.Months[1].Yuan, "209.5")
	is(t, "no February last year", s.Months[1].GrowthPercent, "—")
	// 10 at 6.5 and 1 at 6.4.
	is(t, "dollars converted", s.Months[1].ForeignYuan, "71.4")
	is(t, "in all", s.Total.TotalYuan, "380.9")
	is(t, "last year, the same months", s.LastYearYuan, "80")
	is(t, "growth of yuan", s.GrowthPercent, "286.875")
	if len(s.Total.Apart) != 1 || s.Total.Apart[0].Currency != "HKD" || s.Total.Apart[0].Amount.Cmp(ledger.Int(4)) != 0 {
		t.Errorf("apart %+v", s.Total.Apart)
	}
	if len(s.Currencies) != 2 || len(s.Currencies[0].Rates) != 0 || len(s.Currencies[1].Rates) != 2 || s.Currencies[1].Rates[0].On.String() != "2016-01-31" {
		t.Errorf("currencies %+v", s.Currencies)
	}
	if len(s.LeftOut) != 1 || s.LeftOut[0].Project != "甲" {
		t.Errorf("left out %+v", s.LeftOut)
	}
	is(t, "largest source", s.Sources[0].TotalYuan, "300.5")
	is(t, "its share", s.Sources[0].SharePercent.Round(2), "78.89")
	r := s.Register
	is(t, "register", r.RegisterYuan, "375")
	is(t, "difference", r.DifferenceYuan, "5.9")
	if !r.Made || r.Agree != 0 || len(r.Rows) != 4 || r.Rows[0].Project != "丁" || !r.Rows[1].Apart || r.Rows[1].Project != "丙" {
		t.Errorf("differences %+v", r.Rows)
	}
	is(t, "in the sheet only", r.Rows[0].RegisterYuan, "—")
	if then := investmentOf(t, rows, "2016-06-20", 2015).Sheet; then.Register.Made || then.Through != "2015-12" {
		t.Errorf("the register speaks of its own year: %+v", then.Register)
	}
}

func TestServiceCasesByWorkingDays(t *testing.T) {
	// 2016-06-09 to 11 is the Dragon Boat holiday, Sunday 12 June is worked.
	a := record(t, map[*ledger.Dataset][]values{
		ledger.Calendar: {{"date": "2016-06-09", "kind": "放假"}, {"date": "2016-06-10", "kind": "放假"}, {"date": "2016-06-12", "kind": "上班"}},
		ledger.Services: {
			{"number": "1", "company": "甲公司", "accepted_on": "2016-06-07", "promised_days": 3, "department": "一科", "status": "办理中"},
			{"number": "2", "accepted_on": "2016-06-07", "promised_days": 3, "finished_on": "2016-06-13", "department": "一科", "status": "已办结"},
			{"number": "3", "accepted_on": "2016-06-07", "promised_days": 3, "finished_on": "2016-06-14", "department": "二科", "status": "已回访"},
			{"number": "4", "accepted_on": "2016-06-17", "promised_days": 5, "department": "二科", "status": "受理"},
			{"number": "5", "accepted_on": "2016-06-17", "department": "二科", "status": "办理中"},
			{"number": "6", "accepted_on": "2016-06-01", "promised_days": 1, "department": "二科", "status": "已办结"},
			{"number": "7", "accepted_on": "2016-06-16", "promised_days": 1, "department": "二科", "status": "办理中"},
		},
	})
	for day, want := range map[string]map[ServiceState]int64{
		// Case 7 is due on Friday the 17th: on Saturday and Sunday it is not a working day late.
		"2016-06-19": {ServiceOverdue: 1, ServiceOpen: 3, ServiceOnTime: 1, ServiceLate: 1, ServiceFinished: 1},
		"2016-06-20": {ServiceOverdue: 2, ServiceOpen: 2, ServiceOnTime: 1, ServiceLate: 1, ServiceFinished: 1},
		"2016-06-13": {ServiceOverdue: 0, ServiceOpen: 5, ServiceOnTime: 1, ServiceFinished: 1},
	} {
		s, err := a.serviceCases(context.Background(), on(t, a, day))
		if err != nil {
			t.Fatal(err)
		}
		for _, state := range ServiceStates {
			if s.Counts[state] != want[state] {
				t.Errorf("%s: %s %d, want %d", day, state, s.Counts[state], want[state])
			}
		}
		if day == "2016-06-20" {
			if s.Cases[0].DueOn.String() != "2016-06-13" || s.Overdue[0].Number != "1" {
				t.Errorf("due %s, overdue %+v", s.Cases[0].DueOn, s.Overdue)
			}
			is(t, "working days late", s.Cases[0].DaysLate, "5")
			is(t, "in time", s.OnTime.Percent, "50")
			is(t, "of", s.OnTime.Denominator, "2")
			is(t, "of one department", s.Departments[0].OnTime.Percent, "100")
		}
	}
	ans, err := a.ServiceList(context.Background(), ServicesQuestion{Question: on(t, a, "2016-06-20"), State: ServiceOverdue, Department: "一科", Text: "甲"})
	if err != nil || len(ans.Items) != 1 || len(ans.Table().Rows) != 1 || len(ans.Cases) != 7 {
		t.Errorf("%+v, %v", ans, err)
	}
}
