package text

// resettlementPhrases are what the page of redevelopment and resettlement says, and its indicators.
var resettlementPhrases = map[string]phrase{
	"page.card.households": {"征迁漏斗：户", "Demolition: households"}, "page.card.households.hint": {"各村最近一次报表；户数与面积分开", "each village's newest report; apart from area"},
	"page.card.cleared_area": {"征迁漏斗：面积", "Demolition: area"}, "page.card.cleared_area.hint": {"万㎡；与户数分开", "apart from households"}, "page.card.demolition": {"分村征迁", "Demolition by village"},
	"page.card.checks": {"合计与明细核对", "Stated totals against their parts"}, "page.card.checks.hint": {"表中合计不参与求和", "stated totals enter no sum"},
	"page.card.blocks": {"分地块", "By block"}, "page.card.blocks.hint": {"套与面积分列，从不平均", "units and area apart, never averaged"},
	"page.empty.demolition": {"还没有征迁进度", "No demolition reports yet"}, "page.empty.demolition.do": {"导入征迁进度表（村、应征、签约、腾空、拆除）后显示。", "Import demolition: village, due, signed, vacated, demolished."},

	"page.clearing.due": {"应征", "Due"}, "page.clearing.signed": {"已签约", "Signed"}, "page.clearing.vacated": {"已腾空", "Vacated"}, "page.clearing.demolished": {"已拆除", "Demolished"},
	"page.col.due_here": {"应征", "Due"}, "page.col.step": {"环节", "Step"}, "page.col.of_due": {"占应征", "Of due"}, "page.col.of_step": {"占上一环节", "Of the step before"}, "page.col.households_signed": {"签约", "Signed"}, "page.col.households_vacated": {"腾空", "Vacated"}, "page.col.demolished": {"拆除", "Demolished"},
	"page.col.signed_share": {"签约率", "Signed"}, "page.col.demolished_share": {"拆除率", "Demolished"}, "page.col.area_due": {"应征面积", "Area due"}, "page.col.area_demolished": {"拆除面积", "Demolished"}, "page.col.since_report": {"较上期签约", "Signed since"}, "page.col.as_of": {"截至", "As of"},
	"page.col.stated": {"表中合计", "Stated"}, "page.col.parts": {"明细相加", "Parts"}, "page.col.started_area": {"开工面积", "Area started"}, "page.col.completed_area": {"竣工面积", "Area completed"}, "page.col.owed_area": {"待交付面积", "Area owed"}, "page.col.forecast_units": {"按现速预测", "At this pace"},
	"figure.unit.households": {"户", "households"}, "page.chart.pace": {"按现速预测", "At this pace"},

	"page.kpi.cleared": {"征迁签约率", "Demolition signed"}, "page.resettlement.demolished": {"拆除 %s", "demolished %s"}, "page.resettlement.since": {"较%s：已交付 %s 套", "since %s: delivered %s"}, "page.resettlement.progress": {"总 %s 套 · 已交付 %s 套 · 竣工未交 %s 套", "%s in all · delivered %s · completed, waiting %s"},
	"page.resettlement.pace":   {"首批交付（%s）之后 %s 天交付 %s 套，日均 %s 套；照此待交付的 %s 套到 %s 交完", "After the first delivery (%s) %[3]s units in %[2]s days, %[4]s a day; at that pace the %[5]s owed are delivered by %[6]s"},
	"page.resettlement.behind": {"，比计划（%s）晚 %s 天。", ", %[2]s days after the plan (%[1]s)."}, "page.resettlement.ahead": {"，比计划（%s）早 %s 天。", ", %[2]s days before the plan (%[1]s)."}, "page.resettlement.stop": {"。", "."},
	"page.resettlement.no_pace": {"有日期的交付不足两次，不作预测。", "Fewer than two days of delivery: nothing is foreseen."}, "page.resettlement.undated": {"%s 套没有交付日期，不在曲线里。", "Delivered on no stated day and not in the curve: %s."}, "page.resettlement.at_pace_off": {"现速过慢，200年内交不完。", "Too slow to end within 200 years."},
	"page.resettlement.unlikely": {"%s：%s ㎡ ÷ %s 套 ＝ 户均 %s ㎡，不在 30–250 ㎡ 之间，请核对原表；系统不改动。", "%s: %s m² ÷ %s units = %s m² a unit, outside 30 to 250: check the sheet; nothing is corrected."},
	"page.resettlement.unequal":  {"%d 处合计与明细不等，请核对原表。", "Stated totals that miss their parts: %d. Check the sheet."}, "page.resettlement.equal": {"合计与明细全部相等。", "All stated totals meet their parts."}, "page.resettlement.whole_village": {"全村", "whole village"},
	"page.empty.later": {"该日还没有数据，最早的数据截至 %s", "Nothing by this day; the first data are as of %s"}, "page.empty.go_later": {"看 %s", "Go to %s"},

	"indicator.delivery_pace":         {"安置房交付现速（套/天）", "Pace of delivery (units a day)"},
	"indicator.delivery_pace.formula": {"首批交付之后交付的套数 ÷ 首批交付日至数据截至日的天数", "units delivered after the first delivery ÷ days from that day to the day of the page"},
	"indicator.delivery_pace.edges":   {"首批不计入分子；停工照算天数，因此会拉低现速；有日期的交付不足两次时为“—”。", "The first delivery is not in the numerator; a standstill counts and lowers the pace; undefined with fewer than two days of delivery."},
	"indicator.delivery_days":         {"按现速交完还需天数", "Days until all is delivered at this pace"},
	"indicator.delivery_days.formula": {"待交付套数 × 天数 ÷ 首批之后交付的套数，进位取整", "units owed × days ÷ units delivered after the first delivery, rounded up"},
	"indicator.delivery_days.edges":   {"从数据截至日起算；没有待交付或没有现速时为“—”；是外推，不是承诺。", "Counted from the day of the page; undefined when nothing is owed or without a pace; an extrapolation, not a promise."},
	"indicator.cleared":               {"征迁签约率", "Demolition signed"},
	"indicator.cleared.formula":       {"已签约户数 ÷ 应征户数 × 100", "households signed ÷ households due × 100"},
	"indicator.cleared.edges":         {"按户；面积另算，从不平均；各村取最近一次报表；应征为零或缺失时为“—”。", "By households; area is reckoned apart and never averaged; each village's newest report; undefined when nothing is due."},
}
