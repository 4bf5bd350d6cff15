package ingest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// csvFile imports lines of a CSV.
func csvFile(t *testing.T, l *ledger.Ledger, opt ingest.Options, lines ...string) ingest.Outcome {
	t.Helper()
	opt.Now = testkit.Now
	out, err := ingest.Import(context.Background(), l, "表.csv", []byte(strings.Join(lines, "\n")+"\n"), opt)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func onDay(s string) *time.Time {
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return &day
}

// keysAt lists what stands in a dataset on a day, as key=value of one field.
func keysAt(t *testing.T, l *ledger.Ledger, d *ledger.Dataset, field, asof string) string {
	t.Helper()
	clock, err := l.Clock(context.Background(), asof, "")
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for i, f := range d.StoredFields() {
		if f.Name == field {
			at = i
		}
	}
	var list []string
	if err := l.Rows(context.Background(), d, clock, func(r ledger.Record) error {
		list = append(list, r.Key+"="+ledger.Plain(r.Values[at]))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return sorted(list)
}

func sorted(list []string) string {
	for i := range list {
		for j := i + 1; j < len(list); j++ {
			if list[j] < list[i] {
				list[i], list[j] = list[j], list[i]
			}
		}
	}
	return strings.Join(list, " ")
}

func counted(c ingest.Changes) string {
	return fmt.Sprintf("%s +%d ~%d =%d -%d", c.Dataset, c.New, c.Changed, c.Unchanged, c.Removed)
}

func changes(out ingest.Outcome) string {
	var list []string
	for _, c := range out.Changes {
		list = append(list, counted(c))
	}
	return strings.Join(list, "; ")
}

const (
	taxHead    = "企业名称,税种,税款所属期,口径,税额(元)"
	tenantHead = "楼宇名称,楼层,房号,企业名称,面积(㎡)"
)

func TestChangesAreCountedAndNamedBeforeAnythingIsLoaded(t *testing.T) {
	l := testkit.Ledger(t)
	first := csvFile(t, l, ingest.Options{Asof: onDay("2016-06-03")}, tenantHead, "一号楼,1,101,甲公司,100", "一号楼,1,102,乙公司,200", "二号楼,1,101,丙公司,300")
	if first.Status != ingest.Committed || changes(first) != "tenants +3 ~0 =0 -0" {
		t.Fatal(first.Status, changes(first), first.Problems)
	}
	content := []byte(strings.Join([]string{tenantHead, "一号楼,1,101,甲公司,150", "一号楼,1,102,乙公司,200", "一号楼,1,103,丁公司,50", "一号楼,1,104,戊公司,-5"}, "\n"))
	opt := ingest.Options{Asof: onDay("2016-06-10"), Now: testkit.Now, DryRun: true, GoodRows: true}
	file, err := ingest.Prepare(context.Background(), l, "新表.csv", content, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		mode    ingest.Mode
		want    string
		removed string
	}{
		{ingest.Update, "tenants +1 ~1 =1 -0", ""},
		{ingest.ReplaceScope, "tenants +1 ~1 =1 -0", ""},
		{ingest.Replace, "tenants +1 ~1 =1 -1", "丙公司"},
	} {
		opt.Mode = c.mode
		out, err := ingest.Commit(context.Background(), l, file, opt)
		if err != nil || out.Status != ingest.Checked || changes(out) != c.want {
			t.Errorf("%q: %s %s, want %s (%v)", c.mode, out.Status, changes(out), c.want, out.Problems)
		}
		found := file.Comparison()
		if len(found.Changed) != 1 || len(found.Changed[0].Fields) != 1 {
			t.Fatalf("%q: %+v", c.mode, found.Changed)
		}
		row := found.Changed[0]
		f := row.Fields[0]
		if row.Name != "甲公司" || row.Row != 2 || f.Field != "let_area_m2" || f.Was != "100" || f.Now != "150" || f.Cell != "E2" {
			t.Errorf("%q: %+v", c.mode, row)
		}
		names := ""
		for _, r := range found.Removed {
			names += r.Name
		}
		if names != c.removed {
			t.Errorf("%q removes %q, want %q", c.mode, names, c.removed)
		}
	}
	if got := keysAt(t, l, ledger.Tenants, "let_area_m2", "2016-07-01"); strings.Count(got, "=") != 3 {
		t.Errorf("a dry run loaded something: %s", got)
	}
}

func TestReplaceTheWholeListAndUndo(t *testing.T) {
	testkit.Unraced(t)
	l := testkit.Ledger(t)
	csvFile(t, l, ingest.Options{Asof: onDay("2016-06-03")}, tenantHead, "一号楼,1,101,甲公司,100", "一号楼,1,101,甲公司,10", "二号楼,1,101,丙公司,300")
	csvFile(t, l, ingest.Options{Asof: onDay("2016-06-24")}, tenantHead, "三号楼,1,101,庚公司,7")
	out := csvFile(t, l, ingest.Options{Asof: onDay("2016-06-10"), Mode: ingest.Replace}, tenantHead, "一号楼,1,101,甲公司,100", "一号楼,2,201,己公司,1")
	if out.Status != ingest.Committed || changes(out) != "tenants +1 ~0 =1 -2" {
		t.Fatal(out.Status, changes(out), out.Problems)
	}
	const a, a2, c, e, g = "一号楼|1|101|甲公司|=100", "一号楼|1|101|甲公司|#2=10", "二号楼|1|101|丙公司|=300", "一号楼|2|201|己公司|=1", "三号楼|1|101|庚公司|=7"
	for day, want := range map[string]string{
		"2016-06-09": sorted([]string{a, a2, c}),
		"2016-06-10": sorted([]string{a, e}),
		"2016-06-24": sorted([]string{a, e, g}), // reported later than the list, so the list says nothing of it
	} {
		if got := keysAt(t, l, ledger.Tenants, "let_area_m2", day); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
	b, err := l.Batch(context.Background(), *out.Batch)
	if err != nil || b.Mode != "replace" || b.Rows["tenants"] != 4 {
		t.Errorf("%+v %v", b, err)
	}
	versions, err := l.Versions(context.Background(), ledger.Tenants, "二号楼|1|101|丙公司|", now(t, l))
	if err != nil || len(versions) != 2 || !versions[0].Deleted || versions[0].Batch.ID != *out.Batch || versions[0].Sheet != "" {
		t.Errorf("the removal's lineage: %+v %v", versions, err)
	}
	if err := l.Undo(context.Background(), *out.Batch, "测试", "错"); err != nil {
		t.Fatal(err)
	}
	if got := keysAt(t, l, ledger.Tenants, "let_area_m2", "2016-06-10"); got != sorted([]string{a, a2, c}) {
		t.Errorf("after undo: %s", got)
	}
}

func TestReplaceOnePart(t *testing.T) {
	testkit.Unraced(t)
	for _, c := range []struct {
		name, field   string
		dataset       *ledger.Dataset
		before, after []string
		changes       string
		want          []string
	}{
		{"a month of one basis", "tax_yuan", ledger.Tax,
			[]string{taxHead, "甲,增值税,2016年3月,区级,1", "乙,增值税,2016年3月,区级,2", "乙,增值税,2016年3月,全口径,3", "乙,增值税,2016年4月,区级,4", "乙,增值税,2016年一季度,区级,5"},
			[]string{taxHead, "甲,增值税,2016年3月,区级,9"}, "tax +0 ~1 =0 -1",
			[]string{"甲|2016-03-01|1|增值税|区级=9", "乙|2016-03-01|1|增值税|全口径=3", "乙|2016-04-01|1|增值税|区级=4", "乙|2016-01-01|3|增值税|区级=5"}},
		{"a building, in another spelling", "let_area_m2", ledger.Tenants,
			[]string{tenantHead, "金座（A）,1,101,甲公司,1", "金座（A）,1,102,乙公司,2", "二号楼,1,101,丙公司,3"},
			[]string{tenantHead, "金座(a),1,101,甲公司,1"}, "tenants +0 ~1 =0 -1",
			[]string{"金座(a)|1|101|甲公司|=1", "二号楼|1|101|丙公司|=3"}},
		{"a report day", "percent", ledger.Progress,
			[]string{"项目名称,填报日期,完成%", "甲,2016-06-03,10", "乙,2016-06-03,20", "乙,2016-06-10,30"},
			[]string{"项目名称,填报日期,完成%", "甲,2016-06-03,10", "丙,2016-06-03,5"}, "progress +1 ~0 =1 -1",
			[]string{"甲|2016-06-03=10", "丙|2016-06-03=5", "乙|2016-06-10=30"}},
		{"a project's plan", "duration_days", ledger.Milestones,
			[]string{"项目名称,序号,节点名称,工期(天),计划完成", "甲,1,开工,10,2016-08-01", "甲,2,封顶,20,2016-09-01", "乙,1,开工,30,2016-08-01"},
			[]string{"项目名称,序号,节点名称,工期(天),计划完成", "甲,1,开工,11,2016-08-01"}, "milestones +0 ~1 =0 -1",
			[]string{"甲|1|开工|=11", "乙|1|开工|=30"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := testkit.Ledger(t)
			if out := csvFile(t, l, ingest.Options{Dataset: c.dataset.Name}, c.before...); out.Status != ingest.Committed {
				t.Fatal(out.Status, out.Problems)
			}
			out := csvFile(t, l, ingest.Options{Dataset: c.dataset.Name, Mode: ingest.ReplaceScope}, c.after...)
			if out.Status != ingest.Committed || changes(out) != c.changes {
				t.Fatal(out.Status, changes(out), out.Problems)
			}
			if got := keysAt(t, l, c.dataset, c.field, ""); got != sorted(c.want) {
				t.Errorf("got  %s\nwant %s", got, sorted(c.want))
			}
		})
	}
}

func TestWhatCannotBeReplacedIsRefused(t *testing.T) {
	l := testkit.Ledger(t)
	buildings := []string{"楼宇名称,地址,总建筑面积(㎡)", "一号楼,东路1号,100"}
	out := csvFile(t, l, ingest.Options{Dataset: "buildings", Mode: ingest.ReplaceScope}, buildings...)
	if out.Status != ingest.Refused || len(out.Problems) != 1 || out.Problems[0].Kind != "no_scope" {
		t.Errorf("%s %+v", out.Status, out.Problems)
	}
	if out := csvFile(t, l, ingest.Options{Dataset: "buildings", Mode: ingest.Replace}, buildings...); out.Status != ingest.Committed {
		t.Errorf("%s %+v", out.Status, out.Problems)
	}
}

// TestASheetThatWasNotReadStopsAReplacement keeps its rows from being taken for missing.
func TestASheetThatWasNotReadStopsAReplacement(t *testing.T) {
	l := testkit.Ledger(t)
	book := excelize.NewFile()
	_, _ = book.NewSheet("其他")
	for i, line := range [][]any{{"楼宇名称", "楼层", "房号", "企业名称", "面积(㎡)"}, {"一号楼", "1", "101", "甲公司", 100}} {
		_ = book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &line)
	}
	for i, line := range [][]any{{"品名", "规格", "颜色"}, {"钢笔", "大", "蓝"}, {"铅笔", "小", "黑"}, {"尺子", "中", "白"}} {
		_ = book.SetSheetRow("其他", fmt.Sprintf("A%d", i+1), &line)
	}
	content, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		mode ingest.Mode
		want ingest.Status
	}{{ingest.Replace, ingest.Refused}, {ingest.ReplaceScope, ingest.Refused}, {ingest.Update, ingest.Committed}} {
		out, err := ingest.Import(context.Background(), l, "表.xlsx", content.Bytes(), ingest.Options{Mode: c.mode, GoodRows: true, Now: testkit.Now})
		if err != nil || out.Status != c.want || out.Unreplaceable() != (c.want == ingest.Refused) {
			t.Errorf("%q: %s %+v", c.mode, out.Status, out.Problems)
		}
	}
}

func TestARowWithAnErrorIsStillInTheList(t *testing.T) {
	l := testkit.Ledger(t)
	csvFile(t, l, ingest.Options{Asof: onDay("2016-06-03")}, tenantHead, "一号楼,1,101,甲公司,100", "一号楼,1,102,乙公司,200", "一号楼,1,103,丙公司,300")
	out := csvFile(t, l, ingest.Options{Asof: onDay("2016-06-10"), Mode: ingest.Replace, GoodRows: true}, tenantHead, "一号楼,1,101,甲公司,100", "一号楼,1,102,乙公司,-1")
	if out.Status != ingest.Committed || changes(out) != "tenants +0 ~0 =1 -1" {
		t.Fatal(out.Status, changes(out), out.Problems)
	}
	if got := keysAt(t, l, ledger.Tenants, "let_area_m2", ""); got != "一号楼|1|101|甲公司|=100 一号楼|1|102|乙公司|=200" {
		t.Error(got)
	}
}

func TestTheSameContentInAnotherWayIsToldHowToProceed(t *testing.T) {
	l := testkit.Ledger(t)
	lines := []string{tenantHead, "一号楼,1,101,甲公司,100"}
	first := csvFile(t, l, ingest.Options{Asof: onDay("2016-06-03")}, lines...)
	for name, opt := range map[string]ingest.Options{
		"again": {Asof: onDay("2016-06-03")}, "another day": {Asof: onDay("2016-06-10")}, "named": {Dataset: "tenants"},
		"another mode": {Mode: ingest.Replace}, "dry": {Mode: ingest.ReplaceScope, DryRun: true},
	} {
		out := csvFile(t, l, opt, lines...)
		told := len(out.Notes) > 0 && out.Notes[len(out.Notes)-1].Kind == "duplicate" && strings.Contains(out.Notes[len(out.Notes)-1].MessageEn, "undo batch 1 first")
		if out.Status != ingest.Duplicate || *out.Batch != *first.Batch || !told || len(out.Changes) != 0 {
			t.Errorf("%s: %s %+v", name, out.Status, out.Notes)
		}
	}
	if n := count(t, l, "tenants", now(t, l)); n != 1 {
		t.Errorf("%d rows", n)
	}
}
