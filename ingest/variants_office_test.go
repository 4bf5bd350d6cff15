package ingest

// officeVariants are the sheets of assignments, clearing, funds, vacancies, days off and issues in other offices' shapes.
var officeVariants = []variant{
	{name: "assignments: term in one cell, plain words", pages: []page{{name: "包抓", lines: []string{
		"重点项目领导包抓安排", "序号|工程名称|包抓领导|责任单位|起止时间|备注", "1|甲项目|张三|甲科|2016.1.1-2016.6.30|", "2|甲项目|李四|甲科|2016.7.1起|", "3|乙项目|王五|乙科|2016年3月1日至今|"}, merges: []string{"A1:F1"}}},
		want: []expected{{dataset: "assignments", rows: 3, values: sums{"leaders": "[张三]", "from": "2016-01-01..2016-01-01", "to": "2016-06-30..2016-06-30", "section": "甲科"}}}},
	{name: "assignments: no dates, two leaders in a cell, one project without", pages: []page{{name: "Sheet1", lines: []string{
		"2016年项目“四个一”分包一览表", "项目|内容|分包领导|牵头科室|联络员", "甲项目|一抓到底|张三、李四|甲科|赵", "乙项目|一抓到底||乙科|钱"}, merges: []string{"A1:E1"}}},
		want:     []expected{{dataset: "assignments", rows: 2, values: sums{"item": "一抓到底", "contact": "赵"}}},
		problems: []string{"multiple_leads C3", "no_lead C4"}},
	{name: "assignments: two leads at once, terms end before they start", pages: []page{{name: "分包", lines: []string{
		"项目名称|分包领导|责任科室|开始日期|结束日期", "甲项目|张三|甲科|2016.1.1|2016.3.31", "甲项目|李四|甲科|2016.3.31|", "乙项目|王五|乙科|2016.5.1|2016.4.1", "丙项目|张三|甲科|2016.1.1|2016.3.31", "丙项目|李四|甲科|2016.4.1|"}}},
		want:     []expected{{dataset: "assignments", rows: 5}},
		problems: []string{"multiple_leads B3", "term_ends_before_start E4"}},
	{name: "demolition: flat headers, ㎡, as-of column", pages: []page{{name: "拆迁", lines: []string{
		"拆迁进展统计（单位：㎡、元）", "村庄|统计日期|应拆迁户数|已签协议户数|已搬迁户数|已拆迁户数|应拆迁面积|已签协议面积|过渡安置费", "甲村|2016.6.20|100|80|70|60|10000|8000|120000", "甲村|2016.6.27|100|90|80|60|10000|9000|130000", "合计||200|170|150|120|20000|17000|250000"}, merges: []string{"A1:I1"}}},
		want: []expected{{dataset: "demolition", rows: 2, sums: sums{"households_signed": "170", "area_due_m2": "20000", "transition_fee_yuan": "250000"}, values: sums{"as_of": "2016-06-20..2016-06-20"}}}},
	{name: "demolition: units under the words, total that misses", pages: []page{{name: "征收", lines: []string{
		"城中村征收情况", "截至2016年6月24日", "项目名称|应征||已签约||签约率", "|户|万㎡|户|万㎡|", "甲村|100|1|80|0.8|80%", "乙村|50|0.5|50|0.5|100%", "总计|150|1.5|140|1.3|"},
		merges: []string{"A3:A4", "B3:C3", "D3:E3", "F3:F4"}}},
		want:     []expected{{dataset: "demolition", rows: 2, day: "2016-06-24", sums: sums{"households_due": "150", "area_signed_m2": "13000"}, values: sums{"signed_percent": "80"}}},
		problems: []string{"total_mismatch D7"}},
	{name: "demolition: households are no sets and no persons", pages: []page{{name: "征迁", lines: []string{
		"截至日期：2016年6月24日", "村|应征户数|已签约户数|已腾空户数|已拆除户数", "甲村|100户|90套|80|70", "乙村|100|90|80人|70"}}},
		want:     []expected{{dataset: "demolition", rows: 2}},
		problems: []string{"unit_conflict C3", "unit_conflict D4"}},
	{name: "demolition: more cleared than vacated, by area too", pages: []page{{name: "征迁", lines: []string{
		"截至日期：2016年6月24日||单位：㎡", "村|应征户数|已签约户数|已腾空户数|已拆除户数|应征面积|已签约面积|已腾空面积|已拆除面积", "甲村|100|101|80|70|1000|900|800|801"}}},
		want:     []expected{{dataset: "demolition", rows: 1}},
		problems: []string{"signed_exceeds_due C3", "demolished_exceeds_vacated I3"}},
	{name: "paid in: months side by side, sources over them", pages: []page{{name: "到资", lines: []string{
		"2016年到位资金情况", "单位：万元", "项目|外资||省外|", "|1月|2月|1月|2月", "甲项目|10|20|30|40", "乙项目||5|-|6", "合计|10|25|30|46"}, merges: []string{"A1:E1", "A3:A4", "B3:C3", "D3:E3"}}},
		want: []expected{{dataset: "paid_in", rows: 6, sums: sums{"amount": "1110000"}, values: sums{"fund_source": "外资", "period": "2016-01-01..2016-01-31"}}}},
	{name: "paid in: one month from the title, currencies in cells", pages: []page{{name: "Sheet1", lines: []string{
		"2016年5月到位资金明细表", "序号|项目名称|投资方|本月到位资金|资金类别|到资凭证", "1|甲项目|甲公司|100万美元|外资|验1", "2|乙项目|乙公司|50万元|省内|单2"}, merges: []string{"A1:F1"}}},
		want: []expected{{dataset: "paid_in", rows: 2, values: sums{"currency": "USD", "amount": "1000000", "period": "2016-05-01..2016-05-31", "voucher": "验1"}}}},
	{name: "paid in: days, two payments in one month are two rows", pages: []page{{name: "资金到位", lines: []string{
		"项目名称|到账时间|到账金额（元）|备注", "甲项目|2016.5.3|1000|", "甲项目|d:2016-05-20|2000|", "甲项目|2016年6月1日|3000|"}}},
		want: []expected{{dataset: "paid_in", rows: 3, sums: sums{"amount": "6000"}, values: sums{"paid_on": "2016-05-03..2016-05-03", "period": "2016-05-01..2016-05-31"}}}},
	{name: "vacancies: a list of its own", pages: []page{{name: "Sheet1", lines: []string{
		"甲大厦空置房源统计表", "截至2016年6月20日", "楼层|房间号|空置面积（㎡）|空置时间|意向租金", "3|301|120|2016.1|2.5元/㎡·天", "3|302|80||", "合计||200||"}, merges: []string{"A1:E1"}}},
		want: []expected{{dataset: "vacancies", rows: 2, day: "2016-06-20", sums: sums{"area_m2": "200"}, values: sums{"building": "甲大厦", "room": "301", "asking_rent": "2.5元/㎡·天"}}}},
	{name: "vacancies: many buildings, beside a list of tenants that looks alike", pages: []page{{name: "待租房源", lines: []string{
		"楼宇名称|所在楼层|房号|面积（㎡）", "甲大厦|3|301|120", "乙大厦|4|401|80"}},
		{name: "甲大厦", lines: []string{"楼层|房号|企业名称|面积（㎡）", "5|501|甲公司|100", "5|502|空置|60", "5|503|空置待租|", "合计|||160"}}},
		want: []expected{{dataset: "vacancies", rows: 2, sums: sums{"area_m2": "200"}}, {dataset: "tenants", rows: 1, sums: sums{"let_area_m2": "100"}},
			{dataset: "vacancies", rows: 2, sums: sums{"area_m2": "60"}, values: sums{"building": "甲大厦", "floor": "5", "room": "502"}}}},
	{name: "calendar: a line a day or a span", pages: []page{{name: "节假日", lines: []string{
		"2016年节假日安排", "节日名称|日期|类型", "国庆节|10月1日-7日|放假", "国庆节|10月8日、9日|补班", "元旦|d:2016-01-01|休息"}, merges: []string{"A1:C1"}}},
		want: []expected{{dataset: "calendar", rows: 10, values: sums{"date": "2016-10-01..2016-10-01", "kind": "放假", "name": "国庆节"}}}},
	{name: "calendar: a span over the year's end, a day that is none", pages: []page{{name: "放假", lines: []string{
		"2016年放假安排", "节日|放假时间|调休上班", "元旦|2016年12月31日至2017年1月2日|", "春节|2月7日（初一）至13日，共7天|2月6日（周六）、2月14日（周日）", "盘点|13月1日|"}, merges: []string{"A1:C1"}}},
		want:     []expected{{dataset: "calendar", rows: 13, values: sums{"date": "2016-12-31..2016-12-31"}}},
		problems: []string{"bad_date B5"}},
	{name: "issues: other words, no numbers", pages: []page{{name: "问题清单", lines: []string{
		"项目存在问题清单", "填报日期：2016年6月24日", "项目名称|存在问题|提出时间|牵头单位|整改责任人|要求完成时间|是否解决|销号时间", "甲项目|缺施工许可|2016.6.1|甲科|张三|2016.6.30|未解决|", "甲项目|缺水|2016.6.2|甲科|李四|2016.6.30|已解决|2016.6.20"}, merges: []string{"A1:H1"}}},
		want: []expected{{dataset: "issues", rows: 2, day: "2016-06-24", values: sums{"issue": "缺施工许可", "status": "未解决", "due": "2016-06-30..2016-06-30"}}}},
	{name: "issues: resolved before found", pages: []page{{name: "问题台账", lines: []string{
		"编号|项目|问题描述|发现日期|责任人|状态|解决日期", "1|甲项目|缺水|2016.6.2|李四|已解决|2016.6.1"}}},
		want: []expected{{dataset: "issues", rows: 1}}, problems: []string{"closed_before_opened G2"}},
}
