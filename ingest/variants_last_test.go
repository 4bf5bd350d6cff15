package ingest

var lastVariants = []variant{
	{name: "indicators: this month and the running sum by the title's month", pages: []page{{name: "Sheet1", lines: []string{
		"2016年5月主要经济指标完成情况", "指标名称|单位|本月|累计|同比±%", "税收收入|万元|3000|15700|12.1", "企业数|家|5|30|3"}}},
		want: []expected{{dataset: "indicators", rows: 4, values: sums{"value": "30000000", "period_months": "1", "unit": "元"}}}},
	{name: "tax: months in Chinese numerals", pages: []page{{name: "Sheet1", lines: []string{
		"二〇一五年税收", "单位：元", "企业名称|一月|二月份|十二月|合计", "甲公司|1|2|3|6"}}},
		want: []expected{{dataset: "tax", rows: 3, sums: sums{"tax_yuan": "6"}, values: sums{"period": "2015-01-01..2015-01-31"}}}},
	{name: "tax: months with words and a unit", pages: []page{{name: "2015年", lines: []string{
		"企业名称|1月份税收(万元)|2月份税收(万元)|全年税收合计(万元)|备注", "甲公司|1|2|3|"}}},
		want: []expected{{dataset: "tax", rows: 2, sums: sums{"tax_yuan": "30000"}}}},
	{name: "totals in other words, averages and shares below", pages: []page{{name: "Sheet1", lines: []string{
		"2015年税收（万元）", "楼宇|企业名称|1月|2月", "甲大厦|甲公司|1|2", "甲大厦|乙公司|3|4", "甲大厦小计||4|6", "乙大厦|丙公司|5|6", "乙大厦小计||5|6", "合计（3家）||9|12", "平均||3|4", "上年同期||8|9", "同比（%）||12.5|33.3"}}},
		want: []expected{{dataset: "tax", rows: 6, sums: sums{"tax_yuan": "210000"}}}},
	{name: "progress: a sheet each week", pages: []page{
		{name: "第1周", lines: []string{"项目周报", "截至日期：2016年6月3日", "项目名称|形象进度|完成%", "东广场|主体|p:0.3"}},
		{name: "第2周", lines: []string{"项目周报", "截至日期：2016年6月10日", "项目名称|形象进度|完成%", "东广场|主体|32"}}},
		want: []expected{{dataset: "progress", rows: 1, day: "2016-06-03"}, {dataset: "progress", rows: 1, day: "2016-06-10"}}},
	{name: "projects: 同上 and a yearless banner", pages: []page{{name: "Sheet1", lines: []string{
		"2016年重点项目台账（截至6月底）", "项目名称|类别|分包领导|责任科室|计划开工|计划竣工|总投资（万元）", "东广场|商业|赵|甲科|1月|年底前|100", "西广场|同上|〃|同上|3月|12月底|约200"}}},
		want: []expected{{dataset: "projects", rows: 2, day: "2016-06-30", sums: sums{"total_investment_yuan": "3000000"}, values: sums{"plan_finish": "2016-12-31..2016-12-31"}}}},
	{name: "tenants: firms under a row that names the building", pages: []page{{name: "Sheet1", lines: []string{
		"入驻企业台账", "楼宇|楼层|企业名称|面积（㎡）", "甲大厦", "|1|甲公司|100", "|2|乙公司|200"}, merges: []string{"A1:D1"}}},
		want: []expected{{dataset: "tenants", rows: 2, sums: sums{"let_area_m2": "300"}}}},
	{name: "services and visits on two sheets, an explanation on a third", pages: []page{
		{name: "代办", lines: []string{"编号|企业名称|代办事项|受理日期|承诺时限|办结日期|状态", "1|甲公司|执照|2016.6.1|5个工作日|2016.6.3|已办结"}},
		{name: "走访", lines: []string{"走访日期|走访人|项目|时长（分钟）", "2016.6.1|赵|东广场|60"}}, {name: "说明", lines: []string{"填表说明", "一、每周五报送。", "二、单位为分钟。"}}},
		want: []expected{{dataset: "services", rows: 1}, {dataset: "visits", rows: 1}}},
	{name: "investment: a share in percent, amounts in three currencies", pages: []page{{name: "Sheet1", lines: []string{
		"招商项目", "项目名称|投资方|协议金额|当年到位|累计到位|资金到位率|阶段|签约时间", "甲|甲|3亿元|3000万元|9000万|30%|签约|2016.1.1", "乙|乙|500万美元|0|0|0|意向|", "丙|丙|2000|—|—||洽谈|"}}},
		want: []expected{{dataset: "investment", rows: 3, sums: sums{"paid_in_total_yuan": "90000000", "paid_in_year_yuan": "30000000"}}}},
	{name: "milestones: forecast, version and weight", pages: []page{{name: "东广场", lines: []string{
		"编号|里程碑|权重（%）|计划版本|计划开始日期|计划完成日期|预计完成日期|实际完成日期|最晚完成时间|责任单位", "1|启动|10|V1|2016.1.1|2016.1.31|2016.2.5|2016.2.3|2016.2.1|甲科", "2|交付|90|V1|2016.2.1|2016.12.31|||2016.12.31|乙科"}}},
		want: []expected{{dataset: "milestones", rows: 2, values: sums{"project": "东广场", "latest_finish": "2016-02-01..2016-02-01", "forecast_finish": "2016-02-05..2016-02-05"}}}},
}
