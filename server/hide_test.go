package server

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/analytics"
	"taizhang/ingest"
	"taizhang/internal/access"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// privateRecord holds what must be hidden, invented: phones, contacts and legal representatives, which no sample has, and the tax of six firms, five
// in one building and one in another.
func privateRecord(t *testing.T) *ledger.Ledger {
	t.Helper()
	return testkit.Kept(t, "private", func(l *ledger.Ledger) {
		firms := []string{"河南海棠贸易有限公司", "河南玉兰科技有限公司", "河南银杏餐饮有限公司", "河南榆树物流有限公司", "河南国槐文化有限公司", "河南白杨置业有限公司"}
		tenants, tax := "楼宇名称,楼层,房号,企业名称,法定代表人,联系人,联系电话,租赁面积(㎡),租期止\n", "企业名称,楼宇名称,行业,税种,税款所属期,税额(元)\n"
		for i, firm := range firms {
			building := "甲大厦"
			if i == 5 {
				building = "乙大厦"
			}
			tenants += fmt.Sprintf("%s,%d,%d01,%s,法人%c某,联络%c某,1380371%04d,%d,2016-0%d-15\n", building, i+1, i+1, firm, 'A'+i, 'A'+i, 4821+i*37, 200+i, 7+i%2)
			for year := 2015; year <= 2016; year++ {
				for month := 1; month <= 5; month++ {
					// The last but one stopped paying, which is an alert of its own.
					if year == 2016 && i == 4 {
						continue
					}
					tax += fmt.Sprintf("%s,%s,批发和零售业,增值税,%d-%02d,%d.%02d\n", firm, building, year, month, 1_312_457+i*i*217_913+i*month*month*7_919+(2016-year)*(911_311+i*month*1_237), 11+i)
				}
			}
		}
		projects := "项目名称,项目类型,分包领导,责任科室,联系人,联系电话,计划开工,计划竣工,当前阶段\n" +
			"绿城广场改造,商业,王某某,建设科,赵某某,0371-66218854,2015-03-01,2016-12-31,建设中\n东站地块开发,产业,李某某,建设科,钱某某,13837164477,2015-05-01,2017-06-30,建设中\n"
		for name, content := range map[string]string{"tenants": tenants, "tax": tax, "projects": projects} {
			day := time.Date(2016, 6, 20, 0, 0, 0, 0, time.UTC)
			outcome, err := ingest.Import(t.Context(), l, name+".csv", []byte("\ufeff"+content), ingest.Options{Dataset: name, GoodRows: true, By: "test", Now: l.Now(), Asof: &day})
			if err != nil || outcome.Status != ingest.Committed {
				t.Fatalf("%s: %+v %v", name, outcome, err)
			}
		}
	})
}

// roleApp is the server over that record with an account of each role. The accounts stand beside the record, which other tests share.
func roleApp(t *testing.T) *app {
	t.Helper()
	a := appOver(t, privateRecord(t))
	accounts := map[string]ledger.Account{}
	for _, role := range access.Roles {
		accounts[string(role)] = ledger.Account{Name: string(role), Person: "姓名" + string(role), Roles: []access.Role{role}, PasswordAt: a.ledger.Now()}
	}
	a.accounts = func(context.Context) (map[string]ledger.Account, error) { return accounts, nil }
	return a
}

// secrets are what the samples hold that a masked role must not see, by what it is.
func secrets(t *testing.T, a *app) map[string][]string {
	t.Helper()
	q, err := ask(t.Context(), a.ledger, asked{Asof: "2016-06-27"})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	note := func(kind, value string) {
		if len([]rune(value)) > 1 && !slices.Contains(found[kind], value) {
			found[kind] = append(found[kind], value)
		}
	}
	yuan := func(kind string, d ledger.Decimal) {
		for _, value := range []string{d.String(), grouped(d.Fixed(2)), grouped(d.Div(ten4).Fixed(2))} {
			if d.Valid() && len(strings.Trim(value, "0.,")) >= 6 {
				note(kind, value)
			}
		}
	}
	for _, d := range ledger.All {
		err := a.ledger.Rows(t.Context(), d, q.Clock, func(r ledger.Record) error {
			for i, f := range d.StoredFields() {
				switch {
				case f.Private:
					note(f.Name, ledger.Plain(r.Values[i]))
				case f.OfFirm == "company" && ledger.Plain(r.Values[slices.IndexFunc(d.StoredFields(), func(o ledger.Field) bool { return o.Name == "company" })]) != "":
					if amount, err := ledger.ParseDecimal(ledger.Plain(r.Values[i])); err == nil {
						yuan("tax of a month", amount)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	tax, err := a.analytics.Tax(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range slices.Concat(tax.Top, tax.NewPayers.Payers, tax.LostPayers.Payers) {
		yuan("tax of a year", p.TaxYuan)
		yuan("tax of last year", p.LastYearYuan)
	}
	return found
}

// maskedAddresses are all pages, those that speak of firms in every format, and the rows behind the figures.
func maskedAddresses(t *testing.T, a *app) []string {
	t.Helper()
	var list []string
	add := func(path, words string, suffixes ...string) {
		for _, suffix := range suffixes {
			if path == "/" && suffix != "" {
				path = "/index"
			}
			list = append(list, path+suffix+"?asof=2016-06-27&"+words)
		}
	}
	every := []string{"", ".json", ".csv", ".svg", ".xlsx", ".sql"}
	for _, path := range openPaths(t, a) {
		if firms := regexp.MustCompile(`^/(tax|buildings|alerts|indicators/catalogue|projects/)`); firms.MatchString(path) {
			add(path, "", every...)
		} else {
			add(path, "", "", ".json")
		}
	}
	buildings, err := a.analytics.Buildings(t.Context(), question(t, a))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range buildings.Buildings {
		add(buildingPath(b.Key), "color=tax", "", ".xlsx")
		add("/tax", "building="+url.QueryEscape(b.Building), "", ".json", ".csv", ".xlsx")
	}
	add("/tax", "lang=en", "", ".csv")
	for _, part := range []string{"watch", "hq", "expiry", "circles"} {
		add("/buildings", "part="+part, ".csv")
	}
	for _, d := range []string{"tax", "tenants", "projects", "acknowledgements"} {
		for _, suffix := range []string{"", ".json", ".csv"} {
			list = append(list, "/source"+suffix+"?asof=2016-06-27&dataset="+d, "/changes"+suffix+"?dataset="+d+"&from=2014-01-01&to=2016-06-27")
		}
	}
	return list
}

func question(t *testing.T, a *app) analytics.Question {
	t.Helper()
	q, err := ask(t.Context(), a.ledger, asked{Asof: "2016-06-27"})
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// plainOf is what a person can read in an answer: workbooks are unpacked.
func plainOf(t *testing.T, answer reply) string {
	t.Helper()
	if !strings.HasPrefix(answer.Text, "PK\x03\x04") {
		return answer.Text
	}
	archive, err := zip.NewReader(strings.NewReader(answer.Text), int64(len(answer.Text)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
	}
	return all.String()
}

// inText are the figures of an answer and, for what is no figure, the whole of it.
type inText struct {
	figures map[string]bool
	all     string
}

var oneFigure = regexp.MustCompile(`[0-9][0-9,]*(?:\.[0-9]+)?`)

func textOf(t *testing.T, answer reply) inText {
	t.Helper()
	found := inText{map[string]bool{}, plainOf(t, answer)}
	for _, f := range oneFigure.FindAllString(found.all, -1) {
		found.figures[strings.Trim(f, ",")] = true
	}
	return found
}

// holds finds a value; a figure only where it is no part of a longer one.
func (x inText) holds(value string) bool {
	if oneFigure.FindString(value) == value {
		return x.figures[value]
	}
	return strings.Contains(x.all, value)
}

// TestMaskedRolesSeeNoSecret searches the bytes of every page, export and list of rows for the phones, persons and firms' tax of the samples.
func TestMaskedRolesSeeNoSecret(t *testing.T) {
	testkit.Unraced(t)
	a := roleApp(t)
	hidden := secrets(t, a)
	for _, kind := range []string{"phone", "legal_person", "contact", "tax of a month", "tax of a year"} {
		if len(hidden[kind]) == 0 {
			t.Errorf("the samples hold no %s", kind)
		}
	}
	addresses := maskedAddresses(t, a)
	viewer, leader := enter(t, a, "viewer"), enter(t, a, "leader")
	seen := map[string]int{}
	for _, target := range addresses {
		masked := viewer.get(target)
		if masked.StatusCode != http.StatusOK && !strings.Contains(target, ".svg") { // not every page has a chart
			t.Errorf("%s: %d", target, masked.StatusCode)
		}
		closed, plain := textOf(t, masked), inText{}
		if strings.Contains(target, ".json") { // that the search finds what is shown to others is asked of one format
			plain = textOf(t, leader.get(target))
		}
		for kind, values := range hidden {
			for _, value := range values {
				if closed.holds(value) {
					at := max(0, strings.Index(closed.all, value))
					t.Errorf("%s shows a viewer the %s %s: …%s…", target, kind, value, closed.all[max(0, at-80):min(len(closed.all), at+40)])
					break
				}
				if plain.holds(value) {
					seen[kind]++
				}
			}
		}
	}
	for kind := range hidden {
		if seen[kind] == 0 {
			t.Errorf("a leader is shown no %s anywhere: the search finds nothing", kind)
		}
	}
	t.Log(len(addresses), "addresses;", seen)
}

// TestOneRolesBytesAreNotAnothers asks for the same address as several roles while it is kept.
func TestOneRolesBytesAreNotAnothers(t *testing.T) {
	a := roleApp(t)
	const target = "/tax.json?asof=2016-06-27"
	first := enter(t, a, "leader").get(target)
	masked := enter(t, a, "viewer").get(target, "If-None-Match: "+first.Header.Get("ETag"))
	if masked.StatusCode != http.StatusOK || masked.Text == first.Text || masked.Header.Get("ETag") == first.Header.Get("ETag") {
		t.Fatalf("%d: a viewer is answered with a leader's bytes", masked.StatusCode)
	}
	if again := enter(t, a, "official").get(target); again.Text != first.Text {
		t.Error("an official sees something else than a leader")
	}
	page, other := enter(t, a, "leader").get("/tax?asof=2016-06-27"), enter(t, a, "official").get("/tax?asof=2016-06-27")
	for _, c := range []struct {
		page         reply
		own, another string
	}{{page, "姓名leader", "姓名official"}, {other, "姓名official", "姓名leader"}} {
		if !strings.Contains(c.page.Text, c.own) || strings.Contains(c.page.Text, c.another) || strings.Contains(c.page.Text, "mark-name-") || strings.Contains(c.page.Text, "mark-form-") {
			t.Errorf("a page of %s names %s, or a mark was left", c.own, c.another)
		}
		if c.page.Header.Get("Cache-Control") != "private, no-cache" || !strings.Contains(c.page.Header.Get("Vary"), "Cookie") {
			t.Error(c.page.Header)
		}
	}
	// Two of a role are answered from the same bytes, and each with the forms of their own session.
	one, two := enter(t, a, "official"), enter(t, a, "official")
	meeting := one.get("/meeting?date=2016-06-27")
	again := two.get("/meeting?date=2016-06-27", "If-None-Match: "+meeting.Header.Get("ETag"))
	if again.StatusCode != http.StatusOK || strings.Contains(again.Text, access.FormToken(one.token)) || strings.Count(again.Text, access.FormToken(two.token)) != strings.Count(again.Text, `method="post"`) {
		t.Errorf("%d: a page carries another session's token", again.StatusCode)
	}
	if kept := two.get("/meeting?date=2016-06-27", "If-None-Match: "+again.Header.Get("ETag")); kept.StatusCode != http.StatusNotModified {
		t.Errorf("the own page is sent again: %d", kept.StatusCode)
	}
}

// TestHiddenFieldsAnswerNoQuestion asks for a firm's tax or a phone until a row comes.
func TestHiddenFieldsAnswerNoQuestion(t *testing.T) {
	a := roleApp(t)
	for _, target := range []string{"/source?dataset=tax&tax_yuan=1", "/source.json?dataset=tenants&legal_person=x", "/changes?dataset=tax&tax_yuan=1", "/source.csv?dataset=projects&phone=1"} {
		if got := enter(t, a, "viewer").get(target).StatusCode; got != http.StatusForbidden {
			t.Errorf("%s: %d", target, got)
		}
		if got := enter(t, a, "leader").get(target).StatusCode; got == http.StatusForbidden {
			t.Errorf("%s as leader: %d", target, got)
		}
	}
}

// TestPagesLeadNowhereClosed follows every link of every page as each role.
func TestPagesLeadNowhereClosed(t *testing.T) {
	testkit.Unraced(t)
	a := roleApp(t)
	href := regexp.MustCompile(`<a\b[^>]*\shref="(/[^"]*)"`)
	form := regexp.MustCompile(`<form\b[^>]*\smethod="post"[^>]*\saction="(/[^"?]*)`)
	routes := a.routes()
	for i := range routes {
		routes[i].Handle = nil
	}
	for _, role := range []access.Role{access.Viewer, access.Leader, access.Staff, access.Administrator} {
		s := enter(t, a, string(role))
		for _, path := range append(openPaths(t, a), "/source?dataset=tax", "/changes?dataset=projects&from=2016-01-01") {
			page := s.get(path)
			for _, link := range append(href.FindAllStringSubmatch(page.Text, -1), form.FindAllStringSubmatch(page.Text, -1)...) {
				to, _, _ := strings.Cut(link[1], "?")
				to, _, _ = strings.Cut(to, "#")
				if !a.mayFollow(visitor{Person: access.Person{Account: "x", Roles: []access.Role{role}}}, to) {
					t.Errorf("%s: %s leads to %s", role, path, to)
				}
			}
			for _, one := range form.FindAllStringSubmatch(page.Text, -1) {
				for _, r := range routes {
					if r.Method == http.MethodPost && r.Path == one[1] && !role.May(r.Needs) {
						t.Errorf("%s: %s holds the form of %s", role, path, one[1])
					}
				}
			}
		}
	}
}

// openPaths are the pages there are, asked for where nobody signs in.
func openPaths(t *testing.T, a *app) []string {
	t.Helper()
	own := a.accounts
	defer func() { a.accounts = own }()
	a.accounts = func(context.Context) (map[string]ledger.Account, error) { return nil, nil }
	return pagePaths(t, a)
}
