package server

import (
	"net/http"
	"strings"
	"testing"
)

func TestTheLanguageIsKept(t *testing.T) {
	a := testApp(t)
	chosen := call(t, a, http.MethodGet, "/imports?lang=en", nil)
	if !strings.Contains(chosen.Header.Get("Set-Cookie"), "lang=en") || !strings.Contains(chosen.Header.Get("Set-Cookie"), "HttpOnly") {
		t.Errorf("%q", chosen.Header.Get("Set-Cookie"))
	}
	for _, c := range []struct {
		target, cookie, want string
	}{
		{"/imports", "", "zh-CN"}, {"/imports?lang=en", "", "en"}, {"/imports", "lang=en", "en"}, {"/imports?lang=zh", "lang=en", "zh-CN"}, {"/imports", "lang=xx", "zh-CN"},
	} {
		page := call(t, a, http.MethodGet, c.target, nil, "Cookie: "+c.cookie, "Accept-Language: en-US")
		if !strings.Contains(page.Text, `<html lang="`+c.want+`"`) {
			t.Errorf("%s with %q is not in %s", c.target, c.cookie, c.want)
		}
	}
}
