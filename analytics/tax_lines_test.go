package analytics

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"taizhang/ledger"
)

// Names have the number in this program that the engine keeps beside them.
func TestNumbersAreTheEngines(t *testing.T) {
	a := record(t, smallEconomy())
	for _, key := range []string{"甲公司", "东楼", codeA, "a", strings.Repeat("河南示例有限公司", 40), "未入驻"} {
		var want uint64
		ctx := ledger.Bind(context.Background(), ledger.Params{"key": key})
		if err := a.ledger.Conn().QueryRow(ctx, "SELECT cityHash64({key:String})").Scan(&want); err != nil {
			t.Fatal(err)
		}
		if got := numberOf(key); got != want {
			t.Errorf("%s: %d, the engine has %d", key, got, want)
		}
	}
	if numberOf("") != 0 {
		t.Error("no name has a number")
	}
}

// Who paid most is found without putting all in order, with all who paid as much as the last of them.
func TestLeastOfMost(t *testing.T) {
	payers := []*taxPayer{}
	for _, yuan := range []int64{5, 9, 1, 9, 7, unsaid, 3, 7} {
		p := &taxPayer{}
		if yuan != unsaid {
			p.this = amount{whole: yuan, said: true}
		}
		payers = append(payers, p)
	}
	for n, want := range map[int]string{1: "9", 2: "9", 3: "7", 4: "7", 5: "5", 7: "1", 8: "—", 9: "—"} {
		if got := leastOfMost(payers, n).decimal().String(); got != want {
			t.Errorf("the last of the %d that paid most paid %s, want %s", n, got, want)
		}
	}
}

// What is told by the sums kept with the batches, the types of tax and the whole year of each building, is what the lines tell.
func TestKeptSumsAreThoseOfTheLines(t *testing.T) {
	random, list, seen := rand.New(rand.NewPCG(3, 1)), []values{}, map[string]bool{}
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	for range 600 {
		v := values{"company": fmt.Sprintf("示例%d公司", random.IntN(40)), "uscc": pick("", "", codeA, codeB), "building": pick("东楼", "西楼", "无", ""), "tax_type": pick("增值税", "营业税", "契税"),
			"period": fmt.Sprintf("%s-%02d", pick("2015", "2016"), 1+random.IntN(12)), "tax_yuan": fmt.Sprintf("%d.%02d", random.IntN(90_000)-9_000, random.IntN(100))}
		if key := fmt.Sprint(v["company"], v["tax_type"], v["period"]); !seen[key] {
			seen[key] = true
			list = append(list, v)
		}
	}
	a, ctx := record(t, map[*ledger.Dataset][]values{ledger.Tax: list}), context.Background()
	q := on(t, a, "2016-06-20")
	book, err := a.taxBook(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	kinds, err := a.readKinds(ctx, q, book)
	if err != nil || len(kinds) != 3 || len(book.kinds) != 3 {
		t.Fatalf("types %v of %v, %v", kinds, book.kinds, err)
	}
	bits, err := a.taxLines(ctx, q, book, linesAsked{kinds: book.kinds})
	if err != nil {
		t.Fatal(err)
	}
	lines, err := a.taxLines(ctx, q, book, linesAsked{byKind: true, whole: true})
	if err != nil || len(lines) <= len(bits) {
		t.Fatalf("%d lines by type, %d in all, %v", len(lines), len(bits), err)
	}
	said := func(sums map[string]*taxSum) map[string]string {
		all := map[string]string{}
		for kind, s := range sums {
			all[kind] = fmt.Sprint(s.this.decimal(), s.last.decimal(), s.firms)
		}
		return all
	}
	if got, want := said(payersOf(bits).ofKinds(book.kinds, kinds)), said(taxBy(payersOf(lines), func(l *taxLine) string { return l.kind })); !reflect.DeepEqual(got, want) {
		t.Errorf("by bits and sums %v, by lines %v", got, want)
	}
	year := map[uint64]ledger.Decimal{}
	if err := a.readBuildingYear(ctx, q, book, year); err != nil {
		t.Fatal(err)
	}
	for place, tax := range taxByPlace(lines) {
		if got, want := year[place], tax.whole.decimal(); got.Cmp(want) != 0 || !want.Valid() {
			t.Errorf("building %d: %v by sums, %v by lines", place, got, want)
		}
	}
	if len(year) != 3 {
		t.Errorf("%d buildings", len(year))
	}
}

// Whatever a sheet calls a tax or an industry arrives as it is when it is bound in a list.
func TestListsOfTextsArriveAsTheyAre(t *testing.T) {
	a := record(t, smallEconomy())
	want := []string{"增值税", "", `'`, `''`, `\`, `\'`, `'\`, "a\tb\nc\r", `"'><x onclick=f('t')>`, `\\N`, "],['"}
	var got []string
	ctx := ledger.Bind(context.Background(), ledger.Params{"list": textList(want)})
	if err := a.ledger.Conn().QueryRow(ctx, "SELECT {list:Array(String)}").Scan(&got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
}
