package access_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/internal/access"
)

// cheap is an argon2id that costs nothing.
var cheap = access.Hashing{Memory: 64, Time: 1, Threads: 1}

// TestWhoMayDoWhat spells the whole table out: a permission that a role gains or loses must be changed here too.
func TestWhoMayDoWhat(t *testing.T) {
	want := map[access.Role]string{
		access.Viewer:        "open own read",
		access.Staff:         "open own read see_files import patrol see_personal see_firm_tax",
		access.Official:      "open own read see_files edit meeting patrol confirm see_personal see_firm_tax",
		access.Leader:        "open own read see_files patrol confirm see_personal see_firm_tax",
		access.Administrator: "open own read people audit backups",
		"":                   "open",
		"root":               "open",
	}
	for role, list := range want {
		var may []string
		for _, p := range access.Permissions {
			if (access.Person{Account: "a", Roles: []access.Role{role}}).May(p) {
				may = append(may, string(p))
			}
		}
		if got := strings.Join(may, " "); got != list {
			t.Errorf("%s may %s, want %s", role, got, list)
		}
	}
	for _, p := range access.Permissions {
		if !(access.Person{Anybody: true}).May(p) {
			t.Errorf("where no account exists anybody may %s", p)
		}
	}
	if (access.Person{}).May(access.Own) || (access.Person{}).May(access.Read) {
		t.Error("nobody may nothing")
	}
}

func TestMasksOfTheRoles(t *testing.T) {
	for _, role := range access.Roles {
		hides := access.Person{Account: "a", Roles: []access.Role{role}}.Hides()
		masked := role == access.Viewer || role == access.Administrator
		if hides.Personal != masked || hides.FirmTax != masked {
			t.Errorf("%s: %+v", role, hides)
		}
	}
	if (access.Person{Anybody: true}).Hides().Any() {
		t.Error("something is hidden from the only person there is")
	}
	if !(access.Person{}).Hides().Any() {
		t.Error("nothing is hidden from nobody")
	}
}

func TestViewsDifferWhereAnswersMay(t *testing.T) {
	views := map[string]access.Person{}
	for _, p := range []access.Person{
		{Anybody: true}, {},
		{Account: "a", Roles: []access.Role{access.Viewer}}, {Account: "a", Roles: []access.Role{access.Leader}},
		{Account: "a", Roles: []access.Role{access.Leader}, Areas: []string{"x"}}, {Account: "a", Roles: []access.Role{access.Leader}, Areas: []string{"x", "y"}},
		{Account: "a", Name: "n", Roles: []access.Role{access.Leader}, OwnOnly: true}, {Account: "a", Name: "m", Roles: []access.Role{access.Leader}, OwnOnly: true},
	} {
		if other, twice := views[p.View()]; twice {
			t.Errorf("%+v and %+v are shown the same", p, other)
		}
		views[p.View()] = p
	}
	a := access.Person{Account: "a", Name: "n", Roles: []access.Role{access.Leader, access.Viewer}}
	b := access.Person{Account: "b", Name: "m", Roles: []access.Role{access.Viewer, access.Leader}}
	if a.View() != b.View() {
		t.Error("two persons of the same roles are not answered alike")
	}
}

func TestPasswords(t *testing.T) {
	def, dengbao := access.Policies[access.DefaultProfile], access.Policies[access.DengbaoProfile]
	for _, c := range []struct {
		policy   access.Policy
		password string
		want     access.Weakness
	}{
		{def, "short7!", access.TooShort}, {def, "12345678", access.TooCommon}, {def, "Password", access.TooCommon}, {def, "password123", access.TooCommon},
		{def, "zzzzzzzzzz", access.TooCommon}, {def, "zhangsan-2016", access.TooNear}, {def, "taizhang2016", access.TooNear},
		{def, "correct horse battery", access.Fine}, {def, "街道办事处台账二〇一六", access.Fine}, {def, "yellow kettle", access.Fine},
		{def, strings.Repeat("长", 129), access.TooLong}, {def, strings.Repeat("a1", 64), access.Fine},
		{dengbao, "yellow kettles", access.TooPlain}, {dengbao, "Yellow kettles", access.Fine}, {dengbao, "yellowkettle7", access.TooPlain}, {dengbao, "Yellowkettle7", access.Fine},
	} {
		if got := c.policy.Weakness(c.password, "zhangsan", "张三"); got != c.want {
			t.Errorf("%s: %q is %q, want %q", c.policy.Name, c.password, got, c.want)
		}
	}
}

func TestHashes(t *testing.T) {
	one, two := cheap.Hash("correct horse"), cheap.Hash("correct horse")
	if one == two || strings.Contains(one, "correct") || !strings.HasPrefix(one, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatal(one, two)
	}
	// A hash tells its own cost: it is verified by whatever settings come later.
	for password, want := range map[string]bool{"correct horse": true, "correct horsE": false, "": false} {
		if got, err := access.DefaultHashing.Verify(one, password); err != nil || got != want {
			t.Errorf("%q: %v %v", password, got, err)
		}
	}
	if ok, err := cheap.Verify("", "anything"); ok || err != nil {
		t.Error("a password matches no hash", err)
	}
	if composed, apart := "caf\u00e9 au lait", "cafe\u0301 au lait"; true {
		if ok, _ := cheap.Verify(cheap.Hash(composed), apart); !ok {
			t.Error("the same password from another keyboard is refused")
		}
	}
	for _, broken := range []string{"plain", "$argon2id$v=19$m=64$x$y", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA", "$argon2id$v=16$m=64,t=1,p=1$AAAA$AAAA"} {
		if ok, err := cheap.Verify(broken, "plain"); ok || err == nil {
			t.Errorf("%q was taken", broken)
		}
	}
}

func TestTokensAndOneTimePasswords(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		token, once := access.NewToken(), access.NewOneTime()
		if len(token) != 43 || seen[token] || seen[once] || strings.Contains(access.TokenID(token), token) || access.FormToken(token) == token {
			t.Fatal(token, once)
		}
		seen[token], seen[once] = true, true
		for _, p := range access.Policies {
			if w := p.Weakness(once, "admin"); w != access.Fine {
				t.Fatal(once, w)
			}
		}
	}
	if access.Same("", "") || access.Same("a", "b") || !access.Same("a", "a") {
		t.Error("secrets are compared wrongly")
	}
}

func TestLockout(t *testing.T) {
	now := time.Date(2016, 7, 4, 2, 0, 0, 0, time.UTC)
	p := access.Policies[access.DengbaoProfile]
	for _, c := range []struct {
		what string
		a    access.Attempts
		want time.Time
	}{
		{"none", access.Attempts{}, time.Time{}},
		{"four", access.Attempts{Account: 4, LastAccount: now}, time.Time{}},
		{"five", access.Attempts{Account: 5, LastAccount: now.Add(-time.Minute)}, now.Add(29 * time.Minute)},
		{"five, half an hour ago", access.Attempts{Account: 5, LastAccount: now.Add(-30 * time.Minute)}, time.Time{}},
		{"an address", access.Attempts{Account: 1, LastAccount: now, Address: 25, LastAddress: now}, now.Add(30 * time.Minute)},
		{"both, the later counts", access.Attempts{Account: 5, LastAccount: now.Add(-20 * time.Minute), Address: 25, LastAddress: now}, now.Add(30 * time.Minute)},
	} {
		if got := p.LockedUntil(c.a, now); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}

func TestSessionsEnd(t *testing.T) {
	p, began := access.Policies[access.DengbaoProfile], time.Date(2016, 7, 4, 1, 0, 0, 0, time.UTC)
	for after, want := range map[time.Duration]bool{0: true, 14 * time.Minute: true, 15 * time.Minute: false} {
		if got := p.Alive(began, began, began.Add(after)); got != want {
			t.Errorf("idle for %v: %v", after, got)
		}
	}
	if busy := began.Add(8*time.Hour - time.Second); !p.Alive(began, busy, busy) || p.Alive(began, busy, began.Add(8*time.Hour)) {
		t.Error("a busy session does not end after eight hours")
	}
	if p.Expired(began, began.AddDate(0, 0, 89)) || !p.Expired(began, began.AddDate(0, 0, 90)) {
		t.Error("a password does not end after 90 days")
	}
	if access.Policies[access.DefaultProfile].Expired(began, began.AddDate(20, 0, 0)) {
		t.Error("the default profile asks for a new password by the calendar")
	}
}

func TestAuditIsKeptForHalfAYear(t *testing.T) {
	for days, want := range map[int]bool{0: true, 1: false, 179: false, 180: true, 3650: true, -1: false} {
		if access.MayForget(days) != want {
			t.Errorf("%d days: %v", days, !want)
		}
	}
}

func TestAdministratorsApart(t *testing.T) {
	both := []access.Role{access.Administrator, access.Official}
	if access.Policies[access.DengbaoProfile].MayHold(both) || !access.Policies[access.DefaultProfile].MayHold(both) {
		t.Error(both)
	}
	if slices.ContainsFunc([][]access.Role{{access.Administrator}, {access.Leader, access.Official}}, func(r []access.Role) bool { return !access.Policies[access.DengbaoProfile].MayHold(r) }) {
		t.Error("roles that go together are refused")
	}
}

func TestAccountNames(t *testing.T) {
	for typed, want := range map[string]string{" Zhang.San ": "zhang.san", "张三": "张三", "ＡＢ": "ab", "a": "", "a b": "", "a/b": "", strings.Repeat("a", 41): "", "<b>": ""} {
		if got, ok := access.AccountName(typed); got != want || ok != (want != "") {
			t.Errorf("%q: %q %v", typed, got, ok)
		}
	}
}
