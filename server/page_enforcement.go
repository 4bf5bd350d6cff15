package server

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// counterWord is the word of an address that names the counter whose series is shown.
const counterWord = "counter"

// enforcementPage is the counters of enforcement with their sums and the lines behind them.
type enforcementPage struct {
	page
	Series, Parts, Counters *card
	Sums                    section
	Lines                   []section
}

// firstCounted is how many sums, and lines behind a counter, stand open; the rest is folded away.
const firstCounted = 6

// askEnforcement reads the counter whose series is asked for.
func (a *app) askEnforcement(c *fiber.Ctx, q analytics.Question) (*analytics.EnforcementAnswer, error) {
	return a.analytics.Enforcement(c.UserContext(), analytics.EnforcementQuestion{Question: q, Counter: c.Query(counterWord)})
}

func (a *app) showEnforcement(c *fiber.Ctx, q analytics.Question, ans *analytics.EnforcementAnswer) error {
	p := enforcementPage{page: a.newAnswerPage(c, "enforcement", q, ans.Foot())}
	var options []option
	for _, one := range ans.Counters {
		if one.Shown() != nil {
			options = append(options, option{one.Counter, one.Counter, one.Counter == ans.Counter})
		}
	}
	p.choose(counterWord, p.T("page.filter.counter"), options)
	p.keepOwn(c, counterWord)
	if len(ans.Counters) == 0 {
		p.Counters = p.card("enf_counters", "").nothing("enforcement")
		return a.render(c, "enforcement", p)
	}
	p.KPIs = p.enforcementKPIs(ans)
	var err error
	if p.Series, err = p.seriesCard(ans); err != nil {
		return err
	}
	if p.Parts, err = p.partsCard(ans); err != nil {
		return err
	}
	p.Sums, p.Counters = p.folded(p.sumsCard(ans), firstCounted), p.countersCard(ans)
	for i, one := range ans.Ledgers {
		p.Lines = append(p.Lines, p.folded(p.linesCard(one, i), firstCounted))
	}
	return a.render(c, "enforcement", p)
}

func (p page) enforcementKPIs(ans *analytics.EnforcementAnswer) []kpi {
	n := p.Num()
	sums, lists := ans.Broken()
	groups := map[string]bool{}
	for _, c := range ans.Counters {
		groups[c.Group] = true
	}
	held := func(key string, all, broken int, none string) kpi {
		k := kpi{Key: key, Label: p.T("page.kpi." + key), Figure: figure{Value: p.T("page.sub.fraction", value(all-broken), value(all))}, Notes: []span{{p.T("page.enf.whole"), "good"}}}
		switch {
		case all == 0:
			k.Figure, k.Notes = figure{Value: dash}, []span{{p.T(none), "mute"}}
		case broken > 0:
			k.Figure.Tone, k.Notes = "bad", []span{{p.T("page.enf.broken", broken), "bad"}}
		}
		return k
	}
	list := []kpi{{Key: "enf_counters", Label: p.T("page.kpi.enf_counters"), Figure: n.whole(len(ans.Counters), "items"), Notes: []span{{p.T("page.enf.groups", len(groups)), ""}}},
		held("enf_sums", len(ans.Sums), sums, "page.enf.no_rules"), held("enf_lists", len(ans.Ledgers), lists, "page.enf.no_lists")}
	// The totals that rules name are what the page is asked for first.
	seen := map[string]bool{}
	for _, s := range ans.Sums {
		if c, ok := ans.Named(s.Total); ok && !seen[s.Total] && len(list) < 6 {
			seen[s.Total] = true
			list = append(list, kpi{Key: "enf_total_" + value(len(seen)), Label: c.Counter, Figure: p.counted(c.Latest.Value, c.Latest.Qualifier, c.Unit), Notes: []span{{p.countedAs(c.Latest.Counted) + " · " + c.Latest.AsOf.String(), "mute"}}})
		}
	}
	return list
}

// counted writes a counter's figure in the unit that reads best, with its qualifier.
func (p page) counted(d ledger.Decimal, mark, unit string) figure {
	n := p.Num()
	var f figure
	switch unit {
	case "㎡":
		f = n.areaWan(d)
	case "元":
		f = n.wan(d)
		if f.Exact.Valid() {
			f.Value = grouped(f.Exact.Round(2).String()) // 1500余万元, without cents that nobody said
		}
	default:
		f = n.count(d, "")
		f.Unit = unit
		if !d.Valid() {
			f.Unit = ""
		}
	}
	return p.said(f, mark)
}

// countedAs words a way of counting.
func (p page) countedAs(counted string) string {
	if key, known := countedWords[counted]; known {
		return p.T("page.enf.counted." + key)
	}
	return counted
}

var countedWords = map[string]string{ledger.CountedAll: "all", ledger.CountedYear: "year", ledger.CountedMonth: "month", ledger.CountedWhole: "whole"}

// countersCard lists the counters by group with what stands in their cells.
func (p page) countersCard(ans *analytics.EnforcementAnswer) *card {
	c := p.card("enf_counters", "long")
	c.Table = p.columns(col("enf_counter"), wordCol("enf_group"), numCol("enf_value", ""), wordCol("enf_written"), wordCol("enf_counted"), dayCol("enf_asof"), numCol("enf_year", ""), numCol("enf_single", ""), wordCol("enf_cell"))
	for _, one := range ans.Counters {
		f := one.Latest
		year, single := cell{figure: figure{Value: dash}}, cell{figure: figure{Value: dash}}
		if s := one.Shown(); s != nil {
			last := s.Figures[len(s.Figures)-1]
			single = own(p.counted(last.Single, last.SingleQualifier, one.Unit)).under(p.since(last))
			if s.Counted == ledger.CountedYear {
				year = own(p.counted(last.Value, last.Qualifier, one.Unit))
				year.Href = p.figureSource(one.Counter, last)
			}
		}
		name := leads(one.Counter, p.With(counterWord, one.Counter))
		if one.Shown() == nil {
			name = words(one.Counter)
		}
		shown := own(p.counted(f.Value, f.Qualifier, one.Unit))
		shown.Href = p.figureSource(one.Counter, f)
		c.Table.add(name, words(one.Group), shown, words(f.Written), words(p.countedAs(f.Counted)), dated(f.AsOf), year, single, words(cellOnly(f)).from(p.figureSource(one.Counter, f)))
	}
	return c
}

// since says from when a single period counts.
func (p page) since(f analytics.CounterFigure) string {
	if !f.Single.Valid() {
		return ""
	}
	if f.Since.Known() {
		return f.Since.Time().Format("01-02") + " → " + f.AsOf.Time().Format("01-02")
	}
	return f.AsOf.Time().Format("2006-01")
}

func cellOnly(f analytics.CounterFigure) string {
	if f.Sheet == "" || f.Cell == "" {
		return f.Cell
	}
	return f.Sheet + "!" + f.Cell
}

func (p page) figureSource(counter string, f analytics.CounterFigure) string {
	return p.Source("enforcement", ledger.Filter{"counter": counter, "counted": f.Counted, "as_of": f.AsOf.String()})
}

// sumsCard holds the totals against their parts, each figure leading to its cell.
func (p page) sumsCard(ans *analytics.EnforcementAnswer) *card {
	c := p.card("enf_sums", "")
	if len(ans.Sums) == 0 {
		return c.nothing("enf_rules")
	}
	c.Table = p.columns(col("enf_total"), wordCol("enf_counted"), dayCol("enf_asof"), numCol("enf_value", ""), textCol("enf_parts"), numCol("enf_sum", ""), wordCol("enf_check"), wordCol("enf_cell"))
	for _, s := range ans.Sums {
		var parts, cells []string
		cells = append(cells, cellOnly(s.Figure))
		for _, part := range s.Parts {
			f := p.counted(part.Figure.Value, part.Figure.Qualifier, s.Unit)
			parts, cells = append(parts, part.Counter+" "+p.sayFigure(f)), append(cells, part.Figure.Cell)
		}
		check := words(p.T("page.enf.holds")).toned("good")
		if !s.Holds {
			check = words(p.T("page.enf.off", p.sayFigure(p.counted(s.Difference, "", s.Unit)))).toned("bad")
		}
		total := own(p.counted(s.Figure.Value, s.Figure.Qualifier, s.Unit))
		total.Href = p.figureSource(s.Total, s.Figure)
		c.Table.add(leads(s.Total, p.With(counterWord, s.Total)), words(p.countedAs(s.Counted)), dated(s.AsOf), total, words(strings.Join(parts, " + ")), own(p.counted(s.Sum, "", s.Unit)), check, words(strings.Join(filled(cells), ", ")))
	}
	return c
}

// seriesCard draws one counter over its periods.
func (p page) seriesCard(ans *analytics.EnforcementAnswer) (*card, error) {
	one, found := ans.Named(ans.Counter)
	if !found || one.Shown() == nil {
		return nil, nil //nolint:nilnil // counters of one day alone have no series
	}
	width := "s7"
	if len(ans.Parts) == 0 {
		width = ""
	}
	c := p.card("enf_series", width)
	c.Title = one.Counter + " · " + c.Title
	c.Table = p.columns(dayCol("enf_asof"), numCol("enf_running", ""), numCol("enf_single", ""), wordCol("enf_written"), wordCol("enf_cell"))
	for _, f := range one.Shown().Figures {
		running := own(p.counted(f.Value, f.Qualifier, one.Unit))
		running.Href = p.figureSource(one.Counter, f)
		c.Table.add(dated(f.AsOf), running, own(p.counted(f.Single, f.SingleQualifier, one.Unit)).under(p.since(f)), words(f.Written), words(cellOnly(f)))
	}
	return c, c.draw(charts.CounterSeries(p.draws(), one), "h240")
}

// partsCard draws what the counter is the sum of.
func (p page) partsCard(ans *analytics.EnforcementAnswer) (*card, error) {
	one, found := ans.Named(ans.Counter)
	if !found || one.Shown() == nil || len(ans.Parts) == 0 {
		return nil, nil //nolint:nilnil // a counter that is no total has no parts
	}
	var parts []analytics.Counter
	for _, name := range ans.Parts {
		if part, ok := ans.Named(name); ok {
			parts = append(parts, part)
		}
	}
	c := p.card("enf_parts", "s5")
	c.Table = p.columns(dayCol("enf_asof"), numCol("enf_total", ""))
	for _, part := range parts {
		c.Table.Columns = append(c.Table.Columns, column{Label: part.Counter, Kind: "num"})
	}
	for _, f := range one.Shown().Figures {
		line := []cell{dated(f.AsOf), own(p.counted(f.Value, f.Qualifier, one.Unit))}
		for _, part := range parts {
			line = append(line, own(p.counted(part.At(f.Counted, f.AsOf).Value, part.At(f.Counted, f.AsOf).Qualifier, part.Unit)))
		}
		c.Table.add(line...)
	}
	return c, c.draw(charts.CounterParts(p.draws(), one, parts), "h240")
}

// linesCard lists the lines behind counters and says whether they come to them.
func (p page) linesCard(l analytics.CounterLedger, at int) *card {
	c := p.card("enf_lines", "s6")
	title := l.Quantity.Counter
	if title == "" {
		title = l.Lines.Counter
	}
	c.ID, c.Title = c.ID+"_"+value(at+1), p.T("page.enf.lines.title", title)
	for _, h := range []analytics.CounterHeld{l.Lines, l.Quantity} {
		if h.Counter == "" {
			continue
		}
		if at := len(c.More) - 1; at >= 0 {
			c.More[at].Text += p.T("page.semicolon")
		}
		c.More = append(c.More, p.heldText(h))
	}
	c.Table = p.columns(col("enf_name"), wordCol("enf_community"), numCol("enf_quantity", l.Quantity.Unit), wordCol("enf_charge"))
	for _, e := range l.Entries {
		name := leads(e.Name, p.Source("enforcement_lines", ledger.Filter{"name": e.Name})).under(e.Address)
		c.Table.add(name, words(e.Community), num(p.Num().count(e.Quantity, "")), words(e.Charge))
	}
	return c
}

func (p page) heldText(h analytics.CounterHeld) span {
	found := value(h.Found)
	if !h.Figure.Value.Valid() {
		return span{p.T("page.enf.uncounted", h.Counter, found), "mute"}
	}
	verdict, tone := p.T("page.enf.holds"), "good"
	if !h.Holds {
		verdict, tone = p.T("page.enf.off", value(h.Difference)), "bad"
	}
	return span{p.T("page.enf.held", h.Counter, found, p.sayFigure(p.counted(h.Figure.Value, h.Figure.Qualifier, h.Unit)), verdict), tone}
}
