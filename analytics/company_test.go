package analytics

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// Two sound codes; organisation is the part of the first that a code of before 2015 was alone.
const (
	codeA        = "91350100M000100Y43"
	codeB        = "914403001922038216"
	organisation = "M000100Y4"
	wrongCode    = "91350100M000100Y4Z" // its check character is another
)

func firmsOf(t *testing.T, lines ...values) (whole int64) {
	t.Helper()
	l := testkit.Ledger(t)
	for i := range lines {
		v := values{"building": "东楼", "room": fmt.Sprint(i)}
		for name, value := range lines[i] {
			v[name] = value
		}
		// One import each: codes and names come in different files.
		say(t, l, ledger.Tenants, "import", "2016-05-01", v)
	}
	a := New(l)
	q := on(t, a, "2016-06-20")
	list, err := a.tenancies(context.Background(), q, "")
	if err != nil {
		t.Fatal(err)
	}
	return registered(occupancy(list, "", DateOf(q.Clock.Asof))).all.Firms
}

func TestFirmsAreToldApartByCodeThenByName(t *testing.T) {
	for _, c := range []struct {
		name  string
		want  int64
		lines []values
	}{
		{"width, brackets and blanks", 1, []values{{"tenant": "河南甲（集团）有限公司"}, {"tenant": "河南甲(集团)有限公司"}, {"tenant": "河南甲 (集团) 有限公司"}}},
		{"forms of company stay distinct", 2, []values{{"tenant": "甲有限公司"}, {"tenant": "甲有限责任公司"}}},
		{"a branch is its own", 2, []values{{"tenant": "甲有限公司"}, {"tenant": "甲有限公司郑州分公司"}}},
		{"name first, code later", 1, []values{{"tenant": "甲有限公司"}, {"tenant": "甲有限公司", "uscc": codeA}}},
		{"code first, name later", 1, []values{{"tenant": "甲有限公司", "uscc": codeA}, {"tenant": "甲有限公司"}}},
		{"renamed", 1, []values{{"tenant": "甲有限公司", "uscc": codeA}, {"tenant": "乙有限公司", "uscc": codeA}}},
		{"renamed, each name once without its code", 1, []values{{"tenant": "甲有限公司", "uscc": codeA}, {"tenant": "乙有限公司", "uscc": codeA}, {"tenant": "乙有限公司"}, {"tenant": "甲有限公司"}}},
		{"the old organisation code and the new code", 1, []values{{"tenant": "甲有限公司", "uscc": organisation}, {"tenant": "甲公司", "uscc": codeA}}},
		{"two companies of one name", 2, []values{{"tenant": "甲有限公司", "uscc": codeA}, {"tenant": "甲有限公司", "uscc": codeB, "building": "西楼"}}},
		{"two of one name, each once without code in its own building", 2, []values{{"tenant": "甲有限公司", "uscc": codeA}, {"tenant": "甲有限公司", "uscc": codeB, "building": "西楼"},
			{"tenant": "甲有限公司"}, {"tenant": "甲有限公司", "building": "西楼"}}},
		{"a wrong code tells nothing apart", 1, []values{{"tenant": "甲有限公司", "uscc": codeA}, {"tenant": "甲有限公司", "uscc": wrongCode}}},
	} {
		if got := firmsOf(t, c.lines...); got != c.want {
			t.Errorf("%s: %d firms, want %d", c.name, got, c.want)
		}
	}
}

func TestARenamedCompanyPaysAsOneAndShowsBothNames(t *testing.T) {
	a := record(t, map[*ledger.Dataset][]values{ledger.Tax: {
		{"company": "甲有限公司", "uscc": codeA, "period": "2016-01", "tax_yuan": "100"},
		{"company": "乙有限公司", "uscc": codeA, "period": "2016-02", "tax_yuan": "50"},
		{"company": "甲有限公司", "period": "2016-03", "tax_yuan": "7"},
		{"company": "丙有限公司", "period": "2016-03", "tax_yuan": "1"},
	}})
	q := on(t, a, "2016-06-20")
	tax, err := a.Tax(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	payers := map[string]string{}
	for _, p := range tax.Top {
		payers[p.Company] = p.TaxYuan.String()
	}
	if len(payers) != 2 || payers["甲有限公司"] != "157" || payers["丙有限公司"] != "1" || tax.Companies != 2 {
		t.Error(payers, tax.Companies)
	}
	names, err := a.Renamed(context.Background(), q)
	if err != nil || len(names) != 2 || names[0].Name != "甲有限公司" || names[1].Name != "乙有限公司" || names[0].Code != organisation || names[0].First.String() != "2016-01-31" || names[0].Last.String() != "2016-01-31" {
		t.Errorf("%+v %v", names, err)
	}
}

// TestABuildingAloneIsItsLineInTheList reads each building by itself, by statements narrowed to it, and holds it against the list of all.
func TestABuildingAloneIsItsLineInTheList(t *testing.T) {
	a := record(t, smallEconomy())
	q := on(t, a, "2016-06-20")
	all, err := a.Buildings(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range all.Buildings {
		alone, err := a.Building(context.Background(), q, line.Building)
		if err != nil {
			t.Fatal(line.Building, err)
		}
		if !reflect.DeepEqual(alone.Line, line) {
			t.Errorf("%s alone\n%+v, in the list\n%+v", line.Building, alone.Line, line)
		}
	}
	if len(all.Buildings) != 4 {
		t.Errorf("%d buildings", len(all.Buildings))
	}
}

// TestALineIsFoundWhereItIsNow: a form moved a line to another building, under the key it was first written with, and named its firm anew.
func TestALineIsFoundWhereItIsNow(t *testing.T) {
	l := testkit.Ledger(t)
	say(t, l, ledger.Tenants, "import", "2016-05-01", values{"building": "东楼", "room": "1", "tenant": "甲公司", "uscc": codeA})
	first := rowOf(t, ledger.Tenants, values{"building": "东楼", "room": "1", "tenant": "甲公司", "uscc": codeA})
	moved := rowOf(t, ledger.Tenants, values{"building": "西楼", "room": "1", "tenant": "乙公司", "uscc": codeA, "let_area_m2": "30"})
	moved.Key, moved.Effective = ledger.Tenants.KeyOf(first.Values), dayOf(t, "2016-06-01").From
	if _, err := l.Load(context.Background(), ledger.Load{Kind: "form", By: "test", Each: func(add func(*ledger.Dataset, ledger.Row) error) error { return add(ledger.Tenants, moved) }}); err != nil {
		t.Fatal(err)
	}
	a := New(l)
	for building, want := range map[string]map[string]int{"东楼": {"2016-05-02": 1, "2016-06-02": 0}, "西楼": {"2016-05-02": 0, "2016-06-02": 1}} {
		for day, n := range want {
			units, err := a.buildingUnits(context.Background(), on(t, a, day), building)
			if err != nil || len(units) != n {
				t.Errorf("in %s on %s: %+v, %v", building, day, units, err)
			}
		}
	}
}
