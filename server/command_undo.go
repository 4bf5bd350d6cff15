package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// undoJob is `taizhang undo`.
type undoJob struct {
	Batch  uint64 `json:"batch"`
	Reason string `json:"reason,omitempty"`
	JSON   bool   `json:"json,omitempty"`
}

// undone is a batch that was undone, and what was kept because it was written later.
type undone struct {
	ledger.Batch
	Kept []ledger.Rewritten `json:"kept"`
}

func (p Program) undo(ctx context.Context, args []string) (int, error) {
	cfg, j := DefaultConfig(), undoJob{}
	f := newFlags("undo", &cfg)
	f.StringVar(&j.Reason, "reason", "", "")
	f.BoolVar(&j.JSON, "json", false, "")
	words, err := f.parse(&cfg, args)
	if err != nil {
		return exitWrong, err
	}
	if len(words) != 1 {
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("command.one_batch"))
	}
	if j.Batch, err = strconv.ParseUint(words[0], 10, 64); err != nil {
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("import.bad_batch", words[0]))
	}
	if j.Reason = cutReason(j.Reason); j.Reason == "" {
		j.Reason = text.T("undo.reason.command").In(cfg.Lang)
	}
	return p.carryOut(ctx, cfg, job{Lang: cfg.Lang, By: person(), Undo: &j}, p.Out)
}

func (j *undoJob) run(ctx context.Context, l *ledger.Ledger, in job, out io.Writer) (int, error) {
	b, err := undoBatch(ctx, l, j.Batch, in.By, j.Reason)
	if err != nil {
		return exitWrong, err
	}
	if j.JSON {
		return exitDone, json.NewEncoder(out).Encode(b)
	}
	lines := []string{text.T("undo.done", b.ID, b.File).In(in.Lang)}
	for _, kept := range b.Kept {
		lines = append(lines, keptLines(in.Lang, kept)...)
	}
	_, err = fmt.Fprintln(out, strings.Join(lines, "\n"))
	return exitDone, err
}

// undoPatience is how long an undo waits for an import into the same dataset.
const undoPatience = 3 * time.Second

// undoBatch hides a batch and says what stays because it was written later.
func undoBatch(ctx context.Context, l *ledger.Ledger, id uint64, by, reason string) (undone, error) {
	limited, end := context.WithTimeout(ctx, undoPatience)
	defer end()
	if err := l.Undo(limited, id, by, reason); errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return undone{}, &ledger.Error{Kind: ledger.Conflict, Message: text.T("import.undo_busy", id), Cause: err}
	} else if err != nil {
		return undone{}, err
	}
	kept, err := l.Later(ctx, id)
	if err != nil {
		return undone{}, err
	}
	b, err := l.Batch(ctx, id)
	return undone{b, kept}, err
}

func keptLines(lang text.Lang, kept ledger.Rewritten) []string {
	label := kept.Dataset
	if d, err := ledger.Find(kept.Dataset); err == nil {
		label = d.Label(lang)
	}
	lines := []string{text.T("undo.kept", label, kept.Keys).In(lang)}
	for _, r := range kept.First {
		lines = append(lines, text.T("undo.kept.row", r.Key, r.Batch, r.File, r.By, clockTime(r.At)).In(lang))
	}
	if more := kept.Keys - uint64(len(kept.First)); more > 0 {
		lines = append(lines, text.T("undo.kept.more", more).In(lang))
	}
	return lines
}

// cutReason keeps a reason to what a table can show.
func cutReason(reason string) string {
	runes := []rune(strings.TrimSpace(reason))
	return string(runes[:min(len(runes), longestReason)])
}
