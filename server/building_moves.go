package server

import (
	"strings"

	"taizhang/analytics"
	"taizhang/ledger"
)

// movesCard says who moved since a day, with the days to choose from.
type movesCard struct {
	Card   *card
	Label  string
	Go     string
	Since  string
	Path   string
	Hidden []option
	Look   string
	Days   []link // the same plan at earlier days
}

// moves is what moved in and out of the building, and what changed, since a day.
func (p page) moves(ans *analytics.BuildingAnswer) *movesCard {
	n, moved := p.Num(), ans.Moves
	s := p.sieve("since")
	c := &movesCard{Card: p.card("moves", "s8"), Label: p.T("page.moves.label"), Go: p.T("page.moves.go"), Since: moved.Since.String(), Path: p.path,
		Hidden: s.Hidden, Look: p.T("page.moves.look")}
	c.Card.Hint = p.T("page.moves.since", moved.Since.String())
	for _, d := range moved.Days[:min(len(moved.Days), 6)] {
		c.Days = append(c.Days, link{Text: d.String(), Href: p.With("asof", d.String()), Current: d.String() == p.Stamp.Asof})
	}
	switch {
	case moved.By == analytics.ByNothing:
		c.Card.None = p.T("page.moves.nothing", moved.Since.String())
		return c
	case len(moved.Firms) == 0:
		c.Card.None = p.T("page.moves.none")
	default:
		c.Card.Table = p.moveTable(ans)
	}
	c.Card.More = []span{{p.T("page.moves.sum", moved.FirmsIn, p.sayFigure(n.area(moved.InM2)), moved.FirmsOut, p.sayFigure(n.area(moved.OutM2)),
		p.sayFigure(signed(n.area(moved.GrownM2), moved.GrownM2)), p.sayFigure(signed(n.area(moved.NetM2), moved.NetM2))), ""}}
	if moved.By == analytics.ByDates {
		c.Card.More = append(c.Card.More, span{p.T("page.moves.dates"), "warn"})
	}
	return c
}

// moveTones mark a line by whether it gains or loses area.
var moveTones = map[string]string{analytics.MovedIn: "green", analytics.MovedOut: "red"}

func (p page) moveTable(ans *analytics.BuildingAnswer) *table {
	n := p.Num()
	t := p.columns(col("company"), wordCol("move"), numCol("was_area", n.unit("m2")), numCol("now_area", n.unit("m2")), numCol("delta_area", n.unit("m2")),
		textCol("rooms"), dayCol("lease_to"))
	t.Tall = true
	for _, f := range ans.Moves.Firms {
		on := f.MovedIn
		if f.Kind == analytics.MovedOut {
			on = f.MovedOut
		} else if f.Kind != analytics.MovedIn {
			on = analytics.Date{}
		}
		t.add(leads(f.Company, p.Source("tenants", ledger.Filter{"building": ans.Line.Building, "tenant": f.Company})),
			cell{Tag: &span{p.T("page.moves." + f.Kind), moveTones[f.Kind]}}.under(on.String()), num(n.area(f.WasM2)), num(n.area(f.AreaM2)),
			num(signed(n.area(f.DeltaM2), f.DeltaM2)), changed(said(f.WasRooms), said(f.Rooms)), changed(dayFigure(f.WasTo), dayFigure(f.LeaseTo)))
	}
	return t
}

func said(rooms []string) figure { return figure{Value: orDash(strings.Join(rooms, "、"))} }

func dayFigure(d analytics.Date) figure { return figure{Value: day(d)} }
