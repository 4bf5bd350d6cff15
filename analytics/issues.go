package analytics

import (
	"context"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// IssueLine is one issue of a project's issue ledger (问题台账) as the day stands.
type IssueLine struct {
	Key         string `json:"key"`
	Number      string `json:"number"`
	Issue       string `json:"issue"`
	Kind        string `json:"kind"`
	Section     string `json:"section"`
	Owner       string `json:"owner"`
	Measure     string `json:"measure"`
	FoundOn     Date   `json:"found_on"`
	Due         Date   `json:"due"`
	Status      string `json:"status"`
	ResolvedOn  Date   `json:"resolved_on"`
	Closed      bool   `json:"closed"`
	DaysOverdue int64  `json:"overdue_days"` // of an open one; 0 when not yet due
}

// resolvedStatus is the status of an issue that is settled.
const resolvedStatus = "已解决"

// issues reads the issues of one project, open ones first.
func (a *Analytics) issues(ctx context.Context, q Question, project string) ([]IssueLine, error) {
	list, asof := []IssueLine{}, DateOf(q.Clock.Asof)
	err := a.each(ctx, "Project.Issues", q, ledger.Params{"project": project}, func(rows driver.Rows) error {
		var l IssueLine
		var found, due, resolved *time.Time
		if err := rows.Scan(&l.Key, &l.Number, &l.Issue, &l.Kind, &l.Section, &l.Owner, &l.Measure, &found, &due, &l.Status, &resolved); err != nil {
			return err
		}
		l.FoundOn, l.Due, l.ResolvedOn = dateAt(found), dateAt(due), dateAt(resolved)
		l.settle(asof)
		list = append(list, l)
		return nil
	})
	slices.SortStableFunc(list, func(x, y IssueLine) int { return compareBool(x.Closed, y.Closed) })
	return list, err
}

// settle decides whether the issue is settled on a day, and how many days it is overdue. A sheet may say either the day or the status.
func (l *IssueLine) settle(asof Date) {
	l.Closed = l.ResolvedOn.Known() && !l.ResolvedOn.After(asof) || !l.ResolvedOn.Known() && l.Status == resolvedStatus
	if !l.Closed && l.Due.Known() && asof.After(l.Due) {
		l.DaysOverdue = asof.Since(l.Due)
	}
}
