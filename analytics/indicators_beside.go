package analytics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// target is what an indicator is to reach in a year.
type target struct {
	indicator, basis, unit, scope string
	year                          int
	value                         ledger.Decimal
}

type targetList []target

// targets reads every target; there are few.
func (a *Analytics) targets(ctx context.Context, q Question) (targetList, error) {
	return once(ctx, partOf{"targets", ofClock(q)}, func() (targetList, error) { return a.readTargets(ctx, ofClock(q)) })
}

func (a *Analytics) readTargets(ctx context.Context, q Question) (targetList, error) {
	list := targetList{}
	err := a.each(ctx, "Indicators.Targets", q, nil, func(rows driver.Rows) error {
		var t target
		var year uint16
		err := rows.Scan(&t.indicator, &year, &t.basis, &t.unit, &t.scope, &t.value)
		t.year = int(year)
		list = append(list, t)
		return err
	})
	return list, err
}

// find gives the target of an indicator's year in a unit: on the basis itself, else one that states no basis. A target
// of the whole area is meant; that of a part only stands in when it is the only one.
func (list targetList) find(indicator string, year int, basis, unit string) ledger.Decimal {
	key := ledger.NameKey(indicator)
	for _, want := range []string{basis, ""} {
		found := targetList{}
		for _, t := range list {
			if t.indicator == key && t.year == year && t.basis == want && (t.unit == unit || t.unit == "") {
				found = append(found, t)
			}
		}
		if len(found) == 1 || len(found) > 1 && found[0].scope == "" {
			return found[0].value
		}
	}
	return ledger.Null
}

// ranks reads the places by indicator key, years ascending.
func (a *Analytics) ranks(ctx context.Context, q Question) (map[string][]IndicatorRank, error) {
	return once(ctx, partOf{"ranks", ofClock(q)}, func() (map[string][]IndicatorRank, error) { return a.readRanks(ctx, ofClock(q)) })
}

func (a *Analytics) readRanks(ctx context.Context, q Question) (map[string][]IndicatorRank, error) {
	list := map[string][]IndicatorRank{}
	err := a.each(ctx, "Indicators.Ranks", q, nil, func(rows driver.Rows) error {
		var key string
		var year uint16
		var r IndicatorRank
		err := rows.Scan(&key, &year, &r.Rank, &r.Population)
		r.Year = int(year)
		list[key] = append(list[key], r)
		return err
	})
	return list, err
}
