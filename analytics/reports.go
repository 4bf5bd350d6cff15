package analytics

import (
	"context"
	"slices"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// ReportName is a report that Report answers; Keyed ones are about one thing, named by the key.
type ReportName struct {
	Name  string
	Keyed bool
}

// Title names the report for people.
func (r ReportName) Title() text.Message { return text.T("report." + r.Name) }

// report is one line of the table of reports.
type report struct {
	ReportName
	ask func(a *Analytics, ctx context.Context, q Question, key string) (Answer, error)
}

// reports is the one table of what can be asked by name, in the order of the menu.
var reports = []report{
	{ReportName{"cockpit", false}, whole((*Analytics).Cockpit)},
	{ReportName{"meeting", false}, whole((*Analytics).MeetingNow)},
	{ReportName{"briefing", false}, whole((*Analytics).BriefingNow)},
	{ReportName{"projects", false}, whole((*Analytics).Projects)},
	{ReportName{"project", true}, keyed((*Analytics).Project)},
	{ReportName{"leaders", false}, whole((*Analytics).Leaders)},
	{ReportName{"leader", true}, keyed((*Analytics).Leader)},
	{ReportName{"schedule", false}, whole((*Analytics).Schedule)},
	{ReportName{"plan", true}, keyed((*Analytics).planNamed)},
	{ReportName{"resettlement", false}, whole((*Analytics).Resettlement)},
	{ReportName{"tax", false}, whole((*Analytics).Tax)},
	{ReportName{"investment", false}, whole((*Analytics).Investment)},
	{ReportName{"services", false}, whole((*Analytics).Services)},
	{ReportName{"buildings", false}, whole((*Analytics).BuildingEconomy)},
	{ReportName{"building", true}, keyed((*Analytics).Building)},
	{ReportName{"cases", false}, whole((*Analytics).AllCases)},
	{ReportName{"case", true}, keyed((*Analytics).Case)},
	{ReportName{"scores", false}, whole((*Analytics).AllScores)},
	{ReportName{"draw", true}, keyed((*Analytics).Draw)},
	{ReportName{"indicators", false}, whole((*Analytics).Indicators)},
	{ReportName{"grid", false}, whole((*Analytics).gridReport)},
	{ReportName{"enforcement", false}, whole((*Analytics).enforcementReport)},
	{ReportName{"areas", false}, whole((*Analytics).areaReport)},
	{ReportName{"catalogue", false}, whole((*Analytics).Catalogue)},
}

// whole makes a question about everything a line of the table. A failed one gives no Answer at all, not a typed nil.
func whole[T Answer](ask func(*Analytics, context.Context, Question) (T, error)) func(*Analytics, context.Context, Question, string) (Answer, error) {
	return func(a *Analytics, ctx context.Context, q Question, _ string) (Answer, error) {
		ans, err := ask(a, ctx, q)
		if err != nil {
			return nil, err
		}
		return ans, nil
	}
}

// keyed makes a question about one thing a line of the table.
func keyed[T Answer](ask func(*Analytics, context.Context, Question, string) (T, error)) func(*Analytics, context.Context, Question, string) (Answer, error) {
	return func(a *Analytics, ctx context.Context, q Question, key string) (Answer, error) {
		ans, err := ask(a, ctx, q, key)
		if err != nil {
			return nil, err
		}
		return ans, nil
	}
}

// Reports lists what Report answers.
func Reports() []ReportName {
	list := make([]ReportName, len(reports))
	for i, r := range reports {
		list[i] = r.ReportName
	}
	return list
}

// Report answers a report by its name; key names the project, leader or building of a keyed one. An unknown name is NotFound.
func (a *Analytics) Report(ctx context.Context, name string, q Question, key string) (Answer, error) {
	at := slices.IndexFunc(reports, func(r report) bool { return r.Name == name })
	if at < 0 {
		names := []string{}
		for _, r := range reports {
			names = append(names, r.Name)
		}
		return nil, ledger.Fail(ledger.NotFound, text.T("error.unknown_report", name, strings.Join(names, ", ")))
	}
	return reports[at].ask(a, ctx, q, key)
}
