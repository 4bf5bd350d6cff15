package server

import (
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// reportJob is `taizhang report`.
type reportJob struct {
	Name  string `json:"name"`
	Key   string `json:"key,omitempty"`
	Asked asked  `json:"asked"`
	Shape string `json:"shape"` // one of reportShapes
	// Rules are the limits of the command's own settings, whichever server carries it out.
	Rules analytics.Thresholds `json:"rules"`
}

func (p Program) report(ctx context.Context, args []string) (int, error) {
	cfg, j := DefaultConfig(), reportJob{Shape: "text"}
	f := newFlags("report", &cfg)
	f.StringVar(&j.Asked.Asof, "asof", "", "")
	f.StringVar(&j.Asked.Known, "known", "", "")
	f.StringVar(&j.Asked.Year, "year", "", "")
	f.StringVar(&j.Asked.Basis, "basis", "", "")
	f.StringVar(&j.Asked.Baseline, "baseline", "", "")
	short := map[string]*bool{"json": f.Bool("json", false, ""), "csv": f.Bool("csv", false, ""), bookFormat: f.Bool(bookFormat, false, "")}
	shape, file := f.String("format", "", ""), f.String("out", "", "")
	words, err := f.parse(&cfg, args)
	if err != nil {
		return exitWrong, err
	}
	if j.Shape, err = reportShape(*shape, *file, short); err != nil {
		return exitWrong, err
	}
	if err := j.name(words); err != nil {
		return exitWrong, err
	}
	if j.Rules, err = cfg.thresholds(); err != nil {
		return exitWrong, err
	}
	if j.Shape == bookFormat && *file == "" && isTerminal(p.Out) {
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("command.xlsx_to_terminal"))
	}
	do := func(out io.Writer) (int, error) {
		return p.carryOut(ctx, cfg, job{Lang: cfg.Lang, By: person(), Report: &j}, out)
	}
	if *file == "" {
		return do(p.Out)
	}
	return intoFile(*file, do)
}

// reportShapes are what a report can be written as.
var reportShapes = []string{"text", "json", "csv", bookFormat}

// reportShape is the shape that --format, a flag of its own or else the name of the file asks for.
func reportShape(said, file string, short map[string]*bool) (string, error) {
	for _, shape := range reportShapes {
		if given, known := short[shape]; known && *given {
			if said != "" && said != shape {
				return "", ledger.Fail(ledger.Invalid, text.T("command.either", "--"+said, "--"+shape))
			}
			said = shape
		}
	}
	if said == "" {
		if said = strings.ToLower(strings.TrimPrefix(filepath.Ext(file), ".")); !slices.Contains(reportShapes, said) {
			said = "text"
		}
	}
	if !slices.Contains(reportShapes, said) {
		return "", ledger.Fail(ledger.Invalid, text.T("command.bad_format", strings.Join(reportShapes, ", "), said))
	}
	return said, nil
}

// name takes the report and, for one about a single thing, its key from the words of the command.
func (j *reportJob) name(words []string) error {
	var names []string
	for _, r := range analytics.Reports() {
		names = append(names, r.Name)
	}
	all := strings.Join(names, ", ")
	if len(words) == 0 {
		return ledger.Fail(ledger.Invalid, text.T("command.one_report", all))
	}
	at := slices.Index(names, words[0])
	if at < 0 {
		return ledger.Fail(ledger.NotFound, text.T("error.unknown_report", words[0], all))
	}
	most := 1
	if analytics.Reports()[at].Keyed {
		most = 2
		if len(words) < most {
			return ledger.Fail(ledger.Invalid, text.T("command.report_key", words[0]))
		}
	}
	if len(words) > most {
		return ledger.Fail(ledger.Invalid, text.T("command.too_many_words", words[most]))
	}
	j.Name = words[0]
	if most == 2 {
		j.Key = words[1]
	}
	return nil
}

func (j *reportJob) run(ctx context.Context, l *ledger.Ledger, in job, out io.Writer) (int, error) {
	q, err := ask(ctx, l, j.Asked)
	if err != nil {
		return exitWrong, err
	}
	answer, err := analytics.New(l).With(j.Rules).Report(ctx, j.Name, q, j.Key)
	if err != nil {
		return exitWrong, err
	}
	switch j.Shape {
	case "json":
		encode := json.NewEncoder(out)
		encode.SetIndent("", "  ")
		err = encode.Encode(answer)
	case "csv":
		err = writeTable(out, answer.Table(), in.Lang)
	case bookFormat:
		err = j.writeBook(out, answer, q, in.Lang)
	default:
		err = writeReport(out, answer, in.Lang)
	}
	if err != nil {
		return exitWrong, err
	}
	return exitDone, nil
}

// writeBook writes the answer's table as a workbook, with the sheet of contents that every workbook has.
func (j *reportJob) writeBook(out io.Writer, answer analytics.Answer, q analytics.Question, lang text.Lang) error {
	at := slices.IndexFunc(analytics.Reports(), func(r analytics.ReportName) bool { return r.Name == j.Name })
	p := page{Lang: lang, Title: analytics.Reports()[at].Title().In(lang), Sub: j.Key, Question: q, Stamp: answer.Foot(), path: "/"}
	book := p.book([]*card{p.answerCard(answer.Table())}, time.Now())
	book.Address = strings.TrimSpace("taizhang report " + j.Name + " " + j.Key + " --asof " + p.Stamp.Asof)
	if p.Stamp.Known != "" {
		book.Address += " --known " + p.Stamp.Known
	}
	return charts.WriteBook(out, book)
}
