package ledger

import "time"

// Day is a date as an office writes it: a day, or a span when only the month,
// quarter or year is given. Both ends are UTC midnights.
type Day struct {
	From, To  time.Time
	Precision string // day, month, month_end, quarter, half_year, year, year_end …
}

// DayOf makes a precise Day.
func DayOf(t time.Time) Day { return Day{From: t, To: t, Precision: "day"} }

// On gives the day that counts: a start its first, anything else its last.
func (d Day) On(edge Edge) time.Time {
	if edge == Last {
		return d.To
	}
	return d.From
}

// Months is how many months a period spans, 0 for less than one.
func (d Day) Months() int64 {
	next := d.To.AddDate(0, 0, 1)
	return int64(next.Year()-d.From.Year())*12 + int64(next.Month()) - int64(d.From.Month())
}

// Today is the calendar day of a moment in the office's time zone, as a UTC midnight.
func Today(now time.Time) time.Time {
	y, m, d := now.In(Office).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Office is the time zone days are counted in.
var Office = time.FixedZone("Asia/Shanghai", 8*3600)
