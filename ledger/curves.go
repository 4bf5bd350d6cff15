package ledger

import "fmt"

// Curves say by when how much of a year's target is due (序时进度), where the calendar's m/12 is not asked: one row an indicator, year and
// basis, with the percentages due by the end of months. A month left blank lies evenly between its neighbours.
var Curves = &Dataset{
	Name: "curves", Zh: "序时进度", En: "Target curves",
	Subject:    "indicator",
	Key:        []string{"indicator", "year", "basis"},
	Scope:      []string{"year"},
	Essential:  []string{"indicator", "year", "through_03|through_06|through_09|through_01|through_10|through_11"},
	Titles:     []string{"序时进度", "序时目标", "时间进度", "进度目标", "进度要求", "Target curves"},
	NeedsTitle: true,
	UniqueKey:  true,
	Fields: append([]Field{
		{Name: "indicator", Zh: "指标名称", En: "Indicator", Kind: Name, Aliases: indicatorAliases},
		{Name: "year", Zh: "年度", En: "Year", Kind: Period, Aliases: []string{"年份", "目标年度"}},
		{Name: "basis", Zh: "口径", En: "Basis", Kind: Enum, Aliases: []string{"统计口径"}, Banner: []string{"口径", "统计口径"}},
	}, append(throughFields(), noteField)...),
	Checks: throughChecks(),
}

// quarterEnds are what a sheet calls the months that end a quarter.
var quarterEnds = map[int][]string{
	3: {"一季度", "第一季度", "1季度", "一季度末", "1-3月"}, 6: {"上半年", "二季度", "第二季度", "半年", "二季度末", "1-6月"},
	9: {"前三季度", "三季度", "第三季度", "三季度末", "1-9月"}, 12: {"全年", "四季度", "第四季度", "年底", "四季度末", "1-12月"},
}

// ThroughField names the field of a curve that holds what is due by the end of a month.
func ThroughField(month int) string { return fmt.Sprintf("through_%02d", month) }

func throughFields() []Field {
	var list []Field
	for m := 1; m <= 12; m++ {
		f := Field{Name: ThroughField(m), Zh: fmt.Sprintf("1-%d月", m), En: fmt.Sprintf("Due by the end of month %d", m), Unit: "%", Kind: Percent,
			Aliases: []string{fmt.Sprintf("%d月", m), fmt.Sprintf("%d月底", m), fmt.Sprintf("%d月末", m), fmt.Sprintf("截至%d月", m)}}
		if m == 1 {
			f.Zh, f.Aliases = "1月", []string{"1月底", "1月末", "截至1月"}
		}
		if names := quarterEnds[m]; names != nil {
			f.Zh, f.Aliases = names[0], append(f.Aliases, names[1:]...)
		}
		list = append(list, f)
	}
	return list
}

// throughChecks ask that a curve lies between 0 and 100 % and does not fall, from month to month and from quarter to quarter.
func throughChecks() []Check {
	var list []Check
	for m := 1; m <= 12; m++ {
		list = append(list, Check{Kind: "percent_out_of_range", Severity: SeverityError, At: ThroughField(m), Rule: Between{ThroughField(m), 0, 100}})
		if m > 1 {
			list = append(list, Check{Kind: "curve_falls", Severity: SeverityError, At: ThroughField(m), Rule: AtMost{ThroughField(m - 1), ThroughField(m)}})
		}
		if m > 3 && m%3 == 0 {
			list = append(list, Check{Kind: "curve_falls", Severity: SeverityError, At: ThroughField(m), Rule: AtMost{ThroughField(m - 3), ThroughField(m)}})
		}
	}
	return list
}
