package ingest

import (
	"slices"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Kinds of the warnings about who a company is.
const (
	codeOtherName = "code_other_name"
	nameOtherCode = "name_other_code"
)

// firstSaid is where a file first said a company's code or name.
type firstSaid struct {
	name, code, number string
	sheet, cell        string
}

// companies holds the names and codes of one file against each other.
type companies struct {
	file    *File
	numbers map[string]string // code as written -> the number it tells companies apart by
	byCode  map[string]firstSaid
	byName  map[string]firstSaid
	warned  map[[2]string]bool
}

// checkCompanies warns of one code under two names and of one name with two codes. Both are kept: what stands
// in the record is what the sheets say, and the questions tell companies apart by code, then by name.
func (f *File) checkCompanies() {
	c := &companies{f, map[string]string{}, map[string]firstSaid{}, map[string]firstSaid{}, map[[2]string]bool{}}
	for _, s := range f.Sheets {
		code := slices.IndexFunc(s.Dataset.Fields, func(f ledger.Field) bool { return f.Kind == ledger.Code })
		if code < 0 || s.Beside {
			continue
		}
		name := s.Dataset.Index(s.Dataset.Subject)
		for i, row := range s.Rows.All() {
			written, _ := row.Values[code].(string)
			called, _ := row.Values[name].(string)
			if number := c.number(written); number != "" && called != "" {
				c.hold(s, i, firstSaid{name: called, code: written, number: number, sheet: s.Name})
			}
		}
	}
}

// number is the organisation part of a sound code, or an organisation code itself; empty for what tells nothing apart.
func (c *companies) number(code string) string {
	number, known := c.numbers[code]
	if known || code == "" {
		return number
	}
	switch result := CheckUSCC(code); {
	case result.Kind == "":
		number = code[8:17]
	case result.Kind == USCCLegacy && len(code) == 9:
		number = code
	}
	c.numbers[code] = number
	return number
}

func (c *companies) hold(s *Sheet, i int, now firstSaid) {
	key := ledger.NameKey(now.name)
	pair := [2]string{now.number, key}
	if c.warned[pair] {
		return
	}
	c.warned[pair] = true
	code := s.Dataset.Fields[slices.IndexFunc(s.Dataset.Fields, func(f ledger.Field) bool { return f.Kind == ledger.Code })]
	now.cell = s.Cell(i, code.Name)
	at := place{s.Dataset.Name, s.Name, now.cell, code.Zh}
	if was, found := c.byCode[now.number]; found {
		c.file.Problems = append(c.file.Problems, newProblem(ledger.SeverityWarning, codeOtherName, at, now.name, was.name,
			text.T("problem.code_other_name", now.code, was.place(), was.name, now.name)))
	} else {
		c.byCode[now.number] = now
	}
	if was, found := c.byName[key]; found {
		c.file.Problems = append(c.file.Problems, newProblem(ledger.SeverityWarning, nameOtherCode, at, now.code, was.code,
			text.T("problem.name_other_code", now.name, was.place(), was.code, now.code)))
	} else {
		c.byName[key] = now
	}
}

// place names the cell, with its sheet where the file has sheets.
func (s firstSaid) place() string {
	if s.sheet == "" {
		return s.cell
	}
	return s.sheet + "!" + s.cell
}
