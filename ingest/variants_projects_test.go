package ingest

var projectVariants = []variant{
	{name: "projects: group headings, subtotals at the foot of groups, other words", pages: []page{{name: "Sheet1", top: 2,
		lines: []string{"某某办事处2016年重点项目建设情况一览表", "单位：亿元||||截止2016年6月30日",
			"序号|工程名称|项目性质|包联领导|牵头单位|计划总投资|年度投资计划|截止目前累计|开工时间|完工时间|工程进度",
			"一、城中村改造", "1|甲村改造|城中村改造|赵主任|城改办|60|8|12.5|2014年4月|2018年底|主体施工",
			"2|乙村改造|城中村改造|钱书记|项目办|40|6|10|2015.3|2017.12|征收",
			"|小计||||100|14|22.5", "二、商业", "1|丙广场|商业|孙委员|招商办|5|2|0.5|2016-03-01|2018-06-30|土方",
			"|小计||||5|2|0.5", "|合计||||105|16|23", "审核：王某某||填表：李某某"},
		merges: []string{"A3:K3", "A6:K6", "A10:K10"}}},
		want: []expected{{dataset: "projects", rows: 3, day: "2016-06-30",
			sums:   sums{"total_investment_yuan": "10500000000", "year_plan_yuan": "1600000000", "since_start_yuan": "2300000000"},
			values: sums{"project": "甲村改造", "section": "城改办", "plan_finish": "2018-12-31..2018-12-31"}}}},
	{name: "projects: totals above, category merged downwards, units in cells", pages: []page{{name: "项目", lines: []string{
		"类别|项目名称|责任领导|责任单位|总投资|计划开工|计划竣工|备注", "合计|||||",
		"小计||||15亿元", "城中村改造|甲|赵主任|城改办|10亿元|2015.1|2017.1|其中一期已交付", "|乙|钱书记|城改办|5亿|2015.2|2017.2|",
		"小计||||3000万元", "产业|丙|孙委员|经济科|3000万元|2016.1|2017.3|合计用地30亩"},
		merges: []string{"A4:A5"}}},
		want: []expected{{dataset: "projects", rows: 3, sums: sums{"total_investment_yuan": "1530000000"}}}},
	{name: "projects: three header rows, year plan under a parent", pages: []page{{name: "台账", lines: []string{
		"重点项目台账（2016年）", "序号|项目名称|项目类别|责任分工||投资（万元）|||时间安排|||", "|||领导|科室|总投资|2016年||计划||实际|",
		"|||||" + "|年度计划|年度累计|开工|竣工|开工|竣工", "1|甲|楼宇|赵主任|城改办|1000|500|100|2016.1|2017.1|2016.2|"},
		merges: []string{"A1:L1", "A2:A4", "B2:B4", "C2:C4", "D2:E2", "F2:H2", "I2:L2", "D3:D4", "E3:E4", "F3:F4", "G3:H3", "I3:J3", "K3:L3"}}},
		want: []expected{{dataset: "projects", rows: 1, sums: sums{"total_investment_yuan": "10000000", "year_plan_yuan": "5000000", "year_to_date_yuan": "1000000"},
			values: sums{"plan_start": "2016-01-01..2016-01-31", "actual_start": "2016-02-01..2016-02-29", "leaders": "[赵主任]"}}}},
	{name: "projects: percent in three spellings, blank rows, number missing", pages: []page{{name: "项目库", lines: []string{
		"项目名称|类型|联系领导|责任部门|投资估算（亿元）|完成率|拟开工时间|计划建成时间", "甲|商业|赵主任|甲科|1|0.35|2016年二季度|2017年上半年", "",
		"乙|商业|钱主任|乙科|2|35%|2016/6|2018", "", "", "丙|商业|孙主任|丙科|3|35|16.6.29|年底前", "说明：单位为亿元。"}}},
		want: []expected{{dataset: "projects", rows: 3, sums: sums{"total_investment_yuan": "600000000"}}}, problems: []string{"bad_date H7"}},
	{name: "projects: district list with an extra unit column in yuan", pages: []page{{name: "2016年投资项目", lines: []string{
		"2016年投资项目清单", "单位：元", "编号|项目名称|建设地点|用地(亩)|类别|投资额|分管领导|责任科室|计划开工日期|计划竣工日期|联系方式",
		"XM-1|甲|路一|12.5|产业|12000000|赵主任|甲科|d:2016-01-05|d:2017-01-05|00000001", "XM-2|乙|路二|3|产业|１５００００００|钱主任|乙科|42400|2017年1月5日|00000002",
		"合计|||15.5||27000000"}, merges: []string{"A1:K1"}}},
		want: []expected{{dataset: "projects", rows: 2, sums: sums{"total_investment_yuan": "27000000"}, values: sums{"plan_start": "2016-01-05..2016-01-05"}}}},
}

var scheduleVariants = []variant{
	{name: "milestones: one sheet a project, name in the sheet only", pages: []page{
		{name: "甲村改造", lines: []string{"序号|关键节点|天数|紧前工序|计划开始时间|计划完成时间|实际完成时间|负责人", "1|启动|10||2016.1.1|2016.1.10|2016.1.9|赵", "2|签约|20|1|2016.1.11|2016.1.30||钱"}},
		{name: "乙村改造", lines: []string{"序号|关键节点|天数|紧前工序|计划开始时间|计划完成时间|实际完成时间|负责人", "1|启动|10||2016.1.1|2016.1.10|2016.1.9|赵"}}},
		want: []expected{{dataset: "milestones", rows: 2, sums: sums{"duration_days": "30"}, values: sums{"project": "甲村改造"}},
			{dataset: "milestones", rows: 1, values: sums{"project": "乙村改造"}}}},
	{name: "milestones: project column merged, several projects in one sheet", pages: []page{{name: "倒排", lines: []string{
		"重点项目倒排工期计划表", "项目名称|节点序号|节点内容|工期（日历天）|前置工序|开始日期|结束时间|节点责任人",
		"甲|1|启动|10||2016年1月1日|2016年1月10日|赵", "|2|签约|20|1|2016年1月11日|2016年1月30日|钱", "乙|1|启动|5||1月1日|1月5日|孙", "|2|交付|5|1|1月6日|1月10日|孙"},
		merges: []string{"A1:H1", "A3:A4", "A5:A6"}}}, file: "2016年倒排工期.xlsx",
		want: []expected{{dataset: "milestones", rows: 4, sums: sums{"duration_days": "40"}, values: sums{"project": "甲"}}}},
	{name: "milestones: two projects under each other on one sheet", pages: []page{{name: "Sheet1", lines: []string{
		"甲项目倒排工期表", "最晚完成：2016年12月31日", "序号|节点|工期|前置节点|计划完成|实际完成", "1|启动|10天||2016.1.10|2016.1.9", "2|签约|20天|1|2016.1.30|", "",
		"乙项目倒排工期表", "最晚完成：2017年6月30日", "序号|节点|工期|前置节点|计划完成|实际完成", "1|启动|10天||2016.2.10|", "说明：工期含节假日。"},
		merges: []string{"A1:F1", "A7:F7"}}},
		want: []expected{{dataset: "milestones", rows: 2, values: sums{"project": "甲项目", "deadline": "2016-12-31..2016-12-31"}},
			{dataset: "milestones", rows: 1, values: sums{"project": "乙项目", "deadline": "2017-06-30..2017-06-30"}}}},
	{name: "progress: other words, percent mixed, banner in yuan, totals in front", pages: []page{{name: "6月第2周", lines: []string{
		"重点项目进展周报", "填报日期：2016.6.10||单位：元", "项目|完成进度|目前形象进度|本周投资|开工以来累计完成投资|困难问题|下一步工作",
		"合计|||300|3000", "甲|35%|主体三层|100|1000|无|继续", "乙|p:0.355|主体四层|200|2000|/|继续"}, merges: []string{"A1:G1"}}},
		want: []expected{{dataset: "progress", rows: 2, day: "2016-06-10", sums: sums{"week_investment_yuan": "300", "cumulative_investment_yuan": "3000"}}}},
	{name: "progress: signature with the only date below", pages: []page{{name: "周报", lines: []string{
		"一周进展", "序号|项目名称|完成%|形象进度|本周完成（亿元）", "1|甲|35|主体|0.01", "2|乙|0.4|主体|0.02", "填报人：赵某||填报时间：2016年6月17日"}}},
		want: []expected{{dataset: "progress", rows: 2, day: "2016-06-17", sums: sums{"week_investment_yuan": "3000000"}}}},
	{name: "progress: a date column decides", pages: []page{{name: "进度", lines: []string{
		"统计日期|项目名称|完成率|累计投资(万元)", "d:2016-06-03|甲|30%|100", "2016-06-10|甲|32%|120"}}},
		want: []expected{{dataset: "progress", rows: 2, sums: sums{"cumulative_investment_yuan": "2200000"}, values: sums{"report_date": "2016-06-03..2016-06-03"}}}},
}
