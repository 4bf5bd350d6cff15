package ingest

import (
	"context"
	"fmt"
	"os"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// asFound are the mappings that say no more than what recognition found.
func asFound(f *File) []Mapping {
	var list []Mapping
	for _, l := range f.Layouts {
		if l.Origin == Recognised {
			list = append(list, l.Mapping)
		}
	}
	return list
}

// sameCells compares two readings to the last cell: sources, raw texts, marks and rows.
func sameCells(want, got *File) string {
	if d := difference(want, got); d != "" {
		return d
	}
	for n, s := range want.Sheets {
		for i, row := range s.Rows.All() {
			other := got.Sheets[n].Rows.Row(i)
			if a, b := fmt.Sprint(row.Raw, row.Rows, row.Marks, row.SheetRow), fmt.Sprint(other.Raw, other.Rows, other.Marks, other.SheetRow); a != b {
				return fmt.Sprintf("row %d of %s: %s, want %s", i, s.Dataset.Name, b, a)
			}
			if a, b := fmt.Sprint(s.Sources[row.Source]), fmt.Sprint(got.Sheets[n].Sources[other.Source]); a != b {
				return fmt.Sprintf("row %d of %s from %s, want %s", i, s.Dataset.Name, b, a)
			}
		}
	}
	return ""
}

func TestAMappingAsRecognisedReadsTheSameRows(t *testing.T) {
	testkit.Unraced(t)
	for _, name := range sampleNames {
		content, err := os.ReadFile(testkit.Sample(name))
		if err != nil {
			t.Fatal(err)
		}
		opt := Options{Now: readMoment}
		one := Read(context.Background(), name, content, opt)
		opt.Mappings = asFound(one)
		if len(opt.Mappings) == 0 {
			t.Errorf("%s: nothing was recognised", name)
		}
		two := Read(context.Background(), name, content, opt)
		if d := sameCells(one, two); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		for _, l := range two.Layouts {
			if l.Origin == Recognised {
				t.Errorf("%s: the mapping of %q row %d met nothing", name, l.Mapping.Sheet, l.Mapping.Header)
			}
		}
	}
}

// FuzzMapping reads random sheets as recognised and again as mapped by that very
// recognition: the same rows, sources and problems. A mapping of anything else never panics.
func FuzzMapping(f *testing.F) {
	testkit.Unraced(f)
	seeds := uint64(400)
	if testing.Short() {
		seeds = 60
	}
	for seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		g := randomGrid(seed)
		if len(g.rows) == 0 {
			return
		}
		read := func(mappings []Mapping) *File {
			file := &File{Name: "表.xlsx"}
			_ = file.readBook(wholeBook(copyGrids([]*grid{g})), Options{Now: readMoment, Mappings: mappings})
			return file
		}
		one := read(nil)
		if d := sameCells(one, read(asFound(one))); d != "" {
			t.Error(d)
		}
		for _, l := range one.Layouts {
			d, mp := ledger.All[seed%uint64(len(ledger.All))], l.Mapping
			mp.Dataset, mp.Columns = d.Name, nil
			for c := range 6 {
				mp.Columns = append(mp.Columns, MappedColumn{Column: columnName(c), Field: d.Fields[(c*5+int(seed%7))%len(d.Fields)].Name})
			}
			for _, s := range read([]Mapping{mp}).Sheets {
				insideSheet(t, g, s)
			}
		}
	})
}
