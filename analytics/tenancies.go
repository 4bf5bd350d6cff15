package analytics

import (
	"context"
	"slices"
	"strconv"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// tenancy is a line of occupancy with its firm: one company in one room.
type tenancy struct {
	buildingKey, building, floor, room string

	tenantKey, tenant, code                       string
	industry, headquarters, registeredAt, taxedAt string
	area, employees                               ledger.Decimal
	from, to                                      Date
	registered, localTax                          *bool
	here                                          bool // in on the day

	nameID, codeID uint64 // numbers of the folded name and of the code, 0 without one, as tax is kept by
	firm           uint64 // number of what the firm is told apart by
	firmKey        string // that code or folded name
}

// noHeadquarters are the words by which a sheet says that a firm is no headquarters.
var noHeadquarters = []string{"", "否", "无", "不是", "非总部"}

func (t *tenancy) isHeadquarters() bool { return !slices.Contains(noHeadquarters, t.headquarters) }

// in reports whether the line is in a building on the day; empty: in any.
func (t *tenancy) in(building string) bool {
	return t.here && (building == "" || t.buildingKey == building)
}

// tenancies reads the lines of occupancy in the order of their sheets: all, or those of the names that have a line in a building.
func (a *Analytics) tenancies(ctx context.Context, q Question, building string) ([]tenancy, error) {
	return once(ctx, partOf{"tenancies " + building, ofClock(q)}, func() ([]tenancy, error) {
		list := []tenancy{}
		err := a.each(ctx, "Buildings.Tenancies", ofClock(q), ledger.Params{"building": building}, func(rows driver.Rows) error {
			var t tenancy
			var from, to nullDay
			err := rows.Scan(&t.buildingKey, &t.building, &t.floor, &t.room, &t.tenantKey, &t.tenant, &t.code, &t.nameID, &t.codeID,
				&t.industry, &t.headquarters, &t.registeredAt, &t.taxedAt, &t.area, &t.employees, &from, &to, &t.registered, &t.localTax, &t.here)
			t.from, t.to = dateAt(from), dateAt(to)
			list = append(list, t)
			return err
		})
		identify(list)
		return list, err
	})
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

// identify tells firms apart by their code; a line without one has the only code its name has in the building, or anywhere, else its name.
func identify(list []tenancy) {
	type place struct {
		name     uint64
		building string
	}
	bare := map[uint64]bool{} // names with a line that states no code
	for i := range list {
		if list[i].codeID == 0 {
			bare[list[i].nameID] = true
		}
	}
	within, anywhere := map[place]onlyCode{}, map[uint64]onlyCode{}
	for i := range list {
		if t := &list[i]; t.codeID != 0 && bare[t.nameID] {
			at := place{t.nameID, t.buildingKey}
			within[at], anywhere[t.nameID] = within[at].and(t.codeID, t.code), anywhere[t.nameID].and(t.codeID, t.code)
		}
	}
	for i := range list {
		t := &list[i]
		here, all := within[place{t.nameID, t.buildingKey}], anywhere[t.nameID]
		switch {
		case t.codeID != 0:
			t.firm, t.firmKey = t.codeID, t.code
		case here.known():
			t.firm, t.firmKey = here.id, here.key
		case all.known():
			t.firm, t.firmKey = all.id, all.key
		default:
			t.firm, t.firmKey = t.nameID, t.tenantKey
		}
	}
}

// taxPaid is a firm's tax of the months compared, this year and last; null where it has no row.
type taxPaid struct{ this, last ledger.Decimal }

func (p taxPaid) plus(o taxPaid) taxPaid { return taxPaid{plus(p.this, o.this), plus(p.last, o.last)} }

// taxByFirm is the tax of the months compared by firm, and by the name it was paid under.
type taxByFirm struct{ firms, names map[uint64]taxPaid }

// of finds what a firm paid by what it is told apart by, else by a name of it.
func (t *taxByFirm) of(firm, name uint64) taxPaid {
	if paid, known := t.firms[firm]; known {
		return paid
	}
	return t.names[name]
}

// taxByFirm reads the tax by firm: of all, or of those in a building.
func (a *Analytics) taxByFirm(ctx context.Context, q Question, book *taxBook, building string) (*taxByFirm, error) {
	return once(ctx, partOf{"tax of firms " + building, q}, func() (*taxByFirm, error) {
		params := book.params(q.YearOr())
		params["few"], params["companies"], params["firms"] = strconv.FormatBool(building != ""), "[]", "[]"
		if building != "" {
			list, err := a.tenancies(ctx, q, building)
			if err != nil {
				return nil, err
			}
			names, firms := whoIn(list)
			params["companies"], params["firms"] = numberList(names), numberList(firms)
		}
		paid := paidList{}
		err := a.each(ctx, "Buildings.Paid", q, params, func(rows driver.Rows) error {
			var p paidLine
			err := rows.Scan(&p.name, &p.code, &p.this, &p.last)
			paid = append(paid, p)
			return err
		})
		return paid.byFirm(), err
	})
}

// whoIn are the numbers of all names and firms of a list.
func whoIn(list []tenancy) (names, firms []uint64) {
	for i := range list {
		names, firms = append(names, list[i].nameID), append(firms, list[i].firm)
	}
	slices.Sort(names)
	slices.Sort(firms)
	return slices.Compact(names), slices.Compact(firms)
}

// paidLine is what was paid under a name with a code, 0 without one.
type paidLine struct {
	name, code uint64
	taxPaid
}

type paidList []paidLine

// byFirm adds up what each firm paid. Rows without a code have the only code their name has, else are the name's.
func (list paidList) byFirm() *taxByFirm {
	codes := map[uint64]onlyCode{}
	for _, p := range list {
		if p.code != 0 {
			codes[p.name] = codes[p.name].and(p.code, "")
		}
	}
	t := &taxByFirm{make(map[uint64]taxPaid, len(list)), make(map[uint64]taxPaid, len(list))}
	for _, p := range list {
		firm := p.code
		if firm == 0 {
			firm = p.name
			if c := codes[p.name]; c.known() {
				firm = c.id
			}
		}
		t.firms[firm], t.names[p.name] = t.firms[firm].plus(p.taxPaid), t.names[p.name].plus(p.taxPaid)
	}
	return t
}
