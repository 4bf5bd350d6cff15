package ingest

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// Samples are read again with their headers, columns, titles and units
// changed in the grid: what was read must stay the same to the last value.

var readMoment = time.Date(2016, 7, 4, 1, 0, 0, 0, time.UTC)

// sampleGrids opens a sample anew, so that a test may change its cells.
func sampleGrids(t testing.TB, name string) []*grid {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(samplesDir(), name))
	if err != nil {
		t.Fatal(err)
	}
	grids, why := openFile(context.Background(), name, content)
	if why != nil {
		t.Fatal(why)
	}
	return grids
}

// copyGrids makes independent copies of sheets.
func copyGrids(grids []*grid) []*grid {
	out := make([]*grid, len(grids))
	for i, g := range grids {
		c := *g
		c.mergeAt = nil
		c.rows = slices.Clone(g.rows)
		for j := range c.rows {
			c.rows[j].cells = slices.Clone(g.rows[j].cells)
		}
		c.merges = slices.Clone(g.merges)
		c.hiddenCols = slices.Clone(g.hiddenCols)
		out[i] = &c
	}
	return out
}

func readCopies(name string, grids []*grid) *File {
	f := &File{Name: name}
	_ = f.readBook(wholeBook(grids), Options{Now: readMoment})
	return f
}

// reading of a file in comparable form: every value of every row, and the kinds of problems.
func gist(f *File) (rows []string, problems map[string]int) {
	problems = map[string]int{}
	for _, s := range f.Sheets {
		for i, row := range s.Rows.All() {
			line := fmt.Sprintf("%s %s bad=%v", s.Dataset.Name, row.Effective.Format(time.DateOnly), s.Bad.Has(i))
			for at, v := range row.Values {
				if v != nil {
					line += fmt.Sprintf(" %s=%s", s.Dataset.Fields[at].Name, shownValue(v))
				}
			}
			rows = append(rows, line)
		}
	}
	for _, p := range f.Problems {
		problems[string(p.Severity)+" "+p.Kind]++
	}
	return rows, problems
}

func shownValue(v any) string {
	if d, ok := v.(ledger.Day); ok {
		return d.From.Format(time.DateOnly) + ".." + d.To.Format(time.DateOnly)
	}
	return fmt.Sprint(v)
}

// difference says how a reading differs from what it should be, empty when it does not.
func difference(want, got *File) string {
	wantRows, wantProblems := gist(want)
	gotRows, gotProblems := gist(got)
	if !maps.Equal(wantProblems, gotProblems) {
		text := fmt.Sprintf("problems %v, want %v", gotProblems, wantProblems)
		if len(got.Problems) > 0 {
			p := got.Problems[0]
			text += fmt.Sprintf(" (%s!%s %s %s)", p.Sheet, p.Cell, p.Kind, p.Message)
		}
		return text
	}
	if len(wantRows) != len(gotRows) {
		return fmt.Sprintf("%d rows, want %d", len(gotRows), len(wantRows))
	}
	for i := range wantRows {
		if wantRows[i] != gotRows[i] {
			return fmt.Sprintf("row %d\n got %s\nwant %s", i, gotRows[i], wantRows[i])
		}
	}
	return ""
}

var sampleNames = []string{"项目台账.xlsx", "倒排工期.xlsx", "进度周报-第1周.xlsx", "进度周报-第4周.xlsx", "安置房交付.xlsx", "楼宇与入驻企业.xlsx",
	"税收2014.xlsx", "税收2015.xlsx", "税收2016年1-5月.xlsx", "招商项目.csv", "经济指标.xlsx", "督办事项.xlsx", "走访记录.csv", "代办事项.xlsx",
	"分包安排.xlsx", "征迁进度.xlsx", "到位资金2016年1-5月.xlsx", "工作日历2016.xlsx", "问题台账.xlsx"}

// renameHeader puts another name into a column's header, keeping a unit written behind it.
func renameHeader(g *grid, h heading, m *match, name string) {
	for no := m.top + uint32(m.height) - 1; no >= m.top; no-- {
		r := g.row(no)
		if r == nil {
			continue
		}
		if c := r.at(h.col); c != nil {
			if _, unit := SplitHeaderUnit(c.text); unit != "" && !strings.Contains(name, unit) {
				name += "（" + unit + "）"
			}
			c.text = name
			return
		}
	}
}

// short keeps the first lines of a sheet: enough to try its header on.
func short(g *grid, lines int) *grid {
	c := copyGrids([]*grid{g})[0]
	c.rows = c.rows[:min(len(c.rows), lines)]
	return c
}

// TestEveryAliasOfEveryHeader renames one header at a time.
func TestEveryAliasOfEveryHeader(t *testing.T) {
	testkit.Unraced(t)
	tried := 0
	for _, name := range sampleNames {
		for _, whole := range sampleGrids(t, name) {
			g := short(whole, 14)
			want := readCopies(name, copyGrids([]*grid{g}))
			m, _ := recognise(g, want.stem(), 1, nil)
			if m == nil {
				continue
			}
			for _, b := range m.bindings {
				f := m.dataset.Fields[b.field]
				if m.rename != nil || b.parents.text != "" && m.dataset == ledger.Resettlement {
					continue // names of two levels are tried in tables of their own
				}
				for _, alias := range append([]string{f.Zh}, f.Aliases...) {
					// The race detector needs some of them; make test tries all without it.
					if tried++; testing.Short() && tried%12 != 0 {
						continue
					}
					grids := copyGrids([]*grid{g})
					renameHeader(grids[0], b.heading, m, alias)
					if d := difference(want, readCopies(name, grids)); d != "" {
						t.Errorf("%s %s: %s as %s: %s", name, g.name, b.caption(), alias, d)
					}
				}
			}
		}
	}
	if tried < 1000 {
		t.Errorf("only %d headers tried", tried)
	}
}
