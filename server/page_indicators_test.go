package server

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"taizhang/analytics"
)

func TestOneIndicatorInTheAddress(t *testing.T) {
	a := samplesApp(t)
	at := "/indicators?indicator=" + url.QueryEscape("税收收入")
	page := html.UnescapeString(call(t, a, http.MethodGet, at, nil).Text)
	for _, want := range []string{`data-chart="series_years0"`, `data-chart="series_months0"`, `data-chart="series_progress0"`, `data-chart="rank_history0"`, "缺 2005 年", ">2006–2010年<", ">2016–2020年<",
		"十二五：2010年 1.59 亿元 → 2015年 4.34 亿元，增长到 2.73 倍，即增长 1.73 倍、增幅 172.96%；年均增长 22.24%。",
		`dataset=indicators`, `dataset=targets&indicator=`, `dataset=ranks&indicator=`, `<option value="税收收入" selected>`, `"inverse":true`, `href="/indicators/catalogue#cagr"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
	if strings.Contains(page, `data-chart="series_years1"`) || strings.Contains(page, "招商引资 · 历年") {
		t.Error("another indicator stands on it")
	}
	checkPage(t, call(t, a, http.MethodGet, at+"&lang=en", nil), "en")

	var one struct {
		Names  []string `json:"indicators"`
		Series []struct {
			Plans []analytics.PlanGrowth    `json:"plans"`
			Ranks []analytics.IndicatorRank `json:"ranks"`
		} `json:"series"`
	}
	decode(t, call(t, a, http.MethodGet, strings.Replace(at, "?", ".json?", 1), nil).Text, &one)
	if len(one.Series) != 1 || len(one.Names) != 4 || len(one.Series[0].Plans) != 3 || len(one.Series[0].Ranks) != 5 || one.Series[0].Ranks[2].Population.Valid() {
		t.Errorf("JSON %+v", one)
	}
	table := call(t, a, http.MethodGet, strings.Replace(at, "?", ".csv?", 1), nil).Text
	for _, want := range []string{"增长到(倍)", ",十二五,434000000,", ",2011,198000000,", ",2016-01/2016-05,157000000,"} {
		if !strings.Contains(table, want) {
			t.Errorf("CSV does not hold %s: %.900s", want, table)
		}
	}
	if strings.Contains(table, "招商引资") {
		t.Error("the CSV of one indicator holds another")
	}

	none := call(t, a, http.MethodGet, "/indicators?indicator="+url.QueryEscape("没有的"), nil)
	if none.StatusCode != http.StatusOK || !strings.Contains(none.Text, "没有这个指标") || strings.Contains(none.Text, "data-chart=") {
		t.Errorf("an unknown indicator: %d", none.StatusCode)
	}
}

func TestAllIndicatorsLeadToTheirOwnPage(t *testing.T) {
	a := samplesApp(t)
	page := html.UnescapeString(call(t, a, http.MethodGet, "/indicators?year=2015", nil).Text)
	for _, want := range []string{`href="/indicators?indicator=` + url.QueryEscape("招商引资") + `&year=2015"`, `data-chart="rank_history"`, ">4/—<", ">5/16<", ">2/16<"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
}

// A fall is told in percent alone: no sentence and no cell speaks of times.
func TestAFallHasNoTimes(t *testing.T) {
	a := testApp(t)
	load(t, a, "利润.csv", []byte("指标名称,年份,数值(万元)\n企业利润,2010,400\n企业利润,2015,100\n"))
	page := call(t, a, http.MethodGet, "/indicators?asof=2016-06-30&indicator="+url.QueryEscape("企业利润"), nil).Text
	if !strings.Contains(page, "下降 75.00%；年均下降 24.21%。") {
		t.Errorf("no sentence of the fall: %.300s", page)
	}
	for _, line := range strings.Split(page, "<tr>") {
		if strings.Contains(line, "增长到") && strings.Contains(line, "0.25") || strings.Contains(line, "下降") && strings.Contains(line, "倍、") {
			t.Errorf("a fall told in times: %s", line)
		}
	}
}
