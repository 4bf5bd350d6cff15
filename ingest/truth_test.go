package ingest

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// truth is what a sample is known to hold.
type truth struct {
	File     string `json:"file"`
	Expect   string `json:"expect"`
	Datasets []struct {
		Name      string  `json:"name"`
		Sheet     *string `json:"sheet"`
		Rows      int     `json:"rows"`
		ErrorRows int     `json:"error_rows"`
	} `json:"datasets"`
	Sums     map[string]json.Number `json:"sums"`
	Problems []struct {
		Sheet    string   `json:"sheet"`
		Cell     string   `json:"cell"`
		Cells    []string `json:"cells"`
		Kind     string   `json:"kind"`
		Severity string   `json:"severity"`
		Needs    string   `json:"needs"` // seen only with that file in the record
	} `json:"problems"`
	Derived struct {
		Dates []struct {
			Sheet, Cell, From, To, Precision string
		} `json:"dates"`
	} `json:"derived"`
}

// sumFields says where a sum of the truth files is found: field, and currency where amounts are told apart.
var sumFields = map[string][2]string{
	"tax_yuan": {"tax_yuan"}, "contract_cny_yuan": {"contract_amount", "CNY"}, "contract_usd": {"contract_amount", "USD"},
	"amount_cny": {"amount", "CNY"}, "amount_usd": {"amount", "USD"}, "amount_hkd": {"amount", "HKD"},
	"published_delivered_units": {"published_units"}, "published_delivered_area_m2": {"published_area_m2"},
}

func samplesDir() string { return filepath.Join("..", "samples") }

func readSample(t *testing.T, name string) *File {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(samplesDir(), name))
	if err != nil {
		t.Fatal(err)
	}
	return Read(context.Background(), name, content, Options{Now: time.Date(2016, 7, 4, 1, 0, 0, 0, time.UTC)})
}

func TestSamplesMeetTheirTruth(t *testing.T) {
	testkit.Unraced(t)
	files, err := filepath.Glob(filepath.Join(samplesDir(), "truth", "*.json"))
	if err != nil || len(files) < 21 {
		t.Fatalf("truth files: %v %v", files, err)
	}
	for _, path := range files {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(path, "hostile.json") {
			var all struct{ Files []truth }
			if err := json.Unmarshal(content, &all); err != nil {
				t.Fatal(err)
			}
			for _, want := range all.Files {
				t.Run(want.File, func(t *testing.T) { meet(t, want) })
			}
			continue
		}
		var want truth
		if err := json.Unmarshal(content, &want); err != nil {
			t.Fatal(err)
		}
		t.Run(want.File, func(t *testing.T) { meet(t, want) })
	}
}

func meet(t *testing.T, want truth) {
	f := readSample(t, want.File)
	if want.Expect == "refused" {
		if !f.Blocked() || len(f.Sheets) > 0 {
			t.Fatalf("not refused: %d sheets, problems %v", len(f.Sheets), f.Problems)
		}
		t.Log(f.Problems[0].Kind, f.Problems[0].Message)
		return
	}
	meetCounts(t, f, want)
	meetProblems(t, f, want)
	meetSums(t, f, want)
	meetDates(t, f, want)
}

func meetCounts(t *testing.T, f *File, want truth) {
	out := f.outcome()
	if len(out.Datasets) != len(want.Datasets) {
		t.Fatalf("found %d tables %+v, want %d", len(out.Datasets), out.Datasets, len(want.Datasets))
	}
	for i, w := range want.Datasets {
		got := out.Datasets[i]
		sheet := ""
		if got.Sheet != nil {
			sheet = *got.Sheet
		}
		wantSheet := ""
		if w.Sheet != nil {
			wantSheet = *w.Sheet
		}
		if got.Name != w.Name || sheet != wantSheet || got.Rows != w.Rows || got.Rows-got.Good != w.ErrorRows {
			t.Errorf("table %d: got %+v, want %+v", i, got, w)
		}
	}
}

func meetProblems(t *testing.T, f *File, want truth) {
	met := map[int]bool{}
	for _, w := range want.Problems {
		if w.Needs != "" {
			continue // met in TestWeeksOneAfterTheOther
		}
		at := slices.IndexFunc(f.Problems, func(p ledger.Problem) bool {
			return string(p.Sheet) == w.Sheet && (string(p.Cell) == w.Cell || slices.Contains(w.Cells, string(p.Cell))) && p.Kind == w.Kind && string(p.Severity) == w.Severity
		})
		if at < 0 {
			t.Errorf("not reported: %+v", w)
			continue
		}
		met[at] = true
	}
	for i, p := range f.Problems {
		if !met[i] {
			t.Errorf("not in the truth: %s %s!%s %s %s (%s)", p.Severity, p.Sheet, p.Cell, p.Kind, p.Found, p.Message)
		}
	}
}

func meetSums(t *testing.T, f *File, want truth) {
	for name, n := range want.Sums {
		field, currency := name, ""
		if named, ok := sumFields[name]; ok {
			field, currency = named[0], named[1]
		}
		sum, found := sumOf(f, field, currency)
		if !found {
			continue
		}
		w, err := decimal.NewFromString(n.String())
		if err != nil {
			t.Fatal(err)
		}
		if !sum.Equal(w) {
			t.Errorf("sum of %s = %s, want %s", name, sum, w)
		}
	}
}

func sumOf(f *File, field, currency string) (sum decimal.Decimal, found bool) {
	for _, s := range f.Sheets {
		at := s.Dataset.Index(field)
		if at < 0 || !s.Dataset.Fields[at].Numeric() {
			continue
		}
		found = true
		for _, row := range s.Rows.All() {
			if c := s.Dataset.Index("currency"); currency != "" && row.Values[c] != currency {
				continue
			}
			switch v := row.Values[at].(type) {
			case decimal.Decimal:
				sum = sum.Add(v)
			case int64:
				sum = sum.Add(decimal.NewFromInt(v))
			}
		}
	}
	return sum, found
}

// meetDates looks every date of the truth up by its cell.
func meetDates(t *testing.T, f *File, want truth) {
	for _, w := range want.Derived.Dates {
		day, found := dayAt(f, w.Sheet, w.Cell)
		if !found {
			t.Errorf("no date read at %s!%s", w.Sheet, w.Cell)
			continue
		}
		if day.From.Format(time.DateOnly) != w.From || day.To.Format(time.DateOnly) != w.To || day.Precision != w.Precision {
			t.Errorf("%s!%s = %v, want %s..%s %s", w.Sheet, w.Cell, day, w.From, w.To, w.Precision)
		}
	}
}

func dayAt(f *File, sheet, cell string) (ledger.Day, bool) {
	for _, s := range f.Sheets {
		if s.Name != sheet {
			continue
		}
		for _, row := range s.Rows.All() {
			src := s.Sources[row.Source]
			for i, field := range src.Fields {
				at := src.Columns[i]
				if !strings.ContainsAny(at, "0123456789") {
					at = address2(at, row, i)
				}
				if at != cell {
					continue
				}
				if d, ok := row.Values[s.Dataset.Index(field)].(ledger.Day); ok {
					return d, true
				}
			}
		}
	}
	return ledger.Day{}, false
}

func address2(column string, row ledger.Row, i int) string {
	_, col, _ := parseAddress(column + "1")
	return address(row.Rows[i], col)
}
