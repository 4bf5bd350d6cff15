package ingest

import "testing"

// Target curves are percentages under the names of months and quarters, which another sheet has amounts under.
var curveVariants = []variant{
	{name: "curves: quarters of several indicators", pages: []page{{name: "Sheet1", lines: []string{
		"2016年主要指标序时进度要求", "指标名称|年度|二季度|三季度|四季度", "税收收入|2016年|45%|70%|80%", "招商引资|2016年|40%|70%|100%"}}},
		want: []expected{{dataset: "curves", rows: 2, values: sums{"indicator": "税收收入", "through_06": "45", "through_09": "70", "through_12": "80"}}}},
	{name: "curves: every month, basis stated", pages: []page{{name: "序时进度", lines: []string{
		"指标|年份|统计口径|1月|2月|3月|4月|5月|6月", "税收收入|2016|区级|8%|15%|25%|33%|42%|50%"}}},
		want: []expected{{dataset: "curves", rows: 1, values: sums{"basis": "区级", "through_01": "8", "through_05": "42"}}}},
	{name: "curves: one that falls", pages: []page{{name: "序时进度", lines: []string{
		"指标名称|年度|一季度|上半年|前三季度|全年", "税收收入|2016年|20%|15%|70%|110%"}}},
		want: []expected{{dataset: "curves", rows: 1}}, problems: []string{"curve_falls D2", "percent_out_of_range F2"}},
}

func TestTargetCurvesAreRead(t *testing.T) {
	for _, v := range curveVariants {
		t.Run(v.name, func(t *testing.T) { v.run(t) })
	}
}
