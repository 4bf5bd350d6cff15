package text

// casePhrases are what is said about complaint cases (投诉举报).
var casePhrases = map[string]phrase{
	"problem.accepted_before_received": {"受理日期 %s 早于接到日期（应 %s）。", "It was accepted on %s before it was received (expected %s)."},
	"problem.closed_before_accepted":   {"结案日期 %s 早于受理日期（应 %s）；未受理的投诉不能结案。", "It was closed on %s before it was accepted (expected %s): a case is accepted first."},
	"problem.closed_unaccepted":        {"%s 已结案，却没有受理日期；先受理，再结案。", "Closed on %s, but never accepted: a case is accepted first."},
	"problem.closed_without_feedback":  {"已结案（%s），却没有反馈日期；没有反馈不能结案。", "Closed (%s) without a day of feedback: nothing closes without feedback."},
	"problem.closed_before_feedback":   {"结案日期 %s 早于反馈日期（应 %s）。", "It was closed on %s before it was fed back (expected %s)."},
	"problem.fed_back_before_accepted": {"反馈日期 %s 早于受理日期（应 %s）。", "It was fed back on %s before it was accepted (expected %s)."},
	"problem.due_before_received":      {"办理期限 %s 早于接到日期（应 %s）。", "It is due on %s before it was received (expected %s)."},
	"problem.postponed_without_reason": {"缓办至 %s，却没有写缓办原因。", "Postponed until %s without a reason."},
	"problem.postponed_before_due":     {"缓办至 %s 不晚于办理期限（应 %s），不起作用。", "Postponed until %s, which is not after the day it is due (expected %s): without effect."},

	"kind.accepted_before_received": {"受理早于接到", "accepted before received"}, "kind.closed_before_accepted": {"结案早于受理", "closed before accepted"},
	"kind.closed_unaccepted": {"未受理即结案", "closed, never accepted"}, "kind.closed_without_feedback": {"无反馈即结案", "closed without feedback"},
	"kind.closed_before_feedback": {"结案早于反馈", "closed before feedback"}, "kind.fed_back_before_accepted": {"反馈早于受理", "feedback before accepted"},
	"kind.due_before_received": {"期限早于接到", "due before received"}, "kind.postponed_without_reason": {"缓办没有原因", "postponed without reason"}, "kind.postponed_before_due": {"缓办不晚于期限", "postponed before due"},

	"template.rule.needs":    {"填了“%s”就要填“%s”。", "Where %q is filled, %q is too."},
	"template.rule.needs_at": {"“%s”为“%s”时要填“%s”。", "Where %q is %q, %q is filled."},

	"report.cases": {"投诉举报", "Complaint cases"}, "report.case": {"投诉件", "Complaint case"},

	"page.title.cases": {"投诉举报", "Complaints"}, "page.title.case": {"投诉件", "Complaint"},
	"page.card.cases": {"投诉台账", "All cases"}, "page.card.cases.hint": {"未结的按剩余工作日排列，已结的新的在前", "open ones by the working days left, then closed ones, the newest first"},
	"page.card.cases_urgent": {"逾期和临期", "Overdue and due soon"}, "page.card.cases_urgent.hint": {"剩余为负表示已超期的工作日", "below zero: working days overdue"},
	"page.card.case_months": {"逐月受理、结案与按时办结率", "By month"}, "page.card.case_months.hint": {"按时办结率=按期结案/（应结案−缓办），应结案按办理期限所在月份计", "on time = closed in time / (due − postponed), by the month in which a case is due"},
	"page.card.case_channels": {"投诉来源", "By source"}, "page.card.case_channels.hint": {"本年接到的投诉", "received in the year"},
	"page.card.case_units": {"承办单位", "By unit"}, "page.card.case_categories": {"问题类别", "By type"},
	"page.card.case_history": {"办理过程", "History"}, "page.card.case_history.hint": {"新的在前", "the newest first"},
	"page.col.case_received": {"接到", "Received"}, "page.col.case_closed": {"结案", "Closed"}, "page.col.case_due": {"应结案", "Due"}, "page.col.case_postponed": {"缓办", "Postponed"},
	"page.col.case_in_time": {"按期结案", "In time"}, "page.col.case_rate": {"按时办结率", "On time"}, "page.col.case_open": {"在办", "Open"}, "page.col.case_overdue": {"超期", "Overdue"},
	"page.col.case_channel": {"来源", "Source"}, "page.col.case_units": {"承办单位", "Unit"}, "page.col.case_categories": {"类别", "Type"}, "page.col.case_grid": {"网格", "Grid"},
	"page.col.case_subject": {"投诉内容", "Subject"}, "page.col.case_left": {"剩余", "Left"}, "page.col.case_level": {"升级", "Escalated to"}, "page.col.case_came": {"受理", "Accepted"}, "page.col.case_closed_on": {"结案", "Closed"},
	"page.kpi.cases_on_time": {"按时办结率", "Closed on time"}, "page.kpi.cases_month": {"本月按时办结率", "On time this month"}, "page.kpi.cases_open": {"在办", "Open"},
	"page.kpi.cases_overdue": {"超期未结", "Overdue"}, "page.kpi.cases_postponed": {"缓办中", "Postponed"}, "page.kpi.cases_received": {"接到投诉", "Received"},
	"page.chart.cases_received": {"接到", "Received"}, "page.chart.cases_closed": {"结案", "Closed"}, "page.chart.on_time_rate": {"按时办结率", "On time"},
	"page.chart.cases_done": {"已结", "Closed"}, "page.chart.cases_open": {"在办", "Open"}, "page.chart.cases_overdue": {"超期", "Overdue"},
	"page.empty.cases": {"还没有投诉台账", "No complaint cases yet"}, "page.empty.cases.do": {"导入投诉举报台账，或逐件登记。", "Import a list of complaints, or record them one by one."},
	"figure.unit.cases": {"件", "cases"},

	"case.rate": {"%s /（应结案 %d − 缓办 %d）", "%s / (due %d − postponed %d)"}, "case.rate.none": {"没有应结案的，无从计算", "nothing was due: no rate"},
	"case.soon": {"临期 %d 件", "due soon: %d"}, "case.waiting": {"待受理 %d 件", "not accepted: %d"}, "case.escalated": {"报%s %d 件", "before %s: %d"},
	"case.closed": {"本年结案 %d 件", "closed in the year: %d"}, "case.postponed_due": {"本年应结案中缓办 %d 件", "of those due in the year: %d"}, "case.unassigned": {"（未交办）", "(not assigned)"},
	"case.add": {"登记投诉", "Record a complaint"}, "case.search": {"编号、内容、地点", "Number, subject, place"},
	"case.state.overdue": {"超期", "overdue"}, "case.state.due_soon": {"临期", "due soon"}, "case.state.open": {"在办", "open"}, "case.state.postponed": {"缓办", "postponed"}, "case.state.late": {"逾期结案", "closed late"},
	"case.state.on_time": {"按期结案", "closed in time"}, "case.state.postponed_done": {"缓办后结案", "closed after postponing"}, "case.state.undatable": {"结案无日期", "closed, no day"},
	"case.unknown_state": {"没有“%s”这种时限情况。", "There is no state %q of cases."},
	"case.standing":      {"时限情况", "Standing"}, "case.days_left": {"剩余 %s 个工作日", "%s working days left"}, "case.before": {"报%s", "before %s"}, "case.due_counted": {"（受理后 %d 个工作日）", "(%d working days after it was accepted)"},
	"case.postpone.note": {"缓办不改变原期限，两个日期都留存", "the day it was due on stays beside"}, "case.postpone.closed": {"%s 已于 %s 结案，不能缓办。", "%s was closed on %s and cannot be postponed."},
	"case.postpone.needs": {"缓办须写明缓办至何日和缓办原因。", "Say until when it is postponed, and why."}, "case.postpone.early": {"缓办至 %s，应晚于办理期限 %s。", "Postponed until %s: it must be after the day it is due, %s."},

	"flow.act.accept": {"受理", "Accept"}, "flow.act.assign": {"交办", "Assign"}, "flow.act.refer": {"转办", "Refer"}, "flow.act.handle": {"开始办理", "Begin"}, "flow.act.feed_back": {"反馈", "Feed back"},
	"flow.act.close": {"结案", "Close"}, "flow.act.send_back": {"退回重办", "Send back"}, "flow.act.postpone": {"缓办", "Postpone"},

	"alert.kind.case_overdue": {"投诉超期未结", "Complaint overdue"}, "alert.kind.case_due_soon": {"投诉临期", "Complaint due soon"},
	"alert.says.case_overdue":  {"应于 %s 办结，已超期 %d 个工作日（阈值 %s 个工作日）", "Due on %s, working days overdue: %d (threshold %s)"},
	"alert.says.case_due_soon": {"应于 %s 办结，还剩 %d 个工作日（阈值 %s 个工作日）", "Due on %s, working days left: %d (threshold %s)"},

	"indicator.case_on_time":         {"投诉按时办结率", "Complaints closed on time"},
	"indicator.case_on_time.formula": {"按期结案件数 ÷（应结案件数 − 缓办件数）", "closed in time ÷ (due − postponed)"},
	"indicator.case_on_time.edges":   {"应结案按办理期限所在时期计，期限未写明的按来源给定的工作日推算；期限未到的不计；缓办的既不算按期也不算逾期；期限后逢休息日结案不算逾期；应结案减缓办为 0 时为“—”。", "A case is due in the period its day lies in, counted in working days by its source where none is stated; days still to come are left out; a postponed case is neither in time nor late; a day off after the day does not make it late; nothing due: no rate."},

	"api.of.cases": {"投诉举报", "complaint cases"}, "api.of.case": {"一件投诉", "one complaint case"},
	"api.word.channel": {"投诉来源", "where the complaint came from"},
}
