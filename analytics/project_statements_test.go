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
	a := ownProjectRecord(t, append(smallOffice(),
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
	issues := []values{
		{"project": "甲村改造", "number": "1", "issue": "管线未迁", "found_on": "2016-06-06", "due": "2016-06-20", "owner": "赵", "status": "解决中"},
		{"project": "甲村改造", "number": "2", "issue": "围挡破损", "found_on": "2016-06-20", "status": "已解决", "resolved_on": "2016-06-22"},
		{"project": "乙大厦", "number": "1", "issue": "资金缺口", "found_on": "2016-06-20", "status": "未解决"},
	}
	load(t, a.ledger, batchOf{ledger.Issues, "2016-06-22", issues})
	q := on(t, a, "2016-06-24")
	// A statement about all projects is asked for all and for one alone.
	all := []string{"Projects.Items", "Projects.Weeks", "Leaders.Visits", "Leaders.Actions", "Schedule.Nodes", "Schedule.Baseline", "Schedule.Approved",
		"Projects.Overrides", "Projects.Assignments", "Calendar.Days"}
	one := []string{"Project.Weeks", "Project.Visits", "Project.Issues", "Projects.Items", "Leaders.Actions", "Schedule.Nodes", "Schedule.Baseline",
		"Schedule.Approved", "Projects.Overrides", "Projects.Assignments"}
	golden := func(name, file, project string) {
		t.Helper()
		rows, err := a.query(context.Background(), name, q, ledger.Params{"project": project, "key": project, "end": endOfDays["end"], "before": "1900-01-01"})
		if err != nil {
			t.Fatal(err)
		}
		testkit.Golden(t, file+".txt", lines(t, rows))
	}
	for _, name := range all {
		golden(name, name, "")
	}
	for _, name := range one {
		file := name
		if !strings.HasPrefix(name, "Project.") {
			file += ".one"
		}
		golden(name, file, "甲村改造")
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
