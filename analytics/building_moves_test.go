package analytics

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// twoStatements is a building as two lists of tenants tell of it. Of 甲, who stays, 20 m2 are given back; 乙 renews; 丙 moves to another room;
// 丁 leaves; 戊 comes; 己 leaves a room of unknown size; 庚 stays as it was.
func twoStatements(t *testing.T) *Analytics {
	t.Helper()
	l := testkit.Ledger(t)
	firm := func(room, name, area, from, to string, more ...string) values {
		v := values{"building": "东楼", "floor": "3", "room": room, "tenant": name, "lease_from": from, "lease_to": to}
		if area != "" {
			v["let_area_m2"] = area
		}
		for i := 0; i+1 < len(more); i += 2 {
			v[more[i]] = more[i+1]
		}
		return v
	}
	say(t, l, ledger.Tenants, "import", "2015-12-31",
		firm("301", "甲公司", "120", "2014-01-01", "2016-12-31"), firm("302", "乙公司", "80", "2014-01-01", "2016-01-31", "moved_out", "2016-02-01"),
		firm("303", "丙公司", "60", "2015-01-01", "2017-12-31", "moved_out", "2016-03-01"), firm("305", "丁公司", "200", "2014-01-01", "2015-12-31", "uscc", "91350100M000100Y43", "moved_out", "2016-01-10"),
		firm("306", "己公司", "", "2014-01-01", "2016-05-31", "moved_out", "2016-05-31"), firm("307", "庚公司", "40.5", "2014-01-01", "2018-12-31"),
		firm("308", "久去公司", "70", "2012-01-01", "2014-12-31", "moved_out", "2015-01-31"))
	say(t, l, ledger.Tenants, "import", "2016-06-29",
		firm("301", "甲公司", "100", "2014-01-01", "2016-12-31"), firm("302", "乙公司", "80", "2016-02-01", "2019-01-31"),
		firm("403", "丙公司", "60", "2015-01-01", "2017-12-31"), firm("305", "戊公司", "150", "2016-04-01", "2019-03-31", "moved_in", "2016-04-01"))
	return New(l)
}

func TestMovesBetweenTwoStatements(t *testing.T) {
	a := twoStatements(t)
	q := on(t, a, "2016-06-30")
	ans, err := a.Building(context.Background(), q, "东楼")
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, f := range ans.Moves.Firms {
		kinds = append(kinds, f.Kind+" "+f.Company)
	}
	want := "out 丁公司,out 己公司,in 戊公司,area 甲公司,room 丙公司,lease 乙公司"
	if got := strings.Join(kinds, ","); got != want || ans.Moves.By != ByStatement || ans.Moves.Since.String() != "2015-12-31" {
		t.Errorf("moves %q by %q since %s, want %q", got, ans.Moves.By, ans.Moves.Since, want)
	}
	m := ans.Moves.MovedArea
	is(t, "in", m.InM2, "150")
	is(t, "out, one of unknown size", m.OutM2, "200")
	is(t, "stayed", m.GrownM2, "-20")
	is(t, "net", m.NetM2, "-70") // 150 − 200 − 20
	if m.FirmsIn != 1 || m.FirmsOut != 2 {
		t.Errorf("firms in %d, out %d", m.FirmsIn, m.FirmsOut)
	}
	is(t, "what one of unknown size gave up", ans.Moves.Firms[1].DeltaM2, "—")
	if f := ans.Moves.Firms[0]; f.MovedOut.String() != "2016-01-10" || f.WasTo.String() != "2015-12-31" || f.LeaseTo.Known() {
		t.Errorf("who left: %+v", f)
	}
	then, err := a.Building(context.Background(), on(t, a, "2015-12-31"), "东楼")
	if err != nil {
		t.Fatal(err)
	}
	is(t, "registration of which no sheet speaks", then.Line.RegistrationPercent, "—")
	is(t, "nor of tax", then.Line.LocalTaxPercent, "—")
	// What is let now is what was let then and what moved since.
	is(t, "let then", then.Line.LetAreaM2, "500.5")
	is(t, "let now", ans.Line.LetAreaM2, then.Line.LetAreaM2.Add(m.NetM2).String())

	byBuilding, err := a.movesSince(context.Background(), q, ans.Moves.Since.String())
	if err != nil {
		t.Fatal(err)
	}
	all := byBuilding.of["东楼"]
	if all.By != m.By || all.FirmsIn != m.FirmsIn || all.FirmsOut != m.FirmsOut {
		t.Errorf("in the list %+v, on its page %+v", all, m)
	}
	is(t, "net in the list", all.NetM2, "-70")
}

// TestMovesWithoutAnEarlierStatement are told by dates alone, or not at all.
func TestMovesWithoutAnEarlierStatement(t *testing.T) {
	a := twoStatements(t)
	q := on(t, a, "2016-06-30")
	ans, err := a.BuildingSince(context.Background(), q, "东楼", "2014-12-31")
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, f := range ans.Moves.Firms {
		kinds = append(kinds, f.Kind+" "+f.Company)
	}
	if got := strings.Join(kinds, ","); ans.Moves.By != ByDates || !strings.Contains(got, "in 戊公司") || !strings.Contains(got, "out 久去公司") || strings.Contains(got, "庚公司") {
		t.Errorf("by %q: %s", ans.Moves.By, got)
	}
	first, err := a.Building(context.Background(), on(t, a, "2015-12-31"), "东楼")
	if err != nil {
		t.Fatal(err)
	}
	// A year before the first statement, and 久去公司 left since: that alone is known.
	is(t, "out by date", first.Moves.OutM2, "70")
	if first.Moves.By != ByDates || first.Moves.FirmsIn != 0 {
		t.Errorf("%+v", first.Moves.MovedArea)
	}
	none, err := a.BuildingSince(context.Background(), on(t, a, "2015-12-31"), "东楼", "2015-06-30")
	if err != nil {
		t.Fatal(err)
	}
	if none.Moves.By != ByNothing || none.Moves.NetM2.Valid() || len(none.Moves.Firms) != 0 {
		t.Errorf("of a day nobody speaks of: %+v", none.Moves)
	}
	for _, day := range []string{"2016-06-30", "2016-13-01", "昨天"} {
		if _, err := a.BuildingSince(context.Background(), q, "东楼", day); ledger.AsError(err).Kind != ledger.Invalid {
			t.Errorf("since %s: %v", day, err)
		}
	}
}

// TestWhoMovedIsToldByTheBuildingsLines: 甲 states its code on the later day only and stays; 乙's code stands in another building alone, so that
// here 乙 leaves and its code comes, under another name.
func TestWhoMovedIsToldByTheBuildingsLines(t *testing.T) {
	l := testkit.Ledger(t)
	firm := func(building, room, name, code, area string) values {
		v := values{"building": building, "room": room, "tenant": name, "let_area_m2": area}
		if code != "" {
			v["uscc"] = code
		}
		return v
	}
	say(t, l, ledger.Tenants, "import", "2015-05-31", firm("东楼", "1", "甲公司", "", "10"), firm("东楼", "2", "乙公司", "", "20"), firm("西楼", "1", "乙公司", codeB, "5"))
	say(t, l, ledger.Tenants, "import", "2016-06-30", firm("东楼", "1", "甲公司", codeA, "15"), firm("东楼", "3", "丙公司", codeB, "40"))
	say(t, l, ledger.Tenants, "import", "2016-06-29", values{"building": "东楼", "room": "1", "tenant": "甲公司", "let_area_m2": "10", "moved_out": "2016-06-01"},
		values{"building": "东楼", "room": "2", "tenant": "乙公司", "let_area_m2": "20", "moved_out": "2016-06-01"})
	a := New(l)
	ans, err := a.BuildingSince(context.Background(), on(t, a, "2016-06-30"), "东楼", "2015-06-30")
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, f := range ans.Moves.Firms {
		kinds = append(kinds, f.Kind+" "+f.Company+" "+f.DeltaM2.String())
	}
	if got := strings.Join(kinds, ","); got != "out 乙公司 -20,in 丙公司 40,area 甲公司 5" {
		t.Error(got)
	}
}

// TestMovesOfTheListAreThoseOfThePages adds up who moved over made-up lines: the list counts firms, a building's page names them.
func TestMovesOfTheListAreThoseOfThePages(t *testing.T) {
	count, kinds := newMoveCount(), map[string]int{}
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 1))
		b := buildingDays{since: 100, today: 200, then: madeUpLines(r), now: madeUpLines(r)}
		if b.listed = len(b.then) > 0; !b.listed {
			b.then = b.now
		}
		var page MovedArea
		for _, f := range firmsOnTwoDays(b) {
			f.classify(f.was > 0, f.now > 0)
			page.count(f.FirmMove)
			kinds[f.Kind]++
		}
		list := count.moved(b)
		page.By = list.By
		if page.close(); list.By != ByNothing && (page.FirmsIn != list.FirmsIn || page.FirmsOut != list.FirmsOut || page.InM2.Cmp(list.InM2) != 0 ||
			page.OutM2.Cmp(list.OutM2) != 0 || page.GrownM2.Cmp(list.GrownM2) != 0 || page.NetM2.Cmp(list.NetM2) != 0) {
			t.Fatalf("seed %d: the list says %+v, the page adds up to %+v", seed, list, page)
		}
	}
	for _, kind := range []string{MovedIn, MovedOut, AreaChanged, RoomChanged, LeaseChanged, ""} {
		if kinds[kind] < 50 {
			t.Errorf("%q tried %d times only", kind, kinds[kind])
		}
	}
}

// madeUpLines are up to five lines of three names, with codes, dates and areas or without.
func madeUpLines(r *rand.Rand) []*tenancy {
	days := []epochDay{noDay, noDay, 50, 100, 101, 150, 200, 201}
	areas := []amount{{}, amountOf(100_000), amountOf(333_333), amountOf(200_000)}
	list := make([]*tenancy, r.IntN(6))
	for i := range list {
		name := uint64(r.IntN(3) + 1)
		t := &tenancy{nameID: name, key: "name", tenant: "name", tenancyTexts: &tenancyTexts{room: []string{"1", "2"}[r.IntN(2)]}, area: areas[r.IntN(len(areas))],
			from: days[r.IntN(3)], to: days[r.IntN(len(days))], came: days[r.IntN(len(days))], went: days[r.IntN(len(days))]}
		if r.IntN(3) == 0 {
			t.codeID, t.key = uint64(r.IntN(3)+10), "code"
		}
		list[i] = t
	}
	return list
}
