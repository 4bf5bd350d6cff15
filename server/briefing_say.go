package server

import (
	"strings"
	"time"
	"unicode"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// saySentence words a sentence of the briefing: its clauses in order, a full stop after.
func (p page) saySentence(s analytics.Sentence) string {
	var said []string
	for _, c := range s.Clauses {
		said = append(said, p.sayClause(c))
	}
	r := []rune(strings.Join(said, p.T("briefing.comma")))
	if len(r) == 0 {
		return ""
	}
	r[0] = unicode.ToUpper(r[0])
	return string(r) + p.T("briefing.stop")
}

// sayClause words one thing with its figures and the time of the first.
func (p page) sayClause(c analytics.Clause) string {
	key := c.Phrase()
	if !strings.Contains(p.T(key), "%") {
		return p.T(key) // says nothing but that there is nothing
	}
	args := make([]any, 0, len(c.Figures)+1)
	for _, f := range c.Figures {
		v := f.Value
		if strings.HasSuffix(key, ".down") && v.Valid() {
			v = ledger.Exact(v.Big().Abs()) // the word says which way
		}
		args = append(args, p.sayBare(v, f.Unit))
	}
	return p.T(key, append(args, p.sayPeriod(c.Figures[0].Period))...)
}

// sayBare is a figure within a Chinese or English sentence: money, areas and rates with their unit, counts without, since the phrase has it.
func (p page) sayBare(v ledger.Decimal, unit string) string {
	n := p.Num()
	var f figure
	switch {
	case !v.Valid():
		return dash
	case unit == "元":
		f = n.yuan(v)
	case unit == "%":
		f = n.percent(v, 1)
	case unit == "㎡":
		f = n.areaWan(v)
	case unit == "美元":
		if p.Lang == text.Zh {
			v = v.Div(ten4)
		}
		return p.T("briefing.dollars", value(v))
	case unit == "百分点":
		return p.T("briefing.points", grouped(v.Fixed(1)))
	default:
		return value(v)
	}
	if p.Lang == text.Zh {
		return f.Value + f.Unit
	}
	return p.sayFigure(f)
}

// sayPeriod words the time of a figure: 2016-05 is January to May of 2016, a day is a day.
func (p page) sayPeriod(period string) string {
	if _, err := time.Parse("2006-01", period); err == nil {
		return p.through(period)
	}
	return strings.ReplaceAll(period, "/", "–")
}

// dayInWords writes 2016年6月27日.
func (p page) dayInWords(d analytics.Date) string {
	return p.T("briefing.day", d.Time().Year(), int(d.Time().Month()), d.Time().Day())
}

// saidCard are the sentences of the briefing as a table for its workbook: a line for each thing said.
type saidCard struct{ sentences []analytics.Sentence }

func (s saidCard) sheet(p page) *card {
	c := p.card("briefing_summary", "long")
	c.Table = p.columns(textCol("briefing_said"), colSpec{"value", "num", ""}, wordCol("briefing_period"), wordCol("briefing_basis"))
	for _, one := range s.sentences {
		for _, part := range one.Clauses {
			f := part.Figures[0]
			c.Table.add(words(p.sayClause(part)), own(p.base(f.Value, f.Unit)), words(f.Period), words(f.Basis))
		}
	}
	return c
}
