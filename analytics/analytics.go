// Package analytics turns questions into answers: every figure of the product
// is defined here once, with the SQL it is read by (one statement per file in
// sql/, named after its Go function). It reads the record through the as-of
// views only, computes in decimals and knows nothing of pages or charts.
// server and charts import it.
package analytics

import (
	"context"
	"embed"
	"fmt"
	"maps"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

//go:embed sql/*.sql
var statements embed.FS

// Analytics answers questions over one record.
type Analytics struct {
	ledger *ledger.Ledger
	rules  Thresholds
}

// New answers over a record, by the default thresholds.
func New(l *ledger.Ledger) *Analytics { return &Analytics{ledger: l, rules: DefaultThresholds()} }

// Question is what every page and report is asked with.
type Question struct {
	Clock ledger.Clock
	Year  int    // 0: the year of the clock's day
	Basis string // tax basis (口径); empty takes the only one there is
	// Baseline is the number of the baseline that plans are held against, FirstPlan for the first plan recorded; empty takes the newest
	// approved one, and without any the first plan recorded.
	Baseline string

	// Month, Building and Industry are about tax alone: the last month of the year that is compared (0: the last with data), and the part
	// of the area that is asked for, an industry by the letter of its section or by the sheets' own word.
	Month              int
	Building, Industry string

	project string // folded name of the one project that statements about projects read; empty: all
}

// onlyOf narrows a question to one project, named by its folded name.
func onlyOf(q Question, project string) Question {
	q.project = project
	return q
}

// whole leaves off what narrows a question to a part of the area's tax.
func (q Question) whole() Question {
	q.Month, q.Building, q.Industry = 0, "", ""
	return q
}

// YearOr gives the year asked for, or the year of the day the question stands at.
func (q Question) YearOr() int {
	if q.Year != 0 {
		return q.Year
	}
	return q.Clock.Asof.Year()
}

// Answer is what a page shows, a report prints and an export writes.
type Answer interface {
	// Table is the answer's main table, for CSV.
	Table() Table
	// Foot says what the answer stands on.
	Foot() *Stamp
}

// Table is a plain table: Columns are field names, Rows hold ledger.Plain values.
type Table struct {
	Columns []Column
	Rows    [][]any
}

// Column names a table column in both languages; Unit is a base unit or empty.
type Column struct{ Name, Zh, En, Unit string }

// Stamp says what an answer stands on: both clocks, the batches it was read from and its basis.
type Stamp struct {
	Area    string   `json:"area"`            // sub-district
	Asof    string   `json:"asof"`            // effective day, 2016-06-20
	Known   string   `json:"known,omitempty"` // record time, empty for now
	Stood   bool     `json:"stood,omitempty"` // the day was chosen by the record, not by a person
	Version uint64   `json:"version"`         // record version
	Batches []uint64 `json:"batches"`
	Files   []string `json:"files"`
	Basis   string   `json:"basis,omitempty"`
	Hidden  []string `json:"hidden,omitempty"` // what was taken away for who asked: personal, firm_tax
}

// Foot gives the stamp itself, so that answers embedding it are Answers.
func (s *Stamp) Foot() *Stamp { return s }

// sql gives a statement by its name, such as "Tax.Monthly".
func sql(name string) string {
	b, err := statements.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic("analytics: no statement " + name)
	}
	return string(b)
}

// Statement gives the SQL behind a figure, for "show the SQL".
func Statement(name string) (string, bool) {
	b, err := statements.ReadFile("sql/" + name + ".sql")
	return strings.TrimSpace(string(b)), err == nil
}

// query runs a statement under a question's clocks and its project with more bound parameters.
func (a *Analytics) query(ctx context.Context, name string, q Question, more ledger.Params) (driver.Rows, error) {
	params := q.Clock.Params()
	params["project"] = q.project
	maps.Copy(params, more)
	note(ctx, name, params)
	rows, err := a.ledger.Conn().Query(ledger.Bind(ctx, params), sql(name))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return rows, nil
}

// each runs a statement and hands every row to scan.
func (a *Analytics) each(ctx context.Context, name string, q Question, more ledger.Params, scan func(driver.Rows) error) error {
	defer tally(ctx)()
	rows, err := a.query(ctx, name, q, more)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return rows.Err()
}
