package server

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/ingest"
	"taizhang/internal/access"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// attack is what follows the tag of every text of the payload record; T is the tag. Were any of it taken for more than text, a page would hold an
// element called pwn-el, call __hit, or break; an answer would have a header called Pwned.
const attack = `"'><pwn-el onclick=__hit('T')><img src=x onerror="__hit('T')"></textarea></title></style></script><script>__hit('T')</script>` +
	`__f__(function(){__hit('T')})()__f__]]>--><a href="javascript:__hit('T')">{{7*7}}${7*7}` + "\r\nPwned: 1\u2028../../etc/passwd\\"

// The rows of a dataset in the payload record: by their texts' first sign, and by the way they came in.
const (
	byLoad   = 3 // rows that were put into the record verbatim, "=", "@" and a letter first
	byImport = 3
	byForm   = 4
)

var payloadLeads = []string{"=", "@", "x", "+", "-"}

// payloadText is the text of a field: a formula to spreadsheet programs, markup to browsers, and a tag that says whose it is.
func payloadText(tag string, row int) string {
	tag = fmt.Sprintf("%s.%d", tag, row)
	return payloadLeads[row] + `HYPERLINK("` + tag + `")` + strings.ReplaceAll(attack, "T", tag)
}

// payloadTag names a field; things that datasets have in common carry one name, so that pages find what belongs together.
func payloadTag(d *ledger.Dataset, f ledger.Field) string {
	for thing, names := range map[string][]string{"project": {"project"}, "company": {"company", "tenant"}, "building": {"building"}, "leader": {"leaders", "leader"}, "grid": {"grid"}} {
		if slices.Contains(names, f.Name) {
			return thing
		}
	}
	return d.Name + "." + f.Name
}

// isText reports whether people write a field's value as they like.
func isText(f ledger.Field) bool {
	return slices.Contains([]ledger.Kind{ledger.Text, ledger.Name, ledger.People, ledger.Code, ledger.Enum}, f.Kind)
}

// payloadValue fills a field; the last row loaded and the typed one have usual words where there is a list of them, so that states and lights follow.
func payloadValue(d *ledger.Dataset, f ledger.Field, row int, month time.Time) any {
	text := payloadText(payloadTag(d, f), row)
	switch {
	case f.Name == "until": // later than the day it begins
		return onDay(2016, 7, 20)
	case f.Name == "predecessors" && row >= byImport: // they have to stand in the sheet
		return ""
	}
	switch f.Kind {
	case ledger.Enum:
		if len(f.Allowed) > 0 && (row == 2 || row == byForm) {
			return f.Allowed[0]
		}
		return text
	case ledger.Text, ledger.Name, ledger.Code:
		return text
	case ledger.People:
		return []string{text}
	case ledger.Money, ledger.Area, ledger.Number, ledger.Percent:
		return decimal.NewFromInt(int64(40 + row))
	case ledger.Count:
		return int64(1)
	case ledger.Date:
		return onDay(2016, 6, 14+row)
	case ledger.Period:
		return ledger.Day{From: month, To: month.AddDate(0, 1, -1), Precision: "month"}
	case ledger.Flag:
		return true
	}
	return nil
}

// payloadMonths are the months of rows that speak of one.
var payloadMonths = []time.Time{onDay(2015, 5, 1).From, onDay(2016, 4, 1).From, onDay(2016, 5, 1).From}

// payloadLedger holds rows of every dataset whose every text field is an attack: put in verbatim, imported and typed into forms, with the meetings,
// reasons and remarks that people type elsewhere. Tests share it and must not write.
func payloadLedger(t *testing.T) *ledger.Ledger {
	t.Helper()
	return testkit.Kept(t, "payloads", func(l *ledger.Ledger) {
		loadPayloads(t, l)
		for _, d := range ledger.All {
			importPayload(t, l, d)
		}
		a := appOver(t, l)
		for _, d := range ledger.All {
			typePayload(t, a, d)
		}
		payloadRemarks(t, a)
	})
}

func loadPayloads(t *testing.T, l *ledger.Ledger) {
	t.Helper()
	said := func(name string) string { return payloadText("load."+name, 0) }
	_, err := l.Load(t.Context(), ledger.Load{Kind: "import", By: said("by"), Mode: "all", Comment: said("comment"),
		File: ledger.File{Name: said("file") + ".csv", Hash: "payload", Content: []byte("x")}, Sources: []ledger.Source{{Sheet: said("sheet")}},
		Problems: []ledger.Problem{{Severity: "warning", Dataset: "tax", Sheet: ledger.Optional(said("sheet")), Cell: "A1", Column: said("column"), Kind: "value",
			Found: said("found"), Expected: said("expected"), Message: said("message"), MessageEn: said("message_en")}},
		Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
			for _, d := range ledger.All {
				months := payloadMonths[:1]
				if slices.ContainsFunc(d.Fields, func(f ledger.Field) bool { return f.Kind == ledger.Period }) {
					months = payloadMonths
				}
				for row := range byLoad {
					for _, month := range months {
						values := map[string]any{}
						for _, f := range d.StoredFields() {
							values[f.Name] = payloadValue(d, f, row, month)
						}
						if err := add(d, odd(t, d, values, nil)); err != nil {
							return err
						}
					}
				}
			}
			return nil
		}})
	if err != nil {
		t.Fatal(err)
	}
}

// payloadCell is a value as an office would write it into a sheet or a form.
func payloadCell(v any) string {
	switch v := v.(type) {
	case ledger.Day:
		if v.Precision == "month" {
			return v.From.Format("2006-01")
		}
		return v.From.Format(time.DateOnly)
	case bool:
		return "是"
	case []string:
		return strings.Join(v, "、")
	}
	return fmt.Sprint(v)
}

// importPayload imports a sheet of a dataset with every column people write.
func importPayload(t *testing.T, l *ledger.Ledger, d *ledger.Dataset) {
	t.Helper()
	var head, cells []string
	for _, f := range d.StoredFields() {
		if !f.Hidden {
			head, cells = append(head, f.Header("zh")), append(cells, payloadCell(payloadValue(d, f, byImport, payloadMonths[2])))
		}
	}
	var content bytes.Buffer
	content.WriteString("\ufeff")
	w := csv.NewWriter(&content)
	_ = w.WriteAll([][]string{head, cells})
	day := onDay(2016, 6, 20).From
	name := strings.NewReplacer("/", "", "\\", "", "\r\n", "").Replace(payloadText("import.file."+d.Name, byImport)) + ".csv"
	out, err := ingest.Import(t.Context(), l, name, content.Bytes(), ingest.Options{Dataset: d.Name, GoodRows: true, By: payloadText("import.by", byImport), Now: l.Now(), Asof: &day})
	if err != nil {
		t.Fatal(d.Name, err)
	}
	if out.Status != ingest.Committed {
		t.Errorf("%s by import: %s %.300v", d.Name, out.Status, out.Problems)
	}
}

// typePayload types a row of a dataset into its form.
func typePayload(t *testing.T, a *app, d *ledger.Dataset) {
	t.Helper()
	typed := url.Values{"by": {payloadText("form.by", byForm)}, "comment": {payloadText("form.comment", byForm)}, "day": {"2016-06-27"}, "version": {"0"}}
	for _, f := range d.StoredFields() {
		if !f.Hidden {
			typed.Set(fieldMark+f.Name, payloadCell(payloadValue(d, f, byForm, payloadMonths[2])))
		}
	}
	r := postForm(t, a, "/records/"+d.Name, typed, scriptType)
	if r.StatusCode != http.StatusCreated {
		t.Errorf("%s by form: %d %.700s", d.Name, r.StatusCode, r.Text)
	}
	checkAnswer(t, "/records/"+d.Name, r)
}

// payloadRemarks types into the forms beside those of records.
func payloadRemarks(t *testing.T, a *app) {
	t.Helper()
	say := func(name string) string { return payloadText("remark."+name, byForm) }
	post := func(path string, words url.Values) {
		t.Helper()
		r := postForm(t, a, path, words)
		if r.StatusCode != http.StatusSeeOther {
			t.Errorf("%s: %d %s", path, r.StatusCode, saysOf(r.Text))
		}
		checkAnswer(t, path, r)
	}
	post("/meeting", form("by", say("by"), "place", say("place"), "chair", say("chair"), "present", say("present"), "note", say("note")))
	post("/meeting/minutes", form("by", say("by"), "topic", say("topic"), "no", "1", "said", say("said"), "version", "0"))
	post("/actions", form("by", say("by"), "item", say("item"), "project", payloadText("project", 2), "owner", say("owner"), "due", "2016-07-08", "proposer", say("proposer")))
	var actions struct {
		Items []struct{ Number, Status string }
	}
	decode(t, call(t, a, http.MethodGet, "/actions.json", nil).Text, &actions)
	moved := 0
	for _, one := range actions.Items {
		if move := map[string]string{"待下发": "issue", "已下发": "begin"}[one.Status]; move != "" {
			post(actionPath(one.Number)+"/move", form("move", move, "by", say("by"), "comment", say("move"), "day", monday))
			moved++
		}
	}
	if moved == 0 {
		t.Errorf("no action item was moved: %v", actions)
	}
	for i, alert := range alertsOf(t, a, "").Open {
		if i%3 == 0 {
			post("/alerts/acknowledge", ack(alert, "reason", say("reason"), "by", say("by")))
		}
	}
	load(t, a, "undone.csv", []byte("项目名称,项目类型,分包领导,责任科室,计划开工,计划竣工\n撤销项目,商业,张三,一科,2016-01-01,2017-01-01\n"))
	var history importsAnswer
	decode(t, call(t, a, http.MethodGet, "/imports.json", nil).Text, &history)
	for _, b := range history.Batches {
		if b.File == "undone.csv" {
			post(fmt.Sprintf("/imports/%d/undo", b.ID), url.Values{"reason": {say("undo")}, "by": {say("by")}})
		}
	}
	project := payloadText("project", 2)
	plan := call(t, a, http.MethodGet, "/schedule?project="+url.QueryEscape(project), nil)
	digest := regexp.MustCompile(`name="digest" value="([^"]*)"`).FindStringSubmatch(plan.Text)
	if digest == nil {
		t.Fatalf("%d: no plan to freeze", plan.StatusCode)
	}
	post("/schedule/baseline", url.Values{"project": {project}, "digest": {html.UnescapeString(digest[1])}, "by": {say("by")}, "number": {say("number")},
		"reason": {say("baseline")}, "approved_by": {say("approved")}, "approved_on": {"2016-06-30"}})
}

// tellLog hands the log of failures over to a test.
type tellLog struct{ *testing.T }

func (s tellLog) Write(line []byte) (int, error) {
	s.Logf("%.600s", line)
	return len(line), nil
}

// payloadApp is the server over that record, with a person of every role whose own name is an attack.
func payloadApp(t *testing.T) (*app, session) {
	t.Helper()
	a := appOver(t, payloadLedger(t))
	one := ledger.Account{Name: "payload", Person: payloadText("account.person", 2), Roles: access.Roles, By: payloadText("account.by", 2), PasswordAt: a.ledger.Now()}
	a.log = slog.New(slog.NewTextHandler(tellLog{t}, &slog.HandlerOptions{Level: slog.LevelError}))
	a.accounts = func(context.Context) (map[string]ledger.Account, error) {
		return map[string]ledger.Account{one.Name: one}, nil
	}
	return a, enter(t, a, one.Name)
}
