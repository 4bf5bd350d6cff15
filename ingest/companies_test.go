package ingest

import (
	"strings"
	"testing"
)

func TestOneCodeTwoNamesAndOneNameTwoCodes(t *testing.T) {
	const a, b = "91350100M000100Y43", "914403001922038216"
	tenants := func(lines ...string) []page {
		return []page{{name: "甲大厦", lines: append([]string{"房号|企业名称|统一社会信用代码|面积"}, lines[:2]...)},
			{name: "乙大厦", lines: append([]string{"房号|企业名称|统一社会信用代码|面积"}, lines[2:]...)}}
	}
	for _, c := range []struct {
		name  string
		lines []string
		want  string // kind cell
		says  string
	}{
		{"renamed", []string{"301|甲公司|" + a + "|10", "302|丙公司||10", "101|乙公司|" + a + "|10"}, "code_other_name C2", "甲大厦!C2"},
		{"the organisation code before", []string{"301|甲公司|'M000100Y4|10", "302|丙公司||10", "101|乙公司|" + a + "|10"}, "code_other_name C2", "甲大厦!C2"},
		{"two of one name", []string{"301|甲公司|" + a + "|10", "302|丙公司||10", "101|甲公司|'" + b + "|10", "102|甲公司|'" + b + "|10"}, "name_other_code C2", "甲大厦!C2"},
		{"the same in other widths", []string{"301|甲（集团）公司|" + a + "|10", "302|甲(集团)公司|" + a + "|10", "101|甲(集团)公司||10"}, "", ""},
	} {
		f := readVariant(t, variant{pages: tenants(c.lines...)}, Options{})
		var got []string
		for _, p := range f.Problems {
			got = append(got, p.Kind+" "+string(p.Cell))
			if !strings.Contains(p.Message, c.says) || string(p.Sheet) != "乙大厦" {
				t.Errorf("%s: %s!%s %s", c.name, p.Sheet, p.Cell, p.Message)
			}
		}
		if strings.Join(got, ",") != c.want || f.Blocked() {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}
