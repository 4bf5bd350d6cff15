package server

import (
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"taizhang/analytics"
	"taizhang/internal/testkit"
)

const gridsOnDay = "/grid?asof=2016-06-27"

// streetApp holds the samples of grids and counters alone.
func streetApp(t *testing.T) *app {
	t.Helper()
	a := testApp(t)
	for _, name := range []string{"网格台账.xlsx", "执法统计.xlsx"} {
		load(t, a, name, sampleBytes(t, name))
	}
	return a
}

// TestGridsAndCountersOnTheirPages reads off the pages what the article says.
func TestGridsAndCountersOnTheirPages(t *testing.T) {
	a := streetApp(t)
	other := "community=" + url.QueryEscape("康桥社区")
	for address, parts := range map[string][]string{
		gridsOnDay: {">83<", "重点监管区域 18 个", "11 个社区（管委会）· 4.4 km²", "常住 6.6万 + 流动 2万", ">1,036<", ">500余<", "7 种力量", "还没有巡查记录，不计覆盖率", "还没有巡查记录",
			"没有在任的三级网格长", "一人负责 7 个网格（上限 5）", `href="/grid?asof=2016-06-27&community=`, "金苑街早市", "空缺"},
		gridsOnDay + "&" + other:         {">8<", "梁书记", "2016-05-16起", "康桥01网格"},
		"/grid?asof=2016-05-15&" + other: {"苗书记", "2013-09-01起"}, // who answered for it then
		"/enforcement?asof=2016-06-27":   {">476<", ">28.77<", ">11,200余<", ">1,500余<", ">3.5万余<", ">80多<", "13 / 14", "相差 1 处", "分月累计!E42, E43, E44", "执法统计!E20, E21, E22", "占道烧烤整治路段：台账 88，统计 88 条 ✓ 相符", "登记渣土车辆：台账 284，统计 280余 台 ✓ 相符"},
		"/enforcement?asof=2016-06-27&counter=" + url.QueryEscape("查处渣土车辆"): {"查处渣土车辆 · 分期情况", "约610"},
		"/alerts?asof=2016-06-27": {"网格缺网格长", "合计与分项不符", "执法统计.xlsx 分月累计!E42", `/enforcement?asof=2016-06-27&counter=`},
	} {
		page := html.UnescapeString(call(t, a, http.MethodGet, address, nil).Text)
		for _, part := range parts {
			if !strings.Contains(page, part) {
				t.Errorf("%s does not show %s", address, part)
			}
		}
	}
	if page := call(t, a, http.MethodGet, "/grid?asof=2016-05-15&"+other, nil).Text; strings.Contains(page, "梁书记") {
		t.Error("who came later is shown on an earlier day")
	}
	for _, bad := range []string{"/grid?community=nowhere", "/enforcement?counter=nothing"} {
		if r := call(t, a, http.MethodGet, bad, nil); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", bad, r.StatusCode)
		}
	}
	empty := testApp(t)
	for _, path := range []string{"/grid", "/enforcement"} {
		for _, lang := range []string{"zh", "en"} {
			checkPage(t, call(t, empty, http.MethodGet, path+"?lang="+lang, nil), lang)
			checkPage(t, call(t, a, http.MethodGet, path+"?asof=2016-06-27&lang="+lang, nil), lang)
		}
		if r := call(t, empty, http.MethodGet, path+".xlsx", nil); r.StatusCode != http.StatusOK {
			t.Errorf("%s.xlsx of an empty record: %d", path, r.StatusCode)
		}
	}
}

// TestGridsAndCountersInTheirFiles: JSON, CSV, workbook, SQL and pictures of both pages; every figure leads to its cell.
func TestGridsAndCountersInTheirFiles(t *testing.T) {
	a := streetApp(t)
	var grids analytics.GridsAnswer
	if err := json.Unmarshal([]byte(call(t, a, http.MethodGet, "/grid.json?asof=2016-06-27", nil).Text), &grids); err != nil || len(grids.Grids) != 101 || grids.Week.Duty.Percent.Valid() {
		t.Error(len(grids.Grids), err)
	}
	if csv := call(t, a, http.MethodGet, "/grid.csv?asof=2016-06-27", nil).Text; strings.Count(csv, "\n") != 102 || !strings.Contains(csv, "李书记,孙委员,梁书记") {
		t.Errorf("%d lines", strings.Count(csv, "\n"))
	}
	if csv := call(t, a, http.MethodGet, "/enforcement.csv?asof=2016-06-27", nil).Text; strings.Count(csv, "\n") != 25+54+1 || !strings.Contains(csv, "11200余,执法统计.xlsx 执法统计!E4") {
		t.Error(csv)
	}
	for _, file := range []string{"/grid.xlsx", "/enforcement.xlsx", "/grid.sql", "/enforcement.sql", "/enforcement.svg?chart=enf_series&asof=2016-06-27"} {
		if !strings.Contains(file, "?") {
			file += "?asof=2016-06-27"
		}
		if r := call(t, a, http.MethodGet, file, nil); r.StatusCode != http.StatusOK || len(r.Text) < 500 {
			t.Errorf("%s: %d, %d bytes", file, r.StatusCode, len(r.Text))
		}
	}
	source := call(t, a, http.MethodGet, "/source.json?asof=2016-06-27&dataset=enforcement&counter="+url.QueryEscape("查处渣土车辆")+"&counted="+url.QueryEscape("累计"), nil).Text
	for _, part := range []string{`"11200余"`, `"E4"`, "执法统计.xlsx", `"≥"`} {
		if !strings.Contains(source, part) {
			t.Errorf("the source does not say %s", part)
		}
	}
}

// TestGridsAndCountersInABrowser: both pages on a desk and on a phone of 390 pixels do not overflow, and axe-core finds nothing.
func TestGridsAndCountersInABrowser(t *testing.T) {
	testkit.Unraced(t)
	axe, err := os.ReadFile(filepath.Join(testkit.Root(), "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	ctx := browser(t)
	a := streetApp(t)
	load(t, a, "网格巡查记录2016年6月.xlsx", sampleBytes(t, "网格巡查记录2016年6月.xlsx"))
	at := serving(t, a)
	for _, path := range []string{gridsOnDay, "/enforcement?asof=2016-06-27"} {
		for words, size := range map[string]window{"": desk, "&lang=en&theme=dark": phone} {
			open(t, ctx, at+path+words, size)
			if wide := evaluate[int](t, ctx, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); wide > 0 {
				t.Errorf("%s%s is %d pixels too wide", path, words, wide)
			}
			evaluate[any](t, ctx, string(axe)+"; null")
			violations, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](audit, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatal(err)
			}
			for _, violation := range violations {
				t.Errorf("%s%s: %s", path, words, violation)
			}
		}
	}
}
