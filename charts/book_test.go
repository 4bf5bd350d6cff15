package charts

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// bookOf is a workbook read back, and the parts of its file by name.
func bookOf(t *testing.T, b *Book) (*excelize.File, map[string]string) {
	t.Helper()
	var out bytes.Buffer
	if err := WriteBook(&out, b); err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	file, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range file.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[part.Name] = string(content)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book, parts
}

func number(s string) BookCell { return BookCell{Number: ledger.MustDecimal(s)} }

func TestWorkbookKeepsHostileTextsAsTexts(t *testing.T) {
	hostile := []string{"=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\")", "<script>", "a&b"}
	s := &BookSheet{Title: "=税收/[1]'", Hint: "=1", Notes: []string{"=1"}, Columns: []BookColumn{{Label: "=名"}, {Label: "+数", Unit: "=万"}}}
	var names []string
	var values []any
	for i, h := range hostile {
		n := ledger.Int(int64(i + 1))
		s.Rows = append(s.Rows, BookRow{Cells: []BookCell{{Text: h}, {Number: n}}})
		names, values = append(names, h), append(values, n)
	}
	s.Chart = newOption()
	s.Chart.XAxis, s.Chart.YAxis, s.Chart.Series = append(s.Chart.XAxis, categories(names)), append(s.Chart.YAxis, scale("=1")), append(s.Chart.Series, bars("=1", blue, values))
	book, parts := bookOf(t, &Book{Words: Words{text.Zh}, Title: "=1+1", Address: "=1", Facts: []BookFact{{"=1", "=1"}}, Foot: "&G=1&&", Sheets: []*BookSheet{s, s}})
	for name, part := range parts {
		if strings.HasPrefix(name, "xl/worksheets/") && strings.Contains(part, "<f") {
			t.Errorf("%s holds a formula", name)
		}
	}
	list := book.GetSheetList()
	if len(list) != 3 || list[1] != "=税收__1__" || list[2] != "=税收__1___2" {
		t.Fatalf("%q", list)
	}
	for i, h := range hostile {
		cell := cellName(1, headRow+1+i)
		got, err := book.GetCellValue(list[1], cell)
		kind, _ := book.GetCellType(list[1], cell)
		if err != nil || got != h || kind != excelize.CellTypeInlineString {
			t.Errorf("%s: %q of type %v, %v", cell, got, kind, err)
		}
	}
	if foot, err := book.GetHeaderFooter(list[1]); err != nil || !strings.Contains(foot.OddFooter, "&&G=1&&&&") {
		t.Errorf("%+v %v", foot, err)
	}
}

// TestWorkbookBearsTextsOfAnyLength writes titles, heads, units and names that are longer than Excel takes: a workbook comes of it, cut where it must be.
func TestWorkbookBearsTextsOfAnyLength(t *testing.T) {
	long := strings.Repeat("很长的名称𠮷", 200)
	s := &BookSheet{Title: long, Hint: long, Columns: []BookColumn{{Label: long}, {Label: long, Unit: long}}}
	for i := range 3 {
		s.Rows = append(s.Rows, BookRow{Cells: []BookCell{{Text: long}, {Number: ledger.Int(int64(i))}}})
	}
	s.Chart = newOption()
	// Another series than the table's, so that the figures of the chart stand in a block of their own.
	s.Chart.XAxis, s.Chart.YAxis = append(s.Chart.XAxis, categories([]string{long, "b"})), append(s.Chart.YAxis, scale(long))
	s.Chart.Series = append(s.Chart.Series, bars(long, blue, []any{ledger.Int(40), ledger.Int(50)}))
	book, parts := bookOf(t, &Book{Words: Words{text.Zh}, Title: long, Address: long, Facts: []BookFact{{long, long}}, Foot: long, Sheets: []*BookSheet{s, s}})
	if list := book.GetSheetList(); len(list) != 3 {
		t.Errorf("%q", list)
	}
	if parts["xl/charts/chart1.xml"] == "" {
		t.Error("no chart was drawn")
	}
}

func TestWorkbookWritesNumbersDaysAndBlanks(t *testing.T) {
	day := time.Date(2016, 6, 20, 0, 0, 0, 0, time.UTC)
	s := &BookSheet{Title: "数", Columns: []BookColumn{{Label: "日"}, {Label: "税收", Unit: "万元", Places: 2}, {Label: "占比", Unit: "%", Places: 1, Signed: true}, {Label: "期末"}},
		Rows: []BookRow{{Cells: []BookCell{{Day: day}, number("15700.123456"), number("-19.28"), {Number: ledger.MustDecimal("1.57"), As: &BookColumn{Unit: "亿元", Places: 2}}}},
			{Cells: []BookCell{{}, {}, {}, number("12345678901234567.89")}}}}
	book, _ := bookOf(t, &Book{Title: "数", Sheets: []*BookSheet{s, {Title: "空", Empty: "没有数据"}}})
	raw := excelize.Options{RawCellValue: true}
	for cell, want := range map[string][2]string{"A5": {"42541", "2016-06-20"}, "B5": {"15700.123456", "15,700.12"}, "C5": {"-0.1928", "-19.3%"}, "D5": {"1.57", "1.57 亿元"},
		"A6": {"", ""}, "B6": {"", ""}, "C6": {"", ""}, "D6": {"12345678901234567.89", "12345678901234567.89"}, "B4": {"税收（万元）", "税收（万元）"}, "C4": {"占比", "占比"}} {
		stored, err := book.GetCellValue("数", cell, raw)
		shown, _ := book.GetCellValue("数", cell)
		if err != nil || stored != want[0] || shown != want[1] {
			t.Errorf("%s holds %q and shows %q, %v; want %q", cell, stored, shown, err, want)
		}
	}
	if said, _ := book.GetCellValue("目录", "E8"); said != "没有数据" {
		t.Errorf("the contents say %q of a card without data", said)
	}
	if panes, err := book.GetPanes("数"); err != nil || !panes.Freeze || panes.YSplit != headRow {
		t.Errorf("%+v %v", panes, err)
	}
	names := map[string]string{}
	for _, n := range book.GetDefinedName() {
		names[n.Scope+n.Name] = n.RefersTo
	}
	if names["数_xlnm.Print_Titles"] != "'数'!$4:$4" || !strings.HasPrefix(names["数_xlnm.Print_Area"], "'数'!$A$1:$") {
		t.Errorf("%q", names)
	}
	if page, err := book.GetPageLayout("数"); err != nil || *page.Orientation != "landscape" || *page.Size != 9 || *page.FitToWidth != 1 {
		t.Errorf("%+v %v", page, err)
	}
}

// TestChartsAreBoundToTheRowsTheyDraw: what a chart calls by the names of the table must be found under them, never row by row.
func TestChartsAreBoundToTheRowsTheyDraw(t *testing.T) {
	rows := func(names ...string) []BookRow {
		var list []BookRow
		for i, n := range names {
			list = append(list, BookRow{Cells: []BookCell{{Text: n}, {Number: ledger.Int(int64(7 * (i + 1)))}}})
		}
		return list
	}
	for name, x := range map[string]struct {
		places []string
		values []any
		from   int
		bound  bool
	}{
		"the same names":                {[]string{"a", "b", "c"}, []any{ledger.Int(7), ledger.Int(14), ledger.Int(21)}, 0, true},
		"the last of them":              {[]string{"b", "c"}, []any{ledger.Int(14), ledger.Int(21)}, 1, true},
		"other names, row by row":       {[]string{"1", "2", "3"}, []any{ledger.Int(7), ledger.Int(14), ledger.Int(21)}, 0, true},
		"the other way round":           {[]string{"c", "b", "a"}, []any{ledger.Int(7), ledger.Int(14), ledger.Int(21)}, 0, false},
		"other numbers":                 {[]string{"a", "b", "c"}, []any{ledger.Int(7), ledger.Int(14), ledger.Int(22)}, 0, false},
		"a series that ends before":     {[]string{"a", "b"}, []any{ledger.Int(7)}, 0, false},
		"a gap where the table has one": {[]string{"a", "b", "c"}, []any{ledger.Int(7), nil, ledger.Int(21)}, 0, false},
	} {
		o := newOption()
		o.XAxis, o.YAxis, o.Series = append(o.XAxis, categories(x.places)), append(o.YAxis, scale("")), append(o.Series, bars("s", blue, x.values))
		s := &sheetWriter{BookSheet: &BookSheet{Columns: []BookColumn{{}, {}}, Rows: rows("a", "b", "c")}, plot: plotOf(o)}
		if got := s.bind(); got != x.bound || s.first != x.from {
			t.Errorf("%s: bound %v from row %d, want %v from %d", name, got, s.first, x.bound, x.from)
		}
	}
}

// TestAWorkbookIsWrittenAsLongAsItIsWanted has the writer report its rows, and stops it in their middle.
func TestAWorkbookIsWrittenAsLongAsItIsWanted(t *testing.T) {
	const rows = 12_345
	book := &Book{Words: zh, Title: "t", Made: time.Unix(0, 0), Sheets: []*BookSheet{{Title: "一", Columns: []BookColumn{{Label: "a"}}}, {Title: "二", Columns: []BookColumn{{Label: "a"}}}}}
	for i := range rows {
		s := book.Sheets[i%2]
		s.Rows = append(s.Rows, BookRow{Cells: []BookCell{{Number: ledger.Int(int64(i))}}})
	}
	var told []int
	book.Progress = func(done, total int) error {
		told = append(told, done)
		if total != rows {
			t.Errorf("%d rows in all", total)
		}
		return nil
	}
	var out bytes.Buffer
	if err := WriteBook(&out, book); err != nil || out.Len() == 0 {
		t.Fatal(err)
	}
	if !slices.Equal(told, []int{0, 2000, 4000, 6000, 8000, 10000, 12000, rows}) {
		t.Error(told)
	}
	stop := errors.New("stopped")
	told, out = nil, bytes.Buffer{}
	book.Progress = func(done, _ int) error {
		if told = append(told, done); done >= 4000 {
			return stop
		}
		return nil
	}
	if err := WriteBook(&out, book); !errors.Is(err, stop) || out.Len() != 0 || len(told) != 3 {
		t.Errorf("%v after %v, %d bytes", err, told, out.Len())
	}
}
