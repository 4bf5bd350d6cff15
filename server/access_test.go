package server

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/access"
	"taizhang/internal/testkit"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// cheapHash is an argon2id that costs nothing, for tests.
var cheapHash = access.Hashing{Memory: 64, Time: 1, Threads: 1}

// clockApp is the server over an empty record whose clock the test moves; settings may be changed before it starts.
func clockApp(t *testing.T, settings ...func(*Config)) (*app, *time.Time) {
	t.Helper()
	now := testkit.Now
	l, err := ledger.New(t.Context(), testkit.Empty(t), ledger.Options{Area: "测试街道", Now: func() time.Time { return now }, Alone: true})
	if err != nil {
		t.Fatal(err)
	}
	a := appOver(t, l)
	a.cfg.Hashing = cheapHash
	for _, set := range settings {
		set(&a.cfg)
	}
	return a, &now
}

// enrol adds an account of some roles with a password of its own.
func enrol(t *testing.T, a *app, name, password string, roles ...access.Role) ledger.Account {
	t.Helper()
	one := ledger.Account{Name: name, Person: "姓名" + name, Roles: roles, Hash: a.cfg.Hashing.Hash(password), PasswordAt: a.ledger.Now(), By: "test"}
	if err := a.ledger.AddAccount(t.Context(), one); err != nil {
		t.Fatal(err)
	}
	return one
}

// everyRole is an account of each role, by the role's name; the administrator is the first, as it has to be.
func everyRole(t *testing.T, a *app) map[access.Role]ledger.Account {
	t.Helper()
	all := map[access.Role]ledger.Account{}
	for _, role := range []access.Role{access.Administrator, access.Viewer, access.Staff, access.Official, access.Leader} {
		all[role] = enrol(t, a, string(role), "password of "+string(role), role)
	}
	return all
}

// session is a browser that is signed in.
type session struct {
	t     *testing.T
	a     *app
	token string
}

// enter signs an account in without the form, which has tests of its own.
func enter(t *testing.T, a *app, account string) session {
	t.Helper()
	token := access.NewToken()
	if err := a.ledger.BeginSession(t.Context(), ledger.Session{ID: access.TokenID(token), Account: account, Address: "127.0.0.1"}); err != nil {
		t.Fatal(err)
	}
	return session{t, a, token}
}

func (s session) get(target string, head ...string) reply {
	s.t.Helper()
	return call(s.t, s.a, http.MethodGet, target, nil, append(head, "Cookie: "+plainCookie+"="+s.token)...)
}

const formType = "Content-Type: application/x-www-form-urlencoded"

// post sends a form of the session, with its token.
func (s session) post(target string, form url.Values, head ...string) reply {
	s.t.Helper()
	if form == nil {
		form = url.Values{}
	}
	if !form.Has(formWord) {
		form.Set(formWord, access.FormToken(s.token))
	}
	return call(s.t, s.a, http.MethodPost, target, strings.NewReader(form.Encode()), append(head, formType, "Cookie: "+plainCookie+"="+s.token)...)
}

// concrete gives a route's path an address; what it names need not exist.
func concrete(r route) string {
	parts := strings.Split(r.Path, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, ":") || part == "*" {
			parts[i] = "1"
		}
		if part == ":dataset" {
			parts[i] = "progress"
		}
	}
	return strings.Join(parts, "/")
}

// mayNot recognises the refusal of a route, whichever permission it names.
var mayNot = strings.SplitN(text.T("access.may_not", "|").In(text.Zh), "|", 2)[0]

// TestEveryRouteAsEveryRole walks the table of routes as each role, as nobody, and where there are no accounts.
func TestEveryRouteAsEveryRole(t *testing.T) {
	testkit.Unraced(t)
	a, _ := clockApp(t)
	var table strings.Builder
	fmt.Fprintf(&table, "%-6s %-36s %s\n", "", "", "needs: roles")
	for _, r := range a.routes() {
		var may []string
		for _, role := range access.Roles {
			if role.May(r.Needs) {
				may = append(may, string(role))
			}
		}
		fmt.Fprintf(&table, "%-6s %-36s %s: %s\n", or(r.Method, "GET"), r.Path, r.Needs, strings.Join(may, " "))
		if !slices.Contains(access.Permissions, r.Needs) {
			t.Errorf("%s %s needs %q, which is no permission", r.Method, r.Path, r.Needs)
		}
	}
	testkit.Golden(t, "routes_roles.txt", []byte(table.String()))

	// Only whether a route lets somebody in is asked here: its handler answers "in" and does nothing.
	in := a.routes()
	for i := range in {
		in[i].Handle = func(c *fiber.Ctx) error { return c.SendString("in") }
	}
	a.build(in)
	for _, r := range in {
		method := or(r.Method, http.MethodGet)
		if answer := call(t, a, method, concrete(r), strings.NewReader(""), formType); answer.Text != "in" {
			t.Errorf("without accounts %s %s is closed: %d", method, r.Path, answer.StatusCode)
		}
	}
	for role := range everyRole(t, a) {
		s := enter(t, a, string(role))
		for _, r := range in {
			answer := s.get(concrete(r))
			if r.Method == fiber.MethodPost {
				answer = s.post(concrete(r), nil)
			}
			refused := answer.StatusCode == http.StatusForbidden && strings.Contains(answer.Text, mayNot)
			if may := role.May(r.Needs); refused == may || may != (answer.Text == "in") {
				t.Errorf("%s: %s %s: %d, may: %v", role, r.Method, r.Path, answer.StatusCode, may)
			}
		}
	}
	t.Run("nobody", func(t *testing.T) {
		for _, r := range in {
			if r.Needs == access.Open {
				continue
			}
			method := or(r.Method, http.MethodGet)
			answer := call(t, a, method, concrete(r), strings.NewReader(""), formType)
			toSignIn := answer.StatusCode == http.StatusSeeOther && strings.HasPrefix(answer.Header.Get("Location"), "/sign-in")
			if method == http.MethodPost && answer.StatusCode != http.StatusUnauthorized || method == http.MethodGet && !toSignIn {
				t.Errorf("%s %s: %d %s", method, r.Path, answer.StatusCode, answer.Header.Get("Location"))
			}
			for _, suffix := range strings.Fields(r.Formats) {
				target := concrete(r) + "." + suffix
				if r.Path == "/" {
					target = "/index." + suffix
				}
				if answer := call(t, a, http.MethodGet, target, nil); method == http.MethodGet && answer.StatusCode != http.StatusUnauthorized {
					t.Errorf("%s: %d", target, answer.StatusCode)
				}
			}
		}
	})
}

// TestARouteWithoutANeedIsClosed adds a route that forgot to say what it needs.
func TestARouteWithoutANeedIsClosed(t *testing.T) {
	a, _ := clockApp(t)
	open := func(c *fiber.Ctx) error { return c.SendString("open") }
	a.build(append(a.routes(), route{Path: "/forgotten", Name: "forgotten", Handle: open}))
	if answer := call(t, a, http.MethodGet, "/forgotten", nil); answer.Text == "open" {
		t.Error("it is open where there are no accounts")
	}
	everyRole(t, a)
	if answer := call(t, a, http.MethodGet, "/forgotten", nil); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("nobody: %d", answer.StatusCode)
	}
	for _, role := range access.Roles {
		if answer := enter(t, a, string(role)).get("/forgotten"); answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %d", role, answer.StatusCode)
		}
	}
}

// TestFormsBelongToTheirSession sends forms of another session, of none, and of nobody's page.
func TestFormsBelongToTheirSession(t *testing.T) {
	a, _ := clockApp(t)
	everyRole(t, a)
	own, other := enter(t, a, "staff"), enter(t, a, "staff")
	for what, c := range map[string]struct {
		token string
		want  int
	}{"its own": {access.FormToken(own.token), http.StatusSeeOther}, "another session's": {access.FormToken(other.token), http.StatusForbidden}, "none": {"", http.StatusForbidden},
		"the session's secret": {own.token, http.StatusForbidden}} {
		answer := own.post("/imports/discard", url.Values{"hash": {"0"}, formWord: {c.token}})
		if answer.StatusCode != c.want {
			t.Errorf("%s: %d, want %d", what, answer.StatusCode, c.want)
		}
	}
	if answer := own.post("/imports/discard", url.Values{"hash": {"0"}, formWord: {""}}, formHeader+": "+access.FormToken(own.token)); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("a header is not taken: %d", answer.StatusCode)
	}
	page := own.get("/imports")
	if page.StatusCode != http.StatusOK || strings.Count(page.Text, `method="post"`) != strings.Count(page.Text, `name="`+formWord+`" value="`+access.FormToken(own.token)+`"`) {
		t.Errorf("%d: forms without the session's token", page.StatusCode)
	}
	for what, c := range map[string]struct {
		token string
		want  int
	}{"its own": {access.FormToken(own.token), http.StatusBadRequest}, "another's": {access.FormToken(other.token), http.StatusForbidden}, "none": {"", http.StatusForbidden}} {
		body := "--x\r\nContent-Disposition: form-data; name=\"" + formWord + "\"\r\n\r\n" + c.token + "\r\n--x--\r\n"
		answer := call(t, a, http.MethodPost, "/imports", strings.NewReader(body), "Content-Type: multipart/form-data; boundary=x", "Cookie: "+plainCookie+"="+own.token)
		if answer.StatusCode != c.want {
			t.Errorf("upload with %s: %d, want %d %.100s", what, answer.StatusCode, c.want, answer.Text)
		}
	}
}

// signInBy sends the form of the sign-in page.
func signInBy(t *testing.T, a *app, name, password string, head ...string) reply {
	t.Helper()
	form := url.Values{"name": {name}, "password": {password}, "back": {"/tax"}}
	return call(t, a, http.MethodPost, "/sign-in", strings.NewReader(form.Encode()), append(head, formType)...)
}

// cookieOf is the session a reply sets, empty when it sets none.
func cookieOf(r reply) *http.Cookie {
	for _, one := range r.Cookies() {
		if strings.HasSuffix(one.Name, plainCookie) && one.Value != "" {
			return one
		}
	}
	return nil
}

func TestSignIn(t *testing.T) {
	a, now := clockApp(t)
	enrol(t, a, "admin", "quiet harbour lamp", access.Administrator)
	wrong := signInBy(t, a, "admin", "quiet harbour lamb")
	unknown := signInBy(t, a, "nobody.here", "quiet harbour lamp")
	if wrong.StatusCode != http.StatusUnauthorized || unknown.StatusCode != wrong.StatusCode || cookieOf(wrong) != nil {
		t.Fatal(wrong.StatusCode, unknown.StatusCode)
	}
	said := text.T("access.wrong").In(text.Zh)
	if !strings.Contains(wrong.Text, said) || !strings.Contains(unknown.Text, said) {
		t.Error("the two refusals say different things")
	}
	right := signInBy(t, a, " Admin", "quiet harbour lamp")
	cookie := cookieOf(right)
	if right.StatusCode != http.StatusSeeOther || right.Header.Get("Location") != "/tax" || cookie == nil {
		t.Fatal(right.StatusCode, right.Header)
	}
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Domain != "" || cookie.Secure {
		t.Errorf("%+v", cookie)
	}
	again := cookieOf(signInBy(t, a, "admin", "quiet harbour lamp", "Cookie: "+cookie.Name+"="+cookie.Value))
	if again == nil || again.Value == cookie.Value {
		t.Fatal("the token is the old one")
	}
	if got := (session{t, a, cookie.Value}).get("/account").StatusCode; got != http.StatusSeeOther {
		t.Errorf("the session before is still open: %d", got)
	}
	fixed := cookieOf(signInBy(t, a, "admin", "quiet harbour lamp", "Cookie: "+plainCookie+"=chosen-by-somebody-else"))
	if fixed == nil || fixed.Value == "chosen-by-somebody-else" {
		t.Error("a token brought along was taken")
	}
	s := session{t, a, again.Value}
	for _, step := range []struct {
		after time.Duration
		want  int
	}{{59 * time.Minute, http.StatusOK}, {59 * time.Minute, http.StatusOK}, {61 * time.Minute, http.StatusSeeOther}, {0, http.StatusSeeOther}} {
		*now = now.Add(step.after)
		if got := s.get("/account").StatusCode; got != step.want {
			t.Errorf("%v later: %d, want %d", step.after, got, step.want)
		}
	}
	if answer := call(t, a, http.MethodPost, "/sign-in", strings.NewReader(url.Values{"name": {"admin"}, "password": {"quiet harbour lamp"}, "back": {"//evil.example/"}}.Encode()), formType); answer.Header.Get("Location") != "/" {
		t.Errorf("sign-in leads to %s", answer.Header.Get("Location"))
	}
}

func TestSessionsEndAtTheLatest(t *testing.T) {
	a, now := clockApp(t)
	enrol(t, a, "admin", "quiet harbour lamp", access.Administrator)
	s, begun := enter(t, a, "admin"), *now
	for now.Sub(begun) < 12*time.Hour {
		if got := s.get("/account").StatusCode; got != http.StatusOK {
			t.Fatalf("after %v: %d", now.Sub(begun), got)
		}
		*now = now.Add(30 * time.Minute)
	}
	if got := s.get("/account").StatusCode; got != http.StatusSeeOther {
		t.Errorf("after twelve hours: %d", got)
	}
	// What a script asks for by itself keeps nobody signed in.
	s = enter(t, a, "admin")
	for range 3 {
		*now = now.Add(25 * time.Minute)
		s.get("/account.json", "Sec-Fetch-Dest: empty")
	}
	if got := s.get("/account").StatusCode; got != http.StatusSeeOther {
		t.Errorf("a page that refreshes itself keeps its session: %d", got)
	}
}

func TestDisablingEndsSessionsAtOnce(t *testing.T) {
	a, _ := clockApp(t)
	everyRole(t, a)
	viewer, admin := enter(t, a, "viewer"), enter(t, a, "administrator")
	if got := viewer.get("/account").StatusCode; got != http.StatusOK {
		t.Fatal(got)
	}
	if answer := admin.post("/admin/people/viewer", url.Values{"person": {"某某"}, "role": {"viewer"}, "disabled": {"1"}}); answer.StatusCode != http.StatusSeeOther {
		t.Fatal(answer.StatusCode, answer.Text)
	}
	if got := viewer.get("/account").StatusCode; got != http.StatusSeeOther {
		t.Errorf("a disabled account goes on: %d", got)
	}
	if got := signInBy(t, a, "viewer", "password of viewer").StatusCode; got != http.StatusUnauthorized {
		t.Errorf("a disabled account signs in: %d", got)
	}
	// A role that is taken away counts for the next request.
	leader := enter(t, a, "leader")
	if got := leader.get("/imports").StatusCode; got != http.StatusOK {
		t.Fatal(got)
	}
	admin.post("/admin/people/leader", url.Values{"person": {"某某"}, "role": {"viewer"}})
	if got := leader.get("/imports").StatusCode; got != http.StatusForbidden {
		t.Errorf("a role that was taken away still counts: %d", got)
	}
	if answer := admin.post("/admin/people/administrator", url.Values{"person": {"某某"}, "role": {"viewer"}}); answer.StatusCode != http.StatusForbidden {
		t.Errorf("the last administrator is gone: %d", answer.StatusCode)
	}
}

// TestRevocationIsSeenElsewhere disables an account by another process over the same database.
func TestRevocationIsSeenElsewhere(t *testing.T) {
	conn := testkit.Conn(t)
	open := func() *ledger.Ledger {
		l, err := ledger.New(t.Context(), conn, ledger.Options{Now: func() time.Time { return testkit.Now }})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	a, other := appOver(t, open()), open()
	a.cfg.Hashing = cheapHash
	everyRole(t, a)
	s, t2 := enter(t, a, "viewer"), enter(t, a, "staff")
	if s.get("/account").StatusCode != http.StatusOK || t2.get("/account").StatusCode != http.StatusOK {
		t.Fatal("not signed in")
	}
	if err := other.ChangeAccount(t.Context(), "viewer", func(one *ledger.Account) error { one.Disabled = true; return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := other.EndSessions(t.Context(), "staff", ""); err != nil {
		t.Fatal(err)
	}
	until := time.Now().Add(10 * time.Second)
	for s.get("/account").StatusCode == http.StatusOK || t2.get("/account").StatusCode == http.StatusOK {
		if time.Now().After(until) {
			t.Fatal("ten seconds later another process still answers")
		}
		time.Sleep(200 * time.Millisecond)
	}
}

func TestSignOutEverywhere(t *testing.T) {
	a, _ := clockApp(t)
	everyRole(t, a)
	one, two, three := enter(t, a, "official"), enter(t, a, "official"), enter(t, a, "official")
	if answer := one.post("/sign-out", nil); answer.Header.Get("Location") != "/sign-in?out=1" || answer.Header.Get("Clear-Site-Data") == "" {
		t.Fatal(answer.Header)
	}
	if one.get("/account").StatusCode == http.StatusOK || two.get("/account").StatusCode != http.StatusOK {
		t.Error("signing out ends the wrong session")
	}
	two.post("/account/sessions", nil)
	if two.get("/account").StatusCode == http.StatusOK || three.get("/account").StatusCode == http.StatusOK {
		t.Error("a session is still open")
	}
}

func TestOneTimePasswords(t *testing.T) {
	a, now := clockApp(t)
	everyRole(t, a)
	admin := enter(t, a, "administrator")
	shown := admin.post("/admin/people", url.Values{"account": {"New.Hand"}, "person": {"新人"}, "role": {"viewer"}}, "Accept: application/json")
	var given struct{ Account, Password string }
	decode(t, shown.Text, &given)
	if given.Account != "new.hand" || len(given.Password) != 19 {
		t.Fatal(shown.StatusCode, shown.Text)
	}
	first := signInBy(t, a, "new.hand", given.Password)
	if cookieOf(first) == nil || first.Header.Get("Location") != "/account" {
		t.Fatal(first.StatusCode, first.Header)
	}
	s := session{t, a, cookieOf(first).Value}
	if got := s.get("/tax"); got.Header.Get("Location") != "/account" {
		t.Errorf("pages open before the password was changed: %d", got.StatusCode)
	}
	if got := s.get("/tax.json").StatusCode; got != http.StatusForbidden {
		t.Errorf("data are given before the password was changed: %d", got)
	}
	change := func(s session, current, wanted, again string) reply {
		return s.post("/account/password", url.Values{"current": {current}, "new": {wanted}, "again": {again}})
	}
	for what, c := range map[string][3]string{"wrong": {"x", "yellow kettle boils", "yellow kettle boils"}, "not alike": {given.Password, "yellow kettle boils", "yellow kettle boil"},
		"common": {given.Password, "password1", "password1"}, "short": {given.Password, "abc", "abc"}, "the same": {given.Password, given.Password, given.Password}} {
		if got := change(s, c[0], c[1], c[2]); got.StatusCode != http.StatusUnprocessableEntity || strings.Contains(got.Text, c[1]) {
			t.Errorf("%s: %d", what, got.StatusCode)
		}
	}
	other := enter(t, a, "new.hand")
	done := change(s, given.Password, "yellow kettle boils", "yellow kettle boils")
	if done.StatusCode != http.StatusSeeOther || cookieOf(done) == nil || cookieOf(done).Value == s.token {
		t.Fatal(done.StatusCode, done.Header)
	}
	if s.get("/account").StatusCode == http.StatusOK || other.get("/account").StatusCode == http.StatusOK {
		t.Error("sessions of the old password are open")
	}
	if got := (session{t, a, cookieOf(done).Value}).get("/tax").StatusCode; got != http.StatusOK {
		t.Error(got)
	}
	if got := signInBy(t, a, "new.hand", given.Password).StatusCode; got != http.StatusUnauthorized {
		t.Errorf("the one-time password works twice: %d", got)
	}
	reset := admin.post("/admin/people/new.hand/password", nil, "Accept: application/json")
	decode(t, reset.Text, &given)
	*now = now.Add(25 * time.Hour)
	if late := signInBy(t, a, "new.hand", given.Password); late.StatusCode != http.StatusUnauthorized || !strings.Contains(late.Text, text.T("access.once_over").In(text.Zh)) {
		t.Errorf("a day later: %d", late.StatusCode)
	}
}

func TestLockoutByAccountAndAddress(t *testing.T) {
	a, now := clockApp(t, func(cfg *Config) { cfg.Profile = access.DengbaoProfile })
	for _, name := range []string{"admin", "other"} {
		enrol(t, a, name, "Quiet harbour lamp 7", access.Administrator)
	}
	for i := range 5 {
		if got := signInBy(t, a, "admin", "wrong").StatusCode; got != http.StatusUnauthorized {
			t.Fatalf("attempt %d: %d", i, got)
		}
	}
	if got := signInBy(t, a, "admin", "Quiet harbour lamp 7"); got.StatusCode != http.StatusTooManyRequests || got.Header.Get("Retry-After") == "" {
		t.Fatalf("after five failures: %d", got.StatusCode)
	}
	if got := signInBy(t, a, "other", "Quiet harbour lamp 7").StatusCode; got != http.StatusSeeOther {
		t.Errorf("another account is locked too: %d", got)
	}
	*now = now.Add(29 * time.Minute)
	if got := signInBy(t, a, "admin", "Quiet harbour lamp 7").StatusCode; got != http.StatusTooManyRequests {
		t.Errorf("after 29 minutes: %d", got)
	}
	*now = now.Add(2 * time.Minute)
	if got := signInBy(t, a, "admin", "Quiet harbour lamp 7").StatusCode; got != http.StatusSeeOther {
		t.Errorf("after 31 minutes: %d", got)
	}
	for i := range 25 { // names that do not exist count for the address alone, and look the same
		if got := signInBy(t, a, fmt.Sprint("guess", i), "wrong").StatusCode; got != http.StatusUnauthorized {
			t.Fatalf("guess %d: %d", i, got)
		}
	}
	if got := signInBy(t, a, "other", "Quiet harbour lamp 7").StatusCode; got != http.StatusTooManyRequests {
		t.Errorf("the address is not locked: %d", got)
	}
}

func TestDengbaoProfile(t *testing.T) {
	a, now := clockApp(t, func(cfg *Config) { cfg.Profile = access.DengbaoProfile })
	enrol(t, a, "admin", "Quiet harbour 7", access.Administrator)
	s := enter(t, a, "admin")
	if got := s.post("/admin/people", url.Values{"account": {"both"}, "person": {"甲"}, "role": {"administrator", "official"}}).StatusCode; got != http.StatusBadRequest {
		t.Errorf("an administrator with another role: %d", got)
	}
	*now = now.Add(15 * time.Minute)
	if got := s.get("/account").StatusCode; got != http.StatusSeeOther {
		t.Errorf("idle for a quarter of an hour: %d", got)
	}
	*now = now.Add(90 * 24 * time.Hour)
	s = session{t, a, cookieOf(signInBy(t, a, "admin", "Quiet harbour 7")).Value}
	if got := s.get("/admin/people"); got.Header.Get("Location") != "/account" {
		t.Errorf("a password of 90 days: %d", got.StatusCode)
	}
	current := "Quiet harbour 7"
	for i, wanted := range []string{"Quiet harbour 7", "Second harbour 8", "Third harbour 9", "Quiet harbour 7", "Fourth harbour 1"} {
		got := s.post("/account/password", url.Values{"current": {current}, "new": {wanted}, "again": {wanted}})
		if want := i == 0 || i == 3; (got.StatusCode == http.StatusUnprocessableEntity) != want {
			t.Errorf("%s: %d", wanted, got.StatusCode)
		}
		if cookie := cookieOf(got); cookie != nil {
			s, current = session{t, a, cookie.Value}, wanted
		}
	}
}

// TestCookiesOverTLS comes by a proxy that is trusted, and by one that is not.
func TestCookiesOverTLS(t *testing.T) {
	cfg := DefaultConfig()
	cfg.Proxies, cfg.Hosts, cfg.Hashing = "0.0.0.0", "taizhang.example", cheapHash // the address that tests come from
	a, err := newApp(cfg, testkit.Ledger(t), Engine{}, quiet())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.close)
	enrol(t, a, "admin", "quiet harbour lamp", access.Administrator)
	head := []string{"Host: taizhang.example", "X-Forwarded-Proto: https", "X-Forwarded-For: 6.6.6.6, 10.1.2.3"}
	answer := signInBy(t, a, "admin", "quiet harbour lamp", head...)
	cookie := cookieOf(answer)
	if cookie == nil || cookie.Name != secureCookie || !cookie.Secure || cookie.Path != "/" || cookie.Domain != "" || answer.Header.Get("Strict-Transport-Security") == "" {
		t.Fatalf("%d %+v", answer.StatusCode, cookie)
	}
	if answer := signInBy(t, a, "admin", "quiet harbour lamp", "Host: taizhang.example", "X-Forwarded-Proto: http", "X-Forwarded-For: 10.1.2.3"); answer.StatusCode != http.StatusForbidden {
		t.Errorf("a password in the clear was taken: %d", answer.StatusCode)
	}
	if answer := signInBy(t, a, "admin", "quiet harbour lamp", append(head, "Host: evil.example")...); answer.StatusCode != http.StatusForbidden {
		t.Errorf("another name was answered: %d", answer.StatusCode)
	}
	sessions, err := a.ledger.Sessions(t.Context(), "admin")
	if err != nil || len(sessions) != 1 || sessions[0].Address != "10.1.2.3" {
		t.Errorf("%+v %v: the address is the last one that no proxy of ours wrote", sessions, err)
	}
	a.proxies = nil
	if answer := signInBy(t, a, "admin", "quiet harbour lamp", head...); cookieOf(answer) != nil && cookieOf(answer).Name == secureCookie {
		t.Error("a proxy that nobody named was believed")
	}
}

// TestListeningBeyondThisMachine holds the settings against what others could reach.
func TestListeningBeyondThisMachine(t *testing.T) {
	for what, c := range map[string]struct {
		set  func(*Config)
		want string
	}{
		"in the clear":      {func(c *Config) { c.Listen = "0.0.0.0:8080" }, "command.not_secure"},
		"without names":     {func(c *Config) { c.Listen, c.Proxies = "0.0.0.0:8080", "10.0.0.1" }, "command.no_hosts"},
		"behind a proxy":    {func(c *Config) { c.Listen, c.Proxies, c.Hosts = "0.0.0.0:8080", "10.0.0.0/8", "x.example" }, ""},
		"a broken proxy":    {func(c *Config) { c.Proxies = "everybody" }, "command.bad_proxy"},
		"half a key":        {func(c *Config) { c.TLSCert = "x" }, "command.tls_both"},
		"no such file":      {func(c *Config) { c.TLSCert, c.TLSKey = "/nowhere", "/nowhere" }, "command.bad_certificate"},
		"no such profile":   {func(c *Config) { c.Profile = "lax" }, "command.bad_profile"},
		"a short audit":     {func(c *Config) { c.AuditDays = 179 }, "audit.too_short"},
		"the law's audit":   {func(c *Config) { c.AuditDays = 180 }, ""},
		"this machine only": {func(*Config) {}, ""},
	} {
		cfg := DefaultConfig()
		c.set(&cfg)
		err := cfg.Validate()
		if key := phraseOf(err); key != c.want {
			t.Errorf("%s: %q, want %q", what, key, c.want)
		}
	}
	// Without accounts nobody else is let in, whatever the settings.
	cfg := DefaultConfig()
	cfg.Listen, cfg.Proxies, cfg.Hosts = "0.0.0.0:0", "10.0.0.1", "x.example"
	p := Program{Out: io.Discard, Err: io.Discard}
	if err := p.letIn(t.Context(), cfg, testkit.Ledger(t)); phraseOf(err) != "command.not_loopback" {
		t.Error(err)
	}
}

func phraseOf(err error) string {
	if err == nil {
		return ""
	}
	return ledger.AsError(err).Message.Key
}

// TestTheFirstAdministrator is made by serve --admin, once.
func TestTheFirstAdministrator(t *testing.T) {
	l := testkit.Ledger(t)
	cfg := DefaultConfig()
	cfg.Admin = "admin"
	var out strings.Builder
	p := Program{Out: &out, Err: io.Discard}
	for range 2 {
		if err := p.letIn(context.Background(), cfg, l); err != nil {
			t.Fatal(err)
		}
	}
	accounts, err := l.Accounts(t.Context())
	if one := accounts["admin"]; err != nil || len(accounts) != 1 || !one.Once || !slices.Equal(one.Roles, []access.Role{access.Administrator}) {
		t.Fatalf("%+v %v", accounts, err)
	}
	if strings.Count(out.String(), "一次性密码") != 1 {
		t.Errorf("%s", out.String())
	}
}

func TestTheUserCommand(t *testing.T) {
	l := testkit.Ledger(t)
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"user list", exitDone, "还没有账号"}, {"user add zhang --roles viewer", exitWrong, "第一个账号必须是管理员"},
		{"user add admin --roles administrator --name 管理员甲", exitDone, "一次性密码"}, {"user add admin --roles administrator", exitWrong, "已被使用"},
		{"user add li --roles leader --own --name 李四", exitDone, "一次性密码"}, {"user add wang --roles king", exitWrong, "没有“king”这个角色"},
		{"user add both --roles administrator,official --profile dengbao", exitWrong, "分设"}, {"user disable admin", exitWrong, "至少要有一名在用的管理员"},
		{"user disable li", exitDone, "已停用 li"}, {"user list", exitDone, "已停用"}, {"user enable li", exitDone, "已恢复"}, {"user password li", exitDone, "一次性密码"},
		{"user password nobody", exitWrong, "没有登录名"}, {"user", exitWrong, "用法"}, {"user forget li", exitWrong, "用法"},
	} {
		code, out, errs := runCommand(l, append(strings.Fields(c.args), "--lang", "zh")...)
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%s: %d %s%s", c.args, code, out, errs)
		}
	}
	lines, total, err := l.AuditLines(t.Context(), ledger.AuditQuery{}, 0, 0)
	if err != nil || total != 11 { // every command but list, and the wrong ones that never reached the record
		t.Errorf("%d lines of audit, %v: %+v", total, err, lines)
	}
}
