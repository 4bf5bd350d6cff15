package server

import (
	"net/http"
	"strings"
	"testing"
)

func TestEveryAnswerIsConfined(t *testing.T) {
	a := testApp(t)
	for _, target := range []string{"/imports", "/imports.json", "/no-such-page", "/assets/app.css", "/source?dataset=nothing"} {
		answer := call(t, a, http.MethodGet, target, nil)
		policy := answer.Header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: %q is not in the policy %q", target, part, policy)
			}
		}
		if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
			t.Errorf("%s: a hole in the policy %q", target, policy)
		}
		if answer.Header.Get("X-Content-Type-Options") != "nosniff" || answer.Header.Get("Referrer-Policy") == "" {
			t.Errorf("%s: %v", target, answer.Header)
		}
		if answer.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s: no request id", target)
		}
	}
}

func TestOtherSitesCannotPost(t *testing.T) {
	a := testApp(t)
	const form = "Content-Type: application/x-www-form-urlencoded"
	for _, c := range []struct {
		name string
		head []string
		want int
	}{
		{"our page", []string{"Sec-Fetch-Site: same-origin", "Origin: http://127.0.0.1:8080"}, http.StatusSeeOther},
		{"no page", nil, http.StatusSeeOther},
		{"old browser, our page", []string{"Origin: http://127.0.0.1:8080"}, http.StatusSeeOther},
		{"other site", []string{"Sec-Fetch-Site: cross-site", "Origin: http://127.0.0.1:8080"}, http.StatusForbidden},
		{"other port", []string{"Sec-Fetch-Site: same-site"}, http.StatusForbidden},
		{"old browser, other site", []string{"Origin: http://evil.example"}, http.StatusForbidden},
		{"sandboxed page", []string{"Origin: null"}, http.StatusForbidden},
	} {
		answer := call(t, a, http.MethodPost, "/imports/discard", strings.NewReader("hash=0"), append(c.head, form)...)
		if answer.StatusCode != c.want {
			t.Errorf("%s: %d, want %d", c.name, answer.StatusCode, c.want)
		}
	}
}

func TestNamesPointedHereAreRefused(t *testing.T) {
	a := testApp(t)
	for host, want := range map[string]int{
		"127.0.0.1:8080": 200, "localhost:8080": 200, "[::1]:8080": 200, "evil.example": 403, "192.168.1.2:8080": 403, "127.0.0.1.evil.example": 403,
	} {
		if answer := call(t, a, http.MethodGet, "/imports.json", nil, "Host: "+host); answer.StatusCode != want {
			t.Errorf("%s: %d, want %d: %s", host, answer.StatusCode, want, answer.Text)
		}
	}
	if answer := call(t, a, http.MethodGet, "/imports.json", nil, "Host: evil.example", "X-Forwarded-Host: 127.0.0.1:8080"); answer.StatusCode != 403 {
		t.Errorf("a forwarded name was believed: %d", answer.StatusCode)
	}
}

func TestLargeBodiesAreRefusedUnread(t *testing.T) {
	a := testApp(t)
	body := strings.NewReader("reason=" + strings.Repeat("x", smallBody))
	answer := call(t, a, http.MethodPost, "/imports/1/undo", body, "Content-Type: application/x-www-form-urlencoded")
	if answer.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("%d", answer.StatusCode)
	}
}

func TestOnlyGetAndPostAreTaken(t *testing.T) {
	a := testApp(t)
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodTrace} {
		if answer := call(t, a, method, "/imports", nil); answer.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, answer.StatusCode)
		}
	}
}
