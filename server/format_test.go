package server

import (
	"testing"

	"taizhang/internal/text"
	"taizhang/ledger"
)

func TestNumbersAreWrittenForPeople(t *testing.T) {
	zh, en := numbers{text.Zh}, numbers{text.En}
	d := ledger.MustDecimal
	for _, c := range []struct {
		name      string
		got       figure
		value     string
		unit, raw string
	}{
		{"hundreds of millions", zh.yuan(d("157000000")), "1.57", "亿元", "157000000"},
		{"half is rounded away from zero", zh.yuan(d("100500000")), "1.01", "亿元", "100500000"},
		{"exactly the bound", zh.yuan(d("100000000")), "1.00", "亿元", "100000000"},
		{"just below the bound", zh.yuan(d("99999999.99")), "10,000.00", "万元", "99999999.99"},
		{"ten thousands", zh.yuan(d("27229300")), "2,722.93", "万元", "27229300"},
		{"single yuan", zh.yuan(d("9999.5")), "9,999.50", "元", "9999.5"},
		{"a fall", zh.yuan(d("-37498300")), "−3,749.83", "万元", "-37498300"},
		{"nothing is a zero when it is one", zh.yuan(d("0")), "0.00", "元", "0"},
		{"undefined", zh.yuan(ledger.Null), "—", "", ""},
		{"English millions", en.yuan(d("157000000")), "157.00", "m yuan", "157000000"},
		{"English thousands", en.wan(d("38747200")), "38,747.20", "k yuan", "38747200"},
		{"a column of amounts", zh.wan(d("38747200")), "3,874.72", "万元", "38747200"},
		{"area", zh.area(d("24954.5")), "24,954.5", "㎡", "24954.5"},
		{"large area", zh.areaWan(d("500000")), "50", "万㎡", "500000"},
		{"small area stays in m2", zh.areaWan(d("9999")), "9,999", "㎡", "9999"},
		{"undefined area", zh.areaWan(ledger.Null), "—", "", ""},
		{"percent", zh.percent(d("172.955974"), 2), "172.96", "%", "172.955974"},
		{"undefined percent", zh.percent(ledger.Null, 2), "—", "", ""},
		{"growth", zh.change(d("12.9"), 1), "+12.9", "%", "12.9"},
		{"decline", zh.change(d("-8.92"), 2), "−8.92", "%", "-8.92"},
		{"no change", zh.change(d("0"), 1), "0.0", "%", "0"},
		{"points", zh.points(d("-12.92")), "−12.9", "百分点", "-12.92"},
		{"count", zh.count(d("24079"), "units"), "24,079", "套", "24079"},
	} {
		if c.got.Value != c.value || c.got.Unit != c.unit || c.got.Raw != c.raw {
			t.Errorf("%s: got %q %q (raw %q), want %q %q (raw %q)", c.name, c.got.Value, c.got.Unit, c.got.Raw, c.value, c.unit, c.raw)
		}
	}
	if full := zh.yuan(d("159000000")).Full; full != "159,000,000.00 元" {
		t.Errorf("the exact amount behind a rounded one: %q", full)
	}
	if zh.change(d("1"), 1).Tone != "good" || zh.change(d("-1"), 1).Tone != "bad" || zh.change(d("0"), 1).Tone != "" {
		t.Error("tones of a change")
	}
}

func TestThousandsAreParted(t *testing.T) {
	for in, want := range map[string]string{"0": "0", "999": "999", "1000": "1,000", "-1000": "−1,000", "1234567.80": "1,234,567.80", "—": "—", "100000": "100,000"} {
		if got := grouped(in); got != want {
			t.Errorf("grouped(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSharesStayInsideTheirBar(t *testing.T) {
	d := ledger.MustDecimal
	for _, c := range []struct {
		part, whole ledger.Decimal
		want        string
	}{{d("37.2"), d("100"), "37.20%"}, {d("105.3"), d("100"), "100.00%"}, {d("-5"), d("100"), "0.00%"}, {d("1"), d("0"), "0%"}, {ledger.Null, d("1"), "0%"}} {
		if got := share(c.part, c.whole); got != c.want {
			t.Errorf("share(%s, %s) = %q, want %q", c.part, c.whole, got, c.want)
		}
	}
}

func TestPhonesAreMasked(t *testing.T) {
	for in, want := range map[string]string{"13800001234": "138****1234", "": "—", "12345": "****"} {
		if got := masked(in); got != want {
			t.Errorf("masked(%q) = %q, want %q", in, got, want)
		}
	}
}
