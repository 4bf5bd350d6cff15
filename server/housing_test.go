package server

import (
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"taizhang/analytics"
	"taizhang/internal/testkit"
)

// TestInvestmentAndResettlementOverTheSamples reads off the pages what the samples' truth says.
func TestInvestmentAndResettlementOverTheSamples(t *testing.T) {
	testkit.Unraced(t)
	a := samplesApp(t)
	for address, parts := range map[string][]string{
		// 60 万美元 at 6.558 and 40 万 at 6.4585; Hong Kong dollars have no rate.
		"/investment?asof=2016-06-30": {"100 万USD 折合 651.82 万元，汇率 6.558（2016-01-15）、6.4585（2016-04-01）", "300 万HKD 没有当时的汇率", "4 个项目的当前阶段没有日期", "31.9", "7 / 13",
			"42 / 48", "超期 5 件", "未填原因", "5 个项目两本账一致", `href="/services?asof=2016-06-30"`},
		"/investment?asof=2016-06-30&year=2014":                       {"2014年签约的项目", "8,800.00 万元 / 2.00 亿元"},
		"/services?asof=2016-06-30&state=overdue":                     {"按期办结", ">42<", "超期未办结", `aria-current="true"`},
		"/investment?asof=2016-06-30&text=" + url.QueryEscape("检测平台"): {"样例检测平台二期", "清除筛选"},
		"/resettlement?asof=2016-06-30": {">3,684<", "总 4,298 套 · 已交付 614 套", "首批交付（2015-11-06）之后 237 天交付 398 套，日均 1.68 套", "到 2022-07-03 交完，比计划（2017-12-31）晚 1,645 天",
			"路砦：450,000 ㎡ ÷ 24,079 套 ＝ 户均 18.7 ㎡", "6,596 / 7,200 户"},
	} {
		page := html.UnescapeString(call(t, a, http.MethodGet, address, nil).Text)
		for _, part := range parts {
			if !strings.Contains(page, part) {
				t.Errorf("%s does not show %s", address, part)
			}
		}
	}
	var ans analytics.InvestmentAnswer
	if err := json.Unmarshal([]byte(call(t, a, http.MethodGet, "/investment.json?asof=2016-06-30&stage="+url.QueryEscape("签约"), nil).Text), &ans); err != nil || len(ans.Leads) != 25 || len(ans.Services.Cases) != 59 || len(ans.Sheet.Months) != 5 {
		t.Errorf("%d leads, %d cases, %v", len(ans.Leads), len(ans.Services.Cases), err)
	}
	if csv := call(t, a, http.MethodGet, "/investment.csv?asof=2016-06-30&stage="+url.QueryEscape("签约"), nil).Text; strings.Count(csv, "\n") != 7 {
		t.Errorf("%d lines of leads that stand at 签约", strings.Count(csv, "\n"))
	}
	if csv := call(t, a, http.MethodGet, "/services.csv?asof=2016-06-30", nil).Text; strings.Count(csv, "\n") != 60 {
		t.Errorf("%d lines of cases", strings.Count(csv, "\n"))
	}
	if bad := call(t, a, http.MethodGet, "/services?state=sometimes", nil); bad.StatusCode != http.StatusBadRequest {
		t.Errorf("a state that does not exist: %d", bad.StatusCode)
	}
	empty := testApp(t)
	for _, path := range []string{"/investment", "/services", "/resettlement"} {
		for _, lang := range []string{"zh", "en"} {
			checkPage(t, call(t, empty, http.MethodGet, path+"?lang="+lang, nil), lang)
			checkPage(t, call(t, a, http.MethodGet, path+"?asof=2016-06-30&lang="+lang, nil), lang)
		}
	}
}
