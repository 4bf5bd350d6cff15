package analytics

import (
	"errors"

	"taizhang/internal/text"
)

// Key is the key of the node's row in the record.
func (n PlanNode) Key() string { return n.key }

// expected is when a node was or will be finished: in fact, else by forecast, else by plan.
func (n PlanNode) expected() Date {
	switch {
	case n.ActualFinish.Known():
		return n.ActualFinish
	case n.Forecast.Known():
		return n.Forecast
	}
	return n.PlanFinish
}

// daysLate is (actual, else the later of today and the forecast) - plan. An open node
// without a forecast is expected by its plan, so before that day it is 0 days late.
func (n PlanNode) daysLate(asof Date) *int64 {
	if !n.PlanFinish.Known() {
		return nil
	}
	end := n.expected()
	if n.Open && asof.After(end) {
		end = asof
	}
	days := end.Since(n.PlanFinish)
	return &days
}

// nodeColor is the worse of rules 3 and 4 for one node; an open node without any of both is grey.
func (t Thresholds) nodeColor(n PlanNode) Color {
	colors := []Color{}
	if n.DaysLate != nil {
		colors = append(colors, t.lateColor(*n.DaysLate))
	}
	if n.TotalFloat != nil && n.Open {
		colors = append(colors, t.floatColor(*n.TotalFloat))
	}
	for _, color := range severity {
		for _, c := range colors {
			if c == color {
				return c
			}
		}
	}
	return Grey
}

// planMessage is the sentence of an error of BackSchedule.
func planMessage(err error) text.Message {
	var p *PlanError
	if errors.As(err, &p) {
		return p.Message
	}
	return text.T("error.internal")
}
