package server

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
	"taizhang/internal/text"
	"taizhang/ledger"
)

const (
	columnWord = "column_" // before a column's letter: what it fills
	unitWord   = "unit_"   // what it is counted in
	fixedWord  = "fixed_"  // before a field's name: its value on every row
	cutValue   = 500
)

// mapTable keeps how a person maps a table of a waiting file.
func (a *app) mapTable(c *fiber.Ctx) error {
	mp, err := mappingOf(c)
	if err != nil {
		return err
	}
	return a.changed(c, func(h *handmade) error {
		h.drop(mp.Sheet, mp.From)
		h.Mappings = append(h.Mappings, mp)
		return nil
	}, bodyWord(c, "anchor"))
}

// unmapTable gives a table back to recognition.
func (a *app) unmapTable(c *fiber.Ctx) error {
	from, err := whole(c, "from")
	if err != nil {
		return err
	}
	return a.changed(c, func(h *handmade) error { h.drop(bodyWord(c, "at_sheet"), uint32(from)); return nil }, bodyWord(c, "anchor"))
}

// readPlain reads a waiting file with or without the mappings the record remembers.
func (a *app) readPlain(c *fiber.Ctx) error {
	return a.changed(c, func(h *handmade) error { h.Plain = bodyWord(c, "plain") == "true"; return nil }, bodyWord(c, "anchor"))
}

// forgetMapping keeps a remembered mapping from being used again.
func (a *app) forgetMapping(c *fiber.Ctx) error {
	shape := bodyWord(c, "shape")
	known, err := a.record(c).Mappings(c.UserContext())
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(known, func(m ledger.Mapped) bool { return m.Shape == shape }) {
		return ledger.Fail(ledger.NotFound, text.T("mapping.not_remembered"))
	}
	if err := a.record(c).ForgetMapping(c.UserContext(), shape, actor(c)); err != nil {
		return err
	}
	a.uploads.readAllAnew()
	if wantsJSON(c) {
		return c.JSON(fiber.Map{"forgotten": shape})
	}
	return c.Redirect("/imports#mappings", fiber.StatusSeeOther)
}

// drop takes the mapping of a table away.
func (h *handmade) drop(sheet string, from uint32) {
	h.Mappings = slices.DeleteFunc(h.Mappings, func(m ingest.Mapping) bool { return m.Sheet == sheet && m.From == from })
}

// mappingOf reads the form of a table. Under another dataset or header the columns are found anew, for those on the form were of the old one.
func mappingOf(c *fiber.Ctx) (ingest.Mapping, error) {
	mp := ingest.Mapping{Sheet: bodyWord(c, "at_sheet"), Dataset: bodyWord(c, "as"), Fixed: map[string]string{}}
	numbers := map[string]int{}
	for _, name := range []string{"from", "header", "height", "year"} {
		n, err := whole(c, name)
		if err != nil {
			return mp, err
		}
		numbers[name] = n
	}
	mp.From, mp.Header, mp.Height, mp.Year = uint32(numbers["from"]), uint32(numbers["header"]), numbers["height"], numbers["year"]
	was := bodyWord(c, "was")
	same := was == mp.Dataset+" "+bodyWord(c, "header")+" "+bodyWord(c, "height")
	c.Request().PostArgs().VisitAll(func(key, value []byte) {
		name, said := string(key), strings.TrimSpace(string(value))
		letter, isColumn := strings.CutPrefix(name, columnWord)
		field, isFixed := strings.CutPrefix(name, fixedWord)
		switch {
		case isColumn && same:
			mp.Columns = append(mp.Columns, ingest.MappedColumn{Column: letter, Field: said, Unit: strings.TrimSpace(bodyWord(c, unitWord+letter))})
		case isFixed && said != "" && same:
			mp.Fixed[field] = cut(said, cutValue)
		}
	})
	if other := bodyWord(c, "other_field"); other != "" && same {
		if said := strings.TrimSpace(bodyWord(c, "other_value")); said != "" {
			mp.Fixed[other] = cut(said, cutValue)
		}
	}
	return mp, nil
}

// whole reads a whole number of a form; empty is 0.
func whole(c *fiber.Ctx, name string) (int, error) {
	said := strings.TrimSpace(bodyWord(c, name))
	if said == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(said)
	if err != nil || n < 0 || n > 10_000_000 {
		return 0, ledger.Fail(ledger.Invalid, text.T("mapping.bad_number", text.T("mapping.word."+name), said))
	}
	return n, nil
}

func cut(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most])
	}
	return s
}
