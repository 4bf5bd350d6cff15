package text

// investmentPhrases are what the pages of investment and of service cases say, and the indicators of both.
var investmentPhrases = map[string]phrase{
	"page.card.funnel": {"招商漏斗", "Funnel"}, "page.card.funnel.hint": {"到过各阶段的项目数；灰色在该阶段退出", "leads that reached each stage; grey: left from there"},
	"page.card.amounts": {"各阶段金额", "Amounts by stage"}, "page.card.amounts.hint": {"签约与意向分列；美元合同单列，不折算", "signed and intended apart; contracts in dollars stand apart"},
	"page.card.drop_outs": {"退出项目与原因", "Who left, and why"}, "page.card.drop_outs.hint": {"搁置、终止、流失", "put off, ended, lost"},
	"page.card.paid_in": {"到位资金（月报）", "Paid in, by month"}, "page.card.paid_in.hint": {"外币只按已入库的汇率折算", "foreign money only at stored rates"},
	"page.card.paid_in_sources": {"按资金来源", "By source of funds"}, "page.card.register": {"招商台账与月报之差", "Register against monthly sheet"}, "page.card.register.hint": {"当年到位；两本账都列，不替代", "paid in this year; both are shown, neither chosen"},
	"page.card.services_overdue": {"全程代办：超期事项", "Service cases overdue"}, "page.card.services_overdue.hint": {"受理次日起按工作日计", "working days from the day after acceptance"},
	"page.card.services": {"代办事项", "Service cases"}, "page.card.services.hint": {"受理次日起按工作日计，用工作日历", "working days from the day after acceptance, by the office's calendar"},
	"page.title.services": {"全程代办", "Service cases"}, "report.services": {"全程代办", "Service cases"},
	"page.empty.paid_in": {"还没有到位资金月报", "No monthly sheet of paid-in funds"}, "page.empty.paid_in.do": {"导入到位资金表（项目、月份、金额、资金来源）后显示。", "Import paid-in funds: project, month, amount, source."},
	"page.empty.services": {"还没有代办事项", "No service cases yet"}, "page.empty.services.do": {"导入代办台账（编号、企业、受理日期、承诺时限）后显示。", "Import the service cases: number, company, accepted, promised days."},

	"page.kpi.goal": {"%d年招商目标完成", "Target of %d reached"}, "page.kpi.started": {"开工率", "Started"}, "page.kpi.services": {"代办按期办结率", "Cases finished in time"},
	"page.kpi.services.overdue": {"超期未办结", "Overdue"}, "page.kpi.services.open": {"在办", "Under way"}, "page.kpi.services.late": {"超期办结", "Finished late"}, "page.kpi.services.on_time": {"按期办结", "Finished in time"}, "page.kpi.services.undatable": {"办结但无法判断", "Finished, undatable"},

	"page.col.reached": {"到过", "Reached"}, "page.col.standing": {"现有", "Here now"}, "page.col.median_days": {"停留中位数", "Median stay"}, "page.col.oldest_days": {"最久", "Longest"}, "page.col.oldest": {"最久的项目", "Longest here"},
	"page.col.undated": {"无日期", "No day"}, "page.col.dropped": {"从此退出", "Left from here"}, "page.col.to_next": {"进入下一阶段", "Went on"}, "page.col.left_from": {"到过的阶段", "Had reached"}, "page.col.lost_reason": {"原因", "Reason"},
	"page.col.yuan": {"人民币", "Yuan"}, "page.col.converted": {"外币折算", "Converted"}, "page.col.in_all": {"合计", "In all"}, "page.col.kept_apart": {"未折算外币", "Not converted"}, "page.col.fund_source": {"资金来源", "Source of funds"},
	"page.col.register": {"招商台账", "Register"}, "page.col.monthly": {"月报", "Monthly sheet"}, "page.col.difference": {"差额", "Difference"}, "page.col.department": {"办理部门", "Department"}, "page.col.accepted_on": {"受理", "Accepted"},
	"page.col.promised_days": {"承诺", "Promised"}, "page.col.finished_on": {"办结", "Finished"}, "page.col.late_days": {"超期", "Late"},

	"page.chart.standing": {"现在此阶段", "Here now"}, "page.chart.went_on": {"已往后走", "Went on"}, "page.chart.dropped": {"从此退出", "Left from here"}, "page.chart.yuan": {"人民币", "Yuan"}, "page.chart.converted": {"外币折算", "Converted"},

	"page.investment.all_years": {"全部签约", "All signed"}, "page.investment.cohort": {"签约年份", "Signed in"}, "page.investment.of_all": {"全部签约项目", "all ever signed"}, "page.investment.of_year": {"%d年签约的项目", "signed in %d"},
	"page.investment.over": {"超过合同额，请核对", "over the contracts: check"}, "page.investment.foreign_rate": {"%s合同 %s", "%s contracts %s"}, "page.investment.undated": {"另有 %d 个签约项目无签约日期", "signed on no stated day: %d more"},
	"page.investment.by_register": {"按招商台账", "by the register"}, "page.investment.by_sheet": {"月报 %s", "monthly sheet %s"}, "page.investment.apart": {"相差 %s", "difference %s"}, "page.investment.overdue_cases": {"超期 %d 件", "overdue: %d"},
	"page.investment.search": {"项目、投资方或代办员", "Project, investor or agent"}, "page.investment.search_cases": {"编号、企业或事项", "Number, company or item"},
	"page.investment.age": {"%s：停留中位数 %s 天，最久 %s 天。", "%s: median stay %s days, longest %s."}, "page.investment.no_day": {"%d 个项目的当前阶段没有日期，不计停留天数。", "Leads whose present stage has no day, and so no age: %d."},
	"page.investment.back": {"%d 个项目填有更靠后阶段的日期，阶段请核对。", "Leads with a day for a later stage than the one stated: %d."}, "page.investment.unplaced": {"%d 个项目的阶段不在漏斗之内，按日期计到过的阶段。", "Leads at a stage outside the funnel, placed by their days: %d."},
	"page.investment.no_reason": {"未填原因", "no reason"}, "page.investment.ten_thousand": {"%s 万%s", "%[2]s %[1]s × 10,000"}, "page.investment.sheet_sum": {"人民币合计 %s。", "Yuan in all: %s."},
	"page.investment.rate": {"%s（%s）", "%s (%s)"}, "page.investment.converted": {"%s 折合 %s，汇率 %s。", "%s came to %s, at %s."}, "page.investment.no_rate": {"%s 没有当时的汇率，单列未折算；导入汇率表后折算。", "%s stands apart: no rate of that time is stored. Import exchange rates to convert it."},
	"page.investment.left_out": {"%s：%s 起 %d 个月的合计与单月重叠，未计入。", "%s: the sum of %[3]d months from %[2]s overlaps single months and is left out."}, "page.investment.and_apart": {"另 %s 未折算", "and %s not converted"}, "page.investment.without_rate": {"外币未折算", "foreign, no rate"},
	"page.investment.agree": {"%d 个项目两本账一致，%d 个不一致。差额＝月报−台账。", "Projects alike in both: %d, unlike: %d. Difference = sheet − register."}, "page.investment.working_days": {"工作日", "working days"}, "page.investment.days_late": {"超期 %s 个工作日", "%s working days late"},
	"page.investment.all_cases": {"全部 %d 件", "All %d"}, "page.investment.none_overdue": {"没有超期未办结的事项。", "Nothing is overdue."}, "page.investment.case_counts": {"共 %d 件，在办 %d 件，其中超期 %d 件。", "%d in all, under way %d, overdue of these %d."},
	"investment.unknown_state": {"没有这种时限情况：%s", "There is no such state: %s"},

	"indicator.stage_conversion":          {"阶段转化率", "Went on to the next stage"},
	"indicator.stage_conversion.formula":  {"到过下一阶段的项目数 ÷ 到过本阶段的项目数 × 100", "leads that reached the next stage ÷ leads that reached this one × 100"},
	"indicator.stage_conversion.edges":    {"到过某阶段：现在该阶段或之后，或填有该阶段及之后的日期；退出的按退出前到过的最远阶段计；没有项目到过时为“—”。每个阶段一个数。", "Reached: stands at the stage or further, or has a day for it; those that left count up to the furthest stage they had. Undefined when nobody reached it. One for each stage."},
	"indicator.paid_in_converted":         {"外币到位折算", "Foreign money converted"},
	"indicator.paid_in_converted.formula": {"外币金额 × 到位当日或之前最近一次汇率（每 1 外币折元）", "amount × the newest stored rate no later than the day it came in (yuan for one unit)"},
	"indicator.paid_in_converted.edges":   {"没有到位日的按所属月末；没有入库汇率的不折算、单列；汇率及其日期一并列出。", "Without a day the end of its month counts; without a stored rate it stands apart; rate and day are shown."},
	"indicator.service_on_time":           {"代办按期办结率", "Service cases finished in time"},
	"indicator.service_on_time.formula":   {"按期办结件数 ÷ 已办结且可判断的件数 × 100", "cases finished by their due day ÷ cases finished on a stated day with a due day × 100"},
	"indicator.service_on_time.edges":     {"受理次日起数承诺的工作日，用工作日历；在办的不计入分母，超期另列；没有办结的为“—”。", "Promised working days from the day after acceptance, by the office's calendar; cases under way are not in the denominator, overdue ones are listed; undefined while none is finished."},
}
