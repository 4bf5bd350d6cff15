package analytics

import (
	"context"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
)

// Override is a light set by hand: by whom, why, and until which day; then the rules decide again.
type Override struct {
	Color    Color  `json:"color"`
	Reason   string `json:"reason"`
	Person   string `json:"person"`
	From     Date   `json:"from"`
	Until    Date   `json:"until"`     // the last day
	DaysLeft int64  `json:"days_left"` // after today
}

// overrideColors are the lights as forms and sheets name them.
var overrideColors = map[string]Color{"红灯": Red, "黄灯": Yellow, "绿灯": Green, "灰灯": Grey, "红": Red, "黄": Yellow, "绿": Green, "灰": Grey}

// overrides reads the decisions in force on the day, by folded name of the project.
func (a *Analytics) overrides(ctx context.Context, q Question) (map[string]Override, error) {
	t, asof := a.thresholds(), DateOf(q.Clock.Asof)
	all := map[string]Override{}
	err := a.each(ctx, "Projects.Overrides", q, nil, func(rows driver.Rows) error {
		var project, light string
		var o Override
		var from, until *time.Time
		if err := rows.Scan(&project, &light, &o.Reason, &o.Person, &from, &until); err != nil {
			return err
		}
		o.Color, o.From, o.Until = overrideColors[strings.TrimSpace(light)], dateAt(from), dateAt(until)
		if t.inForce(&o, asof) {
			all[project] = o
		}
		return nil
	})
	return all, err
}

// inForce reports whether a decision holds on a day: it says colour, reason, person and end, and its term is not over. A term
// longer than the limit is cut to it.
func (t Thresholds) inForce(o *Override, day Date) bool {
	if o.Color == "" || o.Reason == "" || o.Person == "" || !o.From.Known() || !o.Until.After(o.From) {
		return false
	}
	if last := o.From.Plus(int(t.OverrideDays)); o.Until.After(last) {
		o.Until = last
	}
	o.DaysLeft = o.Until.Since(day)
	return !o.From.After(day) && o.DaysLeft >= 0
}

// setBy puts a light set by hand over the computed one, which stays beside it.
func (l Light) setBy(o Override) Light {
	l.Color, l.Override = o.Color, &o
	return l
}

// why says the decision in one line, with the colour that the rules give.
func (o *Override) why(computed Color) text.Message {
	return text.T("status.override", o.Reason, o.Person, o.Until.String(), text.T("page.light."+string(computed)))
}
