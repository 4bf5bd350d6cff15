package text

// accessPhrases are what is said about sign-in, accounts and roles.
var accessPhrases = map[string]phrase{
	"page.title.sign_in": {"登录", "Sign in"}, "page.title.account": {"我的账号", "My account"}, "page.title.people": {"人员账号", "People"},
	"page.title.leader": {"我的项目", "My projects"}, "page.rail.admin": {"管理", "Administration"},
	"page.foot.open": {"未设账号，仅限本机使用", "No accounts yet: for this machine only"},

	"page.foot.hidden": {"已按角色隐去：%s", "Hidden from your role: %s"}, "access.hidden.personal": {"电话与法定代表人", "phones and legal representatives"}, "access.hidden.firm_tax": {"单户税收", "tax of single firms"},
	"alert.says.hidden": {"数值已按角色隐去", "the figure is hidden from your role"},

	"access.sign_in": {"登录", "Sign in"}, "access.sign_out": {"退出登录", "Sign out"},
	"access.lead":           {"街道台账、周例会与楼宇经济", "Ledgers, weekly meeting and building economy of the sub-district"},
	"access.field.account":  {"登录名", "Account"},
	"access.field.password": {"密码", "Password"},
	"access.field.person":   {"姓名", "Name"},
	"access.field.roles":    {"角色", "Roles"},
	"access.field.scope":    {"范围", "Scope"},
	"access.field.state":    {"状态", "State"},
	"access.field.changed":  {"最近变更", "Last change"},
	"access.field.areas":    {"限定街道", "Only the sub-districts"}, "access.field.areas.hint": {"留空为全部；多个用顿号隔开。台账中有：%s", "Empty for all; several between commas. The record holds: %s"},
	"access.field.own":      {"只看本人牵头的项目（限班子领导）", "Only projects the person leads (leaders)"},
	"access.field.disabled": {"停用：不能登录，已登录的立即退出", "Disabled: cannot sign in, open sessions end at once"},
	"access.field.current":  {"现用密码", "Password in use"}, "access.field.new": {"新密码", "New password"}, "access.field.again": {"再输一次新密码", "New password once more"},
	"access.help": {"忘记密码请联系管理员重设。", "If the password is lost, the administrator sets a new one."},

	"access.role.viewer": {"查阅", "Viewer"}, "access.role.staff": {"数据专员", "Staff"}, "access.role.official": {"街道干部", "Official"},
	"access.role.leader": {"班子领导", "Leader"}, "access.role.administrator": {"管理员", "Administrator"},
	"access.role.viewer.may":        {"查看各页面；电话、法定代表人、单户税收隐去", "Reads pages; phones, legal representatives and the tax of single firms are hidden"},
	"access.role.staff.may":         {"导入表格、撤销导入", "Imports spreadsheets and undoes imports"},
	"access.role.official.may":      {"填写台账、主持例会、推进督办", "Keeps the ledger, runs the meeting, moves action items on"},
	"access.role.leader.may":        {"查看全部数据，确认督办与预警", "Reads everything, confirms action items and alerts"},
	"access.role.administrator.may": {"管理账号、查看审计；不填业务表单", "Accounts and audit; fills in no business form"},

	"access.may.own": {"本人账号", "own account"}, "access.may.read": {"查看页面", "read pages"}, "access.may.see_files": {"查看导入记录与原文件", "see imports and files"},
	"access.may.import": {"导入与撤销", "import and undo"}, "access.may.edit": {"填写台账", "edit the ledger"}, "access.may.meeting": {"记录例会", "keep the meeting"},
	"access.may.patrol":  {"登记巡查", "enter patrols"},
	"access.may.confirm": {"确认督办、预警", "confirm actions and alerts"}, "access.may.people": {"管理账号", "manage accounts"}, "access.may.audit": {"查看审计", "read the audit"}, "access.may.backups": {"备份与核验", "take and verify backups"},
	"access.may.see_personal": {"看电话、法人", "see phones and persons"}, "access.may.see_firm_tax": {"看单户税收", "see tax of single firms"}, "access.may.": {"使用此地址", "use this address"},

	"access.scope.all": {"全部街道", "all sub-districts"}, "access.scope.own": {"仅本人牵头的项目", "own projects only"},
	"access.state.open": {"正常", "in use"}, "access.state.once": {"待改初始密码", "one-time password"}, "access.state.disabled": {"已停用", "disabled"},

	"access.sign_in_first": {"请先登录。", "Sign in first."},
	"access.signed_out":    {"已退出登录。", "You are signed out."},
	"access.change_first":  {"请先修改密码。", "Change the password first."},
	"access.may_not":       {"您的角色不能%s；如有需要，请联系管理员。", "Your roles do not allow you to %s; ask the administrator if you need to."},
	"access.hidden_field":  {"您的角色不能按“%s”查询。", "Your roles do not allow you to ask by %s."},
	"access.own_only":      {"您的账号只能查看本人牵头的项目。", "Your account sees only the projects you lead."},
	"access.other_area":    {"您的账号不能查看这个街道。", "Your account does not cover this sub-district."},
	"access.old_form":      {"页面已过期（可能已在别处退出或换人登录），请刷新后重新提交。", "This page is out of date: you signed in anew since. Reload it and send it again."},
	"access.wrong":         {"登录名或密码不对。", "The account or the password is wrong."},
	"access.locked":        {"尝试次数过多，请在 %s 之后再试。", "Too many attempts; try again after %s."},
	"access.once_over":     {"初始密码已过期，请联系管理员重设。", "The one-time password has expired; ask the administrator for another."},
	"access.must.once":     {"这是初始密码，请先改成自己的密码。", "This is a one-time password: choose your own first."},
	"access.must.expired":  {"密码已到更换期限，请先修改。", "The password is due for a change: choose a new one first."},
	"access.wrong_current": {"现用密码不对。", "The password in use is wrong."},
	"access.differ":        {"两次输入的新密码不一致。", "The new password was not typed alike twice."},
	"access.weak.short":    {"密码至少 %d 个字符。", "The password needs %d characters at least."}, "access.weak.long": {"密码最多 %d 个字符。", "The password may have %d characters at most."},
	"access.weak.classes": {"密码须含大写、小写、数字、符号中的至少 %d 类。", "The password needs at least %d of upper case, lower case, digits and other signs."},
	"access.weak.common":  {"这个密码在泄露名单中很常见，请换一个。", "This password is among the most common ones of known leaks; choose another."},
	"access.weak.near":    {"密码主要由登录名、姓名或产品名组成，请换一个。", "The password is made of the account, the name or the product; choose another."},
	"access.weak.used":    {"不能与用过的密码相同。", "The password was used before; choose another."},
	"access.rule.length":  {"%d 至 %d 个字符，可用整句话，可粘贴", "%d to %d characters; a whole sentence will do, pasting is fine"},
	"access.rule.common":  {"不在常见密码名单内，不以登录名为主", "none of the commonly used ones, not built on the account's name"},
	"access.rule.classes": {"含大写、小写、数字、符号中的至少 %d 类", "at least %d of upper case, lower case, digits, other signs"}, "access.rule.remembered": {"与最近 %d 次不同", "unlike the last %d"},
	"access.expires":            {"密码须在 %s 前更换", "The password is due for a change by %s"},
	"access.no_accounts":        {"尚未设置账号。", "There are no accounts yet."},
	"access.name_taken":         {"登录名“%s”已被使用（停用的也保留）。", "The account %q exists already, or did once."},
	"access.no_account":         {"没有登录名为“%s”的账号。", "There is no account %q."},
	"access.bad_name":           {"登录名“%s”不可用：2 至 40 个字母、数字或汉字，可含 . _ - @", "The account name %q will not do: 2 to 40 letters or digits, with . _ - @ between."},
	"access.last_administrator": {"至少要有一名在用的管理员；第一个账号必须是管理员。", "One administrator must remain who can sign in; the first account must be an administrator's."},
	"access.no_person":          {"请填写姓名。", "Fill in the name."}, "access.no_role": {"请至少选一个角色。", "Choose one role at least."},
	"access.unknown_role":     {"没有“%s”这个角色。可用：viewer、staff、official、leader、administrator", "There is no role %q. There are: viewer, staff, official, leader, administrator"},
	"access.own_needs_leader": {"“只看本人项目”仅适用于班子领导。", "Own projects only is for leaders."},
	"access.apart":            {"等保要求管理员与业务角色分设，请使用两个账号。", "Under the dengbao profile an administrator holds no other role; use two accounts."},
	"access.saved":            {"已保存，立即生效。", "Saved; it counts at once."},
	"access.changed_by":       {"最近变更：%s，由 %s", "Last changed %s by %s"},

	"access.card.account": {"账号", "Account"}, "access.card.password": {"修改密码", "Change the password"}, "access.card.sessions": {"登录中的设备", "Where you are signed in"},
	"access.card.sessions.hint": {"修改密码后其他设备会自动退出", "A new password signs every other device out"},
	"access.changed":            {"密码已修改，其他设备已退出。", "The password was changed; other devices are signed out."},
	"access.save_password":      {"保存新密码", "Save the new password"},
	"access.end_one":            {"退出", "End"}, "access.end_all": {"退出所有设备", "Sign out everywhere"}, "access.current": {"本机", "this one"},
	"access.col.address": {"来自", "From"}, "access.col.agent": {"浏览器", "Browser"}, "access.col.began": {"登录时间", "Since"}, "access.col.seen": {"最近使用", "Last seen"},
	"access.card.people": {"账号", "Accounts"}, "access.card.new": {"新增账号", "Add an account"}, "access.card.new.hint": {"系统给出一次性密码，由本人登录后修改", "A one-time password is made; the person changes it at the first sign-in"},
	"access.card.roles": {"角色权限", "What roles may do"}, "access.first": {"尚未设置账号：现在打开本机页面的人都可以查看和修改。建立第一个管理员账号后，所有人都须登录，也才可以对局域网开放。", "There are no accounts: whoever opens the pages on this machine may read and change everything. From the first administrator's account on everybody signs in, and the pages can be opened to the network."},
	"access.add": {"建立账号", "Add the account"}, "access.save": {"保存", "Save"}, "access.col.may": {"权限", "Permission"}, "access.yes": {"可", "yes"},
	"access.card.reset": {"重设密码", "Set a new password"}, "access.reset.hint": {"给出一次性密码，已登录的设备立即退出", "Makes a one-time password and ends open sessions"}, "access.reset": {"生成一次性密码", "Make a one-time password"},
	"access.card.theirs": {"登录中的设备", "Where the person is signed in"}, "access.theirs.none": {"当前没有登录。", "Nowhere at the moment."}, "access.end_theirs": {"全部退出", "End all"},
	"access.once.title": {"一次性密码", "One-time password"}, "access.once.hint": {"请当面或电话告知本人，此页关闭后无法再次查看", "Tell the person directly; it cannot be shown again"},
	"access.once.hours": {"%d 小时内登录有效，首次登录须修改", "To be used within %d hours and changed at the first sign-in"}, "access.once.back": {"返回人员账号", "Back to people"},

	"user.usage":         {"用法：taizhang user add 登录名 --roles 角色 [--name 姓名]，或 list、disable、enable、password、unbind", "Usage: taizhang user add ACCOUNT --roles ROLES [--name NAME], or list, disable, enable, password, unbind"},
	"user.none":          {"还没有账号。", "There are no accounts yet."},
	"user.done.add":      {"已建立账号 %s", "Added the account %s"},
	"user.done.disable":  {"已停用 %s，并结束其登录", "Disabled %s and ended its sessions"},
	"user.done.enable":   {"已恢复 %s", "Enabled %s"},
	"user.done.password": {"已重设 %s 的密码，并结束其登录", "Set a new password for %s and ended its sessions"},
	"user.once":          {"一次性密码：%s（%d 小时内登录有效，首次登录须修改）", "One-time password: %s (to be used within %d hours and changed at the first sign-in)"},

	"command.bad_profile":     {"没有“%s”这个登录策略；可用 default、dengbao。", "There is no sign-in profile %q; use default or dengbao."},
	"command.tls_both":        {"--tls-cert 与 --tls-key 须同时给出。", "--tls-cert and --tls-key go together."},
	"command.bad_proxy":       {"--proxies 中的“%s”不是地址或网段。", "%q of --proxies is no address or network."},
	"command.bad_certificate": {"证书或私钥无法读取：%s。", "The certificate or its key cannot be read: %s."},
	"command.not_secure":      {"拒绝在“%s”上监听：对外开放须用 --tls-cert 与 --tls-key，或置于 --proxies 写明的反向代理之后。", "Refused to listen on %q: beyond this machine it takes --tls-cert and --tls-key, or a proxy named by --proxies."},
	"command.no_hosts":        {"对外开放须用 --hosts 写明访问所用的域名或地址。", "Beyond this machine, name the hosts people reach it by with --hosts."},
	"error.unknown_host":      {"这个域名或地址不在 --hosts 之列。", "This host is not among those of --hosts."},
	"error.not_secure":        {"请用 https 访问。", "Use https."},

	"command.help.user": {`taizhang user add 登录名 --roles 角色[,角色] [--name 姓名] [--only 街道,…] [--own] [--sso 账号 [--sso-only]]
taizhang user list [--json]
taizhang user disable|enable|password|unbind 登录名

建立、列出、停用、恢复账号，重设密码，或解除与统一身份认证的绑定。角色：viewer 查阅、staff 数据专员、official 街道干部、leader 班子领导、administrator 管理员。
第一个账号必须是 administrator；从此打开页面须登录。

  --only 街道,…    只能查看这些街道
  --own            只看本人（--name）牵头的项目，限 leader
  --sso 账号       在统一身份认证中的账号；--sso-only 只用它登录，不设密码
  --profile 名     default（OWASP ASVS）或 dengbao（等保）`,
		`taizhang user add ACCOUNT --roles ROLE[,ROLE] [--name NAME] [--only SUB-DISTRICT,...] [--own] [--sso NAME [--sso-only]]
taizhang user list [--json]
taizhang user disable|enable|password|unbind ACCOUNT

Adds, lists, disables or enables accounts, sets a new password, or unbinds one from its person of the sign-in service. Roles: viewer, staff, official, leader, administrator.
The first account must be an administrator's; from then on the pages ask to sign in.

  --only NAME,...  sees these sub-districts only
  --own            sees only projects that --name leads, for leaders
  --sso NAME       the name at the unit's sign-in service; --sso-only: no password
  --profile NAME   default (OWASP ASVS) or dengbao`},
}
