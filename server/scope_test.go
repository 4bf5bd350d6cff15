package server

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"taizhang/internal/access"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// TestScopes asks as a leader who is held to the own projects, and as one who is held to one sub-district.
func TestScopes(t *testing.T) {
	testkit.Unraced(t)
	a := roleApp(t)
	own := a.ledger.Own()
	accounts := map[string]ledger.Account{
		"wang":  {Name: "wang", Person: "王某某", Roles: []access.Role{access.Leader}, OwnOnly: true, PasswordAt: a.ledger.Now()},
		"here":  {Name: "here", Person: "甲", Roles: []access.Role{access.Official}, Areas: []string{own}, PasswordAt: a.ledger.Now()},
		"there": {Name: "there", Person: "乙", Roles: []access.Role{access.Official}, Areas: []string{"别的街道"}, PasswordAt: a.ledger.Now()},
	}
	a.accounts = func(context.Context) (map[string]ledger.Account, error) { return accounts, nil }
	escape := url.PathEscape
	mine, theirs := ledger.NameKey("绿城广场改造"), ledger.NameKey("东站地块开发")
	elsewhere := "/tax?area=" + url.QueryEscape("别的街道")
	for _, c := range []struct {
		who, target string
		want        int
	}{
		{"wang", leaderPath("王某某"), 200}, {"wang", leaderPath("李某某"), 403}, {"wang", "/leaders", 403}, {"wang", "/projects/" + escape(mine), 200},
		{"wang", "/projects/" + escape(theirs), 403}, {"wang", "/projects/" + escape(theirs) + ".json", 403}, {"wang", "/tax", 200}, {"wang", "/buildings", 200},
		{"wang", "/meeting", 403}, {"wang", "/alerts", 403}, {"wang", "/index.json", 403}, {"wang", "/schedule", 403}, {"wang", "/changes", 403}, {"wang", "/source?dataset=projects", 403},
		{"wang", "/imports", 403}, {"wang", "/screen", 403}, {"wang", "/actions", 403}, {"wang", "/account", 200}, {"wang", "/", 303}, {"wang", "/areas", 403},
		{"here", "/tax", 200}, {"here", "/tax?area=" + url.QueryEscape(own), 200}, {"here", elsewhere, 403}, {"here", "/areas", 403}, {"here", "/projects/" + escape(theirs), 200},
		{"there", "/tax", 404}, {"there", "/tax?area=" + url.QueryEscape(own), 403}, {"there", "/tax.csv?area=" + url.QueryEscape(own), 403},
	} {
		if got := enter(t, a, c.who).get(c.target); got.StatusCode != c.want {
			t.Errorf("%s %s: %d, want %d", c.who, c.target, got.StatusCode, c.want)
		}
	}
	for _, target := range []string{"/projects", "/projects.json", "/projects.csv?leader=" + url.QueryEscape("李某某")} {
		got := enter(t, a, "wang").get(target)
		if got.StatusCode != http.StatusOK || strings.Contains(got.Text, "东站地块开发") || !strings.Contains(got.Text, "绿城广场改造") {
			t.Errorf("%s: %d, or it shows the project of another", target, got.StatusCode)
		}
	}
	if got := enter(t, a, "wang").get("/").Header.Get("Location"); got != leaderPath("王某某") {
		t.Errorf("the first page leads to %s", got)
	}
}
