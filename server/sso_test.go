package server

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"taizhang/internal/access"
	"taizhang/internal/signon"
	"taizhang/internal/testkit"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// ownTested is where the program is reached in tests, see call.
const ownTested = "http://127.0.0.1:8080"

// ssoApp is the server with an administrator and a real sign-in service.
func ssoApp(t *testing.T, settings ...func(*Config)) (*app, *time.Time, *testkit.Provider) {
	t.Helper()
	p := testkit.KeptProvider(t, []string{ownTested + ssoBack}, []string{ownTested + "/sign-in"})
	a, now := clockApp(t, append([]func(*Config){served(t, p, ownTested)}, settings...)...)
	connect(t, a)
	enrol(t, a, "admin", "quiet harbour lamp", access.Administrator)
	return a, now, p
}

// served sets a sign-in service up, with its secret in a file.
func served(t *testing.T, p *testkit.Provider, own string) func(*Config) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(p.Secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(c *Config) {
		c.SSO = SSO{Issuer: p.Issuer, Client: p.Client, SecretFile: file, Claim: defaultClaim, Address: own}
	}
}

func connect(t *testing.T, a *app) {
	t.Helper()
	service, err := a.cfg.signOn()
	if err != nil {
		t.Fatal(err)
	}
	a.signOn = service
}

// expect adds an account that a person of the service is expected at.
func expect(t *testing.T, a *app, name string, sso ledger.SSO, roles ...access.Role) {
	t.Helper()
	one := ledger.Account{Name: name, Person: "姓名" + name, Roles: roles, PasswordAt: a.ledger.Now(), By: "test", SSO: sso}
	if !sso.Only {
		one.Hash = a.cfg.Hashing.Hash("password of " + name)
	}
	if err := a.ledger.AddAccount(t.Context(), one); err != nil {
		t.Fatal(err)
	}
}

// begunSSO is a sign-in that was begun: where the browser is sent, and the cookie it has to bring back.
func begunSSO(t *testing.T, a *app, target string, head ...string) (to string, cookie *http.Cookie) {
	t.Helper()
	answer := call(t, a, http.MethodGet, target, nil, head...)
	for _, one := range answer.Cookies() {
		if strings.HasSuffix(one.Name, "-sso") {
			cookie = one
		}
	}
	if answer.StatusCode != http.StatusSeeOther || cookie == nil {
		t.Fatalf("%s: %d %v", target, answer.StatusCode, answer.Header)
	}
	return answer.Header.Get("Location"), cookie
}

// bySSO walks somebody from our page through the service's and back.
func bySSO(t *testing.T, a *app, v *testkit.Visitor) reply {
	t.Helper()
	to, cookie := begunSSO(t, a, ssoPath+"?back=%2Ftax")
	return answeredSSO(t, a, v.Go(t, to), cookie)
}

func answeredSSO(t *testing.T, a *app, back *url.URL, cookie *http.Cookie, head ...string) reply {
	t.Helper()
	if !strings.HasPrefix(back.String(), ownTested+ssoBack+"?") {
		t.Fatalf("the service sends the browser to %s", back)
	}
	return call(t, a, http.MethodGet, back.RequestURI(), nil, append(head, "Cookie: "+cookie.Name+"="+cookie.Value)...)
}

// refusedSSO holds that a reply let nobody in and leads to the sign-in page, which says why.
func refusedSSO(t *testing.T, a *app, answer reply, reason signon.Reason) {
	t.Helper()
	to, _ := url.Parse(answer.Header.Get("Location"))
	if answer.StatusCode != http.StatusSeeOther || cookieOf(answer) != nil || to.Path != "/sign-in" || to.Query().Get("sso") != string(reason) {
		t.Errorf("%s: %d %v", reason, answer.StatusCode, answer.Header)
		return
	}
	page := call(t, a, http.MethodGet, to.RequestURI(), nil)
	if said := text.T("access.sso.said." + string(reason)).In(text.Zh); page.StatusCode != http.StatusOK || !strings.Contains(page.Text, said) || !strings.Contains(page.Text, `name="password"`) {
		t.Errorf("%s: %d, the page does not say %q", reason, page.StatusCode, said)
	}
}

// lastSSO is the newest line of the audit.
func lastSSO(t *testing.T, a *app) ledger.Audited {
	t.Helper()
	lines := auditOf(t, a.ledger, ledger.AuditQuery{})
	if len(lines) == 0 {
		t.Fatal("the audit is empty")
	}
	return lines[0]
}

// TestSigningInByTheService signs in for the first time, again, as somebody else of the same name, and after the name has changed there.
func TestSigningInByTheService(t *testing.T) {
	a, now, p := ssoApp(t)
	expect(t, a, "zhang", ledger.SSO{Name: "zhang"}, access.Official)
	page := call(t, a, http.MethodGet, "/sign-in?back=%2Ftax", nil)
	if !strings.Contains(page.Text, `href="/sign-in/sso?back=%2Ftax"`) || !strings.Contains(page.Text, text.T("access.sso.label").In(text.Zh)) {
		t.Error("the sign-in page does not lead to the service")
	}
	to, cookie := begunSSO(t, a, ssoPath+"?back=%2Ftax")
	if !strings.HasPrefix(to, p.Issuer+"/auth?") || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.MaxAge != 600 || cookie.Name != plainCookie+"-sso" {
		t.Errorf("%s %+v", to, cookie)
	}
	*now = now.Add(time.Second)
	first := answeredSSO(t, a, testkit.NewVisitor("s1~zhang").Go(t, to), cookie)
	token := cookieOf(first)
	if first.StatusCode != http.StatusSeeOther || first.Header.Get("Location") != "/tax" || token == nil || !token.HttpOnly || token.SameSite != http.SameSiteLaxMode {
		t.Fatalf("%d %v", first.StatusCode, first.Header)
	}
	for _, one := range first.Cookies() {
		if one.Name == cookie.Name && (one.Value != "" || one.Expires.After(time.Now())) {
			t.Errorf("what the sign-in has begun with is kept: %+v", one)
		}
	}
	lines := auditOf(t, a.ledger, ledger.AuditQuery{From: *now})
	if len(lines) != 2 || lines[0].Account != "zhang" || lines[1].Account != "zhang" {
		t.Fatalf("%+v", lines)
	}
	did := map[string]ledger.Audited{lines[0].Action: lines[0], lines[1].Action: lines[1]}
	if bound := did[ledger.DidSetting]; !strings.Contains(bound.Detail, "bound to s1~zhang, "+p.Issuer) || bound.Subject != "zhang" {
		t.Errorf("%+v", did)
	}
	if in := did[ledger.DidSignIn]; in.Route != "sign_in.sso_back" || in.Person != "姓名zhang" || in.Subject != ssoBack {
		t.Errorf("%+v", did)
	}
	s := session{t, a, token.Value}
	if own := s.get("/account"); own.StatusCode != http.StatusOK || !strings.Contains(own.Text, "zhang（已绑定）") {
		t.Errorf("the account's page: %d", own.StatusCode)
	}
	if got := s.get("/admin/people").StatusCode; got != http.StatusForbidden {
		t.Errorf("the service gives roles: %d", got)
	}
	again := cookieOf(bySSO(t, a, testkit.NewVisitor("s1~zhang")))
	if again == nil || again.Value == token.Value {
		t.Fatal("the second sign-in")
	}
	*now = now.Add(time.Second)
	refusedSSO(t, a, bySSO(t, a, testkit.NewVisitor("s2~zhang")), nobodyHere)
	if line := lastSSO(t, a); line.Action != ledger.DidSSOFailed || line.Account != "zhang" || !strings.Contains(line.Detail, "somebody else of that name: zhang (s2~zhang, ") {
		t.Errorf("%+v", line)
	}
	// The very person goes on under another name; the name of the account may be whatever it is.
	if err := a.ledger.ChangeAccount(t.Context(), "zhang", func(one *ledger.Account) error { one.SSO.Name = "of before"; return nil }); err != nil {
		t.Fatal(err)
	}
	if cookieOf(bySSO(t, a, testkit.NewVisitor("s1~zhang"))) == nil {
		t.Error("a person whose name has changed is kept out")
	}
}

// TestWhoHasNoAccountIsNotToldWhy tries an unknown person, a disabled account and one of somebody else: they look the same, and the audit tells them apart.
func TestWhoHasNoAccountIsNotToldWhy(t *testing.T) {
	a, now, p := ssoApp(t)
	expect(t, a, "gone", ledger.SSO{Name: "gone"}, access.Viewer)
	expect(t, a, "taken", ledger.SSO{Name: "taken", Issuer: p.Issuer, Subject: "another"}, access.Viewer)
	expect(t, a, "moved", ledger.SSO{Name: "moved", Issuer: "https://id.of.before.example", Subject: "moved"}, access.Viewer)
	if err := a.ledger.ChangeAccount(t.Context(), "gone", func(one *ledger.Account) error { one.Disabled = true; return nil }); err != nil {
		t.Fatal(err)
	}
	looks := map[string]bool{}
	for who, why := range map[string]string{"nobody.here": "unknown", "gone": "disabled", "taken": "somebody else of that name", "moved": "somebody else of that name", "admin": "unknown"} {
		*now = now.Add(time.Second)
		answer := bySSO(t, a, testkit.NewVisitor(who))
		refusedSSO(t, a, answer, nobodyHere)
		looks[answer.Header.Get("Location")] = true
		lines := auditOf(t, a.ledger, ledger.AuditQuery{From: *now})
		if len(lines) != 1 || lines[0].Action != ledger.DidSSOFailed || !strings.HasPrefix(lines[0].Detail, why+": ") || lines[0].Address == "" || lines[0].Request == "" {
			t.Errorf("%s: %+v", who, lines)
		}
	}
	if len(looks) != 1 {
		t.Errorf("the refusals look different: %v", looks)
	}
	if accounts, err := a.ledger.Accounts(t.Context()); err != nil || len(accounts) != 4 || accounts["gone"].Bound() {
		t.Errorf("%+v %v", accounts, err)
	}
}

// TestAnAccountOfTheServiceOnly has no password, and none that is due.
func TestAnAccountOfTheServiceOnly(t *testing.T) {
	a, now, _ := ssoApp(t, func(c *Config) { c.Profile = access.DengbaoProfile })
	admin := enter(t, a, "admin")
	made := admin.post("/admin/people", url.Values{"account": {"li"}, "person": {"李四"}, "role": {"viewer"}, "sso": {"1"}, "sso_name": {" li "}, "sso_only": {"1"}})
	if made.StatusCode != http.StatusSeeOther || strings.Contains(made.Text, "code") {
		t.Fatalf("%d %s", made.StatusCode, made.Text)
	}
	*now = now.Add(time.Second) // so that the audit's last line is the last thing done
	for _, password := range []string{"", "anything", "quiet harbour lamp"} {
		if got := signInBy(t, a, "li", password); got.StatusCode != http.StatusUnauthorized || !strings.Contains(got.Text, text.T("access.wrong").In(text.Zh)) {
			t.Errorf("password %q: %d", password, got.StatusCode)
		}
	}
	if line := lastSSO(t, a); line.Action != ledger.DidSignInFailed || line.Detail != "signs in by the sign-in service only" {
		t.Errorf("%+v", line)
	}
	if got := admin.post("/admin/people/li/password", nil).StatusCode; got != http.StatusForbidden {
		t.Errorf("a password is made: %d", got)
	}
	*now = now.Add(200 * 24 * time.Hour)
	token := cookieOf(bySSO(t, a, testkit.NewVisitor("li")))
	if token == nil {
		t.Fatal("not signed in")
	}
	s := session{t, a, token.Value}
	page := s.get("/account")
	if page.StatusCode != http.StatusOK || strings.Contains(page.Text, `action="/account/password"`) || !strings.Contains(page.Text, text.T("access.sso.no_own").In(text.Zh)) {
		t.Errorf("the account's page: %d", page.StatusCode)
	}
	if got := s.get("/tax").StatusCode; got != http.StatusOK {
		t.Errorf("200 days later a password is asked for: %d", got)
	}
	if got := s.post("/account/password", url.Values{"current": {""}, "new": {"Yellow kettle boils 7"}, "again": {"Yellow kettle boils 7"}}).StatusCode; got != http.StatusForbidden {
		t.Errorf("a password is set: %d", got)
	}
	*now = now.Add(15 * time.Minute)
	if got := s.get("/account").StatusCode; got != http.StatusSeeOther {
		t.Errorf("idle for as long as the profile allows: %d", got)
	}
	// The way in when the service is gone.
	if code, out, errs := runCommand(a.ledger, "user", "password", "li", "--lang", "zh"); code != exitDone || !strings.Contains(out, "一次性密码") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	if accounts, err := a.ledger.Accounts(t.Context()); err != nil || accounts["li"].SSO.Only || !accounts["li"].Once || !accounts["li"].Bound() {
		t.Errorf("%+v %v", accounts["li"], err)
	}
}

// TestAPasswordThatIsDueConcernsPasswords signs the same account in by both ways.
func TestAPasswordThatIsDueConcernsPasswords(t *testing.T) {
	a, now, _ := ssoApp(t, func(c *Config) { c.Profile = access.DengbaoProfile })
	expect(t, a, "zhang", ledger.SSO{Name: "zhang"}, access.Viewer)
	*now = now.Add(91 * 24 * time.Hour)
	typed, vouched := cookieOf(signInBy(t, a, "zhang", "password of zhang")), cookieOf(bySSO(t, a, testkit.NewVisitor("zhang")))
	if typed == nil || vouched == nil {
		t.Fatal("not signed in")
	}
	if got := (session{t, a, typed.Value}).get("/tax"); got.Header.Get("Location") != "/account" {
		t.Errorf("by an old password: %d", got.StatusCode)
	}
	if got := (session{t, a, vouched.Value}).get("/tax"); got.StatusCode != http.StatusOK {
		t.Errorf("by the service: %d", got.StatusCode)
	}
}

// TestAnAdministratorBindsAndUnbinds by the form of a person.
func TestAnAdministratorBindsAndUnbinds(t *testing.T) {
	a, now, p := ssoApp(t)
	expect(t, a, "zhang", ledger.SSO{Name: "zhang"}, access.Viewer)
	admin := enter(t, a, "admin")
	in := func(who string) *http.Cookie { return cookieOf(bySSO(t, a, testkit.NewVisitor(who))) }
	first := in("s1~zhang")
	if first == nil || in("s2~zhang") != nil {
		t.Fatal("the account is not bound")
	}
	page := admin.get("/admin/people/zhang")
	for _, said := range []string{"s1~zhang", p.Issuer, `action="/admin/people/zhang/unbind"`, `name="sso_name" value="zhang"`} {
		if !strings.Contains(page.Text, said) {
			t.Errorf("the person's page does not say %q", said)
		}
	}
	*now = now.Add(time.Second)
	if got := admin.post("/admin/people/zhang/unbind", nil).StatusCode; got != http.StatusSeeOther {
		t.Fatal(got)
	}
	lines := auditOf(t, a.ledger, ledger.AuditQuery{From: *now})
	if len(lines) != 1 || lines[0].Action != ledger.DidSetting || lines[0].Account != "admin" || !strings.Contains(lines[0].Detail, "unbound from s1~zhang, ") {
		t.Errorf("%+v", lines)
	}
	if got := (session{t, a, first.Value}).get("/account").StatusCode; got != http.StatusSeeOther {
		t.Errorf("the session of before is open: %d", got)
	}
	second := in("s2~zhang")
	if second == nil || in("s1~zhang") != nil {
		t.Fatal("the account is not bound anew")
	}
	form := url.Values{"person": {"张三"}, "role": {"viewer"}, "sso": {"1"}, "sso_name": {"zhang"}}
	if got := admin.post("/admin/people/zhang", form).StatusCode; got != http.StatusSeeOther || in("s2~zhang") == nil {
		t.Errorf("a form that changes nothing of it: %d", got)
	}
	without := url.Values{"person": {"张三"}, "role": {"viewer"}}
	if admin.post("/admin/people/zhang", without); in("s2~zhang") == nil {
		t.Error("a form without a place for it takes the binding away")
	}
	form.Set("sso_name", "zhang.san")
	if admin.post("/admin/people/zhang", form); (session{t, a, second.Value}).get("/account").StatusCode != http.StatusSeeOther || in("s2~zhang") != nil {
		t.Error("another name leaves the person of before in")
	}
	typed := cookieOf(signInBy(t, a, "zhang", "password of zhang"))
	form.Set("sso_only", "1")
	if admin.post("/admin/people/zhang", form); (session{t, a, typed.Value}).get("/account").StatusCode != http.StatusSeeOther {
		t.Error("a session that began with a password goes on where there is none any more")
	}
	enrol(t, a, "other", "quiet harbour lamp", access.Viewer)
	for what, c := range map[string]struct {
		name, only string
		want       int
	}{"taken": {"zhang.san", "", http.StatusConflict}, "only, without a name": {"", "1", http.StatusBadRequest}, "unprintable": {"a\u202eb", "", http.StatusBadRequest},
		"long": {strings.Repeat("长", 201), "", http.StatusBadRequest}} {
		got := admin.post("/admin/people/other", url.Values{"person": {"乙"}, "role": {"viewer"}, "sso": {"1"}, "sso_name": {c.name}, "sso_only": {c.only}})
		if got.StatusCode != c.want {
			t.Errorf("%s: %d, want %d", what, got.StatusCode, c.want)
		}
	}
	if code, out, errs := runCommand(a.ledger, "user", "unbind", "zhang", "--lang", "en"); code != exitDone || !strings.Contains(out, "Unbound zhang") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	if code, _, errs := runCommand(a.ledger, "user", "add", "wu", "--roles", "viewer", "--sso", "wu@unit", "--sso-only"); code != exitDone {
		t.Error(errs)
	}
	if accounts, err := a.ledger.Accounts(t.Context()); err != nil || accounts["wu"].SSO != (ledger.SSO{Name: "wu@unit", Only: true}) || accounts["wu"].Hash != "" {
		t.Errorf("%+v %v", accounts["wu"], err)
	}
}

// TestWrongAnswersOfTheServiceLetNobodyIn brings back what is of another browser, of another time, or of nobody.
func TestWrongAnswersOfTheServiceLetNobodyIn(t *testing.T) {
	a, now, p := ssoApp(t)
	expect(t, a, "zhang", ledger.SSO{Name: "zhang"}, access.Viewer)
	for _, reason := range append(signon.Reasons, nobodyHere) {
		if !text.Known("access.sso.said." + string(reason)) {
			t.Errorf("nothing is said of %q", reason)
		}
	}
	to, cookie := begunSSO(t, a, ssoPath)
	back := testkit.NewVisitor("zhang").Go(t, to)
	_, other := begunSSO(t, a, ssoPath)
	changed := func(name, value string) *url.URL {
		u := *back
		words := u.Query()
		words.Set(name, value)
		u.RawQuery = words.Encode()
		return &u
	}
	none := &http.Cookie{Name: cookie.Name}
	for _, c := range []struct {
		what   string
		back   *url.URL
		cookie *http.Cookie
		want   signon.Reason
	}{{"no cookie", back, none, signon.Lost}, {"another browser's", back, other, signon.Lost}, {"wrong state", changed("state", "x"), cookie, signon.Lost},
		{"another issuer", changed("iss", "https://evil.example"), cookie, signon.Mixed}, {"invented code", changed("code", "x"), cookie, signon.Code},
		{"right", back, cookie, ""}, {"replayed", back, cookie, signon.Code}} {
		*now = now.Add(2 * time.Minute)
		answer := answeredSSO(t, a, c.back, c.cookie)
		if c.want == "" {
			if cookieOf(answer) == nil {
				t.Error("what was tried before spoilt the sign-in")
			}
			continue
		}
		refusedSSO(t, a, answer, c.want)
		lines := auditOf(t, a.ledger, ledger.AuditQuery{From: *now})
		if len(lines) != 1 || lines[0].Action != ledger.DidSSOFailed || lines[0].Detail != string(c.want) || lines[0].Account != "" {
			t.Errorf("%s: %+v", c.what, lines)
		}
	}
	*now = now.Add(2 * time.Minute)
	to, cookie = begunSSO(t, a, ssoPath)
	refusedSSO(t, a, answeredSSO(t, a, testkit.NewVisitor("zhang").Break(t, to), cookie), signon.Denied)
	to, cookie = begunSSO(t, a, ssoPath)
	back = testkit.NewVisitor("zhang").Go(t, to)
	beside := appOver(t, a.ledger) // another process over the same record
	beside.cfg = a.cfg
	connect(t, beside)
	if cookieOf(answeredSSO(t, beside, back, cookie)) == nil {
		t.Error("another process does not finish what one began")
	}
	to, cookie = begunSSO(t, a, ssoPath)
	back = testkit.NewVisitor("zhang").Go(t, to)
	a.signOn.Now = func() time.Time { return time.Now().Add(11 * time.Minute) }
	refusedSSO(t, a, answeredSSO(t, a, back, cookie), signon.Late)
	a.signOn.Now = time.Now
	// Nobody fills the audit, nor locks anybody out, by calling the address at will.
	*now = now.Add(2 * time.Minute)
	for range 60 {
		call(t, a, http.MethodGet, ssoBack+"?state=x&code=y", nil)
	}
	if lines := auditOf(t, a.ledger, ledger.AuditQuery{From: *now}); len(lines) != 1 {
		t.Errorf("sixty calls leave %d lines", len(lines))
	}
	if cookieOf(signInBy(t, a, "zhang", "password of zhang")) == nil {
		t.Error("a password is no longer taken from the address")
	}
	p.Tamper(func(answer *http.Response) {
		if answer.Request.URL.Path == "/token" {
			answer.StatusCode = http.StatusBadGateway
		}
	})
	to, cookie = begunSSO(t, a, ssoPath)
	refusedSSO(t, a, answeredSSO(t, a, testkit.NewVisitor("zhang").Go(t, to), cookie), signon.Unreachable)
}

// TestPasswordsWorkWhileTheServiceIsDown at the start of the program, and in the middle of a sign-in.
func TestPasswordsWorkWhileTheServiceIsDown(t *testing.T) {
	a, now, p := ssoApp(t)
	t.Cleanup(func() { p.Kill(); p.Start(t) })
	expect(t, a, "zhang", ledger.SSO{Name: "zhang"}, access.Viewer)
	p.Kill()
	page := call(t, a, http.MethodGet, "/sign-in", nil)
	if page.StatusCode != http.StatusOK || !strings.Contains(page.Text, `href="/sign-in/sso"`) {
		t.Errorf("the sign-in page waits for the service: %d", page.StatusCode)
	}
	refusedSSO(t, a, call(t, a, http.MethodGet, ssoPath, nil), signon.Unreachable)
	if line := lastSSO(t, a); line.Action != ledger.DidSSOFailed || line.Detail != "unreachable" || line.Route != "sign_in.sso" {
		t.Errorf("%+v", line)
	}
	if cookieOf(signInBy(t, a, "zhang", "password of zhang")) == nil {
		t.Error("passwords do not work")
	}
	p.Start(t)
	to, cookie := begunSSO(t, a, ssoPath+"?back=%2Ftax")
	back := testkit.NewVisitor("zhang").Go(t, to)
	p.Kill()
	*now = now.Add(2 * time.Minute)
	refused := answeredSSO(t, a, back, cookie)
	refusedSSO(t, a, refused, signon.Unreachable)
	if !strings.Contains(refused.Header.Get("Location"), "back=%2Ftax") {
		t.Error("where to go on to is forgotten: ", refused.Header.Get("Location"))
	}
	p.Start(t)
	if cookieOf(bySSO(t, a, testkit.NewVisitor("zhang"))) == nil {
		t.Error("up again, with keys of its own, the service is not asked anew")
	}
}

func TestSigningOutOffersTheServiceToo(t *testing.T) {
	a, _, p := ssoApp(t)
	expect(t, a, "zhang", ledger.SSO{Name: "zhang"}, access.Viewer)
	v := testkit.NewVisitor("zhang")
	in := func() session { return session{t, a, cookieOf(bySSO(t, a, v)).Value} }
	for _, path := range []string{"/sign-out", "/account/sessions"} {
		s := in()
		out := s.post(path, nil)
		if out.Header.Get("Location") != "/sign-in?out=sso" || s.get("/account").StatusCode == http.StatusOK {
			t.Fatalf("%s: %v", path, out.Header)
		}
	}
	page := call(t, a, http.MethodGet, "/sign-in?out=sso", nil).Text
	if !strings.Contains(page, `href="`+ssoOut+`"`) || !strings.Contains(page, `href="/sign-in/sso?again=1"`) {
		t.Error("the page does not lead out of the service, or lets the next person in as the one before")
	}
	typed := session{t, a, cookieOf(signInBy(t, a, "zhang", "password of zhang")).Value}
	if out := typed.post("/sign-out", nil).Header.Get("Location"); out != "/sign-in?out=1" {
		t.Errorf("whoever signed in by password is led to %s", out)
	}
	if again, _ := begunSSO(t, a, ssoPath+"?again=1"); !strings.Contains(again, "prompt=login") {
		t.Error("the service is not asked to ask again")
	}
	to := call(t, a, http.MethodGet, ssoOut, nil).Header.Get("Location")
	if !strings.HasPrefix(to, p.Issuer+"/session/end?") {
		t.Fatal(to)
	}
	if back := v.Go(t, to); back.String() != ownTested+"/sign-in" {
		t.Errorf("signed out, the service leads to %s", back)
	}
	v.Forms = 0
	if in(); v.Forms == 0 {
		t.Error("signed out of the service, nothing is asked")
	}
}

// TestSeveralNamesOfTheProgram come by a name that the service does not know, over TLS, and by one that is nobody's.
func TestSeveralNamesOfTheProgram(t *testing.T) {
	a, _, _ := ssoApp(t)
	over := call(t, a, http.MethodGet, ssoPath+"?back=%2Ftax&again=1", nil, "Host: localhost:8080")
	if got := over.Header.Get("Location"); got != ownTested+ssoPath+"?again=1&back=%2Ftax&own=1" {
		t.Errorf("by another name: %s", got)
	}
	if to, _ := begunSSO(t, a, ssoPath+"?own=1", "Host: localhost:8080"); !strings.Contains(to, url.QueryEscape(ownTested+ssoBack)) {
		t.Errorf("the address told to the service is made of the request: %s", to)
	}
	if got := call(t, a, http.MethodGet, ssoPath, nil, "Host: evil.example").StatusCode; got != http.StatusForbidden {
		t.Errorf("a name that is nobody's: %d", got)
	}
	for _, back := range []string{"//evil.example/", "https://evil.example/", `/\evil.example`} {
		to, cookie := begunSSO(t, a, ssoPath+"?back="+url.QueryEscape(back))
		expectOnce(t, a)
		if got := answeredSSO(t, a, testkit.NewVisitor("zhang").Go(t, to), cookie).Header.Get("Location"); got != "/" {
			t.Errorf("back to %q leads to %s", back, got)
		}
	}
	a.cfg.Proxies, a.cfg.Hosts, a.cfg.SSO.Address = "0.0.0.0", "taizhang.example", ""
	a.proxies, _ = a.cfg.trustedProxies()
	connect(t, a)
	a.build(a.routes())
	to, cookie := begunSSO(t, a, ssoPath, "Host: taizhang.example", "X-Forwarded-Proto: https", "X-Forwarded-For: 10.1.2.3")
	if cookie.Name != secureCookie+"-sso" || !cookie.Secure || !strings.Contains(to, url.QueryEscape("https://taizhang.example"+ssoBack)) {
		t.Errorf("%+v %s", cookie, to)
	}
}

func expectOnce(t *testing.T, a *app) {
	t.Helper()
	if accounts, err := a.ledger.Accounts(t.Context()); err != nil {
		t.Fatal(err)
	} else if _, there := accounts["zhang"]; !there {
		expect(t, a, "zhang", ledger.SSO{Name: "zhang"}, access.Viewer)
	}
}

// syncBuffer is a log that requests write to side by side.
type syncBuffer struct {
	sync.Mutex
	bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.Lock()
	defer b.Unlock()
	return b.Buffer.Write(p)
}

// TestNoSecretOfASignInIsKept searches log and record for what went by.
func TestNoSecretOfASignInIsKept(t *testing.T) {
	a, _, p := ssoApp(t)
	expect(t, a, "zhang", ledger.SSO{Name: "zhang"}, access.Viewer)
	var log syncBuffer
	a.log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	secrets := []string{p.Secret}
	var taken sync.Mutex
	p.Tamper(func(answer *http.Response) {
		if answer.Request.URL.Path == "/token" {
			var said struct {
				ID     string `json:"id_token"`
				Access string `json:"access_token"`
			}
			tokens(t, answer, &said)
			taken.Lock()
			if said.ID != "" { // the second time it answers with an error
				secrets = append(secrets, said.ID, said.Access)
			}
			taken.Unlock()
		}
	})
	to, cookie := begunSSO(t, a, ssoPath)
	back := testkit.NewVisitor("zhang").Go(t, to)
	asked, _ := url.Parse(to)
	for _, name := range []string{"state", "nonce", "code_challenge"} {
		secrets = append(secrets, asked.Query().Get(name))
	}
	secrets = append(secrets, cookie.Value, back.Query().Get("code"))
	in := cookieOf(answeredSSO(t, a, back, cookie))
	refusedSSO(t, a, answeredSSO(t, a, back, cookie), signon.Code)
	if in == nil || log.Len() == 0 || len(secrets) != 8 {
		t.Fatal(in, log.Len(), len(secrets))
	}
	kept := log.String()
	for _, table := range []string{"audit", "sessions", "accounts"} {
		var rows []string
		if err := a.ledger.Conn().QueryRow(t.Context(), "SELECT groupArray(toString(tuple(*))) FROM "+table).Scan(&rows); err != nil || len(rows) == 0 {
			t.Fatal(table, err)
		}
		kept += strings.Join(rows, "\n")
	}
	for _, secret := range append(secrets, in.Value) {
		if secret == "" || strings.Contains(kept, secret) {
			t.Errorf("%q is kept, or was not seen", secret)
		}
	}
}

// TestTheSettingsOfTheService refuses those under which a sign-in could be overheard or led astray.
func TestTheSettingsOfTheService(t *testing.T) {
	dir := t.TempDir()
	long, short := filepath.Join(dir, "long"), filepath.Join(dir, "short")
	for file, content := range map[string]string{long: strings.Repeat("s", 32), short: "secret"} {
		if err := os.WriteFile(file, []byte(content+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	right := SSO{Issuer: "https://id.example/realms/unit", Client: "taizhang", SecretFile: long, Claim: defaultClaim}
	for what, c := range map[string]struct {
		set  func(*Config)
		want string
		own  string
	}{
		"none":             {func(c *Config) { c.SSO = SSO{Claim: defaultClaim} }, "", ""},
		"this machine":     {func(*Config) {}, "", "http://127.0.0.1:8080"},
		"without a client": {func(c *Config) { c.SSO.Client = "" }, "command.sso_all", ""},
		"without a secret": {func(c *Config) { c.SSO.SecretFile = "" }, "command.sso_all", ""},
		"a secret alone":   {func(c *Config) { c.SSO = SSO{SecretFile: long} }, "command.sso_all", ""},
		"in the clear":     {func(c *Config) { c.SSO.Issuer = "http://id.example" }, "command.sso_issuer", ""},
		"on this machine":  {func(c *Config) { c.SSO.Issuer = "http://127.0.0.1:9000" }, "", "http://127.0.0.1:8080"},
		"with a question":  {func(c *Config) { c.SSO.Issuer = "https://id.example/?x=1" }, "command.sso_issuer", ""},
		"no address":       {func(c *Config) { c.SSO.Issuer = "id.example" }, "command.sso_issuer", ""},
		"no file":          {func(c *Config) { c.SSO.SecretFile = "/nowhere" }, "command.sso_no_file", ""},
		"a short secret":   {func(c *Config) { c.SSO.SecretFile = short }, "command.sso_secret", ""},
		"no claim":         {func(c *Config) { c.SSO.Claim = "" }, "command.sso_claim", ""},
		"behind a proxy":   {func(c *Config) { c.Proxies, c.Hosts = "10.0.0.1", "tz.example" }, "", "https://tz.example"},
		"behind one, six":  {func(c *Config) { c.Proxies, c.Hosts = "10.0.0.1", "[fd00::1]" }, "", "https://[fd00::1]"},
		"of two names":     {func(c *Config) { c.Proxies, c.Hosts = "10.0.0.1", "tz.example,10.0.0.9" }, "command.sso_address", ""},
		"of two, one named": {func(c *Config) {
			c.Proxies, c.Hosts, c.SSO.Address = "10.0.0.1", "tz.example,10.0.0.9", "https://tz.example/"
		}, "", "https://tz.example"},
		"of another's name":       {func(c *Config) { c.Proxies, c.Hosts, c.SSO.Address = "10.0.0.1", "tz.example", "https://evil.example" }, "command.sso_address", ""},
		"ours in the clear":       {func(c *Config) { c.Proxies, c.Hosts, c.SSO.Address = "10.0.0.1", "tz.example", "http://tz.example" }, "command.sso_address", ""},
		"ours with a path":        {func(c *Config) { c.SSO.Address = "http://127.0.0.1:8080/x" }, "command.sso_address", ""},
		"a port that is not told": {func(c *Config) { c.Listen = "127.0.0.1:0" }, "command.sso_address", ""},
	} {
		cfg := DefaultConfig()
		cfg.SSO = right
		c.set(&cfg)
		err := cfg.Validate()
		if key := phraseOf(err); key != c.want {
			t.Errorf("%s: %q, want %q", what, key, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "ssss") {
			t.Errorf("%s: the secret is told", what)
		}
		if own, _ := cfg.ownAddress(); c.own != "" && own != c.own {
			t.Errorf("%s: our own address is %s, want %s", what, own, c.own)
		}
	}
	a, _ := clockApp(t)
	enrol(t, a, "admin", "quiet harbour lamp", access.Administrator)
	for _, target := range []string{ssoPath, ssoBack, ssoOut} {
		if got := call(t, a, http.MethodGet, target, nil); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/sign-in" {
			t.Errorf("without a service %s answers %d %s", target, got.StatusCode, got.Header.Get("Location"))
		}
	}
	if page := call(t, a, http.MethodGet, "/sign-in?sso=lost&out=sso", nil).Text; strings.Contains(page, ssoPath) || strings.Contains(page, text.T("access.sso.said.lost").In(text.Zh)) {
		t.Error("without a service the sign-in page speaks of one")
	}
}

// tokens reads an answer of the token endpoint and puts it back as it was.
func tokens(t *testing.T, answer *http.Response, into any) {
	t.Helper()
	body, err := io.ReadAll(answer.Body)
	if err != nil || json.Unmarshal(body, into) != nil {
		t.Errorf("%v %s", err, body)
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
}
