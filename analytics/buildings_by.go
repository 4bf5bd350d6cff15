package analytics

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// BuildingsFilter narrows and orders the list of buildings; totals, tiers and business circles are of all.
type BuildingsFilter struct {
	Circle string `json:"circle,omitempty"` // business circle (商圈); NoCircle: none stated
	Tier   string `json:"tier,omitempty"`   // a tax tier; NoTier: below all
	Text   string `json:"text,omitempty"`   // words that all stand in the name, address, circle or grade
	Sort   string `json:"sort,omitempty"`   // one of BuildingSorts; empty: as in the register
	Since  string `json:"since,omitempty"`  // day that moves are counted from; empty: chosen as for one building
	Reason string `json:"reason,omitempty"` // one of WatchReasons, or SeveralReasons; narrows the watch-list
	Part   string `json:"-"`                // which table the answer is as a file; see Table
	Firms  int    `json:"-"`                // most firms of the watch-list and of the headquarters; 0: all a file holds
}

// Words of the filter that name what is not stated, and the firms with two reasons or more.
const (
	NoCircle       = "-"
	NoTier         = "none"
	SeveralReasons = "several"
)

// buildingOrders are the ways to order the list: the figure, and whether the smallest stands first. What is undefined comes last.
var buildingOrders = []struct {
	name   string
	figure func(BuildingLine) ledger.Decimal
	rising bool
}{
	{"net", func(b BuildingLine) ledger.Decimal { return b.Moves.NetM2 }, true},
	{"occupancy", func(b BuildingLine) ledger.Decimal { return b.OccupancyPercent }, true},
	{"occupancy_change", func(b BuildingLine) ledger.Decimal { return b.OccupancyChange }, true},
	{"vacant", func(b BuildingLine) ledger.Decimal { return b.VacantAreaM2 }, false},
	{"registration", func(b BuildingLine) ledger.Decimal { return b.RegistrationPercent }, true},
	{"local_tax", func(b BuildingLine) ledger.Decimal { return b.LocalTaxPercent }, true},
	{"tax", func(b BuildingLine) ledger.Decimal { return b.TaxYuan }, false},
	{"growth", func(b BuildingLine) ledger.Decimal { return b.TaxGrowthPercent }, true},
	{"tax_per_m2", func(b BuildingLine) ledger.Decimal { return b.TaxPerM2 }, false},
	{"watched", func(b BuildingLine) ledger.Decimal { return b.WatchedM2 }, false},
}

// BuildingSorts are the names that a list of buildings can be ordered by.
func BuildingSorts() []string {
	list := make([]string, len(buildingOrders))
	for i, o := range buildingOrders {
		list[i] = o.name
	}
	return list
}

// BuildingEconomy is BuildingsBy without a filter.
func (a *Analytics) BuildingEconomy(ctx context.Context, q Question) (*BuildingsAnswer, error) {
	return a.BuildingsBy(ctx, q, BuildingsFilter{})
}

// BuildingsBy is Buildings with its change on last year, moves, business circles, headquarters, lease ends and who may leave. A word of the filter that does not exist is Invalid.
func (a *Analytics) BuildingsBy(ctx context.Context, q Question, f BuildingsFilter) (*BuildingsAnswer, error) {
	if err := f.validate(); err != nil {
		return nil, err
	}
	ctx = Asking(ctx)
	book, err := a.taxBook(ctx, q)
	if err != nil {
		return nil, err
	}
	var ans *BuildingsAnswer
	var firms *firmList
	var moves *movedAreas
	var then *buildingRegister
	var expiry []LeaseExpiry
	yearAgo := q
	yearAgo.Clock.Asof = q.Clock.Asof.AddDate(-1, 0, 0)
	err = together(
		func() (err error) { firms, err = a.firms(ctx, q, book, f.firms()); return err },
		func() (err error) { ans, err = a.buildings(ctx, q, book, ""); return err },
		func() (err error) { moves, err = a.movesSince(ctx, q, f.Since); return err },
		func() (err error) { then, err = a.readBuildings(ctx, yearAgo, nil, ""); return err },
		func() (err error) { expiry, err = a.expiry(ctx, q, book, ""); return err },
	)
	if err != nil {
		return nil, err
	}
	ans.Filter, ans.Expiry, ans.WatchLimits = f, expiry, a.thresholds().watchLimits()
	ans.putFirms(firms)
	ans.putMoves(moves)
	ans.putYearAgo(then, DateOf(yearAgo.Clock.Asof))
	ans.Circles, ans.Choices = circlesOf(ans.Buildings), buildingChoices(ans.Buildings)
	ans.Buildings = f.apply(ans.Buildings)
	return ans, nil
}

func (f BuildingsFilter) validate() error {
	reason := f.Reason == "" || f.Reason == SeveralReasons || slices.Contains(WatchReasons, f.Reason)
	tier := f.Tier == "" || f.Tier == NoTier
	for _, t := range buildingTiers {
		tier = tier || t.name == f.Tier
	}
	for _, w := range []struct {
		good bool
		word string
	}{{reason, f.Reason}, {tier, f.Tier}, {f.Sort == "" || slices.Contains(BuildingSorts(), f.Sort), f.Sort}, {f.Part == "" || slices.Contains(buildingsParts, f.Part), f.Part}} {
		if !w.good {
			return ledger.Fail(ledger.Invalid, text.T("building.bad_word", w.word))
		}
	}
	return nil
}

// firms is what the filter asks for of the firms that may leave.
func (f BuildingsFilter) firms() firmsAsked {
	asked := firmsAsked{reason: f.Reason, least: 1, limit: f.Firms}
	if asked.reason == SeveralReasons {
		asked.reason, asked.least = "", 2
	}
	if asked.limit == 0 {
		asked.limit = mostFirms
	}
	return asked
}

// putFirms puts the firms that may leave, the headquarters and what is at stake to the buildings.
func (ans *BuildingsAnswer) putFirms(firms *firmList) {
	ans.Watch, ans.Headquarters, ans.WatchTotals = firms.watch, firms.hq, firms.of("")
	for i := range ans.Buildings {
		b := &ans.Buildings[i]
		t := firms.of(b.Key)
		b.Watched, b.WatchedM2, b.WatchedYuan, b.LocalTaxAmountPercent = t.Watched, t.WatchedM2, t.WatchedYuan, t.LocalTaxPercent
	}
}

// putMoves puts to each building the area that firms moved in and out.
func (ans *BuildingsAnswer) putMoves(moves *movedAreas) {
	ans.Since, ans.Days = moves.since, moves.days
	for i := range ans.Buildings {
		b := &ans.Buildings[i]
		b.Moves = moves.of[b.Key]
		ans.Totals.Moves.add(b.Moves)
	}
}

// putYearAgo holds the occupancy against that of a year before, in points.
func (ans *BuildingsAnswer) putYearAgo(then *buildingRegister, day Date) {
	ans.YearAgo = day
	var same Rate // now, of the buildings known on both days
	was := &ans.Totals.LastYearOccupancy
	for i := range ans.Buildings {
		b := &ans.Buildings[i]
		at, known := then.places[b.Key]
		if !known {
			continue
		}
		before := &then.list[at]
		before.finish()
		b.LastYearOccupancyPercent = before.OccupancyPercent
		if b.OccupancyChange = b.OccupancyPercent.Sub(before.OccupancyPercent); b.OccupancyChange.Valid() {
			same.occupied(*b)
			was.occupied(*before)
		}
	}
	was.Percent = Percent(was.Numerator, was.Denominator)
	ans.Totals.OccupancyChange = Percent(same.Numerator, same.Denominator).Sub(was.Percent)
}

// occupied adds a building to a rate of occupancy when both its areas are known.
func (r *Rate) occupied(b BuildingLine) {
	if b.LettableAreaM2.Sign() > 0 && b.LetAreaM2.Valid() {
		r.add(b.LetAreaM2, b.LettableAreaM2)
	}
}

// apply keeps the buildings that meet the filter, in its order.
func (f BuildingsFilter) apply(all []BuildingLine) []BuildingLine {
	list := []BuildingLine{}
	for _, b := range all {
		if f.keeps(b) && (f.Tier == "" || b.Tier == f.Tier || f.Tier == NoTier && b.Tier == "") {
			list = append(list, b)
		}
	}
	at := slices.Index(BuildingSorts(), f.Sort)
	if at < 0 {
		return list
	}
	order := buildingOrders[at]
	slices.SortStableFunc(list, func(x, y BuildingLine) int {
		a, b := order.figure(x), order.figure(y)
		switch {
		case !a.Valid() || !b.Valid():
			return cmp.Compare(oneWhen(!a.Valid()), oneWhen(!b.Valid()))
		case order.rising:
			return a.Cmp(b)
		}
		return b.Cmp(a)
	})
	return list
}

func oneWhen(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// keeps reports whether a building meets every word but that of its tier.
func (f BuildingsFilter) keeps(b BuildingLine) bool {
	if f.Circle == NoCircle && b.District != "" || f.Circle != "" && f.Circle != NoCircle && b.District != f.Circle {
		return false
	}
	said := strings.ToLower(strings.Join([]string{b.Building, b.Address, b.District, b.Grade, b.Kind}, "\n"))
	for _, word := range strings.Fields(strings.ToLower(f.Text)) {
		if !strings.Contains(said, word) && !strings.Contains(b.Key, ledger.NameKey(word)) {
			return false
		}
	}
	return true
}

// BuildingChoices are what the list can be narrowed by.
type BuildingChoices struct {
	Circles  []string
	NoCircle bool
	Tiers    map[string]int // buildings of each tier, NoTier included
	Of       int
}

func buildingChoices(all []BuildingLine) BuildingChoices {
	c := BuildingChoices{Tiers: map[string]int{}, Of: len(all)}
	for _, b := range all {
		c.Tiers[cmp.Or(b.Tier, NoTier)]++
		if b.District == "" {
			c.NoCircle = true
		} else {
			c.Circles = addOnce(c.Circles, b.District)
		}
	}
	return c
}

// circlesOf rolls the buildings up by business circle, the one with the most lettable area first.
func circlesOf(all []BuildingLine) []BuildingCircle {
	places, list := map[string]int{}, []BuildingCircle{}
	for _, b := range all {
		at, found := places[b.District]
		if !found {
			at = len(list)
			places[b.District] = at
			list = append(list, BuildingCircle{Circle: b.District})
		}
		c := &list[at]
		c.Buildings++
		c.LettableAreaM2, c.LetAreaM2, c.VacantAreaM2 = plus(c.LettableAreaM2, b.LettableAreaM2), plus(c.LetAreaM2, b.LetAreaM2), plus(c.VacantAreaM2, b.VacantAreaM2)
		c.TaxYuan, c.LastYearTaxYuan = plus(c.TaxYuan, b.TaxYuan), plus(c.LastYearTaxYuan, b.LastYearTaxYuan)
		c.Occupancy.occupied(b)
		c.Moves.add(b.Moves)
		// Tax of a building without an area would be laid on the area of the others.
		if b.GrossAreaM2.Sign() > 0 {
			c.GrossAreaM2, c.taxOnArea = plus(c.GrossAreaM2, b.GrossAreaM2), plus(c.taxOnArea, b.TaxYuan)
		}
	}
	for i := range list {
		c := &list[i]
		c.Occupancy.Percent = Percent(c.Occupancy.Numerator, c.Occupancy.Denominator)
		c.TaxGrowthPercent, c.TaxPerM2 = GrowthPercent(c.LastYearTaxYuan, c.TaxYuan), c.taxOnArea.Div(c.GrossAreaM2)
	}
	slices.SortStableFunc(list, func(x, y BuildingCircle) int {
		if x.Circle == "" || y.Circle == "" {
			return cmp.Compare(oneWhen(x.Circle == ""), oneWhen(y.Circle == ""))
		}
		return y.LettableAreaM2.OrZero().Cmp(x.LettableAreaM2.OrZero())
	})
	return list
}
