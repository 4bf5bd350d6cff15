package ingest

import (
	"regexp"
	"strconv"
	"strings"
	"taizhang/internal/wording"
	"time"

	"github.com/shopspring/decimal"
)

// Date is a day, or the first and last day of a vaguer span, as UTC midnights. 6月底 and 年底前 are their one last day. Precision is
// day, ten_days, month, month_end, quarter, quarter_end, half_year, half_year_end, year or year_end.
type Date struct {
	From, To  time.Time
	Precision string
}

// IsZero reports a date that was not given.
func (d Date) IsZero() bool { return d.To.IsZero() }

// DateContext is what the sheet says beyond the cell: the year of its title for 6月29日 (0 when unknown) and its date system.
type DateContext struct {
	Year     int
	Date1904 bool
}

const (
	dateWanted = "日期（如 2016-06-29、2016年6月、6月底前）"
	realWanted = "日历上有的日期"
	yearWanted = "带年份的日期（表题没有年份）"
	firstYear  = 1900
	lastYear   = 2199
)

// ParseDate reads a date as offices write it: 2016.6.29, 16年6月, 二〇一六年六月, 6月底前, 年底, 三季度, 6月中旬, 20160629, a serial. 2015.1 is
// January 2015; a time of day is dropped. The error says whether the year is missing or the day does not exist.
func ParseDate(s string, ctx DateContext) (Date, error) {
	if y, m, d, ok := plainDay(s); ok {
		if date, ok := dayOf(y, m, d); ok {
			return date, nil
		}
		return Date{}, valueError(s, realWanted)
	}
	if len(s) > 100 {
		return Date{}, valueError(s, dateWanted)
	}
	date, wanted := readDate(dateText(s), ctx)
	if wanted != "" {
		return Date{}, valueError(s, wanted)
	}
	return date, nil
}

// FromSerial turns a date cell's number into its day; the time of day is dropped. In the 1900 system 60 is the 29 February 1900
// that never was, so ok is false for it as for numbers outside 1 to 2958465.
func FromSerial(serial decimal.Decimal, date1904 bool) (date Date, ok bool) {
	// Half a second joins 42549.9999999 to the midnight it was computed for.
	days := serial.Add(decimal.New(58, -7)).Floor()
	if days.IsNegative() || days.GreaterThan(decimal.NewFromInt(2_958_465)) {
		return Date{}, false
	}
	return fromWholeSerial(int(days.IntPart()), date1904)
}

// fromWholeSerial is FromSerial for a day without a time.
func fromWholeSerial(n int, date1904 bool) (date Date, ok bool) {
	if n < 0 || n > 2_958_465 {
		return Date{}, false
	}
	epoch := int64(-25_569) // 30 December 1899, in days from 1970
	switch {
	case date1904:
		epoch = -24_107
	case n == 0 || n == 60:
		return Date{}, false
	case n < 60:
		n++
	}
	day := time.Unix((epoch+int64(n))*24*60*60, 0).UTC()
	return Date{day, day, "day"}, day.Year() <= 9999
}

// plainDay is the fast path: year, month and day parted by one kind of -, / or dot.
func plainDay(s string) (y, m, d int, ok bool) {
	if len(s) < 8 || len(s) > 10 || s[4] != '-' && s[4] != '/' && s[4] != '.' {
		return 0, 0, 0, false
	}
	second := 6
	if s[second] != s[4] {
		second = 7
	}
	if second >= len(s)-1 || s[second] != s[4] {
		return 0, 0, 0, false
	}
	y, okY := digitsOf(s[:4])
	m, okM := digitsOf(s[5:second])
	d, okD := digitsOf(s[second+1:])
	return y, m, d, okY && okM && okD && len(s)-second <= 3
}

func digitsOf(s string) (int, bool) {
	if s == "" || len(s) > 8 {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if !isDigit(s[i]) {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

func dayOf(y, m, d int) (Date, bool) {
	if y < firstYear || y > lastYear || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return Date{}, false
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return Date{t, t, "day"}, true
}

func daysIn(y, m int) int { return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() }

// monthsOf spans whole months, first and last included.
func monthsOf(y, first, last int, precision string) (Date, bool) {
	if y < firstYear || y > lastYear || first < 1 || last > 12 || first > last {
		return Date{}, false
	}
	from := time.Date(y, time.Month(first), 1, 0, 0, 0, 0, time.UTC)
	to := time.Date(y, time.Month(last), daysIn(y, last), 0, 0, 0, 0, time.UTC)
	if strings.HasSuffix(precision, "_end") {
		from = to
	}
	return Date{from, to, precision}, true
}

var (
	timeOfDay   = regexp.MustCompile(`[T ]*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?(Z|[+-]\d{2}:?\d{2})?$`)
	chineseTime = regexp.MustCompile(`([日号])(上午|下午|中午)?(\d{1,2}[时点](\d{1,2}分?|半)?(\d{1,2}秒)?)?$`)
	weekday     = regexp.MustCompile(`[(,]?(星期|礼拜|周)[一二三四五六日天]\)?$`)
	noteAfter   = regexp.MustCompile(`\([^()\d]*\)$`)
	dateLabel   = regexp.MustCompile(`^\D{0,40}:`)
)

var (
	dateWordsBefore = []string{"截至日期", "截止日期", "截至", "截止", "数据", "预计", "计划", "暂定", "定于", "力争", "确保", "大约", "约", "拟", "于", "自", "从", "在"}
	dateWordsAfter  = []string{"以前", "之前", "前后", "左右", "为止", "以后", "之后", "到期", "完成", "竣工", "开工", "交付", "完工", "建成", "投用", "以内", "前", "止", "起", "后"}
)

// dateText folds a cell to the bare date: width, blanks, time of day, weekday, labels and words such as 前 or 预计 gone, Chinese
// numerals turned into digits.
func dateText(s string) string {
	t := strings.TrimSpace(wording.Narrow(s))
	if strings.IndexByte(t, ':') >= 0 {
		t = dateLabel.ReplaceAllString(timeOfDay.ReplaceAllString(t, ""), "")
	}
	t = strings.ReplaceAll(t, " ", "")
	if strings.HasSuffix(t, ")") || strings.ContainsAny(t, "期拜周") {
		t = noteAfter.ReplaceAllString(weekday.ReplaceAllString(t, ""), "")
	}
	for again := true; again; {
		before := len(t)
		for _, w := range dateWordsBefore {
			t = strings.TrimPrefix(t, w)
		}
		for _, w := range dateWordsAfter {
			t = strings.TrimSuffix(t, w)
		}
		t = strings.Trim(t, ".,;。、")
		again = len(t) != before
	}
	t = strings.Replace(t, "元月", "1月", 1)
	return chineseTime.ReplaceAllString(arabicDigits(t), "$1")
}

// readDate reads folded text; wanted is empty when it succeeds, else what should have stood there.
func readDate(t string, ctx DateContext) (date Date, wanted string) {
	if t == "" {
		return Date{}, dateWanted
	}
	if whole, fraction, _ := strings.Cut(t, "."); len(whole) == 5 && allDigits(whole) && (fraction == "" || allDigits(fraction)) {
		return serialText(t, ctx)
	}
	if allDigits(t) {
		return compactDate(t)
	}
	year, rest, ok := takeYear(t, ctx)
	if !ok {
		if date, wanted, numeric := numericDate(t, ctx); numeric {
			return date, wanted
		}
		year, rest = ctx.Year, t
	}
	return datePhrase(year, rest)
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func serialText(t string, ctx DateContext) (Date, string) {
	serial, err := decimal.NewFromString(t)
	if err == nil && serial.GreaterThan(decimal.NewFromInt(9999)) {
		if date, ok := FromSerial(serial, ctx.Date1904); ok && date.From.Year() <= lastYear {
			return date, ""
		}
	}
	return Date{}, dateWanted
}

// compactDate reads 20160629, 201606, 160629 and 2016.
func compactDate(t string) (Date, string) {
	n, _ := digitsOf(t)
	var date Date
	ok := false
	switch len(t) {
	case 8:
		date, ok = dayOf(n/10_000, n/100%100, n%100)
	case 6:
		if date, ok = monthsOf(n/100, n%100, n%100, "month"); !ok {
			date, ok = dayOf(fullYear(n/10_000), n/100%100, n%100)
		}
	case 4:
		date, ok = monthsOf(n, 1, 12, "year")
	default:
		return Date{}, dateWanted
	}
	return date, wantedUnless(ok)
}

func wantedUnless(ok bool) string {
	if ok {
		return ""
	}
	return realWanted
}

// fullYear gives 16 its century: up to 79 this one, from 80 the last.
func fullYear(y int) int {
	switch {
	case y < 80:
		return 2000 + y
	case y < 100:
		return 1900 + y
	}
	return y
}

var (
	writtenYear = regexp.MustCompile(`^(\d{4}|\d{2})年度?`)
	bareYear    = regexp.MustCompile(`^(\d{4}|\d{2})[-./]?(第?\d季|Q\d|q\d|上半年|下半年|年?[底末终]|全年)`)
	dottedMonth = regexp.MustCompile(`^(\d{4}|\d{2})[-./](\d{1,2}月)`)
)

var relativeYears = []struct {
	word  string
	shift int
}{{"今年", 0}, {"本年度", 0}, {"本年", 0}, {"当年", 0}, {"明年", 1}, {"次年", 1}, {"翌年", 1}, {"去年", -1}, {"上年", -1}, {"前年", -2}}

// takeYear parts the year from the rest: 2016年|6月, 2016|三季度, 16.|6月底, 明年|6月.
func takeYear(t string, ctx DateContext) (year int, rest string, ok bool) {
	if strings.Index(t, "年") >= 2 {
		if m := writtenYear.FindStringSubmatch(t); m != nil {
			y, _ := strconv.Atoi(m[1])
			return fullYear(y), t[len(m[0]):], true
		}
	}
	for _, re := range []*regexp.Regexp{bareYear, dottedMonth} {
		if m := re.FindStringSubmatchIndex(t); m != nil {
			y, _ := strconv.Atoi(t[m[2]:m[3]])
			return fullYear(y), t[m[4]:], true
		}
	}
	for _, r := range relativeYears {
		if rest, found := strings.CutPrefix(t, r.word); found && ctx.Year > 0 {
			return ctx.Year + r.shift, rest, true
		}
	}
	return 0, t, false
}
