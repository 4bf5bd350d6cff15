package server

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

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// everything loads all samples and the one with live texts.
func everything(t *testing.T) *ledger.Ledger {
	t.Helper()
	l := testkit.Ledger(t)
	files, err := filepath.Glob(testkit.Sample("*.[xc]*"))
	if err != nil || len(files) < 16 {
		t.Fatal(files, err)
	}
	// Alerts are acknowledged on their page, no office keeps a sheet of that: none of the samples is one.
	acknowledged := filepath.Join(t.TempDir(), "预警确认.csv")
	if err := os.WriteFile(acknowledged, []byte("预警编号,预警内容,确认时数值,确认时级别,确认理由,确认人,确认日期,确认有效期至\n"+
		"tax_year_down|2016,本年累计税收下降,19.3,黄色,\"=营改增, 已核实\",张主任,2016-06-30,2016-07-31\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"import", "--good-rows", acknowledged}, append(files, testkit.Sample("hostile/injection.xlsx"))...)
	if code, out, errs := runCommand(l, args...); code != exitDone {
		t.Fatal(code, out, errs)
	}
	return l
}

// standing writes every row that counts as a line of text: key, day, values, marks.
func standing(t *testing.T, l *ledger.Ledger, d *ledger.Dataset) []string {
	t.Helper()
	clock, err := l.Clock(t.Context(), "2016-07-04", "")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	err = l.Rows(t.Context(), d, clock, func(r ledger.Record) error {
		line := fmt.Sprintf("%s @ %s", r.Key, r.Effective.Format(time.DateOnly))
		for i, f := range d.StoredFields() {
			line += fmt.Sprintf(" | %s=%s", f.Name, ledger.Plain(r.Values[i]))
		}
		for _, name := range slices.Sorted(maps.Keys(r.Marks)) {
			line += fmt.Sprintf(" | ~%s=%s", name, r.Marks[name])
		}
		lines = append(lines, line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return lines
}

func TestWhatGoesOutComesBackInUnchanged(t *testing.T) {
	testkit.Unraced(t)
	l := everything(t)
	// Rows stand or fall by their own dataset, so one empty record a kind takes what comes back of all of them.
	empty := map[string]*ledger.Ledger{"csv": testkit.Ledger(t), "xlsx": testkit.Ledger(t)}
	for i, d := range ledger.All {
		want := standing(t, l, d)
		if len(want) == 0 {
			t.Errorf("no sample brings %s", d.Name)
			continue
		}
		for j, kind := range []string{"csv", "xlsx"} {
			if testing.Short() && i%2 != j {
				continue // each dataset in one of the two, in both in make soak
			}
			t.Run(d.Name+"."+kind, func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "out."+kind)
				if code, _, errs := runCommand(l, "export", d.Name, "--"+kind, "--out", file, "--asof", "2016-07-04"); code != exitDone {
					t.Fatal(errs)
				}
				comesBack(t, empty[kind], file, d, want)
			})
		}
	}
}

// comesBack imports an export into a record that holds nothing of its dataset, without a word of help, and holds the rows against those exported.
func comesBack(t *testing.T, fresh *ledger.Ledger, file string, d *ledger.Dataset, want []string) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(testkit.Filled(t, fresh), d) {
		t.Fatal("rows stand before anything came back")
	}
	out, err := ingest.Import(context.Background(), fresh, filepath.Base(file), content, ingest.Options{Now: testkit.Now})
	if err != nil || out.Status != ingest.Committed || len(out.Datasets) != 1 || len(out.Beside) != 0 || out.Datasets[0].Name != d.Name {
		t.Fatalf("%v %s %+v %+v", err, out.Status, out.Datasets, firstOf(out.Problems, 5))
	}
	got := standing(t, fresh, d)
	if slices.Equal(got, want) {
		return
	}
	missing, extra := without(want, got), without(got, want)
	t.Errorf("%d rows went out, %d came back\nonly out: %d\n%s\nonly back: %d\n%s", len(want), len(got),
		len(missing), strings.Join(firstOf(missing, 4), "\n"), len(extra), strings.Join(firstOf(extra, 4), "\n"))
}

func firstOf[T any](list []T, n int) []T { return list[:min(len(list), n)] }

// without are the lines of a list that another lacks.
func without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(other, s) })
}
