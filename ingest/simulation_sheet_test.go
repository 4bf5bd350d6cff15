package ingest_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/ingest"
	"taizhang/ledger"
)

// sheet is a dataset of the simulation: how its files are written, and the two fields that are held against the model.
type sheet struct {
	dataset *ledger.Dataset
	head    string
	fields  [2]string
	line    func(r *rand.Rand) sheetLine
}

// sheetLine is a line of a file, or a row of a form.
type sheetLine struct {
	key, part string
	values    [2]string
	day       time.Time // it says itself; zero: the file's
	names     map[string]ledger.Change
	head      string // the cells that name it, up to the figure
	bad       bool   // the figure cannot be read
}

// text writes the line as a file has it.
func (l sheetLine) text() string {
	figure := l.values[0]
	if l.bad {
		figure = "-?"
	}
	return l.head + "," + figure + "," + l.values[1]
}

// changes are those of a form that sets the given fields of a line.
func (s *sheet) changes(values [2]string, which ...int) map[string]ledger.Change {
	list := map[string]ledger.Change{}
	for _, i := range which {
		c := ledger.Change{Raw: values[i]}
		if i == 0 {
			c.Value = decimal.RequireFromString(values[i])
		} else if values[i] != "" {
			c.Value = values[i]
		}
		list[s.fields[i]] = c
	}
	return list
}

// sheets are a register that comes anew each week, whose rows are sorted when they are read, and figures that say their own month, of
// which replaced rows are listed: both ways in which the record is read.
var sheets = []*sheet{
	{dataset: ledger.Tenants, head: tenantHead + ",行业", fields: [2]string{"let_area_m2", "industry"}, line: tenantSheetLine},
	{dataset: ledger.Tax, head: taxHead + ",所在楼宇", fields: [2]string{"tax_yuan", "building"}, line: taxSheetLine},
}

// The values are few, so that rows often say what stands already.
func figure(r *rand.Rand) string { return strconv.Itoa(1 + r.IntN(4)) }

func tenantSheetLine(r *rand.Rand) sheetLine {
	building, room, tenant := fmt.Sprintf("%d号楼", 1+r.IntN(4)), strconv.Itoa(101+r.IntN(12)), fmt.Sprintf("企业%d", r.IntN(2))
	return sheetLine{key: building + "|1|" + room + "|" + tenant + "|", part: building,
		values: [2]string{figure(r), []string{"", "金融业", "建筑业"}[r.IntN(3)]}, head: building + ",1," + room + "," + tenant,
		names: map[string]ledger.Change{"building": {Value: building}, "floor": {Value: "1"}, "room": {Value: room}, "tenant": {Value: tenant}}}
}

func taxSheetLine(r *rand.Rand) sheetLine {
	company, month, basis := fmt.Sprintf("企业%d", r.IntN(8)), 3+r.IntN(6), []string{"区级", "全口径"}[r.IntN(2)]
	first := time.Date(2016, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	last, said := first.AddDate(0, 1, -1), first.Format(time.DateOnly)
	return sheetLine{key: company + "|" + said + "|1|增值税|" + basis, part: said + "|1|" + basis, day: last,
		values: [2]string{figure(r), []string{"", "1号楼", "2号楼"}[r.IntN(3)]}, head: fmt.Sprintf("%s,增值税,2016年%d月,%s", company, month, basis),
		names: map[string]ledger.Change{"company": {Value: company}, "tax_type": {Value: "增值税"}, "basis": {Value: basis}, "period_months": {Value: int64(1)},
			"period": {Value: ledger.Day{From: first, To: last, Precision: "month"}}}}
}

// file is a file of the simulation and how it is brought.
type file struct {
	sheet    *sheet
	lines    []sheetLine
	day      time.Time
	mode     ingest.Mode
	goodRows bool
	content  string
}

func (f *file) options() ingest.Options {
	return ingest.Options{Dataset: f.sheet.dataset.Name, Asof: &f.day, Mode: f.mode, GoodRows: f.goodRows, By: "测试"}
}

func (f *file) said() string {
	bad := 0
	for _, l := range f.lines {
		if l.bad {
			bad++
		}
	}
	return fmt.Sprintf("import %s %d lines (%d bad, good rows %t) of %s, mode %q", f.sheet.dataset.Name, len(f.lines), bad, f.goodRows, f.day.Format(time.DateOnly), f.mode)
}

// randomFile makes one up; no two files are the same, by number.
func randomFile(r *rand.Rand, today time.Time, number, most int) *file {
	f := &file{sheet: sheets[r.IntN(len(sheets))], day: today.AddDate(0, 0, -r.IntN(30)), goodRows: r.IntN(2) == 0}
	f.mode = []ingest.Mode{ingest.Update, ingest.Update, ingest.Replace, ingest.ReplaceScope}[r.IntN(4)]
	broken := r.IntN(4) == 0
	text := []string{f.sheet.head}
	for range 1 + r.IntN(most) {
		l := f.sheet.line(r)
		l.bad = broken && r.IntN(8) == 0
		f.lines, text = append(f.lines, l), append(text, l.text())
	}
	f.content = strings.Join(text, "\n") + strings.Repeat("\n", 1+number)
	return f
}

// blocked reports that the file is refused.
func (f *file) blocked() bool {
	good, bad := 0, 0
	for _, l := range f.lines {
		if l.bad {
			bad++
		} else {
			good++
		}
	}
	return good == 0 || bad > 0 && !f.goodRows
}

// outcome works out what an import must change, and the rows it must write.
func (f *file) outcome(m *model, area string, today time.Time) (ingest.Changes, map[string]modelRow) {
	d := f.sheet.dataset
	c, written := ingest.Changes{Dataset: d.Name}, map[string]modelRow{}
	table, seen, blocked, days := m.table(area, d), map[string]int{}, map[string]bool{}, map[string]time.Time{}
	for _, l := range f.lines {
		if l.bad {
			blocked[l.key] = true
			continue
		}
		key, day := l.key, f.day
		if seen[key]++; seen[l.key] > 1 {
			key += "#" + strconv.Itoa(seen[l.key])
		}
		if !l.day.IsZero() {
			day = l.day
		}
		part := l.part
		if f.mode == ingest.Replace {
			part = ""
		}
		days[part] = day
		if day.After(today) {
			day = today
		}
		switch was, stands := m.stands(table[key], day, endless); {
		case !stands:
			c.New++
		case was.values == l.values:
			c.Unchanged++
		default:
			c.Changed++
		}
		written[key] = modelRow{line: uint32(len(written)), effective: day, values: l.values, part: l.part}
	}
	if f.mode != ingest.Update {
		c.Removed = f.removals(m, table, today, removing{written, blocked, days})
	}
	return c, written
}

// removing is what a file lists, of which the rest is removed.
type removing struct {
	written map[string]modelRow
	blocked map[string]bool // keys without numbers
	days    map[string]time.Time
}

func (f *file) removals(m *model, table map[string][]modelRow, today time.Time, r removing) (removed int) {
	own := f.sheet.dataset.Effective != ""
	for key, rows := range table {
		base, _, _ := strings.Cut(key, "#")
		if _, listed := r.written[key]; listed || r.blocked[base] {
			continue
		}
		for part, day := range r.days {
			if own {
				day = today
			}
			was, stands := m.stands(rows, day, endless)
			if !stands || f.mode == ingest.ReplaceScope && part != was.part {
				continue
			}
			if own {
				day = was.effective
			}
			r.written[key] = modelRow{line: uint32(len(r.written)), effective: day, deleted: true, part: was.part}
			removed++
			break
		}
	}
	return removed
}
