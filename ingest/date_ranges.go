package ingest

import (
	"regexp"
	"strings"
	"taizhang/internal/wording"
)

const rangeWanted = "起止日期（如 2015.3.1-2018.2.28、2013年1月1日至2015年12月31日、长期）"

var (
	openEnds  = wording.SetOf("长期", "长期有效", "长期租赁", "长期租用", "长租", "永久", "永久有效", "无固定期限", "无期限", "不定期", "不固定期限", "无限期", "至今", "今", "现在", "目前")
	startOnly = regexp.MustCompile(`^(?:自|从)?(.+?)起?(?:至今|至长期|起?长期(?:有效)?|起)$`)
	termAfter = regexp.MustCompile(`^(?:自|从)?(.+?)(?:起|开始|,|;|\()(?:租期|期限|为期|共|计|,)?(\d{1,2}|半)(年|个月|月)(半)?\)?$`)
	dashes    = regexp.MustCompile(`[－—–―─━~～〜至到]+|--+`)
	termNote  = regexp.MustCompile(`[(,](?:共|租期|期限|为期)?[\d一二两三四五六七八九十半]{1,3}(?:年|个月|月)半?\)?$`)
	doubled   = regexp.MustCompile(`起?(?:至|到)`)
)

// ParseRange reads a lease written in one cell. It runs from from.From to to.To: 2014.6-2017.5 is 1 June 2014 to 31 May 2017. open
// says that it has no end (长期, 无固定期限, 2015.3.1起); the missing end, or both, is then the zero Date.
func ParseRange(s string, ctx DateContext) (from, to Date, open bool, err error) {
	if len(s) <= 120 {
		if from, to, open, ok := readRange(s, ctx); ok {
			return from, to, open, nil
		}
	}
	return Date{}, Date{}, false, valueError(s, rangeWanted)
}

func readRange(s string, ctx DateContext) (from, to Date, open, ok bool) {
	raw := strings.TrimSpace(noteAfter.ReplaceAllString(wording.Clean(s), ""))
	t := strings.ReplaceAll(wording.Narrow(raw), " ", "")
	for _, label := range []string{"租期", "租赁期限", "租赁期", "期限", "合同期", ":"} {
		t = strings.TrimPrefix(t, label)
	}
	if openEnds[t] {
		return Date{}, Date{}, true, true
	}
	if m := startOnly.FindStringSubmatch(t); m != nil {
		if from, err := ParseDate(m[1], ctx); err == nil {
			return from, Date{}, true, true
		}
	}
	if from, to, ok := rangeOfTerm(arabicDigits(t), ctx); ok {
		return from, to, false, true
	}
	for _, cut := range rangeCuts(raw, t) {
		if from, to, open, ok = readEnds(cut[0], cut[1], ctx); ok {
			return from, to, open, true
		}
	}
	return Date{}, Date{}, false, false
}

// rangeOfTerm reads a start and a length: 2015.3.1起3年 ends the day before the third anniversary.
func rangeOfTerm(t string, ctx DateContext) (from, to Date, ok bool) {
	m := termAfter.FindStringSubmatch(t)
	if m == nil {
		return Date{}, Date{}, false
	}
	from, err := ParseDate(m[1], ctx)
	n, isNumber := digitsOf(m[2])
	if err != nil || !isNumber && m[2] != "半" {
		return Date{}, Date{}, false
	}
	months := n
	if m[3] == "年" {
		months = 12 * n
		if m[2] == "半" || m[4] == "半" {
			months += 6
		}
	}
	if months == 0 {
		return Date{}, Date{}, false
	}
	// The last day of a month stays one: 31 August and six months end with February.
	first := from.From
	y, month := first.Year(), int(first.Month())-1+months
	y, month = y+month/12, month%12+1
	end, ok := dayOf(y, month, min(first.Day(), daysIn(y, month)))
	if first.Day() <= daysIn(y, month) {
		end.From = end.From.AddDate(0, 0, -1)
	}
	return from, Date{end.From, end.From, "day"}, ok
}

// rangeCuts lists where the cell may part into two dates, likeliest first.
func rangeCuts(raw, folded string) [][2]string {
	var cuts [][2]string
	add := func(a, b string) { cuts = append(cuts, [2]string{a, b}) }
	if at := doubled.FindStringIndex(folded); at != nil {
		add(folded[:at[0]], folded[at[1]:])
	}
	if a, b, found := strings.Cut(wording.Narrow(raw), " - "); found {
		add(a, b)
	}
	// A wide dash parts the dates even when hyphens stand inside them.
	if found := dashes.FindAllStringIndex(raw, 3); len(found) == 1 {
		add(raw[:found[0][0]], raw[found[0][1]:])
	}
	parts := strings.Split(folded, "-")
	if strings.ContainsAny(folded, "./年月~") {
		for i := 1; i < len(parts); i++ {
			add(strings.Join(parts[:i], "-"), strings.Join(parts[i:], "-"))
		}
	} else if len(parts)%2 == 0 && len(parts) <= 6 {
		// With hyphens only, 2015-03-01 must not be read as the year 2015 to 1 March.
		add(strings.Join(parts[:len(parts)/2], "-"), strings.Join(parts[len(parts)/2:], "-"))
	}
	return cuts
}

func readEnds(first, second string, ctx DateContext) (from, to Date, open, ok bool) {
	first, second = strings.TrimSpace(wording.Narrow(first)), termNote.ReplaceAllString(strings.TrimSpace(wording.Narrow(second)), "")
	if first == "" {
		to, err := ParseDate(second, ctx)
		return Date{}, to, false, err == nil
	}
	from, err := ParseDate(first, ctx)
	if err != nil {
		return Date{}, Date{}, false, false
	}
	if openEnds[second] {
		return from, Date{}, true, true
	}
	// 2015年3月1日至8月31日: the end takes the year of the start, and 次年 counts from it.
	to, err = ParseDate(second, DateContext{Year: from.From.Year(), Date1904: ctx.Date1904})
	return from, to, false, err == nil && !to.To.Before(from.From)
}
