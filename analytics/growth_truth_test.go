package analytics_test

import (
	"context"
	"testing"

	"taizhang/analytics"
	"taizhang/ledger"
)

type indicatorsTruth struct {
	Derived struct {
		Yearly  map[string]map[string]ledger.Decimal `json:"yearly_yuan"`
		Monthly map[string]map[string]ledger.Decimal `json:"monthly_yuan"`
		Targets map[string]ledger.Decimal            `json:"targets_2016_yuan"`
		Ranks   map[string]map[string]struct {
			Rank ledger.Decimal `json:"rank"`
			Of   ledger.Decimal `json:"of"`
		} `json:"ranks"`
		Growth map[string]map[string]ledger.Decimal `json:"growth_2010_2015"`
		JanMay map[string]map[string]ledger.Decimal `json:"jan_may_2016_on_2015"`
	} `json:"derived"`
}

func TestIndicatorsMeetTruth(t *testing.T) {
	var want indicatorsTruth
	wholeTruth(t, "经济指标", &want)
	l, a := office(t, "经济指标.xlsx")
	ans, err := a.Indicators(context.Background(), asof(t, l, "2016-06-27"))
	if err != nil {
		t.Fatal(err)
	}
	if len(ans.Series) != len(want.Derived.Yearly) {
		t.Errorf("%d series, want %d", len(ans.Series), len(want.Derived.Yearly))
	}
	for _, s := range ans.Series {
		name := s.Indicator
		years, months := want.Derived.Yearly[name], want.Derived.Monthly[name]
		if len(s.Years) != len(years) || len(s.Months) != len(months) || s.Unit != "元" {
			t.Errorf("%s: %d years, %d months in %s", name, len(s.Years), len(s.Months), s.Unit)
		}
		for _, y := range s.Years {
			equal(t, name, y.Value, years[ledger.Int(int64(y.Year)).String()])
		}
		for _, m := range s.Months {
			equal(t, name+" "+m.Month, m.Value, months[m.Month])
		}
		equal(t, name+" target", s.Target, want.Derived.Targets[name])
		if len(s.Ranks) != len(want.Derived.Ranks[name]) {
			t.Errorf("%s ranks %+v", name, s.Ranks)
		}
		for _, r := range s.Ranks {
			w := want.Derived.Ranks[name][ledger.Int(int64(r.Year)).String()]
			equal(t, name+" rank", r.Rank, w.Rank)
			equal(t, name+" of", r.Population, w.Of)
		}
	}
	for name, w := range want.Derived.JanMay {
		s := ans.Find(name)
		equal(t, name+" to date", s.YearToDate, w["this_yuan"])
		equal(t, name+" same months", s.LastYearToDate, w["last_yuan"])
	}
	for name, w := range want.Derived.Growth {
		growth := ans.Find(name).Growth
		if len(growth) != 1 || growth[0].Plan != "十二五" || growth[0].FromYear != 2010 || growth[0].ToYear != 2015 {
			t.Fatalf("%s: plan periods %+v", name, growth)
		}
		equal(t, name+" to times", growth[0].ToTimes.Round(2), w["to_times"])
		equal(t, name+" by times", growth[0].ByTimes.Round(2), w["by_times"])
		equal(t, name+" percent", growth[0].Percent.Round(2), w["percent"])
		equal(t, name+" CAGR", growth[0].CAGRPercent.Round(2), w["cagr_percent"])
	}
}

func TestSeedFigures(t *testing.T) {
	l, a := office(t, "经济指标.xlsx")
	ans, err := a.Indicators(context.Background(), asof(t, l, "2016-06-27"))
	if err != nil {
		t.Fatal(err)
	}
	tax := ans.Find("税收收入").Growth[0]
	equal(t, "tax 2010", tax.FromValue, exact("159000000.00"))
	equal(t, "tax 2015", tax.ToValue, exact("434000000.00"))
	shown(t, "tax to", tax.ToTimes, 2, "2.73")
	shown(t, "tax by", tax.ByTimes, 2, "1.73")
	shown(t, "tax percent", tax.Percent, 2, "172.96")
	shown(t, "tax CAGR", tax.CAGRPercent, 2, "22.24")
	investment := ans.Find("招商引资").Growth[0]
	equal(t, "investment 2010", investment.FromValue, exact("1400000000"))
	equal(t, "investment 2015", investment.ToValue, exact("4900000000"))
	shown(t, "investment to", investment.ToTimes, 2, "3.50")
	shown(t, "investment by", investment.ByTimes, 2, "2.50")
	shown(t, "investment CAGR", investment.CAGRPercent, 2, "28.47")
}

type investmentTruth struct {
	Sums    map[string]ledger.Decimal `json:"sums"`
	Derived struct {
		ByStage  map[string]int64 `json:"by_stage"`
		Projects []struct {
			Name     string         `json:"name"`
			Stage    string         `json:"stage"`
			Currency string         `json:"currency"`
			Contract ledger.Decimal `json:"contract"`
			Year     ledger.Decimal `json:"paid_year_yuan"`
			Total    ledger.Decimal `json:"paid_total_yuan"`
		} `json:"projects"`
		Article  ledger.Decimal `json:"signed_article_projects_yuan"`
		Intended []string       `json:"intention_not_signed"`
	} `json:"derived"`
}

func TestInvestmentMeetsTruth(t *testing.T) {
	var want investmentTruth
	wholeTruth(t, "招商项目", &want)
	l, a := office(t, "招商项目.csv")
	ans, err := a.Investment(context.Background(), asof(t, l, "2016-06-27"))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "contracts in yuan", ans.Total.ContractYuan, want.Sums["contract_cny_yuan"])
	equal(t, "contracts in dollars", ans.Total.ContractUSD, want.Sums["contract_usd"])
	equal(t, "paid in this year", ans.Total.PaidInYearYuan, want.Sums["paid_in_year_yuan"])
	equal(t, "paid in in all", ans.Total.PaidInTotalYuan, want.Sums["paid_in_total_yuan"])
	order := []string{}
	for _, s := range ans.ByStage {
		order = append(order, s.Stage)
		if s.Count != want.Derived.ByStage[s.Stage] {
			t.Errorf("%s: %d leads, want %d", s.Stage, s.Count, want.Derived.ByStage[s.Stage])
		}
	}
	if len(order) != len(want.Derived.ByStage) || order[0] != "线索" || order[2] != "意向" || order[len(order)-1] != "终止" {
		t.Errorf("stages %v", order)
	}
	compareLeads(t, ans, want)
	for _, name := range want.Derived.Intended {
		for _, lead := range ans.Leads {
			if lead.Project == name && lead.Stage != "意向" {
				t.Errorf("%s is %s", name, lead.Stage)
			}
		}
	}
}

// compareLeads compares every lead and works the rates out anew from the truth's leads.
func compareLeads(t *testing.T, ans *analytics.InvestmentAnswer, want investmentTruth) {
	t.Helper()
	numerator, denominator, signed, landed, article := ledger.Int(0), ledger.Int(0), int64(0), int64(0), ledger.Int(0)
	for i, w := range want.Derived.Projects {
		lead := ans.Leads[i]
		if lead.Project != w.Name || lead.Stage != w.Stage || lead.Currency != w.Currency {
			t.Errorf("lead %d is %s, %s, %s, want %+v", i, lead.Project, lead.Stage, lead.Currency, w)
		}
		equal(t, w.Name+" contract", lead.ContractAmount, w.Contract)
		equal(t, w.Name+" paid this year", lead.PaidInYearYuan, w.Year)
		equal(t, w.Name+" paid", lead.PaidInTotalYuan, w.Total)
		over := w.Currency == "CNY" && w.Total.Cmp(w.Contract) > 0
		if lead.OverContract != over {
			t.Errorf("%s: over contract %v, want %v", w.Name, lead.OverContract, over)
		}
		switch w.Stage {
		case "注册落地", "开工", "投产":
			landed++
			fallthrough
		case "签约":
			signed++
			if w.Currency == "CNY" {
				numerator, denominator = numerator.Add(w.Total.OrZero()), denominator.Add(w.Contract)
			}
			if i < 2 {
				article = article.Add(w.Contract)
			}
		}
	}
	equal(t, "signed projects of the article", article, want.Derived.Article)
	equal(t, "paid-in numerator", ans.PaidIn.Numerator, numerator)
	equal(t, "paid-in denominator", ans.PaidIn.Denominator, denominator)
	equal(t, "landed", ans.Landed.Numerator, ledger.Int(landed))
	equal(t, "signed", ans.Landed.Denominator, ledger.Int(signed))
	if ans.Signed.Count != signed || ans.Intended.Count != want.Derived.ByStage["意向"] {
		t.Errorf("signed %d, intended %d", ans.Signed.Count, ans.Intended.Count)
	}
}

func TestRankHistoryMeetsTruth(t *testing.T) {
	var want struct {
		Derived struct {
			Ranks map[string]map[string][2]ledger.Decimal `json:"ranks"`
		} `json:"derived"`
	}
	wholeTruth(t, "全区排名", &want)
	l, a := office(t, "全区排名.csv", "经济指标.xlsx")
	ans, err := a.Indicators(context.Background(), asof(t, l, "2016-06-27"))
	if err != nil || len(want.Derived.Ranks) != 3 {
		t.Fatal(err, want)
	}
	for name, years := range want.Derived.Ranks {
		ranks := ans.Find(name).Ranks
		if len(ranks) != len(years)+1 || ranks[len(ranks)-1].Year != 2015 {
			t.Fatalf("%s: %+v", name, ranks)
		}
		for _, r := range ranks[:len(ranks)-1] {
			w := years[ledger.Int(int64(r.Year)).String()]
			equal(t, name+" rank", r.Rank, w[0])
			equal(t, name+" of", r.Population, w[1])
		}
	}
}
