package analytics

import (
	"context"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// The currencies amounts are added up in; nothing is ever converted.
const (
	yuanCurrency   = "CNY"
	dollarCurrency = "USD"
)

const (
	stageIntended = "意向"
	stageSigned   = "签约"
	stageLanded   = "注册落地"
	stageStarted  = "开工"
)

var (
	// signedStages are the stages at which a contract is signed, in order.
	signedStages = []string{stageSigned, stageLanded, stageStarted, "投产"}
	// exitStages lead out of the funnel.
	exitStages = []string{"搁置", "终止", "流失"}
)

// Investment answers what the leads stand at, what is signed or intended, what was paid in, how far the target is and what is run for the firms.
func (a *Analytics) Investment(ctx context.Context, q Question) (*InvestmentAnswer, error) {
	return a.InvestmentList(ctx, q, LeadFilter{})
}

// LeadFilter picks leads out of the list; what is empty picks all.
type LeadFilter struct {
	Stage string
	Text  string // part of the project, the investor or the agent
}

func (f LeadFilter) meets(l InvestmentLead) bool {
	if f.Stage != "" && f.Stage != l.Stage {
		return false
	}
	return slices.ContainsFunc([]string{l.Project, l.Investor, l.Agent}, func(part string) bool {
		return strings.Contains(ledger.NameKey(part), ledger.NameKey(f.Text))
	})
}

// InvestmentList is Investment whose list of leads holds those that meet a filter; every figure is of all.
func (a *Analytics) InvestmentList(ctx context.Context, q Question, filter LeadFilter) (*InvestmentAnswer, error) {
	ans, err := a.leads(ctx, q)
	if err != nil {
		return nil, err
	}
	ans.Filter, ans.Items = filter, []InvestmentLead{}
	for _, l := range ans.Leads {
		if filter.meets(l) {
			ans.Items = append(ans.Items, l)
		}
	}
	if ans.Stamp, err = a.stamp(ctx, q, "", investmentDatasets...); err != nil {
		return nil, err
	}
	payments, err := a.payments(ctx, q)
	if err != nil {
		return nil, err
	}
	today := DateOf(q.Clock.Asof)
	ans.Cohort = ans.cohort(q.Year, today, payments.byProject())
	ans.Sheet = payments.of(q.YearOr(), today)
	if q.YearOr() == q.Clock.Asof.Year() {
		ans.Sheet.compare(ans.Leads)
	}
	if ans.Target, err = a.investmentTarget(ctx, q); err != nil {
		return nil, err
	}
	ans.Services, err = a.serviceCases(ctx, q)
	return ans, err
}

// investmentDatasets are what the page of investment is read from.
var investmentDatasets = []string{"investment", "paid_in", "rates", "indicators", "targets", "services"}

// leads answers what follows from the register of leads alone.
func (a *Analytics) leads(ctx context.Context, q Question) (*InvestmentAnswer, error) {
	stamp, err := a.stamp(ctx, q, "", "investment")
	if err != nil {
		return nil, err
	}
	ans := &InvestmentAnswer{Stamp: stamp, Leads: []InvestmentLead{}}
	err = a.each(ctx, "Investment.Leads", q, nil, func(rows driver.Rows) error {
		lead, err := scanLead(rows)
		lead.judge(DateOf(q.Clock.Asof))
		ans.Leads = append(ans.Leads, lead)
		return err
	})
	ans.addUp()
	today := DateOf(q.Clock.Asof)
	ans.Funnel = funnel(ans.Leads, today)
	all := ans.cohort(0, today, nil)
	ans.PaidIn, ans.Landed, ans.Started = all.PaidIn, all.Landed, all.Started
	return ans, err
}

func scanLead(rows driver.Rows) (InvestmentLead, error) {
	var l InvestmentLead
	var days [6]nullDay
	err := rows.Scan(&l.Project, &l.Investor, &l.Origin, &l.Industry, &l.Stage, &l.ContractAmount, &l.Currency, &l.FundSource,
		&l.PaidInYearYuan, &l.PaidInTotalYuan, &days[0], &days[1], &days[2], &days[3], &days[4], &days[5], &l.Agent, &l.Building, &l.LostReason)
	for i, to := range []*Date{&l.TalksOn, &l.IntendedOn, &l.SignedOn, &l.RegisteredOn, &l.StartedOn, &l.OperatingOn} {
		*to = dateAt(days[i])
	}
	l.Currency = currencyCode(l.Currency)
	return l, err
}

// judge works out what follows from a lead's own figures and dates.
func (l *InvestmentLead) judge(today Date) {
	if l.Currency == yuanCurrency {
		l.PaidInPercent = Percent(l.PaidInTotalYuan, l.ContractAmount)
		l.OverContract = l.PaidInPercent.Cmp(hundred) > 0
	}
	if l.StageOn = l.began(l.Stage); l.StageOn.Known() {
		l.StageDays = ledger.Int(today.Since(l.StageOn))
	}
	// Rooms may be taken and business begin before own works start, so the last date is not compared.
	last := Date{}
	for _, day := range []Date{l.TalksOn, l.SignedOn, l.RegisteredOn, l.StartedOn} {
		if !day.Known() {
			continue
		}
		l.DatesOutOfOrder = l.DatesOutOfOrder || last.After(day)
		last = day
	}
}

// addUp sums the leads by stage.
func (ans *InvestmentAnswer) addUp() {
	ans.ByStage = []InvestmentStage{}
	for _, stage := range ans.stages() {
		sum := InvestmentStage{Stage: stage, Signed: slices.Contains(signedStages, stage), Exit: slices.Contains(exitStages, stage)}
		for _, l := range ans.Leads {
			if l.Stage == stage {
				sum.add(l)
			}
		}
		if sum.Count > 0 {
			ans.ByStage = append(ans.ByStage, sum)
		}
	}
	for _, l := range ans.Leads {
		ans.Total.add(l)
		switch {
		case slices.Contains(signedStages, l.Stage):
			ans.Signed.add(l)
		case l.Stage == stageIntended:
			ans.Intended.add(l)
		}
	}
}

// stages lists the stages as they are declared, then any other the sheets use.
func (ans *InvestmentAnswer) stages() []string {
	field, _ := ledger.Investment.Field("stage")
	stages := slices.Clone(field.Allowed)
	for _, l := range ans.Leads {
		if !slices.Contains(stages, l.Stage) {
			stages = append(stages, l.Stage)
		}
	}
	return stages
}

// add takes one more thing into a rate; a missing numerator counts as nothing and is told.
func (r *Rate) add(numerator, denominator ledger.Decimal) {
	r.Count++
	if !numerator.Valid() {
		r.Blank++
	}
	r.Numerator = r.Numerator.OrZero().Add(numerator.OrZero())
	r.Denominator = r.Denominator.OrZero().Add(denominator)
}

// add sums a lead's amounts, dollars apart.
func (s *InvestmentSum) add(l InvestmentLead) {
	s.Count++
	s.PaidInYearYuan = plus(s.PaidInYearYuan, l.PaidInYearYuan)
	s.PaidInTotalYuan = plus(s.PaidInTotalYuan, l.PaidInTotalYuan)
	switch l.Currency {
	case yuanCurrency:
		s.ContractYuan = plus(s.ContractYuan, l.ContractAmount)
	case dollarCurrency:
		s.ContractUSD = plus(s.ContractUSD, l.ContractAmount)
	default:
		s.OtherCurrency++
	}
}

// Table is the leads that meet the filter.
func (ans *InvestmentAnswer) Table() Table {
	t := Table{Columns: []Column{
		{"project", "项目名称", "Project", ""}, {"investor", "投资方", "Investor", ""}, {"origin", "来源地", "From", ""}, {"stage", "阶段", "Stage", ""},
		{"contract_amount", "合同额", "Contract", ""}, {"currency", "币种", "Currency", ""}, {"paid_in_year_yuan", "当年到位资金", "Paid in this year", "元"},
		{"paid_in_total_yuan", "累计到位资金", "Paid in in all", "元"}, {"paid_in_percent", "到位率", "Paid in", "%"}, {"talks_on", "洽谈日期", "Talks", ""},
		{"intended_on", "意向日期", "Intention", ""}, {"signed_on", "签约日期", "Signed", ""}, {"registered_on", "注册日期", "Registered", ""},
		{"started_on", "开工日期", "Started", ""}, {"operating_on", "投产日期", "Operating", ""}, {"agent", "代办员", "Agent", ""},
		{"stage_days", "在此阶段", "In stage", "天"}, {"lost_reason", "流失原因", "Why lost", ""},
	}}
	for _, l := range ans.Items {
		t.Rows = append(t.Rows, []any{l.Project, l.Investor, l.Origin, l.Stage, l.ContractAmount, l.Currency, l.PaidInYearYuan, l.PaidInTotalYuan, l.PaidInPercent,
			l.TalksOn.cell(), l.IntendedOn.cell(), l.SignedOn.cell(), l.RegisteredOn.cell(), l.StartedOn.cell(), l.OperatingOn.cell(), l.Agent, l.StageDays, l.LostReason})
	}
	return t
}
