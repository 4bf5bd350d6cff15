package text

// alertPhrases are what is said about alerts and on the wall display.
var alertPhrases = map[string]phrase{
	"alert.says.tax_month":          {"当月税收比上年同月下降 %s%%（阈值 %s%%）", "Tax of the month is %s%% below the same month of last year (threshold %s%%)"},
	"alert.says.tax_year":           {"本年累计税收比上年同期下降 %s%%（阈值 %s%%）", "Tax of the year to date is %s%% below the same months of last year (threshold %s%%)"},
	"alert.says.tax_building":       {"本年累计税收比上年同期下降 %s%%（阈值 %s%%）", "Its tax of the year to date is %s%% below the same months of last year (threshold %s%%)"},
	"alert.says.tax_payer":          {"本年累计纳税比上年同期下降 %s%%（阈值 %s%%）", "It paid %s%% less in the year to date than in the same months of last year (threshold %s%%)"},
	"alert.says.lease_ending":       {"租期止于 %s，还剩 %d 天（阈值 %s 天）", "The lease ends on %s, days left: %d (threshold %s)"},
	"alert.says.lease_expired":      {"租期已于 %s 届满，过期 %d 天，仍登记为在租", "The lease ended on %s, days past: %d; the tenant is still on the list"},
	"alert.says.milestone_late":     {"计划 %s 完成，已晚 %d 天（阈值 %s 天）", "Planned for %s, days late: %d (threshold %s)"},
	"alert.says.milestone_forecast": {"计划 %s 完成，按预计将晚 %d 天（阈值 %s 天）", "Planned for %s, by forecast days late: %d (threshold %s)"},
	"alert.says.delivery_overdue":   {"计划 %s 交付，仍欠 %s 套（阈值 0 套），已过期 %d 天", "Delivery was planned for %s; units still owed: %s (threshold 0), days past: %d"},
	"alert.says.delivery_idle":      {"最近一次交付在 %s，仍欠 %s 套，已 %d 天没有交付（阈值 %s 天）", "The last delivery was on %s, units still owed: %s, days without any: %d (threshold %s)"},
	"alert.says.data_stale":         {"最新数据截至 %s，已 %d 天没有新数据（阈值 %s 天）", "The newest rows speak of %s, days without new ones: %d (threshold %s)"},
	"alert.says.occupancy_falls":    {"入驻率由 %s%%（%s）降至 %s%%，下降 %s 个百分点（阈值 %s 个百分点）", "Occupancy fell from %s%% (%s) to %s%%, points lost: %s (threshold %s)"},

	"alert.kind.tax_month": {"当月税收下降", "Tax of the month down"}, "alert.kind.tax_year": {"累计税收下降", "Tax of the year down"}, "alert.kind.tax_building": {"楼宇税收下降", "Building's tax down"}, "alert.kind.tax_payer": {"企业纳税下降", "Payer's tax down"},
	"alert.kind.lease_ending": {"租约将到期", "Lease ending"}, "alert.kind.lease_expired": {"租约已到期", "Lease over"}, "alert.kind.milestone_late": {"节点拖期", "Milestone late"}, "alert.kind.delivery_overdue": {"安置房逾期未交", "Delivery overdue"},
	"alert.kind.delivery_idle": {"安置房交付停滞", "Delivery stalled"}, "alert.kind.data_stale": {"数据未更新", "Data not updated"}, "alert.kind.occupancy_falls": {"入驻率下降", "Occupancy falling"},

	"page.title.alerts": {"预警", "Alerts"}, "page.card.alerts_open": {"未确认的预警", "Open alerts"}, "page.card.alerts_acknowledged": {"已确认的预警", "Acknowledged alerts"},
	"page.card.alerts_acknowledged.hint": {"数值变差、级别升高或期满后自动回到上表", "one comes back when its figure or colour gets worse, or its term is over"},
	"page.card.alerts_ack":               {"确认预警", "Acknowledge"},
	"page.col.alert_kind":                {"类别", "Kind"}, "page.col.alert_what": {"预警对象", "What"}, "page.col.alert_says": {"数值与阈值", "Figure and threshold"}, "page.col.alert_since": {"自何日起", "Since"}, "page.col.alert_ack": {"处置", "Act"},
	"page.col.alert_reason": {"确认理由", "Reason"}, "page.col.alert_person": {"确认人", "By"}, "page.col.alert_until": {"有效期至", "Until"},
	"page.kpi.alerts_red": {"红色预警", "Red alerts"}, "page.kpi.alerts_yellow": {"黄色预警", "Yellow alerts"}, "page.kpi.alerts_acknowledged": {"已确认", "Acknowledged"}, "page.kpi.alerts_returned": {"确认后又回来", "Came back"},
	"page.empty.alerts": {"没有未确认的预警", "No open alert"}, "page.empty.alerts.do": {"所有数值都在阈值以内，或已有人确认。", "Every figure is within its threshold, or somebody has acknowledged it."},
	"page.empty.alert_data": {"还没有数据", "No data yet"}, "page.empty.alert_data.do": {"导入税收、楼宇、项目等台账后，按阈值逐项检查。", "Once tax, buildings and projects are imported every figure is held against its threshold."}, "alert.said": {"%s %s：%s", "%s %s: %s"},
	"page.empty.acknowledged": {"没有已确认的预警", "Nothing is acknowledged"}, "page.empty.acknowledged.do": {"确认一条预警后，会连同理由和有效期列在这里。", "An acknowledged alert is listed here with its reason and term."},
	"alert.act": {"确认", "Acknowledge"}, "alert.kinds": {"类别", "Kind"}, "alert.all": {"全部", "All"}, "alert.until": {"有效期至（期满后预警自动恢复）", "Until (then the alert is open again)"}, "alert.reason": {"确认理由", "Reason"},
	"alert.returned.worse": {"确认后变差", "worse since acknowledged"}, "alert.returned.expired": {"确认已期满", "its term is over"}, "alert.since.unknown": {"尚未到计划日", "planned day still to come"},
	"alert.gone":      {"这条预警现在不在未确认之列：数值已恢复，或已有人确认。", "This alert is not open now: its figure has recovered, or somebody has acknowledged it."},
	"alert.no_reason": {"请写明确认理由。", "Say why the alert is acknowledged."}, "alert.no_person": {"请写明确认人。", "Say who acknowledges the alert."}, "alert.count": {"预警 %d", "Alerts: %d"}, "alert.all_acknowledged": {"全部 %d 条", "All %d"}, "alert.state": {"状态", "State"}, "alert.state.both": {"全部", "All"}, "alert.state.open": {"未确认", "Open"}, "alert.state.acknowledged": {"已确认", "Acknowledged"},
	"alert.bad_until":   {"有效期至 %s 不对：应晚于 %s，最长 %d 天。", "The end %s is wrong: it is after %s, within %d days."},
	"page.title.screen": {"大屏", "Wall display"}, "screen.projects": {"项目", "Projects"}, "screen.economy": {"税收与安置", "Tax and housing"}, "screen.alerts": {"预警", "Alerts"}, "screen.turns": {"轮播画面", "Views"},
	"screen.first": {"列出前 %d 条，共 %d 条", "The first %d of %d"}, "screen.lost": {"连接已中断（自 {since}），画面停留在 {last}", "No connection since {since}; the picture is of {last}"},
}
