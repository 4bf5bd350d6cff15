package ingest

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"taizhang/internal/wording"

	"github.com/shopspring/decimal"
)

// Number is what a cell of figures says. Qualifier is "≈" (约, 左右), "≥" (余, 多, 以上, 超), "<" (近, 不足, 以下) or "". Unit is the
// trailing unit as found, 万元 or ㎡; of 1亿2000万元 the amount in the last one. High is set for ranges (1.5-2亿), Value then the low end.
type Number struct {
	Value     decimal.Decimal
	Qualifier string
	Unit      string
	Percent   bool
	High      *decimal.Decimal
}

// AsPercent reads a cell of a percent column: 53.67% and 53.67 and 0.5367 are all 53.67; only figures between 0 and 1 are fractions.
func (n Number) AsPercent() decimal.Decimal {
	if !n.Percent && n.Value.IsPositive() && n.Value.LessThan(decimal.NewFromInt(1)) {
		return n.Value.Shift(2)
	}
	return n.Value
}

const (
	maxNumberText = 120
	maxDigits     = 38
	maxExponent   = 30
	numberWanted  = "数字（如 1590、1.5亿元、约45、53.67%）"
)

// ParseNumber reads a figure as offices write it: 1,590, 约6,200㎡, 20余家, 1.5-2亿, 增长-8.92%, (1,234.5), 二千万. The error says what
// was found; blank cells are errors too, so ask IsNull first.
func ParseNumber(s string) (Number, error) {
	if d, ok := plainDecimal(s); ok {
		return Number{Value: d}, nil
	}
	if len(s) <= maxNumberText {
		if n, ok := scanNumber(s); ok {
			return n, nil
		}
	}
	return Number{}, valueError(s, numberWanted)
}

// FromCellNumber reads the raw text of a numeric cell at the 15 significant digits Excel itself keeps, so that
// 0.28999999999999998 is 0.29; ok is false when the text is no finite number below 10^30.
func FromCellNumber(raw string) (value decimal.Decimal, ok bool) {
	if d, ok := plainDecimal(raw); ok && len(raw) <= 15 {
		return d, true
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) >= 1e30 {
		return decimal.Zero, false
	}
	d, err := decimal.NewFromString(strconv.FormatFloat(f, 'e', 14, 64))
	if err != nil {
		return decimal.Zero, false
	}
	return trimZeros(d), true
}

// trimZeros drops the zeros after the point that a computation left.
func trimZeros(d decimal.Decimal) decimal.Decimal {
	if d.IsZero() {
		return decimal.Zero
	}
	text := d.String()
	if strings.IndexByte(text, '.') < 0 {
		return decimal.NewFromBigInt(d.BigInt(), 0)
	}
	trimmed, err := decimal.NewFromString(strings.TrimRight(strings.TrimRight(text, "0"), "."))
	if err != nil {
		return d
	}
	return trimmed
}

// plainDecimal is the fast path for nearly every cell: an optional minus, digits, one point, 18 digits at most.
func plainDecimal(s string) (decimal.Decimal, bool) {
	i, negative := 0, false
	if s != "" && s[0] == '-' {
		i, negative = 1, true
	}
	if len(s)-i < 1 || len(s)-i > 19 || !isDigit(s[i]) || !isDigit(s[len(s)-1]) {
		return decimal.Zero, false
	}
	var n int64
	digits, point := 0, -1
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case isDigit(c):
			n = n*10 + int64(c-'0')
			digits++
		case c == '.' && point < 0:
			point = i
		default:
			return decimal.Zero, false
		}
	}
	if digits > 18 {
		return decimal.Zero, false
	}
	if negative {
		n = -n
	}
	if point < 0 {
		return decimal.NewFromInt(n), true
	}
	return decimal.New(n, -int32(len(s)-1-point)), true
}

// numberWord is a word before or after the figure and what it does to it.
type numberWord struct {
	text, qualifier string
	negative        bool
}

var wordsBefore = []numberWord{
	{"不少于", "≥", false}, {"不低于", "≥", false}, {"不超过", "<", false}, {"不多于", "<", false}, {"不大于", "<", false}, {"不高于", "<", false},
	{"超过", "≥", false}, {"至少", "≥", false}, {"突破", "≥", false}, {"超", "≥", false}, {"逾", "≥", false},
	{"≥", "≥", false}, {"≧", "≥", false}, {">=", "≥", false}, {">", "≥", false},
	{"将近", "<", false}, {"接近", "<", false}, {"近", "<", false}, {"不足", "<", false}, {"不到", "<", false}, {"至多", "<", false}, {"最多", "<", false},
	{"≤", "<", false}, {"≦", "<", false}, {"<=", "<", false}, {"<", "<", false},
	{"大约", "≈", false}, {"约为", "≈", false}, {"约", "≈", false}, {"≈", "≈", false}, {"~", "≈", false}, {"暂估", "≈", false}, {"预计", "≈", false}, {"估算", "≈", false},
	{"负增长", "", true}, {"下降", "", true}, {"减少", "", true}, {"降低", "", true}, {"下跌", "", true}, {"下滑", "", true}, {"回落", "", true}, {"降", "", true},
	{"增长", "", false}, {"增加", "", false}, {"上升", "", false}, {"提高", "", false}, {"上涨", "", false}, {"增幅", "", false}, {"降幅", "", true},
	{"同比", "", false}, {"环比", "", false}, {"较上年", "", false}, {"比上年", "", false}, {"增", "", false}, {"↑", "", false}, {"↓", "", true},
	{"共计", "", false}, {"合计", "", false}, {"总计", "", false}, {"共", "", false}, {"计", "", false}, {"达到", "", false}, {"达", "", false}, {"了", "", false}, {"为", "", false}, {":", "", false},
}

var wordsAfter = []numberWord{
	{"及以上", "≥", false}, {"以上", "≥", false}, {"有余", "≥", false}, {"余", "≥", false}, {"多", "≥", false}, {"+", "≥", false},
	{"及以下", "<", false}, {"以下", "<", false}, {"以内", "<", false}, {"之内", "<", false}, {"内", "<", false}, {"不到", "<", false},
	{"左右", "≈", false}, {"上下", "≈", false}, {"不等", "≈", false}, {"许", "≈", false},
}

// currencySigns may stand before the figure, the unit they give alone and after a scale.
var currencySigns = []struct{ sign, unit string }{
	{"人民币", "元"}, {"rmb", "元"}, {"cny", "元"}, {"¥", "元"}, {"us$", "美元"}, {"usd", "美元"}, {"$", "美元"}, {"美元", "美元"}, {"hk$", "港元"}, {"hkd", "港元"}, {"€", "欧元"},
}

var spacedGroups = regexp.MustCompile(`(^|\D)\d{1,3}( \d{3})+($|\D)`)

// numberScan carries what the words around the figure said.
type numberScan struct {
	qualifier         string
	negative, percent bool
	currency          string
}

func scanNumber(s string) (Number, bool) {
	t, ok := joinFigures(wording.Narrow(s))
	if !ok {
		return Number{}, false
	}
	if t == "持平" || t == "与去年持平" || t == "同比持平" {
		return Number{Unit: "%", Percent: true}, true
	}
	var scan numberScan
	t = scan.wordsAround(t)
	low, rest, ok := scan.amount(t)
	if !ok {
		return Number{}, false
	}
	n := Number{Value: low.value, Qualifier: scan.qualifier, Unit: low.unit}
	if rest != "" && !scan.highEnd(&n, rest) {
		return Number{}, false
	}
	if n.Qualifier == "" {
		n.Qualifier = low.qualifier
	}
	if !scan.finish(&n) {
		return Number{}, false
	}
	return n, true
}

// joinFigures drops blanks, but two figures side by side stay apart: 1 590 is one number, 3 4 is none.
func joinFigures(t string) (string, bool) {
	t = strings.Trim(t, " ,;。")
	if strings.IndexByte(t, ' ') < 0 {
		return t, t != ""
	}
	t = strings.Join(strings.Fields(t), " ")
	grouped := spacedGroups.FindString(t)
	if grouped != "" {
		t = strings.Replace(t, grouped, strings.ReplaceAll(grouped, " ", ""), 1)
	}
	for i := 1; i+1 < len(t); i++ {
		if t[i] == ' ' && (isDigit(t[i-1]) || t[i-1] == '.') && isDigit(t[i+1]) {
			return "", false
		}
	}
	return strings.ReplaceAll(t, " ", ""), true
}

func (scan *numberScan) wordsAround(t string) string {
	for again := true; again; {
		again = false
		for _, w := range wordsBefore {
			if rest, found := strings.CutPrefix(t, w.text); found && rest != "" {
				scan.note(w)
				t, again = rest, true
				break
			}
		}
		for _, c := range currencySigns {
			if len(t) > len(c.sign) && strings.EqualFold(t[:len(c.sign)], c.sign) && scan.currency == "" {
				t, again, scan.currency = t[len(c.sign):], true, c.unit
			}
		}
		for _, w := range wordsAfter {
			if rest, found := strings.CutSuffix(t, w.text); found && rest != "" {
				scan.note(w)
				t, again = rest, true
				break
			}
		}
	}
	if rest, found := strings.CutPrefix(t, "百分之"); found {
		scan.percent, t = true, rest
	}
	return t
}

func (scan *numberScan) note(w numberWord) {
	if w.qualifier != "" {
		scan.qualifier = w.qualifier
	}
	scan.negative = scan.negative || w.negative
}

// highEnd reads the other half of 1.5-2亿 or 8000万至1亿 into n.
func (scan *numberScan) highEnd(n *Number, rest string) bool {
	sign := rangeSign(rest)
	if sign == "" {
		return false
	}
	high, rest, ok := scan.amount(strings.TrimPrefix(rest, sign))
	if !ok || rest != "" {
		return false
	}
	if n.Unit == "" {
		n.Unit = high.unit
	} else if high.unit != n.Unit {
		lowUnit, _ := LookupUnit(n.Unit)
		highUnit, found := LookupUnit(high.unit)
		if !found || lowUnit.Dimension != highUnit.Dimension || lowUnit.Base != highUnit.Base {
			return false
		}
		high.value = highUnit.inUnit(high.value, lowUnit)
	}
	n.High = &high.value
	return true
}

func rangeSign(s string) string {
	for _, sign := range []string{"--", "-", "~", "至", "到"} {
		if strings.HasPrefix(s, sign) {
			return sign
		}
	}
	return ""
}

// finish applies sign, currency and percent, and refuses a range that runs down.
func (scan *numberScan) finish(n *Number) bool {
	if scan.negative {
		n.Value = n.Value.Abs().Neg()
		if n.High != nil {
			high := n.High.Abs().Neg()
			n.Value, n.High = high, &n.Value
			*n.High = n.High.Abs().Neg()
		}
	}
	if scan.percent {
		if n.Unit != "" {
			return false
		}
		n.Unit = "%"
	}
	if scan.currency != "" {
		switch u, _ := LookupUnit(n.Unit); {
		case n.Unit == "" || u.Dimension == DimScale:
			n.Unit += scan.currency
		case u.Dimension != DimMoney && u.Dimension != DimForeign:
			return false
		}
	}
	n.Percent = n.Unit == "%"
	return n.High == nil || n.Value.LessThan(*n.High)
}
