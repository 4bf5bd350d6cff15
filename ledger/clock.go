package ledger

import (
	"context"
	"strings"
	"time"

	"taizhang/internal/text"
)

// staleAfter is how old the newest day of the record may be before pages stand at that day instead of today.
const staleAfter = 45 * 24 * time.Hour

// endOfTime is later than any record time: everything known now.
var endOfTime = time.Date(2199, 12, 31, 0, 0, 0, 0, time.UTC)

// Clock is the pair of clocks every question is asked under, and the sub-district it is asked of.
type Clock struct {
	Area  string    // the sub-district whose rows are read; nobody reads those of several at once
	Asof  time.Time // effective day, a UTC midnight
	Known time.Time // record time
	// Live is true when neither clock was chosen by a person.
	Live bool
	// Stood is true when no day was chosen and the record is too old for today: pages stand at its newest day.
	Stood bool
}

// Params are the clock's values for the as-of views.
func (c Clock) Params() Params {
	return Params{"asof": c.Asof.Format(time.DateOnly), "known": MomentParam(c.Known), "area": c.Area}
}

// At is another pair of clocks over the same sub-district.
func (c Clock) At(asof, known time.Time) Clock { return Clock{Area: c.Area, Asof: asof, Known: known} }

// In is the same pair of clocks over another sub-district.
func (c Clock) In(area string) Clock {
	c.Area = area
	return c
}

// ClockAt is a pair of clocks over the ledger's sub-district.
func (l *Ledger) ClockAt(asof, known time.Time) Clock {
	return Clock{Area: l.Area(), Asof: asof, Known: known}
}

// knowingAll stands at a day by all that is known now.
func (l *Ledger) knowingAll(asof time.Time) Clock { return l.ClockAt(asof, endOfTime) }

// With adds parameters to the clock's own.
func (c Clock) With(more Params) Params {
	params := c.Params()
	for name, value := range more {
		params[name] = value
	}
	return params
}

// Clock reads ?asof= and ?known= (either may be empty). Without asof the
// question stands at today, or at the record's newest day when nothing has
// been reported for 45 days.
func (l *Ledger) Clock(ctx context.Context, asof, known string) (Clock, error) {
	clock := Clock{Area: l.Area(), Known: endOfTime, Live: asof == "" && known == ""}
	if known != "" {
		at, err := parseMoment(known)
		if err != nil {
			return Clock{}, Fail(Invalid, text.T("error.bad_time", "known", known))
		}
		clock.Known = at
	}
	if asof != "" {
		day, err := time.Parse(time.DateOnly, asof)
		if err != nil {
			return Clock{}, Fail(Invalid, text.T("error.bad_date", "asof", asof))
		}
		clock.Asof = day
		return clock, nil
	}
	clock.Asof = Today(l.Now())
	newest, err := l.newestDay(ctx, clock.Known)
	if err != nil {
		return Clock{}, err
	}
	if !newest.IsZero() && clock.Asof.Sub(newest) > staleAfter {
		clock.Asof, clock.Stood = newest, true
	}
	return clock, nil
}

// newestDay is the greatest effective day of any visible batch of the sub-district, zero when there is none.
func (l *Ledger) newestDay(ctx context.Context, known time.Time) (time.Time, error) {
	var newest *time.Time
	ctx = Bind(ctx, l.ClockAt(time.Time{}, known).Params())
	err := l.conn.QueryRow(ctx, "SELECT max(effective_to) FROM batches WHERE event = 'commit' AND batch IN ("+ofArea+") AND batch IN ("+visible+")").Scan(&newest)
	if err != nil || newest == nil {
		return time.Time{}, err
	}
	return *newest, nil
}

// parseMoment reads a record time; without a zone it is the office's.
func parseMoment(s string) (time.Time, error) {
	s = strings.Replace(s, " ", "T", 1)
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return t, nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05.999", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, s, Office); err == nil {
			if layout == time.DateOnly {
				return t.AddDate(0, 0, 1).Add(-time.Millisecond), nil
			}
			return t, nil
		}
	}
	return time.Time{}, errBadMoment
}

type momentError struct{}

func (momentError) Error() string { return "not a moment" }

var errBadMoment = momentError{}

// MomentParam writes a record time, UTC to the millisecond, as a statement's parameter takes it.
func MomentParam(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05.000") }
