package server

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// odd makes a row of a dataset from a few values by name.
func odd(t *testing.T, d *ledger.Dataset, values map[string]any, marks map[string]string) ledger.Row {
	t.Helper()
	row := ledger.Row{Values: make([]any, len(d.Fields)), Marks: marks, Effective: onDay(2016, 6, 20).To}
	for name, v := range values {
		if d.Index(name) < 0 {
			t.Fatal(d.Name, name)
		}
		row.Values[d.Index(name)] = v
		if own, ok := v.(ledger.Day); ok && name == d.Effective {
			row.Effective = own.To
		}
	}
	return row
}

func onDay(y, m, d int) ledger.Day {
	return ledger.DayOf(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC))
}

func amount(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// oddRows are values the samples lack: live texts, currencies, lengths of periods, vague dates, long figures.
func oddRows(t *testing.T) map[*ledger.Dataset][]ledger.Row {
	rows := map[*ledger.Dataset][]ledger.Row{}
	for i, text := range []string{"=1+1", "'=1+1", "''-2", "-100000", "+86 371", "@SUM(A1)", "＝1+1", "－5", "'＠甲", "<script>alert(1)</script>", "a,b\"c", "0012", "'引号'"} {
		rows[ledger.Tenants] = append(rows[ledger.Tenants], odd(t, ledger.Tenants, map[string]any{"building": "甲楼", "tenant": fmt.Sprintf("企业%d", i), "room": text,
			"let_area_m2": amount("12.5"), "registered": i%2 == 0, "lease_from": onDay(2015, 1, 1)}, map[string]string{"lease_to": "open", "let_area_m2": "约", "lease_from": "year"}))
	}
	for i, code := range []string{"CNY", "USD", "JPY", "HKD"} {
		rows[ledger.Investment] = append(rows[ledger.Investment], odd(t, ledger.Investment, map[string]any{"project": code, "stage": "签约", "currency": code,
			"contract_amount": amount("12345678901234.5678"), "signed_on": onDay(2015, 3+i, 31-i%2)}, map[string]string{"signed_on": "month", "contract_amount": "–2000"}))
	}
	for i, months := range []int64{1, 2, 3, 6, 12} {
		rows[ledger.Tax] = append(rows[ledger.Tax], odd(t, ledger.Tax, map[string]any{"company": "示例公司", "period_months": months, "tax_yuan": amount("-0.01"),
			"period": ledger.Day{From: onDay(2014, 1, 1).From, To: onDay(2014, 1, 1).From.AddDate(0, int(months), -1)}, "tax_type": ledger.TaxTypes[i]}, nil))
	}
	for i, unit := range []string{"元", "%", "户", "元/㎡·天", "件", "㎡", "人次"} {
		rows[ledger.Indicators] = append(rows[ledger.Indicators], odd(t, ledger.Indicators, map[string]any{"indicator": "指标" + unit, "period": ledger.Day{From: onDay(2015, 1, 1).From, To: onDay(2015, 12, 31).To},
			"period_months": int64(12), "value": amount("1234.567891").Add(decimal.NewFromInt(int64(i))), "unit": unit}, nil))
	}
	for _, node := range []string{"1", "2", "2.1", "3-1"} {
		rows[ledger.Milestones] = append(rows[ledger.Milestones], odd(t, ledger.Milestones, map[string]any{"project": "某项目", "node_no": node, "node": "节点" + node, "plan_finish": onDay(2016, 6, 30)},
			map[string]string{"plan_finish": "quarter"}))
	}
	return rows
}

func TestOddValuesComeBackToo(t *testing.T) {
	testkit.Unraced(t)
	l := testkit.Ledger(t)
	all := oddRows(t)
	_, err := l.Load(t.Context(), ledger.Load{Kind: "import", By: "test", Mode: "all", File: ledger.File{Name: "odd", Hash: "odd"},
		Sources: []ledger.Source{{}}, Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
			for d, rows := range all {
				for _, row := range rows {
					if err := add(d, row); err != nil {
						return err
					}
				}
			}
			return nil
		}})
	if err != nil {
		t.Fatal(err)
	}
	for d, rows := range all {
		want := standing(t, l, d)
		if len(want) != len(rows) {
			t.Fatalf("%s: %d of %d rows stand", d.Name, len(want), len(rows))
		}
		for _, kind := range []string{"csv", "xlsx"} {
			t.Run(d.Name+"."+kind, func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "out."+kind)
				if code, _, errs := runCommand(l, "export", d.Name, "--"+kind, "--out", file, "--asof", "2016-07-04"); code != exitDone {
					t.Fatal(errs)
				}
				comesBack(t, testkit.Ledger(t), file, d, want)
			})
		}
	}
}
