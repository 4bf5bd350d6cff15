package analytics

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Assignment is a term during which somebody leads a project (项目四个一分包); a bound that is not known is open.
type Assignment struct {
	Item    string   `json:"item"` // which of the four items; the wording is the district's own
	Leaders []string `json:"leaders"`
	Section string   `json:"section"`
	From    Date     `json:"from"`
	To      Date     `json:"to"`
	Current bool     `json:"current"` // on the day asked about
}

// endOfDays is a day after all days of a record: reference lists are read whole, whatever day a question stands at.
var endOfDays = ledger.Params{"end": "2199-12-31"}

// assignments reads the terms that have begun, by folded name of the project, in their order.
func (a *Analytics) assignments(ctx context.Context, q Question) (map[string][]Assignment, error) {
	all := map[string][]Assignment{}
	asof := DateOf(q.Clock.Asof)
	err := a.each(ctx, "Projects.Assignments", q, endOfDays, func(rows driver.Rows) error {
		var project string
		var one Assignment
		var from, to *time.Time
		if err := rows.Scan(&project, &one.Item, &one.Leaders, &one.Section, &from, &to); err != nil {
			return err
		}
		one.From, one.To = dateAt(from), dateAt(to)
		one.Current = one.on(asof)
		all[project] = append(all[project], one)
		return nil
	})
	return all, err
}

// on reports whether the term covers a day.
func (a Assignment) on(day Date) bool {
	return !a.From.After(day) && (!a.To.Known() || !day.After(a.To))
}

// Lead is who leads a project on a day: from the assignments when any has begun for it, else from its row in the ledger.
type Lead struct {
	Leaders  []string
	Section  string
	Assigned bool         // from the assignments
	Warning  text.Message // none, or more than one for one item; zero when all is well
}

// leadOf finds the lead of a project on the day of its assignments; leaders and section are those of its row in the ledger.
func leadOf(terms []Assignment, leaders []string, section string) Lead {
	if len(terms) == 0 {
		return Lead{Leaders: leaders, Section: section, Warning: leadWarning(leaders, map[string][]string{"": leaders})}
	}
	lead := Lead{Leaders: []string{}, Assigned: true}
	sections, byItem := []string{}, map[string][]string{}
	for _, t := range terms {
		if !t.Current {
			continue
		}
		for _, name := range t.Leaders {
			lead.Leaders = addOnce(lead.Leaders, name)
			byItem[t.Item] = addOnce(byItem[t.Item], name)
		}
		if t.Section != "" {
			sections = addOnce(sections, t.Section)
		}
	}
	lead.Section = strings.Join(sections, "、")
	if lead.Section == "" {
		lead.Section = section
	}
	lead.Warning = leadWarning(lead.Leaders, byItem)
	return lead
}

// leadWarning says that nobody leads, or that several do for the same item.
func leadWarning(leaders []string, byItem map[string][]string) text.Message {
	if len(leaders) == 0 {
		return text.T("status.lead.none")
	}
	for _, names := range byItem {
		if len(names) > 1 {
			return text.T("status.lead.several", strings.Join(leaders, "、"))
		}
	}
	return text.Message{}
}

func addOnce(list []string, name string) []string {
	if slices.Contains(list, name) {
		return list
	}
	return append(list, name)
}

// appointAll puts the leaders in office on the items.
func (p *portfolio) appointAll(terms map[string][]Assignment) {
	p.terms = terms
	for i := range p.items {
		item := &p.items[i]
		lead := leadOf(p.terms[p.keys[i]], item.Leaders, item.Section)
		item.Leaders, item.Section, item.Assigned, item.LeadWarning = lead.Leaders, lead.Section, lead.Assigned, lead.Warning
		if !lead.Warning.IsZero() {
			item.LeadWarningZh, item.LeadWarningEn = lead.Warning.In(text.Zh), lead.Warning.In(text.En)
		}
	}
}

// history gives a project's terms, newest first.
func (p *portfolio) history(key string) []Assignment {
	list := slices.Clone(p.terms[key])
	slices.Reverse(list)
	if list == nil {
		return []Assignment{}
	}
	return list
}

// workingCalendar reads the office's calendar: Monday to Friday, and what its list of holidays and worked weekends changes.
func (a *Analytics) workingCalendar(ctx context.Context, q Question) (*Calendar, error) {
	return once(ctx, partOf{"calendar", ofClock(q)}, func() (*Calendar, error) { return a.readCalendar(ctx, ofClock(q)) })
}

func (a *Analytics) readCalendar(ctx context.Context, q Question) (*Calendar, error) {
	var list []CalendarDay
	err := a.each(ctx, "Calendar.Days", q, endOfDays, func(rows driver.Rows) error {
		var day *time.Time
		var kind string
		if err := rows.Scan(&day, &kind); err != nil {
			return err
		}
		switch {
		case strings.Contains(kind, "班"):
			list = append(list, CalendarDay{dateAt(day), true})
		case kind != "":
			list = append(list, CalendarDay{dateAt(day), false})
		}
		return nil
	})
	return NewCalendar(list), err
}
