package server

import (
	"context"
	"fmt"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// schema prints the statements that make the record's tables, for who makes them by hand: on a cluster, or where the program's
// user may not.
func (p Program) schema(_ context.Context, args []string) (int, error) {
	cfg := DefaultConfig()
	f := newFlags("schema", &cfg)
	cluster := f.String("cluster", "", "")
	words, err := f.parse(&cfg, args)
	if err == nil && len(words) > 0 {
		err = ledger.Fail(ledger.Invalid, text.T("command.too_many_words", words[0]))
	}
	if err != nil {
		return exitWrong, err
	}
	list := ledger.DDL()
	if *cluster != "" {
		if list, err = ledger.ClusterDDL(*cluster); err != nil {
			return exitWrong, &ledger.Error{Kind: ledger.Invalid, Message: text.T("schema.bad_cluster", *cluster), Cause: err}
		}
	}
	_, err = fmt.Fprintln(p.Out, strings.Join(list, ";\n\n")+";")
	return exitDone, err
}
