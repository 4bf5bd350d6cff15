package ingest_test

import (
	"context"
	"strings"
	"testing"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// TestABrokenSumOfTheSampleIsNamed: the total of May is one more than its parts, and both published sums hold.
func TestABrokenSumOfTheSampleIsNamed(t *testing.T) {
	out := load(t, testkit.Ledger(t), "执法统计.xlsx", ingest.Options{})
	if out.Status != ingest.Committed || len(out.Problems) != 1 {
		t.Fatalf("%s %v", out.Status, out.Problems)
	}
	p := out.Problems[0]
	if p.Kind != "sum_broken" || p.Severity != ledger.SeverityWarning || p.Sheet != "分月累计" || p.Cell != "E42" || p.Found != "61" || p.Expected != "60" {
		t.Errorf("%+v", p)
	}
	for _, part := range []string{"拆除违法建设", "2016-05-31", "分月累计!E43", "分月累计!E44", "合计 60", "相差 1"} {
		if !strings.Contains(p.Message, part) {
			t.Errorf("%q is not in %s", part, p.Message)
		}
	}
}

// TestSumsAreHeldAgainstTheRecord: the rules and the parts came earlier, the total comes alone.
func TestSumsAreHeldAgainstTheRecord(t *testing.T) {
	testkit.Unraced(t)
	l := testkit.Ledger(t)
	importText(t, l, "执法勾稽关系.csv", "合计项目,分项项目,允许误差,单位\n拆除,存量,0.01,万㎡\n拆除,新增,0.01,万㎡\n件数,甲,,处\n件数,乙,,处\n", ingest.Options{})
	importText(t, l, "执法统计1.csv", "统计项目,单位,统计口径,截至日期,数量\n存量,万㎡,累计,2016-06-20,26.51\n新增,万㎡,累计,2016-06-20,2.26\n甲,处,累计,2016-06-20,277\n乙,处,累计,2016-06-20,近200\n", ingest.Options{})
	for _, c := range []struct{ row, found string }{
		{"拆除,万㎡,累计,2016-06-20,28.77", ""},
		{"拆除,万㎡,累计,2016-06-20,28.78", ""}, // within the tolerance
		{"拆除,万㎡,累计,2016-06-20,28.79", "sum_broken 287900 287700"},
		{"拆除,万㎡,当月,2016-06-20,28.79", ""}, // the parts are said in another way of counting
		{"拆除,万㎡,累计,2016-06-21,28.79", ""}, // and not on that day
		{"件数,处,累计,2016-06-20,476", ""},    // 近200 may be 199
		{"件数,处,累计,2016-06-20,470余", ""},   // and 470余 may be 476
		{"件数,处,累计,2016-06-20,350", "sum_broken 350 477"},
		{"件数,处,累计,2016-06-20,478", "sum_broken 478 477"},
	} {
		f, err := readAgainst(t, l, "执法统计2.csv", "统计项目,单位,统计口径,截至日期,数量\n"+c.row+"\n")
		found := ""
		for _, p := range f.Problems {
			found += p.Kind + " " + p.Found + " " + p.Expected
			if !strings.Contains(p.Message, "执法统计1.csv") {
				t.Errorf("%s: the parts' file is not named: %s", c.row, p.Message)
			}
		}
		if err != nil || found != c.found {
			t.Errorf("%s: %q %v, want %q", c.row, found, err, c.found)
		}
	}
}

// readAgainst reads a file and holds it against the record without loading it.
func readAgainst(t *testing.T, l *ledger.Ledger, name, csv string) (ingest.Outcome, error) {
	t.Helper()
	return ingest.Import(context.Background(), l, name, []byte(csv), ingest.Options{Now: testkit.Now, DryRun: true})
}

// TestARunningCounterNeverFalls: what falls is refused with where, what and what was expected, and nothing is stored.
func TestARunningCounterNeverFalls(t *testing.T) {
	l := testkit.Ledger(t)
	const head = "统计项目,单位,统计口径,截至日期,数量\n"
	first := importText(t, l, "执法统计.csv", head+"渣土车,台次,累计,2016-05-31,11200余\n渣土车,台次,本年累计,2015-12-31,900\n渣土车,台次,本年累计,2016-05-31,2490\n渣土车,台次,当月,2016-05-31,730\n渣土车,台次,累计,2016-06-20,11900\n", ingest.Options{})
	if first.Status != ingest.Committed {
		t.Fatal(first.Problems)
	}
	rows := count(t, l, "enforcement", now(t, l))
	for _, c := range []struct{ name, rows, cell, found, expected string }{
		{"less than before", "渣土车,台次,累计,2016-06-10,11100\n", "E2", "11100 (2016-06-10)", "≥ ≥11200 (2016-05-31)"},
		{"more than after", "渣土车,台次,累计,2016-06-10,11901\n", "E2", "11901 (2016-06-10)", "≤ 11900 (2016-06-20)"},
		{"less within the year", "渣土车,台次,本年累计,2016-06-20,2489\n", "E2", "2489 (2016-06-20)", "≥ 2490 (2016-05-31)"},
		{"within the file", "炉具,个,累计,2016-06-20,376\n炉具,个,累计,2016-06-10,377\n", "E2", "376 (2016-06-20)", "≥ 377 (2016-06-10)"},
		{"another spelling", "渣土 车,台次,累计,2016-06-22,11000\n", "E2", "11000 (2016-06-22)", "≥ 11900 (2016-06-20)"},
	} {
		out := importText(t, l, "执法统计-"+c.name+".csv", head+c.rows, ingest.Options{})
		if out.Status != ingest.Refused || out.Batch != nil || len(out.Problems) != 1 {
			t.Fatalf("%s: %s %v", c.name, out.Status, out.Problems)
		}
		p := out.Problems[0]
		if p.Kind != "counter_fell" || p.Severity != ledger.SeverityError || string(p.Cell) != c.cell || p.Found != c.found || p.Expected != c.expected || !strings.Contains(p.Message, "累计数不会减少") {
			t.Errorf("%s: %+v", c.name, p)
		}
		if n := count(t, l, "enforcement", now(t, l)); n != rows {
			t.Errorf("%s: %d rows stand, %d stood", c.name, n, rows)
		}
	}
	for name, row := range map[string]string{
		"a qualifier leaves it open": "渣土车,台次,累计,2016-06-10,11000多\n", // up to 12000
		"a new year":                 "渣土车,台次,本年累计,2016-01-31,320\n",
		"a single month":             "渣土车,台次,当月,2016-06-20,3\n",
		"a correction":               "渣土车,台次,累计,2016-06-20,11800\n",
	} {
		if out, err := readAgainst(t, l, "执法统计-好.csv", head+row); err != nil || len(out.Problems) > 0 {
			t.Errorf("%s: %v %v", name, out.Problems, err)
		}
	}
}
