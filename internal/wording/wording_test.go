package wording

import (
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"合  计", "合计"},
		{"凯恩\n国际广场", "凯恩国际广场"},
		{" 嵩山国际　", "嵩山国际"},
		{"示例三村城中村改造（一期）", "示例三村城中村改造(一期)"},
		{"项目督办〔2016〕001号", "项目督办(2016)001号"},
		{"项目督办【２０１６】001号", "项目督办(2016)001号"},
		{"９１４１０１０３MA３DBFRA９０", "91410103ma3dbfra90"},
		{"总投资（万元）", "总投资(万元)"},
		{"面积(㎡)", "面积(m2)"},
		{"A 座 ２ 层", "a座2层"},
		{"Apple  Store", "apple store"},
		{"买买提•江", "买买提·江"},
		{"2015．1—5", "2015.1-5"},
		{"\ufeff税收\u200b收入\u00a0", "税收收入"},
		{"“阳光”小区", `"阳光"小区`},
		{"甲、乙", "甲、乙"},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestClean(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"演示\n文化创意基地", "演示文化创意基地"},
		{"Sample\r\nTower", "Sample Tower"},
		{"\u00a0示例　大厦 ", "示例 大厦"},
		{"３号楼", "３号楼"},
		{"围挡破损,需更换;\n渣土未覆盖", "围挡破损,需更换;渣土未覆盖"},
		{"\t=1+1", "\t=1+1"},
		{"\t91410103", "91410103"},
		{"=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"},
		{"<script>alert(1)</script>", "<script>alert(1)</script>"},
		{"' OR 1=1 --", "' OR 1=1 --"},
		{"郑州示例置业有限公司\n（联合体：郑州样例有限公司）", "郑州示例置业有限公司（联合体：郑州样例有限公司）"},
	} {
		if got := Clean(c.in); got != c.want {
			t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestNameKey(t *testing.T) {
	same := [][2]string{
		{"示例三村城中村改造（一期）", "示例三村城中村改造(一期)"}, {"税收\n收入", "税收收入"}, {"“阳光”大厦", "阳光大厦"},
		{"郑州示例（集团）有限公司 ", "郑州示例(集团)有限公司"}, {"示例【Ａ】座", "示例(a)座"}, {"示例一村。", "示例一村"},
	}
	for _, c := range same {
		if NameKey(c[0]) != NameKey(c[1]) {
			t.Errorf("%q and %q differ", c[0], c[1])
		}
	}
	apart := [][2]string{
		{"郑州示例贸易有限公司", "郑州示例贸易有限责任公司"}, {"郑州示例贸易有限公司", "郑州示例贸易有限公司第一分公司"}, {"示例一村", "示例二村"},
	}
	for _, c := range apart {
		if NameKey(c[0]) == NameKey(c[1]) {
			t.Errorf("%q and %q are one", c[0], c[1])
		}
	}
}

func TestBlankCells(t *testing.T) {
	for _, s := range []string{"", " ", "\u00a0", "—", "-", "－", "――", "/", "／", "无", "空", "#N/A", "N/A", "暂无", "…", "——", "（无）"} {
		if !IsNull(s) {
			t.Errorf("%q should be null", s)
		}
	}
	for _, s := range []string{"0", "0.0", "0%", "无锡", "同上", "-1", "#REF!", "否", strings.Repeat(" x", 50)} {
		if IsNull(s) {
			t.Errorf("%q should not be null", s)
		}
	}
	for _, s := range []string{"同上", "〃", `"`, "″", "”", "同左", " 同 上 "} {
		if !IsSame(s) {
			t.Errorf("%q should repeat its neighbour", s)
		}
	}
	if IsSame("同上街") || IsSame("") || !IsPending("待 定") || IsPending("无") {
		t.Error("IsSame or IsPending goes too far")
	}
	if got := HalfWidth("　３０１Ａ"); got != "301A" {
		t.Errorf("HalfWidth = %q", got)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"（ａ）", "か \u3099", "e\u200b\u0301", "İ ı", "㎡ ２ ㎢", "\t=1", "合 计", "\xff\xfe", "ǆ Ǆ", "a \u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Fatalf("Fold(%q) = %q, then %q", s, once, twice)
		}
		if clean := Clean(s); Clean(clean) != clean {
			t.Fatalf("Clean(%q) = %q, then %q", s, clean, Clean(clean))
		}
		if key := NameKey(s); NameKey(key) != key {
			t.Fatalf("NameKey(%q) = %q, then %q", s, key, NameKey(key))
		}
		if IsNull(s) && IsSame(s) {
			t.Fatalf("%q is both blank and 同上", s)
		}
		if half := HalfWidth(s); HalfWidth(half) != half {
			t.Fatalf("HalfWidth(%q) = %q", s, half)
		}
	})
}
