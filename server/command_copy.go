package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"taizhang/internal/text"
	"taizhang/ledger"
	"taizhang/ledger/backup"
)

// copyJob is `taizhang copy`.
type copyJob struct {
	To   string `json:"to"`
	JSON bool   `json:"json,omitempty"`
}

func (p Program) copy(ctx context.Context, args []string) (int, error) {
	cfg, j := DefaultConfig(), copyJob{}
	f := newFlags("copy", &cfg)
	f.StringVar(&j.To, "to", "", "")
	f.BoolVar(&j.JSON, "json", false, "")
	words, err := f.parse(&cfg, args)
	switch {
	case err != nil:
		return exitWrong, err
	case len(words) > 0:
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("command.too_many_words", words[0]))
	case j.To == "":
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("copy.no_target"))
	}
	return p.carryOut(ctx, cfg, job{Lang: cfg.Lang, By: person(), Copy: &j}, p.Out)
}

func (j *copyJob) run(ctx context.Context, l *ledger.Ledger, engine Engine, in job, out io.Writer) (int, error) {
	if !backing.TryLock() {
		return exitWrong, ledger.Fail(ledger.Conflict, text.T("backup.busy"))
	}
	defer backing.Unlock()
	to, done, err := engine.Connect(ctx, Config{ClickHouse: j.To})
	if err != nil {
		return exitWrong, err
	}
	tables, rows := 0, uint64(0)
	err = backup.Copy(ctx, l.Conn(), to, func(one backup.Compared) {
		tables, rows = tables+1, rows+one.Rows
		if j.JSON {
			_ = json.NewEncoder(out).Encode(one)
		}
	})
	if err = errors.Join(err, done()); err != nil {
		return exitWrong, err
	}
	if !j.JSON {
		fmt.Fprintln(out, text.T("copy.done", tables, rows).In(in.Lang))
	}
	return exitDone, nil
}
