package ingest_test

import (
	"context"
	"os"
	"testing"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func load(t *testing.T, l *ledger.Ledger, name string, opt ingest.Options) ingest.Outcome {
	t.Helper()
	content, err := os.ReadFile(testkit.Sample(name))
	if err != nil {
		t.Fatal(err)
	}
	opt.Now = testkit.Now
	out, err := ingest.Import(context.Background(), l, name, content, opt)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func count(t *testing.T, l *ledger.Ledger, dataset string, clock ledger.Clock) int {
	t.Helper()
	d, err := ledger.Find(dataset)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := l.Rows(context.Background(), d, clock, func(ledger.Record) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

func now(t *testing.T, l *ledger.Ledger) ledger.Clock {
	t.Helper()
	clock, err := l.Clock(context.Background(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	return clock
}

func TestEverySampleLoadsWhatItReports(t *testing.T) {
	l := testkit.Ledger(t)
	want := map[string]int{}
	for _, name := range []string{"项目台账.xlsx", "倒排工期.xlsx", "安置房交付.xlsx", "楼宇与入驻企业.xlsx", "税收2014.xlsx", "税收2015.xlsx",
		"税收2016年1-5月.xlsx", "招商项目.csv", "经济指标.xlsx", "督办事项.xlsx", "走访记录.csv", "代办事项.xlsx"} {
		out := load(t, l, name, ingest.Options{GoodRows: true})
		if out.Status != ingest.Committed {
			t.Fatalf("%s: %s %v", name, out.Status, out.Problems)
		}
		for _, c := range append(out.Datasets, out.Beside...) {
			if c.Loaded != c.Good {
				t.Errorf("%s: %+v", name, c)
			}
			want[c.Name] += c.Loaded
		}
	}
	for dataset, n := range want {
		if got := count(t, l, dataset, now(t, l)); got != n {
			t.Errorf("%s holds %d rows, the imports reported %d", dataset, got, n)
		}
	}
	if want["tax"] != 1487+5696+2450 || want["targets"] != 4 || want["ranks"] != 3 {
		t.Errorf("loaded %v", want)
	}
}

func TestErrorsRefuseTheFileWhole(t *testing.T) {
	testkit.Unraced(t)
	l := testkit.Ledger(t)
	for _, name := range []string{"倒排工期.xlsx", "安置房交付.xlsx", "楼宇与入驻企业.xlsx", "督办事项.xlsx", "代办事项.xlsx"} {
		out := load(t, l, name, ingest.Options{})
		if out.Status != ingest.Refused || out.Batch != nil {
			t.Errorf("%s: %s", name, out.Status)
		}
	}
	for _, d := range ledger.All {
		if n := count(t, l, d.Name, now(t, l)); n != 0 {
			t.Errorf("%s holds %d rows after refusals", d.Name, n)
		}
	}
}

func TestSameContentIsToldAndUndoLetsItIn(t *testing.T) {
	l := testkit.Ledger(t)
	first := load(t, l, "项目台账.xlsx", ingest.Options{})
	again := load(t, l, "项目台账.xlsx", ingest.Options{})
	if again.Status != ingest.Duplicate || *again.Batch != *first.Batch {
		t.Fatalf("second import: %+v", again)
	}
	if err := l.Undo(context.Background(), *first.Batch, "测试", "重复"); err != nil {
		t.Fatal(err)
	}
	if n := count(t, l, "projects", now(t, l)); n != 0 {
		t.Errorf("%d projects after undo", n)
	}
	if out := load(t, l, "项目台账.xlsx", ingest.Options{}); out.Status != ingest.Committed {
		t.Errorf("after undo: %s", out.Status)
	}
}

// TestWeeksOneAfterTheOther meets what is only seen against the week before.
func TestWeeksOneAfterTheOther(t *testing.T) {
	testkit.Unraced(t)
	l := testkit.Ledger(t)
	for i, name := range []string{"进度周报-第1周.xlsx", "进度周报-第2周.xlsx", "进度周报-第3周.xlsx", "进度周报-第4周.xlsx"} {
		out := load(t, l, name, ingest.Options{})
		if i != 2 {
			if len(out.Problems) != 0 {
				t.Errorf("%s: %+v", name, out.Problems)
			}
			continue
		}
		if len(out.Problems) != 1 || out.Problems[0].Cell != "D13" || out.Problems[0].Kind != "percent_decreased" || out.Problems[0].Severity != ledger.SeverityWarning {
			t.Errorf("%s: %+v", name, out.Problems)
		}
	}
	clock, err := l.Clock(context.Background(), "2016-06-12", "")
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, l, "progress", clock); n != 44 {
		t.Errorf("%d entries as of the second week, want 44", n)
	}
}

func TestLineageLeadsToTheCell(t *testing.T) {
	l := testkit.Ledger(t)
	load(t, l, "税收2016年1-5月.xlsx", ingest.Options{})
	list, total, err := l.Behind(context.Background(), ledger.Tax,
		ledger.Filter{"company": "河南测试卯科技有限公司", "period": "2016-02-01", "tax_type": "增值税"}, now(t, l), 10)
	if err != nil || total != 1 {
		t.Fatal(total, err)
	}
	v := list[0]
	if v.Batch.File != "税收2016年1-5月.xlsx" || v.Sheet != "2016年1-5月" {
		t.Errorf("read from %s %s", v.Batch.File, v.Sheet)
	}
	cells := map[string]string{}
	values := map[string]string{}
	for _, f := range v.Fields {
		cells[f.Name], values[f.Name] = f.Cell+" "+f.Raw, f.Value
	}
	// February alone is 23.05 - 15.68 万元; its cell holds the sum of both months.
	if values["tax_yuan"] != "73700" || cells["tax_yuan"] != "G4 23.05" || cells["company"] != "C4 河南测试卯科技有限公司" {
		t.Errorf("values %v cells %v", values, cells)
	}
}

// TestANameFromTheSheetHasNoCell looks at a building that only the sheet's name says.
func TestANameFromTheSheetHasNoCell(t *testing.T) {
	l := testkit.Ledger(t)
	load(t, l, "楼宇与入驻企业.xlsx", ingest.Options{GoodRows: true})
	list, _, err := l.Behind(context.Background(), ledger.Tenants, ledger.Filter{"building": "示例金融中心"}, now(t, l), 1)
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	for _, f := range list[0].Fields {
		if f.Name == "building" && (f.Cell != "" || f.Raw != "示例金融中心" || list[0].Sheet != "示例金融中心") {
			t.Errorf("building read at %q (%q) on %s", f.Cell, f.Raw, list[0].Sheet)
		}
	}
}
