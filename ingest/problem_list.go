package ingest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

const (
	mostListed = 100_000
	// mostLinks is short of the 65,530 that a sheet may hold.
	mostLinks = 60_000
	listHead  = 4 // the row of the list's header
)

// listName is what the list's sheet is called; a name the office already uses gets a number.
func listName(book *excelize.File) string {
	name := text.T("handback.sheet").In(text.Zh)
	for n := 2; slices.ContainsFunc(book.GetSheetList(), func(s string) bool { return strings.EqualFold(s, name) }); n++ {
		name = fmt.Sprintf("%s (%d)", text.T("handback.sheet").In(text.Zh), n)
	}
	return name
}

// isProblemList knows the list we wrote into a workbook that comes back.
func isProblemList(g *grid) bool {
	head := text.T("handback.title", "").In(text.Zh)
	return strings.HasPrefix(g.name, text.T("handback.sheet").In(text.Zh)) && len(g.rows) > 0 && g.rows[0].no == 1 &&
		strings.HasPrefix(g.rows[0].cells[0].text, strings.TrimSpace(head))
}

// isTemplateNotes knows the page of notes of our own templates, whose words would else be taken for headers.
func isTemplateNotes(g *grid) bool {
	for _, lang := range []text.Lang{text.Zh, text.En} {
		head := strings.TrimSpace(text.T("template.notes_title", "").In(lang))
		if g.name == text.T("template.notes").In(lang) && len(g.rows) > 0 && strings.HasPrefix(g.rows[0].cells[0].text, head) {
			return true
		}
	}
	return false
}

// skipOwn leaves sheets of words that we wrote ourselves unread, with a note.
func (f *File) skipOwn(g *grid) bool {
	switch {
	case isProblemList(g):
		f.Notes = append(f.Notes, newProblem(ledger.SeverityNote, "own_list", place{sheet: g.name}, "", "", text.T("problem.own_list", g.name)))
	case isTemplateNotes(g):
		f.Notes = append(f.Notes, newProblem(ledger.SeverityNote, "sheet_not_data", place{sheet: g.name}, "", "", text.T("problem.sheet_not_data", g.name)))
	default:
		return false
	}
	return true
}

// problemList fills the sheet that lists every problem with a link to its cell.
type problemList struct {
	book   *excelize.File
	name   string
	sheets []string // those a link can lead to
	styles map[string]int
}

// add writes the list as the first sheet.
func (l *problemList) add(f *File) error {
	if _, err := l.book.NewSheet(l.name); err != nil {
		return err
	}
	if err := l.first(); err != nil {
		return err
	}
	if err := l.makeStyles(); err != nil {
		return err
	}
	problems := slices.Concat(f.Problems, f.Notes)
	slices.SortStableFunc(problems, func(a, b ledger.Problem) int { return weights[a.Severity] - weights[b.Severity] })
	if err := l.head(f, problems); err != nil {
		return err
	}
	for i, p := range problems[:min(len(problems), mostListed)] {
		if err := l.line(listHead+1+i, i+1, p); err != nil {
			return err
		}
	}
	return l.layout()
}

// first moves the list before the other sheets; names that hold for one sheet count sheets by their place.
func (l *problemList) first() error {
	sheets := l.book.GetSheetList()
	if sheets[0] != l.name {
		if err := l.book.MoveSheet(l.name, sheets[0]); err != nil {
			return err
		}
		if names := l.book.WorkBook.DefinedNames; names != nil {
			for i := range names.DefinedName {
				if at := names.DefinedName[i].LocalSheetID; at != nil {
					next := *at + 1
					names.DefinedName[i].LocalSheetID = &next
				}
			}
		}
	}
	l.book.SetActiveSheet(0)
	return nil
}

func (l *problemList) makeStyles() error {
	wrap := &excelize.Alignment{Vertical: "top", WrapText: true}
	family, err := l.book.GetDefaultFont()
	if err != nil {
		return err
	}
	font := func(size float64, color string) *excelize.Font {
		return &excelize.Font{Family: family, Size: size, Color: color}
	}
	title, head, link := font(14, "1F2A3D"), font(11, "1F2A3D"), font(11, "1D5BB8")
	title.Bold, head.Bold, link.Underline = true, true, "single"
	l.styles = map[string]int{}
	for name, style := range map[string]*excelize.Style{
		"title":   {Font: title},
		"head":    {Font: head, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8F0FB"}}, Alignment: wrap},
		"plain":   {Alignment: wrap},
		"link":    {Alignment: wrap, Font: link},
		"error":   {Alignment: wrap, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fills[ledger.SeverityError]}}},
		"warning": {Alignment: wrap, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fills[ledger.SeverityWarning]}}},
	} {
		id, err := l.book.NewStyle(style)
		if err != nil {
			return err
		}
		l.styles[name] = id
	}
	l.styles["note"] = l.styles["plain"]
	return nil
}

func (l *problemList) head(f *File, problems []ledger.Problem) error {
	count := map[ledger.Severity]int{}
	for _, p := range problems {
		count[p.Severity]++
	}
	said := text.T("handback.summary", count[ledger.SeverityError], count[ledger.SeverityWarning], count[ledger.SeverityNote]).In(text.Zh)
	switch {
	case len(problems) == 0:
		said = text.T("handback.none").In(text.Zh)
	case len(problems) > mostListed:
		said += text.T("handback.more", mostListed, len(problems)).In(text.Zh)
	}
	if err := l.put(1, 1, text.T("handback.title", f.Name).In(text.Zh), "title"); err != nil {
		return err
	}
	if err := l.book.SetCellStr(l.name, "A2", said); err != nil {
		return err
	}
	for i, key := range []string{"no", "at_sheet", "at_cell", "column", "severity", "found", "expected", "message"} {
		if err := l.put(listHead, i+1, text.T("handback."+key).In(text.Zh), "head"); err != nil {
			return err
		}
	}
	return nil
}

// line writes one problem.
func (l *problemList) line(row, no int, p ledger.Problem) error {
	severity := string(p.Severity)
	cells := []string{fmt.Sprint(no), string(p.Sheet), string(p.Cell), p.Column, text.T("severity." + severity).In(text.Zh), p.Found, p.Expected, p.Message}
	for i, value := range cells {
		style := "plain"
		if i == 4 {
			style = severity
		}
		if err := l.put(row, i+1, value, style); err != nil {
			return err
		}
	}
	sheet := l.linked(string(p.Sheet))
	if _, _, ok := parseAddress(string(p.Cell)); !ok || sheet == "" || no > mostLinks {
		return nil
	}
	at, err := excelize.CoordinatesToCellName(3, row)
	if err != nil {
		return err
	}
	target := fmt.Sprintf("'%s'!%s", strings.ReplaceAll(sheet, "'", "''"), p.Cell)
	if err := l.book.SetCellHyperLink(l.name, at, target, "Location"); err != nil {
		return err
	}
	return l.book.SetCellStyle(l.name, at, at, l.styles["link"])
}

// linked is the sheet a problem leads to; that of a CSV has no name of its own.
func (l *problemList) linked(sheet string) string {
	if sheet == "" && len(l.sheets) == 1 {
		return l.sheets[0]
	}
	if slices.Contains(l.sheets, sheet) {
		return sheet
	}
	return ""
}

func (l *problemList) put(row, col int, value, style string) error {
	at, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return err
	}
	if err := l.book.SetCellStr(l.name, at, value); err != nil {
		return err
	}
	return l.book.SetCellStyle(l.name, at, at, l.styles[style])
}

func (l *problemList) layout() error {
	for i, width := range []float64{6, 18, 10, 18, 8, 26, 26, 70} {
		col, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := l.book.SetColWidth(l.name, col, col, width); err != nil {
			return err
		}
	}
	if err := printWide(l.book, l.name); err != nil {
		return err
	}
	return l.book.SetPanes(l.name, &excelize.Panes{Freeze: true, YSplit: listHead, TopLeftCell: fmt.Sprintf("A%d", listHead+1), ActivePane: "bottomLeft"})
}
