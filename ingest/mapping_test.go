package ingest_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// strange is a sheet whose headers nobody knows; the amounts are in 万元 without saying so.
const strange = "甲栏,乙栏,丙栏,丁栏\n甲公司,5月,12.5,好\n乙公司,6月,3,差\n"

func strangeMapping() ingest.Mapping {
	return ingest.Mapping{From: 1, Dataset: "tax", Header: 1, Height: 1, Year: 2016, Fixed: map[string]string{"basis": "全口径"},
		Columns: []ingest.MappedColumn{{Column: "A", Field: "company"}, {Column: "B", Field: "period"}, {Column: "C", Field: "tax_yuan", Unit: "万元"}, {Column: "D", Field: ingest.ColumnIgnored}}}
}

func importText(t *testing.T, l *ledger.Ledger, name, content string, opt ingest.Options) ingest.Outcome {
	t.Helper()
	opt.Now = testkit.Now
	out, err := ingest.Import(context.Background(), l, name, []byte(content), opt)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func kindLine(list []ledger.Problem) string {
	var all []string
	for _, p := range list {
		all = append(all, p.Kind)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func TestASheetNobodyKnowsIsReadAsAPersonMapsIt(t *testing.T) {
	l := testkit.Ledger(t)
	if out := importText(t, l, "表.csv", strange, ingest.Options{}); out.Status != ingest.Refused || len(out.Datasets) != 0 {
		t.Fatalf("%s %s", out.Status, kindLine(out.Problems))
	}
	out := importText(t, l, "表.csv", strange, ingest.Options{By: "张三", Mappings: []ingest.Mapping{strangeMapping()}})
	if out.Status != ingest.Committed {
		t.Fatalf("%s %+v", out.Status, out.Problems)
	}
	if got := keysAt(t, l, ledger.Tax, "tax_yuan", "2016-07-04"); got != "乙公司|2016-06-01|1||全口径=30000 甲公司|2016-05-01|1||全口径=125000" {
		t.Error(got)
	}
	sources, err := l.Sources(context.Background(), *out.Batch)
	if err != nil || len(sources) != 1 {
		t.Fatal(sources, err)
	}
	if at := slices.Index(sources[0].Fields, "basis"); at < 0 || sources[0].Columns[at] != ledger.FromPerson {
		t.Errorf("a value for all rows is not said to be a person's: %+v", sources[0])
	}
}

func TestTheNextFileOfTheSameShapeIsReadAlike(t *testing.T) {
	l := testkit.Ledger(t)
	ctx := context.Background()
	first := importText(t, l, "五月.csv", strange, ingest.Options{By: "张三", Mappings: []ingest.Mapping{strangeMapping()}})
	if first.Status != ingest.Committed {
		t.Fatalf("%+v", first.Problems)
	}
	if err := l.Undo(ctx, *first.Batch, "李四", "试"); err != nil {
		t.Fatal(err)
	}
	next := strings.Replace(strange, "甲公司,5月,12.5,好", "丙公司,7月,1,好\n丁公司,8月,2,中", 1)
	plain := importText(t, l, "八月.csv", next, ingest.Options{Plain: true})
	if plain.Status != ingest.Refused {
		t.Errorf("without what is remembered: %s", plain.Status)
	}
	out := importText(t, l, "八月.csv", "统计报表,,,\n"+next, ingest.Options{By: "李四"})
	if out.Status != ingest.Committed || out.Datasets[0].Loaded != 3 {
		t.Fatalf("%s %+v", out.Status, out.Problems)
	}
	said := ""
	for _, n := range out.Notes {
		if n.Kind == "mapped_as_before" {
			said = n.Message
		}
	}
	if said != "按 2016-07-04 张三 的对列方式读取。" {
		t.Errorf("%q", said)
	}
	list, err := l.Mappings(ctx)
	if err != nil || len(list) != 1 || list[0].By != "张三" || list[0].Batch != *first.Batch || list[0].Used != 1 {
		t.Fatalf("%+v %v", list, err)
	}
	if err := l.ForgetMapping(ctx, list[0].Shape, "王五"); err != nil {
		t.Fatal(err)
	}
	if out := importText(t, l, "九月.csv", next+"戊公司,9月,1,好\n", ingest.Options{}); out.Status != ingest.Refused {
		t.Errorf("forgotten and used: %s", out.Status)
	}
	if list, _ := l.Mappings(ctx); len(list) != 0 {
		t.Errorf("%+v", list)
	}
}

func TestALaterMappingReplacesTheEarlier(t *testing.T) {
	l := testkit.Ledger(t)
	mp := strangeMapping()
	importText(t, l, "a.csv", strange, ingest.Options{By: "张三", Mappings: []ingest.Mapping{mp}})
	mp.Columns = slices.Clone(mp.Columns)
	mp.Columns[2].Unit = "元"
	importText(t, l, "b.csv", strange+"丙公司,4月,7,好\n", ingest.Options{By: "李四", Mappings: []ingest.Mapping{mp}})
	out := importText(t, l, "c.csv", strange+"丁公司,4月,8,好\n", ingest.Options{})
	if out.Status != ingest.Committed || !strings.Contains(keysAt(t, l, ledger.Tax, "tax_yuan", "2016-07-04"), "丁公司|2016-04-01|1||全口径=8") {
		t.Errorf("%s %s", out.Status, keysAt(t, l, ledger.Tax, "tax_yuan", "2016-07-04"))
	}
	list, err := l.Mappings(context.Background())
	if err != nil || len(list) != 1 || list[0].By != "李四" {
		t.Errorf("%+v %v", list, err)
	}
}

func TestMonthsWithoutAYearTakeAPersonsYear(t *testing.T) {
	content := []byte("企业名称,1月,2月,合计\n甲公司,1,2,3\n")
	file := readFile("税收.csv", content)
	if kindLine(file.Problems) != "missing_column" || len(file.Layouts) != 1 {
		t.Fatalf("%s %+v", kindLine(file.Problems), file.Layouts)
	}
	mp := file.Layouts[0].Mapping
	mp.Year = 2015
	file = ingest.Read(context.Background(), "税收.csv", content, ingest.Options{Now: testkit.Now, Mappings: []ingest.Mapping{mp}})
	if len(file.Problems) != 0 || len(file.Sheets) != 1 || file.Sheets[0].Rows.Len() != 2 {
		t.Fatalf("%+v", file.Problems)
	}
	day := file.Sheets[0].Rows.Row(1).Values[ledger.Tax.Index("period")].(ledger.Day)
	if day.From.Format(time.DateOnly) != "2015-02-01" {
		t.Error(day)
	}
}

func TestMonthsAmongOtherWordsAreMonthsWhenAPersonSaysSo(t *testing.T) {
	mp := ingest.Mapping{From: 1, Dataset: "tax", Header: 1, Height: 1, Columns: []ingest.MappedColumn{
		{Column: "A", Field: "company"}, {Column: "B", Field: ingest.ColumnValue}, {Column: "C", Field: ingest.ColumnValue}, {Column: "D", Field: ingest.ColumnSum}}}
	read := func(year int) *ingest.File {
		mp.Year = year
		return ingest.Read(context.Background(), "表.csv", []byte("户头名,一月份入库,二月份入库,两月一共\n甲公司,10,20,40\n"), ingest.Options{Now: testkit.Now, Mappings: []ingest.Mapping{mp}})
	}
	if file := read(0); kindLine(file.Problems) != "bad_mapping" || !strings.Contains(file.Problems[0].Message, "请填年份") {
		t.Errorf("%+v", file.Problems)
	}
	file := read(2016)
	if kindLine(file.Problems) != "total_mismatch" || len(file.Sheets) != 1 || file.Sheets[0].Rows.Len() != 2 {
		t.Fatalf("%+v", file.Problems)
	}
	if got := file.Sheets[0].Rows.Row(1).Effective.Format(time.DateOnly); got != "2016-02-29" {
		t.Error(got)
	}
}

func TestMonthsThatComeLaterKeepTheShape(t *testing.T) {
	testkit.Unraced(t)
	l := testkit.Ledger(t)
	mp := ingest.Mapping{From: 1, Dataset: "tax", Header: 1, Height: 1, Year: 2016, Columns: []ingest.MappedColumn{
		{Column: "A", Field: "company"}, {Column: "B", Field: ingest.ColumnValue, Unit: "万元"}, {Column: "C", Field: ingest.ColumnValue, Unit: "万元"}}}
	out := importText(t, l, "a.csv", "纳税人户头,1月,2月\n甲公司,1,2\n", ingest.Options{Mappings: []ingest.Mapping{mp}})
	if out.Status != ingest.Committed {
		t.Fatalf("%+v", out.Problems)
	}
	out = importText(t, l, "b.csv", "纳税人户头,1月,2月,3月\n甲公司,10,20,40\n", ingest.Options{})
	if got := keysAt(t, l, ledger.Tax, "tax_yuan", "2016-07-04"); out.Status != ingest.Committed || !strings.Contains(got, "2016-03-01|1||=40000") {
		t.Errorf("%s %s %+v", out.Status, got, out.Problems)
	}
}

func TestMappingsThatCannotBeSayWhy(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*ingest.Mapping)
		want   string
	}{
		"dataset":          {func(m *ingest.Mapping) { m.Dataset = "nothing" }, "没有名为“nothing”的台账"},
		"unknown field":    {func(m *ingest.Mapping) { m.Columns[3].Field = "floor" }, "D 列选的字段“floor”不属于“税收”"},
		"twice":            {func(m *ingest.Mapping) { m.Columns[3].Field = "company" }, "“企业名称”选了两次：A 列和 D 列"},
		"missing":          {func(m *ingest.Mapping) { m.Columns[0].Field = ingest.ColumnIgnored }, "“税收”还缺必填的列：企业名称"},
		"header":           {func(m *ingest.Mapping) { m.Header = 9 }, "表头行 9 不在这张表内：应在第 1 行到第 3 行之间"},
		"no header row":    {func(m *ingest.Mapping) { m.Header = 0 }, "表头行 0 不在这张表内"},
		"height":           {func(m *ingest.Mapping) { m.Height = 4 }, "只能是 0 到 3 行"},
		"unit":             {func(m *ingest.Mapping) { m.Columns[2].Unit = "㎡" }, "C 列的单位“㎡”与“税额”不符：它按“元”计"},
		"unknown unit":     {func(m *ingest.Mapping) { m.Columns[2].Unit = "斤两" }, "C 列的单位“斤两”不认识"},
		"unit of a name":   {func(m *ingest.Mapping) { m.Columns[0].Unit = "万元" }, "“企业名称”不带单位"},
		"column and fixed": {func(m *ingest.Mapping) { m.Fixed["company"] = "甲" }, "“企业名称”已经对了 A 列"},
		"fixed":            {func(m *ingest.Mapping) { m.Fixed["floor"] = "甲" }, "固定值的字段“floor”不属于“税收”"},
		"year":             {func(m *ingest.Mapping) { m.Year = 16 }, "年份 16 不对"},
		"column":           {func(m *ingest.Mapping) { m.Columns[3] = ingest.MappedColumn{Column: "?", Field: "uscc"} }, "没有“?”这一列"},
		"sheet":            {func(m *ingest.Mapping) { m.Sheet = "别的表" }, "对列没有用上"},
		"no spread": {func(m *ingest.Mapping) {
			m.Dataset, m.Columns = "visits", []ingest.MappedColumn{{Column: "A", Field: ingest.ColumnValue}}
		}, "没有按月份或税种展开的列"},
	} {
		mp := strangeMapping()
		c.change(&mp)
		file := ingest.Read(context.Background(), "表.csv", []byte(strange), ingest.Options{Now: testkit.Now, Mappings: []ingest.Mapping{mp}})
		said := ""
		for _, p := range file.Problems {
			if p.Kind == "bad_mapping" {
				said += p.Message + " / " + p.MessageEn + "\n"
			}
		}
		if !strings.Contains(said, c.want) || strings.Contains(said, "%!") || len(file.Sheets) != 0 || !file.Blocked() {
			t.Errorf("%s: %q, want %q (%d sheets)", name, said, c.want, len(file.Sheets))
		}
	}
}

func TestASheetCanBeLeftUnread(t *testing.T) {
	file := ingest.Read(context.Background(), "表.csv", []byte(strange), ingest.Options{Now: testkit.Now, Mappings: []ingest.Mapping{{From: 1, Header: 1, Height: 1, Dataset: ingest.LeftUnread}}})
	if file.Blocked() && kindLine(file.Problems) != "empty" || !strings.Contains(kindLine(file.Notes), "left_unread") {
		t.Errorf("%s %s", kindLine(file.Problems), kindLine(file.Notes))
	}
}

func TestATableWithoutAHeaderIsMappedByPlace(t *testing.T) {
	mp := strangeMapping()
	mp.Height = 0
	content := strings.SplitN(strange, "\n", 2)[1]
	file := ingest.Read(context.Background(), "表.csv", []byte(content), ingest.Options{Now: testkit.Now, Mappings: []ingest.Mapping{mp}})
	if len(file.Problems) != 0 || len(file.Sheets) != 1 || file.Sheets[0].Rows.Len() != 2 {
		t.Errorf("%+v %+v", file.Problems, file.Layouts[0])
	}
}
