package analytics

import "taizhang/ledger"

// cover counts which of the grids had a patrol, day by day and week by week; null where nobody recorded any.
func (b *gridBuilder) cover() {
	ans := b.ans
	for i := range coverageDays {
		day := b.today.Plus(i + 1 - coverageDays)
		ans.Days = append(ans.Days, b.coverage(day, day))
	}
	for i := range coverageWeeks {
		last := b.today.Plus(-7 * (coverageWeeks - 1 - i))
		ans.Weeks = append(ans.Weeks, b.coverage(last.Plus(-6), last))
	}
	ans.Today, ans.Week = ans.Days[coverageDays-1], ans.Weeks[coverageWeeks-1]
	for i := range ans.Communities {
		c := &ans.Communities[i]
		c.Week = b.rate(ans.Week.From, ans.Week.To, func(g GridLine) bool { return g.Kind != ledger.GridKeyArea && g.communityKey == c.key })
		c.PeoplePerGrid = plus(c.Residents, c.Floating).Div(ledger.Int(int64(c.Grids)))
	}
}

// coverage is how many of the grids asked for had a patrol from one day to another, grids of duty and key areas apart.
func (b *gridBuilder) coverage(from, to Date) GridCoverage {
	c := GridCoverage{From: from, To: to}
	asked := func(g GridLine) bool { return b.of == "" || g.communityKey == b.of }
	c.Duty = b.rate(from, to, func(g GridLine) bool { return asked(g) && g.Kind != ledger.GridKeyArea })
	c.KeyAreas = b.rate(from, to, func(g GridLine) bool { return asked(g) && g.Kind == ledger.GridKeyArea })
	for _, g := range b.all {
		if asked(g) {
			c.Patrols += b.between(g.key, from, to)
		}
	}
	return c
}

// rate is undefined when no patrol of any grid is recorded in the time: nothing recorded is not nothing done.
func (b *gridBuilder) rate(from, to Date, in func(GridLine) bool) Rate {
	recorded := int64(0)
	for key := range b.days {
		recorded += b.between(key, from, to)
	}
	var r Rate
	if recorded == 0 {
		return r
	}
	r.Numerator, r.Denominator = ledger.Int(0), ledger.Int(0)
	for _, g := range b.all {
		if in(g) {
			r.Denominator = r.Denominator.Add(ledger.Int(1))
			if b.between(g.key, from, to) > 0 {
				r.Numerator = r.Numerator.Add(ledger.Int(1))
			}
		}
	}
	r.Percent = Percent(r.Numerator, r.Denominator)
	return r
}

func (b *gridBuilder) between(key string, from, to Date) int64 {
	n := int64(0)
	for day, patrols := range b.days[key] {
		if !from.After(day) && !day.After(to) {
			n += patrols
		}
	}
	return n
}
