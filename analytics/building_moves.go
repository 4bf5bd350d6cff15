package analytics

import (
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Ways a firm's room in a building changed between two days.
const (
	MovedIn      = "in"
	MovedOut     = "out"
	AreaChanged  = "area"  // takes more or less area
	RoomChanged  = "room"  // sits elsewhere in the building on the same area
	LeaseChanged = "lease" // sits where it sat, by another lease
)

// What a comparison of two days stands on.
const (
	ByStatement = "statement" // a list of tenants speaks of the earlier day or before
	ByDates     = "dates"     // none does: the dates of moving in and out alone tell
	ByNothing   = ""          // neither: who was in is not known
)

// MovedArea is the area that firms moved into and out of a building, or all of them, since a day.
type MovedArea struct {
	By       string         `json:"by"`
	FirmsIn  int64          `json:"firms_in"`
	FirmsOut int64          `json:"firms_out"`
	InM2     ledger.Decimal `json:"in_m2"`
	OutM2    ledger.Decimal `json:"out_m2"`
	GrownM2  ledger.Decimal `json:"grown_m2"` // of the firms that stayed, less when negative
	NetM2    ledger.Decimal `json:"net_m2"`   // in less out and grown; null when By is nothing
}

// BuildingMoves is who moved in, out or changed in a building since a day.
type BuildingMoves struct {
	Since Date   `json:"since"`
	Days  []Date `json:"statements"` // days that lists of tenants speak of, the newest first
	MovedArea
	Firms []FirmMove `json:"firms"` // by kind, the largest area first
}

// FirmMove is one firm that moved; a firm in several rooms is one line.
type FirmMove struct {
	Kind       string         `json:"kind"`
	Company    string         `json:"company"`
	Firm       string         `json:"firm"`
	Rooms      []string       `json:"rooms"`
	WasRooms   []string       `json:"was_rooms"`
	AreaM2     ledger.Decimal `json:"area_m2"`
	WasM2      ledger.Decimal `json:"was_area_m2"`
	DeltaM2    ledger.Decimal `json:"delta_m2"` // null when an area is missing
	LeaseTo    Date           `json:"lease_to"`
	WasTo      Date           `json:"was_lease_to"`
	MovedIn    Date           `json:"moved_in"`
	MovedOut   Date           `json:"moved_out"`
	laterLease bool
}

// since reads the day that moves are counted from. Without one it is a year before where a list of tenants speaks of that day or before,
// else the newest list that a later one of the same building follows, else a year before.
func (a *Analytics) since(ctx context.Context, q Question, building, asked string) (Date, []Date, error) {
	days, before := []Date{}, Date{}
	err := a.each(ctx, "Buildings.Statements", q, ledger.Params{"building": building}, func(rows driver.Rows) error {
		var day nullDay
		var buildings, again uint64
		err := rows.Scan(&day, &buildings, &again)
		days = append(days, dateAt(day))
		if again > 0 && !before.Known() {
			before = dateAt(day)
		}
		return err
	})
	if err != nil {
		return Date{}, nil, err
	}
	today := DateOf(q.Clock.Asof)
	if asked != "" {
		var day Date
		if err := day.UnmarshalJSON([]byte(`"` + asked + `"`)); err != nil || !today.After(day) {
			return Date{}, nil, ledger.Fail(ledger.Invalid, text.T("building.bad_since", asked, today.String()))
		}
		return day, days, nil
	}
	yearAgo := DateOf(q.Clock.Asof.AddDate(-1, 0, 0))
	if before.Known() && days[len(days)-1].After(yearAgo) {
		return before, days, nil
	}
	return yearAgo, days, nil
}

func (a *Analytics) buildingMoves(ctx context.Context, q Question, building, asked string) (BuildingMoves, error) {
	m := BuildingMoves{Firms: []FirmMove{}}
	var days *twoDays
	var err error
	if m.Since, m.Days, days, err = a.twoDays(ctx, q, building, asked); err != nil {
		return m, err
	}
	of, dated := days.of(building), false
	firms := firmsOnTwoDays(of)
	for _, f := range firms {
		if f.classify(f.was > 0, f.now > 0); f.Kind != "" {
			dated = dated || f.Kind == MovedIn || f.Kind == MovedOut
			m.Firms = append(m.Firms, f.FirmMove)
			m.count(f.FirmMove)
		}
	}
	m.By = movesBy(of.listed && len(firms) > 0, dated)
	m.close()
	order := []string{MovedOut, MovedIn, AreaChanged, RoomChanged, LeaseChanged}
	slices.SortStableFunc(m.Firms, func(x, y FirmMove) int { return slices.Index(order, x.Kind) - slices.Index(order, y.Kind) })
	return m, nil
}

// movesBy says what a comparison stands on.
func movesBy(listed, dated bool) string {
	switch {
	case listed:
		return ByStatement
	case dated:
		return ByDates
	}
	return ByNothing
}

// classify names how the firm changed; empty when it did not.
func (f *FirmMove) classify(was, now bool) {
	f.DeltaM2 = f.AreaM2.Sub(f.WasM2)
	switch {
	case !was:
		f.Kind, f.DeltaM2 = MovedIn, f.AreaM2
	case !now:
		f.Kind, f.DeltaM2 = MovedOut, f.WasM2.Neg()
	case f.DeltaM2.Valid() && f.DeltaM2.Sign() != 0:
		f.Kind = AreaChanged
	case !slices.Equal(f.Rooms, f.WasRooms):
		f.Kind = RoomChanged
	case f.laterLease:
		f.Kind = LeaseChanged
	}
}

// count adds a firm's move to the area moved.
func (m *MovedArea) count(f FirmMove) {
	switch f.Kind {
	case MovedIn:
		m.FirmsIn++
		m.InM2 = plus(m.InM2, f.AreaM2)
	case MovedOut:
		m.FirmsOut++
		m.OutM2 = plus(m.OutM2, f.WasM2)
	case AreaChanged:
		m.GrownM2 = plus(m.GrownM2, f.DeltaM2)
	}
}

// close works out the net area; where nothing is known of the earlier day there is none.
func (m *MovedArea) close() {
	if m.By == ByNothing {
		*m = MovedArea{}
		return
	}
	m.NetM2 = m.InM2.OrZero().Sub(m.OutM2.OrZero()).Add(m.GrownM2.OrZero())
	m.InM2, m.OutM2, m.GrownM2 = m.InM2.OrZero(), m.OutM2.OrZero(), m.GrownM2.OrZero()
}

// movedAreas are the areas that firms moved in and out since a day, by building, and the days that could be chosen.
type movedAreas struct {
	since Date
	days  []Date
	of    map[string]MovedArea
}

// movesSince gives the area moved in and out of each building since a day; an empty one is chosen.
func (a *Analytics) movesSince(ctx context.Context, q Question, day string) (*movedAreas, error) {
	moves := &movedAreas{of: map[string]MovedArea{}}
	var days *twoDays
	var err error
	if moves.since, moves.days, days, err = a.twoDays(ctx, q, "", day); err != nil {
		return nil, err
	}
	count := newMoveCount()
	for _, building := range days.buildings() {
		moves.of[building] = count.moved(days.of(building))
	}
	return moves, nil
}

// add adds the moves of a building to those of all; a building of which nothing is known adds nothing.
func (m *MovedArea) add(o MovedArea) {
	if o.By == ByNothing {
		return
	}
	if m.By == ByNothing || o.By == ByStatement {
		m.By = o.By
	}
	m.FirmsIn, m.FirmsOut = m.FirmsIn+o.FirmsIn, m.FirmsOut+o.FirmsOut
	m.InM2, m.OutM2, m.GrownM2, m.NetM2 = plus(m.InM2, o.InM2), plus(m.OutM2, o.OutM2), plus(m.GrownM2, o.GrownM2), plus(m.NetM2, o.NetM2)
}
