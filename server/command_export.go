package server

import (
	"bufio"
	"context"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"

	"taizhang/charts"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// exportJob is `taizhang export`.
type exportJob struct {
	Dataset  string       `json:"dataset,omitempty"`
	Briefing *briefingJob `json:"briefing,omitempty"`
	Asked    asked        `json:"asked"`
	XLSX     bool         `json:"xlsx,omitempty"`
	BOM      bool         `json:"bom,omitempty"`
}

func (p Program) export(ctx context.Context, args []string) (int, error) {
	cfg, j := DefaultConfig(), exportJob{}
	f := newFlags("export", &cfg)
	f.StringVar(&j.Asked.Asof, "asof", "", "")
	f.StringVar(&j.Asked.Known, "known", "", "")
	asCSV := f.Bool("csv", false, "")
	f.BoolVar(&j.XLSX, "xlsx", false, "")
	f.BoolVar(&j.BOM, "bom", false, "")
	file := f.String("out", "", "")
	meeting, forms, dir := f.String("meeting", "", ""), f.String("format", "", ""), f.String("dir", ".", "")
	f.fonts(&cfg)
	words, err := f.parse(&cfg, args)
	switch {
	case err != nil:
		return exitWrong, err
	case *meeting != "" && (len(words) > 0 || *asCSV || j.XLSX || j.BOM || *file != ""):
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("snapshot.alone"))
	case *meeting != "":
		j.Briefing = &briefingJob{Meeting: *meeting}
		return p.exportBriefing(ctx, cfg, j, *forms, *dir)
	case *forms != "" || *dir != ".":
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("snapshot.needs_meeting"))
	case len(words) != 1:
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("command.one_dataset", strings.Join(ledger.Names(), ", ")))
	case *asCSV && j.XLSX:
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("command.either", "--csv", "--xlsx"))
	}
	j.Dataset = words[0]
	if _, err := ledger.Find(j.Dataset); err != nil {
		return exitWrong, err
	}
	if !*asCSV && strings.EqualFold(filepath.Ext(*file), ".xlsx") {
		j.XLSX = true
	}
	if j.XLSX && *file == "" && isTerminal(p.Out) {
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("command.xlsx_to_terminal"))
	}
	do := func(out io.Writer) (int, error) {
		return p.carryOut(ctx, cfg, job{Lang: cfg.Lang, By: person(), Export: &j}, out)
	}
	if *file == "" {
		return do(p.Out)
	}
	return intoFile(*file, do)
}

// intoFile lets do write into a file that appears whole or not at all.
func intoFile(path string, do func(io.Writer) (int, error)) (int, error) {
	temp, err := os.CreateTemp(filepath.Dir(path), ".taizhang-*")
	if err != nil {
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("command.cannot_write", path))
	}
	defer os.Remove(temp.Name())
	code, err := do(temp)
	if closing := temp.Close(); err == nil {
		err = closing
	}
	if err != nil || code != exitDone {
		return code, err
	}
	if err := os.Chmod(temp.Name(), 0o644); err != nil {
		return exitWrong, err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("command.cannot_write", path))
	}
	return exitDone, nil
}

func (j *exportJob) run(ctx context.Context, l *ledger.Ledger, in job, out io.Writer) (int, error) {
	if j.Briefing != nil {
		return j.Briefing.run(ctx, l, in, j.Asked, out)
	}
	d, err := ledger.Find(j.Dataset)
	if err != nil {
		return exitWrong, err
	}
	clock, err := l.Clock(ctx, j.Asked.Asof, j.Asked.Known)
	if err != nil {
		return exitWrong, err
	}
	rows := func(each func(ledger.Record) error) error { return l.Rows(ctx, d, clock, each) }
	if j.XLSX {
		err = exportWorkbook(out, d, rows)
	} else {
		err = exportCSV(out, d, j.BOM, rows)
	}
	if err != nil {
		return exitWrong, err
	}
	return exitDone, nil
}

// exportCSV writes the rows as they stand, texts made safe and figures plain.
func exportCSV(out io.Writer, d *ledger.Dataset, bom bool, rows func(func(ledger.Record) error) error) error {
	buffer := bufio.NewWriterSize(out, 64<<10)
	if bom {
		_, _ = buffer.WriteString("\ufeff") // a failure stays in the buffer until Flush
	}
	w := csv.NewWriter(buffer)
	fields := d.ExportFields()
	cells := make([]string, len(fields))
	for i, f := range fields {
		cells[i] = f.Header(text.Zh)
	}
	if err := w.Write(cells); err != nil {
		return err
	}
	err := rows(func(r ledger.Record) error {
		for i, v := range d.ExportValues(r) {
			cells[i] = csvCell(v)
		}
		return w.Write(cells)
	})
	if err != nil {
		return err
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return buffer.Flush()
}

// exportWorkbook writes the rows as a workbook with typed cells.
func exportWorkbook(out io.Writer, d *ledger.Dataset, rows func(func(ledger.Record) error) error) error {
	sheet := charts.DataSheet{Name: d.Zh}
	for _, f := range d.ExportFields() {
		sheet.Headers = append(sheet.Headers, f.Header(text.Zh))
	}
	return charts.WriteWorkbook(out, sheet, func(add func([]any) error) error {
		return rows(func(r ledger.Record) error { return add(d.ExportValues(r)) })
	})
}
