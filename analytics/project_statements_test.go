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
	a := projectRecord(t, append(smallOffice(),
		batchOf{ledger.Baselines, "2016-05-01", []values{
			{"project": "甲村改造", "number": "第1次", "approved_on": "2016-05-01", "approved_by": "张主任", "reason": "年度计划", "node_no": "1", "node": "封顶", "finish": "2016-07-14", "weight": "40"},
			{"project": "甲村改造", "number": "第1次", "approved_on": "2016-05-01", "approved_by": "张主任", "reason": "年度计划", "node_no": "2", "node": "装饰", "start": "2016-07-15", "finish": "2016-11-11"},
		}},
		batchOf{ledger.Baselines, "2016-06-01", []values{
			{"project": "甲村改造", "number": "第2次", "approved_on": "2016-06-01", "node_no": "1", "node": "封顶", "finish": "2016-07-20"},
			{"project": "甲村改造", "number": "第3次", "approved_on": "2016-07-01", "node_no": "1", "node": "封顶", "finish": "2016-07-30"},
		}},
		batchOf{ledger.Assignments, "2016-07-01", terms()}, batchOf{ledger.Calendar, "2016-07-01", holiday()},
		batchOf{ledger.Overrides, "2016-06-20", []values{
			{"project": "甲村改造", "light": "黄灯", "reason": "已批复", "person": "张主任", "from": "2016-06-20", "until": "2016-06-30"},
			{"project": "甲村改造", "light": "绿灯", "reason": "早先", "person": "张主任", "from": "2016-06-01", "until": "2016-06-30"},
			{"project": "乙大厦", "light": "绿灯", "reason": "已了", "person": "李书记", "from": "2016-05-20", "until": "2016-06-10"},
		}}))
	q := on(t, a, "2016-06-24")
	for _, name := range []string{"Projects.Items", "Projects.Weeks", "Project.Weeks", "Project.Visits", "Leaders.Visits",
		"Leaders.Actions", "Schedule.Nodes", "Schedule.Project", "Schedule.Baseline", "Schedule.Approved", "Projects.Overrides", "Projects.Assignments", "Calendar.Days"} {
		rows, err := a.query(context.Background(), name, q, ledger.Params{"project": "甲村改造", "name": "甲村改造", "end": endOfDays["end"]})
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
