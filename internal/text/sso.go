package text

// ssoPhrases are what is said about the unit's sign-in service.
var ssoPhrases = map[string]phrase{
	"access.sso.label": {"统一身份认证登录", "Sign in with the unit's account"},
	"access.sso.or":    {"或", "or"},
	"access.sso.out":   {"同时退出统一身份认证", "Sign out of the sign-in service too"},
	"access.sso.field": {"统一身份认证", "Sign-in service"},

	"access.sso.name":      {"在统一身份认证中的账号", "Name at the sign-in service"},
	"access.sso.name.hint": {"与对方系统一字不差；首次登录后绑定到本人，此后只认本人。留空则只用密码登录", "Exactly as it is there. The first sign-in binds the account to that person, and to nobody else. Empty: password only"},
	"access.sso.only":      {"只用统一身份认证登录", "Signs in by the service only"},
	"access.sso.only.hint": {"不设密码，也不再要求更换；已登录的立即退出", "No password opens the account and none is asked to be changed; open sessions end at once"},
	"access.sso.issuer":    {"认证服务", "Service"}, "access.sso.subject": {"本人标识", "Person there"},
	"access.sso.none":        {"未启用", "not used"},
	"access.sso.bound":       {"%s（已绑定）", "%s (bound)"},
	"access.sso.unbound":     {"%s（首次登录时绑定）", "%s (bound at the first sign-in)"},
	"access.sso.unbind":      {"解除绑定", "Unbind"},
	"access.sso.unbind.hint": {"解除后已登录的立即退出，下次以此账号登录的人重新绑定", "Unbinding ends open sessions; whoever next signs in under the name is bound"},

	"access.sso.taken":           {"统一身份认证账号“%s”已用于登录名“%s”。", "%q of the sign-in service is used by the account %q already."},
	"access.sso.only_needs_name": {"请填写在统一身份认证中的账号。", "Fill in the name at the sign-in service."},
	"access.sso.bad_name":        {"统一身份认证账号不可用：最多 200 个可见字符。", "The name at the sign-in service will not do: 200 visible characters at most."},
	"access.sso.no_password":     {"这个账号只用统一身份认证登录；取消该项后再生成一次性密码。", "This account signs in by the service only; take that back before making a password."},
	"access.sso.no_own":          {"本账号用统一身份认证登录，没有单独的密码；密码请在统一身份认证处修改。", "This account signs in by the service and has no password of its own; change yours there."},

	"access.state.sso": {"统一身份认证", "by the sign-in service"}, "access.state.awaited": {"待首次登录", "first sign-in awaited"}, "access.state.shut": {"未设密码", "no way to sign in"},

	"access.sso.said.nobody":      {"统一身份认证已通过，但没有您可以登录的账号；请联系管理员。", "The sign-in service knows you, but there is no account for you to use here; ask the administrator."},
	"access.sso.said.unreachable": {"暂时连接不上统一身份认证。可以用登录名和密码登录，或稍后再试。", "The sign-in service does not answer at the moment. Sign in with account and password, or try again later."},
	"access.sso.said.lost":        {"这次登录不是由本浏览器当前页面发起的，请重新登录。", "This sign-in was not begun in this browser, or another was begun since; sign in again."},
	"access.sso.said.late":        {"登录超过了 10 分钟，请重新登录。", "The sign-in took more than ten minutes; sign in again."},
	"access.sso.said.mixed":       {"答复不是来自本单位的统一身份认证，未予登录。", "The answer is not of the unit's sign-in service; nobody was let in."},
	"access.sso.said.denied":      {"您在统一身份认证处取消了登录。", "You broke the sign-in off at the sign-in service."},
	"access.sso.said.failed":      {"统一身份认证没有完成登录；请重试，仍不行请联系管理员。", "The sign-in service did not complete the sign-in; try again, or ask the administrator."},
	"access.sso.said.code":        {"这次登录已经用过或已失效，请重新登录。", "This sign-in was used already or is no longer valid; sign in again."},
	"access.sso.said.token":       {"统一身份认证的答复未通过核验，未予登录；请联系管理员。", "What the sign-in service answered could not be verified; nobody was let in. Ask the administrator."},
	"access.sso.said.stale":       {"在统一身份认证处登录已久，请先在那里退出，再重新登录。", "You signed in at the service too long ago; sign out there and sign in again."},

	"command.sso_all":     {"--sso-issuer、--sso-client、--sso-secret-file 须同时给出。", "--sso-issuer, --sso-client and --sso-secret-file go together."},
	"command.sso_issuer":  {"--sso-issuer “%s”不可用：须为 https 地址，不带参数。", "%q of --sso-issuer will not do: it has to be an https address without a question."},
	"command.sso_claim":   {"--sso-claim “%s”不是声明的名称。", "%q of --sso-claim is no name of a claim."},
	"command.sso_no_file": {"无法读取 --sso-secret-file “%s”。", "The file %q of --sso-secret-file cannot be read."},
	"command.sso_secret":  {"“%s”中的客户端密钥太短，至少 %d 个字符。", "The client secret in %q is too short; it needs %d characters."},
	"command.sso_address": {"请用 --sso-address 写明本系统的访问地址，如 https://taizhang.example.cn；域名须在 --hosts 之列（现为“%s”）。", "Name this program's own address with --sso-address, such as https://taizhang.example.cn; its host has to be among --hosts (now %q)."},

	"user.done.unbind": {"已解除 %s 的绑定，并结束其登录", "Unbound %s and ended its sessions"},

	"doctor.name.sso":     {"统一身份认证", "Sign-in service"},
	"doctor.sso":          {"%s 有答复", "%s answers"},
	"doctor.sso.down":     {"%s 没有可用的答复（%s）", "%s gives no answer that can be used (%s)"},
	"doctor.sso.settings": {"按上面的提示改正设置；未改正前服务不会启动。", "Mend the setting; the server does not start with it."},
	"doctor.sso.do":       {"核对 --sso-issuer 与对方“发现”文档中的 issuer 一字不差，网络与证书可用（自建证书用 SSL_CERT_FILE）；在此之前仍可用密码登录。", "See that --sso-issuer is the issuer of the service's discovery document to the letter, and that network and certificate are right (SSL_CERT_FILE for one of your own); passwords work meanwhile."},
}
