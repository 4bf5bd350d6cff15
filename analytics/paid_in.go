package analytics

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// payment is money that came in for a project in one span, from one source, in one currency.
type payment struct {
	project, key     string
	first            Date
	months           int64
	on               Date // the day, where the sheet has one
	source, currency string
	amount           ledger.Decimal
}

// payments are all payments of the record with the rates to convert them.
type payments struct {
	list  []payment
	rates exchange
}

func (a *Analytics) payments(ctx context.Context, q Question) (*payments, error) {
	p := &payments{}
	err := a.each(ctx, "Investment.PaidIn", q, nil, func(rows driver.Rows) error {
		var one payment
		var first time.Time
		var on nullDay
		if err := rows.Scan(&one.project, &one.key, &first, &one.months, &on, &one.source, &one.currency, &one.amount); err != nil {
			return err
		}
		one.first, one.on, one.currency = DateOf(first), dateAt(on), currencyCode(one.currency)
		p.list = append(p.list, one)
		return nil
	})
	if err != nil {
		return nil, err
	}
	p.rates, err = a.exchange(ctx, q)
	return p, err
}

// byProject adds up what came in by folded project and currency.
func (p *payments) byProject() map[[2]string]ledger.Decimal {
	sums := map[[2]string]ledger.Decimal{}
	for _, one := range p.list {
		at := [2]string{one.key, one.currency}
		sums[at] = plus(sums[at], one.amount)
	}
	return sums
}

// month is the month a payment counts in: the last one of its span.
func (one payment) month() string {
	return monthOf(one.first.Time().AddDate(0, int(max(one.months, 1))-1, 0))
}

// day is the day whose rate converts a payment: its own, else the last of its span.
func (one payment) day() Date {
	if one.on.Known() {
		return one.on
	}
	return DateOf(one.first.Time().AddDate(0, int(max(one.months, 1)), -1))
}

// overlapped reports whether single months of the same project, source and currency stand within a span of several: it repeats them.
func (p *payments) overlapped(span payment) bool {
	last := span.first.Time().AddDate(0, int(span.months), -1)
	return span.months > 1 && slices.ContainsFunc(p.list, func(one payment) bool {
		return one.months < span.months && one.key == span.key && one.source == span.source && one.currency == span.currency &&
			!span.first.After(one.first) && !one.first.Time().After(last)
	})
}

// of lays out what came in in a year.
func (p *payments) of(year int, today Date) PaidInSheet {
	s := PaidInSheet{Year: year, Months: []PaidInMonth{}, Sources: []PaidInPart{}, Currencies: []PaidInCurrency{}, LeftOut: []PaidInSpan{}, Register: RegisterComparison{Rows: []RegisterDifference{}}}
	s.parts = map[string]ledger.Decimal{}
	for _, one := range p.list {
		y := one.first.Time().Year()
		switch {
		case y != year && y != year-1:
		case p.overlapped(one):
			if y == year {
				s.LeftOut = append(s.LeftOut, PaidInSpan{one.project, monthOf(one.first.Time()), one.months, one.currency, one.amount})
			}
		case y == year-1:
			s.before(one)
		default:
			s.add(one, p.rates, today)
		}
	}
	s.finish()
	return s
}

// before takes in a payment of the year before: only yuan is compared.
func (s *PaidInSheet) before(one payment) {
	if one.currency == yuanCurrency {
		m := s.month(nextYear(one.month()))
		m.LastYearYuan = plus(m.LastYearYuan, one.amount)
	}
}

func nextYear(month string) string { return monthOf(dayOfMonth(month).AddDate(1, 0, 0)) }

// add takes in a payment of the year.
func (s *PaidInSheet) add(one payment, rates exchange, today Date) {
	m, part := s.month(one.month()), s.source(one.source)
	s.Through = max(s.Through, one.month())
	if one.currency == yuanCurrency {
		m.Yuan, part.Yuan, s.Total.Yuan = plus(m.Yuan, one.amount), plus(part.Yuan, one.amount), plus(s.Total.Yuan, one.amount)
		s.parts[one.key] = plus(s.parts[one.key], one.amount)
		s.name(one)
		return
	}
	c := s.currency(one.currency)
	c.Amount = plus(c.Amount, one.amount)
	day := one.day()
	if day.After(today) {
		day = today
	}
	s.name(one)
	rate, found := rates.at(one.currency, day)
	if !found {
		c.Apart = plus(c.Apart, one.amount)
		m.apart(one.currency, one.amount)
		part.apart(one.currency, one.amount)
		s.Total.apart(one.currency, one.amount)
		s.unsettled = append(s.unsettled, one.key)
		return
	}
	yuan := one.amount.Mul(rate.Yuan)
	c.use(rate)
	for _, sum := range []*ledger.Decimal{&c.Yuan, &m.ForeignYuan, &part.ForeignYuan, &s.Total.ForeignYuan} {
		*sum = plus(*sum, yuan)
	}
	s.parts[one.key] = plus(s.parts[one.key], yuan)
}

// name keeps how a project is written.
func (s *PaidInSheet) name(one payment) {
	if s.names == nil {
		s.names = map[string]string{}
	}
	s.names[one.key] = cmp.Or(s.names[one.key], one.project)
}

// finish works out what follows from the sums.
func (s *PaidInSheet) finish() {
	slices.SortFunc(s.Months, func(a, b PaidInMonth) int { return cmp.Compare(a.Month, b.Month) })
	for i := range s.Months {
		m := &s.Months[i]
		m.finish()
		m.GrowthPercent = GrowthPercent(m.LastYearYuan, m.Yuan)
		if m.Month <= s.Through {
			s.LastYearYuan = plus(s.LastYearYuan, m.LastYearYuan)
		}
	}
	s.Total.finish()
	s.GrowthPercent = GrowthPercent(s.LastYearYuan, s.Total.Yuan)
	for i := range s.Sources {
		s.Sources[i].finish()
		s.Sources[i].SharePercent = Percent(s.Sources[i].TotalYuan, s.Total.TotalYuan)
	}
	slices.SortStableFunc(s.Sources, func(a, b PaidInPart) int { return b.TotalYuan.Cmp(a.TotalYuan) })
	slices.SortFunc(s.Currencies, func(a, b PaidInCurrency) int { return cmp.Compare(a.Currency, b.Currency) })
}

// finish adds yuan and what was converted.
func (m *PaidInSum) finish() { m.TotalYuan = plus(m.Yuan, m.ForeignYuan) }

func (m *PaidInSum) apart(currency string, amount ledger.Decimal) {
	for i := range m.Apart {
		if m.Apart[i].Currency == currency {
			m.Apart[i].Amount = plus(m.Apart[i].Amount, amount)
			return
		}
	}
	m.Apart = append(m.Apart, ForeignAmount{currency, amount})
}

func (c *PaidInCurrency) use(rate ExchangeRate) {
	if !slices.ContainsFunc(c.Rates, func(r ExchangeRate) bool { return r.On == rate.On }) {
		c.Rates = append(c.Rates, rate)
	}
}

// month, source and currency find a line of the sheet or begin it.
func (s *PaidInSheet) month(name string) *PaidInMonth {
	i := slices.IndexFunc(s.Months, func(m PaidInMonth) bool { return m.Month == name })
	if i < 0 {
		i = len(s.Months)
		s.Months = append(s.Months, PaidInMonth{Month: name, PaidInSum: PaidInSum{Apart: []ForeignAmount{}}})
	}
	return &s.Months[i]
}

func (s *PaidInSheet) source(name string) *PaidInPart {
	i := slices.IndexFunc(s.Sources, func(p PaidInPart) bool { return p.Source == name })
	if i < 0 {
		i = len(s.Sources)
		s.Sources = append(s.Sources, PaidInPart{Source: name, PaidInSum: PaidInSum{Apart: []ForeignAmount{}}})
	}
	return &s.Sources[i]
}

func (s *PaidInSheet) currency(code string) *PaidInCurrency {
	i := slices.IndexFunc(s.Currencies, func(c PaidInCurrency) bool { return c.Currency == code })
	if i < 0 {
		i = len(s.Currencies)
		s.Currencies = append(s.Currencies, PaidInCurrency{Currency: code, Rates: []ExchangeRate{}})
	}
	return &s.Currencies[i]
}
