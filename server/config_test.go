package server

import (
	"errors"
	"os"
	"slices"
	"testing"

	"taizhang/internal/text"
	"taizhang/ledger"
)

func TestOnlyLoopbackIsListenedOnInTheClear(t *testing.T) {
	for listen, want := range map[string]string{
		"127.0.0.1:8080": "127.0.0.1:8080", "127.0.0.9:0": "127.0.0.9:0", "[::1]:80": "[::1]:80", "localhost:8080": "127.0.0.1:8080",
		"0.0.0.0:8080": "", ":8080": "", "[::]:8080": "", "192.168.1.5:8080": "", "example.org:80": "",
		"127.0.0.1": "", "127.0.0.1.example.org:80": "",
	} {
		cfg := DefaultConfig()
		cfg.Listen = listen
		err := cfg.Validate()
		got := ""
		if err == nil {
			got, err = cfg.address()
		}
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%s: got %q, %v; want %q", listen, got, err, want)
		}
		var e *ledger.Error
		if err != nil && (!errors.As(err, &e) || !text.Known(e.Message.Key)) {
			t.Errorf("%s: refused without a sentence: %v", listen, err)
		}
	}
}

func TestDefaultsAreValid(t *testing.T) {
	if err := DefaultConfig().Validate(); err != nil {
		t.Fatal(err)
	}
	cfg := DefaultConfig()
	cfg.Data = ""
	if cfg.Validate() == nil {
		t.Error("no folder and no server was accepted")
	}
}

func TestFlagsStandAnywhere(t *testing.T) {
	for _, args := range [][]string{
		{"--asof", "2016-06-01", "a.xlsx", "b.xlsx", "--json"},
		{"a.xlsx", "--json", "b.xlsx", "--asof=2016-06-01"},
		{"--json", "-asof", "2016-06-01", "--", "a.xlsx", "b.xlsx"},
	} {
		cfg := DefaultConfig()
		f := newFlags("import", &cfg)
		asof, json := f.String("asof", "", ""), f.Bool("json", false, "")
		words, err := f.parse(&cfg, args)
		if err != nil || *asof != "2016-06-01" || !*json || !slices.Equal(words, []string{"a.xlsx", "b.xlsx"}) {
			t.Errorf("%q: %v asof=%s json=%v %v", args, words, *asof, *json, err)
		}
	}
}

func TestAWordAfterTwoDashesIsNoFlag(t *testing.T) {
	cfg := DefaultConfig()
	words, err := newFlags("import", &cfg).parse(&cfg, []string{"--", "--json", "-1.xlsx"})
	if err != nil || !slices.Equal(words, []string{"--json", "-1.xlsx"}) {
		t.Errorf("%q %v", words, err)
	}
}

func TestEnvironmentStandsBehindFlags(t *testing.T) {
	t.Setenv("TAIZHANG_DATA", "/env")
	t.Setenv("TAIZHANG_AREA", "环境街道")
	cfg := DefaultConfig()
	if _, err := newFlags("serve", &cfg).parse(&cfg, []string{"--data", "/flag"}); err != nil {
		t.Fatal(err)
	}
	if cfg.Data != "/flag" || cfg.Area != "环境街道" {
		t.Errorf("%+v", cfg)
	}
}

func TestLanguageIsChineseUnlessSaid(t *testing.T) {
	for _, c := range []struct {
		lang, own string
		args      []string
		want      text.Lang
	}{
		{"", "", nil, text.Zh}, {"C.UTF-8", "", nil, text.Zh}, {"zh_CN.UTF-8", "", nil, text.Zh}, {"en_US.UTF-8", "", nil, text.En},
		{"en_US.UTF-8", "zh", nil, text.Zh}, {"", "zh", []string{"--lang", "en"}, text.En}, {"", "", []string{"x", "--lang=en"}, text.En},
	} {
		t.Setenv("LANG", c.lang)
		t.Setenv("TAIZHANG_LANG", c.own)
		if got := langOf(c.args); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestLongFoldersGetAShortSocket(t *testing.T) {
	short := socketPath("/srv/taizhang")
	if short != "/srv/taizhang/"+socketName {
		t.Error(short)
	}
	long := socketPath("/" + string(slices.Repeat([]byte("a"), 200)))
	if len(long) > longestSocket+len(os.TempDir()) || long == socketPath("/"+string(slices.Repeat([]byte("b"), 200))) {
		t.Error(long)
	}
	if socketPath("") != "" {
		t.Error("a ClickHouse server needs no socket")
	}
}
