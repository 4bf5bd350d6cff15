package analytics

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

func TestStatementsOfProjects(t *testing.T) {
	a := projectRecord(t, smallOffice())
	q := on(t, a, "2016-06-24")
	for _, name := range []string{"Projects.Items", "Projects.Weeks", "Project.Weeks", "Project.Visits", "Leaders.Visits",
		"Leaders.Actions", "Schedule.Nodes", "Schedule.Baseline"} {
		rows, err := a.query(context.Background(), name, q, ledger.Params{"project": "甲村改造"})
		if err != nil {
			t.Fatal(err)
		}
		testkit.Golden(t, name+".txt", lines(t, rows))
	}
}

// lines writes a result as text, one row a line.
func lines(t *testing.T, rows driver.Rows) []byte {
	t.Helper()
	defer rows.Close()
	out := bytes.NewBufferString(strings.Join(rows.Columns(), "\t") + "\n")
	for rows.Next() {
		dest := make([]any, len(rows.Columns()))
		for i, c := range rows.ColumnTypes() {
			dest[i] = reflect.New(c.ScanType()).Interface()
		}
		if err := rows.Scan(dest...); err != nil {
			t.Fatal(err)
		}
		for i, d := range dest {
			if i > 0 {
				out.WriteByte('\t')
			}
			fmt.Fprint(out, plain(reflect.ValueOf(d).Elem()))
		}
		out.WriteByte('\n')
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// plain writes one value of any column: days without a time, NULL as NULL.
func plain(v reflect.Value) any {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return "NULL"
		}
		return plain(v.Elem())
	}
	if day, ok := v.Interface().(time.Time); ok {
		return day.Format(time.DateOnly)
	}
	return v.Interface()
}
