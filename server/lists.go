package server

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// pageRows is how many rows of a long list a page shows; files hold all.
const pageRows = 100

// most is how many lines of a list are shown where a page shows so many; a workbook holds all.
func (p page) most(shown int) int {
	if p.whole {
		return math.MaxInt
	}
	return shown
}

// pageWord is the word of an address that says which page of a long list is shown.
const pageWord = "page"

// pager is the way to the other pages of a long list.
type pager struct {
	Text         string
	Before, Next *link
}

// sieve are the filters above a long list: picks with their counts, lists to choose from, a search.
type sieve struct {
	Path, Go string
	Picks    []pick
	Choices  []filter
	Search   *filter
	Hidden   []option
	Clear    *link // takes every filter away
}

// pick is a filter that is set by one click, with how many rows it leaves.
type pick struct {
	Text, Href, Color string
	Count             int
	Current           bool
}

// part says which rows of a long list are shown, and the way to the others; nil when there are none.
func (p page) part(c *fiber.Ctx, total int) (from, to int, way *pager) {
	return p.partOf(c, total, pageRows)
}

// partOf is part for pages of so many rows.
func (p page) partOf(c *fiber.Ctx, total, rows int) (from, to int, way *pager) {
	if p.whole {
		return 0, total, nil
	}
	pages := max((total+rows-1)/rows, 1)
	at, err := strconv.Atoi(c.Query(pageWord))
	if err != nil || at < 1 {
		at = 1
	}
	at = min(at, pages)
	from, to = (at-1)*rows, min(at*rows, total)
	if pages == 1 {
		return from, to, nil
	}
	way = &pager{Text: p.T("page.list.part", from+1, to, total)}
	if at > 1 {
		way.Before = &link{Text: p.T("page.list.before"), Href: p.With(pageWord, number(at-1))}
	}
	if at < pages {
		way.Next = &link{Text: p.T("page.list.next"), Href: p.With(pageWord, number(at+1))}
	}
	return from, to, way
}

// number leaves the first page without a word of its own.
func number(page int) string {
	if page == 1 {
		return ""
	}
	return strconv.Itoa(page)
}

// sieve begins the filters of a list; hidden are the words of the address that its form must not lose.
func (p page) sieve(inForm ...string) *sieve {
	s := &sieve{Path: p.path, Go: p.T("page.list.search")}
	for name, values := range p.ownWords() {
		if name != pageWord && !slices.Contains(inForm, name) {
			s.Hidden = append(s.Hidden, option{Text: name, Value: values[0]})
		}
	}
	slices.SortFunc(s.Hidden, func(a, b option) int { return strings.Compare(a.Text, b.Text) })
	return s
}
