package ingest

import (
	"regexp"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/wording"
	"taizhang/ledger"
)

// notYet is what people write instead of the date of something that has not happened: 未开工, 尚未办结.
var notYet = regexp.MustCompile(`^\s*(?:尚|暂|还)?未\p{Han}{0,4}\s*$`)

// wholeDay reads what nearly every date cell holds: a day without a time.
func (v *valueReader) wholeDay(c *cell) (ledger.Day, bool) {
	n, err := strconv.Atoi(c.text)
	if err != nil {
		return ledger.Day{}, false
	}
	d, ok := fromWholeSerial(n, v.dates.Date1904)
	return dayOfDate(d), ok
}

func (v *valueReader) date(f ledger.Field, c *cell, shown string) reading {
	if wording.IsPending(shown) || notYet.MatchString(shown) {
		return reading{}
	}
	if f.Edge == ledger.Last && openEnds[wording.Fold(shown)] {
		return reading{mark: "open"}
	}
	if c.kind == cellDate {
		if day, ok := v.wholeDay(c); ok {
			return reading{value: day}
		}
		if serial, err := decimal.NewFromString(c.text); err == nil {
			if d, ok := FromSerial(serial, v.dates.Date1904); ok {
				return reading{value: dayOfDate(d)}
			}
		}
	}
	d, err := ParseDate(shown, v.dates)
	if err != nil {
		return badValue("bad_date", shown, err)
	}
	r := reading{value: dayOfDate(d)}
	if d.Precision != "day" {
		r.mark = d.Precision
	}
	return r
}

func (v *valueReader) period(f ledger.Field, c *cell, shown string) reading {
	if c.kind == cellDate {
		r := v.date(f, c, shown)
		if day, ok := r.value.(ledger.Day); ok {
			first := time.Date(day.From.Year(), day.From.Month(), 1, 0, 0, 0, 0, time.UTC)
			r.value = ledger.Day{From: first, To: first.AddDate(0, 1, -1), Precision: "month"}
		}
		return r
	}
	p, err := ParsePeriod(shown, v.dates)
	if err != nil {
		return badValue("bad_period", shown, err)
	}
	day, ok := dayOfPeriod(p)
	if !ok {
		return badValue("bad_period", shown, valueError(shown, periodWanted))
	}
	return reading{value: day}
}
