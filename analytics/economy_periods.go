package analytics

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

// monthName writes 2016-05; nothing for month 0.
func monthName(year, m int) string {
	if m == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", year, m)
}

// dayOfMonth is the first day of 2016-05, zero when it is no month.
func dayOfMonth(month string) time.Time {
	day, _ := time.Parse("2006-01", month)
	return day
}

// yearBefore is the same month of the year before.
func yearBefore(month string) string { return dayOfMonth(month).AddDate(-1, 0, 0).Format("2006-01") }

// completeMonth is the last month that is over on a day, of those up to a month.
func completeMonth(year, through int, asof time.Time) int {
	for through > 0 && time.Date(year, time.Month(through)+1, 0, 0, 0, 0, 0, time.UTC).After(asof) {
		through--
	}
	return through
}

// chineseOrdinal writes 1 to 99 in Chinese numerals, as plan periods are counted.
func chineseOrdinal(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	if n < 1 || n > 99 {
		return fmt.Sprint(n)
	}
	tens := ""
	if n >= 10 {
		tens = "十"
	}
	if n >= 20 {
		tens = digits[n/10] + "十"
	}
	return tens + digits[n%10]
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// nullDay receives a nullable day.
type nullDay = *time.Time

// monthOf is the month of a day.
func monthOf(day time.Time) string { return day.Format("2006-01") }
