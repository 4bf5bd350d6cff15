package ingest

var economyVariants = []variant{
	{name: "investment: foreign money, other stages, two-line header", pages: []page{{name: "Sheet1", lines: []string{
		"招商引资项目台账", "截至2016年6月30日||||单位：万元", "序号|项目|客商|资金来源地|行业|合同投资额|资金性质|到位资金||项目状态|时间||", "|||||||当年|累计||洽谈时间|签约时间|开工时间",
		"1|甲项目|甲集团|上海|金融业|30000|省外资金|1000|2000|签约|2015.1.1|2015.6.1|", "2|乙项目|乙集团|香港|商业|500万美元|外资|0|0|意向|2016.1|/|/", "合计|||||30000||1000|2000"},
		merges: []string{"A1:M1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:F4", "G3:G4", "H3:I3", "J3:J4", "K3:M3"}}},
		want: []expected{{dataset: "investment", rows: 2, day: "2016-06-30", sums: sums{"paid_in_year_yuan": "10000000", "paid_in_total_yuan": "20000000"},
			values: sums{"contract_amount": "300000000", "currency": "CNY", "investor": "甲集团", "origin": "上海"}}}},
	{name: "investment: flat words", pages: []page{{name: "在谈项目", lines: []string{
		"项目名称|投资主体|来源|产业类型|协议资金（亿元）|本年到位资金（亿元）|累计到位（亿元）|推进阶段|签约日期|招商专员|拟入驻楼宇|流失原因", "甲|甲公司|北京|金融业|3|0.5|1|签约|2016-01-05|赵|甲大厦|", "乙|乙公司|北京|金融业|3.5|—|—|洽谈||钱||"}}},
		want: []expected{{dataset: "investment", rows: 2, sums: sums{"contract_amount": "650000000", "paid_in_total_yuan": "100000000"}}}},
	{name: "indicators: years side by side with a unit column", pages: []page{{name: "Sheet1", lines: []string{
		"主要经济指标", "序号|指标|单位|2013年|2014年|2015年", "1|税收收入|亿元|3.07|3.8|4.34", "2|企业数|家|100|120|150", "3|GDP增速|%|8.5|8|7.5"}}},
		want: []expected{{dataset: "indicators", rows: 9, values: sums{"value": "307000000", "unit": "元", "period": "2013-01-01..2013-12-31"}}}},
	{name: "indicators: months of one year side by side", pages: []page{{name: "Sheet1", lines: []string{
		"2016年主要经济指标分月完成情况", "单位：万元", "指标名称|1月|2月|3月|一季度", "税收收入|1|2|3|6", "招商引资|10|20|30|60"}}},
		want: []expected{{dataset: "indicators", rows: 6, sums: sums{"value": "660000"}, values: sums{"period": "2016-01-01..2016-01-31"}}}},
	{name: "indicators: one period and last year's same months beside", pages: []page{{name: "Sheet1", lines: []string{
		"主要经济指标完成情况", "单位：亿元", "指标名称|2016年1-5月|2015年1-5月|同比增长%|2016年目标", "税收收入|1.57|1.4|12.1|5"}}},
		want: []expected{{dataset: "indicators", rows: 2, values: sums{"period": "2016-01-01..2016-05-31", "period_months": "5"}, sums: sums{"value": "297000000"}}, {dataset: "targets", rows: 1, sums: sums{"target": "500000000"}}}},
	{name: "indicators: long form by month", pages: []page{{name: "Sheet1", lines: []string{
		"指标名称|月份|完成数|单位|统计口径", "税收收入|2016年1月|3000|万元|区级", "税收收入|2016年2月|0.2|亿元|区级"}}},
		want: []expected{{dataset: "indicators", rows: 2, sums: sums{"value": "50000000"}, values: sums{"unit": "元", "basis": "区级"}}}},
	{name: "indicators: months downwards, series side by side, remark column", pages: []page{{name: "分月", lines: []string{
		"2016年分月情况（单位：万元）", "时间|税收收入|招商引资（亿元）|备注", "1月|100|1|春节", "2月|200|2|", "合计|300|3|"}}},
		want: []expected{{dataset: "indicators", rows: 4, sums: sums{"value": "303000000"}}}},
	{name: "indicators: years downwards", pages: []page{{name: "历年", lines: []string{
		"历年主要经济指标", "年度|税收收入（亿元）|招商引资（亿元）", "2013年|1|10", "2014年|2|20", "2015|3|30"}}},
		want: []expected{{dataset: "indicators", rows: 6, sums: sums{"value": "6600000000"}}}},
}

var followUpVariants = []variant{
	{name: "actions: other words, dates without a year", pages: []page{{name: "督办", lines: []string{
		"2016年督办事项台账", "督办号|交办日期|重点项目|议定事项|承办单位|承办人|办结时限|办理状态|办结日期", "1号|6月6日|甲|完成签约|城改办|赵|6月底前|处理中|", "2号|2016/6/13|乙|报送方案|项目办|钱|2016.6.20|已确认(销号)|2016年6月19日"}, merges: []string{"A1:I1"}}},
		want: []expected{{dataset: "actions", rows: 2, values: sums{"number": "1号", "meeting_date": "2016-06-06..2016-06-06", "due": "2016-06-30..2016-06-30"}}}},
	{name: "visits: sheet", pages: []page{{name: "走访", lines: []string{
		"领导干部走访项目记录", "序号|走访时间|带队领导|走访项目|用时（小时）|发现的问题", "1|2016.6.1|赵主任|甲|1|无", "2|2016.6.2|钱书记|乙|1.5|围挡破损"}}},
		want: []expected{{dataset: "visits", rows: 2, sums: sums{"minutes": "150"}, values: sums{"date": "2016-06-01..2016-06-01", "leader": "赵主任"}}}},
	{name: "services: other words", pages: []page{{name: "代办", lines: []string{
		"企业全程代办事项登记表", "截至2016年6月30日", "受理编号|申请企业|事项名称|接件日期|承诺办结时限（工作日）|承办部门|办结时间|办理状态", "1|甲公司|执照|2016.6.1|5|工商|2016.6.3|已办结", "2|乙公司|许可|2016.6.2|5个工作日|规划||办理中"}}},
		want: []expected{{dataset: "services", rows: 2, day: "2016-06-30", sums: sums{"promised_days": "10"}}}},
	{name: "two kinds of table on one sheet", pages: []page{{name: "Sheet1", lines: []string{
		"督办事项", "编号|督办事项|责任单位|完成时限|状态", "1|甲事|甲科|2016.6.30|处理中", "", "走访记录", "日期|走访领导|项目名称|时长（分钟）", "2016.6.1|赵主任|甲|60"}}},
		want: []expected{{dataset: "actions", rows: 1}, {dataset: "visits", rows: 1, sums: sums{"minutes": "60"}}}},
}

var textVariants = []variant{
	{name: "csv: tabs", csv: "企业名称\t月份\t税额（万元）\n甲公司\t2016年1月\t1.5\n乙公司\t2016年1月\t2\n", want: []expected{{dataset: "tax", rows: 2, sums: sums{"tax_yuan": "35000"}}}},
	{name: "csv: semicolons, mark at the front", csv: "\ufeff编号;督办事项;责任单位;完成时限;状态\r\n1;甲事;甲科;2016.6.30;处理中\r\n", want: []expected{{dataset: "actions", rows: 1}}},
	{name: "csv: title and banner above", csv: "2016年楼宇税收,,,\n单位：万元,,,\n企业名称,1月,2月,合计\n甲公司,1,2,3\n合计,1,2,3\n", want: []expected{{dataset: "tax", rows: 2, sums: sums{"tax_yuan": "30000"}}}},
	{name: "csv: GB18030", csv: gbk("楼宇名称,总建筑面积(万㎡),可租售面积(㎡)\n甲大厦,3,20000\n"), want: []expected{{dataset: "buildings", rows: 1, sums: sums{"gross_area_m2": "30000"}}}},
}
