package ingest

var taxVariants = []variant{
	{name: "tax: long form with months as text", pages: []page{{name: "明细", lines: []string{
		"企业税收明细", "单位：元", "纳税人名称|纳税人识别号|税种|所属期|实缴税额", "甲公司|91350100M000100Y43|增值税|2016年1月|1000.5", "甲公司|91350100M000100Y43|企业所得税|2016-01|2000", "乙公司||增值税|201602|-300", "合计||||2700.5"}}},
		want: []expected{{dataset: "tax", rows: 3, sums: sums{"tax_yuan": "2700.5"}, values: sums{"period": "2016-01-01..2016-01-31"}}}, problems: []string{"negative_tax E6"}},
	{name: "tax: long form, month without a year, year in the title, 亿元", pages: []page{{name: "Sheet1", lines: []string{
		"2015年楼宇税收", "单位：亿元", "楼宇|单位名称|月份|税收", "甲大厦|甲公司|1月|0.01", "甲大厦|甲公司|2月|0.02"}}},
		want: []expected{{dataset: "tax", rows: 2, sums: sums{"tax_yuan": "3000000"}, values: sums{"period": "2015-01-01..2015-01-31", "building": "甲大厦"}}}},
	{name: "tax: long form with month numbers and dates", pages: []page{{name: "Sheet1", lines: []string{
		"2015年企业税收（万元）", "企业名称|月份|税额", "甲公司|1|1", "甲公司|2|2", "乙公司|d:2015-03-01|3"}}},
		want: []expected{{dataset: "tax", rows: 3, sums: sums{"tax_yuan": "60000"}}}},
	{name: "tax: tax types side by side, the month in the title", pages: []page{{name: "Sheet1", lines: []string{
		"2016年3月份企业税收情况", "单位：万元", "序号|企业名称|增值税|营业税|企业所得税|个人所得税|合计", "1|甲公司|1|2|3|4|10", "2|乙公司|0|—|5||5", "合计||1|2|8|4|15"}, merges: []string{"A1:G1"}}},
		want: []expected{{dataset: "tax", rows: 6, day: "2016-03-31", sums: sums{"tax_yuan": "150000"}, values: sums{"tax_type": "增值税"}}}},
	{name: "tax: one sheet a month", file: "2016年税收.xlsx", pages: []page{
		{name: "1月", lines: []string{"企业名称|税额（万元）", "甲公司|10", "乙公司|20", "合计|30"}}, {name: "2月", lines: []string{"企业名称|税额（万元）", "甲公司|11", "乙公司|22", "合计|33"}}},
		want: []expected{{dataset: "tax", rows: 2, day: "2016-01-31", sums: sums{"tax_yuan": "300000"}}, {dataset: "tax", rows: 2, day: "2016-02-29", sums: sums{"tax_yuan": "330000"}}}},
	{name: "tax: this month beside last year's and growth", pages: []page{{name: "Sheet1", lines: []string{
		"2016年5月税收完成情况", "单位：万元", "企业名称|本月税收|上年同期|同比增长（%）|累计税收|累计同比", "甲公司|10|8|25|50|12%", "乙公司|20|30|-33.3|100|p:-0.1", "合计|30|38|-21.1|150|"}}},
		want: []expected{{dataset: "tax", rows: 2, day: "2016-05-31", sums: sums{"tax_yuan": "300000"}}}},
	{name: "tax: basis in the banner, half a year in one figure", pages: []page{{name: "Sheet1", lines: []string{
		"2016年上半年重点企业税收", "口径：区级||单位：万元", "企业名称|所在楼宇|入库税额", "甲公司|甲大厦|100", "乙公司|甲大厦|200"}}},
		want: []expected{{dataset: "tax", rows: 2, day: "2016-06-30", sums: sums{"tax_yuan": "3000000"}, values: sums{"basis": "区级", "period_months": "6"}}}},
	{name: "tax: amounts of one to five months in one figure", pages: []page{{name: "Sheet1", lines: []string{
		"2016年1-5月楼宇税收", "企业名称|入驻楼宇|税收（亿元）", "甲公司|甲大厦|0.01"}}},
		want: []expected{{dataset: "tax", rows: 1, day: "2016-05-31", sums: sums{"tax_yuan": "1000000"}, values: sums{"period_months": "5"}}}},
}

var taxWideVariants = []variant{
	{name: "tax: months side by side, year in the file's name", file: "2015年税收台账.xlsx", pages: []page{{name: "Sheet1", lines: []string{
		"企业名称|税号|1月|2月|3月|4月|5月|6月|上半年|7月|8月|9月|10月|11月|12月|全年", "甲公司||1|1|1|1|1|1|6|2|2|2|2|2|2|18", "乙公司||0|0|0||—|6|6|0|0|0|0|0|0|6", "总计||1|1|1|1|1|7|12|2|2|2|2|2|2|24"}}},
		want: []expected{{dataset: "tax", rows: 22, sums: sums{"tax_yuan": "24"}, values: sums{"period": "2015-01-01..2015-01-31"}}}},
	{name: "tax: tax types over months", pages: []page{{name: "税收", lines: []string{
		"2015年分税种税收表（单位：万元）", "企业|增值税|||企业所得税|||合计", "|1月|2月|小计|1月|2月|小计|", "甲公司|1|2|3|10|20|30|33", "乙公司|1|1|2|1|1|2|4", "合计|2|3|5|11|21|32|37"},
		merges: []string{"A1:H1", "A2:A3", "B2:D2", "E2:G2", "H2:H3"}}},
		want: []expected{{dataset: "tax", rows: 8, sums: sums{"tax_yuan": "370000"}, values: sums{"tax_type": "增值税"}}}},
	{name: "tax: months over tax types", pages: []page{{name: "税收", lines: []string{
		"2015年税收", "单位：元", "企业名称|1月|||2月||", "|增值税|城建税|小计|增值税|城建税|小计", "甲公司|10|1|11|20|2|22"},
		merges: []string{"A3:A4", "B3:D3", "E3:G3"}}},
		want: []expected{{dataset: "tax", rows: 4, sums: sums{"tax_yuan": "33"}}}},
	{name: "tax: running sums under each tax type", pages: []page{{name: "税收", lines: []string{
		"2016年税收累计", "单位：元", "企业名称|增值税|||营业税||", "|1月|1-2月|1-3月|1月|1-2月|1-3月", "甲公司|10|30|60|1|3|6"},
		merges: []string{"A3:A4", "B3:D3", "E3:G3"}}},
		want: []expected{{dataset: "tax", rows: 6, sums: sums{"tax_yuan": "66"}}}},
	{name: "tax: January and February reported together", pages: []page{{name: "2016年", lines: []string{
		"企业名称|1-2月|3月|4月|1-4月", "甲公司|10|5|6|21"}}},
		want: []expected{{dataset: "tax", rows: 3, sums: sums{"tax_yuan": "21"}, values: sums{"period_months": "2"}}}},
	{name: "tax: running sums from the two first months on", pages: []page{{name: "2016年", lines: []string{
		"企业名称|1-2月|1-3月|1-4月", "甲公司|10|15|21"}}},
		want: []expected{{dataset: "tax", rows: 3, sums: sums{"tax_yuan": "21"}, values: sums{"period_months": "2"}}}},
	{name: "tax: quarters with a total", pages: []page{{name: "Sheet1", lines: []string{
		"2015年度楼宇企业税收统计表", "计量单位：万元", "楼宇|企业|一季度|二季度|三季度|四季度|合计", "甲大厦|甲公司|1|2|3|4|10", "|乙公司|1|1|1|1|4", "|小计|2|3|4|5|14", "乙大厦|丙公司|1|1|1|1|4", "|小计|1|1|1|1|4", "合计||3|4|5|6|18"},
		merges: []string{"A1:G1", "A4:A6", "A7:A8"}}},
		want: []expected{{dataset: "tax", rows: 12, sums: sums{"tax_yuan": "180000"}, values: sums{"period_months": "3", "building": "甲大厦"}}}},
	{name: "tax: two years' months side by side", pages: []page{{name: "Sheet1", lines: []string{
		"企业税收对比表", "单位：万元", "企业名称|2015年||2016年|", "|1月|2月|1月|2月", "甲公司|1|2|3|4"}, merges: []string{"A3:A4", "B3:C3", "D3:E3"}}},
		want: []expected{{dataset: "tax", rows: 4, sums: sums{"tax_yuan": "100000"}, values: sums{"period": "2015-01-01..2015-01-31"}}}},
	{name: "tax: months written 2016年1月 with last year and growth beside", pages: []page{{name: "Sheet1", lines: []string{
		"企业名称|2016年1月税收（万元）|2015年1月税收（万元）|同比", "甲公司|1|2|-50%"}}},
		want: []expected{{dataset: "tax", rows: 2, sums: sums{"tax_yuan": "30000"}}}},
	{name: "tax: a month missing in the middle of running sums", pages: []page{{name: "2016年", lines: []string{
		"企业名称|1月|1-2月|1-3月|1-4月", "甲公司|1|3||10", "乙公司|1|2|3|4"}}},
		want: []expected{{dataset: "tax", rows: 6, sums: sums{"tax_yuan": "7"}}}, problems: []string{"cumulative_gap E2"}},
}
