package ingest

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	numericParts  = regexp.MustCompile(`^(\d{1,4})[-./](\d{1,2})(?:[-./](\d{1,4}))?[日号]?$`)
	monthPhrase   = regexp.MustCompile(`^(\d{1,2})月份?(.*)$`)
	dayPhrase     = regexp.MustCompile(`^(\d{1,2})[日号]?$`)
	quarterPhrase = regexp.MustCompile(`^(?:第?([1-4])季度?|[Qq]([1-4]))(末|底|内)?$`)
	halfPhrase    = regexp.MustCompile(`^(上|下)半年(末|底|内)?$`)
)

// numericDate reads parts joined by - / or dots: 16.6.29, 2016.6, 6.29 of the title's year, and 29/6/2016 when only one order fits.
func numericDate(t string, ctx DateContext) (date Date, wanted string, numeric bool) {
	m := numericParts.FindStringSubmatch(t)
	if m == nil {
		return Date{}, "", false
	}
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[2])
	c, _ := strconv.Atoi(m[3])
	ok := false
	switch {
	case m[3] != "" && len(m[3]) == 4:
		date, ok = dayLast(a, b, c)
		if !ok && a <= 12 && b <= 12 {
			return Date{}, "年在前的日期（月和日的次序不明）", true
		}
	case m[3] != "":
		date, ok = dayOf(fullYear(a), b, c)
	case len(m[1]) == 4 || a > 12 && len(m[1]) == 2:
		date, ok = monthsOf(fullYear(a), b, b, "month")
	case len(m[1]) > 2:
	case ctx.Year == 0:
		return Date{}, yearWanted, true
	default:
		date, ok = dayOf(ctx.Year, a, b)
	}
	return date, wantedUnless(ok), true
}

// dayLast reads 29/6/2016 or 6/29/2016; 6/7/2016 fits both orders and is refused unless they agree.
func dayLast(a, b, year int) (Date, bool) {
	dayFirst, okDay := dayOf(year, b, a)
	monthFirst, okMonth := dayOf(year, a, b)
	switch {
	case okDay && okMonth:
		return dayFirst, a == b
	case okDay:
		return dayFirst, true
	}
	return monthFirst, okMonth
}

// datePhrase reads what follows the year: nothing, 底, 上半年, 三季度, 6月 and the rest of it, 6.29.
func datePhrase(year int, rest string) (Date, string) {
	shape, read := phraseShape(strings.TrimPrefix(rest, "年"))
	if !read || rest == "" && year == 0 {
		return Date{}, dateWanted
	}
	if year == 0 {
		return Date{}, yearWanted
	}
	date, ok := shape(year)
	return date, wantedUnless(ok)
}

func phraseShape(rest string) (func(year int) (Date, bool), bool) {
	months := func(first, last int, precision string) func(int) (Date, bool) {
		return func(year int) (Date, bool) { return monthsOf(year, first, last, precision) }
	}
	switch rest {
	case "", "全年":
		return months(1, 12, "year"), true
	case "底", "末", "终", "内", "度末", "度内", "底内":
		return months(1, 12, "year_end"), true
	case "初":
		return months(1, 1, "month"), true
	case "中":
		return months(1, 6, "half_year_end"), true
	}
	if m := halfPhrase.FindStringSubmatch(rest); m != nil {
		first := 1
		if m[1] == "下" {
			first = 7
		}
		return months(first, first+5, endOf("half_year", m[2])), true
	}
	if m := quarterPhrase.FindStringSubmatch(rest); m != nil {
		q, _ := strconv.Atoi(m[1] + m[2])
		return months(3*q-2, 3*q, endOf("quarter", m[3])), true
	}
	if m := monthPhrase.FindStringSubmatch(rest); m != nil {
		month, _ := strconv.Atoi(m[1])
		return monthShape(month, m[2])
	}
	if month, ok := digitsOf(rest); ok && len(rest) <= 2 {
		return months(month, month, "month"), true
	}
	if m := numericParts.FindStringSubmatch(rest); m != nil && m[3] == "" && len(m[1]) <= 2 {
		month, _ := strconv.Atoi(m[1])
		return monthShape(month, m[2])
	}
	return nil, false
}

func endOf(precision, word string) string {
	if word != "" {
		return precision + "_end"
	}
	return precision
}

// monthShape reads what follows the month: 底, 上旬, 29日.
func monthShape(month int, rest string) (func(year int) (Date, bool), bool) {
	first, last := 0, 0
	switch rest {
	case "", "内":
		return func(year int) (Date, bool) { return monthsOf(year, month, month, "month") }, true
	case "底", "末", "月底", "终", "尾", "底内":
		return func(year int) (Date, bool) { return monthsOf(year, month, month, "month_end") }, true
	case "上旬", "初":
		first, last = 1, 10
	case "中旬", "中":
		first, last = 11, 20
	case "下旬":
		first, last = 21, 31
	}
	if first > 0 {
		return func(year int) (Date, bool) { return tenDays(year, month, first, last) }, true
	}
	m := dayPhrase.FindStringSubmatch(rest)
	if m == nil {
		return nil, false
	}
	day, _ := strconv.Atoi(m[1])
	return func(year int) (Date, bool) { return dayOf(year, month, day) }, true
}

func tenDays(year, month, first, last int) (Date, bool) {
	from, ok := dayOf(year, month, first)
	if !ok {
		return Date{}, false
	}
	to, ok := dayOf(year, month, min(last, daysIn(year, month)))
	return Date{from.From, to.To, "ten_days"}, ok
}
