package analytics

import (
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// timeCurve is the time progress (序时进度) a year's target is held against: percent of the target that is due by the end of a month,
// index 1 to 12; a month nobody stated is null. Without any month it is the calendar's own, m/12.
type timeCurve [13]ledger.Decimal

// percent is what is due after so many months; null outside 0 to 12. Between two stated months it rises evenly, from nothing at the
// new year, and after the last stated month evenly to the whole target in December, since a target is due within its year.
func (c timeCurve) percent(months int) ledger.Decimal {
	if months < 0 || months > 12 {
		return ledger.Null
	}
	from, to := 0, 0
	low, high := ledger.Int(0), ledger.Null
	for m := 1; m <= 12; m++ {
		switch {
		case !c[m].Valid():
		case m <= months:
			from, low = m, c[m]
		case to == 0:
			to, high = m, c[m]
		}
	}
	if from == 0 && to == 0 {
		return TimePercent(months)
	}
	if from == months {
		return low
	}
	if to == 0 {
		to, high = 12, hundred
	}
	return low.Add(high.Sub(low).Mul(ledger.Int(int64(months - from))).Div(ledger.Int(int64(to - from))))
}

// stated reports whether any month of the curve was stated.
func (c timeCurve) stated() bool {
	return slices.ContainsFunc(c[:], ledger.Decimal.Valid)
}

// curveKey names the target a curve is of; the indicator in its folded form.
type curveKey struct {
	indicator, basis string
	year             int
}

type curveList map[curveKey]timeCurve

// find gives the curve of an indicator's year: on the basis itself, else one that states no basis, else the calendar's.
func (list curveList) find(indicator string, year int, basis string) timeCurve {
	key := ledger.NameKey(indicator)
	if c, ok := list[curveKey{key, basis, year}]; ok {
		return c
	}
	return list[curveKey{key, "", year}]
}

// curves reads every curve; there are few.
func (a *Analytics) curves(ctx context.Context, q Question) (curveList, error) {
	return once(ctx, partOf{"curves", ofClock(q)}, func() (curveList, error) { return a.readCurves(ctx, ofClock(q)) })
}

func (a *Analytics) readCurves(ctx context.Context, q Question) (curveList, error) {
	list := curveList{}
	err := a.each(ctx, "Indicators.Curves", q, nil, func(rows driver.Rows) error {
		var k curveKey
		var year uint16
		var c timeCurve
		into := []any{&k.indicator, &year, &k.basis}
		for m := 1; m <= 12; m++ {
			into = append(into, &c[m])
		}
		err := rows.Scan(into...)
		k.year = int(year)
		list[k] = c
		return err
	})
	return list, err
}
