package analytics

import (
	"math/rand/v2"
	"testing"
)

// dragonBoat2016 is the holiday of June 2016: off from Thursday the 9th to Saturday the 11th, worked on Sunday the 12th.
func dragonBoat2016(t testing.TB) *Calendar {
	return NewCalendar([]CalendarDay{
		{day(t, "2016-06-09"), false}, {day(t, "2016-06-10"), false}, {day(t, "2016-06-11"), false}, {day(t, "2016-06-12"), true},
	})
}

func TestWorkingDaysOfJune2016(t *testing.T) {
	c := dragonBoat2016(t)
	for d, works := range map[string]bool{"2016-06-03": true, "2016-06-04": false, "2016-06-05": false, "2016-06-08": true, "2016-06-09": false,
		"2016-06-10": false, "2016-06-11": false, "2016-06-12": true, "2016-06-13": true, "2016-06-18": false} {
		if c.Works(day(t, d)) != works {
			t.Errorf("%s works: %v", d, !works)
		}
	}
	// 22 weekdays, two of them off, one Sunday worked.
	if n := c.Between(day(t, "2016-06-01"), day(t, "2016-06-30")); n != 21 {
		t.Errorf("June 2016 has %d working days, want 21", n)
	}
	if n := c.Between(day(t, "2016-06-09"), day(t, "2016-06-11")); n != 0 {
		t.Errorf("the holiday has %d working days", n)
	}
	if n := (*Calendar)(nil).Between(day(t, "2016-06-01"), day(t, "2016-06-30")); n != 30 {
		t.Errorf("June has %d calendar days", n)
	}
	if d := c.date(c.number(day(t, "2016-06-11")) + 1); d.String() != "2016-06-12" {
		t.Errorf("the first working day after the 11th is %s", d)
	}
}

func TestNumbersOfDaysGoThereAndBack(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 3))
		var rules []CalendarDay
		start := day(t, "1965-01-01").Plus(r.IntN(30_000))
		for range r.IntN(80) {
			rules = append(rules, CalendarDay{start.Plus(r.IntN(100)), r.IntN(2) == 0})
		}
		for _, c := range []*Calendar{nil, NewCalendar(rules)} {
			last := c.number(start.Plus(-10))
			for i := -9; i < 120; i++ {
				d := start.Plus(i)
				n := c.number(d)
				if c.Works(d) != (n == last+1) || n < last || n > last+1 {
					t.Fatalf("seed %d: %s works %v and has number %d after %d", seed, d, c.Works(d), n, last)
				}
				if c.Works(d) && c.date(n) != d {
					t.Fatalf("seed %d: number %d of %s is the day %s", seed, n, d, c.date(n))
				}
				if up := c.date(c.after(d)); up.day.Before(d.day) || !c.Works(up) {
					t.Fatalf("seed %d: the first working day from %s on is %s", seed, d, up)
				}
				last = n
			}
		}
	}
}

// Days that statements answer as numbers are those days, before 1970 and unknown ones included.
func TestDaysOfStatementsAreDates(t *testing.T) {
	for n, want := range map[epochDay]string{0: "1970-01-01", -1: "1969-12-31", 16_952: "2016-05-31", -25_567: "1900-01-01", noDay: ""} {
		if d := n.date(); d.String() != want || d.number() != n {
			t.Errorf("%d is %s and %s is %d, want %q", n, d, d, d.number(), want)
		}
	}
}
