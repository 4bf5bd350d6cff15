package analytics

import (
	"context"
	"iter"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// tenancy is a line of occupancy with its firm: one company in one room.
type tenancy struct {
	at                         *place
	building, tenant, industry string
	*tenancyTexts

	area, employees       amount
	from, to, came, went  epochDay
	registered, localTax  told
	nameID, codeID        uint64 // numbers of the folded name and of the code, 0 without one, as tax is kept by
	key                   string // that code or folded name
	firm                  firmID
	firmNumber, stayIndex int32 // of the list's firms and stays
}

// tenancyTexts are what few lines state. Floor and room are read of one building alone.
type tenancyTexts struct{ floor, room, headquarters, registeredAt, taxedAt string }

var noTexts tenancyTexts

// told is what a sheet says to a question of yes or no. Of two lines the greater counts: yes when any says so, no when one denies it.
type told uint8

const (
	notTold told = iota
	toldNo
	toldYes
)

// answer gives yes or no, nil when no sheet says.
func (s told) answer() *bool {
	if s == notTold {
		return nil
	}
	yes := s == toldYes
	return &yes
}

// noHeadquarters are the words by which a sheet says that a firm is no headquarters.
var noHeadquarters = []string{"", "否", "无", "不是", "非总部"}

func (t *tenancy) isHeadquarters() bool { return !slices.Contains(noHeadquarters, t.headquarters) }

// inOn reports whether the line is in on a day.
func (t *tenancy) inOn(on epochDay) bool { return t.came <= on && (t.went == noDay || t.went > on) }

// place is a building of a list with its lines.
type place struct {
	key   string
	index int
	lines []*tenancy
}

// tenancyList are lines of occupancy in the order of their sheets, by building and by firm.
type tenancyList struct {
	lines  []*tenancy
	places []*place
	byKey  map[string]*place
	firms  int    // how many firms are told apart
	stays  []stay // a firm in a building, building after building
}

// stay names a firm in a building by their numbers in the list.
type stay struct{ firm, place int32 }

// in gives the lines that are in a building on a day; empty: in any.
func (l *tenancyList) in(building string, on epochDay) iter.Seq[*tenancy] {
	lines := l.lines
	if building != "" {
		lines = l.of(building)
	}
	return func(yield func(*tenancy) bool) {
		for _, t := range lines {
			if t.inOn(on) && !yield(t) {
				return
			}
		}
	}
}

// of gives the lines of a building.
func (l *tenancyList) of(building string) []*tenancy {
	if at := l.byKey[building]; at != nil {
		return at.lines
	}
	return nil
}

// tenancies reads the lines of occupancy: all, or those of the names that ever had a line in a building.
func (a *Analytics) tenancies(ctx context.Context, q Question, building string) (*tenancyList, error) {
	return once(ctx, partOf{"tenancies " + building, ofClock(q)}, func() (*tenancyList, error) {
		list := &tenancyList{byKey: map[string]*place{}}
		var slab slab[tenancy]
		var t tenancy
		var at string
		var few tenancyTexts
		var area, employees int64
		into := []any{&at, &t.building, &few.floor, &few.room, &t.tenant, &t.key, &t.nameID, &t.codeID, &t.industry, &few.headquarters, &few.registeredAt, &few.taxedAt,
			&area, &employees, (*int32)(&t.from), (*int32)(&t.to), (*int32)(&t.came), (*int32)(&t.went), (*uint8)(&t.registered), (*uint8)(&t.localTax)}
		err := a.each(ctx, "Buildings.Tenancies", ofClock(q), ledger.Params{"building": building}, func(rows driver.Rows) error {
			if err := rows.Scan(into...); err != nil {
				return err
			}
			line := slab.next()
			*line = t
			line.area, line.employees, line.tenancyTexts = amountOf(area), amountOfWhole(employees), &noTexts
			if few != noTexts {
				line.tenancyTexts = new(few)
			}
			list.put(line, at)
			return nil
		})
		list.identify()
		return list, err
	})
}

// put adds a line of a building.
func (l *tenancyList) put(t *tenancy, building string) {
	at := l.byKey[building]
	if at == nil {
		at = &place{key: building, index: len(l.places)}
		l.byKey[building] = at
		l.places = append(l.places, at)
	}
	t.at = at
	at.lines = append(at.lines, t)
	l.lines = append(l.lines, t)
}

// firmID is what a firm is told apart by: the number of its code, or of its folded name without one, and that text.
type firmID struct {
	id  uint64
	key string
}

// onlyCode is the code of a name while it is the only one.
type onlyCode struct {
	id   uint64
	key  string
	many bool
}

func (c onlyCode) and(id uint64, key string) onlyCode {
	if c.id != 0 && c.id != id {
		c.many = true
	}
	c.id, c.key = id, key
	return c
}

func (c onlyCode) known() bool { return c.id != 0 && !c.many }

// stated is what a line states of a company: the number of its folded name and of its code, 0 without one, and what it is told apart by.
type stated struct {
	name, code uint64
	key        string
}

func (t *tenancy) stated() stated { return stated{t.nameID, t.codeID, t.key} }

// statedIn are what lines of occupancy state.
func statedIn(lists ...[]*tenancy) iter.Seq[stated] {
	return func(yield func(stated) bool) {
		for _, list := range lists {
			for _, t := range list {
				if !yield(t.stated()) {
					return
				}
			}
		}
	}
}

// onlyCodes are the codes that lines state, of the names of which a line states none.
func onlyCodes(lines iter.Seq[stated]) map[uint64]onlyCode {
	with, without := false, false
	for s := range lines {
		with, without = with || s.code != 0, without || s.code == 0
	}
	if !with || !without { // as in most buildings
		return nil
	}
	bare := map[uint64]bool{}
	for s := range lines {
		if s.code == 0 {
			bare[s.name] = true
		}
	}
	codes := map[uint64]onlyCode{}
	for s := range lines {
		if s.code != 0 && bare[s.name] {
			codes[s.name] = codes[s.name].and(s.code, s.key)
		}
	}
	return codes
}

// toldApart is what a line's firm is told apart by: its code; without one the only code its name has in the first of the lists that knows one;
// else its name.
func (s stated) toldApart(lists ...map[uint64]onlyCode) firmID {
	if s.code != 0 {
		return firmID{s.code, s.key}
	}
	for _, codes := range lists {
		if c := codes[s.name]; c.known() {
			return firmID{c.id, c.key}
		}
	}
	return firmID{s.name, s.key}
}

// identify tells the firms of a list apart, by codes stated in the building before those stated anywhere, and numbers them and their stays.
func (l *tenancyList) identify() {
	anywhere := onlyCodes(statedIn(l.lines))
	numbers := make(map[uint64]int32, len(l.lines))
	var newest []int32 // stay of each firm
	for _, at := range l.places {
		within, first := onlyCodes(statedIn(at.lines)), int32(len(l.stays))
		for _, t := range at.lines {
			t.firm = t.stated().toldApart(within, anywhere)
			number, met := numbers[t.firm.id]
			if !met {
				number = int32(len(newest))
				numbers[t.firm.id] = number
				newest = append(newest, -1)
			}
			if newest[number] < first {
				newest[number] = int32(len(l.stays))
				l.stays = append(l.stays, stay{number, int32(at.index)})
			}
			t.firmNumber, t.stayIndex = number, newest[number]
		}
	}
	l.firms = len(newest)
}
