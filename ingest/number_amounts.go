package ingest

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// amount is one figure with its unit, qualified from inside as in 20余家.
type amount struct {
	value     decimal.Decimal
	unit      string
	qualifier string
}

// amount reads a signed figure with its unit from the start of t, joining 1亿2000万元 and 1小时30分; the rest is a range or nothing.
func (scan *numberScan) amount(t string) (amount, string, bool) {
	t, negative, bracketed := takeSign(t)
	a, rest, ok := takeAmount(t)
	if !ok {
		return a, rest, false
	}
	for rest != "" && rangeSign(rest) == "" {
		if bracketed && strings.HasPrefix(rest, ")") {
			bracketed = false
			a.unit, ok = joinUnit(a.unit, rest[1:])
			rest = ""
			break
		}
		var next amount
		if next, rest, ok = takeAmount(rest); !ok {
			return a, rest, false
		}
		if a, ok = a.join(next); !ok {
			return a, rest, false
		}
	}
	if negative {
		a.value = a.value.Neg()
	}
	return a, rest, ok && !bracketed
}

// takeSign strips the signs of books: -, +, ▲, 负 and the brackets of (1,234.5).
func takeSign(t string) (rest string, negative, bracketed bool) {
	for _, sign := range []string{"-", "▲", "△", "▼", "▽", "负"} {
		if r, found := strings.CutPrefix(t, sign); found {
			return r, true, false
		}
	}
	if len(t) > 1 && t[0] == '(' && (isDigit(t[1]) || t[1] == '.') {
		return t[1:], true, true
	}
	return strings.TrimPrefix(t, "+"), false, false
}

func joinUnit(inside, after string) (string, bool) {
	if after == "" {
		return inside, true
	}
	_, ok := LookupUnit(after)
	return after, ok && inside == ""
}

// join adds the smaller second part: 1亿 and 2000万元 are 12000万元; 1万 and 2000 stay in 万, so that a column's scale is not lost.
func (a amount) join(next amount) (amount, bool) {
	first, ok := LookupUnit(a.unit)
	if !ok || next.value.IsNegative() {
		return a, false
	}
	if next.unit == "" {
		one := decimal.NewFromInt(1)
		bare := Unit{Dimension: DimScale, num: one, den: one}
		if first.Dimension != DimScale || next.value.LessThan(first.num.Div(decimal.NewFromInt(10))) || next.value.GreaterThanOrEqual(first.num) {
			return a, false
		}
		a.value = a.value.Add(bare.inUnit(next.value, first))
		return a, true
	}
	second, ok := LookupUnit(next.unit)
	if first.Dimension == DimMinutes && next.unit == "分" {
		second, ok = LookupUnit("分钟")
		next.unit = "分钟"
	}
	if ok && first.Dimension == DimScale {
		first, ok = Unit{first.Text, second.Dimension, second.Base, first.num, first.den}, second.Dimension != DimRate
	}
	if !ok || first.Dimension != second.Dimension || first.Base != second.Base || !first.num.Mul(second.den).GreaterThan(second.num.Mul(first.den)) {
		return a, false
	}
	next.value = next.value.Add(first.inUnit(a.value, second))
	return next, true
}

// takeAmount reads an unsigned figure and the unit right after it.
func takeAmount(t string) (amount, string, bool) {
	value, rest, ok := takeFigure(t)
	if !ok {
		return amount{}, t, false
	}
	a := amount{value: value}
	if after, found := strings.CutPrefix(rest, "个半"); found {
		a.value, rest = a.value.Add(decimal.New(5, -1)), after
	}
	end := unitEnd(rest)
	a.unit, a.qualifier = innerQualifier(rest[:end])
	rest = rest[end:]
	for _, w := range wordsAfter {
		if unit, found := strings.CutSuffix(a.unit, w.text); found {
			a.unit, a.qualifier = unit, w.qualifier
			break
		}
	}
	if a.unit != "" {
		if strings.HasPrefix(a.unit, "(") && strings.HasSuffix(a.unit, ")") {
			a.unit = a.unit[1 : len(a.unit)-1]
		}
		if _, ok := LookupUnit(a.unit); !ok {
			return a, rest, false
		}
	}
	return a, rest, true
}

// unitEnd finds where the unit stops: a range sign, a bracket left over or the next figure, but not the 2 of m2.
func unitEnd(s string) int {
	depth := 0
	for i, r := range s {
		switch {
		case r == '(':
			depth++
		case r == ')' && depth == 0:
			return i
		case r == ')':
			depth--
		case depth > 0:
		case r < 0x80 && isDigit(byte(r)):
			if r == '2' && i > 0 && (s[i-1] == 'm' || s[i-1] == 'M' || s[i-1] == '^') && (i+1 == len(s) || !isDigit(s[i+1])) {
				continue
			}
			return i
		case i > 0 && numeralDigits[r] != 0, r == '零', rangeSign(s[i:]) != "":
			return i
		}
	}
	return len(s)
}

// innerQualifier takes 余, 多, 几 and 来 out of 余家, 万余元 and 多个.
func innerQualifier(unit string) (string, string) {
	last := rune(0)
	for i, r := range unit {
		afterScale := i == 0 || strings.ContainsRune("十百千万亿", last)
		if afterScale && (r == '余' || r == '多' || r == '几') {
			return unit[:i] + unit[i+utf8.RuneLen(r):], "≥"
		}
		if i == 0 && r == '来' {
			return unit[utf8.RuneLen(r):], "≈"
		}
		last = r
	}
	return unit, ""
}

// takeFigure reads digits, with commas in threes, or Chinese numerals below ten thousand.
func takeFigure(t string) (decimal.Decimal, string, bool) {
	if t != "" && (isDigit(t[0]) || t[0] == '.') {
		return takeDigits(t)
	}
	if rest, found := strings.CutPrefix(t, "半"); found {
		return decimal.New(5, -1), rest, rest != ""
	}
	end := strings.IndexFunc(t, func(r rune) bool {
		_, digit := numeralDigits[r]
		_, unit := numeralUnits[r]
		return !digit && !unit && r != '点'
	})
	if end < 0 {
		end = len(t)
	}
	run, rest := t[:end], t[end:]
	if (run == "百" || run == "千") && (strings.HasPrefix(rest, "余") || strings.HasPrefix(rest, "多")) {
		run = "一" + run
	}
	value, ok := ParseChineseNumeral(run)
	// 七一 and 三五 are names, 二〇一六 is a number.
	if n := utf8.RuneCountInString(run); ok && n > 1 && n < 4 && !strings.ContainsAny(run, "十拾廿卅百佰千仟点〇零") {
		return value, rest, false
	}
	return value, rest, ok
}

func takeDigits(t string) (decimal.Decimal, string, bool) {
	i, digits := 0, make([]byte, 0, 24)
	for i < len(t) && isDigit(t[i]) {
		digits = append(digits, t[i])
		i++
	}
	if i >= 1 && i <= 3 {
		for i+3 < len(t) && t[i] == ',' && isDigit(t[i+1]) && isDigit(t[i+2]) && isDigit(t[i+3]) && (i+4 == len(t) || !isDigit(t[i+4])) {
			digits = append(digits, t[i+1:i+4]...)
			i += 4
		}
	}
	places := 0
	if i+1 < len(t) && t[i] == '.' && isDigit(t[i+1]) {
		for i++; i < len(t) && isDigit(t[i]); i++ {
			digits = append(digits, t[i])
			places++
		}
	} else if i+1 == len(t) && t[i] == '.' && i > 0 {
		i++
	}
	exponent, used, ok := takeExponent(t[i:])
	if !ok || len(digits) == 0 || len(digits) > maxDigits {
		return decimal.Zero, t, false
	}
	value, err := decimal.NewFromString(string(digits))
	if err != nil {
		return decimal.Zero, t, false
	}
	value = value.Shift(int32(exponent - places))
	if exponent > 0 {
		value = trimZeros(value)
	}
	return value, t[i+used:], true
}

// takeExponent reads E+16; exponents past 30 would build numbers of thousands of digits and are refused.
func takeExponent(t string) (exponent, used int, ok bool) {
	if t == "" || t[0] != 'e' && t[0] != 'E' {
		return 0, 0, true
	}
	i, negative := 1, false
	if i < len(t) && (t[i] == '+' || t[i] == '-') {
		negative = t[i] == '-'
		i++
	}
	start := i
	for ; i < len(t) && isDigit(t[i]); i++ {
		exponent = min(exponent*10+int(t[i]-'0'), 1000)
	}
	if i == start || exponent > maxExponent {
		return 0, 0, false
	}
	if negative {
		exponent = -exponent
	}
	return exponent, i, true
}
