package analytics

import (
	"context"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// ServiceState is where a service case (全程代办) stands against the working days that were promised.
type ServiceState string

// The states of a service case. Without a day of acceptance or a promise a case has no due day and is never overdue.
const (
	ServiceOpen     ServiceState = "open"      // under way and not due yet, or without a due day
	ServiceOverdue  ServiceState = "overdue"   // under way after its due day
	ServiceOnTime   ServiceState = "on_time"   // finished by its due day
	ServiceLate     ServiceState = "late"      // finished after it
	ServiceFinished ServiceState = "undatable" // finished on no stated day, or without a due day: neither in time nor late
)

// ServiceStates are all states in the order they are offered.
var ServiceStates = []ServiceState{ServiceOverdue, ServiceOpen, ServiceLate, ServiceOnTime, ServiceFinished}

// ServiceCases are the cases with what they come to. A case is due so many working days after the day it was accepted, by the office's calendar.
type ServiceCases struct {
	Counts  map[ServiceState]int64 `json:"counts"`
	OnTime  Rate                   `json:"on_time"` // finished by their due day, of those finished on a stated day with a due day
	Overdue []ServiceCase          `json:"overdue"` // the latest first
	Cases   []ServiceCase          `json:"cases"`
	// Departments have cases, by name, with those overdue.
	Departments []ServiceDepartment `json:"departments"`
}

// ServiceDepartment is a department's share of the cases.
type ServiceDepartment struct {
	Department string `json:"department"`
	Cases      int64  `json:"cases"`
	Open       int64  `json:"open"` // overdue ones included
	Overdue    int64  `json:"overdue"`
	OnTime     Rate   `json:"on_time"`
}

// ServiceCase is one case; DaysLate counts working days after its due day, to the day it was finished or to the day asked for.
type ServiceCase struct {
	Number       string         `json:"number"`
	Company      string         `json:"company"`
	Item         string         `json:"item"`
	Department   string         `json:"department"`
	Status       string         `json:"status"`
	AcceptedOn   Date           `json:"accepted_on"`
	PromisedDays ledger.Decimal `json:"promised_days"` // working days
	DueOn        Date           `json:"due_on"`
	FinishedOn   Date           `json:"finished_on"`
	State        ServiceState   `json:"state"`
	DaysLate     ledger.Decimal `json:"days_late"` // null when it is not late or has no due day
}

// ServicesQuestion asks for the service cases that meet a filter.
type ServicesQuestion struct {
	Question
	State      ServiceState
	Department string
	Text       string // part of the number, company or item
}

// ServicesAnswer is the list of service cases: Items meet the filter, the counts are of all.
type ServicesAnswer struct {
	Stamp `json:"stamp"`

	ServiceCases
	Items []ServiceCase `json:"items"`

	Asked ServicesQuestion `json:"-"`
}

// ServiceList answers the service cases and those among them that meet a filter.
func (a *Analytics) ServiceList(ctx context.Context, q ServicesQuestion) (*ServicesAnswer, error) {
	stamp, err := a.stamp(ctx, q.Question, "", "services", "calendar")
	if err != nil {
		return nil, err
	}
	ans := &ServicesAnswer{Stamp: stamp, Asked: q, Items: []ServiceCase{}}
	if ans.ServiceCases, err = a.serviceCases(ctx, q.Question); err != nil {
		return nil, err
	}
	for _, c := range ans.Cases {
		if (q.State == "" || q.State == c.State) && (q.Department == "" || q.Department == c.Department) && c.holds(q.Text) {
			ans.Items = append(ans.Items, c)
		}
	}
	return ans, nil
}

func (c ServiceCase) holds(text string) bool {
	for _, part := range []string{c.Number, c.Company, c.Item} {
		if strings.Contains(ledger.NameKey(part), ledger.NameKey(text)) {
			return true
		}
	}
	return false
}

// Services answers all service cases, for the report.
func (a *Analytics) Services(ctx context.Context, q Question) (*ServicesAnswer, error) {
	return a.ServiceList(ctx, ServicesQuestion{Question: q})
}

// serviceCases reads the cases and holds them against the working calendar.
func (a *Analytics) serviceCases(ctx context.Context, q Question) (ServiceCases, error) {
	s := ServiceCases{Counts: map[ServiceState]int64{}, Overdue: []ServiceCase{}, Cases: []ServiceCase{}, Departments: []ServiceDepartment{}}
	calendar, err := a.workingCalendar(ctx, q)
	if err != nil {
		return s, err
	}
	err = a.each(ctx, "Services.Cases", q, nil, func(rows driver.Rows) error {
		var c ServiceCase
		var accepted, finished nullDay
		var promised *int64
		if err := rows.Scan(&c.Number, &c.Company, &c.Item, &accepted, &promised, &c.Department, &finished, &c.Status); err != nil {
			return err
		}
		c.AcceptedOn, c.FinishedOn = dateAt(accepted), dateAt(finished)
		if promised != nil {
			c.PromisedDays = ledger.Int(*promised)
		}
		c.judge(DateOf(q.Clock.Asof), promised, calendar)
		s.add(c)
		return nil
	})
	s.finish()
	return s, err
}

// judge finds the due day and where the case stands against it; a finish that is still to come has not happened.
func (c *ServiceCase) judge(today Date, promised *int64, calendar *Calendar) {
	if promised != nil && c.AcceptedOn.Known() {
		c.DueOn = calendar.date(calendar.number(c.AcceptedOn) + *promised)
	}
	dated := c.FinishedOn.Known() && !c.FinishedOn.After(today)
	finished := dated || slices.Contains(ledger.Services.Closing.Values, c.Status) && !c.FinishedOn.After(today)
	until := today
	if dated {
		until = c.FinishedOn
	}
	// A weekend after the due day is not a day late yet.
	late := c.DueOn.Known() && calendar.number(until) > calendar.number(c.DueOn)
	switch {
	case finished && (!dated || !c.DueOn.Known()):
		c.State = ServiceFinished
		return
	case finished && late:
		c.State = ServiceLate
	case finished:
		c.State = ServiceOnTime
	case late:
		c.State = ServiceOverdue
	default:
		c.State = ServiceOpen
	}
	if late {
		c.DaysLate = ledger.Int(calendar.number(until) - calendar.number(c.DueOn))
	}
}

func (s *ServiceCases) add(c ServiceCase) {
	s.Cases = append(s.Cases, c)
	s.Counts[c.State]++
	i := slices.IndexFunc(s.Departments, func(d ServiceDepartment) bool { return d.Department == c.Department })
	if i < 0 {
		i = len(s.Departments)
		s.Departments = append(s.Departments, ServiceDepartment{Department: c.Department})
	}
	d := &s.Departments[i]
	d.Cases++
	switch c.State {
	case ServiceOverdue:
		s.Overdue = append(s.Overdue, c)
		d.Overdue++
		d.Open++
	case ServiceOpen:
		d.Open++
	case ServiceOnTime, ServiceLate:
		done := oneIf(c.State == ServiceOnTime)
		s.OnTime.add(done, ledger.Int(1))
		d.OnTime.add(done, ledger.Int(1))
	}
}

func (s *ServiceCases) finish() {
	s.OnTime.Percent = Percent(s.OnTime.Numerator, s.OnTime.Denominator)
	for i := range s.Departments {
		r := &s.Departments[i].OnTime
		r.Percent = Percent(r.Numerator, r.Denominator)
	}
	slices.SortFunc(s.Departments, func(a, b ServiceDepartment) int { return strings.Compare(a.Department, b.Department) })
	slices.SortStableFunc(s.Overdue, func(a, b ServiceCase) int { return b.DaysLate.Cmp(a.DaysLate) })
}

// Table is the cases that meet the filter.
func (ans *ServicesAnswer) Table() Table {
	t := Table{Columns: []Column{
		{"number", "编号", "No.", ""}, {"company", "企业名称", "Company", ""}, {"item", "代办事项", "Item", ""}, {"department", "办理部门", "Department", ""},
		{"status", "状态", "Status", ""}, {"accepted_on", "受理日期", "Accepted", ""}, {"promised_days", "承诺时限", "Promised", "工作日"}, {"due_on", "应办结日期", "Due", ""},
		{"finished_on", "办结日期", "Finished", ""}, {"state", "时限情况", "State", ""}, {"days_late", "超期", "Late", "工作日"},
	}}
	for _, c := range ans.Items {
		t.Rows = append(t.Rows, []any{c.Number, c.Company, c.Item, c.Department, c.Status, c.AcceptedOn.cell(), c.PromisedDays, c.DueOn.cell(), c.FinishedOn.cell(), string(c.State), c.DaysLate})
	}
	return t
}
