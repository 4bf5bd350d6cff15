package ingest

var moreVariants = []variant{
	{name: "banner in two cells, attachment number above", pages: []page{{name: "Sheet1", lines: []string{
		"附件1：", "2016年重点项目台账", "填报日期：|2016年6月30日|||单位：|万元", "序号|★项目名称|项目类别|分包领导|责任科室|总投资|计划开工|计划竣工", "1|东广场|商业|赵|甲科|100|2016.1|2017.1"}}},
		want: []expected{{dataset: "projects", rows: 1, day: "2016-06-30", sums: sums{"total_investment_yuan": "1000000"}}}},
	{name: "a row of units under the header", pages: []page{{name: "Sheet1", lines: []string{
		"安置房交付情况表", "村|地块|总套数|总面积|已竣工套数|已竣工面积|已交付套数|已交付面积", "||套|万㎡|套|万㎡|套|万㎡", "甲村|一|100|1|80|0.8|50|0.5"}}},
		want: []expected{{dataset: "resettlement", rows: 1, sums: sums{"total_area_m2": "10000", "delivered_area_m2": "5000", "delivered_units": "50"}}}},
	{name: "years stored as numbers", pages: []page{{name: "Sheet1", lines: []string{
		"主要经济指标（单位：亿元）", "指标名称|2013|2014|2015", "税收收入|1|2|3"}}},
		want: []expected{{dataset: "indicators", rows: 3, sums: sums{"value": "600000000"}, values: sums{"period": "2013-01-01..2013-12-31"}}}},
	{name: "months stored as dates", pages: []page{{name: "Sheet1", lines: []string{
		"企业税收", "单位：元", "企业名称|d:2015-01-01|d:2015-02-01|合计", "甲公司|1|2|3"}}},
		want: []expected{{dataset: "tax", rows: 2, sums: sums{"tax_yuan": "3"}, values: sums{"period": "2015-01-01..2015-01-31"}}}},
	{name: "tenants with a header of two levels", pages: []page{{name: "Sheet1", lines: []string{
		"戊中心入驻企业情况", "序号|企业信息||位置||面积（㎡）|租期||备注", "|企业名称|统一社会信用代码|楼层|房号||起|止|", "1|甲公司||3|301|100|2015.1.1|2017.1.1|", "合计|||||100"},
		merges: []string{"A1:I1", "A2:A3", "B2:C2", "D2:E2", "F2:F3", "G2:H2", "I2:I3"}}},
		want: []expected{{dataset: "tenants", rows: 1, sums: sums{"let_area_m2": "100"}, values: sums{"building": "戊中心", "lease_from": "2015-01-01..2015-01-01", "lease_to": "2017-01-01..2017-01-01", "room": "301"}}}},
	{name: "buildings with areas under one header", pages: []page{{name: "Sheet1", lines: []string{
		"楼宇台账", "楼宇名称|地址|面积（万平方米）|||等级", "||总建筑面积|可租售面积|已租售面积|", "甲大厦|一号|3|2|1.5|甲级"},
		merges: []string{"A2:A3", "B2:B3", "C2:E2", "F2:F3"}}},
		want: []expected{{dataset: "buildings", rows: 1, sums: sums{"gross_area_m2": "30000", "lettable_area_m2": "20000", "let_area_m2": "15000"}}}},
	{name: "resettlement: only the unit tells sets from areas", pages: []page{{name: "Sheet1", lines: []string{
		"安置房统计", "村名|总套数|总面积（㎡）|已开工（套）|已开工（㎡）|已竣工（套）|已竣工（㎡）|已交付（套）|已交付（㎡）", "甲村|100|10000|90|9000|80|8000|70|7000"}}},
		want: []expected{{dataset: "resettlement", rows: 1, sums: sums{"started_units": "90", "started_area_m2": "9000", "completed_area_m2": "8000", "delivered_units": "70", "delivered_area_m2": "7000"}}}},
	{name: "projects: columns named after their year and months", pages: []page{{name: "Sheet1", lines: []string{
		"重点项目台账", "截至2016年6月30日", "项目名称|类别|分包领导|责任科室|总投资（万元）|2016年计划投资（万元）|6月完成投资（万元）|2016年1-6月完成投资（万元）|计划开工时间|计划竣工时间", "东广场|商业|赵|甲科|100|50|5|20|2016.1|2017.1"}}},
		want: []expected{{dataset: "projects", rows: 1, sums: sums{"year_plan_yuan": "500000", "month_done_yuan": "50000", "year_to_date_yuan": "200000"}}}},
	{name: "tax: total and some of its types", pages: []page{{name: "Sheet1", lines: []string{
		"2016年3月企业税收", "单位：万元", "企业名称|税收合计|其中：增值税|企业所得税", "甲公司|10|4|3", "乙公司|20|10|5", "合计|30|14|8"}}},
		want: []expected{{dataset: "tax", rows: 2, day: "2016-03-31", sums: sums{"tax_yuan": "300000"}, values: sums{"tax_type": "<nil>"}}}},
	{name: "tax: total and all of its types under 其中", pages: []page{{name: "Sheet1", lines: []string{
		"2016年3月企业税收", "单位：万元", "企业名称|税收合计|其中||", "||增值税|城建税", "甲公司|10|4|6", "乙公司|20|10|10", "合计|30|14|16"}, merges: []string{"A3:A4", "B3:B4", "C3:D3"}}},
		want: []expected{{dataset: "tax", rows: 4, day: "2016-03-31", sums: sums{"tax_yuan": "300000"}, values: sums{"tax_type": "增值税"}}}},
	{name: "tax: this month, running sum and growth in short words", pages: []page{{name: "Sheet1", lines: []string{
		"2016年5月楼宇企业税收", "单位：万元", "楼宇|企业|本月|累计|上年同期累计|增幅", "甲大厦|甲公司|10|50|40|25%"}}},
		want: []expected{{dataset: "tax", rows: 1, day: "2016-05-31", sums: sums{"tax_yuan": "100000"}, values: sums{"period_months": "1"}}}},
	{name: "tax: only the running sum", pages: []page{{name: "Sheet1", lines: []string{
		"2016年5月楼宇企业税收", "单位：万元", "楼宇|企业|累计税收|同比增长", "甲大厦|甲公司|50|25%"}}},
		want: []expected{{dataset: "tax", rows: 1, day: "2016-05-31", sums: sums{"tax_yuan": "500000"}, values: sums{"period_months": "5"}}}},
	{name: "notes between, then the same table goes on", pages: []page{{name: "Sheet1", lines: []string{
		"2015年企业税收（元）", "企业名称|1月|2月", "甲公司|1|2", "", "企业名称|1月|2月", "乙公司|3|4", "合计|4|6", "注：不含社保。"}}},
		want: []expected{{dataset: "tax", rows: 4, sums: sums{"tax_yuan": "10"}}}},
	{name: "what has not happened yet", pages: []page{{name: "Sheet1", lines: []string{
		"2016年重点项目台账", "项目名称|类别|分包领导|责任科室|计划开工|实际开工|计划竣工|实际竣工|总投资(亿元)", "东广场|商业|赵|甲科|2016.1|未开工|2017.1|尚未竣工|待定"}}},
		want: []expected{{dataset: "projects", rows: 1}}},
	{name: "a table to the right and rows deep down", pages: []page{{name: "Sheet1", top: 12, lines: []string{
		"|||楼宇名称|总建筑面积（㎡）|地址", "|||甲大厦|100|一号", "|||乙大厦|200|二号"}}},
		want: []expected{{dataset: "buildings", rows: 2, sums: sums{"gross_area_m2": "300"}}}},
	{name: "rounded totals and totals left blank", pages: []page{{name: "Sheet1", lines: []string{
		"2015年税收（万元）", "企业名称|1月|2月|3月|一季度", "甲公司|0.33|0.33|0.33|1", "乙公司|0.34|0.34|0.34|1.02", "丙公司|0.333|0.333|0.333|0.999", "小计|||", "合计|1.003|1.003|—|3.019"}}},
		want: []expected{{dataset: "tax", rows: 9, sums: sums{"tax_yuan": "30090"}}}},
	{name: "a running number, names that hold words of sums", pages: []page{{name: "Sheet1", lines: []string{
		"入驻企业台账", "楼宇名称|企业名称|面积（㎡）|备注", "甲大厦|郑州总和贸易有限公司|100|合计三间", "甲大厦|共计科技有限公司|200|其中一间空置", "甲大厦|河南小计算机有限公司|300|总计"}}},
		want: []expected{{dataset: "tenants", rows: 3, sums: sums{"let_area_m2": "600"}}}},
}
