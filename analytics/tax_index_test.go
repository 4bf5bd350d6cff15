package analytics

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// blocks says of a statement how many blocks of rows of tax it reads of how many, and by which indexes they were found.
func blocks(t *testing.T, a *Analytics, name string, q Question, more ledger.Params) (read, all int, by []string) {
	t.Helper()
	params := q.Clock.Params()
	maps.Copy(params, more)
	rows, err := a.ledger.Conn().Query(ledger.Bind(t.Context(), params), "EXPLAIN indexes = 1 "+sql(name))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	ofTax, counted := false, false
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		_, table, of := strings.Cut(line, "ReadFromMergeTree")
		if of {
			ofTax, counted = strings.HasSuffix(table, ".tax)"), false
		}
		if !ofTax {
			continue
		}
		var n, from int
		if _, found, ok := strings.Cut(line, "| Granules: "); ok {
			_, err = fmt.Sscan(found, &n)
			read += n
		} else if _, found, ok := strings.Cut(line, "Name: "); ok {
			by = append(by, strings.TrimSpace(found))
		} else if _, found, ok := strings.Cut(line, "Granules: "); ok && !counted { // by the order of the table; those of the indexes follow
			_, err = fmt.Sscanf(found, "%d/%d", &n, &from)
			all, counted = all+from, true
		}
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
	return read, all, by
}

// TestFewAreFoundByIndex asks for the tax of one building and the names of few companies in a record of many blocks: few of them are read.
func TestFewAreFoundByIndex(t *testing.T) {
	testkit.Unraced(t)
	l := testkit.Ledger(t)
	economy := testkit.Economy{Buildings: 4_000, Tenants: 16_000, Months: 4}
	economy.Load(t, l)
	// The engine does this in its own time.
	if err := l.Conn().Exec(t.Context(), "OPTIMIZE TABLE tax FINAL"); err != nil {
		t.Fatal(err)
	}
	number := func(name string) uint64 { return numberOf(ledger.NameKey(name)) }
	a := New(l)
	q := on(t, a, "2016-06-30")
	params := ledger.Params{"this": "[('2016-05-01',1)]", "last": "[('2016-02-01',1)]", "mixed": "[]", "basis": "全口径", "building": ledger.NameKey(economy.Building(7)),
		"sifted": "false", "trades": "[]", "codes": "[]", "names": "[]", "bare": "[]",
		"few": "true", "by_trade": "false", "by_kind": "false", "kinds": "[]", "whole": "[]", "firms": "[]",
		"companies": numberList([]uint64{number(economy.Firm(7)), number(economy.Firm(11_000))}), "places": numberList([]uint64{number(economy.Building(7))})}
	for _, c := range []struct {
		name, index string
		rows        int
	}{{"Building.Tax", "building_ix", economy.Tenants / economy.Buildings}, {"Tax.Lines", "company_ix", 1 + economy.Tenants/economy.Buildings}, {"Tax.Names", "company_ix", 3}, {"Tax.Names", "building_ix", 3}} {
		params := maps.Clone(params)
		if c.name == "Tax.Lines" {
			params["building"] = "" // these rows are asked for by the building's number and those of the firms in it
		}
		read, all, by := blocks(t, a, c.name, q, params)
		if all < 12 || read == 0 || read*2 > all || !strings.Contains(strings.Join(by, " "), c.index) {
			t.Errorf("%s reads %d of %d blocks, by %v", c.name, read, all, by)
		}
		n := 0
		if err := a.each(t.Context(), c.name, q, params, func(rows driver.Rows) error { n++; return nil }); err != nil || n != c.rows {
			t.Errorf("%s: %d rows, %v", c.name, n, err)
		}
	}
}
