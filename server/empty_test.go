package server

import (
	"net/http"
	"strings"
	"testing"
)

// TestAnEmptyCardLeadsToTheFirstDayWithData: a page that stands before the first sheet says from which day on there is one.
func TestAnEmptyCardLeadsToTheFirstDayWithData(t *testing.T) {
	a := testApp(t)
	load(t, a, "安置房交付.xlsx", sampleBytes(t, "安置房交付.xlsx"))
	before := call(t, a, http.MethodGet, "/resettlement?asof=2016-06-27", nil).Text
	for _, part := range []string{"该日还没有数据，最早的数据截至 2016-06-29", `href="/resettlement?asof=2016-06-29"`} {
		if !strings.Contains(before, part) {
			t.Errorf("no %s", part)
		}
	}
	if english := call(t, a, http.MethodGet, "/resettlement?asof=2016-06-27&lang=en", nil).Text; !strings.Contains(english, "the first data are as of 2016-06-29") {
		t.Error("the English page does not say it")
	}
	if !strings.Contains(before, "还没有征迁进度") || strings.Contains(call(t, a, http.MethodGet, "/resettlement?asof=2016-06-29", nil).Text, "该日还没有数据") {
		t.Error("what the record never held, or holds, is said to come")
	}
	// Nothing is known of it before it came in.
	if then := call(t, a, http.MethodGet, "/resettlement?asof=2016-06-27&known=2016-01-01", nil).Text; strings.Contains(then, "最早的数据截至") {
		t.Error("what was not known yet is announced")
	}
}
