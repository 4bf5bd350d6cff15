package analytics

import (
	"context"
	"strings"
	"testing"

	"taizhang/ledger"
)

// Names have the number in this program that the engine keeps beside them.
func TestNumbersAreTheEngines(t *testing.T) {
	a := record(t, smallEconomy())
	for _, key := range []string{"甲公司", "东楼", codeA, "a", strings.Repeat("河南示例有限公司", 40), "未入驻"} {
		var want uint64
		ctx := ledger.Bind(context.Background(), ledger.Params{"key": key})
		if err := a.ledger.Conn().QueryRow(ctx, "SELECT cityHash64({key:String})").Scan(&want); err != nil {
			t.Fatal(err)
		}
		if got := numberOf(key); got != want {
			t.Errorf("%s: %d, the engine has %d", key, got, want)
		}
	}
	if numberOf("") != 0 {
		t.Error("no name has a number")
	}
}

// Who paid most is found without putting all in order, with all who paid as much as the last of them.
func TestLeastOfMost(t *testing.T) {
	payers := []*taxPayer{}
	for _, yuan := range []int64{5, 9, 1, 9, 7, unsaid, 3, 7} {
		p := &taxPayer{}
		if yuan != unsaid {
			p.this = amount{whole: yuan, said: true}
		}
		payers = append(payers, p)
	}
	for n, want := range map[int]string{1: "9", 2: "9", 3: "7", 4: "7", 5: "5", 7: "1", 8: "—", 9: "—"} {
		if got := leastOfMost(payers, n).decimal().String(); got != want {
			t.Errorf("the last of the %d that paid most paid %s, want %s", n, got, want)
		}
	}
}
