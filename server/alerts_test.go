package server

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"taizhang/analytics"
	"taizhang/internal/testkit"
)

func alertsOf(t *testing.T, a *app, query string) analytics.AlertsAnswer {
	t.Helper()
	var ans analytics.AlertsAnswer
	decode(t, call(t, a, http.MethodGet, "/alerts.json"+query, nil).Text, &ans)
	return ans
}

func ack(alert analytics.Alert, more ...string) url.Values {
	words := url.Values{"alert": {alert.ID}, "reason": {"已约谈施工单位"}, "by": {"王主任"}, "until": {"2016-07-20"}}
	for i := 0; i+1 < len(more); i += 2 {
		words.Set(more[i], more[i+1])
	}
	return words
}

func TestAnAlertIsAcknowledgedByForm(t *testing.T) {
	testkit.Unraced(t)
	a := meetingApp(t, "进度周报-第1周.xlsx")
	before := alertsOf(t, a, "")
	at := slices.IndexFunc(before.Open, func(x analytics.Alert) bool { return x.Kind == analytics.MilestoneLate })
	if at < 0 {
		t.Fatalf("no late milestone among %d alerts", len(before.Open))
	}
	one := before.Open[at]
	page := call(t, a, http.MethodGet, "/alerts?ack="+url.QueryEscape(one.ID), nil).Text
	if !strings.Contains(page, `id="acknowledge"`) || !strings.Contains(page, one.MessageZh) {
		t.Error("the form is not shown")
	}
	for name, bad := range map[string]url.Values{
		"without a reason": ack(one, "reason", " "), "without a name": ack(one, "by", ""), "ends today": ack(one, "until", "2016-07-04"),
		"lasts too long": ack(one, "until", "2016-10-03"), "no day": ack(one, "until", ""), "not a day": ack(one, "until", "x"),
	} {
		if r := postForm(t, a, "/alerts/acknowledge", bad); r.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", name, r.StatusCode)
		}
	}
	if r := postForm(t, a, "/alerts/acknowledge?asof=2016-07-01", ack(one)); r.StatusCode != http.StatusForbidden {
		t.Errorf("acknowledged under a clock: %d", r.StatusCode)
	}
	must(t, a, "/alerts/acknowledge", ack(one))
	if r := postForm(t, a, "/alerts/acknowledge", ack(one)); r.StatusCode != http.StatusConflict {
		t.Errorf("acknowledged twice: %d", r.StatusCode)
	}
	after := alertsOf(t, a, "")
	if len(after.Open) != len(before.Open)-1 || len(after.Acknowledged) != 1 || after.Acknowledged[0].ID != one.ID || after.Acknowledged[0].Ack.Person != "王主任" {
		t.Fatalf("%d open of %d, %+v", len(after.Open), len(before.Open), after.Acknowledged)
	}
	page = call(t, a, http.MethodGet, "/alerts", nil).Text
	if !strings.Contains(page, "已约谈施工单位") || !strings.Contains(page, "2016-07-20") || strings.Contains(page, `id="acknowledge"`) {
		t.Error("the acknowledged alert is not listed with its reason and term")
	}
	if cockpit := call(t, a, http.MethodGet, "/", nil).Text; !strings.Contains(cockpit, a.newAlertCount(len(after.Open))) {
		t.Error("the cockpit does not count the open alerts")
	}
	// Days later its term is over, and it says so.
	if later := alertsOf(t, a, "?asof=2016-07-21"); len(later.Acknowledged) != 0 || later.Counts.Returned != 1 {
		t.Errorf("after its term: %+v", later.Counts)
	}
	frozen := call(t, a, http.MethodGet, "/alerts?asof=2016-07-04&ack="+url.QueryEscape(after.Open[0].ID), nil).Text
	if strings.Contains(frozen, `id="acknowledge"`) || strings.Contains(frozen, "ack=") {
		t.Error("a page of another clock offers to acknowledge")
	}
}

// newAlertCount is how the cockpit says the number of alerts.
func (a *app) newAlertCount(n int) string { return page{}.T("alert.count", n) }

func TestAReturnedAlertIsAcknowledgedAgain(t *testing.T) {
	testkit.Unraced(t)
	a := meetingApp(t)
	one := alertsOf(t, a, "").Open[0]
	words := url.Values{"f.alert": {one.ID}, "f.figure": {"-100"}, "f.severity": {"红色"}, "f.reason": {"早先"}, "f.person": {"王主任"}, "f.from": {"2016-06-20"}, "f.until": {"2016-07-01"},
		"by": {"王主任"}, "back": {"/alerts"}}
	must(t, a, "/records/acknowledgements", words)
	again := alertsOf(t, a, "")
	returned, found := again.Find(one.ID)
	if !found || returned.Returned == "" || returned.Ack == nil {
		t.Fatalf("%+v", returned)
	}
	if page := call(t, a, http.MethodGet, "/alerts", nil).Text; !strings.Contains(page, "早先") {
		t.Error("the earlier reason is not shown")
	}
	if r := postForm(t, a, "/alerts/acknowledge", ack(one)); r.StatusCode != http.StatusConflict {
		t.Errorf("acknowledged over a version that was not seen: %d", r.StatusCode)
	}
	must(t, a, "/alerts/acknowledge", ack(one, "version", returned.Ack.Version))
	if last := alertsOf(t, a, ""); len(last.Acknowledged) != 1 || last.Acknowledged[0].Ack.Reason != "已约谈施工单位" {
		t.Errorf("%+v", last.Counts)
	}
}

func TestAlertsAreFilteredAndLead(t *testing.T) {
	testkit.Unraced(t)
	a := meetingApp(t)
	page := call(t, a, http.MethodGet, "/alerts?kind=milestone_late&lang=en", nil).Text
	if !strings.Contains(page, `<option value="milestone_late" selected>`) || !strings.Contains(page, `href="/projects/`) {
		t.Error("not filtered by kind, or the alert does not lead to its project")
	}
	if none := call(t, a, http.MethodGet, "/alerts?kind=tax_payer", nil).Text; !strings.Contains(none, "没有未确认的预警") {
		t.Error("another kind's alerts are shown")
	}
	table := call(t, a, http.MethodGet, "/alerts.csv", nil)
	if !strings.Contains(table.Text, "预警类别") || strings.Count(table.Text, "\n") != len(alertsOf(t, a, "").Open)+1 {
		t.Error("CSV does not hold every alert")
	}
}

func TestAlertsArePagedAndEveryOneIsOnAPage(t *testing.T) {
	testkit.Unraced(t)
	a := samplesApp(t)
	open := alertsOf(t, a, "?asof=2016-06-27").Open
	if len(open) <= pageRows {
		t.Fatalf("%d open alerts make no second page", len(open))
	}
	shown := 0
	for n := 1; n <= (len(open)+pageRows-1)/pageRows; n++ {
		page := ""
		if n > 1 {
			page = fmt.Sprint("&page=", n)
		}
		text := call(t, a, http.MethodGet, "/alerts?asof=2016-06-27&state=open"+page, nil).Text
		if strings.Contains(text, "没有已确认") || !strings.Contains(text, "page=") {
			t.Error("the other list is shown, or there is no way to the other page")
		}
		_, table, _ := strings.Cut(text, "<tbody>")
		table, _, _ = strings.Cut(table, "</tbody>")
		shown += strings.Count(table, "<tr")
	}
	if shown != len(open) {
		t.Errorf("%d of %d alerts are on a page", shown, len(open))
	}
	if only := call(t, a, http.MethodGet, "/alerts?asof=2016-06-27&state=acknowledged", nil).Text; strings.Contains(only, "page=2") {
		t.Error("the open alerts are shown beside the acknowledged")
	}
}
