package ingest

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

var numeralDigits = map[rune]int64{
	'零': 0, '〇': 0, '○': 0, '◯': 0, '一': 1, '壹': 1, '二': 2, '贰': 2, '貳': 2, '两': 2, '兩': 2, '三': 3, '叁': 3, '参': 3,
	'四': 4, '肆': 4, '五': 5, '伍': 5, '六': 6, '陆': 6, '陸': 6, '七': 7, '柒': 7, '八': 8, '捌': 8, '九': 9, '玖': 9,
}

var numeralUnits = map[rune]int64{'十': 10, '拾': 10, '廿': 20, '卅': 30, '百': 100, '佰': 100, '千': 1000, '仟': 1000}

// ParseChineseNumeral reads 一百二十, 二千万, 三点五, 二〇一六, 壹佰; a bare 百, 千, 万 or 亿 is no number.
func ParseChineseNumeral(s string) (decimal.Decimal, bool) {
	s = strings.NewReplacer("萬", "万", "億", "亿").Replace(s)
	whole, fraction, hasPoint := strings.Cut(s, "点")
	total, ok := numeralWhole(whole)
	if !ok || hasPoint && fraction == "" {
		return decimal.Zero, false
	}
	value := decimal.NewFromInt(total)
	if hasPoint {
		digits, ok := numeralPositional(fraction)
		if !ok {
			return decimal.Zero, false
		}
		value = value.Add(decimal.New(digits, -int32(utf8.RuneCountInString(fraction))))
	}
	return value, true
}

// numeralWhole reads a whole number of up to 12 places: 亿 parts, then 万 parts, then a section below ten thousand.
func numeralWhole(s string) (int64, bool) {
	var total int64
	for _, big := range []struct {
		sign  string
		value int64
	}{{"亿", 100_000_000}, {"万", 10_000}} {
		head, tail, found := strings.Cut(s, big.sign)
		if !found {
			continue
		}
		n, ok := numeralSection(head)
		if !ok || n == 0 {
			return 0, false
		}
		total += n * big.value
		if s = tail; s == "" {
			return total, true
		}
	}
	n, ok := numeralSection(s)
	if !ok && total == 0 {
		return numeralPositional(s)
	}
	return total + n, ok
}

// numeralSection reads 0 to 9999 written with 十, 百 and 千; 一百二 is 120 as spoken.
func numeralSection(s string) (int64, bool) {
	var total, digit int64
	smallest, pending, afterUnit := int64(10_000), false, false
	for i, r := range s {
		if unit, ok := numeralUnits[r]; ok {
			scale, count := unit, digit
			switch {
			case unit == 20 || unit == 30:
				scale, count = 10, unit/10
				ok = !pending
			case !pending:
				count = 1
				ok = unit == 10 && (i == 0 || !afterUnit)
			}
			if !ok || scale >= smallest {
				return 0, false
			}
			total += count * scale
			smallest, pending, afterUnit = scale, false, true
			continue
		}
		d, ok := numeralDigits[r]
		switch {
		case !ok, pending && d != 0:
			return 0, false
		case d == 0:
			if pending || i+utf8.RuneLen(r) == len(s) && total > 0 {
				return 0, false
			}
			afterUnit = false
			pending, digit = len(s) == utf8.RuneLen(r), 0
			continue
		}
		digit, pending = d, true
	}
	if !pending {
		return total, total > 0
	}
	if afterUnit && smallest >= 100 {
		return total + digit*smallest/10, true
	}
	return total + digit, true
}

// numeralPositional reads digits one after the other, as in the year 二〇一六.
func numeralPositional(s string) (int64, bool) {
	if s == "" || utf8.RuneCountInString(s) > 15 {
		return 0, false
	}
	var n int64
	for _, r := range s {
		d, ok := numeralDigits[r]
		if !ok {
			return 0, false
		}
		n = n*10 + d
	}
	return n, true
}

// arabicDigits rewrites the Chinese numerals of a date, 二〇一六年十二月 to 2016年12月; a dash keeps 2016三季度 apart.
func arabicDigits(s string) string {
	if strings.IndexFunc(s, isDateNumeral) < 0 {
		return s
	}
	var b strings.Builder
	for s != "" {
		start := strings.IndexFunc(s, isDateNumeral)
		if start < 0 {
			break
		}
		if start > 0 {
			b.WriteString(s[:start])
			if isDigit(s[start-1]) {
				b.WriteByte('-')
			}
		}
		s = s[start:]
		end := strings.IndexFunc(s, func(r rune) bool { return !isDateNumeral(r) })
		if end < 0 {
			end = len(s)
		}
		n, ok := numeralWhole(s[:end])
		if ok {
			b.WriteString(decimal.NewFromInt(n).String())
		} else {
			b.WriteString(s[:end])
		}
		s = s[end:]
	}
	return b.String() + s
}

func isDateNumeral(r rune) bool {
	if _, ok := numeralDigits[r]; ok {
		return true
	}
	return r == '十' || r == '廿' || r == '卅'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
