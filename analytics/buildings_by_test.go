package analytics

import (
	"context"
	"strings"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// leaving is an office with two buildings: 甲 has every reason to leave, 乙 has one room whose lease ends on the last day that counts, 丙 pays
// little less, 丁 is in both buildings, 戊 is unknown in every way, 己 paid and pays nothing any more.
func leaving(t *testing.T) *Analytics {
	t.Helper()
	l := testkit.Ledger(t)
	say(t, l, ledger.Buildings, "import", "2015-06-30",
		values{"building": "东楼", "district": "东商圈", "gross_area_m2": "2000", "lettable_area_m2": "1000", "let_area_m2": "900"},
		values{"building": "西楼", "district": "东商圈", "gross_area_m2": "1000", "lettable_area_m2": "400"})
	say(t, l, ledger.Buildings, "import", "2016-06-30",
		values{"building": "东楼", "district": "东商圈", "gross_area_m2": "2000", "lettable_area_m2": "1000"},
		values{"building": "西楼", "district": "东商圈", "gross_area_m2": "1000", "lettable_area_m2": "400"},
		values{"building": "空楼", "gross_area_m2": "500"})
	firm := func(building, room, name, area, to string, registered, taxed any) values {
		v := values{"building": building, "floor": "1", "room": room, "tenant": name}
		for field, value := range map[string]any{"let_area_m2": area, "lease_to": to, "registered": registered, "local_tax": taxed} {
			if value != nil && value != "" {
				v[field] = value
			}
		}
		return v
	}
	away := firm("东楼", "101", "甲公司", "300", "2016-07-31", false, false)
	away["registered_at"], away["headquarters"] = "金水区", "区域总部"
	say(t, l, ledger.Tenants, "import", "2016-06-30", away,
		firm("东楼", "102", "乙公司", "200", "2016-09-28", true, true), firm("东楼", "103", "乙公司", "50", "2016-09-29", true, true),
		firm("东楼", "104", "丙公司", "100", "2018-12-31", true, true), firm("东楼", "105", "丁公司", "150", "2015-12-31", true, nil),
		firm("西楼", "201", "丁公司", "120", "2018-12-31", true, nil), firm("西楼", "202", "戊公司", "", "", nil, nil),
		firm("西楼", "203", "己公司", "80", "2019-12-31", true, true))
	pay := func(who, month, tax string) values {
		return values{"company": who, "period": month, "tax_yuan": tax, "building": "东楼"}
	}
	say(t, l, ledger.Tax, "import", "2016-05-31",
		pay("甲公司", "2015-01", "1000000"), pay("甲公司", "2016-01", "600000"), pay("乙公司", "2016-01", "50000"),
		pay("丙公司", "2015-01", "2000000"), pay("丙公司", "2016-01", "1900001"), pay("丁公司", "2015-01", "0"), pay("丁公司", "2016-01", "400000"),
		pay("己公司", "2015-01", "200000"), pay("己公司", "2015-02", "900000"), pay("戊公司", "2015-01", "-5000"), pay("戊公司", "2016-01", "49999"))
	return New(l)
}

func TestFirmsThatMayLeave(t *testing.T) {
	a := leaving(t)
	ans, err := a.BuildingEconomy(context.Background(), on(t, a, "2016-06-30"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range ans.Watch {
		got = append(got, f.Company+"/"+f.Building+": "+strings.Join(f.Reasons, " "))
	}
	// 90 days from 2016-06-30 are 2016-09-28, the last day inside; 丙 fell by 99,999 yuan, 5.0 %.
	want := []string{"甲公司/东楼: tax_falling lease_ending registered_elsewhere taxed_elsewhere", "丁公司/东楼: lease_over", "乙公司/东楼: lease_ending", "己公司/西楼: tax_falling"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("watched\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	w := ans.WatchTotals
	is(t, "area at stake", w.WatchedM2, "780")      // 300 + 250 + 150 + 80
	is(t, "tax at stake", w.WatchedYuan, "1050000") // 600,000 + 50,000 + 400,000; 己 pays nothing
	is(t, "tax of all firms", w.TaxYuan, "3000000") // 600,000 + 50,000 + 1,900,001 + 400,000 + 49,999: 丁 counts once
	is(t, "of who pays here", w.LocalTaxYuan, "1950001")
	rounded(t, "by amount", w.LocalTaxPercent, 2, "65.00")
	is(t, "headquarters", w.HQPercent, "20")
	is(t, "fall to nothing", ans.Watch[3].ChangePercent, "-100")
	is(t, "nothing of zero", ans.Watch[1].ChangePercent, "—")
	if w.Watched != 4 || w.Several != 1 || w.Firms != 6 || w.Reasons[TaxFalling] != 2 || w.Reasons[LeaseSoonEnding] != 2 || w.Reasons[LeaseOver] != 1 {
		t.Errorf("totals %+v", w)
	}
	if first := ans.Watch[0]; first.RegisteredAt != "金水区" || first.LeaseDays.String() != "31" || len(ans.Headquarters) != 1 {
		t.Errorf("first %+v, headquarters %+v", first, ans.Headquarters)
	}
	for reason, n := range map[string]int{SeveralReasons: 1, TaxFalling: 2, LeaseOver: 1, RegisteredElsewhere: 1} {
		one, err := a.BuildingsBy(context.Background(), on(t, a, "2016-06-30"), BuildingsFilter{Reason: reason})
		if err != nil || len(one.Watch) != n || one.WatchTotals.Watched != 4 {
			t.Errorf("for %s: %d firms, %v", reason, len(one.Watch), err)
		}
	}
	strict := DefaultThresholds()
	strict.TaxFallYellow, strict.TaxFallLeast, strict.LeaseYellow = ledger.Int(5), ledger.Int(99_999), 91
	if ans, err = a.With(strict).BuildingEconomy(context.Background(), on(t, a, "2016-06-30")); err != nil || ans.WatchTotals.Watched != 4 {
		t.Errorf("4.99995 %% is not 5 %%: %+v, %v", ans.WatchTotals, err)
	}
	strict.TaxFallYellow = ledger.MustDecimal("4.9")
	if ans, err = a.With(strict).BuildingEconomy(context.Background(), on(t, a, "2016-06-30")); err != nil || ans.WatchTotals.Watched != 5 {
		t.Errorf("by stricter limits: %+v, %v", ans.WatchTotals, err)
	}
}

func TestBuildingEconomyOfASmallOffice(t *testing.T) {
	a := leaving(t)
	ctx, q := context.Background(), on(t, a, "2016-06-30")
	ans, err := a.BuildingEconomy(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	east, west, empty := ans.Buildings[0], ans.Buildings[1], ans.Buildings[2]
	is(t, "occupancy", east.OccupancyPercent, "80")
	is(t, "vacancy", east.VacancyPercent, "20")
	is(t, "a year before", east.LastYearOccupancyPercent, "90")
	is(t, "change", east.OccupancyChange, "-10")
	is(t, "nothing let then", west.OccupancyChange, "—")
	is(t, "without a lettable area", empty.VacancyPercent, "—")
	is(t, "a year before, of who is known on both days", ans.Totals.LastYearOccupancy.Denominator, "1000")
	is(t, "change of those", ans.Totals.OccupancyChange, "-10")
	is(t, "tax a m2 of gross area, five months not scaled up", east.TaxPerM2, "1500")
	is(t, "by amount", east.LocalTaxAmountPercent, Percent(ledger.Int(1950001), ledger.Int(2950001)).String())
	is(t, "no tax, no rate", empty.LocalTaxAmountPercent, "—")
	if len(ans.Circles) != 2 || ans.Circles[0].Circle != "东商圈" || ans.Circles[1].Circle != "" || ans.Circles[0].Buildings != 2 {
		t.Fatalf("circles %+v", ans.Circles)
	}
	is(t, "occupancy of the circle", ans.Circles[0].Occupancy.Percent, Percent(ledger.Int(1000), ledger.Int(1400)).String())
	is(t, "tax a m2 of the circle", ans.Circles[0].TaxPerM2, "1000")
	is(t, "tax of none", ans.Circles[1].TaxPerM2, "—")
	var leases int64
	for _, e := range ans.Expiry {
		leases += e.Leases
	}
	if leases != 8 || ans.Expiry[0].Kind != "expired" || ans.Expiry[1].Year != 2016 || ans.Expiry[1].Firms != 2 {
		t.Errorf("expiry %+v", ans.Expiry)
	}
	is(t, "tax at stake in 2016, each firm once", ans.Expiry[1].TaxYuan, "650000")
	is(t, "area ending in 2016", ans.Expiry[1].AreaM2, "550")

	for _, c := range []struct {
		f    BuildingsFilter
		want string
	}{
		{BuildingsFilter{Sort: "occupancy"}, "西楼 东楼 空楼"}, {BuildingsFilter{Sort: "tax"}, "东楼 西楼 空楼"}, {BuildingsFilter{Circle: NoCircle}, "空楼"},
		{BuildingsFilter{Circle: "东商圈", Text: "西"}, "西楼"}, {BuildingsFilter{Tier: "ten_million"}, ""}, {BuildingsFilter{Tier: NoTier, Sort: "watched"}, "东楼 西楼 空楼"},
	} {
		one, err := a.BuildingsBy(ctx, q, c.f)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, b := range one.Buildings {
			names = append(names, b.Building)
		}
		if got := strings.Join(names, " "); got != c.want || one.Totals.Buildings != 3 || len(one.Circles) != 2 {
			t.Errorf("%+v: %q, want %q of %d", c.f, got, c.want, one.Totals.Buildings)
		}
	}
	for _, f := range []BuildingsFilter{{Sort: "rent"}, {Tier: "gold"}, {Reason: "bored"}, {Part: "all"}, {Since: "2017-01-01"}} {
		if _, err := a.BuildingsBy(ctx, q, f); ledger.AsError(err).Kind != ledger.Invalid {
			t.Errorf("%+v: %v", f, err)
		}
	}
	for _, part := range buildingsParts {
		one, err := a.BuildingsBy(ctx, q, BuildingsFilter{Part: part})
		if err != nil || len(one.Table().Rows) == 0 || len(one.Table().Rows[0]) != len(one.Table().Columns) {
			t.Errorf("%s as a file: %+v, %v", part, one, err)
		}
	}
}
