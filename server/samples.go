package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/ingest"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// sample is a workbook of the samples folder that the record does not hold yet.
type sample struct {
	name    string
	content []byte
}

// loadSamples puts every workbook of the samples folder through the real
// import, good rows only. A file whose content was ever imported is passed
// over, undone or not: a person's undo outlives a restart.
func (p Program) loadSamples(ctx context.Context, cfg Config, l *ledger.Ledger) error {
	if cfg.Samples == "" {
		return nil
	}
	fresh, err := freshSamples(ctx, cfg.Samples, l)
	if err != nil || len(fresh) == 0 {
		return err
	}
	fmt.Fprintln(p.Err, text.T("serve.samples", len(fresh), cfg.Samples).In(cfg.Lang))
	progress := newBar(p.Err, cfg.Lang, "")
	rows := 0
	for i, s := range fresh {
		progress.next(i, len(fresh), s.name)
		outcome, err := ingest.Import(ctx, l, s.name, s.content, ingest.Options{GoodRows: true, By: person(), Now: l.Now(), Progress: progress.stage})
		if err != nil {
			progress.clear()
			return err
		}
		if outcome.Status == ingest.Refused {
			progress.clear()
			if err := writeOutcome(p.Err, cfg.Lang, outcome); err != nil {
				return err
			}
		}
		for _, d := range outcome.Datasets {
			rows += d.Loaded
		}
	}
	progress.clear()
	fmt.Fprintln(p.Err, text.T("serve.samples.done", len(fresh), rows).In(cfg.Lang))
	return nil
}

// freshSamples reads the folder's workbooks in order and leaves out those the record knows by their hash.
func freshSamples(ctx context.Context, dir string, l *ledger.Ledger) ([]sample, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, &ledger.Error{Kind: ledger.NotFound, Message: text.T("serve.samples.missing", dir), Cause: err}
	}
	history, err := l.History(ctx, time.Now().AddDate(1, 0, 0))
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, b := range history {
		known[b.Hash] = true
	}
	var fresh []sample
	for _, e := range entries { // ReadDir sorts by name
		kind := strings.ToLower(filepath.Ext(e.Name()))
		if !e.Type().IsRegular() || !slices.Contains([]string{".xlsx", ".xlsm", ".csv"}, kind) || strings.HasPrefix(e.Name(), "~$") {
			continue
		}
		content, err := readFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(content)
		if !known[hex.EncodeToString(sum[:])] {
			fresh = append(fresh, sample{e.Name(), content})
		}
	}
	return fresh, nil
}
