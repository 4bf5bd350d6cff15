package analytics

import (
	"context"
	"strconv"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/go-faster/city"
)

// numberOf is the number of a folded name or code, as the record keeps it beside tax: the engine's hash of it, 0 for none.
func numberOf(key string) uint64 {
	if key == "" {
		return 0
	}
	return city.CH64([]byte(key))
}

// taxLine is what Tax.Lines answers in a row: what was paid under one name and code for one building, in the months compared and in the whole
// year before; where it is asked for, of one type of tax and of what the rows say of the industry.
type taxLine struct {
	company, code, place uint64 // numbers, 0 for none
	kind, trade          string
	kinds                uint64 // a bit for each type that rows of this year are of
	newest               int64  // orders the periods compared that it has rows in; 0: only others of the year before
	marks                uint8
	this, last, whole    amount
}

// Marks of a line.
const (
	thisRows = 1 << iota // has rows in this year's periods
	thisSaid             // with an amount
	lastSaid
	wholeSaid
	thisPaid // an amount that is not nothing
	lastPaid
)

func (l *taxLine) has(mark uint8) bool { return l.marks&mark != 0 }

// compared reports whether the line is of the periods compared, and not only of others of the year before.
func (l *taxLine) compared() bool { return l.newest > 0 }

// linesAsked is which lines of tax are read.
type linesAsked struct {
	byTrade bool     // by what the rows say of the industry
	byKind  bool     // by type of tax
	kinds   []string // or with which of these types there are, at most mostKinds
	whole   bool     // with the whole year before
	few     *taxedFew
}

// mostKinds is how many types of tax have a bit of their own, the first of them the second bit.
const mostKinds = 63

// taxedFew is a building with the numbers of the names and the firms that are in it: their rows, wherever they are declared, and its own.
type taxedFew struct {
	place            uint64
	companies, firms []uint64
}

// taxLines reads the tax of a book's year by line; those of one company stand together, and of them those of one code.
func (a *Analytics) taxLines(ctx context.Context, q Question, book *taxBook, asked linesAsked) ([]*taxLine, error) {
	params, lines := book.params(q.YearOr()), []*taxLine{}
	params["by_trade"], params["by_kind"], params["kinds"] = strconv.FormatBool(asked.byTrade), strconv.FormatBool(asked.byKind), textList(asked.kinds)
	params["few"] = strconv.FormatBool(asked.few != nil)
	params["whole"], params["places"], params["companies"], params["firms"] = "[]", "[]", "[]", "[]"
	if asked.whole {
		whole, _ := book.periods(q.YearOr()-1, monthSet{}.through(12))
		params["whole"] = spanList(whole)
	}
	if few := asked.few; few != nil {
		params["places"], params["companies"], params["firms"] = numberList([]uint64{few.place}), numberList(few.companies), numberList(few.firms)
	}
	var slab slab[taxLine]
	var l taxLine
	into := []any{&l.company, &l.code, &l.place, &l.kind, &l.trade, &l.kinds, &l.newest, &l.marks,
		&l.this.whole, &l.this.parts, &l.last.whole, &l.last.parts, &l.whole.whole, &l.whole.parts}
	err := a.each(ctx, "Tax.Lines", q, params, func(rows driver.Rows) error {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		l.this.said, l.last.said, l.whole.said = l.has(thisSaid), l.has(lastSaid), l.has(wholeSaid)
		line := slab.next()
		*line = l
		lines = append(lines, line)
		return nil
	})
	return lines, err
}

// taxOfAll reads the lines of the area's tax, undivided; of a building: those declared in it and those of the firms that are in it.
func (a *Analytics) taxOfAll(ctx context.Context, q Question, book *taxBook, building string) ([]*taxLine, error) {
	return once(ctx, partOf{"tax of " + building, q.whole()}, func() ([]*taxLine, error) {
		if building == "" {
			return a.taxLines(ctx, q, book, linesAsked{whole: !book.sumsTell()})
		}
		list, err := a.tenancies(ctx, q, building)
		if err != nil {
			return nil, err
		}
		companies, firms := whoIn(list.lines)
		return a.taxLines(ctx, q, book, linesAsked{whole: true, few: &taxedFew{numberOf(building), companies, firms}})
	})
}
