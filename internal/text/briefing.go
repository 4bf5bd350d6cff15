package text

// briefingPhrases are what the weekly briefing says: its headings, and a phrase for each thing that a sentence can say. The first
// arguments of briefing.say.* are the clause's figures, the last is the time they are of; .none, .down and .even are said instead when
// the first figure is undefined, negative or nought.
var briefingPhrases = map[string]phrase{
	"report.briefing": {"项目推进周报", "Weekly briefing"}, "page.title.briefing": {"周报", "Briefing"},

	"document.busy": {"正在生成其他文档，请稍后再试。", "Another document is being written; try again in a moment."}, "document.too_slow": {"文档在 %d 秒内没有生成，已停止。", "The document was not written within %d seconds and was stopped."},

	"document.no_browser": {"服务器上没有 Chromium，不能生成 PDF；请安装 chromium，或下载 .docx 另存为 PDF。", "There is no Chromium on the server to print PDF with; install chromium, or take the .docx and save it as PDF."}, "document.not_printed": {"PDF 没有生成；原因见服务器日志。", "The PDF was not printed; the server log has the cause."},
	"briefing.of_week": {"本周周报", "Briefing"}, "briefing.title": {"项目推进周报", "Weekly project briefing"},
	"briefing.sub":   {"%s　%d年第%d周　数据截至%s", "%s · %d, week %d · as of %s"},
	"briefing.day":   {"%d年%d月%d日", "%d-%02d-%02d"},
	"briefing.since": {"“上次会议以来”指%s以来（%s）。", "“Since the last meeting” means since %s (%s)."}, "briefing.since.frozen": {"会议冻结的快照", "the snapshot frozen at the meeting"}, "briefing.since.now": {"按现有数据", "by what is known now"},
	"briefing.get.docx": {"Word 文档", "Word document"}, "briefing.get.pdf": {"PDF", "PDF"}, "briefing.get.xlsx": {"Excel 工作簿", "Excel workbook"},
	"briefing.dollars": {"%s万美元", "USD %s"}, "briefing.unit": {"（%s）", " (%s)"},
	"briefing.foot": {"%s　数据截至%s", "%s · as of %s"}, "briefing.known": {"　按%s时所知", " · as known at %s"},
	"briefing.comma": {"，", ", "}, "briefing.stop": {"。", "."}, "briefing.points": {"%s个百分点", "%s points"},

	"briefing.h.total": {"一、总体情况", "1. The whole"}, "briefing.h.rows": {"二、主要指标", "2. Indicators"}, "briefing.h.lights": {"三、红灯和黄灯项目", "3. Red and yellow projects"},
	"briefing.h.leaders": {"四、分包领导进度", "4. Progress by leader"}, "briefing.h.work": {"五、本周进展、下周计划和需协调事项", "5. This week, next week, to coordinate"}, "briefing.h.closed": {"六、上次会议以来的督办事项", "6. Action items since the last meeting"},
	"briefing.h.better": {"（一）转好的项目", "(a) Better than before"}, "briefing.h.week": {"（一）本周进展和下周计划", "(a) This week and the next"}, "briefing.h.requests": {"（二）需协调事项", "(b) To coordinate"},
	"briefing.h.silent": {"（三）未按期填报的项目", "(c) Not reported in time"}, "briefing.h.done": {"（一）已销号", "(a) Closed"}, "briefing.h.late": {"（二）逾期未销号", "(b) Open after their day"},

	"page.card.briefing_summary": {"总体情况", "The whole"}, "page.card.briefing_rows": {"主要指标", "Indicators"}, "page.card.briefing_lights": {"红灯和黄灯项目", "Red and yellow"}, "page.card.briefing_better": {"转好的项目", "Better"},
	"page.card.briefing_leaders": {"分包领导进度", "By leader"}, "page.card.briefing_work": {"本周进展和下周计划", "This week and the next"}, "page.card.briefing_requests": {"需协调事项", "To coordinate"},
	"page.card.briefing_silent": {"未按期填报", "Not reported"}, "page.card.briefing_closed": {"已销号", "Closed"}, "page.card.briefing_late": {"逾期未销号", "Overdue"},

	"briefing.row.tax": {"税收", "Tax"}, "briefing.row.invested": {"项目年度投资（计划和完成都已填报）", "Invested in projects this year, where plan and work are given"}, "briefing.row.paid_in": {"招商当年到位资金", "Paid in this year"}, "briefing.row.delivered": {"安置房交付率（按套）", "Housing delivered, by units"},
	"briefing.row.occupancy": {"楼宇入驻率", "Occupancy of buildings"}, "briefing.row.on_time": {"督办按期销号率", "Actions closed on time"},

	"page.col.briefing_said": {"内容", "Said"}, "page.col.briefing_period": {"时间", "Period"}, "page.col.briefing_basis": {"口径", "Basis"},
	"page.col.year_target": {"年度目标", "Target"}, "page.col.time_progress": {"序时", "Time"}, "page.col.light_counts": {"红/黄/绿/失联", "Red / yellow / green / lost"},
	"page.col.week_reported": {"本周填报", "Entries"}, "page.col.turned": {"较上周 好/差", "Better / worse"}, "page.col.visit_minutes": {"走访", "Visits"}, "page.col.actions_open": {"未销/逾期", "Open / overdue"},
	"page.col.this_week": {"本周进展", "This week"}, "page.col.next_week": {"下周计划", "Next week"}, "page.col.closed_on": {"销号日期", "Closed"}, "page.col.days_overdue": {"逾期", "Overdue"},

	"briefing.none.lights": {"本周没有红灯和黄灯项目。", "No project is red or yellow."}, "briefing.none.work": {"上次会议以来没有项目填报进展。", "No project reported since the last meeting."}, "briefing.none.requests": {"没有提出需协调的事项。", "Nothing to coordinate was named."},
	"briefing.none.silent": {"没有漏报的项目。", "Every project reported."}, "briefing.none.closed": {"上次会议以来没有销号的事项。", "No item was closed since the last meeting."}, "briefing.none.late": {"没有逾期未销号的事项。", "No item is overdue."},
	"briefing.none.leaders": {"台账中还没有项目。", "There is no project in the ledger."}, "briefing.rest": {"表中列出 %d 条，另有 %d 条见工作簿（.xlsx）。", "The first %d are listed; %d more are in the workbook (.xlsx)."},
	"briefing.never": {"从未填报", "never reported"}, "briefing.silent_days": {"%d 天未报", "silent for %d days"},

	"snapshot.bad_form": {"没有“%s”这种格式；可用的有：%s。", "There is no form %q; there are: %s."}, "snapshot.alone": {"--meeting 导出一次会议的周报，不能与台账名、--csv、--xlsx、--bom、--out 同用；用 --format 和 --dir。", "--meeting writes a meeting's briefing and goes without a dataset, --csv, --xlsx, --bom and --out; use --format and --dir."},
	"snapshot.needs_meeting": {"--format 和 --dir 用于导出会议的周报，要同时写明 --meeting 日期。", "--format and --dir are for a meeting's briefing: name its day with --meeting."},
	"snapshot.bad_day":       {"“%s”不是星期；应为 Mon、Tue、Wed、Thu、Fri、Sat 或 Sun。", "%q is no day of the week; write Mon, Tue, Wed, Thu, Fri, Sat or Sun."}, "snapshot.bad_time": {"“%s”不是时刻；应如 07:30。", "%q is no time of day; write it as 07:30."},
	"snapshot.no_dir": {"快照目录“%s”不存在或不能写入。", "The folder of snapshots %q does not exist or cannot be written to."},
	"snapshot.title":  {"周报存档", "Kept briefings"}, "snapshot.link": {"周报存档", "Kept briefings"}, "page.card.snapshots": {"存档文件", "Files"},
	"snapshot.hint":   {"%s · 每%s %s 及每次结束会议时写入，不覆盖已有文件", "%s · written every %s at %s and whenever a meeting is closed; never overwritten"},
	"snapshot.failed": {"最近一次没有写成（%s）：%s", "The last one was not written (%s): %s"}, "snapshot.fine": {"最近一次写入：%s", "Last written: %s"}, "snapshot.waiting": {"服务启动后还没有写入过。", "Nothing was written since the server was started."},
	"snapshot.empty": {"目录里还没有周报。", "There is no briefing in the folder yet."}, "snapshot.off": {"没有设置快照目录；用 --snapshot-dir 启动服务后，周报会自动存档。", "No folder of snapshots is set; start the server with --snapshot-dir to have briefings kept."},
	"snapshot.no_file": {"存档里没有“%s”。", "There is no %q among the kept briefings."},
	"page.col.file":    {"文件", "File"}, "page.col.size": {"大小", "Size"}, "page.col.written": {"写入时间", "Written"},
	"snapshot.differs":    {"“%s”已存在且内容不同，没有覆盖；请移走原文件或换一个目录。", "%q is there already and says something else; it was not overwritten. Move it away, or name another folder."},
	"snapshot.placed.new": {"已写入 %s", "Written: %s"}, "snapshot.placed.same": {"已存在且内容相同：%s", "There already, and the same: %s"},

	"briefing.say.tax_sum": {"%[2]s税收%[1]s", "tax of %[2]s is %[1]s"}, "briefing.say.tax_sum.none": {"本年税收—", "tax of the year —"},
	"briefing.say.growth": {"同比增长%[1]s（增加%[2]s）", "up %[1]s (%[2]s) on the same months last year"}, "briefing.say.growth.down": {"同比下降%[1]s（减少%[2]s）", "down %[1]s (%[2]s) on the same months last year"},
	"briefing.say.growth.even": {"同比持平", "level with the same months last year"}, "briefing.say.growth.none": {"同比—", "growth —"},
	"briefing.say.of_target": {"完成年度目标%[2]s的%[1]s", "%[1]s of the year's target of %[2]s"}, "briefing.say.of_target.none": {"年度目标完成率—", "share of the year's target —"},
	"briefing.say.ahead": {"快于序时%[1]s", "%[1]s ahead of time"}, "briefing.say.ahead.down": {"慢于序时%[1]s", "%[1]s behind time"}, "briefing.say.ahead.even": {"与序时持平", "level with time"}, "briefing.say.ahead.none": {"较序时—", "against time —"},
	"briefing.say.rank": {"%[2]s年全区排名第%[1]s", "ranked %[1]s in the district in %[2]s"}, "briefing.say.rank.none": {"全区排名—", "rank in the district —"}, "briefing.say.rank_of": {"%[3]s年全区排名第%[1]s（共%[2]s）", "ranked %[1]s of %[2]s in the district in %[3]s"},

	"briefing.say.signed": {"招商引资已签约项目%[1]s个、合同额%[2]s", "%[1]s leads are signed with contracts of %[2]s"}, "briefing.say.dollars": {"另有合同%[1]s（不折算）", "and contracts of %[1]s, not converted"},
	"briefing.say.paid_in": {"当年到位资金%[1]s", "%[1]s was paid in this year"}, "briefing.say.paid_in.none": {"当年到位资金—", "paid in this year —"}, "briefing.say.paid_in_rate": {"资金到位率%[1]s", "%[1]s of contracts is paid in"}, "briefing.say.paid_in_rate.none": {"资金到位率—", "paid-in rate —"},

	"briefing.say.under_way": {"在建项目%[1]s个", "%[1]s projects are under way"}, "briefing.say.lights": {"其中红灯%[1]s个、黄灯%[2]s个、绿灯%[3]s个、失联%[4]s个", "%[1]s red, %[2]s yellow, %[3]s green, %[4]s out of touch"},
	"briefing.say.invested": {"计划和完成都已填报的项目本年完成投资%[1]s，为其年度计划%[3]s的%[2]s", "the projects that give both plan and work invested %[1]s this year, %[2]s of their plan of %[3]s"}, "briefing.say.invested.none": {"本年完成投资—", "invested this year —"},
	"briefing.say.owed": {"安置房待交付%[1]s套", "%[1]s units of resettlement housing are owed"}, "briefing.say.owed.even": {"安置房全部交付", "all resettlement housing is delivered"}, "briefing.say.owed.none": {"安置房待交付—", "resettlement housing owed —"},
	"briefing.say.delivered": {"已交付%[1]s套，交付率按套%[2]s、按面积%[3]s", "%[1]s units are delivered: %[2]s by units, %[3]s by area"}, "briefing.say.delivered.none": {"交付率—", "share delivered —"},
	"briefing.say.occupancy": {"楼宇入驻率%[1]s（%[2]s栋面积齐全的楼宇）", "occupancy is %[1]s over the %[2]s buildings whose areas are known"}, "briefing.say.occupancy.none": {"楼宇入驻率—", "occupancy —"},
	"briefing.say.vacant": {"空置面积%[1]s", "%[1]s is vacant"}, "briefing.say.vacant.none": {"空置面积—", "vacant —"},
	"briefing.say.on_time": {"到期督办事项%[2]s项，按期销号%[3]s项，按期销号率%[1]s", "of %[2]s action items due, %[3]s were closed by their day (%[1]s)"}, "briefing.say.on_time.none": {"没有到期的督办事项，按期销号率—", "no action item fell due, closed by their day —"},
	"briefing.say.late": {"逾期未销号%[1]s项", "%[1]s are overdue"}, "briefing.say.late.even": {"没有逾期事项", "none is overdue"},

	"briefing.say.all_lights": {"台账%[1]s个项目中，红灯%[2]s个、黄灯%[3]s个", "of %[1]s projects in the ledger %[2]s are red and %[3]s yellow"}, "briefing.say.turned": {"上次会议以来新增红灯%[1]s个、转好%[2]s个", "since the last meeting %[1]s turned red and %[2]s got better"},
	"briefing.say.leaders": {"%[1]s位分包领导", "%[1]s leaders"}, "briefing.say.leaders_worse": {"%[1]s位有项目较一周前转差", "%[1]s have a project that got worse within a week"}, "briefing.say.leaders_worse.even": {"没有人的项目较一周前转差", "no project got worse within a week"},
	"briefing.say.leaders_late": {"%[1]s位有逾期未销号事项", "%[1]s have items overdue"}, "briefing.say.leaders_late.even": {"没有人有逾期未销号事项", "none has items overdue"},
	"briefing.say.reported": {"上次会议以来%[1]s个项目填报进展", "%[1]s projects reported since the last meeting"}, "briefing.say.requests": {"提出需协调事项%[1]s项", "%[1]s things to coordinate were named"}, "briefing.say.silent": {"超过规定天数未填报%[1]s个", "%[1]s projects did not report in time"},
	"briefing.say.closed": {"上次会议以来销号%[1]s项", "%[1]s items were closed since the last meeting"}, "briefing.say.open": {"未销号%[1]s项（逾期%[2]s项）", "%[1]s are open (%[2]s overdue)"},
	"briefing.say.ppc": {"本周承诺兑现率%[1]s（%[2]s/%[3]s）", "%[1]s of the week's promises were kept (%[2]s of %[3]s)"}, "briefing.say.ppc.none": {"本周承诺兑现率—（本周没有到期事项）", "promises kept — (none fell due in the week)"},
	"briefing.say.closure": {"本年按期销号率%[1]s（%[2]s/%[3]s）", "%[1]s of the year's items were closed by their day (%[2]s of %[3]s)"}, "briefing.say.closure.none": {"本年按期销号率—", "closed by their day this year —"},
}
