package ingest

import (
	"reflect"
	"testing"

	"github.com/shopspring/decimal"
)

func TestLookupUnit(t *testing.T) {
	for _, c := range []struct {
		in, base, oneToBase string
		dimension           Dimension
	}{
		{"元", "元", "1", DimMoney}, {"万元", "元", "10000", DimMoney}, {"亿元", "元", "100000000", DimMoney}, {"千元", "元", "1000", DimMoney},
		{"百万元", "元", "1000000", DimMoney}, {"人民币万元", "元", "10000", DimMoney}, {"万元人民币", "元", "10000", DimMoney}, {"(万元)", "元", "10000", DimMoney},
		{"万", "", "10000", DimScale}, {"亿", "", "100000000", DimScale},
		{"美元", "美元", "1", DimForeign}, {"万美元", "美元", "10000", DimForeign}, {"亿美元", "美元", "100000000", DimForeign}, {"万港元", "港元", "10000", DimForeign},
		{"㎡", "㎡", "1", DimArea}, {"m²", "㎡", "1", DimArea}, {"M2", "㎡", "1", DimArea}, {"ｍ２", "㎡", "1", DimArea}, {"平方米", "㎡", "1", DimArea}, {"平米", "㎡", "1", DimArea},
		{"平方", "㎡", "1", DimArea}, {"万㎡", "㎡", "10000", DimArea}, {"万平方米", "㎡", "10000", DimArea}, {"万平", "㎡", "10000", DimArea}, {"万 m²", "㎡", "10000", DimArea},
		{"亩", "㎡", "666.6667", DimArea}, {"公顷", "㎡", "10000", DimArea}, {"平方公里", "㎡", "1000000", DimArea}, {"km²", "㎡", "1000000", DimArea},
		{"套", "套", "1", DimCount}, {"户", "户", "1", DimCount}, {"人", "人", "1", DimCount}, {"家", "家", "1", DimCount}, {"个", "个", "1", DimCount}, {"栋", "栋", "1", DimCount},
		{"间", "间", "1", DimCount}, {"处", "处", "1", DimCount}, {"项", "项", "1", DimCount}, {"万人", "人", "10000", DimCount}, {"家企业", "家", "1", DimCount},
		{"%", "%", "1", DimPercent}, {"％", "%", "1", DimPercent}, {"百分点", "百分点", "1", DimPercent}, {"个百分点", "百分点", "1", DimPercent}, {"‰", "%", "0.1", DimPercent},
		{"天", "天", "1", DimDays}, {"日", "天", "1", DimDays}, {"工作日", "工作日", "1", DimDays}, {"个工作日", "工作日", "1", DimDays}, {"月", "月", "1", DimMonths}, {"个月", "月", "1", DimMonths},
		{"分钟", "分钟", "1", DimMinutes}, {"小时", "分钟", "60", DimMinutes}, {"米", "米", "1", DimLength}, {"公里", "米", "1000", DimLength}, {"km", "米", "1000", DimLength},
		{"元/㎡·天", "元/㎡·天", "1", DimRate}, {"元/平方米/月", "元/㎡·月", "1", DimRate}, {"元/㎡.天", "元/㎡·天", "1", DimRate}, {"万元/亩", "元/㎡", "15", DimRate}, {"元/月", "元/月", "1", DimRate},
	} {
		u, ok := LookupUnit(c.in)
		if !ok || u.Dimension != c.dimension || u.Base != c.base || !u.ToBase(decimal.NewFromInt(1)).Equal(decimal.RequireFromString(c.oneToBase)) {
			t.Errorf("LookupUnit(%q) = %+v %v, one is %s", c.in, u, ok, u.ToBase(decimal.NewFromInt(1)))
		}
	}
	for _, s := range []string{"", "全称", "元楼", "亿元楼", "示例", "1月", "计划", "套/户", "亿元/万美元", "是", "/", "()", "个万"} {
		if u, ok := LookupUnit(s); ok {
			t.Errorf("LookupUnit(%q) = %+v", s, u)
		}
	}
}

func TestUnitArithmetic(t *testing.T) {
	for _, c := range []struct{ value, unit, want string }{
		{"55.2", "亿元", "5520000000"}, {"3.80126", "亿元", "380126000"}, {"1.89", "万㎡", "18900"}, {"3", "亩", "2000"}, {"100.5", "亩", "67000"},
		{"1", "亩", "666.6667"}, {"-1", "亩", "-666.6667"}, {"7", "亩", "4666.6667"}, {"2", "厘米", "0.02"}, {"1.5", "小时", "90"}, {"0.29", "万元", "2900"},
	} {
		u, _ := LookupUnit(c.unit)
		if got := u.ToBase(decimal.RequireFromString(c.value)); !got.Equal(decimal.RequireFromString(c.want)) {
			t.Errorf("%s %s = %s, want %s", c.value, c.unit, got, c.want)
		}
	}
	wan, _ := LookupUnit("万")
	yuan, _ := LookupUnit("元")
	usd, _ := LookupUnit("美元")
	area, _ := LookupUnit("㎡")
	if u, ok := wan.Of(yuan); !ok || u.Text != "万元" || u.Base != "元" || !u.ToBase(decimal.NewFromInt(2)).Equal(decimal.NewFromInt(20000)) {
		t.Errorf("万 of 元 = %+v %v", u, ok)
	}
	if _, ok := usd.Of(yuan); ok {
		t.Error("美元 passes for 元")
	}
	if _, ok := area.Of(area); !ok {
		t.Error("㎡ does not pass for ㎡")
	}
}

func TestSplitHeaderUnit(t *testing.T) {
	for _, c := range []struct{ in, name, unit string }{
		{"总投资（万元）", "总投资", "万元"}, {"面积(㎡)", "面积", "㎡"}, {"累计完成投资（万元）", "累计完成投资", "万元"}, {"租金 元/㎡·天", "租金", "元/㎡·天"},
		{"合同额/万元", "合同额", "万元"}, {"总面积 万㎡", "总面积", "万㎡"}, {"计划投资：亿元", "计划投资", "亿元"}, {"承诺时限(工作日)", "承诺时限", "工作日"},
		{"工期（天）", "工期", "天"}, {"时长(分钟)", "时长", "分钟"}, {"完成%", "完成", "%"}, {"总投资\n(万元)", "总投资", "万元"}, {"总建筑面积(万㎡)", "总建筑面积", "万㎡"},
		{"面积（单位：㎡）", "面积", "㎡"}, {"总投资（万元，含税）", "总投资(含税)", "万元"}, {"总投资(万元)合计", "总投资合计", "万元"}, {"总投资万元", "总投资", "万元"},
		{"租金元/㎡·天", "租金", "元/㎡·天"}, {"租金（元/㎡·天）", "租金", "元/㎡·天"}, {"已开工/套", "已开工", "套"}, {"已开工 套", "已开工", "套"}, {"税收收入(万元)", "税收收入", "万元"},
		{"总投资（含税）（万元）", "总投资(含税)", "万元"},
		{"项目名称（全称）", "项目名称（全称）", ""}, {"套", "套", ""}, {"户/人", "户/人", ""}, {"姓 名", "姓 名", ""}, {"单 元", "单 元", ""}, {"2016 年", "2016 年", ""}, {"1月", "1月", ""},
		{"总投资", "总投资", ""}, {"楼栋/层", "楼栋/层", ""}, {"", "", ""}, {"（万元）", "（万元）", ""}, {"楼(栋)号", "楼(栋)号", ""}, {"2015年全区排名", "2015年全区排名", ""}, {"实际开工/竣工", "实际开工/竣工", ""},
		{"合同额（亿元/万美元）", "合同额（亿元/万美元）", ""},
	} {
		if name, unit := SplitHeaderUnit(c.in); name != c.name || unit != c.unit {
			t.Errorf("SplitHeaderUnit(%q) = %q %q", c.in, name, unit)
		}
	}
}

func TestParseBannerUnits(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"单位：万元", []string{"万元"}}, {"单位:套、万㎡", []string{"套", "万㎡"}}, {"（单位：亿元、%）", []string{"亿元", "%"}}, {"金额单位：元", []string{"元"}},
		{"单位：㎡、人", []string{"㎡", "人"}}, {"单位：亿元/%", []string{"亿元", "%"}}, {"单位：元/㎡·天", []string{"元/㎡·天"}}, {"单位：人民币万元", []string{"人民币万元"}},
		{"填报单位：示例街道办事处    单位：万元", []string{"万元"}}, {"单位：万元（税收）、㎡（面积）", []string{"万元", "㎡"}}, {"2015年税收统计表（万元）", []string{"万元"}},
		{"金额单位：万元  面积单位：㎡", []string{"万元", "㎡"}}, {"单 位：万 元", []string{"万元"}},
		{"填报单位：示例街道办事处", nil}, {"单位名称", nil}, {"责任单位", nil}, {"", nil}, {"示例项目（一期）", nil}, {"截至日期：2016年5月31日", nil},
	} {
		if got := ParseBannerUnits(c.in); !reflect.DeepEqual(got, c.want) {
			t.Errorf("ParseBannerUnits(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzUnits(f *testing.F) {
	for _, s := range []string{"总投资（万元）", "租金 元/㎡·天", "单位：套、万㎡", "((((", "单位单位：元", "个个人", "/元", "（）（元"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if _, unit := SplitHeaderUnit(s); unit != "" {
			if _, ok := LookupUnit(unit); !ok {
				t.Fatalf("SplitHeaderUnit(%q) gives the unknown unit %q", s, unit)
			}
		}
		for _, unit := range ParseBannerUnits(s) {
			if _, ok := LookupUnit(unit); !ok {
				t.Fatalf("ParseBannerUnits(%q) gives the unknown unit %q", s, unit)
			}
		}
		LookupUnit(s)
	})
}
