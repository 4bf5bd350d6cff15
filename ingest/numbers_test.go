package ingest

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

func TestParseNumber(t *testing.T) {
	for _, c := range []struct{ in, value, qualifier, unit, high string }{
		{"0", "0", "", "", ""},
		{"1590", "1590", "", "", ""},
		{"3.80126", "3.80126", "", "", ""},
		{"-8.92", "-8.92", "", "", ""},
		{"1,590", "1590", "", "", ""},
		{"1，590", "1590", "", "", ""},
		{"1 590", "1590", "", "", ""},
		{"12 345 678.5", "12345678.5", "", "", ""},
		{"254,177.5", "254177.5", "", "", ""},
		{"１５．８５", "15.85", "", "", ""},
		{"４６，８００", "46800", "", "", ""},
		{"１，３３７．５", "1337.5", "", "", ""},
		{"１，４７９㎡", "1479", "", "㎡", ""},
		{"１３７．５㎡", "137.5", "", "㎡", ""},
		{"－3.2", "-3.2", "", "", ""},
		{"−3.2", "-3.2", "", "", ""},
		{"▲3.2", "-3.2", "", "", ""},
		{"△1,234", "-1234", "", "", ""},
		{"(1,234.5)", "-1234.5", "", "", ""},
		{"（1,234.5）", "-1234.5", "", "", ""},
		{"(1,234.5)万元", "-1234.5", "", "万元", ""},
		{"+5%", "5", "", "%", ""},
		{"负3.2%", "-3.2", "", "%", ""},
		{"约45", "45", "≈", "", ""},
		{"约 45 万㎡", "45", "≈", "万㎡", ""},
		{"约1.89", "1.89", "≈", "", ""},
		{"约552000", "552000", "≈", "", ""},
		{"约6,200㎡", "6200", "≈", "㎡", ""},
		{"约276平方米", "276", "≈", "平方米", ""},
		{"约1705.5平方米", "1705.5", "≈", "平方米", ""},
		{"近100万㎡", "100", "<", "万㎡", ""},
		{"20余", "20", "≥", "", ""},
		{"20余家", "20", "≥", "家", ""},
		{"500余人", "500", "≥", "人", ""},
		{"1500余万元", "1500", "≥", "万元", ""},
		{"3.5万余人次", "3.5", "≥", "万人次", ""},
		{"80多个楼院", "80", "≥", "个楼院", ""},
		{"100多", "100", "≥", "", ""},
		{"30家以上", "30", "≥", "家", ""},
		{"30家左右", "30", "≈", "家", ""},
		{"超1亿元", "1", "≥", "亿元", ""},
		{"不足5万元", "5", "<", "万元", ""},
		{"不少于20户", "20", "≥", "户", ""},
		{"≥95%", "95", "≥", "%", ""},
		{">95", "95", "≥", "", ""},
		{"100+", "100", "≥", "", ""},
		{"30天内", "30", "<", "天", ""},
		{"2.46亿元", "2.46", "", "亿元", ""},
		{"8,000万", "8000", "", "万", ""},
		{"30亿", "30", "", "亿", ""},
		{"200万美元", "200", "", "万美元", ""},
		{"￥1,200", "1200", "", "元", ""},
		{"$200万", "200", "", "万美元", ""},
		{"人民币3亿元", "3", "", "亿元", ""},
		{"106人", "106", "", "人", ""},
		{"7个工作日", "7", "", "个工作日", ""},
		{"53.67%", "53.67", "", "%", ""},
		{"53.67％", "53.67", "", "%", ""},
		{"百分之五十三点六七", "53.67", "", "%", ""},
		{"增长-8.92%", "-8.92", "", "%", ""},
		{"增长8.92%", "8.92", "", "%", ""},
		{"同比增长12.9%", "12.9", "", "%", ""},
		{"下降3.2%", "-3.2", "", "%", ""},
		{"同比下降3.2%", "-3.2", "", "%", ""},
		{"1.2个百分点", "1.2", "", "个百分点", ""},
		{"9.13E+16", "91300000000000000", "", "", ""},
		{"1.5e-3", "0.0015", "", "", ""},
		{"1.5-2亿", "1.5", "", "亿", "2"},
		{"1.5～2亿元", "1.5", "", "亿元", "2"},
		{"1.5亿-2亿", "1.5", "", "亿", "2"},
		{"8000万元至1亿元", "8000", "", "万元", "10000"},
		{"10%-15%", "10", "", "%", "15"},
		{"约1.5-2亿", "1.5", "≈", "亿", "2"},
		{"1亿2000万元", "12000", "", "万元", ""},
		{"1小时30分", "90", "", "分钟", ""},
		{"1.5小时", "1.5", "", "小时", ""},
		{"1个半小时", "1.5", "", "小时", ""},
		{"半小时", "0.5", "", "小时", ""},
		{"60分钟", "60", "", "分钟", ""},
		{"一百二十", "120", "", "", ""},
		{"二千万", "2000", "", "万", ""},
		{"两千余家", "2000", "≥", "家", ""},
		{"百余家", "100", "≥", "家", ""},
		{"一亿二千万元", "12000", "", "万元", ""},
		{"五个工作日", "5", "", "个工作日", ""},
		{"320M2", "320", "", "M2", ""},
		{"320m²", "320", "", "m²", ""},
		{"2.5元/㎡·天", "2.5", "", "元/㎡·天", ""},
		{"3(万元)", "3", "", "万元", ""},
		{"持平", "0", "", "%", ""},
		{"28,265.5㎡", "28265.5", "", "㎡", ""},
	} {
		n, err := ParseNumber(c.in)
		if err != nil {
			t.Errorf("ParseNumber(%q): %v", c.in, err)
			continue
		}
		high := ""
		if n.High != nil {
			high = n.High.String()
		}
		if n.Value.String() != c.value || n.Qualifier != c.qualifier || n.Unit != c.unit || high != c.high || n.Percent != (c.unit == "%") {
			t.Errorf("ParseNumber(%q) = %s %q %q high %s percent %v", c.in, n.Value, n.Qualifier, n.Unit, high, n.Percent)
		}
	}
}

func TestParseNumberRefuses(t *testing.T) {
	for _, s := range []string{"", "—", "abc", "万元", "3 4", "1,59", "1.2.3", "2016-06-29", "2016.6.29", "2-1亿", "主体施工至6层", "16层5层",
		"75859965-1", "3处管线未迁改", "1E999", "七一", "一般", "1.5-", "(5", "5)", "--5", "12abc", "NaN", "Inf", "0x10", "1_000", "3亿5", strings.Repeat("9", 60)} {
		n, err := ParseNumber(s)
		var fault ValueError
		if !errors.As(err, &fault) || fault.Expected == "" {
			t.Errorf("ParseNumber(%q) = %+v, %v", s, n, err)
		}
	}
	_, err := ParseNumber("主体封顶")
	if want := "发现“主体封顶”，应为" + numberWanted; err.Error() != want {
		t.Errorf("error is %q", err)
	}
}

func TestFromCellNumber(t *testing.T) {
	for in, want := range map[string]string{
		"0.28999999999999998": "0.29", "46.17": "46.17", "0.30000000000000004": "0.3", "3.8012600000000001": "3.80126", "600000": "600000",
		"9.13E+16": "91300000000000000", "914101031234567890": "914101031234568000", "-2.5": "-2.5", "1E-3": "0.001", "0": "0", "0.5366999999999999": "0.5367",
		"4732.3900000000003": "4732.39", "1.0": "1",
	} {
		if got, ok := FromCellNumber(in); !ok || !got.Equal(decimal.RequireFromString(want)) {
			t.Errorf("FromCellNumber(%q) = %s %v, want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "x", "NaN", "Inf", "1E308", "1,590"} {
		if got, ok := FromCellNumber(in); ok {
			t.Errorf("FromCellNumber(%q) = %s", in, got)
		}
	}
}

func TestAsPercent(t *testing.T) {
	for in, want := range map[string]string{"0.35": "35", "35": "35", "35%": "35", "0.5%": "0.5", "1": "1", "0": "0", "0.5367": "53.67"} {
		n, err := ParseNumber(in)
		if err != nil || !n.AsPercent().Equal(decimal.RequireFromString(want)) {
			t.Errorf("AsPercent of %q = %s, %v", in, n.AsPercent(), err)
		}
	}
}

func TestParseChineseNumeral(t *testing.T) {
	for in, want := range map[string]string{
		"零": "0", "十": "10", "十五": "15", "二十": "20", "廿九": "29", "一百二": "120", "一百零二": "102", "一千零五十": "1050", "三千五": "3500",
		"二千万": "20000000", "一亿二千万": "120000000", "壹佰贰拾叁": "123", "二〇一六": "2016", "三点五": "3.5", "零点零五": "0.05", "一万零五": "10005",
	} {
		if got, ok := ParseChineseNumeral(in); !ok || got.String() != want {
			t.Errorf("ParseChineseNumeral(%q) = %s %v, want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "百", "万", "亿", "十百", "一二十", "点五", "三点", "甲"} {
		if got, ok := ParseChineseNumeral(in); ok {
			t.Errorf("ParseChineseNumeral(%q) = %s", in, got)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1,590", "约6,200㎡", "20余家", "1.5-2亿", "(1,234.5)", "增长-8.92%", "一亿二千万元", "9.13E+16", "1小时30分", "▲3", "百分之五", "１５．８５", "$200万", "8000万至1亿"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, ok := FromCellNumber(s); ok {
			if again, ok := FromCellNumber(d.String()); !ok || !again.Equal(d) {
				t.Fatalf("FromCellNumber(%q) = %s, then %s %v", s, d, again, ok)
			}
		}
		ParseChineseNumeral(s)
		n, err := ParseNumber(s)
		if err != nil {
			return
		}
		if n.Unit != "" {
			if _, ok := LookupUnit(n.Unit); !ok {
				t.Fatalf("ParseNumber(%q) gives the unknown unit %q", s, n.Unit)
			}
		}
		if n.High != nil && !n.Value.LessThan(*n.High) {
			t.Fatalf("ParseNumber(%q) runs from %s down to %s", s, n.Value, n.High)
		}
		again, err := ParseNumber(n.Value.String())
		if len(n.Value.String()) < 38 && (err != nil || !again.Value.Equal(n.Value)) {
			t.Fatalf("ParseNumber(%q) = %s, read again as %s, %v", s, n.Value, again.Value, err)
		}
	})
}

func FuzzNumberRoundTrip(f *testing.F) {
	f.Add(int64(159000), uint8(2))
	f.Add(int64(-892), uint8(2))
	f.Fuzz(func(t *testing.T, n int64, places uint8) {
		want := decimal.New(n, -int32(places%7))
		plain := want.String()
		for _, text := range []string{plain, fullWidth(plain), grouped(plain) + "万元", plain + "%", "约" + plain} {
			got, err := ParseNumber(text)
			if err != nil || !got.Value.Equal(want) {
				t.Fatalf("ParseNumber(%q) = %s, %v", text, got.Value, err)
			}
		}
	})
}

func fullWidth(s string) string {
	return strings.Map(func(r rune) rune { return r + 0xFEE0 }, s)
}

func grouped(s string) string {
	whole, fraction, found := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if found {
		whole += "." + fraction
	}
	return sign + whole
}

func BenchmarkParseNumber(b *testing.B) {
	for _, s := range []string{"1590.25", "约6,200㎡", "1.5-2亿"} {
		b.Run(strconv.Quote(s), func(b *testing.B) {
			for range b.N {
				_, _ = ParseNumber(s)
			}
		})
	}
}
