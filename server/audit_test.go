package server

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/access"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// audited reads the whole audit, the newest line first.
func auditOf(t *testing.T, l *ledger.Ledger, q ledger.AuditQuery) []ledger.Audited {
	t.Helper()
	lines, total, err := l.AuditLines(t.Context(), q, 0, 0)
	if err != nil || int(total) != len(lines) {
		t.Fatal(total, len(lines), err)
	}
	return lines
}

// TestEveryWriteLeavesOneLine sends an empty form to every writing route as a person who may, and asks what the audit says of it.
func TestEveryWriteLeavesOneLine(t *testing.T) {
	a, now := clockApp(t)
	everyRole(t, a)
	role := func(needs access.Permission) string {
		for _, r := range []access.Role{access.Staff, access.Official, access.Administrator} {
			if r.May(needs) {
				return string(r)
			}
		}
		t.Fatalf("no role may %s", needs)
		return ""
	}
	writing := 0
	for _, r := range a.routes() {
		if r.Method != fiber.MethodPost {
			continue
		}
		writing++
		*now = now.Add(time.Second)
		from := *now
		who := role(r.Needs)
		answer := enter(t, a, who).post(concrete(r), nil)
		lines := auditOf(t, a.ledger, ledger.AuditQuery{From: from})
		if r.Name == "account.password" { // a wrong password is a line of its own, which lockout counts
			lines = slices.DeleteFunc(lines, func(l ledger.Audited) bool { return l.Action == ledger.DidSignInFailed })
		}
		if len(lines) != 1 {
			t.Errorf("%s: %d lines: %+v", r.Name, len(lines), lines)
			continue
		}
		l := lines[0]
		signsIn := r.Name == "sign_in.post"
		if l.Request != answer.Header.Get("X-Request-Id") || !signsIn && (l.Account != who || l.Person != "姓名"+who || int(l.Status) != answer.StatusCode) ||
			!l.At.Equal(from) || l.Route != r.Name || l.Action == "" || l.Subject == "" {
			t.Errorf("%s (%d): %+v", r.Name, answer.StatusCode, l)
		}
	}
	if writing < 25 {
		t.Errorf("only %d writing routes", writing)
	}
}

// TestExportsAndRefusalsLeaveALine takes files away and asks for what a role does not allow.
func TestExportsAndRefusalsLeaveALine(t *testing.T) {
	a, now := clockApp(t)
	everyRole(t, a)
	viewer := enter(t, a, "viewer")
	for target, want := range map[string]string{"/tax.csv": ledger.DidExport, "/index.xlsx": ledger.DidExport, "/tax.json?year=2016": ledger.DidExport, "/source.csv": ledger.DidExport,
		"/tax": "", "/imports": ledger.DidRefused, "/admin/audit.csv": ledger.DidRefused, "/records/progress/new": ledger.DidRefused} {
		*now = now.Add(time.Second)
		answer := viewer.get(target)
		lines := auditOf(t, a.ledger, ledger.AuditQuery{From: *now})
		switch {
		case want == "" && len(lines) > 0, want != "" && len(lines) != 1:
			t.Errorf("%s: %d, %+v", target, answer.StatusCode, lines)
		case want != "" && (lines[0].Action != want || lines[0].Account != "viewer" || lines[0].Subject != target):
			t.Errorf("%s: %+v", target, lines[0])
		}
	}
	// Whoever is nobody cannot fill the audit by asking for pages.
	*now = now.Add(time.Second)
	call(t, a, http.MethodGet, "/tax", nil)
	call(t, a, http.MethodGet, "/tax.csv", nil)
	if lines := auditOf(t, a.ledger, ledger.AuditQuery{From: *now}); len(lines) > 0 {
		t.Errorf("%+v", lines)
	}
}

// TestNoSecretIsKept signs in, changes passwords and fails to, and searches what the database holds for the secrets that went by.
func TestNoSecretIsKept(t *testing.T) {
	a, _ := clockApp(t)
	everyRole(t, a)
	typed := []string{"password of viewer", "Wrong!guess-4711", "a-password-in-the-name-box", "brand new kettle 77"}
	cookie := cookieOf(signInBy(t, a, "viewer", typed[0]))
	signInBy(t, a, "viewer", typed[1])
	signInBy(t, a, typed[2], "x")
	s := session{t, a, cookie.Value}
	done := s.post("/account/password", url.Values{"current": {typed[0]}, "new": {typed[3]}, "again": {typed[3]}})
	if done.StatusCode != http.StatusSeeOther {
		t.Fatal(done.StatusCode, done.Text)
	}
	var given struct{ Account, Password string }
	admin := enter(t, a, "administrator")
	decode(t, admin.post("/admin/people/staff/password", nil, "Accept: application/json").Text, &given)
	secrets := append(typed, given.Password, cookie.Value, cookieOf(done).Value, admin.token, access.FormToken(cookie.Value))
	for _, table := range []string{"audit", "sessions", "accounts"} {
		rows, err := a.ledger.Conn().Query(t.Context(), "SELECT toString(tuple(*)) FROM "+table)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for rows.Next() {
			var row string
			if err := rows.Scan(&row); err != nil {
				t.Fatal(err)
			}
			n++
			for _, secret := range secrets {
				if strings.Contains(row, secret) {
					t.Errorf("%s holds %q: %s", table, secret, row)
				}
			}
		}
		_ = rows.Close()
		if n == 0 {
			t.Errorf("%s is empty", table)
		}
	}
}

func TestTheAuditIsSearched(t *testing.T) {
	a, now := clockApp(t)
	everyRole(t, a)
	viewer := enter(t, a, "viewer")
	viewer.get("/imports")
	*now = now.AddDate(0, 0, 2)
	admin, again := enter(t, a, "administrator"), enter(t, a, "viewer")
	again.get("/tax.csv?building=%E4%B8%9C%E6%A5%BC")
	for words, want := range map[string][]string{"": {"导出", "越权拒绝"}, "?action=export": {"导出"}, "?who=VIEW&from=2016-07-06": {"导出"}, "?to=2016-07-05": {"越权拒绝"},
		"?text=" + url.QueryEscape("东楼"): {"导出"}, "?text=nothing-like-it": nil} {
		page := admin.get("/admin/audit" + words)
		for _, said := range []string{"导出", "越权拒绝"} {
			if got := strings.Contains(page.Text, ">"+said+"</data>"); got != slices.Contains(want, said) {
				t.Errorf("%s: %s %v, want %v", words, said, got, want)
			}
		}
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(admin.get("/admin/audit.csv?lang=en&action=refused").Text, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][2] != "viewer" || rows[1][5] != "refused" || !strings.HasSuffix(rows[1][0], "Z") {
		t.Errorf("%v %v", rows, err)
	}
	if got := admin.get("/admin/audit?from=yesterday").StatusCode; got != http.StatusBadRequest {
		t.Error(got)
	}
}

// TestTheAuditIsKeptHalfAYear forgets what is older than the days, never less than the law's.
func TestTheAuditIsKeptHalfAYear(t *testing.T) {
	a, now := clockApp(t)
	start := *now
	for _, day := range []int{0, 30, 200} {
		if err := a.ledger.Audit(t.Context(), ledger.Audited{At: start.AddDate(0, 0, day), Action: ledger.DidEdit, Subject: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	*now = start.AddDate(0, 0, 201)
	if err := a.ledger.ForgetAudit(t.Context(), 179); phraseOf(err) != "audit.too_short" || len(auditOf(t, a.ledger, ledger.AuditQuery{})) != 3 {
		t.Fatal(err)
	}
	if err := a.ledger.ForgetAudit(t.Context(), 180); err != nil || len(auditOf(t, a.ledger, ledger.AuditQuery{})) != 2 {
		t.Fatal(err, len(auditOf(t, a.ledger, ledger.AuditQuery{})))
	}
}

// TestCommandsLeaveALine undoes from the command line; reports leave none.
func TestCommandsLeaveALine(t *testing.T) {
	l := testkit.Ledger(t)
	runCommand(l, "report", "tax")
	runCommand(l, "undo", "7")
	lines := auditOf(t, l, ledger.AuditQuery{})
	if len(lines) != 1 || lines[0].Action != ledger.DidUndo || lines[0].Subject != "batch 7" || lines[0].Address != commandAddress || lines[0].Status != 404 || lines[0].Person == "" {
		t.Errorf("%+v", lines)
	}
}
