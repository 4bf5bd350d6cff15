package ingest

import (
	"strings"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// wrong is a sheet with one thing wrong, and the one problem that must be said of it.
type wrong struct {
	name    string
	dataset string // forced, empty: recognise
	lines   []string
	csv     string
	kind    string
	cell    string
	words   []string // in the sentence
	blocks  bool
}

var missingColumns = []wrong{
	{name: "projects without a category", lines: []string{"重点项目台账", "序号|项目名称|分包领导|责任科室|总投资|计划开工|计划竣工", "1|甲|赵|甲科|1|2016.1|2017.1"}, cell: "A2", words: []string{"项目台账", "项目类型"}},
	{name: "projects without a lead", lines: []string{"重点项目台账", "项目名称|类别|责任科室|总投资|计划开工|计划竣工", "甲|商业|甲科|1|2016.1|2017.1"}, cell: "A2", words: []string{"分包领导"}},
	{name: "projects without a section", lines: []string{"重点项目台账", "项目名称|类别|分包领导|总投资|计划开工|计划竣工", "甲|商业|赵|1|2016.1|2017.1"}, cell: "A2", words: []string{"责任科室"}},
	{name: "projects without dates", lines: []string{"重点项目台账", "项目名称|类别|分包领导|责任科室|总投资", "甲|商业|赵|甲科|1"}, cell: "A2", words: []string{"计划开工", "计划竣工"}},
	{name: "projects without a name", lines: []string{"重点项目台账", "序号|类别|分包领导|责任科室|总投资|计划开工|计划竣工", "1|商业|赵|甲科|1|2016.1|2017.1"}, cell: "A2", words: []string{"项目名称"}},
	{name: "milestones without a planned finish", lines: []string{"甲项目倒排工期表", "序号|节点名称|工期|前置节点|责任人", "1|启动|10||赵"}, cell: "A2", words: []string{"计划完成"}},
	{name: "milestones without a node", lines: []string{"甲项目倒排工期表", "序号|工期（天）|前置节点|计划开始|计划完成|责任人", "1|10||2016.1.1|2016.1.10|赵"}, cell: "A2", words: []string{"节点名称"}},
	{name: "progress without a project", lines: []string{"重点项目周报", "序号|形象进度|完成%|本周完成投资（万元）", "1|主体|35|10"}, cell: "A2", words: []string{"项目名称"}},
	{name: "resettlement without sets", lines: []string{"安置房交付情况", "村|地块|总面积（㎡）|已交付面积（㎡）|计划交付", "甲村|一|1000|100|2016.12"}, cell: "A2", words: []string{"总套数"}},
	{name: "resettlement without an area", lines: []string{"安置房交付情况", "村|地块|总套数|已竣工套数|已交付套数", "甲村|一|10|8|5"}, cell: "A2", words: []string{"总面积"}},
	{name: "resettlement without a village", lines: []string{"安置房交付情况", "地块|总套数|总面积（㎡）|已竣工套数|已交付套数", "一|10|1000|8|5"}, cell: "A2", words: []string{"村"}},
	{name: "buildings without an area", lines: []string{"商务楼宇台账", "序号|楼宇名称|商圈|地址|可租售面积(㎡)", "1|甲|东|一号|100"}, cell: "A2", words: []string{"总建筑面积"}},
	{name: "buildings without a name", lines: []string{"商务楼宇台账", "序号|商圈|地址|总建筑面积(㎡)|可租售面积(㎡)", "1|东|一号|200|100"}, cell: "A2", words: []string{"楼宇名称"}},
	{name: "tenants without a firm", lines: []string{"甲大厦入驻企业台账", "序号|楼层|房号|面积|租期|是否注册|是否纳税", "1|3|301|100|2015.1.1-2016.1.1|是|是"}, cell: "A2", words: []string{"企业名称"}},
	{name: "tax without an amount", lines: []string{"2016年1月企业税收", "序号|企业名称|统一社会信用代码|行业", "1|甲公司||金融业"}, cell: "A2", words: []string{"税额"}},
	{name: "tax without a firm", lines: []string{"2016年企业税收", "序号|统一社会信用代码|税种|1月|2月", "1|91350100M000100Y43|增值税|1|2"}, cell: "A2", words: []string{"企业名称"}},
	{name: "investment without a name", lines: []string{"招商项目台账", "序号|投资方|合同额（万元）|阶段|签约日期", "1|甲集团|100|签约|2016.1.1"}, cell: "A2", words: []string{"项目名称"}},
	{name: "actions without a number", lines: []string{"督办事项台账", "督办事项|责任单位|责任人|完成时限|状态", "甲事|甲科|赵|2016.6.30|处理中"}, cell: "A2", words: []string{"编号"}},
	{name: "services without a date", lines: []string{"全程代办台账", "编号|企业名称|代办事项|办理部门|状态", "1|甲公司|执照|工商|办理中"}, cell: "A2", words: []string{"受理日期"}},
	{name: "months without a year", lines: []string{"企业税收", "企业名称|统一社会信用代码|1月|2月|合计", "甲公司||1|2|3"}, cell: "A2", words: []string{"税收"}},
	{name: "months without a year, nothing else", lines: []string{"企业名称|1月|2月|3月", "甲公司|1|2|3"}, words: []string{"税收"}},
	{name: "an amount without a period", lines: []string{"企业税收", "企业名称|所在楼宇|税额（万元）", "甲公司|甲大厦|3"}, cell: "A2", words: []string{"税款所属期"}},
	{name: "visits without a leader", lines: []string{"走访记录", "日期|项目名称|时长（分钟）|发现问题", "2016.6.1|甲|60|无"}, cell: "A2", words: []string{"走访领导"}},
}

var wrongValues = []wrong{
	{name: "nobody knows the sheet", lines: []string{"食堂采购清单", "品名|数量|单价|供应商", "白菜|10|2|甲店", "萝卜|10|2|乙店", "土豆|5|3|丙店"}, kind: "unknown_sheet", cell: "A1", blocks: true},
	{name: "words in a column of money", lines: []string{"楼宇名称|总建筑面积(㎡)", "甲|三万多一点吧", "乙|100"}, kind: "bad_number", cell: "B2", blocks: true},
	{name: "words in a month's column", lines: []string{"2015年税收", "企业名称|1月|2月", "甲公司|abc|2"}, kind: "bad_number", cell: "B3", blocks: true},
	{name: "the 30th of February", lines: []string{"甲项目倒排工期", "节点名称|计划开始|计划完成", "启动|2016.2.1|2016年2月30日"}, kind: "bad_date", cell: "C3", blocks: true},
	{name: "month 13", lines: []string{"甲项目倒排工期", "节点名称|计划开始|计划完成", "启动|2016.2.1|2016.13.5"}, kind: "bad_date", cell: "C3", blocks: true},
	{name: "a negative area", lines: []string{"楼宇名称|总建筑面积(㎡)", "甲|-100", "乙|100"}, kind: "negative_value", cell: "B2", blocks: true},
	{name: "万元 in a header, 亿元 in a cell", lines: []string{"项目名称|类别|分包领导|责任科室|总投资（万元）|计划开工|计划竣工", "甲|商业|赵|甲科|1.5亿元|2016.1|2017.1"}, kind: "unit_conflict", cell: "E2", blocks: true},
	{name: "households in a column of sets", lines: []string{"村|总套数|总面积（㎡）", "甲|100户|10000"}, kind: "unit_conflict", cell: "B2", blocks: true},
	{name: "more than all", lines: []string{"重点项目周报", "项目名称|完成%|形象进度", "甲|135%|主体"}, kind: "percent_out_of_range", cell: "B3", blocks: true},
	{name: "more delivered than built", lines: []string{"村|总套数|总面积（㎡）|已开工套数|已竣工套数|已交付套数", "甲|100|10000|100|50|60"}, kind: "delivered_exceeds_completed", cell: "F2", blocks: true},
	{name: "more built than begun", lines: []string{"村|总套数|总面积（㎡）|已开工套数|已竣工套数|已交付套数", "甲|100|10000|50|60|10"}, kind: "completed_exceeds_started", cell: "E2", blocks: true},
	{name: "more begun than there are", lines: []string{"村|总套数|总面积（㎡）|已开工套数|已竣工套数|已交付套数", "甲|100|10000|110|60|10"}, kind: "started_exceeds_total", cell: "D2", blocks: true},
	{name: "a wrong total", lines: []string{"2015年税收", "企业名称|1月|2月", "甲公司|1|2", "乙公司|3|4", "合计|4|9"}, kind: "total_mismatch", cell: "C5"},
	{name: "a wrong subtotal of a group", lines: []string{"2015年税收", "楼宇|企业名称|1月|2月", "甲|甲公司|1|2", "甲|乙公司|3|4", "小计||4|6", "乙|丙公司|5|6", "乙|丁公司|1|1", "小计||6|18", "合计||10|13"}, kind: "total_mismatch", cell: "D8"},
	{name: "a wrong total across", lines: []string{"2015年税收", "企业名称|1月|2月|合计", "甲公司|1|2|3", "乙公司|3|4|18"}, kind: "total_mismatch", cell: "D4"},
	{name: "a header and nothing below", lines: []string{"2015年税收", "企业名称|1月|2月|合计"}, kind: "no_rows", cell: "A3", blocks: true},
	{name: "a name missing", lines: []string{"楼宇名称|总建筑面积(㎡)|地址", "甲|100|一号", "|200|二号"}, kind: "missing_value", cell: "A3", blocks: true},
	{name: "the lease ends before it begins", lines: []string{"甲大厦入驻企业", "企业名称|面积|租期起|租期止", "甲公司|100|2016.1.1|2015.1.1"}, kind: "lease_ends_before_start", cell: "D3", blocks: true},
	{name: "let more than there is", lines: []string{"楼宇名称|总建筑面积(㎡)|可租售面积(㎡)|已租售面积(㎡)", "甲|1000|800|900"}, kind: "occupancy_over_100", cell: "D2", blocks: true},
	{name: "half a set", lines: []string{"村|总套数|总面积（㎡）", "甲|100.5|10000"}, kind: "not_whole", cell: "B2", blocks: true},
	{name: "tax read as projects", dataset: "projects", lines: []string{"2015年税收", "企业名称|1月|2月|合计", "甲公司|1|2|3"}, kind: "wrong_dataset", words: []string{"项目台账", "税收"}, blocks: true},
	{name: "a blank sheet read as tax", dataset: "tax", lines: []string{"甲|乙|丙", "1|2|3", "1|2|3", "1|2|3"}, kind: "unknown_sheet", blocks: true},
}

func (w wrong) run(t *testing.T) {
	f := readVariant(t, variant{pages: []page{{name: "Sheet1", lines: w.lines}}, csv: w.csv}, Options{Dataset: w.dataset})
	if len(f.Problems) != 1 {
		for _, p := range f.Problems {
			t.Logf("%s %s %s", p.Kind, p.Cell, p.Message)
		}
		t.Fatalf("%d problems, want the one", len(f.Problems))
	}
	p := f.Problems[0]
	if p.Kind != w.kind || w.cell != "" && string(p.Cell) != w.cell || (p.Severity == ledger.SeverityError) != w.blocks || f.Blocked() != w.blocks {
		t.Errorf("said %s %s at %s, want %s at %s: %s", p.Severity, p.Kind, p.Cell, w.kind, w.cell, p.Message)
	}
	for _, word := range w.words {
		if !strings.Contains(p.Message, word) {
			t.Errorf("the sentence %q does not name %s", p.Message, word)
		}
	}
}

func TestWrongSheetsAreToldApart(t *testing.T) {
	testkit.Unraced(t)
	for _, w := range missingColumns {
		w.kind, w.blocks = "missing_column", true
		t.Run(w.name, w.run)
	}
	for _, w := range wrongValues {
		t.Run(w.name, w.run)
	}
}
