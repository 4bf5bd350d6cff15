package ingest

import (
	"regexp"
	"strings"

	"taizhang/internal/text"
	"taizhang/internal/wording"
	"taizhang/ledger"
)

// longestSpan is how many days one cell may name; a longer span is no holiday but a slip of the pen.
const longestSpan = 62

var (
	dayNote   = regexp.MustCompile(`[(][^()]*[)]|(?:星期|周)[一二三四五六日天]|(?:共|放假|假期)?\d{1,2}天|放假|调休|补休|公休日?|照常|正常|补班|上班|起|。`)
	daySplit  = regexp.MustCompile(`[、,，;；和及\n]+`)
	monthOf   = regexp.MustCompile(`^((?:\d{4}[年./-])?\d{1,2}(?:月|[./]))`)
	bareOfDay = regexp.MustCompile(`^\d{1,2}(?:日|号)?$`)
)

// days reads a cell that names one day, a span or a list of them: 10月1日至7日放假，共7天; 10月8日（星期六）、9日. The reading
// is that of the first day.
func (v *valueReader) days(f ledger.Field, h *heading, c *cell) (reading, []ledger.Day) {
	rd := v.read(f, h, c)
	if day, ok := rd.value.(ledger.Day); ok && day.From.Equal(day.To) {
		return rd, []ledger.Day{day}
	}
	if c == nil || rd.value == nil && rd.fault == nil {
		return rd, nil
	}
	shown := v.grid.display(c)
	days, ok := ParseDays(shown, v.dates)
	if !ok {
		return reading{fault: &fault{ledger.SeverityError, "bad_date", shown, "", text.T("problem.bad_days", shown)}}, nil
	}
	return reading{value: days[0]}, days
}

// ParseDays reads a list of days and spans of days, each in full; a day without a month takes that of the one before.
func ParseDays(s string, ctx DateContext) ([]ledger.Day, bool) {
	if len(s) > 300 {
		return nil, false
	}
	t := dayNote.ReplaceAllString(strings.ReplaceAll(wording.Narrow(wording.Clean(s)), " ", ""), "")
	month := ""
	var days []ledger.Day
	for _, piece := range daySplit.Split(t, -1) {
		if piece == "" {
			continue
		}
		from, to, ok := ends(piece, &month, ctx)
		if !ok {
			return nil, false
		}
		for day := from.From; !day.After(to.To); day = day.AddDate(0, 0, 1) {
			days = append(days, ledger.DayOf(day))
			if len(days) > longestSpan {
				return nil, false
			}
		}
	}
	return days, len(days) > 0
}

// ends reads one day or span; month is what a bare day belongs to and is carried on.
func ends(piece string, month *string, ctx DateContext) (from, to Date, ok bool) {
	cut := dashes.FindAllStringIndex(piece, 2)
	if len(cut) == 0 && strings.Count(piece, "-") == 1 {
		at := strings.IndexByte(piece, '-')
		cut = [][]int{{at, at + 1}}
	}
	first, last := piece, ""
	if len(cut) == 1 {
		first, last = piece[:cut[0][0]], piece[cut[0][1]:]
		if last == "" {
			return from, to, false
		}
	}
	if from, ok = oneDay(first, month, ctx); !ok || last == "" {
		return from, from, ok
	}
	if to, ok = oneDay(last, month, DateContext{Year: from.From.Year(), Date1904: ctx.Date1904}); !ok {
		return from, to, false
	}
	if to.To.Before(from.From) { // 12月31日至1月2日
		to.From, to.To = to.From.AddDate(1, 0, 0), to.To.AddDate(1, 0, 0)
	}
	return from, to, true
}

func oneDay(s string, month *string, ctx DateContext) (Date, bool) {
	if bareOfDay.MatchString(s) && *month != "" {
		s = *month + s
	}
	day, err := ParseDate(s, ctx)
	if m := monthOf.FindString(s); m != "" {
		*month = m
	}
	return day, err == nil && day.From.Equal(day.To)
}

// spread makes one row of each day that a line's cell names; without such a cell, one row.
func (t *table) spread(row draft, r *gridRow, pivot int) {
	if len(row.days) < 2 {
		t.append(t.out, row, r, pivot)
		return
	}
	at := t.dataset.Index(t.dataset.Spread)
	for _, day := range row.days {
		one := copyRow(row)
		one.Values[at] = day
		t.append(t.out, one, r, pivot)
	}
}

// pivotedDays makes rows of the days in a column whose header says their kind (放假时间, 调休上班).
func (t *table) pivotedDays(base draft, p *pivotColumn, r *gridRow, pivot int) {
	f, _ := t.dataset.Field(t.dataset.Spread)
	rd, days := t.reader.days(f, &p.heading, r.at(p.col))
	row := copyRow(base)
	if rd.fault != nil {
		t.fail(&row, *rd.fault, address(r.no, p.col), p.caption())
	}
	if rd.value == nil && !row.bad {
		return
	}
	row = t.filled(row, p, p.period, rd)
	row.days = days
	t.spread(row, r, pivot)
}
