package server

import (
	"slices"
	"strings"

	"taizhang/ledger"
)

// formSpec says which fields of a dataset its form shows first; all others stand behind "more fields".
type formSpec struct{ dataset, fields string }

// formSpecs are the records that people write by hand, in the order they are offered. A dataset that is not named here
// can be written too: its form shows every field.
var formSpecs = []formSpec{
	{"progress", "project report_date percent week_investment_yuan cumulative_investment_yuan progress problem coordination next_step"},
	{"visits", "date leader project minutes found"},
	{"actions", "number meeting_date project item section owner due status closed_on note"},
	{"milestones", "project node_no node plan_start plan_finish actual_start actual_finish forecast_finish owner"},
	{"projects", "project category leaders section partners contact stage total_investment_yuan year_plan_yuan plan_start plan_finish actual_start actual_finish note"},
	{"issues", "project number found_on issue kind section owner measure due status resolved_on note"},
	{"assignments", "project leaders section item from to contact note"},
	{"overrides", "project light reason person from until note"},
	{"baselines", "project number approved_on approved_by reason node_no node start finish weight"},
	{"calendar", "date kind name note"},
	{"services", "number company item accepted_on promised_days department finished_on status note"},
	{"cases", "number channel received_on accepted_on subject category place grid unit due complainant phone status note"},
	{"scores", "scored_on kind subject item weight max score scorer reason"},
	{"sanctions", "decided_on person measure reason grid amount_yuan decided_by note"},
	{"roster", "kind subject unit post from to note"},
	{"rates", "currency date rate_yuan per_units published_by note"},
}

// formTips lead from a form to the page where the same is done for many rows at once: a phrase and a path.
var formTips = map[string]struct{ phrase, path string }{
	"baselines": {"record.tip.baselines", "/schedule"},
}

// longTexts are the fields that people write sentences into.
var longTexts = strings.Fields("progress problem coordination next_step found item note issue measure reason reply send_back_reason reopen_reason postpone_reason")

// offered are the datasets in the order their forms are offered: the declared ones first.
func offered() []*ledger.Dataset {
	var list []*ledger.Dataset
	for _, s := range formSpecs {
		if d, err := ledger.Find(s.dataset); err == nil {
			list = append(list, d)
		}
	}
	for _, d := range ledger.All {
		if !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	return list
}

// formFields parts the fields people write into those shown first and the rest.
func formFields(d *ledger.Dataset) (first, rest []ledger.Field) {
	shown := []string{}
	for _, s := range formSpecs {
		if s.dataset == d.Name {
			shown = strings.Fields(s.fields)
		}
	}
	for _, name := range shown {
		if f, ok := d.Field(name); ok {
			first = append(first, f)
		}
	}
	for _, f := range d.StoredFields() {
		if !f.Hidden && !slices.Contains(shown, f.Name) {
			rest = append(rest, f)
		}
	}
	if len(first) == 0 {
		return rest, nil
	}
	return first, rest
}
