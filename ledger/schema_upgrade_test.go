package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/access"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// version1 is a record written by the program of schema 1: three batches, the second of them undone.
func version1(t *testing.T) driver.Conn {
	t.Helper()
	return versioned(t, 1)
}

// versioned is a record written by the program of a schema. From the second on it is the one of the first, opened by that program,
// with one more batch of its own.
func versioned(t *testing.T, version uint32) driver.Conn {
	t.Helper()
	script, err := os.ReadFile(fmt.Sprintf("testdata/schema_v%d.sql", version))
	if err != nil {
		t.Fatal(err)
	}
	conn := testkit.Conn(t)
	for _, statement := range strings.Split(strings.TrimSpace(string(script)), ";\n") {
		if err := conn.Exec(context.Background(), strings.TrimSuffix(statement, ";")); err != nil {
			t.Fatalf("%.80s: %v", statement, err)
		}
	}
	return conn
}

func openRecord(conn driver.Conn) (*ledger.Ledger, error) {
	return ledger.New(context.Background(), conn, ledger.Options{Now: func() time.Time { return testkit.Now }})
}

// shape lists the columns of every table in their order, with their types.
func shape(t *testing.T, conn driver.Conn) map[string]string {
	t.Helper()
	rows, err := conn.Query(context.Background(), `SELECT table, arrayStringConcat(groupArray(name || ' ' || type), ', ')
		FROM (SELECT * FROM system.columns WHERE database = currentDatabase() ORDER BY table, position) GROUP BY table`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	tables := map[string]string{}
	for rows.Next() {
		var name, columns string
		if err := rows.Scan(&name, &columns); err != nil {
			t.Fatal(err)
		}
		tables[name] = columns
	}
	return tables
}

// indexed lists the indexes of a record, and how many rows of tax they do not cover.
func indexed(t *testing.T, conn driver.Conn) (list []string, uncovered uint64) {
	t.Helper()
	if err := conn.QueryRow(context.Background(), `SELECT
		(SELECT arraySort(groupArray(concat(table, ' ', name, ' ', type_full, ' ', expr, ' ', toString(granularity)))) FROM system.data_skipping_indices WHERE database = currentDatabase()),
		(SELECT sum(rows) FROM system.parts WHERE database = currentDatabase() AND table = 'tax' AND active AND secondary_indices_compressed_bytes = 0)`).Scan(&list, &uncovered); err != nil {
		t.Fatal(err)
	}
	return list, uncovered
}

// meetsVersion1 asks what the fixture was made to answer.
func meetsVersion1(t *testing.T, l *ledger.Ledger) {
	t.Helper()
	const first, second = "6000000000", "6100000000"
	undone := time.Date(2016, 7, 4, 1, 0, 0, 6_000_000, time.UTC)
	for _, c := range []struct {
		asof  string
		known time.Time
		want  string
	}{{"2016-05-30", time.Time{}, ""}, {"2016-06-30", time.Time{}, first}, {"2016-06-30", undone.Add(-time.Millisecond), second}, {"2016-05-31", undone.Add(-time.Millisecond), first}} {
		got := standing(t, l, clock(t, l, c.asof, c.known))
		if got["齐礼闫村城中村改造"] != c.want {
			t.Errorf("asof %s known %v: %v, want %s", c.asof, c.known, got, c.want)
		}
	}
	d := ledger.Tenants
	n := 0
	if err := l.Rows(context.Background(), d, clock(t, l, "2016-06-30", time.Time{}), func(r ledger.Record) error {
		n++
		for i, f := range d.StoredFields() {
			want := map[string]string{"building": "甲大厦", "room": "301", "tenant": "河南甲科技有限公司", "let_area_m2": "120.5", "registered": "是"}[f.Name]
			if got := ledger.Plain(r.Values[i]); got != want {
				t.Errorf("%s is %q, want %q", f.Name, got, want)
			}
		}
		return nil
	}); err != nil || n != 1 {
		t.Errorf("%d tenants, %v", n, err)
	}
	b, err := l.Batch(context.Background(), 3)
	if err != nil || b.File != "楼宇.xlsx" || b.Rows["tenants"] != 1 {
		t.Errorf("%+v %v", b, err)
	}
}

func TestARecordOfVersion1IsUpgraded(t *testing.T) {
	conn := version1(t)
	l, err := openRecord(conn)
	if err != nil {
		t.Fatal(err)
	}
	meetsVersion1(t, l)
	fresh := testkit.Ledger(t)
	if got, want := shape(t, conn), shape(t, fresh.Conn()); !maps.Equal(got, want) {
		for name := range want {
			if got[name] != want[name] {
				t.Errorf("%s\n got %s\nwant %s", name, got[name], want[name])
			}
		}
	}
	save(t, l, row("新项目", 1, "2016-06-30"))
	if got := standing(t, l, clock(t, l, "2016-06-30", time.Time{})); got["新项目"] != "1" || len(got) != 3 {
		t.Error(got)
	}
}

// TestEveryEarlierRecordIsUpgraded opens a record of each schema there ever was. Whoever raises the schema keeps the state of before
// as the next fixture.
func TestEveryEarlierRecordIsUpgraded(t *testing.T) {
	testkit.Unraced(t)
	empty := testkit.Ledger(t).Conn()
	fresh := shape(t, empty)
	indexes, _ := indexed(t, empty)
	for version := uint32(2); version < ledger.SchemaVersion(); version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			conn := versioned(t, version)
			if found, _, err := ledger.Inspect(context.Background(), conn); err != nil || found != version {
				t.Fatalf("the fixture is of version %d, %v", found, err)
			}
			l, err := openRecord(conn)
			if err != nil {
				t.Fatal(err)
			}
			meetsVersion1(t, l)
			if got := standing(t, l, clock(t, l, "2016-06-30", time.Time{})); got["后来的项目"] != "7" || len(got) != 3 {
				t.Error(got)
			}
			for name, columns := range shape(t, conn) {
				if fresh[name] != columns {
					t.Errorf("%s\n got %s\nwant %s", name, columns, fresh[name])
				}
			}
			if got, uncovered := indexed(t, conn); !slices.Equal(got, indexes) || uncovered > 0 {
				t.Errorf("indexes %v over all but %d rows, of a new record %v", got, uncovered, indexes)
			}
			save(t, l, row("新项目", 1, "2016-06-30"))
			if got := standing(t, l, clock(t, l, "2016-06-30", time.Time{})); got["新项目"] != "1" || len(got) != 4 {
				t.Error(got)
			}
			if found, _, err := ledger.Inspect(context.Background(), conn); err != nil || found != ledger.SchemaVersion() {
				t.Errorf("upgraded to %d, %v", found, err)
			}
		})
	}
}

// TestIndexesAreWrittenWhereThatWasKilled kills the upgrade of a record of schema 10, which has rows of tax, when the indexes stand and cover none of them.
func TestIndexesAreWrittenWhereThatWasKilled(t *testing.T) {
	conn := versioned(t, 10)
	const newTables = 1 // tax_sums is made before
	if _, err := openRecord(&dying{conn, newTables + len(ledger.Tax.Numbered)}); !errors.Is(err, errLost) {
		t.Fatal(err)
	}
	if list, uncovered := indexed(t, conn); len(list) != len(ledger.Tax.Numbered) || uncovered != 2 {
		t.Fatalf("killed with indexes %v over all but %d rows", list, uncovered)
	}
	if _, err := openRecord(conn); err != nil {
		t.Fatal(err)
	}
	if _, uncovered := indexed(t, conn); uncovered > 0 {
		t.Errorf("%d rows stand outside the indexes", uncovered)
	}
	if _, err := openRecord(&dying{conn, 0}); err != nil {
		t.Error("an upgraded record is changed again:", err)
	}
}

// TestAccountsOfVersion9GoOn opens the account and the sign-in that a record of schema 9 holds.
func TestAccountsOfVersion9GoOn(t *testing.T) {
	l, err := openRecord(versioned(t, 9))
	if err != nil {
		t.Fatal(err)
	}
	accounts, err := l.Accounts(t.Context())
	if err != nil || len(accounts) != 1 || accounts["admin"].Hash == "" || accounts["admin"].SSO != (ledger.SSO{}) {
		t.Fatalf("%+v %v", accounts, err)
	}
	s, open, err := l.SessionAt(t.Context(), "0123456789abcdef")
	if err != nil || !open || s.Account != "admin" || s.Way != ledger.ByPassword {
		t.Errorf("%+v %v %v", s, open, err)
	}
	bound := ledger.SSO{Name: "admin@example.org", Only: true, Issuer: "https://id.example.org", Subject: "1"}
	if err := l.ChangeAccount(t.Context(), "admin", func(a *ledger.Account) error { a.SSO = bound; return nil }); err != nil {
		t.Fatal(err)
	}
	if accounts, err = l.Accounts(t.Context()); err != nil || accounts["admin"].SSO != bound || accounts["admin"].Person != "管理员" {
		t.Errorf("%+v %v", accounts, err)
	}
	again := ledger.Account{Name: "other", Person: "乙", Roles: []access.Role{access.Viewer}, PasswordAt: l.Now(), SSO: ledger.SSO{Name: bound.Name}}
	if err := l.AddAccount(t.Context(), again); ledger.AsError(err).Kind != ledger.Conflict {
		t.Errorf("two accounts for one name of the service: %v", err)
	}
	again.SSO = ledger.SSO{Name: "other", Issuer: bound.Issuer, Subject: bound.Subject}
	if err := l.AddAccount(t.Context(), again); ledger.AsError(err).Kind != ledger.Conflict {
		t.Errorf("two accounts for one person of the service: %v", err)
	}
}

// dying is a connection that is lost before its n-th change.
type dying struct {
	driver.Conn
	left int
}

var errLost = errors.New("killed")

func (d *dying) Exec(ctx context.Context, sql string, args ...any) error {
	if d.left == 0 {
		return errLost
	}
	d.left--
	return d.Conn.Exec(ctx, sql, args...)
}

// TestAnUpgradeGoesOnWhereItWasKilled kills it before every one of its steps in turn.
func TestAnUpgradeGoesOnWhereItWasKilled(t *testing.T) {
	testkit.Unraced(t)
	conn := version1(t)
	// A column gone and a view gone: each has to be found again.
	for _, sql := range []string{"ALTER TABLE tenants DROP COLUMN legal_person", "ALTER TABLE batches DROP COLUMN mode", "DROP VIEW tenants_at"} {
		if err := conn.Exec(context.Background(), sql); err != nil {
			t.Fatal(err)
		}
	}
	kills := 0
	for ; ; kills++ {
		// One step more at each start, for what was not finished is begun again.
		_, err := openRecord(&dying{conn, kills})
		if err == nil {
			break
		}
		if !errors.Is(err, errLost) || kills > 500 {
			t.Fatal(kills, err)
		}
	}
	l, err := openRecord(&dying{conn, 0})
	if err != nil {
		t.Fatal("an upgraded record is changed again:", err)
	}
	if kills < 3 {
		t.Errorf("killed %d times", kills)
	}
	meetsVersion1(t, l)
	if got, want := shape(t, conn), shape(t, testkit.Ledger(t).Conn()); !maps.Equal(got, want) {
		t.Errorf("the tables differ from those of a new record: %v", got)
	}
}

func TestANewerRecordIsRefused(t *testing.T) {
	conn := version1(t)
	if err := conn.Exec(context.Background(), "INSERT INTO schema_versions VALUES (999, now64(3))"); err != nil {
		t.Fatal(err)
	}
	before := shape(t, conn)
	_, err := openRecord(conn)
	if e := ledger.AsError(err); e == nil || e.Kind != ledger.Refused {
		t.Fatal(err)
	}
	if !maps.Equal(before, shape(t, conn)) {
		t.Error("a refused record was changed")
	}
}

// TestNoColumnChangesItsType holds the declarations against the tables of schema 1: an upgrade only adds.
func TestNoColumnChangesItsType(t *testing.T) {
	old, now := shape(t, version1(t)), shape(t, testkit.Ledger(t).Conn())
	for table, columns := range old {
		if strings.HasSuffix(table, "_at") {
			continue
		}
		kept := splitColumns(now[table])
		for _, c := range splitColumns(columns) {
			if !slices.Contains(kept, c) {
				t.Errorf("%s: column %q of schema 1 is gone or has another type; upgrading cannot do that", table, c)
			}
		}
	}
}

// splitColumns parts a shape at its commas outside brackets.
func splitColumns(shape string) []string {
	var list []string
	depth, from := 0, 0
	for i, r := range shape + "," {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ',' && depth == 0:
			list = append(list, strings.TrimSpace(shape[from:i]))
			from = i + 1
		}
	}
	return list
}
