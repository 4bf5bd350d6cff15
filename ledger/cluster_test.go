package ledger_test

import (
	"context"
	"strings"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// TestTheClusterIsMadeOfTheSameDeclarations shows the statements; that they can be read, the engine's own formatter says.
func TestTheClusterIsMadeOfTheSameDeclarations(t *testing.T) {
	list, err := ledger.ClusterDDL("district")
	if err != nil {
		t.Fatal(err)
	}
	testkit.Golden(t, "cluster.sql", []byte(strings.Join(list, ";\n\n")+";\n"))
	conn := testkit.Conn(t)
	for _, sql := range list {
		var told string
		if err := conn.QueryRow(ledger.Bind(context.Background(), ledger.Params{"sql": sql}), "SELECT formatQuery({sql:String})").Scan(&told); err != nil {
			t.Errorf("%.80s: %v", sql, err)
		}
		if strings.HasPrefix(sql, "CREATE TABLE") && !strings.Contains(sql, "ReplicatedMergeTree(") && !strings.Contains(sql, "Distributed(") {
			t.Errorf("%.80s is of one machine", sql)
		}
		if strings.HasPrefix(sql, "CREATE") && !strings.Contains(sql, "ON CLUSTER district") {
			t.Errorf("%.80s is made on one machine", sql)
		}
	}
	if n := 2*len(ledger.All) + len(ledger.All); len(list) < n+8 {
		t.Errorf("%d statements", len(list))
	}
	for _, wrong := range []string{"", "a b", "x;DROP", "1a", "a'"} {
		if _, err := ledger.ClusterDDL(wrong); err == nil {
			t.Errorf("%q passed", wrong)
		}
	}
}
