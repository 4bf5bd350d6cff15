package analytics_test

import (
	"context"
	"testing"

	"taizhang/analytics"
	"taizhang/ledger"
)

type buildingsTruth struct {
	Sums    map[string]ledger.Decimal `json:"sums"`
	Derived struct {
		Rows      int64 `json:"tenant_rows"`
		Firms     int64 `json:"distinct_firms"`
		HQ        int64 `json:"hq_firms"`
		Buildings map[string]struct {
			LettableM2       ledger.Decimal `json:"lettable_m2"`
			LetM2            ledger.Decimal `json:"let_m2"`
			VacantM2         ledger.Decimal `json:"vacant_m2"`
			Occupancy        ledger.Decimal `json:"occupancy"`
			Firms            int64          `json:"firms"`
			Registered       int64          `json:"registered_firms"`
			LocalTax         int64          `json:"local_tax_firms"`
			RegistrationRate ledger.Decimal `json:"registration_rate"`
			LocalTaxRate     ledger.Decimal `json:"local_tax_rate"`
		} `json:"buildings"`
		WithEnd   int64          `json:"leases_with_end"`
		OpenEnded int64          `json:"leases_open_ended"`
		Expired   int64          `json:"leases_expired"`
		WALE      ledger.Decimal `json:"wale_days"`
		AsOf      string         `json:"as_of"`
	} `json:"derived"`
}

func TestBuildingsMeetTruth(t *testing.T) {
	var want buildingsTruth
	wholeTruth(t, "楼宇与入驻企业", &want)
	l, a := office(t, "楼宇与入驻企业.xlsx", "税收2015.xlsx", "税收2016年1-5月.xlsx")
	ans, err := a.Buildings(context.Background(), asof(t, l, want.Derived.AsOf))
	if err != nil {
		t.Fatal(err)
	}
	all := ans.Totals
	counts := [][2]int64{{all.Lines, want.Derived.Rows}, {all.Firms, want.Derived.Firms}, {all.Headquarters, want.Derived.HQ}, {all.Leases, want.Derived.WithEnd},
		{all.OpenEndedLeases, want.Derived.OpenEnded}, {all.ExpiredLeases, want.Derived.Expired}}
	for i, c := range counts {
		if c[0] != c[1] {
			t.Errorf("count %d: %d, want %d", i, c[0], c[1])
		}
	}
	equal(t, "WALE", all.WALEDays.Round(4), want.Derived.WALE)
	equal(t, "let", all.LetAreaM2, want.Sums["let_area_m2"])
	equal(t, "employees", all.Employees, want.Sums["employees"])
	if len(ans.Buildings) != 14 {
		t.Errorf("%d buildings, want 14", len(ans.Buildings))
	}
	found := 0
	for _, b := range ans.Buildings {
		if w, ok := want.Derived.Buildings[b.Building]; ok {
			found++
			// The register's line of this building carries the error (F6), so the record holds its tenants only.
			if b.Building == "万达广场写字楼" {
				w.LettableM2, w.VacantM2, w.Occupancy = ledger.Null, ledger.Null, ledger.Null
			}
			compareBuilding(t, b, w.Occupancy, w.RegistrationRate, w.LocalTaxRate)
			equal(t, b.Building+" lettable", b.LettableAreaM2, w.LettableM2)
			equal(t, b.Building+" let", b.LetAreaM2, w.LetM2)
			equal(t, b.Building+" vacant", b.VacantAreaM2, w.VacantM2)
			if b.Firms != w.Firms || b.RegisteredFirms != w.Registered || b.LocalTaxFirms != w.LocalTax {
				t.Errorf("%s: firms %d, registered %d, taxed %d, want %+v", b.Building, b.Firms, b.RegisteredFirms, b.LocalTaxFirms, w)
			}
		}
	}
	if found != len(want.Derived.Buildings) {
		t.Errorf("%d of %d buildings found", found, len(want.Derived.Buildings))
	}
}

// compareBuilding compares rates, which the truth gives as shares to six decimals.
func compareBuilding(t *testing.T, b analytics.BuildingLine, occupancy, registration, localTax ledger.Decimal) {
	t.Helper()
	hundred := ledger.Int(100)
	equal(t, b.Building+" occupancy", b.OccupancyPercent.Round(4), occupancy.Mul(hundred))
	equal(t, b.Building+" registration", b.RegistrationPercent.Round(4), registration.Mul(hundred))
	equal(t, b.Building+" local tax", b.LocalTaxPercent.Round(4), localTax.Mul(hundred))
}

func TestBuildingTaxMeetsTaxTruth(t *testing.T) {
	var want taxTruth
	wholeTruth(t, "税收2016年1-5月", &want)
	l, a := office(t, "楼宇与入驻企业.xlsx", "税收2015.xlsx", "税收2016年1-5月.xlsx")
	q := asof(t, l, "2016-06-30")
	ans, err := a.Buildings(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range ans.Buildings {
		equal(t, b.Building+" tax", b.TaxYuan, want.Derived.ByBuilding[b.Building])
	}
	// 2015: 升龙国际中心 alone passes 亿元; five buildings pass 千万元, four of them below 亿元.
	if ans.Tiers[0].LastYear != 1 || ans.Tiers[1].LastYear != 4 || ans.Tiers[0].Cumulative != 0 || ans.Tiers[1].Cumulative != 5 {
		t.Errorf("tiers %+v", ans.Tiers)
	}
	one, err := a.Building(context.Background(), q, "嵩山国际")
	if err != nil {
		t.Fatal(err)
	}
	area, units := ledger.Int(0), 0
	for _, f := range one.Floors {
		area, units = area.Add(f.AreaM2.OrZero()), units+len(f.Units)
	}
	equal(t, "floors", area, exact("26345"))
	if units != 74 || len(one.Top) == 0 || one.Floors[0].Floor != "17" || one.Floors[len(one.Floors)-1].Floor != "3" {
		t.Errorf("%d units, %d payers, floors from %s to %s", units, len(one.Top), one.Floors[0].Floor, one.Floors[len(one.Floors)-1].Floor)
	}
	var leases int64
	for _, e := range one.Expiry {
		leases += e.Leases
	}
	if leases != 74 {
		t.Errorf("%d leases in the expiry profile, want 74", leases)
	}
	if _, err := a.Building(context.Background(), q, "没有的楼"); ledger.AsError(err).Kind != ledger.NotFound {
		t.Errorf("an unknown building gave %v", err)
	}
}

func TestMovesMeetTruth(t *testing.T) {
	var want struct {
		Derived struct {
			Let   map[string]ledger.Decimal `json:"let_m2"`
			To    string                    `json:"moves_to"`
			Moves map[string]struct {
				In    int64          `json:"in"`
				Out   int64          `json:"out"`
				InM2  ledger.Decimal `json:"in_m2"`
				OutM2 ledger.Decimal `json:"out_m2"`
				Grown ledger.Decimal `json:"grown_m2"`
				Net   ledger.Decimal `json:"net_m2"`
			} `json:"moves"`
		} `json:"derived"`
	}
	wholeTruth(t, "楼宇与入驻企业2015年6月", &want)
	l, a := office(t, "楼宇与入驻企业2015年6月.xlsx", "楼宇与入驻企业.xlsx", "迁出企业2015年7月至2016年6月.xlsx")
	ans, err := a.BuildingEconomy(context.Background(), asof(t, l, want.Derived.To))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, b := range ans.Buildings {
		w, told := want.Derived.Moves[b.Building]
		if !told {
			equal(t, b.Building+" net", b.Moves.NetM2, ledger.Null)
			continue
		}
		found++
		equal(t, b.Building+" in", b.Moves.InM2, w.InM2)
		equal(t, b.Building+" out", b.Moves.OutM2, w.OutM2)
		equal(t, b.Building+" grown", b.Moves.GrownM2, w.Grown)
		equal(t, b.Building+" net", b.Moves.NetM2, w.Net)
		equal(t, b.Building+" let then and net", want.Derived.Let[b.Building].Add(w.Net), b.LetAreaM2)
		if b.Moves.FirmsIn != w.In || b.Moves.FirmsOut != w.Out || b.Moves.By != analytics.ByStatement {
			t.Errorf("%s: %+v, want %+v", b.Building, b.Moves, w)
		}
		one, err := a.Building(context.Background(), asof(t, l, want.Derived.To), b.Building)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, b.Building+" net on its page", one.Moves.NetM2, w.Net)
	}
	if found != len(want.Derived.Moves) || ans.Since.String() != "2015-06-30" {
		t.Errorf("%d buildings, since %s", found, ans.Since)
	}
	shown(t, "occupancy on last year", ans.Totals.OccupancyChange, 2, "-4.14")
}

type housingTruth struct {
	Good struct {
		Sums map[string]ledger.Decimal `json:"sums"`
	} `json:"good"`
	Derived struct {
		Villages map[string]map[string]any `json:"villages"`
		Good     struct {
			Units string `json:"delivery_rate_units_pct"`
			Area  string `json:"delivery_rate_area_pct"`
		} `json:"good"`
		Nulls []any `json:"nulls"`
	} `json:"derived"`
}

func TestResettlementMeetsTruth(t *testing.T) {
	var want housingTruth
	wholeTruth(t, "安置房交付", &want)
	l, a := office(t, "安置房交付.xlsx")
	ans, err := a.Resettlement(context.Background(), asof(t, l, "2016-06-30"))
	if err != nil {
		t.Fatal(err)
	}
	sums := want.Good.Sums
	for name, got := range housingFigures(ans.Totals) {
		equal(t, "total "+name, got, sums[name])
	}
	shown(t, "by units", ans.Totals.DeliveredUnitsPercent, 2, want.Derived.Good.Units)
	shown(t, "by area", ans.Totals.DeliveredAreaPercent, 2, want.Derived.Good.Area)
	if len(ans.Nulls) != len(want.Derived.Nulls) || len(ans.Rows) != 13 {
		t.Errorf("%d nulls of %d rows: %+v", len(ans.Nulls), len(ans.Rows), ans.Nulls)
	}
	for _, v := range ans.Villages {
		// The row of 示例一村 with more delivered than completed stays out; its village is compared through the totals.
		if v.Village != "示例一村" {
			compareVillage(t, v, want.Derived.Villages[v.Village])
		}
	}
	qiliyan := ans.Villages[0]
	equal(t, "Qiliyan owed", qiliyan.OwedUnits, exact("2900"))
	equal(t, "Qiliyan delivered", qiliyan.DeliveredUnits, exact("0"))
	comparePublished(t, ans)
}

func housingFigures(f analytics.ResettlementFigures) map[string]ledger.Decimal {
	return map[string]ledger.Decimal{"total_units": f.TotalUnits, "total_area_m2": f.TotalAreaM2, "started_units": f.StartedUnits,
		"started_area_m2": f.StartedAreaM2, "completed_units": f.CompletedUnits, "completed_area_m2": f.CompletedAreaM2,
		"delivered_units": f.DeliveredUnits, "delivered_area_m2": f.DeliveredAreaM2}
}

func compareVillage(t *testing.T, v analytics.ResettlementVillage, want map[string]any) {
	t.Helper()
	for name, got := range housingFigures(v.ResettlementFigures) {
		equal(t, v.Village+" "+name, got, ledger.Int(int64(want[name].(float64))))
	}
	equal(t, v.Village+" waiting", v.CompletedNotDeliveredUnits, ledger.Int(int64(want["completed_not_delivered_units"].(float64))))
	shown(t, v.Village+" a unit", v.M2PerUnit, 1, want["m2_per_unit"].(string))
	shown(t, v.Village+" by units", v.DeliveredUnitsPercent, 2, want["delivery_rate_units_pct"].(string))
	shown(t, v.Village+" by area", v.DeliveredAreaPercent, 2, want["delivery_rate_area_pct"].(string))
}

// comparePublished: 24079 flats of 18.7 m2 cannot be, and stay as printed.
func comparePublished(t *testing.T, ans *analytics.ResettlementAnswer) {
	t.Helper()
	if len(ans.Published) != 1 {
		t.Fatalf("%d published figures", len(ans.Published))
	}
	p := ans.Published[0]
	equal(t, "published units", p.Units, exact("24079"))
	equal(t, "published area", p.AreaM2, exact("450000"))
	equal(t, "published percent", p.Percent, exact("53.67"))
	shown(t, "published a unit", p.M2PerUnit, 1, "18.7")
	shown(t, "implied total", p.ImpliedTotalUnits, 0, "44865")
	if !p.Implausible || p.Village != "路砦" || p.PercentBasis != "" || p.AreaQualifier != "≈" {
		t.Errorf("published %+v", p)
	}
}
