package ingest

import (
	"regexp"
	"strconv"
	"strings"
	"taizhang/internal/wording"
	"time"
)

// Period is the months a header or cell names. Year is 0 when neither it nor the title says. Kind is month, range, quarter, half
// or year; Cumulative marks a range written from January (1-5月), so a half or a year is not.
type Period struct {
	Year               int
	FromMonth, ToMonth int
	Cumulative         bool
	Kind               string
}

// Days gives the first and last day of the period; ok is false while the year is unknown.
func (p Period) Days() (first, last time.Time, ok bool) {
	d, ok := monthsOf(p.Year, p.FromMonth, p.ToMonth, "month")
	return d.From, d.To, ok
}

const periodWanted = "月份或时段（如 2016年1月、1-5月、二季度、上半年、2015年）"

var (
	periodMonth    = regexp.MustCompile(`^(\d{1,2})月份?$`)
	periodRange    = regexp.MustCompile(`^(\d{1,2})(?:月份?)?(?:-+|~|至|到)(\d{1,2})月份?$`)
	periodQuarters = regexp.MustCompile(`^第?([1-4])(?:季度?)?(?:-+|~|至|到)第?([1-4])季度?$`)
	periodFirst    = regexp.MustCompile(`^前(\d{1,2})(?:个月|月)$`)
	periodQuarter1 = regexp.MustCompile(`^前([1-4])个?季度$`)
	periodNumeric  = regexp.MustCompile(`^(\d{4})[-./](\d{1,2})(?:月份?)?(?:[-./](\d{1,2})日?)?$`)
	periodSpan     = regexp.MustCompile(`^(\d{4})[-./年](\d{1,2})月?(?:-+|~|至|到)(?:(\d{4})[-./年])?(\d{1,2})月份?$`)
	periodCompact  = regexp.MustCompile(`^(\d{4})(\d{2})(?:(?:-+|~|至|到)(\d{4})?(\d{2}))?$`)
	periodYear     = regexp.MustCompile(`^(\d{4})(?:年度?)?$`)
	planYear       = regexp.MustCompile(`^"?(十|十一|十二|十三|十四|十五)五"?(?:期|规划)?末$`)
)

// ParsePeriod reads month headers and period cells: 1月, 2016.1, 201601, 1-5月, 1至5月, 2016年1-2月, 二季度, Q1, 上半年, 全年, 2015年度,
// 十二五末. A target (2016年目标), a sum (全年合计) and a bare 1 are no periods.
func ParsePeriod(s string, ctx DateContext) (Period, error) {
	if len(s) <= 60 {
		if p, ok := readPeriod(s, ctx); ok {
			return p, nil
		}
	}
	return Period{}, valueError(s, periodWanted)
}

func readPeriod(s string, ctx DateContext) (Period, bool) {
	t := strings.ReplaceAll(strings.TrimSpace(wording.Narrow(s)), " ", "")
	if m := planYear.FindStringSubmatch(t); m != nil {
		plan, ok := numeralWhole(m[1])
		return Period{Year: 1955 + 5*int(plan), FromMonth: 1, ToMonth: 12, Kind: "year"}, ok
	}
	if strings.IndexByte(t, ':') >= 0 {
		t = timeOfDay.ReplaceAllString(strings.TrimSpace(wording.Narrow(s)), "")
	}
	cumulative := strings.Contains(t, "累计")
	for _, w := range []string{"累计完成", "累计实现", "累计", "实际完成", "完成", "实际", "实绩"} {
		t = strings.TrimSuffix(strings.TrimPrefix(t, "累计"), w)
	}
	t = arabicDigits(strings.Replace(t, "元月", "1月", 1))
	p, ok := fullPeriod(t)
	if !ok {
		year, rest, found := takeYear(t, ctx)
		if !found {
			year, rest = ctx.Year, t
		}
		p, ok = monthsPeriod(year, strings.TrimLeft(rest, "-./"))
	}
	if !ok || p.FromMonth < 1 || p.ToMonth > 12 || p.FromMonth > p.ToMonth || p.Year != 0 && (p.Year < firstYear || p.Year > lastYear) {
		return Period{}, false
	}
	if p.Kind == "range" && p.FromMonth == p.ToMonth {
		p.Kind = "month"
	}
	p.Cumulative = p.ToMonth > p.FromMonth && p.FromMonth == 1 && (p.Kind == "range" || cumulative)
	return p, true
}

// fullPeriod reads the forms that carry their year in figures.
func fullPeriod(t string) (Period, bool) {
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	if m := periodYear.FindStringSubmatch(t); m != nil {
		return Period{Year: number(m[1]), FromMonth: 1, ToMonth: 12, Kind: "year"}, true
	}
	if m := periodNumeric.FindStringSubmatch(t); m != nil {
		p := Period{Year: number(m[1]), FromMonth: number(m[2]), ToMonth: number(m[2]), Kind: "month"}
		if m[3] == "" || p.FromMonth < 1 || p.FromMonth > 12 {
			return p, true
		}
		// 2016.1-5 is a range; a full date names its month only from its first or last day.
		day := number(m[3])
		if strings.Count(t, ".") == 1 && strings.Count(t, "-") == 1 {
			p.ToMonth, p.Kind = day, "range"
			return p, true
		}
		return p, day == 1 || day == daysIn(p.Year, p.FromMonth)
	}
	if m := periodCompact.FindStringSubmatch(t); m != nil {
		p := Period{Year: number(m[1]), FromMonth: number(m[2]), ToMonth: number(m[2]), Kind: "month"}
		if m[4] != "" {
			p.ToMonth, p.Kind = number(m[4]), "range"
		}
		return p, m[3] == "" || m[3] == m[1]
	}
	if day, ok := digitsOf(t); ok && len(t) == 8 {
		p := Period{Year: day / 10_000, FromMonth: day / 100 % 100, ToMonth: day / 100 % 100, Kind: "month"}
		return p, p.FromMonth >= 1 && p.FromMonth <= 12 && (day%100 == 1 || day%100 == daysIn(p.Year, p.FromMonth))
	}
	if m := periodSpan.FindStringSubmatch(t); m != nil {
		return Period{Year: number(m[1]), FromMonth: number(m[2]), ToMonth: number(m[4]), Kind: "range"}, m[3] == "" || m[3] == m[1]
	}
	return Period{}, false
}

// monthsPeriod reads what follows the year.
func monthsPeriod(year int, t string) (Period, bool) {
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	p := Period{Year: year, FromMonth: 1}
	switch t {
	case "", "全年", "全年度", "年度", "度":
		p.ToMonth, p.Kind = 12, "year"
		return p, t != "" && t != "年度" && t != "度" || year != 0
	case "上半年":
		p.ToMonth, p.Kind = 6, "half"
		return p, true
	case "下半年":
		p.FromMonth, p.ToMonth, p.Kind = 7, 12, "half"
		return p, true
	}
	if m := periodMonth.FindStringSubmatch(t); m != nil {
		p.FromMonth, p.ToMonth, p.Kind = number(m[1]), number(m[1]), "month"
		return p, true
	}
	if m := periodRange.FindStringSubmatch(t); m != nil {
		p.FromMonth, p.ToMonth, p.Kind = number(m[1]), number(m[2]), "range"
		return p, true
	}
	if m := quarterPhrase.FindStringSubmatch(t); m != nil && m[3] == "" {
		q := number(m[1] + m[2])
		p.FromMonth, p.ToMonth, p.Kind = 3*q-2, 3*q, "quarter"
		return p, true
	}
	if m := periodQuarters.FindStringSubmatch(t); m != nil {
		p.FromMonth, p.ToMonth, p.Kind = 3*number(m[1])-2, 3*number(m[2]), "range"
		return p, true
	}
	if m := periodFirst.FindStringSubmatch(t); m != nil {
		p.ToMonth, p.Kind = number(m[1]), "range"
		return p, true
	}
	if m := periodQuarter1.FindStringSubmatch(t); m != nil {
		p.ToMonth, p.Kind = 3*number(m[1]), "range"
		return p, true
	}
	if n, ok := digitsOf(t); ok && year != 0 && len(t) <= 2 {
		p.FromMonth, p.ToMonth, p.Kind = n, n, "month"
		return p, true
	}
	return Period{}, false
}
