package server

import (
	"net/http"
	"strings"
	"testing"

	"taizhang/analytics"
	"taizhang/internal/testkit"
	"taizhang/internal/text"
)

func TestTheTaxPageSaysTheBreakAndKeepsItsPart(t *testing.T) {
	testkit.Unraced(t)
	a := appOver(t, everything(t))
	page := call(t, a, http.MethodGet, "/tax?asof=2016-07-04", nil).Text
	for _, want := range []string{"国发〔2016〕26号", "营改增 2016-05", "GB/T 4754—2011", "industry=J", "2/—", "新增纳税户", "流失纳税户"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
	part := call(t, a, http.MethodGet, "/tax?asof=2016-07-04&industry=J&month=2016-04", nil).Text
	for _, want := range []string{text.T("page.note.part", "金融业").In(text.Zh), "属全街道，不适用于部分", "/tax.csv?asof=2016-07-04&amp;industry=J&amp;month=2016-04"} {
		if !strings.Contains(part, want) {
			t.Errorf("the page of a part does not hold %s", want)
		}
	}
	if strings.Contains(part, "国发〔2016〕26号") {
		t.Error("January to April lie before the break in both years")
	}
	var whole, finance analytics.TaxAnswer
	decode(t, call(t, a, http.MethodGet, "/tax.json?asof=2016-07-04", nil).Text, &whole)
	decode(t, call(t, a, http.MethodGet, "/tax.json?asof=2016-07-04&industry=J", nil).Text, &finance)
	for _, s := range whole.ByIndustry {
		if s.Section == "J" && (s.TaxYuan.Cmp(finance.YearToDateYuan) != 0 || s.LastYearYuan.Cmp(finance.LastYearToDateYuan) != 0 || s.Companies != finance.Companies) {
			t.Errorf("finance is %s of %d in the whole and %s of %d alone", s.TaxYuan, s.Companies, finance.YearToDateYuan, finance.Companies)
		}
	}
	csv := call(t, a, http.MethodGet, "/tax.csv?asof=2016-07-04", nil).Text
	for _, want := range []string{",industry,金融业,", ",earlier_month,", ",rank,2015,", ",building,嵩山国际,"} {
		if !strings.Contains(csv, want) {
			t.Errorf("the CSV does not hold %s", want)
		}
	}
	for _, bad := range []string{"/tax?month=13", "/tax?month=May", "/tax?year=2015&month=2016-04"} {
		if r := call(t, a, http.MethodGet, bad, nil); r.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, r.StatusCode)
		}
	}
}
