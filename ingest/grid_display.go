package ingest

import (
	"strconv"
	"time"

	"github.com/shopspring/decimal"
)

// display is a cell as a person sees it, close enough to keep as its raw text.
func (g *grid) display(c *cell) string {
	switch c.kind {
	case cellDate:
		if n, err := strconv.Atoi(c.text); err == nil {
			if d, ok := fromWholeSerial(n, g.date1904); ok {
				return isoDay(d.From)
			}
		} else if v, err := decimal.NewFromString(c.text); err == nil {
			if d, ok := FromSerial(v, g.date1904); ok {
				return d.From.Format(time.DateOnly)
			}
		}
	case cellNumber:
		if isPlain(c.text) {
			return c.text
		}
		if v, ok := FromCellNumber(c.text); ok {
			return v.String()
		}
	case cellPercent:
		if v, ok := FromCellNumber(c.text); ok {
			return v.Shift(2).String() + "%"
		}
	case cellBool:
		if c.text == "1" {
			return "是"
		}
		return "否"
	case cellUnknown:
		return ""
	}
	return c.text
}

// isoDay writes 2016-06-29, as Format does in a third of the time.
func isoDay(t time.Time) string {
	y, m, d := t.Date()
	if y < 1000 || y > 9999 {
		return t.Format(time.DateOnly)
	}
	digit := func(n int) byte { return byte('0' + n%10) }
	return string([]byte{digit(y / 1000), digit(y / 100), digit(y / 10), digit(y), '-', digit(int(m) / 10), digit(int(m)), '-', digit(d / 10), digit(d)})
}

// isPlain reports a number that is written just as it would be shown: 15 digits at most, none needless.
func isPlain(s string) bool {
	if s == "" || len(s) > 15 || s[0] == '0' && len(s) > 1 && s[1] != '.' || s[0] == '.' {
		return false
	}
	point := false
	for i := range len(s) {
		switch c := s[i]; {
		case c == '.' && !point:
			point = true
		case !isDigit(c):
			return false
		}
	}
	last := s[len(s)-1]
	return !point || last != '0' && last != '.'
}
