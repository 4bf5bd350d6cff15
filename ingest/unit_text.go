package ingest

import (
	"strings"

	"taizhang/internal/wording"
)

// attachedUnits may close a header without any sign between: 总投资万元, 完成%.
var attachedUnits = []string{"万平方米", "平方米", "万美元", "亿美元", "百万元", "千元", "万元", "亿元", "万㎡", "㎡", "万m²", "m²", "万m2", "m2", "%", "公顷"}

// SplitHeaderUnit parts a header from its unit: 总投资（万元）, 合同额/万元, 租金 元/㎡·天, 计划投资：亿元, 完成%. Brackets that hold
// no unit stay in the name, as in 项目名称（全称）; the unit is as found, empty when there is none.
func SplitHeaderUnit(header string) (name, unit string) {
	text := wording.Clean(wording.Narrow(header))
	if name, unit, ok := bracketUnit(text); ok {
		return name, unit
	}
	if name, unit, ok := separatedUnit(text); ok {
		return name, unit
	}
	for _, u := range attachedUnits {
		rest, found := strings.CutSuffix(text, u)
		if found && len([]rune(rest)) >= 2 && !isDigit(rest[len(rest)-1]) && !strings.ContainsAny(rest[len(rest)-1:], "/:(") {
			return rest, u
		}
	}
	return wording.Clean(header), ""
}

func bracketUnit(text string) (name, unit string, ok bool) {
	for end := len(text); ; {
		open := strings.LastIndexByte(text[:end], '(')
		if open < 0 {
			return "", "", false
		}
		end = open
		close := strings.IndexByte(text[open:], ')')
		if close < 0 {
			continue
		}
		before, inside, after := strings.TrimSpace(text[:open]), text[open+1:open+close], strings.TrimSpace(text[open+close+1:])
		unit, others := unitAmong(inside)
		u, found := LookupUnit(unit)
		if !found || before == "" {
			continue
		}
		// 楼(栋)号 is a name; 总投资(万元)合计 is not.
		if _, isUnit := LookupUnit(before); isUnit || after != "" && !isMeasure(u) {
			continue
		}
		if others != "" {
			others = "(" + others + ")"
		}
		return before + others + after, unit, true
	}
}

// unitAmong finds the unit in the text of a bracket, 单位:万元 or 万元,含税, and gives what else stands there.
func unitAmong(inside string) (unit, others string) {
	var rest []string
	for _, part := range strings.FieldsFunc(inside, func(r rune) bool { return strings.ContainsRune(",、;:", r) }) {
		part = strings.TrimSpace(part)
		_, ok := LookupUnit(part)
		switch {
		case ok && unit == "":
			unit = part
		case strings.HasSuffix(part, "单位"):
		default:
			rest = append(rest, part)
		}
	}
	if len(rest) > 1 {
		return unit, strings.Join(rest, ",")
	}
	return unit, strings.Join(rest, "")
}

func separatedUnit(text string) (name, unit string, ok bool) {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c != ' ' && c != '/' && c != ':' {
			continue
		}
		before, after := strings.TrimRight(text[:i], " /:"), strings.TrimSpace(text[i+1:])
		// 租金元/㎡·天 has its unit on both sides of the stroke.
		if money := trailingMoney(before); text[i] == '/' && money != "" {
			if u, ok := LookupUnit(money + "/" + after); ok && u.Dimension == DimRate {
				return strings.TrimSuffix(before, money), money + "/" + after, true
			}
		}
		u, found := LookupUnit(after)
		if !found || !isMeasure(u) && !plainCounts[after] {
			continue
		}
		// 2016 年, 姓 名 and 户/人 are names: a digit, a lone character or a unit cannot bear a unit.
		_, isUnit := LookupUnit(before)
		if isUnit || len([]rune(before)) < 2 || strings.Contains(before, " ") && text[i] == ' ' && spacedOut(before) || isDigit(before[len(before)-1]) {
			continue
		}
		return before, after, true
	}
	return "", "", false
}

// trailingMoney finds the 元 of 租金元/㎡·天.
func trailingMoney(s string) string {
	for _, money := range []string{"万元", "亿元", "元"} {
		if rest, found := strings.CutSuffix(s, money); found && len([]rune(rest)) >= 2 {
			return money
		}
	}
	return ""
}

var plainCounts = wording.SetOf("套", "户", "人", "家", "个", "栋", "人次")

// isMeasure reports units that no header uses as a word of its own.
func isMeasure(u Unit) bool {
	switch u.Dimension {
	case DimMoney, DimForeign, DimArea, DimPercent, DimRate, DimMinutes, DimLength, DimWeight:
		return true
	case DimDays:
		return u.Text != "周"
	case DimScale:
		return u.Text == "万" || u.Text == "亿"
	}
	return false
}

// spacedOut reports letters set apart for looks, as in 企 业 户 名.
func spacedOut(s string) bool {
	for _, word := range strings.Fields(s) {
		if len([]rune(word)) > 1 {
			return false
		}
	}
	return true
}

// ParseBannerUnits finds the units a line above the header declares: 单位：套、万㎡ or （单位：亿元、%） or a title ending in （万元）.
// 填报单位：示例街道办事处 declares none.
func ParseBannerUnits(text string) []string {
	text = spacedUnit.Replace(wording.Clean(wording.Narrow(text)))
	var units []string
	for rest := text; ; {
		_, after, found := strings.Cut(rest, "单位")
		if !found {
			break
		}
		list := strings.TrimLeft(after, " :为是")
		units = append(units, leadingUnits(list)...)
		rest = after
	}
	if len(units) == 0 {
		if open := strings.LastIndexByte(text, '('); open >= 0 && strings.HasSuffix(text, ")") {
			units = leadingUnits(text[open+1 : len(text)-1])
		}
	}
	return units
}

// spacedUnit joins what was set apart for looks.
var spacedUnit = strings.NewReplacer("单 位", "单位", "万 元", "万元", "亿 元", "亿元", "万 ㎡", "万㎡", "平 方 米", "平方米")

func leadingUnits(list string) []string {
	if end := strings.IndexByte(list, ')'); end >= 0 && !strings.Contains(list[:end], "(") {
		list = list[:end]
	}
	var units []string
	for _, part := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(" ,、;。和及", r) }) {
		words := []string{part}
		if bare, _, cut := strings.Cut(part, "("); cut {
			words[0] = bare
		}
		if _, ok := LookupUnit(words[0]); !ok {
			words = strings.Split(words[0], "/")
		}
		for _, w := range words {
			if _, ok := LookupUnit(w); !ok {
				return units
			}
			units = append(units, w)
		}
	}
	return units
}
