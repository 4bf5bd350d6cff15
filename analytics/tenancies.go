package analytics

import (
	"context"
	"slices"

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
