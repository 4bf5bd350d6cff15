package server

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"

	"taizhang/internal/text"
	"taizhang/ledger"
	"taizhang/ledger/backup"
)

// backupJob is `taizhang backup` and `taizhang restore --check`.
type backupJob struct {
	backupWish
	JSON bool `json:"json,omitempty"`
}

// backedUp is what a backup is told as in JSON.
type backedUp struct {
	Path string `json:"path"`
	backup.Manifest
	Verified *verdict `json:"verified,omitempty"`
}

func (p Program) backup(ctx context.Context, args []string) (int, error) {
	cfg, j := DefaultConfig(), backupJob{}
	f := newFlags("backup", &cfg)
	f.BoolVar(&j.Verify, "verify", false, "")
	f.BoolVar(&j.JSON, "json", false, "")
	words, err := f.parse(&cfg, args)
	if err != nil {
		return exitWrong, err
	}
	return p.sendBackup(ctx, cfg, j, words)
}

// sendBackup has the process that holds the record take or try a backup.
func (p Program) sendBackup(ctx context.Context, cfg Config, j backupJob, words []string) (int, error) {
	if len(words) != 1 {
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("backup.one_folder"))
	}
	dir, err := filepath.Abs(words[0]) // the other process stands elsewhere
	if err != nil {
		return exitWrong, err
	}
	wish, err := cfg.backupWish(dir)
	if err != nil {
		return exitWrong, err
	}
	wish.Verify, wish.Check = j.Verify, j.Check
	j.backupWish = wish
	return p.carryOut(ctx, cfg, job{Lang: cfg.Lang, By: person(), Backup: &j}, p.Out)
}

func (j *backupJob) run(ctx context.Context, l *ledger.Ledger, engine Engine, in job, out io.Writer) (int, error) {
	do := j.take
	if j.Check {
		do = j.check
	}
	found, v, err := do(ctx, l, engine)
	if found.Path != "" && j.JSON {
		if err := json.NewEncoder(out).Encode(backedUp{found.Path, found.Manifest, v}); err != nil {
			return exitWrong, err
		}
	} else if found.Path != "" && found.Rows > 0 {
		key := "backup.taken"
		if j.Check {
			key = "backup.looked"
		}
		fmt.Fprintln(out, text.T(key, found.Path, clockTime(found.Moment), found.Batches, found.Rows, megabytes(found.Bytes)).In(in.Lang))
	}
	if err != nil {
		return exitWrong, err
	}
	if v != nil && !j.JSON {
		fmt.Fprintln(out, v.say(in.Lang))
	}
	return exitDone, nil
}

// say tells what a verification found.
func (v verdict) say(lang text.Lang) string {
	switch {
	case v.Trouble != nil:
		return text.T("backup.verified.bad", text.T("error.engine", v.Trouble.Zh, v.Trouble.En)).In(lang)
	case v.Answers == 0:
		return text.T("backup.verified.rows", v.Tables, v.Rows).In(lang)
	}
	return text.T("backup.verified", v.Tables, v.Rows, v.Answers).In(lang)
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }
