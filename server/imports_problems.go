package server

import (
	"cmp"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// problemsCard lists what was found in a file, line by line, with a filter and, before it is loaded, a form at every cell.
type problemsCard struct {
	*card
	Action  string // where the filter leads
	Carried []option
	Filters []filter
	All     string // the address without a filter; empty when there is none
	Lines   []problemRow
	Fix     string // where the forms lead; empty when nothing can be corrected
}

// problemRow is one problem in the reader's language.
type problemRow struct {
	ledger.Problem
	Tone, Word, Said string
	Mend             *cellForm // nil: no cell to correct
}

var (
	problemTones  = map[ledger.Severity]string{ledger.SeverityError: "red", ledger.SeverityWarning: "amber", ledger.SeverityNote: "blue"}
	problemWeight = map[ledger.Severity]int{ledger.SeverityError: 0, ledger.SeverityWarning: 1, ledger.SeverityNote: 2}
)

// noSheet stands for a problem without a sheet in the words of an address.
const noSheet = "-"

// problemWord is a word of the address with what it asks of a problem.
type problemWord struct {
	name string
	of   func(ledger.Problem) string
}

// problemFilter are the words of the address that choose among problems.
var problemFilter = []problemWord{
	{"severity", func(p ledger.Problem) string { return string(p.Severity) }},
	{"sheet", func(p ledger.Problem) string {
		if p.Sheet == "" {
			return noSheet
		}
		return string(p.Sheet)
	}},
	{"kind", func(p ledger.Problem) string { return p.Kind }},
}

// problems is the card of what was found in a file; nil when there is nothing to say.
func (p page) problems(c *fiber.Ctx, list []ledger.Problem) *problemsCard {
	if len(list) == 0 {
		return nil
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b ledger.Problem) int { return problemWeight[a.Severity] - problemWeight[b.Severity] })
	errors := 0
	for _, one := range list {
		if one.Severity == ledger.SeverityError {
			errors++
		}
	}
	k := &problemsCard{card: p.boxed("problems"), Action: p.path}
	k.Hint = p.T("import.problems.hint", errors, len(list)-errors)
	chosen := k.filter(c, list)
	for _, one := range chosen[:min(len(chosen), shownProblems)] {
		k.Lines = append(k.Lines, p.problemRow(one))
	}
	if len(chosen) > shownProblems {
		k.More = []span{{Text: p.T("import.problems.more", shownProblems, len(chosen))}}
	}
	return k
}

func (p page) problemRow(one ledger.Problem) problemRow {
	line := problemRow{Problem: one, Tone: problemTones[one.Severity], Word: p.T("severity." + string(one.Severity)), Said: one.Message}
	if p.Lang == text.En && one.MessageEn != "" {
		line.Said = one.MessageEn
	}
	return line
}

// filter chooses by the words of the address and offers what else there is, with its number.
func (k *problemsCard) filter(c *fiber.Ctx, list []ledger.Problem) []ledger.Problem {
	asked, bare := map[string]string{}, url.Values{}
	for name, value := range c.Queries() {
		bare.Set(name, value)
	}
	for _, f := range problemFilter {
		asked[f.name] = c.Query(f.name)
		bare.Del(f.name)
		if asked[f.name] != "" {
			k.All = "filtered"
		}
	}
	if k.All != "" {
		k.All = address(k.Action, bare) + "#card-problems"
	}
	for _, name := range []string{"fix_sheet", "fix_cell"} {
		bare.Del(name)
	}
	for name := range bare {
		k.Carried = append(k.Carried, option{Text: name, Value: bare.Get(name)})
	}
	slices.SortFunc(k.Carried, func(a, b option) int { return cmp.Compare(a.Text, b.Text) })
	for _, f := range problemFilter {
		k.Filters = append(k.Filters, k.offer(f, asked[f.name], list))
	}
	return slices.DeleteFunc(slices.Clone(list), func(one ledger.Problem) bool {
		return slices.ContainsFunc(problemFilter, func(f problemWord) bool { return asked[f.name] != "" && asked[f.name] != f.of(one) })
	})
}

// offer lists the values of one word of the filter with how many problems each has.
func (k *problemsCard) offer(word problemWord, asked string, list []ledger.Problem) filter {
	counts, order := map[string]int{}, []string{}
	for _, one := range list {
		value := word.of(one)
		if counts[value]++; counts[value] == 1 {
			order = append(order, value)
		}
	}
	f := filter{Name: word.name, Label: k.Words.T("import.filter." + word.name), Options: []option{{Text: k.Words.T("import.filter.all")}}}
	for _, value := range order {
		f.Options = append(f.Options, option{Value: value, Text: k.Words.T("import.filter.count", k.Words.valueWord(word.name, value), counts[value]), Selected: value == asked})
	}
	return f
}

// valueWord names a value of the filter.
func (p page) valueWord(name, value string) string {
	switch {
	case name == "severity":
		return p.T("severity." + value)
	case name == "kind" && text.Known("kind."+value):
		return p.T("kind." + value)
	case value == noSheet:
		return p.T("import.filter.file")
	}
	return value
}

// mend puts a form at every line that names a cell of a file that waits.
func (k *problemsCard) mend(c *fiber.Ctx, v preview) {
	if k == nil || v.file == nil || len(v.file.Layouts) == 0 {
		return
	}
	for i := range k.Lines {
		one := &k.Lines[i]
		if said, ok := v.file.Text(string(one.Sheet), string(one.Cell)); ok && one.Severity != ledger.SeverityNote {
			one.Mend, k.Fix = &cellForm{string(one.Sheet), string(one.Cell), said}, handPath(c, v.Hash, "fix")
		}
	}
}

// fixed is the card of the cells a person corrected before the batch was loaded; nil when there are none.
func (p page) fixed(list []ledger.Problem) *card {
	c := p.boxed("fixed")
	c.Table = p.heads("sheet", "cell", "now", "correction")
	for _, one := range list {
		if one.Kind == ledger.Corrected {
			now := words(one.Expected)
			now.Was = orDash(one.Found)
			c.Table.add(words(string(one.Sheet)), words(string(one.Cell)), now, words(p.problemRow(one).Said))
		}
	}
	if len(c.Table.Rows) == 0 {
		return nil
	}
	c.Hint = p.T("import.fixed.hint")
	return c
}

// fixLink leads to the form that corrects a cell, on the page as it was asked for.
func (p page) fixLink(asked map[string]string, sheet *string, cell string) string {
	words := url.Values{}
	for name, value := range asked {
		words.Set(name, value)
	}
	words.Set("fix_cell", cell)
	words.Del("fix_sheet")
	if sheet != nil {
		words.Set("fix_sheet", *sheet)
	}
	return address(p.path, words) + "#fixes"
}

// Heads are the keys of the list's headers.
func (k *problemsCard) Heads() []string {
	heads := []string{"import.col.severity", "import.col.sheet", "import.col.cell", "import.col.column", "import.col.found", "import.col.expected", "import.col.message"}
	if k.Fix != "" {
		heads = append(heads, "fix.column")
	}
	return heads
}
