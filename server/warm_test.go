package server

import (
	"net/http"
	"strings"
	"testing"

	"taizhang/internal/access"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// standing is the warmer's word for how the record stands.
func standingOf(t *testing.T, a *app) string {
	t.Helper()
	state, err := a.warm.stands()
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func keptPages(a *app) []string {
	a.answers.mu.Lock()
	defer a.answers.mu.Unlock()
	var list []string
	for key := range a.answers.kept {
		list = append(list, strings.ReplaceAll(key, "\x00", " "))
	}
	return list
}

func TestPagesLookedAtAreMadeAnewAfterAChange(t *testing.T) {
	testkit.Unraced(t)
	a := testApp(t)
	importRows(t, a, tenantsBefore)
	for _, address := range []string{"/buildings?year=2016", "/buildings?year=2016&lang=en", "/buildings.json?year=2016"} {
		if r := call(t, a, http.MethodGet, address, nil); r.StatusCode != http.StatusOK {
			t.Fatal(address, r.StatusCode)
		}
	}
	importRows(t, a, "楼宇名称,楼层,房号,企业名称,面积(㎡)\n三号楼,1,301,丁公司,700\n")
	if !a.warm.round(standingOf(t, a)) {
		t.Fatal("the round was given up")
	}
	if kept := keptPages(a); len(kept) != 2 {
		t.Errorf("kept %q, want the page in both languages and no file", kept)
	}
	version, err := a.ledger.Version(t.Context())
	if err != nil || a.answers.version != version {
		t.Errorf("kept at version %d, the record stands at %d, %v", a.answers.version, version, err)
	}
	if r := call(t, a, http.MethodGet, "/buildings?year=2016", nil); !strings.Contains(r.Text, "三号楼") || !strings.Contains(r.Text, `lang="zh`) {
		t.Error("the page is not that of the record as it stands")
	}
	if r := call(t, a, http.MethodGet, "/buildings?year=2016", nil, "Cookie: lang=en"); !strings.Contains(r.Text, "三号楼") || !strings.Contains(r.Text, `lang="en"`) {
		t.Error("the English page is not that of the record as it stands")
	}
	if kept := keptPages(a); len(kept) != 2 {
		t.Errorf("asking made others: %q", kept)
	}
	if a.warm.round("another state") {
		t.Error("a round over a record that moved on went to its end")
	}
}

// TestWarmPagesAreThoseOfEachView holds what the warmer makes against what each role is sent: the very bytes, masked alike, and nothing
// for roles that see no such page.
func TestWarmPagesAreThoseOfEachView(t *testing.T) {
	testkit.Unraced(t)
	warm, cold := roleApp(t), roleApp(t)
	audited := func() uint64 {
		_, n, err := warm.ledger.AuditLines(t.Context(), ledger.AuditQuery{}, 0, 1)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := audited()
	warm.warm.most = mostWarm
	warm.warm.add(askedPage{address: "/admin/people", person: access.Person{Account: "viewer", Name: "姓名viewer", Roles: []access.Role{access.Viewer}}})
	warm.warm.seed()
	if !warm.warm.round(standingOf(t, warm)) {
		t.Fatal("the round was given up")
	}
	if after := audited(); after != before {
		t.Errorf("making pages in advance left %d lines in the audit", after-before)
	}
	for _, role := range access.Roles {
		for _, address := range []string{"/", "/tax", "/buildings", "/alerts"} {
			enter(t, cold, string(role)).get(address)
		}
	}
	if len(cold.answers.kept) < 12 {
		t.Fatalf("the roles were sent only %q", keptPages(cold))
	}
	for key, want := range cold.answers.kept {
		got, found := warm.answers.kept[key]
		if !found || strings.ReplaceAll(string(got.body), warm.answers.program, "") != strings.ReplaceAll(string(want.body), cold.answers.program, "") {
			t.Errorf("%q: made in advance %v, and not what was sent", key, found)
		}
	}
}
