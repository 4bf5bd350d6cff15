package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"taizhang/ingest"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// fileLimit is the greatest file a command reads; an office's workbooks are a hundredth of it.
const fileLimit = 256 << 20

// importJob is `taizhang import` with absolute paths.
type importJob struct {
	Files    []string   `json:"files"`
	Dataset  string     `json:"dataset,omitempty"`
	Asof     string     `json:"asof,omitempty"`
	DryRun   bool       `json:"dry_run,omitempty"`
	GoodRows bool       `json:"good_rows,omitempty"`
	Mode     string     `json:"mode,omitempty"`
	Plain    bool       `json:"plain,omitempty"`
	JSON     bool       `json:"json,omitempty"`
	Back     handedBack `json:"back"`
	reading  reading    // of the server that carries the job out; nil without one
}

func (p Program) importFiles(ctx context.Context, args []string) (int, error) {
	cfg, j := DefaultConfig(), importJob{}
	f := newFlags("import", &cfg)
	f.StringVar(&j.Dataset, "dataset", "", "")
	f.StringVar(&j.Asof, "asof", "", "")
	f.BoolVar(&j.DryRun, "dry-run", false, "")
	f.BoolVar(&j.GoodRows, "good-rows", false, "")
	f.BoolVar(&j.Plain, "plain", false, "")
	f.BoolVar(&j.JSON, "json", false, "")
	f.StringVar(&j.Back.Marked, "marked", "", "")
	f.StringVar(&j.Back.Rejected, "rejected", "", "")
	replace, scope := f.Bool("replace", false, ""), f.Bool("replace-scope", false, "")
	files, err := f.parse(&cfg, args)
	if err != nil {
		return exitWrong, err
	}
	if j.Mode, err = modeOf(*replace, *scope); err != nil {
		return exitWrong, err
	}
	if j.Files, err = absoluteFiles(files); err != nil {
		return exitWrong, err
	}
	if err := j.Back.check(len(files)); err != nil {
		return exitWrong, err
	}
	if j.Dataset != "" {
		if _, err := ledger.Find(j.Dataset); err != nil {
			return exitWrong, err
		}
	}
	if _, err := parseDay("--asof", j.Asof); err != nil {
		return exitWrong, err
	}
	return p.carryOut(ctx, cfg, job{Lang: cfg.Lang, By: person(), Import: &j}, p.Out)
}

// modeOf reads --replace and --replace-scope.
func modeOf(replace, scope bool) (string, error) {
	switch {
	case replace && scope:
		return "", ledger.Fail(ledger.Invalid, text.T("command.either", "--replace", "--replace-scope"))
	case replace:
		return string(ingest.Replace), nil
	case scope:
		return string(ingest.ReplaceScope), nil
	}
	return string(ingest.Update), nil
}

// absoluteFiles checks that every file is there before anything is loaded.
func absoluteFiles(files []string) ([]string, error) {
	if len(files) == 0 {
		return nil, ledger.Fail(ledger.Invalid, text.T("command.no_file"))
	}
	paths := make([]string, len(files))
	for i, name := range files {
		info, err := os.Stat(name)
		switch {
		case err != nil:
			return nil, ledger.Fail(ledger.NotFound, text.T("command.file_missing", name))
		case !info.Mode().IsRegular():
			return nil, ledger.Fail(ledger.Invalid, text.T("command.not_a_file", name))
		case info.Size() > fileLimit:
			return nil, ledger.Fail(ledger.Invalid, text.T("command.file_too_large", name, info.Size()>>20, fileLimit>>20))
		}
		if paths[i], err = filepath.Abs(name); err != nil {
			return nil, err
		}
	}
	return paths, nil
}

func (j *importJob) run(ctx context.Context, l *ledger.Ledger, in job, out, errs io.Writer) (int, error) {
	if err := l.MayBegin(ctx); err != nil {
		return exitWrong, err
	}
	asof, err := parseDay("--asof", j.Asof)
	if err != nil {
		return exitWrong, err
	}
	mode, err := ingest.ParseMode(j.Mode)
	if err != nil {
		return exitWrong, err
	}
	code := exitDone
	for _, path := range j.Files {
		content, err := readFile(path)
		if err != nil {
			return exitWrong, err
		}
		bar := newBar(errs, in.Lang, filepath.Base(path))
		opt := ingest.Options{Dataset: j.Dataset, Asof: asof, DryRun: j.DryRun, GoodRows: j.GoodRows, Plain: j.Plain, Mode: mode, By: in.By, Now: l.Now(), Progress: bar.stage}
		file, back, err := j.read(ctx, l, readyFile{filepath.Base(path), content}, opt)
		if err != nil {
			bar.clear()
			return exitWrong, err
		}
		outcome, err := ingest.Commit(ctx, l, file, opt)
		bar.clear()
		if err != nil {
			return exitWrong, err
		}
		if outcome.Status == ingest.Refused {
			code = exitRefused
		}
		if j.JSON {
			err = json.NewEncoder(out).Encode(outcome)
		} else {
			err = errors.Join(writeOutcome(out, in.Lang, outcome), tellLines(out, in.Lang, back))
		}
		if err != nil {
			return exitWrong, err
		}
	}
	return code, nil
}

// read reads a file when no other is being read, and writes the workbooks that were asked for.
func (j *importJob) read(ctx context.Context, l *ledger.Ledger, file readyFile, opt ingest.Options) (*ingest.File, []text.Message, error) {
	if err := j.reading.start(ctx); err != nil {
		return nil, nil, err
	}
	defer j.reading.end()
	back, err := j.Back.write(ctx, l, file, opt)
	if err != nil {
		return nil, nil, err
	}
	f, err := ingest.Prepare(ctx, l, file.name, file.content, opt)
	if err == nil {
		err = ctx.Err() // a file whose reading was cut off looks like a damaged one
	}
	return f, back, err
}

func readFile(path string) ([]byte, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, ledger.Fail(ledger.NotFound, text.T("command.file_unreadable", path))
	}
	return content, nil
}

// writeOutcome tells what became of a file, and each problem with its cell, what was found and what was expected.
func writeOutcome(w io.Writer, lang text.Lang, o ingest.Outcome) error {
	head := text.T("import.told."+string(o.Status), o.File)
	if o.Batch != nil {
		head = text.T("import.told."+string(o.Status)+".batch", o.File, *o.Batch)
	}
	lines := []string{head.In(lang)}
	for _, d := range o.Datasets {
		lines = append(lines, "  "+countLine(lang, d))
	}
	for _, c := range o.Changes {
		lines = append(lines, "  "+changesLine(lang, c))
	}
	for _, p := range append(append([]ledger.Problem{}, o.Problems...), o.Notes...) {
		// A file that was loaded before had its problems told then.
		if o.Status != ingest.Duplicate || p.Kind == "duplicate" {
			lines = append(lines, "  "+problemLine(lang, p))
		}
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

func countLine(lang text.Lang, c ingest.Count) string {
	label := c.Name
	if d, err := ledger.Find(c.Name); err == nil {
		label = d.Label(lang)
	}
	if c.Sheet == nil {
		return text.T("import.count", label, c.Rows, c.Loaded).In(lang)
	}
	return text.T("import.count.sheet", label, *c.Sheet, c.Rows, c.Loaded).In(lang)
}

// changesLine says what a file changes in a dataset of the record.
func changesLine(lang text.Lang, c ingest.Changes) string {
	label := c.Dataset
	if d, err := ledger.Find(c.Dataset); err == nil {
		label = d.Label(lang)
	}
	return text.T("import.told.changes", label, c.New, c.Changed, c.Unchanged, c.Removed).In(lang)
}

// problemLine tells where, what was found and what was expected; the message says the rest.
func problemLine(lang text.Lang, p ledger.Problem) string {
	place := string(p.Sheet)
	if place != "" && p.Cell != "" {
		place += "!"
	}
	place += string(p.Cell)
	message := p.Message
	if lang == text.En && p.MessageEn != "" {
		message = p.MessageEn
	}
	line := text.T("severity." + string(p.Severity)).In(lang)
	if place != "" {
		line += " " + place
	}
	if p.Column != "" {
		line += " [" + p.Column + "]"
	}
	line += ": " + message
	switch {
	case p.Found != "" && p.Expected != "":
		line += text.T("import.found_expected", p.Found, p.Expected).In(lang)
	case p.Found != "":
		line += text.T("import.found", p.Found).In(lang)
	case p.Expected != "":
		line += text.T("import.expected", p.Expected).In(lang)
	}
	return line
}
