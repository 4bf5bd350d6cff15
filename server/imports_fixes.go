package server

import (
	"regexp"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// longestFix is how many characters a corrected cell may hold.
const longestFix = 2_000

var cellName = regexp.MustCompile(`^[A-Z]{1,3}[1-9][0-9]{0,6}$`)

// fixCell puts a person's text in place of what a cell of a waiting file says.
func (a *app) fixCell(c *fiber.Ctx) error {
	fix := ingest.Fix{Sheet: bodyWord(c, "at_sheet"), Cell: strings.ToUpper(strings.TrimSpace(bodyWord(c, "cell"))), Value: strings.TrimSpace(bodyWord(c, "value")),
		By: actor(c), At: a.ledger.Now()}
	switch {
	case !cellName.MatchString(fix.Cell):
		return ledger.Fail(ledger.Invalid, text.T("fix.bad_cell", fix.Cell))
	case len([]rune(fix.Value)) > longestFix:
		return ledger.Fail(ledger.Invalid, text.T("fix.too_long", longestFix))
	}
	return a.changed(c, func(h *handmade) error {
		h.unfix(fix.Sheet, fix.Cell)
		if len(h.Fixes) >= mostFixes {
			return ledger.Fail(ledger.Invalid, text.T("fix.too_many", mostFixes))
		}
		h.Fixes = append(h.Fixes, fix)
		return nil
	}, "fixes")
}

// unfixCell takes a correction back.
func (a *app) unfixCell(c *fiber.Ctx) error {
	sheet, cell := bodyWord(c, "at_sheet"), bodyWord(c, "cell")
	return a.changed(c, func(h *handmade) error { h.unfix(sheet, cell); return nil }, "fixes")
}

func (h *handmade) unfix(sheet, cell string) {
	h.Fixes = slices.DeleteFunc(h.Fixes, func(f ingest.Fix) bool { return f.Sheet == sheet && f.Cell == cell })
}

// fixesCard is the place where cells are given another text, with those that were.
type fixesCard struct {
	Words  page
	Fix    string // where the form leads
	Unfix  string
	Sheets []option
	Asked  cellForm // the cell a link of the page asked to change
	List   []fixedCell
}

// fixedCell is a correction in the list; Asked is the cell as the person named it.
type fixedCell struct{ Sheet, Cell, Asked, Was, Now, By, When string }

// cellForm is the small form that gives a cell another text.
type cellForm struct{ Sheet, Cell, Value string }

func (p page) fixes(c *fiber.Ctx, v preview) *fixesCard {
	if v.file == nil || len(v.file.Layouts) == 0 {
		return nil
	}
	card := &fixesCard{Words: p, Fix: handPath(c, v.Hash, "fix"), Unfix: handPath(c, v.Hash, "unfix")}
	card.Asked = cellForm{Sheet: c.Query("fix_sheet"), Cell: c.Query("fix_cell")}
	for _, l := range v.file.Layouts {
		sheet := l.Mapping.Sheet
		if !slices.ContainsFunc(card.Sheets, func(o option) bool { return o.Value == sheet }) {
			card.Sheets = append(card.Sheets, option{Value: sheet, Text: sheet, Selected: sheet == card.Asked.Sheet})
		}
	}
	said, _ := v.file.Text(card.Asked.Sheet, card.Asked.Cell)
	card.Asked.Value = said
	for _, s := range v.file.Sheets {
		for i := range min(s.Rows.Len(), previewRows) {
			for _, f := range s.Dataset.Fields {
				if text, cell := v.file.Shown(s, i, f.Name); s.Name == card.Asked.Sheet && cell != "" && cell == card.Asked.Cell {
					card.Asked.Value = text
				}
			}
		}
	}
	for _, one := range v.file.Corrections() {
		card.List = append(card.List, fixedCell{one.Sheet, one.Cell, one.Asked, one.Was, one.Value, one.By, clockTime(one.At)})
	}
	return card
}

// Empty reports that nothing was corrected yet.
func (f *fixesCard) Empty() bool { return len(f.List) == 0 }

// handPath is the address of a form of the preview; it carries the question on, so that the answer looks as the page did.
func handPath(c *fiber.Ctx, hash, what string) string {
	query := string(c.Request().URI().QueryString())
	path := "/imports/preview/" + hash + "/" + what
	if query == "" {
		return path
	}
	return path + "?" + query
}
