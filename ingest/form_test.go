package ingest_test

import (
	"context"
	"strings"
	"testing"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// typed reads a form and gives what it changes and what was found, a line each.
func typed(t *testing.T, l *ledger.Ledger, f ingest.Form) (values map[string]string, found map[string]string, read ingest.FormRead) {
	t.Helper()
	if f.Day.IsZero() {
		f.Day = ledger.Today(l.Now())
	}
	read, err := ingest.ReadForm(context.Background(), l, f)
	if err != nil {
		t.Fatal(err)
	}
	values, found = map[string]string{}, map[string]string{}
	for name, c := range read.Entry.Changes {
		v := c.Value
		if day, ok := v.(ledger.Day); ok {
			field, _ := f.Dataset.Field(name)
			v = day.On(field.Edge)
		}
		values[name] = strings.TrimSpace(ledger.Plain(v) + " " + c.Mark)
	}
	for _, p := range read.Problems {
		found[p.Field] += string(p.Severity) + " " + p.Kind + ";"
		if p.Message == "" || p.MessageEn == "" || p.Column == "" || strings.Contains(p.Message+p.MessageEn, "%!") {
			t.Errorf("%s: a problem without words: %+v", p.Field, p)
		}
	}
	return values, found, read
}

func saved(t *testing.T, l *ledger.Ledger, entries ...ledger.Entry) ledger.Saved {
	t.Helper()
	s, err := l.Save(context.Background(), ledger.Save{By: "测试", Entries: entries})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFormsReadWhatSheetsRead(t *testing.T) {
	testkit.Unraced(t)
	l := testkit.Ledger(t)
	values, found, read := typed(t, l, ingest.Form{Dataset: ledger.Projects, Texts: map[string]string{
		"project": "示例安置房", "leaders": "张主任、李书记", "total_investment_yuan": "约3亿", "year_plan_yuan": "2,500万元", "plan_start": "2016.3.1",
		"plan_finish": "2016年12月底前", "percent": "35%", "stage": "建设中", "problem": "无", "note": ""}})
	for name, want := range map[string]string{"project": "示例安置房", "leaders": "张主任、李书记", "total_investment_yuan": "300000000 ≈", "year_plan_yuan": "25000000",
		"plan_start": "2016-03-01", "percent": "35", "stage": "建设中"} {
		if values[name] != want {
			t.Errorf("%s = %q, want %q", name, values[name], want)
		}
	}
	if !strings.HasPrefix(values["plan_finish"], "2016-12-31") || read.Blocked() || found["leaders"] != "warning multiple_leads;" {
		t.Errorf("%v %v", values, found)
	}
	done := saved(t, l, read.Entry)

	// What is shown reads as the same again: nothing is changed by handing it back.
	seen, err := l.RowOf(context.Background(), ledger.Projects, done.Entries[0].Version)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, f := range ledger.Projects.StoredFields() {
		texts[f.Name] = ingest.FormText(ledger.Projects, seen, f)
	}
	if texts["total_investment_yuan"] != "约3亿" || texts["year_plan_yuan"] != "2500万元" {
		t.Errorf("shown: %v", texts)
	}
	if values, found, _ := typed(t, l, ingest.Form{Dataset: ledger.Projects, Seen: seen, Texts: texts}); len(values)+len(found) != 0 {
		t.Errorf("handed back unchanged: %v %v", values, found)
	}
	texts["percent"], texts["year_plan_yuan"] = "40", ""
	if values, _, _ := typed(t, l, ingest.Form{Dataset: ledger.Projects, Seen: seen, Texts: texts}); len(values) != 2 || values["percent"] != "40" || values["year_plan_yuan"] != "" {
		t.Errorf("two fields changed: %v", values)
	}
}

func TestFormsNameTheFieldThatIsWrong(t *testing.T) {
	testkit.Unraced(t)
	l := testkit.Ledger(t)
	for _, name := range []string{"东城安置房一期", "东城安置房二期", "商务中心A座"} {
		saved(t, l, ledger.Entry{Dataset: ledger.Projects, Changes: map[string]ledger.Change{"project": {Value: name}}})
	}
	for _, c := range []struct {
		name    string
		dataset *ledger.Dataset
		texts   map[string]string
		field   string
		want    string
	}{
		{"no name", ledger.Projects, map[string]string{"stage": "建设中"}, "project", "error missing_value;"},
		{"percent over 100", ledger.Projects, map[string]string{"project": "丁", "percent": "120"}, "percent", "error percent_out_of_range;"},
		{"finish before start", ledger.Projects, map[string]string{"project": "丁", "plan_start": "2016-6-30", "plan_finish": "2016-6-1"}, "plan_finish", "error finish_before_start;"},
		{"no number", ledger.Projects, map[string]string{"project": "丁", "total_investment_yuan": "很多"}, "total_investment_yuan", "error bad_number;"},
		{"another unit", ledger.Projects, map[string]string{"project": "丁", "total_investment_yuan": "300亩"}, "total_investment_yuan", "error unit_conflict;"},
		{"no date", ledger.Projects, map[string]string{"project": "丁", "plan_start": "2016-13-45"}, "plan_start", "error bad_date;"},
		{"a negative amount", ledger.Projects, map[string]string{"project": "丁", "total_investment_yuan": "-5"}, "total_investment_yuan", "error negative_value;"},
		{"it happened tomorrow", ledger.Projects, map[string]string{"project": "丁", "actual_start": "2016-07-05"}, "actual_start", "error future_date;"},
		{"a report of tomorrow", ledger.Progress, map[string]string{"project": "商务中心A座", "report_date": "2016-07-05", "percent": "10"}, "report_date", "error future_date;"},
		{"a report of today", ledger.Progress, map[string]string{"project": "商务中心A座", "report_date": "7月4日", "percent": "10"}, "report_date", ""},
		{"an unknown project", ledger.Progress, map[string]string{"project": "东城安置房三期", "report_date": "2016-07-04", "percent": "10"}, "project", "error unknown_project;"},
		{"a name in another spelling", ledger.Progress, map[string]string{"project": "商务中心a座", "report_date": "2016-07-04", "percent": "10"}, "project", ""},
		{"closed before it was opened", ledger.Actions, map[string]string{"number": "1", "item": "事", "meeting_date": "2016-6-20", "closed_on": "2016-6-10"}, "closed_on", "error closed_before_opened;"},
		{"no project is no unknown one", ledger.Actions, map[string]string{"number": "1", "item": "事"}, "project", ""},
		{"an action without number", ledger.Actions, map[string]string{"item": "事"}, "number", "error missing_value;"},
		{"a project nothing is like", ledger.Visits, map[string]string{"date": "2016-7-1", "leader": "张主任", "project": "xyz"}, "project", "error unknown_project;"},
	} {
		_, found, read := typed(t, l, ingest.Form{Dataset: c.dataset, Texts: c.texts})
		if found[c.field] != c.want || read.Blocked() != (c.want != "") {
			t.Errorf("%s: %v, want %s: %s", c.name, found, c.field, c.want)
		}
	}
	_, _, read := typed(t, l, ingest.Form{Dataset: ledger.Progress, Texts: map[string]string{"project": "东城安置房三期", "report_date": "2016-07-04"}})
	if got := read.Problems[0].Message; !strings.Contains(got, "东城安置房一期、东城安置房二期") || strings.Contains(got, "商务中心") {
		t.Errorf("the nearest names: %s", got)
	}
}

// TestFormsHoldAPlanTogether puts the typed node in its place among those that stand.
func TestFormsHoldAPlanTogether(t *testing.T) {
	testkit.Unraced(t)
	l := testkit.Ledger(t)
	saved(t, l, ledger.Entry{Dataset: ledger.Projects, Changes: map[string]ledger.Change{"project": {Value: "甲"}}})
	node := func(no, name, before string) ledger.Entry {
		return ledger.Entry{Dataset: ledger.Milestones, Changes: map[string]ledger.Change{"project": {Value: "甲"}, "node_no": {Value: no}, "node": {Value: name}, "predecessors": {Value: before}}}
	}
	done := saved(t, l, node("1", "立项", ""), node("2", "开工", "1"), node("3", "竣工", "2"))
	first, err := l.RowOf(context.Background(), ledger.Milestones, done.Entries[0].Version)
	if err != nil {
		t.Fatal(err)
	}
	for texts, want := range map[string]string{"3": "error cycle;", "1": "error cycle;", "9": "error unknown_predecessor;", "": ""} {
		if _, found, _ := typed(t, l, ingest.Form{Dataset: ledger.Milestones, Seen: first, Texts: map[string]string{"predecessors": texts}}); found["predecessors"] != want {
			t.Errorf("1 after %q: %v, want %s", texts, found, want)
		}
	}
	if _, found, _ := typed(t, l, ingest.Form{Dataset: ledger.Milestones, Texts: map[string]string{"project": "甲", "node_no": "4", "node": "交付", "predecessors": "3、2"}}); len(found) != 0 {
		t.Errorf("a sound node: %v", found)
	}
}

func TestFormsSeeFiguresFall(t *testing.T) {
	l := testkit.Ledger(t)
	saved(t, l, ledger.Entry{Dataset: ledger.Projects, Changes: map[string]ledger.Change{"project": {Value: "甲"}}})
	_, _, read := typed(t, l, ingest.Form{Dataset: ledger.Progress, Texts: map[string]string{"project": "甲", "report_date": "2016-06-24", "percent": "40"}})
	saved(t, l, read.Entry)
	_, found, read := typed(t, l, ingest.Form{Dataset: ledger.Progress, Texts: map[string]string{"project": "甲", "report_date": "2016-07-01", "percent": "35"}})
	if found["percent"] != "warning percent_decreased;" || read.Blocked() {
		t.Errorf("%v", found)
	}
}

// TestReferencesAreDeclared asks that every name a form is held against stands where it says.
func TestReferencesAreDeclared(t *testing.T) {
	for _, d := range ledger.All {
		for _, k := range d.Known {
			other, err := ledger.Find(k.Dataset)
			if err != nil {
				t.Fatal(err)
			}
			_, here := d.Field(k.Field)
			if _, there := other.Field(k.Of); !here || !there || !text.Known("problem."+k.Kind) || !text.Known("problem."+k.Kind+".none") {
				t.Errorf("%s: %+v", d.Name, k)
			}
		}
		for _, name := range d.Required() {
			if f, ok := d.Field(name); !ok || !f.Stored() {
				t.Errorf("%s requires %s, which is no field", d.Name, name)
			}
		}
	}
}
