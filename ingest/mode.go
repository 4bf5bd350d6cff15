package ingest

import (
	"slices"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Mode says what becomes of rows that stand in the record and are not in the file.
type Mode string

// The modes of an import.
const (
	Update       Mode = ""              // they stay
	Replace      Mode = "replace"       // the file is the whole list: they are removed
	ReplaceScope Mode = "replace_scope" // the file is the whole of the months, buildings, projects or days it names: those of them are removed
)

// ParseMode reads a mode as forms and addresses carry it.
func ParseMode(s string) (Mode, error) {
	switch m := Mode(s); m {
	case Update, Replace, ReplaceScope:
		return m, nil
	case "update":
		return Update, nil
	}
	return Update, ledger.Fail(ledger.Invalid, text.T("import.bad_mode", s))
}

// told is how the history names the way a file was loaded.
func (o Options) told() string {
	rows := "all"
	if o.GoodRows {
		rows = "good_rows"
	}
	switch {
	case o.Mode == Update:
		return rows
	case o.GoodRows:
		return string(o.Mode) + "_" + rows
	}
	return string(o.Mode)
}

// replacements are the parts of the record that the file lists in full.
func (f *File) replacements(opt Options) []ledger.Replacement {
	if opt.Mode == Update {
		return nil
	}
	var list []ledger.Replacement
	for _, d := range ledger.All {
		p := ledger.Replacement{Dataset: d, Days: map[string]time.Time{}}
		if opt.Mode == ReplaceScope {
			if p.Scope = d.Scope; len(d.Scope) == 0 {
				continue
			}
		}
		for _, s := range f.Sheets {
			// What stands beside another table is never the whole of its own list.
			if s.Dataset != d || s.Beside {
				continue
			}
			for i, row := range s.Rows.All() {
				if s.Bad.Has(i) {
					continue
				}
				part, day := p.PartOf(row.Values), row.Effective
				if day.After(p.Days[part]) {
					p.Days[part] = day
				}
			}
		}
		if len(p.Days) > 0 {
			list = append(list, p)
		}
	}
	return list
}

// Kinds of the problems that stand against a mode, whatever the rows.
const (
	kindNoScope       = "no_scope"
	kindReplaceUnread = "replace_unread"
)

// Unreplaceable reports that the file was refused for its mode: its good rows cannot be loaded that way either.
func (o Outcome) Unreplaceable() bool {
	return slices.ContainsFunc(o.Problems, func(p ledger.Problem) bool { return p.Kind == kindNoScope || p.Kind == kindReplaceUnread })
}

// unreplaceable says why a file cannot replace anything: none of its datasets has parts, or a sheet of it was not read.
func (f *File) unreplaceable(opt Options) []ledger.Problem {
	if opt.Mode == Update || len(f.Sheets) == 0 {
		return nil
	}
	if opt.Mode == ReplaceScope && len(f.replacements(opt)) == 0 && f.goodRows() > 0 {
		label := f.Sheets[0].Dataset.Zh
		return []ledger.Problem{newProblem(ledger.SeverityError, kindNoScope, place{dataset: f.Sheets[0].Dataset.Name}, "", "", text.T("problem.no_scope", label))}
	}
	for _, p := range f.Problems {
		read := slices.ContainsFunc(f.Sheets, func(s *Sheet) bool { return s.Name == string(p.Sheet) })
		if p.Severity == ledger.SeverityError && !read {
			return []ledger.Problem{newProblem(ledger.SeverityError, kindReplaceUnread, place{sheet: string(p.Sheet)}, "", "",
				text.T("problem.replace_unread", string(p.Sheet)))}
		}
	}
	return nil
}
