package ledger_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// standingByDefinition is what an as-of view must give: per key the row of the greatest effective day up to asof, then of the greatest
// batch that was committed by known and not undone by then; nothing where that row says removed.
const standingByDefinition = `SELECT toString((key, effective, batch, line, tax_yuan)) AS row FROM (
	SELECT * FROM tax WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
		GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted ORDER BY row`

const standingByView = `SELECT toString((key, effective, batch, line, tax_yuan)) AS row
	FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3,'UTC')}, area = {area:String}) ORDER BY row`

// sumsByDefinition and sumsByView add up the tax that stands, from its rows and from the sums kept with the batches.
const (
	sumsByDefinition = `SELECT toString((basis, tax_type, building_id, assumeNotNull(period), assumeNotNull(period_months), count(), count(tax_yuan), ifNull(sum(tax_yuan), 0))) AS row
	FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3,'UTC')}, area = {area:String})
	WHERE period IS NOT NULL AND period_months IS NOT NULL GROUP BY basis, tax_type, building_id, period, period_months ORDER BY row`
	sumsByView = `SELECT toString((basis, tax_type, building_id, period, period_months, toUInt64(sum(n)), toUInt64(sum(with_yuan)), sum(yuan))) AS row
	FROM tax_sums_at(asof = {asof:Date32}, known = {known:DateTime64(3,'UTC')}, area = {area:String})
	GROUP BY basis, tax_type, building_id, period, period_months HAVING sum(n) > 0 ORDER BY row`
)

const replacedRows = "SELECT DISTINCT toString((dataset, batch, line, by, since)) AS row FROM replaced ORDER BY row"

// TestReplacedRowsAreLeftOutAsByDefinition loads few keys many times over, with corrections of the past, removals and keys twice in a
// batch, undoes some, and asks under random clocks, also for the sums of tax; then it has both derived anew from the record.
func TestReplacedRowsAreLeftOutAsByDefinition(t *testing.T) {
	testkit.Unraced(t)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	conn := testkit.Conn(t)
	l, err := openRecord(conn)
	if err != nil {
		t.Fatal(err)
	}
	moments, loaded := []time.Time{}, []uint64{}
	for range 25 {
		b, err := l.Load(context.Background(), ledger.Load{Kind: "import", By: "测试", Mode: "all", Sources: []ledger.Source{{Dataset: "tax"}},
			Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
				for range 1 + r.IntN(6) {
					if err := add(ledger.Tax, randomTax(r)); err != nil {
						return err
					}
				}
				return nil
			}})
		if err != nil {
			t.Fatal(err)
		}
		loaded, moments = append(loaded, b.ID), append(moments, b.CommittedAt)
		if at := r.IntN(len(loaded)); r.IntN(3) == 0 {
			if err := l.Undo(context.Background(), loaded[at], "测试", "撤销"); err != nil {
				t.Fatal(err)
			}
			loaded = slices.Delete(loaded, at, at+1)
		}
	}
	want := asked(t, l, replacedRows, ledger.Clock{Known: time.Now()})
	if len(want) < 10 {
		t.Fatalf("only %d rows are replaced: this proves nothing", len(want))
	}
	ask := func() {
		t.Helper()
		for range 40 {
			c := ledger.Clock{Area: l.Area(), Asof: time.Date(2016, time.Month(1+r.IntN(6)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC), Known: moments[r.IntN(len(moments))].Add(time.Millisecond)}
			if r.IntN(3) == 0 {
				c.Known = time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC)
			}
			if got, want := asked(t, l, standingByView, c), asked(t, l, standingByDefinition, c); !slices.Equal(got, want) {
				t.Fatalf("%v\n got %v\nwant %v", c, got, want)
			}
			if got, want := asked(t, l, sumsByView, c), asked(t, l, sumsByDefinition, c); !slices.Equal(got, want) {
				t.Fatalf("sums at %v\n got %v\nwant %v", c, got, want)
			}
		}
	}
	ask()
	for _, sql := range []string{"TRUNCATE TABLE replaced", "TRUNCATE TABLE tax_sums", "TRUNCATE TABLE schema_versions", "INSERT INTO schema_versions VALUES (4, now64(3))"} {
		if err := conn.Exec(context.Background(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if l, err = openRecord(conn); err != nil {
		t.Fatal(err)
	}
	if got := asked(t, l, replacedRows, ledger.Clock{Known: time.Now()}); !slices.Equal(got, want) {
		t.Errorf("derived anew\n got %v\nwant %v", got, want)
	}
	ask()
}

// randomTax is a row of one of four keys; its day is mostly that of its month, as with an import, or a later one.
func randomTax(r *rand.Rand) ledger.Row {
	d := ledger.Tax
	month := time.Date(2016, time.Month(1+r.IntN(2)), 1, 0, 0, 0, 0, time.UTC)
	values := make([]any, len(d.Fields))
	values[d.Index("company")], values[d.Index("period")], values[d.Index("period_months")] = fmt.Sprintf("示例%d", r.IntN(2)), ledger.DayOf(month), int64(1)
	if r.IntN(8) > 0 {
		values[d.Index("tax_yuan")] = decimal.New(int64(r.IntN(100_000)-20_000), -2)
	}
	if r.IntN(2) == 0 {
		values[d.Index("tax_type")] = "增值税"
	}
	if r.IntN(2) == 0 {
		values[d.Index("building")] = "东楼"
	}
	row := ledger.Row{Values: values, Effective: month.AddDate(0, 1, -1), Deleted: r.IntN(6) == 0}
	if r.IntN(4) == 0 {
		row.Effective = row.Effective.AddDate(0, r.IntN(4), 0)
	}
	if r.IntN(3) == 0 {
		row.Key = "同键"
	}
	return row
}

// asked gives the only column of a statement under a clock.
func asked(t *testing.T, l *ledger.Ledger, sql string, c ledger.Clock) []string {
	t.Helper()
	rows, err := l.Conn().Query(ledger.Bind(context.Background(), c.Params()), sql)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	list := []string{}
	for rows.Next() {
		var row string
		if err := rows.Scan(&row); err != nil {
			t.Fatal(err)
		}
		list = append(list, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// TestManyReplacedRowsAtOnce writes more keys twice than are looked up one by one.
func TestManyReplacedRowsAtOnce(t *testing.T) {
	l := testkit.Ledger(t)
	for round := range 2 {
		testkit.Economy{Buildings: 10, Tenants: 5_100, Months: 1}.Load(t, l)
		c := ledger.Clock{Area: l.Area(), Asof: testkit.Now, Known: time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC)}
		got, want := asked(t, l, standingByView, c), asked(t, l, standingByDefinition, c)
		if len(got) != 10_200 || !slices.Equal(got, want) {
			t.Fatalf("round %d: %d rows, by definition %d", round, len(got), len(want))
		}
		if n := len(asked(t, l, replacedRows, c)); n != round*10_200 {
			t.Errorf("round %d: %d rows are replaced", round, n)
		}
	}
}
