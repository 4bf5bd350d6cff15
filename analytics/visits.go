package analytics

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// SiteVisit is one visit of a leader to a project.
type SiteVisit struct {
	Date    Date   `json:"date"`
	Leader  string `json:"leader"`
	Project string `json:"project"`
	Minutes *int64 `json:"minutes"`
	Found   string `json:"found"`
}

// visits reads visits, newest first.
func (a *Analytics) visits(ctx context.Context, name string, q Question, more ledger.Params) ([]SiteVisit, error) {
	list := []SiteVisit{}
	err := a.each(ctx, name, q, more, func(rows driver.Rows) error {
		var v SiteVisit
		var day time.Time
		if err := rows.Scan(&day, &v.Leader, &v.Project, &v.Minutes, &v.Found); err != nil {
			return err
		}
		v.Date = DateOf(day)
		list = append(list, v)
		return nil
	})
	return list, err
}

// VisitTotals sums a leader's visits up to the day.
type VisitTotals struct {
	Visits    int   `json:"visits"`
	Minutes   int64 `json:"visit_minutes"`
	HourDays  int   `json:"hour_days"` // days with at least an hour of visits
	LastVisit Date  `json:"last_visit"`
}

// visitTotals sums visits of one leader; hour is how many minutes a day are asked for.
func visitTotals(visits []SiteVisit, hour int64) VisitTotals {
	var t VisitTotals
	days := map[Date]int64{}
	for _, v := range visits {
		t.Visits++
		if v.Minutes != nil {
			t.Minutes += *v.Minutes
			days[v.Date] += *v.Minutes
		}
		if v.Date.After(t.LastVisit) {
			t.LastVisit = v.Date
		}
	}
	for _, minutes := range days {
		if minutes >= hour {
			t.HourDays++
		}
	}
	return t
}
