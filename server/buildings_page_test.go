package server

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/analytics"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// district fills a record with so many buildings of forty rooms each, as two lists a year apart tell of them, and the tax of their firms.
func district(t testing.TB, l *ledger.Ledger, buildings int) {
	t.Helper()
	load := func(d *ledger.Dataset, n int, day time.Time, fill func(i int) map[string]any) {
		t.Helper()
		_, err := l.Load(context.Background(), ledger.Load{Kind: "import", By: "测试", Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
			for i := range n {
				row := ledger.Row{Values: make([]any, len(d.Fields)), Effective: day, SheetRow: uint32(i + 2)}
				for name, v := range fill(i) {
					row.Values[d.Index(name)] = v
				}
				if err := add(d, row); err != nil {
					return err
				}
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	building := func(i int) string { return fmt.Sprintf("示例大厦%04d号", i+1) }
	firm := func(i int) string { return fmt.Sprintf("郑州示例%06d有限公司", i+1) }
	area := func(n int) decimal.Decimal { return decimal.NewFromInt(int64(n)) }
	now := time.Date(2016, 6, 30, 0, 0, 0, 0, time.UTC)
	then := now.AddDate(-1, 0, 0)
	for _, day := range []time.Time{then, now} {
		load(ledger.Buildings, buildings, day, func(i int) map[string]any {
			return map[string]any{"building": building(i), "district": fmt.Sprintf("示例商圈%d", i%12+1), "gross_area_m2": area(6000), "lettable_area_m2": area(4400)}
		})
		load(ledger.Tenants, buildings*40, day, func(i int) map[string]any {
			who := i
			if day == now && i%40 < 4 { // a tenth are others now, and the room that stays empty has moved out
				who += buildings * 40
			}
			v := map[string]any{"building": building(i / 40), "floor": strconv.Itoa(i%40/4 + 1), "room": fmt.Sprintf("%d0%d", i%40/4+1, i%4+1), "tenant": firm(who), "industry": fmt.Sprintf("行业%d", i%9),
				"let_area_m2": area(60 + i%50), "lease_to": ledger.DayOf(now.AddDate(0, i%60-10, 0)), "registered": i%5 > 0, "local_tax": i%4 > 0}
			if i%200 == 0 {
				v["headquarters"] = "区域总部"
			}
			return v
		})
	}
	for _, year := range []int{2015, 2016} {
		load(ledger.Tax, buildings*40, time.Date(year, 5, 31, 0, 0, 0, 0, time.UTC), func(i int) map[string]any {
			month := ledger.Day{From: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), To: time.Date(year, 5, 31, 0, 0, 0, 0, time.UTC)}
			return map[string]any{"company": firm(i), "building": building(i / 40), "period": month, "period_months": int64(5), "tax_yuan": area((i%97 + 1) * 1000 * (2020 - year))}
		})
	}
}

// mostBytes is how large a page may be, whatever the record holds.
const mostBytes = 150_000

// TestALongListOfBuildingsStaysSmall also pages and narrows it.
func TestALongListOfBuildingsStaysSmall(t *testing.T) {
	testkit.Unraced(t)
	const n = 130
	l := testkit.Ledger(t)
	district(t, l, n)
	a := appOver(t, l)
	for _, address := range []string{"/buildings?asof=2016-06-30", "/buildings?asof=2016-06-30&lang=en&page=3", "/buildings?asof=2016-06-30&sort=net&circle=%E7%A4%BA%E4%BE%8B%E5%95%86%E5%9C%881&reason=several",
		"/buildings/" + "%E7%A4%BA%E4%BE%8B%E5%A4%A7%E5%8E%A60001%E5%8F%B7?asof=2016-06-30"} {
		began := time.Now()
		r := call(t, a, http.MethodGet, address, nil)
		t.Logf("%s: %d bytes in %s", address, len(r.Text), time.Since(began).Round(time.Millisecond))
		if r.StatusCode != http.StatusOK || len(r.Text) > mostBytes {
			t.Errorf("%s: status %d, %d bytes", address, r.StatusCode, len(r.Text))
		}
	}
	first := call(t, a, http.MethodGet, "/buildings?asof=2016-06-30", nil).Text
	list := first[strings.Index(first, `id="card-building_list"`):strings.Index(first, `id="card-watch"`)]
	if got := strings.Count(list, "<tr>"); got != buildingRows+1 || !strings.Contains(list, `rel="next"`) {
		t.Errorf("%d rows on a page", got)
	}
	var ans analytics.BuildingsAnswer
	decode(t, call(t, a, http.MethodGet, "/buildings.json?asof=2016-06-30&sort=net", nil).Text, &ans)
	if len(ans.Buildings) != n || ans.Totals.Moves.FirmsIn != int64(n*4) || ans.Totals.Moves.By != analytics.ByStatement {
		t.Errorf("%d buildings, moves %+v", len(ans.Buildings), ans.Totals.Moves)
	}
	for part, head := range map[string]string{"": "楼宇名称", "circles": "商圈", "watch": "企业名称", "hq": "企业名称", "expiry": "到期"} {
		r := call(t, a, http.MethodGet, "/buildings.csv?asof=2016-06-30&part="+part, nil)
		if r.StatusCode != http.StatusOK || !strings.HasPrefix(strings.TrimPrefix(r.Text, "\ufeff"), head) {
			t.Errorf("part %q: %d %.60q", part, r.StatusCode, r.Text)
		}
	}
	for _, wrong := range []string{"/buildings?sort=rent", "/buildings.csv?part=all", "/buildings?since=tomorrow", "/buildings/x?part=all"} {
		if r := call(t, a, http.MethodGet, wrong, nil); r.StatusCode < 400 || r.StatusCode >= 500 {
			t.Errorf("%s: %d", wrong, r.StatusCode)
		}
	}
}
