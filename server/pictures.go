package server

import (
	"errors"
	"mime"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"taizhang/charts"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// renderers draw the charts of all pages as files, by how many at the same time: whoever asks for as many shares one. ECharts is compiled
// when the first picture is asked for; docs/performance.md says what memory each interpreter holds.
var renderers sync.Map

func (a *app) renderer() *charts.Renderer {
	made, known := renderers.Load(a.cfg.Interpreters)
	if !known {
		made, _ = renderers.LoadOrStore(a.cfg.Interpreters, charts.NewRenderer(assets()[vendor].body, assets()["picture.js"].body, a.cfg.Interpreters))
	}
	return made.(*charts.Renderer)
}

// picturePixels bounds a PNG: what a converter holds in memory is four bytes of each.
const picturePixels = 50_000_000

// picturePolicy lets a picture be looked at by itself and do nothing else; ECharts writes the style of text into attributes.
const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

// drawings are the charts that a page drew, in their order, when it is asked for one as a picture.
type drawings struct{ cards []*card }

const drawingsKey = "drawings"

// drawn gives the list that the page's charts are put on; nil when the page itself is asked for.
func drawn(c *fiber.Ctx) *drawings {
	d, _ := c.Locals(drawingsKey).(*drawings)
	return d
}

func (d *drawings) add(c *card) {
	if d != nil {
		d.cards = append(d.cards, c)
	}
}

// pick gives the chart with a name, the first one without.
func (d *drawings) pick(name string) (*card, error) {
	if len(d.cards) == 0 {
		return nil, ledger.Fail(ledger.NotFound, text.T("picture.none"))
	}
	if name == "" {
		return d.cards[0], nil
	}
	var names []string
	for _, one := range d.cards {
		if one.ID == name {
			return one, nil
		}
		names = append(names, one.ID)
	}
	return nil, ledger.Fail(ledger.NotFound, text.T("picture.no_chart", name, strings.Join(names, ", ")))
}

// pictureWords are what an address says of a picture.
type pictureWords struct {
	chart, theme         string
	width, height, scale int
}

func readPictureWords(c *fiber.Ctx) (pictureWords, error) {
	w := pictureWords{chart: c.Query("chart"), theme: c.Query("theme", "print"), scale: 1}
	if !slices.Contains(charts.ThemeNames(), w.theme) {
		return w, ledger.Fail(ledger.Invalid, text.T("picture.bad_theme", strings.Join(charts.ThemeNames(), ", "), w.theme))
	}
	numbers := []struct {
		name               string
		value              *int
		usual, least, most int
	}{{"width", &w.width, 1200, 200, 4000}, {"height", &w.height, 600, 150, 3000}}
	if format(c) == "png" {
		numbers = append(numbers, numbers[0])
		numbers[2].name, numbers[2].value, numbers[2].usual, numbers[2].least, numbers[2].most = "scale", &w.scale, 2, 1, 3
	}
	for _, n := range numbers {
		*n.value = n.usual
		said := c.Query(n.name)
		if said == "" {
			continue
		}
		got, err := strconv.Atoi(said)
		if err != nil || got < n.least || got > n.most {
			return w, ledger.Fail(ledger.Invalid, text.T("picture.bad_number", n.name, n.least, n.most, said))
		}
		*n.value = got
	}
	if all := w.width * w.height * w.scale * w.scale; all > picturePixels {
		return w, ledger.Fail(ledger.Invalid, text.T("picture.too_many", all/10_000, picturePixels/10_000))
	}
	return w, nil
}

// sendPicture answers with one chart of a page as SVG or PNG. The page is made as always, so that the picture is of the very option
// that stands in it; standing is the day it stands at.
func (a *app) sendPicture(c *fiber.Ctx, standing string, show func() error) error {
	w, err := readPictureWords(c)
	if err != nil {
		return err
	}
	d := &drawings{}
	c.Locals(drawingsKey, d)
	if err := show(); err != nil || c.Response().StatusCode() != fiber.StatusOK {
		return err
	}
	c.Response().ResetBody()
	one, err := d.pick(w.chart)
	if err != nil {
		return err
	}
	p := charts.Picture{Option: []byte(one.Chart.Option), Title: one.Chart.File, Sub: one.Sub(), Stamp: one.Chart.Stamp,
		Theme: w.theme, Lang: lang(c), Width: w.width, Height: w.height}
	body, kind, err := []byte(nil), "image/svg+xml; charset=utf-8", error(nil)
	if format(c) == "png" {
		kind = "image/png"
		body, err = a.renderer().PNG(c.UserContext(), p, w.scale)
	} else {
		body, err = a.renderer().SVG(c.UserContext(), p)
	}
	if errors.Is(err, charts.ErrUnavailable) {
		return errors.Join(fiber.ErrServiceUnavailable, err)
	}
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, kind)
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("inline", map[string]string{"filename": pictureName(c, one.ID, standing)}))
	return c.Send(body)
}

// pictureName names the file after the page, what it is about, the chart and the day.
func pictureName(c *fiber.Ctx, chart, standing string) string {
	page, _ := c.Locals(routeKey).(string)
	parts := []string{page}
	for _, name := range c.Route().Params {
		parts = append(parts, param(c, name))
	}
	if area := elsewhere(c); area != "" {
		parts = append(parts, area)
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '_'
		}
		return r
	}, strings.Join(append(parts, chart, standing), "-")) + "." + format(c)
}

// Sub is the second line of a picture: the page, and the card's reading hint with the unit.
func (c *card) Sub() string { return c.sub(c.Hint) }

// NativeSub is the same line for a native chart; empty where nothing differs.
func (c *card) NativeSub() string {
	if c.Native == "" {
		return ""
	}
	return c.sub(c.Native)
}

func (c *card) sub(hint string) string {
	parts := []string{strings.TrimSpace(c.Words.Title + " " + c.Words.Sub)}
	if hint != "" {
		parts = append(parts, hint)
	}
	return strings.Join(parts, " · ")
}

// Picture is the address of a chart of this page as a file.
func (p page) Picture(kind, chart string) string {
	words := url.Values{}
	for k, v := range p.ownWords() {
		words[k] = v
	}
	words.Del("theme") // a saved picture is for paper
	words.Set("chart", chart)
	return page{path: p.path, words: words}.As(kind)
}
