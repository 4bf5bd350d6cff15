package analytics

import (
	"context"
	"slices"
	"strings"
	"testing"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// coming is a record of payers that came, went, were renamed, or only got refunds, in January and February of two years.
func coming() map[*ledger.Dataset][]values {
	paid := func(company, code, period, yuan string) values {
		return values{"company": company, "uscc": code, "period": period, "tax_yuan": yuan}
	}
	return map[*ledger.Dataset][]values{ledger.Tax: {
		paid("留下", "", "2015-01", "100"), paid("留下", "", "2016-02", "90"),
		paid("旧名", codeA, "2015-01", "70"), paid("新名", codeA, "2016-01", "80"),
		paid("离开", codeB, "2015-02", "1234567.89"), paid("离开", codeB, "2016-01", "-20.00"),
		paid("远走", "", "2015-02", "300"),
		paid("晚走", "", "2015-12", "9000"),
		paid("来到", "", "2016-02", "50.25"), paid("退税", "", "2015-01", "-5"), paid("退税", "", "2016-01", "12"),
		paid("只退", "", "2016-01", "-7"),
	}}
}

func taxOn(t *testing.T, a *Analytics, change func(*Question)) *TaxAnswer {
	t.Helper()
	q := on(t, a, "2016-06-20")
	if change != nil {
		change(&q)
	}
	ans, err := a.Tax(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return ans
}

func names(list []TaxPayer) string {
	var all []string
	for _, p := range list {
		all = append(all, p.Company)
	}
	return strings.Join(all, " ")
}

func TestPayersThatCameAndWent(t *testing.T) {
	a := record(t, coming())
	ans := taxOn(t, a, nil)
	is(t, "new", ans.NewPayers.Count, "2")
	is(t, "tax of the new", ans.NewPayers.Yuan, "62.25")
	is(t, "lost", ans.LostPayers.Count, "2")
	is(t, "tax of the lost", ans.LostPayers.Yuan, "1234867.89")
	if n, l := names(ans.NewPayers.Payers), names(ans.LostPayers.Payers); n != "来到 退税" || l != "离开 远走" {
		t.Errorf("new %s; lost %s", n, l)
	}
	// In January alone 离开 had paid nothing before, and 留下 had not paid yet.
	ans = taxOn(t, a, func(q *Question) { q.Month = 1 })
	if n, l := names(ans.NewPayers.Payers), names(ans.LostPayers.Payers); n != "退税" || l != "留下" || ans.Through != "2016-01" {
		t.Errorf("January: new %s; lost %s; through %s", n, l, ans.Through)
	}
	is(t, "January", ans.YearToDateYuan, "65")
	// The first year has nothing to be held against.
	ans = taxOn(t, a, func(q *Question) { q.Year = 2015 })
	is(t, "new in the first year", ans.NewPayers.Count, "—")
	is(t, "lost in the first year", ans.LostPayers.Yuan, "—")
}

func TestAPayerThatStoppedIsAnAlert(t *testing.T) {
	a := record(t, coming())
	found := []Alert{}
	for _, al := range alertsOn(t, a, "2016-06-20").Open {
		if al.Kind == TaxPayerGone {
			found = append(found, al)
		}
	}
	if len(found) != 1 || found[0].What != "离开" || found[0].Severity != Red || found[0].Since.String() != "2016-02-29" {
		t.Fatalf("%+v", found)
	}
	if s := found[0].Message.In(text.Zh); s != "上年同期纳税 123.46 万元，本年同月份没有纳税（阈值 50 万元）" {
		t.Error(s)
	}
}

func TestPayerFallsAreHeldAgainstTheirOwnLimits(t *testing.T) {
	rows := []values{{"company": "其余", "period": "2015-01", "tax_yuan": "9000000"}, {"company": "其余", "period": "2016-01", "tax_yuan": "9000000"}}
	for _, p := range [][3]string{{"差一点", "2000000", "1340001"}, {"正好", "2000000", "1340000"}, {"过半", "1000000", "500000"}, {"太小", "999998", "499999"}} {
		rows = append(rows, values{"company": p[0], "period": "2015-01", "tax_yuan": p[1]}, values{"company": p[0], "period": "2016-01", "tax_yuan": p[2]})
	}
	a := record(t, map[*ledger.Dataset][]values{ledger.Tax: rows})
	got := []string{}
	for _, al := range alertsOn(t, a, "2016-06-20").Open {
		if al.Kind == TaxPayerDown {
			got = append(got, string(al.Severity)+" "+al.What)
		}
	}
	if !slices.Equal(got, []string{"red 过半", "yellow 正好"}) {
		t.Error(got)
	}
}

func TestTheBreakOf2016(t *testing.T) {
	rows := []values{}
	for _, m := range []string{"2015-04", "2015-05", "2016-04", "2016-05", "2017-04", "2017-05"} {
		rows = append(rows, taxRow("甲", m, "增值税", "100"), taxRow("甲", m, "企业所得税", "7"))
		if m < "2016-05" {
			rows = append(rows, taxRow("甲", m, "营业税", "60"))
		}
	}
	for i := range rows {
		rows[i]["building"] = "东楼"
	}
	a := record(t, map[*ledger.Dataset][]values{ledger.Tax: rows})
	ask := func(year, month int) *TaxBreak {
		return taxOn(t, a, func(q *Question) { q.Year, q.Month, q.Clock.Asof = year, month, dayOf(t, "2017-06-20").From }).Break
	}
	b := ask(2016, 0)
	if b == nil || strings.Join(b.Months, " ") != "2016-05" || !b.Broken("营业税") || b.Broken("企业所得税") {
		t.Fatalf("%+v", b)
	}
	is(t, "both", b.BothYuan, "260")
	is(t, "both last year", b.LastYearBothYuan, "320")
	is(t, "growth of both", b.BothGrowth, "-18.75")
	if b := ask(2017, 0); b == nil || strings.Join(b.Months, " ") != "2017-04" {
		t.Errorf("2017: %+v", b)
	}
	// April 2016 lies before it as April 2015 does; 2015 has nothing before it; a comparison that cannot be made crosses nothing.
	if ask(2016, 4) != nil || ask(2015, 0) != nil {
		t.Error("a break where there is none")
	}
}

func TestTaxOfAPart(t *testing.T) {
	a := record(t, smallEconomy())
	whole := taxOn(t, a, nil)
	east := taxOn(t, a, func(q *Question) { q.Building = "东楼" })
	is(t, "the building", east.YearToDateYuan, "100.01")
	is(t, "January of the building last year", east.Months[0].LastYearYuan, "100")
	// February is loaded, so a building without a row in it paid nothing then.
	is(t, "February of the building", east.Months[1].TaxYuan, "0")
	is(t, "target of the whole", whole.TargetYuan, "1000")
	for what, d := range map[string]ledger.Decimal{"target": east.TargetYuan, "completion": east.CompletionPercent, "time": east.TimePercent, "rank": east.Rank, "due": east.Months[0].TargetYuan} {
		is(t, what+" of a building", d, "—")
	}
	if len(east.ByBuilding) != 1 || len(east.ByType) != 2 || east.Companies != 1 || east.Part.Building != "东楼" {
		t.Errorf("%+v %+v", east.ByBuilding, east.ByType)
	}
	finance := taxOn(t, a, func(q *Question) { q.Industry = "J" })
	is(t, "finance", finance.YearToDateYuan, "100.01")
	// 丙公司's sheet names no industry; its tenant line says 商贸.
	trade := taxOn(t, a, func(q *Question) { q.Industry = "f" })
	is(t, "trade", trade.YearToDateYuan, "1")
	if none := taxOn(t, a, func(q *Question) { q.Industry = "不存在'行业\\" }); none.YearToDateYuan.Sign() != 0 || len(none.Top) != 0 {
		t.Errorf("%s %+v", none.YearToDateYuan, none.Top)
	}
	sum := ledger.Int(0)
	for _, s := range whole.ByIndustry {
		sum = sum.Add(s.TaxYuan)
	}
	is(t, "industries together", sum, whole.YearToDateYuan.String())
}
