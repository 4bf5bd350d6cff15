package server

import (
	"cmp"
	"strconv"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// taxMonths is the tax of single months beside the same months of earlier years.
func (p page) taxMonths(ans *analytics.TaxAnswer) (*card, error) {
	c := p.card("tax_months", "s6")
	if ans.Through == "" {
		return c.nothing("tax"), nil
	}
	p.taxGaps(c, ans)
	n := p.Num()
	c.Table = p.columns(col("month"), numCol("tax", n.unit("wan")))
	p.earlierColumns(c.Table, ans)
	c.Table.Columns = append(c.Table.Columns, p.columns(numCol("growth", "%")).Columns...)
	for _, m := range ans.Months {
		cells := []cell{words(m.Month), num(n.wan(m.TaxYuan)).from(p.taxSource(ans, "period", m.Month+"-01"))}
		for _, e := range m.Earlier {
			cells = append(cells, num(n.wan(e.TaxYuan)).from(p.taxSource(ans, "period", strconv.Itoa(e.Year)+m.Month[4:]+"-01")))
		}
		c.Table.add(append(cells, num(n.change(m.GrowthPercent, 2)))...)
	}
	return c, c.draw(charts.TaxMonths(p.draws(), ans), "")
}

// taxSums is the year so far beside earlier years and the target by its time progress.
func (p page) taxSums(ans *analytics.TaxAnswer) (*card, error) {
	c := p.card("tax_sums", "s6")
	if ans.Through == "" {
		return c.nothing("tax"), nil
	}
	if ans.Break != nil {
		c.More = append(c.More, span{p.T("page.note.break_total", ans.Break.Months[0]), "warn"})
	}
	n := p.Num()
	c.Table = p.columns(col("month"), numCol("cumulative", n.unit("wan")))
	p.earlierColumns(c.Table, ans)
	c.Table.Columns = append(c.Table.Columns, p.columns(numCol("growth", "%"), numCol("target", n.unit("wan"))).Columns...)
	for _, m := range ans.Months {
		cells := []cell{words(m.Month), num(n.wan(m.CumulativeYuan))}
		for _, e := range m.Earlier {
			cells = append(cells, num(n.wan(e.CumulativeYuan)))
		}
		c.Table.add(append(cells, num(n.change(m.CumulativeGrowthPercent, 2)), num(n.wan(m.TargetYuan)))...)
	}
	return c, c.draw(charts.TaxSums(p.draws(), ans), "")
}

// taxGaps says which months are missing and which periods are not added.
func (p page) taxGaps(c *card, ans *analytics.TaxAnswer) {
	if len(ans.MissingMonths) > 0 {
		c.More = append(c.More, span{p.T("page.note.missing_months", joined(ans.MissingMonths, p.T("page.comma"))), "warn"})
	}
	for _, out := range ans.LeftOut {
		c.More = append(c.More, span{p.T("page.note.left_out", out.Month, out.Months, p.sayFigure(p.Num().yuan(out.TaxYuan))), "warn"})
	}
}

// earlierColumns puts a column for each of the years before into a table of months.
func (p page) earlierColumns(t *table, ans *analytics.TaxAnswer) {
	for _, e := range ans.Months[0].Earlier {
		t.Columns = append(t.Columns, column{Label: strconv.Itoa(e.Year), Unit: p.Num().unit("wan"), Kind: "num"})
	}
}

// taxRanks is the published place in the district by years; an unpublished population is a dash.
func (p page) taxRanks(ans *analytics.TaxAnswer) (*card, error) {
	c := p.card("tax_ranks", "s6")
	if ans.Part != nil {
		c.None = p.T("page.note.whole_only")
		return c, nil
	}
	if len(ans.Ranks) == 0 {
		return c.nothing("tax_ranks"), nil
	}
	c.Table = p.columns(col("year"), numCol("rank", ""))
	for i := len(ans.Ranks) - 1; i >= 0; i-- {
		r := ans.Ranks[i]
		c.Table.add(words(strconv.Itoa(r.Year)), cell{figure: figure{Value: rankOf(r.Rank, r.Population),
			Href: p.Source("ranks", ledger.Filter{"indicator": analytics.TaxIndicator, "year": strconv.Itoa(r.Year) + "-01-01"})}})
	}
	return c, c.draw(charts.DistrictRanks(p.draws(), ans.Ranks), "h200")
}

// rankOf writes 2/16, or 2/— when nobody published of how many.
func rankOf(rank, population ledger.Decimal) string {
	if !rank.Valid() {
		return dash
	}
	return value(rank) + "/" + value(population)
}

// taxTypes are the types of tax, with what the reform of 2016 does to their comparison.
func (p page) taxTypes(ans *analytics.TaxAnswer) (*card, error) {
	c, err := p.taxShares("tax_types", "tax_type", ans, ans.ByType)
	if b := ans.Break; b != nil && b.BothYuan.Valid() && err == nil {
		n := p.Num()
		c.More = append(c.More, span{p.T("page.note.break", joined(b.Months, p.T("page.comma")), p.sayFigure(n.yuan(b.BothYuan)),
			p.sayFigure(n.yuan(b.LastYearBothYuan)), p.sayFigure(n.change(b.BothGrowth, 2))), "warn"})
	}
	return c, err
}

// taxIndustries are the sections of GB/T 4754, each leading to its own page of tax.
func (p page) taxIndustries(ans *analytics.TaxAnswer) (*card, error) {
	c := p.card("tax_industries", "")
	if len(ans.ByIndustry) == 0 {
		return c.nothing("tax"), nil
	}
	n := p.Num()
	shown := make([]analytics.TaxShare, len(ans.ByIndustry))
	c.Table = p.columns(col("tax_industries"), numCol("tax", n.unit("wan")), numCol("share", "%"), numCol("last_year", n.unit("wan")), numCol("growth", "%"),
		numCol("companies", ""), textCol("tax_words"))
	for i, s := range ans.ByIndustry {
		shown[i] = s
		asked := s.Section
		if s.Section != "" {
			shown[i].Name = analytics.SectionName(s.Section, p.Lang)
		} else if len(s.Words) > 0 {
			asked = s.Name
		}
		name := words(shown[i].Name)
		if s.Section != "" {
			name = words(s.Section + " " + shown[i].Name)
		}
		if asked != "" {
			name = name.from(p.With("industry", asked))
		}
		c.Table.add(name, num(n.wan(s.TaxYuan)), num(n.percent(s.SharePercent, 2)), num(n.wan(s.LastYearYuan)), num(n.change(s.ChangePercent, 2)),
			num(n.whole(int(s.Companies), "")), words(joined(s.Words, p.T("page.comma"))))
	}
	c.More = []span{{p.T("page.note.industry", ans.IndustryEdition), "mute"}}
	height := "h240"
	if len(shown) > 6 {
		height = "h320"
	}
	return c, c.draw(charts.TaxShares(p.draws(), shown, 12), height)
}

// taxMovement lists the payers that came or went, the largest first; files hold all of them.
func (p page) taxMovement(key string, m analytics.TaxMovement) *card {
	c := p.card(key, "s6 long")
	if !m.Count.Valid() {
		return c.nothing("tax_movements")
	}
	if len(m.Payers) == 0 {
		c.None = p.T("page.note.nobody")
		return c
	}
	n := p.Num()
	c.Hint += " · " + p.sayFigure(n.count(m.Count, "firms")) + " · " + p.sayFigure(n.yuan(m.Yuan))
	c.Table = p.columns(col("company"), numCol("tax", n.unit("wan")), numCol("last_year", n.unit("wan")))
	c.Table.Fold = movementsShown
	for _, t := range m.Payers {
		c.Table.add(leads(t.Company, p.taxSource(nil, "company", t.Company)), num(n.wan(t.TaxYuan)), num(n.wan(t.LastYearYuan)))
	}
	return c
}

// movementsShown is how many new and lost payers stand open on the page.
const movementsShown = 20

// choosePart offers the months to compare through, and the parts of the area's tax, in a bar above the figures.
func (p page) choosePart(ans *analytics.TaxAnswer, buildings []string) *sieve {
	s := p.sieve("month", "building", "industry")
	choose := func(name, label string, options []option) {
		s.Choices = append(s.Choices, filter{Name: name, Label: label, Options: options})
	}
	all := option{"", p.T("page.filter.whole"), false}
	months := []option{{"", p.T("page.filter.whole"), p.Question.Month == 0}}
	for m := 1; m <= ans.Covered(); m++ {
		months = append(months, option{strconv.Itoa(m), p.T("figure.month." + strconv.Itoa(m)), m == p.Question.Month})
	}
	choose("month", p.T("page.filter.month"), months)
	list := []option{all}
	seen := p.Question.Building == ""
	for _, b := range buildings {
		here := ledger.NameKey(b) == ledger.NameKey(p.Question.Building)
		seen = seen || here
		list = append(list, option{b, b, here})
	}
	if !seen {
		list = append(list, option{p.Question.Building, p.Question.Building, true})
	}
	choose("building", p.T("page.filter.building"), list)
	list, seen = []option{all}, p.Question.Industry == ""
	asked, _ := analytics.SectionOf(p.Question.Industry)
	for _, s := range analytics.IndustrySections {
		here := s.Letter == asked
		seen = seen || here
		list = append(list, option{s.Letter, s.Letter + " " + analytics.SectionName(s.Letter, p.Lang), here})
	}
	if !seen {
		list = append(list, option{p.Question.Industry, p.Question.Industry, true})
	}
	choose("industry", p.T("page.filter.industry"), list)
	return s
}

// partName names what a page of a part is about.
func (p page) partName(part *analytics.TaxPart) string {
	industry := part.Industry
	if letter, known := analytics.SectionOf(industry); known {
		industry = analytics.SectionName(letter, p.Lang)
	}
	if part.Building != "" && industry != "" {
		return part.Building + p.T("page.comma") + industry
	}
	return cmp.Or(part.Building, industry)
}
