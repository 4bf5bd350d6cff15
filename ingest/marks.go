package ingest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// markAuthor signs the comments written into workbooks, so that they are known again and taken off when a file comes back.
const markAuthor = "台账"

// mostMarks is how many cells of a workbook are coloured; the list names the problems beyond.
const mostMarks = 20_000

// fills are the colours of the severities; a note is listed but does not colour its cell.
var fills = map[ledger.Severity]string{ledger.SeverityError: "FFC7CE", ledger.SeverityWarning: "FFEB9C"}

// correctedFill is the colour of a cell that a person corrected.
const correctedFill = "DDEBF7"

// fillOf is the colour a problem gives its cell, empty for none.
func fillOf(p ledger.Problem) string {
	if p.Kind == ledger.Corrected {
		return correctedFill
	}
	return fills[p.Severity]
}

var weights = map[ledger.Severity]int{ledger.SeverityError: 0, ledger.SeverityWarning: 1, ledger.SeverityNote: 2}

// spot is a cell of a workbook.
type spot struct{ sheet, cell string }

// marker colours and comments cells of a workbook.
type marker struct {
	book     *excelize.File
	styles   map[styleOf]int
	comments map[string]map[string]string // sheet -> cell -> what others wrote
}

type styleOf struct {
	style int
	fill  string
}

func newMarker(book *excelize.File) *marker {
	return &marker{book: book, styles: map[styleOf]int{}, comments: map[string]map[string]string{}}
}

// spots gathers the problems by cell, the worst cells first.
func spots(problems []ledger.Problem) ([]spot, map[spot][]ledger.Problem) {
	at := map[spot][]ledger.Problem{}
	var order []spot
	for _, p := range problems {
		s := spot{string(p.Sheet), string(p.Cell)}
		if _, _, ok := parseAddress(s.cell); !ok || fillOf(p) == "" {
			continue
		}
		if at[s] == nil {
			order = append(order, s)
		}
		at[s] = append(at[s], p)
	}
	for _, list := range at {
		slices.SortStableFunc(list, func(a, b ledger.Problem) int { return weights[a.Severity] - weights[b.Severity] })
	}
	slices.SortStableFunc(order, func(a, b spot) int { return cmp.Compare(weights[at[a][0].Severity], weights[at[b][0].Severity]) })
	return order[:min(len(order), mostMarks)], at
}

// mark colours one cell by its worst problem and says in a comment what all of them are.
func (m *marker) mark(s spot, problems []ledger.Problem) error {
	if err := m.paint(s, fillOf(problems[0])); err != nil {
		return err
	}
	var lines []string
	for _, p := range problems {
		lines = append(lines, commentOn(p))
	}
	return m.comment(s, strings.Join(lines, "\n"))
}

// commentOn says a problem in Chinese, with what was found and expected.
func commentOn(p ledger.Problem) string {
	if p.Kind == ledger.Corrected {
		return p.Message // says what was and what is
	}
	lines := []string{text.T("handback.note", text.T("severity."+string(p.Severity)), p.Message).In(text.Zh)}
	if p.Found != "" {
		lines = append(lines, text.T("handback.note.found", p.Found).In(text.Zh))
	}
	if p.Expected != "" {
		lines = append(lines, text.T("handback.note.expected", p.Expected).In(text.Zh))
	}
	return strings.Join(lines, "\n")
}

// paint gives a cell a fill and leaves the rest of its style.
func (m *marker) paint(s spot, fill string) error {
	old, err := m.book.GetCellStyle(s.sheet, s.cell)
	if err != nil {
		return err
	}
	id, known := m.styles[styleOf{old, fill}]
	if !known {
		if id, err = m.filled(old, fill); err != nil {
			return err
		}
		m.styles[styleOf{old, fill}] = id
	}
	return m.book.SetCellStyle(s.sheet, s.cell, s.cell, id)
}

// filled makes a style that differs from another in its fill alone. Excelize's
// own GetStyle and NewStyle lose shades of colours on the way, so the record of
// the style itself is copied.
func (m *marker) filled(old int, fill string) (int, error) {
	var wanted excelize.Fill
	if fill != "" {
		wanted = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
	}
	with, err := m.book.NewStyle(&excelize.Style{Fill: wanted})
	if err != nil {
		return 0, err
	}
	formats := m.book.Styles.CellXfs
	xf, yes := formats.Xf[old], true
	xf.FillID, xf.ApplyFill = formats.Xf[with].FillID, &yes
	formats.Xf = append(formats.Xf, xf)
	formats.Count = len(formats.Xf)
	return len(formats.Xf) - 1, nil
}

// comment writes a comment; what somebody else wrote there stays above it.
func (m *marker) comment(s spot, words string) error {
	others, err := m.others(s.sheet)
	if err != nil {
		return err
	}
	if other := others[s.cell]; other != "" {
		words = other + "\n" + words
		if err := m.book.DeleteComment(s.sheet, s.cell); err != nil {
			return err
		}
	}
	lines := uint(1 + strings.Count(words, "\n") + len([]rune(words))/20)
	return m.book.AddComment(s.sheet, excelize.Comment{Author: markAuthor, Cell: s.cell, Width: 300, Height: 20 + 18*min(lines, 30),
		Paragraph: []excelize.RichTextRun{{Text: words}}})
}

// others reads the comments of a sheet once.
func (m *marker) others(sheet string) (map[string]string, error) {
	if known, ok := m.comments[sheet]; ok {
		return known, nil
	}
	list, err := m.book.GetComments(sheet)
	if err != nil {
		return nil, err
	}
	others := map[string]string{}
	for _, c := range list {
		words := c.Text
		for _, run := range c.Paragraph {
			words += run.Text
		}
		others[c.Cell] = words
	}
	m.comments[sheet] = others
	return others, nil
}

// clean takes off the comments and colours of an earlier time.
func (m *marker) clean(sheet string) error {
	list, err := m.book.GetComments(sheet)
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.Author != markAuthor {
			continue
		}
		if err := m.book.DeleteComment(sheet, c.Cell); err != nil {
			return err
		}
		if err := m.paint(spot{sheet, c.Cell}, ""); err != nil {
			return err
		}
	}
	return nil
}
