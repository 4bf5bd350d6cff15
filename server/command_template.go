package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"taizhang/ingest"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// template is `taizhang template`: the empty workbook of a dataset, which needs no record.
func (p Program) template(_ context.Context, args []string) (int, error) {
	cfg := DefaultConfig()
	f := newFlags("template", &cfg)
	file := f.String("out", "", "")
	words, err := f.parse(&cfg, args)
	if err != nil {
		return exitWrong, err
	}
	if len(words) != 1 {
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("command.one_dataset", strings.Join(ledger.Names(), ", ")))
	}
	d, err := ledger.Find(words[0])
	if err != nil {
		return exitWrong, err
	}
	content, err := ingest.Template(d, cfg.Lang)
	if err != nil {
		return exitWrong, err
	}
	if *file == "" && isTerminal(p.Out) {
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("command.xlsx_to_terminal"))
	}
	if *file == "" {
		_, err = p.Out.Write(content)
		return codeOf(err), err
	}
	return intoFile(*file, func(w io.Writer) (int, error) {
		_, err := w.Write(content)
		return codeOf(err), err
	})
}

func codeOf(err error) int {
	if err != nil {
		return exitWrong
	}
	return exitDone
}

// absolute makes a path whole; an empty one stays empty.
func absolute(path *string) error {
	if *path == "" {
		return nil
	}
	whole, err := filepath.Abs(*path)
	*path = whole
	return err
}

// write makes the workbooks that were asked for, before anything is loaded, and gives the lines that say so.
func (h *handedBack) write(ctx context.Context, l *ledger.Ledger, file readyFile, opt ingest.Options) ([]text.Message, error) {
	if h.Marked == "" && h.Rejected == "" {
		return nil, nil
	}
	opt.Progress = nil
	f, err := ingest.Prepare(ctx, l, file.name, file.content, opt)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var told []text.Message
	for _, one := range []struct {
		path, said string
		make       handBack
	}{{h.Marked, "command.told_marked", marked}, {h.Rejected, "command.told_rejected", rejected}} {
		if one.path == "" {
			continue
		}
		_, content, err := one.make(f)
		var e *ledger.Error
		if errors.As(err, &e) && e.Kind == ledger.NotFound {
			told = append(told, text.T("command.told_nothing", e.Message))
			continue
		}
		if err != nil {
			return nil, err
		}
		_, err = intoFile(one.path, func(w io.Writer) (int, error) { _, err := w.Write(content); return codeOf(err), err })
		if err != nil {
			return nil, err
		}
		told = append(told, text.T(one.said, one.path))
	}
	return told, nil
}

// readyFile is a file in memory.
type readyFile struct {
	name    string
	content []byte
}

// tellLines prints lines for a person; the answer of --json is for programs.
func tellLines(out io.Writer, lang text.Lang, lines []text.Message) error {
	for _, line := range lines {
		if _, err := fmt.Fprintln(out, line.In(lang)); err != nil {
			return err
		}
	}
	return nil
}
