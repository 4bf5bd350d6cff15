package analytics

import "time"

// Date is a calendar day of an answer, a UTC midnight; the zero value is unknown: JSON null, shown as nothing.
type Date struct{ day time.Time }

// DateOf makes a Date of a day.
func DateOf(day time.Time) Date { return Date{day.UTC()} }

// dateAt makes a Date of a nullable column.
func dateAt(day *time.Time) Date {
	if day == nil {
		return Date{}
	}
	return DateOf(*day)
}

// Known reports whether there is a day.
func (d Date) Known() bool { return !d.day.IsZero() }

// Time gives the day as a UTC midnight, zero when unknown.
func (d Date) Time() time.Time { return d.day }

// String writes 2016-06-20, nothing when unknown.
func (d Date) String() string {
	if !d.Known() {
		return ""
	}
	return d.day.Format(time.DateOnly)
}

// Plus gives the day so many days later; unknown stays unknown.
func (d Date) Plus(days int) Date {
	if !d.Known() {
		return d
	}
	return Date{d.day.AddDate(0, 0, days)}
}

// Since counts the days from an earlier day to this one.
func (d Date) Since(earlier Date) int64 { return int64(d.day.Sub(earlier.day) / (24 * time.Hour)) }

// After reports whether the day is later; an unknown day is before any other.
func (d Date) After(o Date) bool { return d.day.After(o.day) }

// MarshalJSON writes "2016-06-20" or null.
func (d Date) MarshalJSON() ([]byte, error) {
	if !d.Known() {
		return []byte("null"), nil
	}
	return []byte(`"` + d.String() + `"`), nil
}

// UnmarshalJSON reads "2016-06-20" or null.
func (d *Date) UnmarshalJSON(b []byte) error {
	*d = Date{}
	if string(b) == "null" {
		return nil
	}
	day, err := time.Parse(`"`+time.DateOnly+`"`, string(b))
	if err == nil {
		d.day = day
	}
	return err
}

// cell is the day as a table holds it: time.Time or nil.
func (d Date) cell() any {
	if !d.Known() {
		return nil
	}
	return d.day
}

// epochDay is a Date while many are compared: its dayNumber, as a statement answers it. noDay is unknown and before any other.
type epochDay int32

const noDay epochDay = -1 << 31

// number gives the day to compare with.
func (d Date) number() epochDay {
	if !d.Known() {
		return noDay
	}
	return epochDay(dayNumber(d))
}

// date is the day as an answer gives it.
func (d epochDay) date() Date {
	if d == noDay {
		return Date{}
	}
	return DateOf(time.Unix(int64(d)*24*60*60, 0))
}
