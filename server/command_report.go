package server

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// reportJob is `taizhang report`.
type reportJob struct {
	Name  string `json:"name"`
	Key   string `json:"key,omitempty"`
	Asked asked  `json:"asked"`
	Shape string `json:"shape"` // json, csv or text
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
	asJSON, asCSV := f.Bool("json", false, ""), f.Bool("csv", false, "")
	words, err := f.parse(&cfg, args)
	if err != nil {
		return exitWrong, err
	}
	switch {
	case *asJSON && *asCSV:
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("command.either", "--json", "--csv"))
	case *asJSON:
		j.Shape = "json"
	case *asCSV:
		j.Shape = "csv"
	}
	if err := j.name(words); err != nil {
		return exitWrong, err
	}
	if j.Rules, err = cfg.thresholds(); err != nil {
		return exitWrong, err
	}
	return p.carryOut(ctx, cfg, job{Lang: cfg.Lang, By: person(), Report: &j}, p.Out)
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
	default:
		err = writeReport(out, answer, in.Lang)
	}
	if err != nil {
		return exitWrong, err
	}
	return exitDone, nil
}
