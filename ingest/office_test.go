package ingest

import (
	"testing"
	"time"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

func TestASheetOfAnotherAreaIsTold(t *testing.T) {
	l, err := ledger.New(t.Context(), testkit.Empty(t), ledger.Options{Area: "东街道", Areas: []string{"西街道"}, Now: func() time.Time { return testkit.Now }})
	if err != nil {
		t.Fatal(err)
	}
	const rows = "项目名称,项目类型,分包领导,责任科室,计划开工,计划竣工\n甲项目,商业,张三,城建科,2016-01-01,2017-01-01\n"
	for _, c := range []struct{ banner, area, cell string }{
		{"填报单位：西街道办事处    单位：万元", "东街道", "A2"},
		{"填报单位：西街道办事处    单位：万元", "西街道", ""},
		{"填报单位:东街道办事处", "西街道", "A2"},
		{"填报单位：城建科", "东街道", ""},
		{"单位：万元", "东街道", ""},
	} {
		content := []byte("项目台账,,,,,\n" + c.banner + ",,,,,\n" + rows)
		out, err := Import(t.Context(), l.In(c.area), "项目.csv", content, Options{DryRun: true, Now: testkit.Now})
		if err != nil || out.Status != Checked {
			t.Fatalf("%s: %v %+v", c.banner, err, out)
		}
		at := ""
		for _, p := range out.Problems {
			if p.Kind == "other_area" {
				at += string(p.Cell)
			}
		}
		if at != c.cell {
			t.Errorf("%s into %s: told at %q, want %q", c.banner, c.area, at, c.cell)
		}
	}
}
