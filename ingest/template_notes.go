package ingest

import (
	"slices"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

const (
	mostAliases  = 10
	openEndCount = 99 // a PeopleCount up to here has no upper end
)

// hint is what the comment of a header says: what to fill in, its unit, usual values, other headers.
func (b *templateBuilder) hint(f ledger.Field) string {
	var lines []string
	add := func(key string, args ...any) { lines = append(lines, b.say(key, args...)) }
	switch b.need(f) {
	case needed:
		add("template.required")
	case oneOfSome:
		add("template.choice")
	}
	if f.Listed {
		add("template.kind.listed")
	} else {
		add("template.kind." + string(f.Kind))
	}
	if f.Unit != "" && f.Kind != ledger.Percent {
		add("template.unit", f.Unit)
	}
	if list := usualValues(f); len(list) > 0 && f.Kind != ledger.Flag {
		add("template.allowed", strings.Join(list, "、"))
	}
	if len(f.Banner) > 0 {
		add("template.banner", f.Banner[0])
	}
	if len(f.Aliases) > 0 {
		add("template.also", strings.Join(f.Aliases[:min(len(f.Aliases), mostAliases)], "、"))
	}
	return strings.Join(lines, "\n")
}

// notes writes the second sheet. Two columns of words are no table, so reading the file back leaves it out.
func (b *templateBuilder) notes() error {
	b.sheet = b.say("template.notes")
	if _, err := b.book.NewSheet(b.sheet); err != nil {
		return err
	}
	for col, width := range map[string]float64{"A": 24, "B": 90} {
		if err := b.book.SetColWidth(b.sheet, col, col, width); err != nil {
			return err
		}
	}
	lines := [][2]string{{b.say("template.notes_title", b.dataset.Label(b.lang)), ""}, {}}
	lines = append(lines, b.general()...)
	lines = append(lines, [2]string{}, [2]string{b.say("template.rules"), ""})
	for _, rule := range b.rules() {
		lines = append(lines, [2]string{"", rule})
	}
	lines = append(lines, [2]string{}, [2]string{b.say("template.columns"), ""})
	for _, f := range b.fields {
		header, _ := b.header(f)
		lines = append(lines, [2]string{header, strings.ReplaceAll(b.hint(f), "\n", " ")})
	}
	for i, line := range lines {
		for col, style := range []string{"topic", "wrap"} {
			if line[col] == "" {
				continue
			}
			if err := b.put(i+1, col, line[col], style); err != nil {
				return err
			}
		}
	}
	return printWide(b.book, b.sheet)
}

// general are the notes that hold for every dataset, and its key.
func (b *templateBuilder) general() [][2]string {
	say := func(topic, rule string, args ...any) [2]string {
		return [2]string{b.say("template.about." + topic), b.say(rule, args...)}
	}
	lines := [][2]string{say("marks", "template.marks"), say("example", "template.example_rule"), say("blank", "template.blank_rule"),
		say("sums", "template.sums_rule"), say("layout", "template.layout_rule"), say("key", "template.key_rule", b.labels(b.dataset.Key))}
	if b.dataset.Effective == "" {
		lines = append(lines, say("day", "template.day_rule"))
	}
	return lines
}

// rules says every check of the dataset in a sentence, with its severity.
func (b *templateBuilder) rules() []string {
	d := b.dataset
	var list []string
	add := func(severity ledger.Severity, said text.Message) {
		list = append(list, b.say("template.rule", text.T("severity."+string(severity)), said))
	}
	for _, f := range b.fields {
		if f.Positive {
			add(ledger.SeverityError, text.T("template.rule.positive", f.Label(b.lang)))
		}
	}
	for _, c := range d.Checks {
		add(c.Severity, b.rule(c.Rule))
	}
	for _, c := range d.SetChecks {
		add(c.Severity, b.setRule(c.Rule))
	}
	for _, r := range d.Rising {
		add(r.Severity, text.T("template.rule.rising", b.label(r.Group), b.label(r.Field)))
	}
	if d.UniqueKey {
		add(ledger.SeverityWarning, text.T("template.rule.unique", b.labels(d.Key)))
	}
	return list
}

func (b *templateBuilder) rule(rule ledger.Rule) text.Message {
	switch r := rule.(type) {
	case ledger.AtMost:
		return text.T("template.rule.at_most", b.label(r.Field), b.label(r.Limit))
	case ledger.Between:
		return text.T("template.rule.between", b.label(r.Field), r.Low, r.High)
	case ledger.NotNegative:
		return text.T("template.rule.not_negative", b.label(r.Field))
	case ledger.PerUnit:
		return text.T("template.rule.per_unit", b.label(r.Total), b.label(r.Units), r.Low, r.High)
	case ledger.NotBefore:
		return text.T("template.rule.not_before", b.label(r.Field), b.label(r.Earlier))
	case ledger.Filled:
		return text.T("template.rule.filled", b.label(r.Field))
	case ledger.Needs:
		if len(r.Values) > 0 {
			return text.T("template.rule.needs_at", b.label(r.Field), strings.Join(r.Values, "、"), b.label(r.Other))
		}
		return text.T("template.rule.needs", b.label(r.Field), b.label(r.Other))
	case ledger.Lasts:
		return text.T("template.rule.lasts", b.label(r.Field), b.label(r.From), r.Days)
	case ledger.PeopleCount:
		switch {
		case r.Low == 0:
			return text.T("template.rule.people_max", b.label(r.Field), r.High)
		case r.High >= openEndCount:
			return text.T("template.rule.people_min", b.label(r.Field))
		}
		return text.T("template.rule.people", b.label(r.Field), r.Low, r.High)
	}
	return text.Message{}
}

func (b *templateBuilder) setRule(rule ledger.SetRule) text.Message {
	switch r := rule.(type) {
	case ledger.Acyclic:
		return text.T("template.rule.acyclic", b.label(r.Predecessors), b.label(r.Node))
	case ledger.OneAtATime:
		return text.T("template.rule.one_at_a_time", b.label(r.Group[0]), b.label(r.Person))
	case ledger.SumWithin:
		other, err := ledger.Find(r.Other)
		if err != nil {
			return text.Message{}
		}
		part, _ := other.Field(r.Part)
		return text.T("template.rule.sum", b.label(r.Limit), b.label(r.On), other.Label(b.lang), part.Label(b.lang))
	case ledger.NeverFalls:
		return text.T("template.rule.never_falls", b.label(r.Value), b.label(r.Series), strings.Join(slices.Concat(r.Always, r.Yearly), "、"))
	case ledger.AddsUp:
		if other, err := ledger.Find(r.Rules); err == nil {
			return text.T("template.rule.adds_up", b.label(r.Value), other.Label(b.lang))
		}
	}
	return text.Message{}
}

func (b *templateBuilder) label(field string) string {
	f, _ := b.dataset.Field(field)
	return f.Label(b.lang)
}

func (b *templateBuilder) labels(fields []string) string {
	list := make([]string, len(fields))
	for i, name := range fields {
		list[i] = b.label(name)
	}
	return strings.Join(list, " + ")
}
