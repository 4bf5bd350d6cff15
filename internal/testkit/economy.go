package testkit

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/ledger"
)

// Economy is the size of a made-up building economy: buildings, the firms in them, and months in which every firm pays two taxes,
// the last of them May 2016.
type Economy struct{ Buildings, Tenants, Months int }

// taxesPaid are what each firm of an economy pays every month.
var taxesPaid = []string{"增值税", "企业所得税"}

// TaxRows is how many rows of tax the economy has.
func (e Economy) TaxRows() int { return e.Tenants * e.Months * len(taxesPaid) }

// Load fills a record with the economy: the buildings, their tenants, and a batch a month of tax.
func (e Economy) Load(t testing.TB, l *ledger.Ledger) {
	t.Helper()
	stands := time.Date(2016, 6, 30, 0, 0, 0, 0, time.UTC)
	fill(t, l, ledger.Buildings, e.Buildings, func(i int) (map[string]any, time.Time) { return e.building(i), stands })
	fill(t, l, ledger.Tenants, e.Tenants, func(i int) (map[string]any, time.Time) { return e.tenant(i), stands })
	for m := e.Months - 1; m >= 0; m-- {
		month := time.Date(2016, 5, 1, 0, 0, 0, 0, time.UTC).AddDate(0, -m, 0)
		fill(t, l, ledger.Tax, e.Tenants*len(taxesPaid), func(i int) (map[string]any, time.Time) { return e.paid(i, month), month.AddDate(0, 1, -1) })
	}
}

// Building is what the building of a number is called.
func (Economy) Building(i int) string { return fmt.Sprintf("示例大厦%04d号", i+1) }

// Firm is what the firm of a number is called.
func (Economy) Firm(i int) string { return fmt.Sprintf("河南示例%06d号有限公司", i+1) }

var trades = []string{"金融业", "批发和零售业", "信息传输、软件和信息技术服务业", "房地产业", "租赁和商务服务业", "住宿和餐饮业", "建筑业"}

func (e Economy) building(i int) map[string]any {
	lettable := decimal.NewFromInt(int64(i%40+10) * 1000)
	let := decimal.NewFromInt(e.letM2()).Mul(decimal.NewFromInt(int64(e.Tenants / max(e.Buildings, 1))))
	return map[string]any{"building": e.Building(i), "district": fmt.Sprintf("示例商圈%d", i%12+1), "address": fmt.Sprintf("示例路%d号", i+1), "kind": "写字楼",
		"gross_area_m2": lettable.Mul(decimal.NewFromInt(2)), "lettable_area_m2": lettable, "let_area_m2": decimal.Min(let, lettable)}
}

// letM2 is the room each firm has: as much as fits the smallest building.
func (e Economy) letM2() int64 { return 10_000 / int64(max(e.Tenants/max(e.Buildings, 1), 1)) }

func (e Economy) tenant(i int) map[string]any {
	b, n := i%e.Buildings, i/e.Buildings
	return map[string]any{"tenant": e.Firm(i), "uscc": fmt.Sprintf("91410103MA%08d", i), "building": e.Building(b), "floor": fmt.Sprint(n/4 + 1),
		"room": fmt.Sprintf("%d%02d", n/4+1, n%4+1), "let_area_m2": decimal.NewFromInt(e.letM2()), "industry": trades[i%len(trades)],
		"lease_from": ledger.DayOf(time.Date(2014, time.Month(i%12+1), 1, 0, 0, 0, 0, time.UTC)),
		"lease_to":   ledger.DayOf(time.Date(2016+i%4, time.Month(i%12+1), 28, 0, 0, 0, 0, time.UTC)), "registered": i%5 != 0, "local_tax": i%7 != 0}
}

func (e Economy) paid(i int, month time.Time) map[string]any {
	firm, kind := i/len(taxesPaid), i%len(taxesPaid)
	yuan := decimal.New(int64(firm%997+3)*int64(100+int(month.Month())*7+kind*31+(month.Year()-2010)*(firm%13-4)), -1)
	return map[string]any{"company": e.Firm(firm), "uscc": fmt.Sprintf("91410103MA%08d", firm), "building": e.Building(firm % e.Buildings),
		"industry": trades[firm%len(trades)], "tax_type": taxesPaid[kind], "period": ledger.DayOf(month), "period_months": int64(1), "basis": "全口径", "tax_yuan": yuan}
}

// fill loads made-up rows of one dataset as one batch.
func fill(t testing.TB, l *ledger.Ledger, d *ledger.Dataset, n int, row func(i int) (map[string]any, time.Time)) {
	t.Helper()
	load := ledger.Load{Kind: "import", By: "测试", Mode: "all", Sources: []ledger.Source{{Dataset: d.Name, Fields: []string{}, Columns: []string{}}}}
	load.Each = func(add func(*ledger.Dataset, ledger.Row) error) error {
		for i := range n {
			values, day := row(i)
			if err := add(d, ledger.Row{Values: valuesOf(d, values), Effective: day, SheetRow: uint32(i + 2)}); err != nil {
				return err
			}
		}
		return nil
	}
	if _, err := l.Load(context.Background(), load); err != nil {
		t.Fatal(err)
	}
}
