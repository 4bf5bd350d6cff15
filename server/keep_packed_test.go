package server

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"taizhang/internal/access"
)

// unpackedBy reads what a browser would.
func unpackedBy(t *testing.T, answer reply) string {
	t.Helper()
	r, err := gzip.NewReader(strings.NewReader(answer.Text))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

const takesPacked = "Accept-Encoding: gzip, deflate, br"

// TestKeptAnswersAreSentPacked asks for pages and data packed and plain: the bytes are the same, each has its own tag, and either tag is answered with 304.
func TestKeptAnswersAreSentPacked(t *testing.T) {
	a := samplesApp(t)
	for _, target := range []string{"/tax", "/tax.json", "/tax.csv", "/tax.sql"} {
		plain, packed := call(t, a, http.MethodGet, target, nil), call(t, a, http.MethodGet, target, nil, takesPacked)
		if plain.Header.Get("Content-Encoding") != "" || packed.Header.Get("Content-Encoding") != gzipWord || unpackedBy(t, packed) != plain.Text {
			t.Errorf("%s: %q and %q", target, plain.Header.Get("Content-Encoding"), packed.Header.Get("Content-Encoding"))
			continue
		}
		if vary := packed.Header.Get("Vary"); !strings.Contains(vary, "Accept-Encoding") || !strings.Contains(vary, "Cookie") {
			t.Errorf("%s varies by %q", target, vary)
		}
		if 2*len(packed.Text) > len(plain.Text) && len(plain.Text) > 8<<10 {
			t.Errorf("%s: %d bytes of %d", target, len(packed.Text), len(plain.Text))
		}
		tag := packed.Header.Get("ETag")
		if tag == plain.Header.Get("ETag") {
			t.Errorf("%s: the packed bytes are called %s like the plain ones", target, tag)
		}
		for _, known := range []string{tag, plain.Header.Get("ETag"), "W/" + tag} {
			if got := call(t, a, http.MethodGet, target, nil, takesPacked, "If-None-Match: "+known).StatusCode; got != http.StatusNotModified {
				t.Errorf("%s, having %s: %d", target, known, got)
			}
		}
	}
	for _, refusal := range []string{"identity", "gzip;q=0", "br", "gzip; q=0.0, br"} {
		if got := call(t, a, http.MethodGet, "/tax", nil, "Accept-Encoding: "+refusal).Header.Get("Content-Encoding"); got != "" {
			t.Errorf("%s is answered in %s", refusal, got)
		}
	}
	if got := call(t, a, http.MethodGet, "/tax.xlsx", nil, takesPacked).Header.Get("Content-Encoding"); got != "" {
		t.Errorf("a workbook, which is packed already, is sent in %s", got)
	}
}

// TestPagesWithATokenAreNotPacked asks as somebody signed in: what holds the token of the session is sent plain, data are packed.
func TestPagesWithATokenAreNotPacked(t *testing.T) {
	a := roleApp(t)
	s, tokens := enter(t, a, "official"), 0
	for _, target := range []string{"/tax?asof=2016-06-27", "/projects?asof=2016-06-27", "/meeting?date=2016-06-27", "/account", "/imports"} {
		got := s.get(target, takesPacked)
		if got.StatusCode != http.StatusOK || got.Header.Get("Content-Encoding") != "" || !strings.Contains(got.Text, "姓名official") {
			t.Errorf("%s: %d in %q, or without the person's name", target, got.StatusCode, got.Header.Get("Content-Encoding"))
		}
		if strings.Contains(got.Text, access.FormToken(s.token)) {
			tokens++
		}
	}
	if tokens == 0 {
		t.Error("none of these pages holds a token")
	}
	data := s.get("/tax.json?asof=2016-06-27", takesPacked)
	if data.Header.Get("Content-Encoding") != gzipWord || strings.Contains(unpackedBy(t, data), access.FormToken(s.token)) {
		t.Errorf("data in %q, or with a token", data.Header.Get("Content-Encoding"))
	}
}

// TestTheLengthOfPackedAnswersIsNoisy packs the same bytes often: their lengths differ, by no more than they may.
func TestTheLengthOfPackedAnswersIsNoisy(t *testing.T) {
	body := bytes.Repeat([]byte("征拆阶段,建设中\n"), 500)
	lengths, least, most := map[int]bool{}, 1<<30, 0
	for range 200 {
		n := len(packNoisily(body))
		lengths[n], least, most = true, min(least, n), max(most, n)
	}
	if len(lengths) < noiseBytes/2 || most-least >= noiseBytes {
		t.Errorf("%d lengths, from %d to %d", len(lengths), least, most)
	}
	if packNoisily([]byte("x")) != nil {
		t.Error("a byte is packed into more")
	}
}
