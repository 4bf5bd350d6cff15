package analytics

import (
	"context"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// alertSources are the datasets alerts are read from.
var alertSources = []string{"tax", "buildings", "tenants", "resettlement", "milestones", "projects", "baselines", "progress", "visits", "investment", "acknowledgements",
	"grids", "grid_owners", "patrols", "enforcement", "enforcement_rules", "cases", "calendar"}

// cadence says which datasets are watched for new rows, and which of them are reported every week; the others are every month.
var cadence = []struct {
	dataset string
	weekly  bool
}{{"progress", true}, {"visits", true}, {"tax", false}, {"investment", false}, {"resettlement", false}, {"tenants", false}, {"buildings", false}}

// Alerts answers which figures crossed their threshold, from the answers that the pages of those figures show.
func (a *Analytics) Alerts(ctx context.Context, q Question) (*AlertsAnswer, error) {
	ctx = Asking(ctx)
	w := a.newWatch(q)
	basis := ""
	if err := a.newestRows(ctx, q, w); err != nil {
		return nil, err
	}
	var acks map[string]*Acknowledgement
	err := w.together(
		func(w *watch) error {
			tax, err := a.taxPayers(ctx, q.whole())
			if err == nil {
				basis = tax.Stamp.Basis
				w.tax(tax)
			}
			return err
		},
		func(w *watch) error { return a.watchBuildings(ctx, q, w) },
		func(w *watch) error { return a.watchLeases(ctx, q, w) },
		func(w *watch) error {
			p, err := a.portfolio(ctx, q)
			if err == nil {
				w.milestones(p.plans)
			}
			return err
		},
		func(w *watch) error {
			housing, err := a.Resettlement(ctx, q)
			if err == nil {
				w.deliveries(housing)
			}
			return err
		},
		func(w *watch) error { return a.watchStreet(ctx, q, w) },
		func(*watch) (err error) { acks, err = a.acknowledgements(ctx, q); return err },
	)
	if err != nil {
		return nil, err
	}
	ans := &AlertsAnswer{AckDays: w.rules.AcknowledgeDays}
	ans.settle(w.list, acks, w.rules, w.today)
	ans.Stamp, err = a.stamp(ctx, q, basis, alertSources...)
	return ans, err
}

// watch collects alerts of one day.
type watch struct {
	rules  Thresholds
	today  Date
	newest map[string]Date // by dataset
	list   []Alert
}

func (a *Analytics) newWatch(q Question) *watch {
	return &watch{rules: a.thresholds(), today: DateOf(q.Clock.Asof), newest: map[string]Date{}}
}

// add keeps an alert under an ID made of its kind and what names its subject.
func (w *watch) add(a Alert, names ...string) {
	a.ID = string(a.Kind) + ":" + strings.Join(names, "/")
	w.list = append(w.list, a)
}

// together lets several look side by side and keeps what they raise in the order they are given.
func (w *watch) together(looks ...func(*watch) error) error {
	own, asks := make([]watch, len(looks)), make([]func() error, len(looks))
	for i, look := range looks {
		own[i] = *w
		own[i].list = nil
		asks[i] = func() error { return look(&own[i]) }
	}
	err := together(asks...)
	for _, o := range own {
		w.list = append(w.list, o.list...)
	}
	return err
}

// newestRows reads up to which day the watched datasets reach, and raises those that lag.
func (a *Analytics) newestRows(ctx context.Context, q Question, w *watch) error {
	err := a.each(ctx, "Alerts.Newest", q, nil, func(rows driver.Rows) error {
		var dataset string
		var newest time.Time
		err := rows.Scan(&dataset, &newest)
		w.newest[dataset] = DateOf(newest)
		return err
	})
	for _, c := range cadence {
		w.stale(c.dataset, c.weekly)
	}
	return err
}

func (w *watch) stale(dataset string, weekly bool) {
	newest, limit := w.newest[dataset], w.rules.MonthlyStale
	if weekly {
		limit = w.rules.WeeklyStale
	}
	days := w.today.Since(newest)
	if !newest.Known() || days < limit {
		return
	}
	a := Alert{Kind: DataStale, Severity: Yellow, Subject: dataset, Figure: ledger.Int(days), Limit: ledger.Int(limit), Unit: "days",
		Since: newest.Plus(int(limit)), Dataset: dataset}
	if days >= 2*limit {
		a.Severity, a.Limit = Red, ledger.Int(2*limit)
	}
	if d, err := ledger.Find(dataset); err == nil {
		a.What = d.Zh
	}
	a.Message = text.T("alert.says.data_stale", newest.String(), days, a.Limit.String())
	w.add(a, dataset)
}

// acknowledgements are the last ones by folded ID of the alert.
func (a *Analytics) acknowledgements(ctx context.Context, q Question) (map[string]*Acknowledgement, error) {
	all := map[string]*Acknowledgement{}
	err := a.each(ctx, "Alerts.Acknowledged", q, nil, func(rows driver.Rows) error {
		var k Acknowledgement
		var alert, severity string
		var from, until nullDay
		err := rows.Scan(&k.Key, &alert, &k.Figure, &severity, &k.Reason, &k.Person, &from, &until, &k.Version)
		k.From, k.Until, k.Severity = dateAt(from), dateAt(until), Yellow
		if severity == AckSeverity(Red) {
			k.Severity = Red
		}
		all[ledger.NameKey(alert)] = &k
		return err
	})
	return all, err
}

// AckSeverity is a severity as the record of acknowledgements writes it.
func AckSeverity(c Color) string {
	severity, _ := ledger.Acknowledgements.Field("severity")
	if c == Red {
		return severity.Allowed[0]
	}
	return severity.Allowed[1]
}
