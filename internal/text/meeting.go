package text

// meetingPhrases are what is said about meetings, minutes and action items.
var meetingPhrases = map[string]phrase{
	"flow.start": {"新事项的状态不能是“%s”，只能是：%s。", "A new item cannot begin as %q, only as one of: %s."},
	"flow.move":  {"“%s”不能直接变为“%s”；下一步只能是：%s。", "%q cannot become %q; the next step is one of: %s."},
	"flow.needs": {"变为“%s”之前，请先填写“%s”。", "Before it becomes %q, fill in %q."},
	"flow.apart": {"%[1]s“%[2]s”同时是%[3]s：销号须由提出人、责任人和上报人以外的人确认。", "%[1]s %[2]q is also %[3]s: an item is confirmed by somebody who neither proposed it nor owns it nor reported it done."},

	"report.meeting": {"项目例会", "Weekly meeting"},

	"meeting.csv.street": {"城市管理", "City management"}, "meeting.hint.street": {"红 %d · 黄 %d · 上次会议以来核查通过 %d", "%d red, %d yellow, %d mended and checked since the last meeting"}, "meeting.street.mended": {"%s %s 整改：%s", "mended by %s on %s: %s"},
	"meeting.none.street": {"网格、巡查、投诉和统计都没有超过阈值的事项。", "Nothing of grids, patrols, cases and counters is out of bounds."}, "meeting.none.street_data": {"还没有网格、巡查、投诉或执法统计的数据。", "No data of grids, patrols, cases or counters yet."},
	"street.kpi.patrols": {"巡查按期整改率", "Findings mended in time"}, "street.kpi.cases": {"投诉按时办结率", "Complaints closed on time"}, "street.kpi.scores": {"网格考核当月得分", "Score of the grids, this month"}, "street.kpi.enforcement": {"执法统计勾稽相符", "Sums of counters that hold"},
	"street.late": {"逾期 %d 项", "%d overdue"}, "street.ranked": {"排名 %d 个", "%d ranked"}, "street.sanctions": {"问责 %d 次", "%d sanctions"}, "street.counters": {"统计 %d 项", "%d counters"},
	"meeting.csv.actions": {"督办事项", "Action items"}, "meeting.csv.lights": {"红黄灯项目", "Red and yellow"}, "meeting.csv.better": {"转好", "Better"}, "meeting.csv.stale": {"未填报", "Not reported"},
	"meeting.csv.requests": {"需协调", "To coordinate"}, "meeting.csv.moved": {"其余进展", "Other progress"}, "meeting.csv.changes": {"台账变化", "Ledger changes"}, "meeting.csv.minutes": {"会议纪要", "Minutes"},

	"flow.act.issue": {"下发", "Issue"}, "flow.act.begin": {"开始处理", "Begin"}, "flow.act.report": {"上报办结", "Report done"}, "flow.act.confirm": {"确认销号", "Confirm and close"},
	"flow.act.return": {"退回", "Return"}, "flow.act.resume": {"继续处理", "Take up again"}, "flow.act.reopen": {"重新打开", "Reopen"},

	"page.title.meeting": {"本周例会", "Meeting"}, "page.title.actions": {"督办事项", "Action items"},
	"page.card.meeting_actions": {"一、督办事项销号", "1. Action items"}, "page.card.meeting_lights": {"二、红黄灯项目", "2. Red and yellow projects"}, "page.card.meeting_street": {"三、城市管理", "3. City management"}, "page.card.meeting_stale": {"四、未填报与失联", "4. Not reported"},
	"page.card.meeting_requests": {"五、需协调事项", "5. To coordinate"}, "page.card.meeting_changes": {"六、其余变化", "6. Other changes"}, "page.card.meeting_visits": {"走访", "Visits"}, "page.card.meeting_visits.hint": {"上次会议以来，每日 1 小时", "since the last meeting, one hour a day"},
	"page.card.meetings": {"历次会议", "Meetings"}, "page.card.meetings.hint": {"已结束的会议按结束时的数据原样重现", "a closed meeting is shown exactly as it was frozen"}, "page.card.actions_list": {"督办事项", "Action items"}, "page.card.action_history": {"办理过程", "History"},
	"page.empty.meetings": {"还没有会议记录", "No meeting on record"}, "page.empty.meetings.do": {"在“本周例会”页开始记录即可；也可以导入例会台账。", "Begin typing on the meeting's page, or import a list of meetings."},
	"page.col.project_leader": {"项目 · 分包领导", "Project · lead"}, "page.col.since_last": {"较上次", "Since last time"}, "page.col.old_new": {"旧 → 新", "Old → new"}, "page.col.subject": {"条目", "Subject"},
	"page.col.stale_days": {"未报天数", "Days silent"}, "page.col.changed_field": {"字段", "Field"}, "page.col.last_problem": {"上次所报问题", "Problem last named"}, "page.col.hour_of_days": {"达标天数", "Days kept"}, "page.col.meeting": {"会议", "Meeting"}, "page.col.meeting_state": {"会议状态", "State"}, "page.col.chair": {"主持人", "Chair"},
	"page.col.frozen": {"结束与冻结", "Closed and frozen"}, "page.col.frozen_before": {"此前的冻结", "Earlier freeze"}, "page.col.meeting_date": {"会议日期", "Meeting"}, "page.col.result": {"办理结果", "Result"}, "page.col.by": {"经手人", "By"}, "page.col.comment": {"说明", "Comment"}, "page.col.source": {"来源", "Source"},

	"meeting.week": {"%d年第%d周", "%d, week %d"}, "meeting.title": {"项目协调推进会", "Project meeting"}, "meeting.filter": {"会议", "Meeting"}, "meeting.day": {"%s %s", "%s %s"},
	"meeting.weekday.Mon": {"周一", "Mon"}, "meeting.weekday.Tue": {"周二", "Tue"}, "meeting.weekday.Wed": {"周三", "Wed"}, "meeting.weekday.Thu": {"周四", "Thu"}, "meeting.weekday.Fri": {"周五", "Fri"}, "meeting.weekday.Sat": {"周六", "Sat"}, "meeting.weekday.Sun": {"周日", "Sun"},
	"meeting.status.planned": {"筹备", "to come"}, "meeting.status.open": {"进行中", "running"}, "meeting.status.closed": {"已结束", "closed"},
	"meeting.act.close": {"结束会议并冻结快照", "Close and freeze"}, "meeting.act.reopen": {"重新打开会议", "Reopen the meeting"}, "meeting.act.add": {"加入督办", "Add"}, "meeting.act.overdue": {"只看逾期", "Overdue only"}, "meeting.act.actions": {"全部事项", "All items"}, "meeting.act.changes": {"逐项对比", "All changes"},
	"meeting.before": {"对比 %s（一周前，按现有数据）", "Compared with %s, by what is known now"}, "meeting.before.frozen": {"对比 %s 会议冻结的快照", "Compared with the snapshot frozen at the meeting of %s"}, "meeting.list": {"历次会议", "All meetings"},
	"meeting.banner.frozen": {"%s 的会议已由%s于 %s 结束，本页为当时的原样：数据截至 %s，按 %s 时已入库的数据；表单已关闭。", "The meeting of %s was closed by %s at %s. This is the page as it was: as of %s, by what was on record at %s; forms are off."},
	"meeting.rate":          {"%s/%s = %s%%", "%s/%s = %s%%"}, "meeting.hint.actions": {"未销号 %d 项（逾期 %d），上次会议以来销号 %d 项；本周 PPC %s，本年按期销号率 %s", "%d open (%d overdue), %d closed since the last meeting; PPC of the week %s, closed by their day this year %s"},
	"meeting.hint.lights": {"红 %d（新增 %d） · 黄 %d · 转好 %d", "%d red (%d new) · %d yellow · %d better"}, "meeting.hint.stale": {"%d 个项目超过规定天数未填报", "%d projects not reported in time"}, "meeting.hint.requests": {"上次会议以来 %d 项", "%d since the last meeting"}, "meeting.hint.changes": {"%s 以来 %d 处", "since %s: %[2]d"},
	"meeting.none.lights": {"%d 个项目没有红灯和黄灯。", "None of %d projects is red or yellow."}, "meeting.none.stale": {"没有漏报的项目。", "Every project reported."}, "meeting.none.requests": {"本周没有提出需协调的事项。", "Nothing to coordinate was named."}, "meeting.none.changes": {"没有其他变化。", "Nothing else changed."}, "meeting.empty.actions": {"在右侧“新增督办”里添加，或导入督办台账。", "Add one at the right, or import a list."},
	"meeting.rest": {"展开其余 %d 行", "Show %d more"}, "meeting.more": {"只列出前 %d 行，共 %d 行；全部见 CSV 或 JSON。", "The first %d of %d are listed; CSV and JSON hold all."}, "meeting.reason": {"未完成原因：%s %d 项", "Not done because: %s, %d"}, "meeting.reason.none": {"未填", "not given"},
	"meeting.level": {"已升级至%s", "raised to %s"}, "meeting.action.closed": {"已确认销号", "Closed"}, "meeting.action.today": {"今日到期", "Due today"}, "meeting.action.reopened": {"重开 %d 次", "reopened %d times"}, "meeting.tag.new": {"新增", "new"}, "meeting.tag.better": {"转好", "better"},
	"meeting.node": {"%s 计划 %s", "%s, plan %s"}, "meeting.node.expected": {"预计 %s", "expected %s"}, "meeting.node.latest": {"最晚 %s", "latest %s"}, "meeting.not_reported": {"未上报", "Not reported"}, "meeting.invested": {"本周投资 %s", "invested %s"},
	"meeting.fact.day": {"会议", "Meeting"}, "meeting.fact.time": {"会议时间", "Time"}, "meeting.fact.place": {"地点", "Place"}, "meeting.fact.chair": {"主持人", "Chair"}, "meeting.fact.present": {"参会人员", "Present"},
	"meeting.card.minutes": {"会议记录", "Minutes"}, "meeting.card.minutes.paper": {"七、会议纪要", "7. Minutes"}, "meeting.card.new": {"新增督办", "New action item"}, "meeting.card.flow": {"办理流程", "Steps"}, "meeting.card.head": {"会议信息", "The meeting"}, "meeting.card.reopen": {"重新打开", "Reopen"},
	"meeting.topic": {"议题", "Topic"}, "meeting.topic.other": {"其他议题", "Other"}, "meeting.said": {"记录", "Said"}, "meeting.decision": {"决定", "Decision"}, "meeting.proposer": {"提出人", "Proposed by"}, "meeting.next": {"编号自动生成，预计为 %s", "numbered by itself, probably %s"},
	"meeting.autosave": {"边写边存，离开页面也会保存", "Saved as you type, and when you leave"}, "meeting.saving": {"正在保存…", "Saving…"}, "meeting.saved": {"已自动保存", "Saved"}, "meeting.typing": {"有未保存的内容", "Not saved yet"}, "meeting.save_failed": {"没有保存成功，内容仍在框中：", "Not saved; what you typed is still in the box:"}, "meeting.clash": {"别人也改了同一议题，请看红字", "Somebody else changed the same topic; see the red text"},
	"meeting.close.hint": {"结束后本页按此刻的数据冻结，以后随时原样重现；重新打开须写明原因。", "Closing freezes this page as it is; it can be shown again at any time. Reopening needs a reason."}, "meeting.reopen.hint": {"原来的冻结仍可在“历次会议”里查看", "the earlier freeze stays in the list of meetings"},
	"meeting.is_closed": {"%s 的会议已结束，不能再修改；需要补充请先重新打开并写明原因。", "The meeting of %s is closed; reopen it with a reason to change it."}, "meeting.not_closed": {"%s 的会议没有结束，不需要重新打开。", "The meeting of %s is not closed."}, "meeting.reopen_reason": {"请写明重新打开的原因。", "Say why it is reopened."}, "meeting.comment.closed": {"结束会议，冻结快照", "closed and frozen"},
	"meeting.closed_at": {"%s 由%s结束", "%s by %s"}, "meeting.frozen_asof": {"数据截至 %s", "as of %s"}, "meeting.reopened": {"重开 %d 次：%s", "reopened %d times: %s"}, "meeting.field": {"%s：%s", "%s: %s"},
	"meeting.action.issue": {"下发的事项须有责任人和完成时限。", "An issued item needs an owner and a day."}, "meeting.action.moved_on": {"%s 现在是“%s”，这一步已不能办理；请刷新后再看。", "%s now stands at %q, so this step is not possible any more; load the page again."}, "meeting.action.before": {"日期 %s 早于交办的会议（%s）。", "The day %s is before the meeting that made the item (%s)."},
	"meeting.action.shadowed": {"已保存，但从 %s 起另有更新的记录，仍以其为准。", "Saved, but from %s on a newer state counts."}, "meeting.action.apart": {"提出人、责任人和上报人不得自行确认销号", "who proposed, owns or reported an item does not confirm it"}, "meeting.action.day": {"办理日期", "Day"},
	"meeting.kpi.ppc": {"本周 PPC", "PPC of the week"}, "meeting.kpi.week": {"近 7 天到期", "due in 7 days"}, "meeting.kpi.closure": {"按期销号率", "Closed by their day"}, "meeting.kpi.year": {"本年到期", "due this year"},
	"meeting.state.all": {"全部", "All"}, "meeting.state.open": {"未销号", "Open"}, "meeting.state.overdue": {"已逾期", "Overdue"}, "meeting.state.closed": {"已销号", "Closed"},
}
