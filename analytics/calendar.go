package analytics

import (
	"slices"
	"sort"
	"time"
)

// Calendar says on which days people work. The nil Calendar counts every day: inclusive calendar days.
//
// It numbers the days that count, so that a schedule adds and subtracts numbers; a day off has the number of the last day that
// counts before it.
type Calendar struct {
	days  []int64 // exceptions, as days since the epoch, ascending
	works []bool  // whether people work on that day
	sum   []int64 // working days that the exceptions up to there add (or take, below zero)
}

// CalendarDay is one exception to the week: a public holiday, or a Saturday or Sunday that is worked instead (调休).
type CalendarDay struct {
	Day   Date
	Works bool
}

// NewCalendar makes a calendar of Monday to Friday with exceptions; of two for one day the later in the list holds.
func NewCalendar(exceptions []CalendarDay) *Calendar {
	rule := map[int64]bool{}
	for _, e := range exceptions {
		if e.Day.Known() {
			rule[dayNumber(e.Day)] = e.Works
		}
	}
	c := &Calendar{}
	for day := range rule {
		c.days = append(c.days, day)
	}
	slices.Sort(c.days)
	var sum int64
	for _, day := range c.days {
		switch weekday := isWeekday(day); {
		case rule[day] && !weekday:
			sum++
		case !rule[day] && weekday:
			sum--
		}
		c.works, c.sum = append(c.works, rule[day]), append(c.sum, sum)
	}
	return c
}

// Works reports whether a day counts.
func (c *Calendar) Works(d Date) bool {
	if c == nil {
		return true
	}
	day := dayNumber(d)
	if i, found := slices.BinarySearch(c.days, day); found {
		return c.works[i]
	}
	return isWeekday(day)
}

// Between counts the days that count from one day to another, both included; 0 when the second is earlier.
func (c *Calendar) Between(from, to Date) int64 {
	if from.After(to) {
		return 0
	}
	return c.number(to) - c.number(from.Plus(-1))
}

// number gives a day its number; a day off has that of the last day that counts before it.
func (c *Calendar) number(d Date) int64 {
	day := dayNumber(d)
	if c == nil {
		return day
	}
	return c.numberOf(day)
}

// after gives the number of the day, or of the first that counts after it.
func (c *Calendar) after(d Date) int64 {
	if n := c.number(d); c.Works(d) {
		return n
	} else {
		return n + 1
	}
}

// date gives the day that has a number.
func (c *Calendar) date(number int64) Date {
	if c == nil {
		return dateNumbered(number)
	}
	// Five of seven days count but for the exceptions; from there the day is a few steps away at most.
	low := number/5*7 - int64(len(c.days)) - 8
	span := 2*(int64(len(c.days))+8)*7/5 + 16
	return dateNumbered(low + int64(sort.Search(int(span), func(i int) bool { return c.numberOf(low+int64(i)) >= number })))
}

func (c *Calendar) numberOf(day int64) int64 {
	n := weekdaysUpTo(day)
	if i, found := slices.BinarySearch(c.days, day); found {
		n += c.sum[i]
	} else if i > 0 {
		n += c.sum[i-1]
	}
	return n
}

// dayNumber counts days since 1970-01-01, a Thursday.
func dayNumber(d Date) int64 { return floorDiv(d.day.Unix(), 24*60*60) }

func dateNumbered(n int64) Date { return Date{time.Unix(n*24*60*60, 0).UTC()} }

// sinceMonday counts days since Monday 1969-12-29.
func sinceMonday(day int64) int64 { return day + 3 }

func isWeekday(day int64) bool {
	n := sinceMonday(day)
	return n-floorDiv(n, 7)*7 < 5
}

// weekdaysUpTo counts Mondays to Fridays since that Monday, the day included.
func weekdaysUpTo(day int64) int64 {
	n := sinceMonday(day) + 1
	weeks := floorDiv(n, 7)
	return weeks*5 + min(n-weeks*7, 5)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
