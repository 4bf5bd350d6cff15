package server

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// page is what every page has; page structs embed it.
type page struct {
	Key      string // the rail's entry this page belongs to
	Title    string
	Sub      string
	Crumb    *link // the list this page is one of
	Lang     text.Lang
	Dark     bool
	Area     string
	Several  bool // there are other sub-districts to choose
	Question analytics.Question
	Stamp    *analytics.Stamp // nil where no figures stand
	Filters  []filter
	Formats  bool // .json and .csv stand beside the page
	SQL      bool // .sql too: the statements behind it
	Book     bool // .xlsx too
	KPIs     []kpi
	Refresh  int    // seconds after which a browser without script asks again; 0: never
	Act      *link  // the one thing to do on this page, at the right of the header
	Badge    string // overdue action items, beside the meeting in the rail
	acting

	whole bool      // a workbook is made of it: lists hold every line
	drawn *drawings // what is drawn is put on it, when the page is asked for as a picture
	path  string
	words url.Values // the question as asked, for links
	own   url.Values // what only this page's own addresses carry, see keepOwn
	// first gives the earliest day a dataset has rows of, when that is after the page's own; nil on pages without figures.
	first func(dataset string) (analytics.Date, error)
}

// link is a text that leads somewhere.
type link struct {
	Text, Href string
	Current    bool
	Badge      string
}

// filter is one choice in the header: a list when Options is filled, else a day.
type filter struct {
	Name, Label, Value string
	Options            []option
}

type option struct {
	Value, Text string
	Selected    bool
}

// kept are the parts of a question that links from page to page carry on; the language is kept by a cookie.
var kept = []string{areaWord, "asof", "known", "year", "basis", "theme"}

// lang is the language a request asks for: ?lang=, then Chinese.
func lang(c *fiber.Ctx) text.Lang { return text.Parse(c.Query("lang")) }

// newPage begins a page; key names its entry in the rail and its title in the catalogue.
func (a *app) newPage(c *fiber.Ctx, key string) page {
	p := page{Key: key, Lang: lang(c), Dark: c.Query("theme") == "dark", Area: a.record(c).Area(), path: c.Path(), words: url.Values{}, drawn: drawn(c), whole: format(c) == bookFormat}
	p.Title = p.T("page.title." + key)
	p.acting = acting{who: visitorOf(c), marks: a.marks, table: a.table}
	for _, name := range kept {
		if v := c.Query(name); v != "" {
			p.words.Set(name, v)
		}
	}
	if elsewhere(c) == "" {
		p.words.Del(areaWord)
	}
	p.chooser(c)
	return p
}

// newAnswerPage begins a page of figures: header filters, clocks and foot line.
func (a *app) newAnswerPage(c *fiber.Ctx, key string, q analytics.Question, stamp *analytics.Stamp) page {
	p := a.newPage(c, key)
	p.Question, p.Stamp, p.Formats, p.Badge = q, stamp, true, a.overdue(c, q)
	formats, _ := c.Locals(beside).(string)
	p.SQL, p.Book = strings.Contains(formats, "sql"), strings.Contains(formats, bookFormat)
	p.first = func(dataset string) (analytics.Date, error) {
		return a.analytics.FirstDayAfter(c.UserContext(), q, dataset)
	}
	p.Filters = append(p.Filters, filter{Name: "asof", Label: p.T("page.filter.asof"), Value: stamp.Asof})
	return p
}

// choose puts a list into the header's filters, before the day.
func (p *page) choose(name, label string, options []option) {
	if len(options) == 0 {
		return
	}
	at := len(p.Filters)
	if at > 0 && len(p.Filters[at-1].Options) == 0 {
		at--
	}
	p.Filters = slices.Insert(p.Filters, at, filter{Name: name, Label: label, Options: options})
}

// T is a phrase of the catalogue in the reader's language.
func (p page) T(key string, args ...any) string { return text.T(key, args...).In(p.Lang) }

// Say is a message in the reader's language.
func (p page) Say(m text.Message) string { return m.In(p.Lang) }

// Link is an address that carries the question on: the clocks, year and basis.
func (p page) Link(path string) string { return address(path, p.words) }

// With is this page's own address with one word of the question changed, or taken away when value is empty.
func (p page) With(name, value string) string {
	words := p.ownWords()
	words.Set(name, value)
	if value == "" {
		words.Del(name)
	}
	if name != pageWord {
		words.Del(pageWord) // another list begins at its first page
	}
	return address(p.path, words)
}

// ownWords are all words of this page's address.
func (p page) ownWords() url.Values {
	words := url.Values{}
	for _, part := range []url.Values{p.words, p.own} {
		for k, v := range part {
			words[k] = v
		}
	}
	return words
}

// keepOwn makes the page's own addresses, in any format and language, carry some words of its address; links to other pages do not.
func (p *page) keepOwn(c *fiber.Ctx, names ...string) {
	p.own = url.Values{}
	for _, name := range names {
		if v := c.Query(name); v != "" {
			p.own.Set(name, v)
		}
	}
}

// As is this page's address in another format.
func (p page) As(suffix string) string {
	path := p.path
	if path == "/" {
		path = "/index"
	}
	words := p.ownWords()
	words.Del(pageWord) // files hold all pages
	return address(path+"."+suffix, words)
}

func address(path string, words url.Values) string {
	if len(words) == 0 {
		return path
	}
	return path + "?" + words.Encode()
}

// Source is the address of where a figure comes from: the rows of a dataset that meet a filter.
func (p page) Source(dataset string, filter ledger.Filter) string {
	words := url.Values{"dataset": {dataset}}
	for _, name := range []string{areaWord, "asof", "known", "theme"} {
		if v := p.words.Get(name); v != "" {
			words.Set(name, v)
		}
	}
	for name, value := range filter {
		words.Set(name, value)
	}
	return address("/source", words)
}

// Carried are the words of the question that the header's form must not lose.
func (p page) Carried() []option {
	var list []option
	for _, name := range kept {
		shown := slices.ContainsFunc(p.Filters, func(f filter) bool { return f.Name == name })
		if v := p.words.Get(name); v != "" && !shown {
			list = append(list, option{Value: v, Text: name})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.own)) {
		shown := slices.ContainsFunc(p.Filters, func(f filter) bool { return f.Name == name })
		if name != pageWord && !shown {
			list = append(list, option{Value: p.own.Get(name), Text: name})
		}
	}
	return list
}

// Path is the page's own path, where its header form leads.
func (p page) Path() string { return p.path }

// Other is the address of this page in the other language, with that language's own name.
func (p page) Other() link {
	if p.Lang == text.En {
		return link{Text: "中文", Href: p.With("lang", "zh")}
	}
	return link{Text: "English", Href: p.With("lang", "en")}
}

// HTMLLang is the language tag of the document.
func (p page) HTMLLang() string {
	if p.Lang == text.En {
		return "en"
	}
	return "zh-CN"
}

// Asking is another page's address under this page's question with one more word.
func (p page) Asking(path, name, value string) string {
	words := url.Values{}
	for k, v := range p.words {
		words[k] = v
	}
	words.Set(name, value)
	return address(path, words)
}
