package analytics

import (
	"context"

	"taizhang/ledger"
)

// investmentIndicators are the names under which a target of investment promotion is set, the first found counts.
var investmentIndicators = []string{"招商引资", "招商引资额", "招商引资到位资金", "招商引资任务"}

// InvestmentTarget is the year's target with what its own series has reached; the series is what the district counts, not the register of leads.
type InvestmentTarget struct {
	Indicator         string         `json:"indicator"` // empty without a series
	Year              int            `json:"year"`
	Target            ledger.Decimal `json:"target"`
	Reached           ledger.Decimal `json:"reached"`
	Through           string         `json:"through"`
	Unit              string         `json:"unit"`
	CompletionPercent ledger.Decimal `json:"completion_percent"`
	TimePercent       ledger.Decimal `json:"time_percent"`
	AheadPoints       ledger.Decimal `json:"ahead_points"`
	GrowthPercent     ledger.Decimal `json:"growth_percent"` // on the same months of the year before
}

// investmentTarget takes the target and its completion from the indicators, where both are worked out.
func (a *Analytics) investmentTarget(ctx context.Context, q Question) (InvestmentTarget, error) {
	t := InvestmentTarget{Year: q.YearOr()}
	ans, err := a.Indicators(ctx, q)
	if err != nil {
		return t, err
	}
	for _, name := range investmentIndicators {
		if s := ans.Find(name); s != nil {
			t.Indicator, t.Target, t.Unit, t.Through = s.Indicator, s.Target, s.Unit, s.Through
			t.CompletionPercent, t.TimePercent, t.AheadPoints = s.CompletionPercent, s.TimePercent, s.AheadPoints
			t.Reached, t.GrowthPercent = s.YearToDate, s.YearToDateGrowth
			for _, y := range s.Years {
				if y.Year == t.Year {
					t.Reached, t.GrowthPercent = y.Value, y.GrowthPercent
				}
			}
			break
		}
	}
	return t, nil
}
