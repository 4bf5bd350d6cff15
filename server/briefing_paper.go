package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"taizhang/charts"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// The forms of the briefing on paper beside its workbook.
const (
	docxFormat = "docx"
	pdfFormat  = "pdf"
)

// paperTypes are the forms in which the briefing is written as a file, with their media types.
var paperTypes = map[string]string{
	docxFormat: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	pdfFormat:  "application/pdf",
	bookFormat: bookType,
}

// docxLibrary is the library that writes .docx, copied here by make setup and kept out of git.
const docxLibrary = "vendor/docx.iife.js"

var (
	documents = sync.OnceValue(func() *charts.DocumentWriter { return charts.NewDocumentWriter(assets()[docxLibrary].body) })
	printer   = sync.OnceValue(charts.NewPrinter)
)

// paperLines is how many lines of a table stand on paper; the workbook holds all.
const paperLines = 120

// write makes the briefing's file in a form; the same answer makes the same bytes.
func (p *briefingPage) write(ctx context.Context, fonts charts.Fonts, form string) ([]byte, error) {
	switch form {
	case docxFormat:
		return documents().Docx(ctx, p.document(fonts))
	case pdfFormat:
		sheet, err := p.sheetOfPaper(fonts)
		if err != nil {
			return nil, err
		}
		return printer().PDF(ctx, sheet)
	}
	var cards []*card
	gatherCards(p.page, reflect.ValueOf(p), &cards)
	var b bytes.Buffer
	err := charts.WriteBook(&b, p.book(cards, p.Ans.Declared))
	return b.Bytes(), err
}

// unready turns what the machine cannot do now into an answer that says so.
func unready(err error) error {
	if errors.Is(err, charts.ErrUnavailable) {
		return errors.Join(fiber.ErrServiceUnavailable, err)
	}
	return err
}

// fileName names the briefing's file by the meeting's day; one that is not frozen says as of which day, and by what
// moment's knowledge, it stands.
func (p *briefingPage) fileName(form string) string {
	name := "briefing-" + p.Ans.Meeting.Date.String()
	if area := p.words.Get(areaWord); area != "" {
		name += "-" + area
	}
	switch {
	case p.Ans.Frozen && p.Ans.Meeting.Reopened > 0:
		name += fmt.Sprintf("-%d", p.Ans.Meeting.Reopened+1)
	case !p.Ans.Frozen:
		name += "-asof-" + p.Ans.Asof
		if p.Ans.Known != "" {
			name += "-known-" + p.Question.Clock.Known.In(ledger.Office).Format("20060102T1504")
		}
	}
	return name + "." + form
}

// document is the briefing as a text with tables.
func (p *briefingPage) document(fonts charts.Fonts) *charts.Document {
	day := p.dayInWords(p.asofDay())
	d := &charts.Document{Lang: p.Lang, Fonts: fonts, Title: p.Title, Sub: p.T("briefing.sub", p.Ans.Area, p.Ans.Year, p.Ans.Week, day), Maker: p.T("page.product"), Made: p.Ans.Declared,
		Foot: p.T("briefing.foot", p.Ans.Area, day) + p.knownPart(), Closing: p.Closing}
	for _, s := range p.Sections {
		section := charts.DocumentSection{Heading: s.Heading}
		for _, part := range s.Parts {
			section.Parts = append(section.Parts, part.onPaper(p.page)...)
		}
		d.Sections = append(d.Sections, section)
	}
	return d
}

// onPaper is the part with as many lines of its table as paper takes.
func (b briefingPart) onPaper(p page) []charts.DocumentPart {
	one := charts.DocumentPart{Heading: b.Heading, Text: b.Text}
	if b.Card == nil {
		return []charts.DocumentPart{one}
	}
	t := b.Card.Table
	one.Table = &charts.DocumentTable{Rows: [][]charts.DocumentCell{}}
	for i, c := range t.Columns {
		label := c.Label
		if c.Unit != "" {
			label += p.T("briefing.unit", c.Unit)
		}
		one.Table.Columns = append(one.Table.Columns, charts.DocumentColumn{Label: label, Share: b.Shares[i], Align: alignOf(c.Kind)})
	}
	for _, r := range t.Rows[:min(len(t.Rows), paperLines)] {
		var cells []charts.DocumentCell
		for _, c := range r.Cells {
			cells = append(cells, c.onPaper(p))
		}
		one.Table.Rows = append(one.Table.Rows, cells)
	}
	if rest := len(t.Rows) - paperLines; rest > 0 {
		return []charts.DocumentPart{one, {Text: p.T("briefing.rest", paperLines, rest)}}
	}
	return []charts.DocumentPart{one}
}

func alignOf(kind string) string {
	switch {
	case strings.Contains(kind, "num"):
		return "right"
	case strings.Contains(kind, "day"):
		return "center"
	}
	return "left"
}

// onPaper is what a cell shows: the figure with its unit and the one before it, the light with its word, what stands small under it.
func (c cell) onPaper(p page) charts.DocumentCell {
	one := charts.DocumentCell{Small: c.Small}
	if c.Value != "" {
		one.Text = p.sayFigure(c.figure)
		if p.Lang == text.Zh {
			one.Text = c.Value + c.Unit
		}
	}
	if c.Was != "" {
		one.Text = c.Was + " → " + one.Text
	}
	if c.Light != nil {
		one.Text, one.Tone = strings.TrimSpace(c.Light.Word+" "+one.Text), c.Light.Color
	}
	if c.Tag != nil {
		one.Small = strings.Trim(c.Tag.Text+" "+one.Small, " ")
	}
	return one
}

// sheetOfPaper is the document as HTML to be printed.
func (p *briefingPage) sheetOfPaper(fonts charts.Fonts) (charts.Sheet, error) {
	d := p.document(fonts)
	var b bytes.Buffer
	if err := views()["briefing"].ExecuteTemplate(&b, "paper", d); err != nil {
		return charts.Sheet{}, err
	}
	css := fmt.Sprintf(":root { --title: %s; --body: %s; --heading: %s; --subheading: %s; }\n", quoteCSS(fonts.Title), quoteCSS(fonts.Body), quoteCSS(fonts.Heading), quoteCSS(fonts.Subheading))
	// What stands on every page is written into the rules of the margins, whose boxes hold no text of the page.
	css += fmt.Sprintf("@page :right { @bottom-left { content: %[1]s; } }\n@page :left { @bottom-right { content: %[1]s; } }\n", quoteCSS(d.Foot))
	return charts.Sheet{HTML: b.Bytes(), CSS: append([]byte(css), assets()["paper.css"].body...), Made: d.Made}, nil
}

// quoteCSS writes a text as a string of CSS.
func quoteCSS(s string) string {
	return `"` + strings.Map(func(r rune) rune {
		if strings.ContainsRune("\"\\<>{};\n\r\f", r) {
			return ' '
		}
		return r
	}, s) + `"`
}
