package server

import (
	"time"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// traceColumns names the columns of the import and lineage tables as their pages do.
func traceColumns(names ...string) []analytics.Column {
	columns := make([]analytics.Column, len(names))
	for i, name := range names {
		head := text.T("import.col." + name)
		columns[i] = analytics.Column{Name: name, Zh: head.In(text.Zh), En: head.In(text.En)}
	}
	return columns
}

func officeTime(t time.Time) string { return t.In(ledger.Office).Format("2006-01-02 15:04:05") }

// historyTable is the history of imports, one row a batch.
func historyTable(history []ledger.Batch, lang text.Lang) analytics.Table {
	t := analytics.Table{Columns: traceColumns("batch", "file", "rows", "dates", "by", "at", "mode", "state")}
	for _, b := range history {
		state := text.T("import.state.stands")
		if b.UndoneAt != nil {
			state = text.T("import.state.undone")
		}
		days := ""
		if b.EffectiveFrom != nil && b.EffectiveTo != nil {
			days = b.EffectiveFrom.Format(time.DateOnly) + "/" + b.EffectiveTo.Format(time.DateOnly)
		}
		t.Rows = append(t.Rows, []any{int64(b.ID), fileOrForm(ledger.Origin{Kind: b.Kind, File: b.File}, lang), int64(b.Total()), days, b.By, officeTime(b.CommittedAt), b.Mode, state.In(lang)})
	}
	return t
}

// problemTable is what was found in a file, one row a problem.
func problemTable(problems []ledger.Problem, lang text.Lang) analytics.Table {
	t := analytics.Table{Columns: traceColumns("severity", "dataset", "sheet", "cell", "column", "found", "expected", "message")}
	for _, p := range problems {
		message := p.Message
		if lang == text.En && p.MessageEn != "" {
			message = p.MessageEn
		}
		t.Rows = append(t.Rows, []any{string(p.Severity), p.Dataset, string(p.Sheet), string(p.Cell), p.Column, p.Found, p.Expected, message})
	}
	return t
}

// fileOrForm names what brought a value.
func fileOrForm(o ledger.Origin, lang text.Lang) string {
	if o.Kind == "form" {
		return text.T("record.form").In(lang)
	}
	return o.File
}

// versionTable is where rows came from, one row a field.
func versionTable(versions []ledger.Version, lang text.Lang) analytics.Table {
	t := analytics.Table{Columns: traceColumns("batch", "file", "sheet", "cell", "field", "value", "raw", "correction", "effective", "by", "at")}
	for _, v := range versions {
		for _, f := range v.Fields {
			o := v.Of(f)
			corrected := ""
			if c := o.Correction; c != nil {
				if corrected = c.Message; lang == text.En {
					corrected = c.MessageEn
				}
			}
			t.Rows = append(t.Rows, []any{int64(o.Batch), fileOrForm(o, lang), o.Sheet, o.Cell, f.Field.Header(lang), f.Value, o.Raw, corrected,
				v.Effective.Format(time.DateOnly), o.By, officeTime(o.At)})
		}
	}
	return t
}
