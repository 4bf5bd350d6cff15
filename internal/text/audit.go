package text

// auditPhrases are what is said about who did what.
var auditPhrases = map[string]phrase{
	"page.title.audit": {"审计日志", "Audit"},
	"audit.too_short":  {"审计日志至少保存 %d 天（网络安全法第二十一条）；0 为永久保存。", "The audit is kept for %d days at least; 0 keeps it for good."},
	"audit.count":      {"共 %d 条", "%d lines"},
	"audit.kept":       {"只增不改，永久保存；时间为 UTC", "Append-only, kept for good; times are UTC"},
	"audit.kept_days":  {"只增不改，保存 %d 天；时间为 UTC", "Append-only, kept for %d days; times are UTC"},
	"audit.every":      {"全部", "All"}, "audit.search": {"查询", "Search"}, "audit.none": {"没有符合条件的记录。", "No line meets the search."},
	"audit.ask.who": {"人员", "Who"}, "audit.ask.action": {"操作", "What"}, "audit.ask.from": {"自", "From"}, "audit.ask.to": {"至", "To"}, "audit.ask.text": {"内容、地址、请求号", "Text, address, request"},
	"audit.csv":    {"导出 CSV", "CSV"},
	"audit.col.at": {"时间（UTC）", "When (UTC)"}, "audit.col.who": {"人员", "Who"}, "audit.col.account": {"登录名", "Account"}, "audit.col.action": {"操作", "What"},
	"audit.col.subject": {"对象", "On"}, "audit.col.status": {"结果", "Status"}, "audit.col.from": {"来自", "From"}, "audit.col.request": {"请求号", "Request"},
	"audit.col.route": {"路由", "Route"}, "audit.col.area": {"街道", "Sub-district"}, "audit.col.detail": {"说明", "Detail"},
	"audit.did.sign_in": {"登录", "sign-in"}, "audit.did.sign_in_failed": {"登录失败", "failed sign-in"}, "audit.did.sign_in_locked": {"锁定拒绝", "locked out"},
	"audit.did.sso_failed": {"统一认证未登录", "sign-in service refused"}, "audit.did.sign_out": {"退出", "sign-out"}, "audit.did.password": {"密码", "password"}, "audit.did.refused": {"越权拒绝", "refused"}, "audit.did.import": {"导入", "import"},
	"audit.did.undo": {"撤销", "undo"}, "audit.did.edit": {"填写", "edit"}, "audit.did.export": {"导出", "export"}, "audit.did.setting": {"设置", "setting"}, "audit.did.backup": {"备份", "backup"},
}
