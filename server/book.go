package server

import (
	"net/url"
	"reflect"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/internal/text"
	"taizhang/ledger"
)

const (
	// bookFormat is the suffix of a page as a workbook.
	bookFormat = "xlsx"
	// cardWord is the word of an address that asks for one card of a page.
	cardWord = "card"

	bookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// sheeted is what holds a card in a form of its own.
type sheeted interface{ sheet(p page) *card }

// frame is the page that a page of figures embeds.
func (p page) frame() page { return p }

// sendBook answers with a page as a workbook: the cards it would show, each with its table and its chart; ?card= asks for one.
func (a *app) sendBook(c *fiber.Ctx, data any) error {
	framed, ok := data.(interface{ frame() page })
	if !ok {
		return fiber.ErrNotFound
	}
	p := framed.frame()
	if p.Stamp == nil {
		return fiber.ErrNotFound
	}
	cards := []*card{p.kpiCard()}
	gatherCards(p, reflect.ValueOf(data), &cards)
	if ans, ok := c.Locals(answeredKey).(analytics.Answer); ok && cards[0] == nil && len(cards) == 1 {
		cards = []*card{p.answerCard(ans.Table())} // a page of running text
	}
	name, _ := c.Locals(routeKey).(string)
	if area := elsewhere(c); area != "" {
		name += "-" + area
	}
	if one := c.Query(cardWord); one != "" {
		cards = cardOf(cards, one)
		if cards == nil {
			return ledger.Fail(ledger.NotFound, text.T("error.no_card", one))
		}
		name += "-" + one
	}
	book, rows := p.book(cards, a.ledger.Now()), 0
	for _, s := range book.Sheets {
		rows += len(s.Rows)
	}
	if err := a.rowsFit(rows); err != nil {
		return err
	}
	book.Progress = a.telling(c)
	b := a.bounded(c)
	if err := charts.WriteBook(b, book); err != nil {
		return err
	}
	c.Attachment(name + "-" + p.Stamp.Asof + "." + bookFormat)
	c.Set(fiber.HeaderContentType, bookType)
	return c.Send(b.Bytes())
}

func cardOf(cards []*card, id string) []*card {
	for _, one := range cards {
		if one != nil && one.ID == id {
			return []*card{one}
		}
	}
	return nil
}

// gatherCards finds a page's cards in the order in which it declares them: a list of them beside the page would be forgotten.
func gatherCards(p page, v reflect.Value, into *[]*card) {
	if v.CanInterface() {
		switch x := v.Interface().(type) {
		case page, *fiber.Ctx:
			return
		case *card:
			if x != nil {
				*into = append(*into, x)
			}
			return
		case sheeted:
			if v.Kind() == reflect.Pointer && v.IsNil() {
				return
			}
			if one := x.sheet(p); one != nil {
				*into = append(*into, one)
			}
			return
		}
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && v.Type().Elem().PkgPath() == reflect.TypeFor[page]().PkgPath() {
			gatherCards(p, v.Elem(), into)
		}
	case reflect.Slice:
		for i := range v.Len() {
			gatherCards(p, v.Index(i), into)
		}
	case reflect.Struct:
		if v.Type().PkgPath() != reflect.TypeFor[page]().PkgPath() {
			return // an answer, not a page
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				gatherCards(p, v.Field(i), into)
			}
		}
	}
}

// Workbook is the address of one card as a workbook.
func (c *card) Workbook() string {
	words, err := url.Parse(c.Words.As(bookFormat))
	if err != nil {
		return ""
	}
	query := words.Query()
	query.Set(cardWord, c.ID)
	return address(words.EscapedPath(), query)
}

// asAsked is the page's own address with the day it stands at, so that it can be asked again.
func (p page) asAsked() string {
	words := p.ownWords()
	words.Del(pageWord)
	words.Set("asof", p.Stamp.Asof)
	if p.Stamp.Known != "" {
		words.Set("known", p.Stamp.Known)
	}
	path, err := url.PathUnescape(p.path)
	if err != nil {
		path = p.path
	}
	return address(path, words)
}

// bookFacts are what a workbook stands on, a line each.
func (p page) bookFacts() []charts.BookFact {
	s := p.Stamp
	known := s.Known
	if known == "" {
		known = p.T("book.known.now")
	}
	files := strings.Join(s.Files, "、")
	if files == "" {
		files = p.FootSource()
	}
	basis := s.Basis
	if basis == "" {
		basis = p.T("page.foot.basis_none")
	}
	if hidden := p.FootHidden(); hidden != "" {
		basis += "   " + hidden
	}
	return []charts.BookFact{{Label: p.T("book.area"), Text: s.Area}, {Label: p.T("page.filter.asof"), Text: s.Asof}, {Label: p.T("book.known"), Text: known},
		{Label: p.T("page.filter.basis"), Text: basis}, {Label: p.T("book.files"), Text: files}, {Label: p.T("book.version"), Text: p.T("page.foot.version", s.Version)}}
}
