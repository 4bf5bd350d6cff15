package server

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"taizhang/analytics"
	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// dash is how an undefined figure is shown.
const dash = "—"

var (
	ten3 = ledger.Int(1_000)
	ten4 = ledger.Int(10_000)
	ten6 = ledger.Int(1_000_000)
	ten8 = ledger.Int(100_000_000)
)

// figure is a number as people read it: the unit stands apart, small and grey.
type figure struct {
	Value string
	Unit  string
	Exact ledger.Decimal // the number in its Unit, not rounded; NULL when undefined
	Raw   string         // the number in base units, for machines; empty when undefined
	Full  string         // the number in base units with its unit, shown on hover
	Href  string         // where it comes from
	Tone  string         // good, bad, warn or empty
}

// numbers writes figures in a language.
type numbers struct{ lang text.Lang }

// Num gives the page's way of writing figures.
func (p page) Num() numbers { return numbers{p.Lang} }

func (n numbers) unit(key string) string { return text.T("figure.unit." + key).In(n.lang) }

// yuan writes an amount in the unit that reads best alone: 亿元, 万元 or 元.
func (n numbers) yuan(d ledger.Decimal) figure {
	big := ledger.Exact(d.Big().Abs())
	switch {
	case !d.Valid():
		return figure{Value: d.String()}
	case big.Cmp(ten8) >= 0:
		return n.yi(d)
	case big.Cmp(ten4) >= 0:
		return n.wan(d)
	}
	return n.full(figure{Value: grouped(d.Fixed(2)), Unit: n.unit("yuan"), Exact: d}, d, "yuan")
}

// wan writes an amount in 万元 with two decimals, for columns of amounts; thousands of yuan in English.
func (n numbers) wan(d ledger.Decimal) figure {
	scale := ten4
	if n.lang == text.En {
		scale = ten3
	}
	return n.full(figure{Value: grouped(d.Div(scale).Fixed(2)), Unit: n.unit("wan"), Exact: d.Div(scale)}, d, "yuan")
}

// yi writes an amount in 亿元 with two decimals; millions of yuan in English.
func (n numbers) yi(d ledger.Decimal) figure {
	scale := ten8
	if n.lang == text.En {
		scale = ten6
	}
	return n.full(figure{Value: grouped(d.Div(scale).Fixed(2)), Unit: n.unit("yi"), Exact: d.Div(scale)}, d, "yuan")
}

// area writes m2 without needless decimals.
func (n numbers) area(d ledger.Decimal) figure {
	return n.full(figure{Value: grouped(d.Round(2).String()), Unit: n.unit("m2"), Exact: d}, d, "m2")
}

// areaWan writes large areas in 万㎡; m2 in English.
func (n numbers) areaWan(d ledger.Decimal) figure {
	if n.lang == text.En || d.Cmp(ten4) < 0 {
		return n.area(d)
	}
	return n.full(figure{Value: grouped(d.Div(ten4).Round(2).String()), Unit: n.unit("wan_m2"), Exact: d.Div(ten4)}, d, "m2")
}

// percent writes a percentage with so many decimals.
func (n numbers) percent(d ledger.Decimal, places int32) figure {
	return n.full(figure{Value: grouped(d.Fixed(places)), Unit: "%", Exact: d}, d, "percent")
}

// change writes a growth with its sign, green up and red down.
func (n numbers) change(d ledger.Decimal, places int32) figure {
	f := n.percent(d, places)
	return signed(f, d)
}

// points writes a difference of two percentages in percentage points with its sign.
func (n numbers) points(d ledger.Decimal) figure {
	return signed(n.full(figure{Value: d.Fixed(1), Unit: n.unit("points"), Exact: d}, d, "points"), d)
}

// count writes a whole number of things; unit is a key of figure.unit, or empty.
func (n numbers) count(d ledger.Decimal, unit string) figure {
	f := figure{Value: grouped(d.String()), Exact: d}
	if unit != "" && d.Valid() {
		f.Unit = n.unit(unit)
	}
	if d.Valid() {
		f.Raw = d.String()
	}
	return f
}

// whole is count for an int.
func (n numbers) whole(v int, unit string) figure { return n.count(ledger.Int(int64(v)), unit) }

// plain writes a number with so many decimals and a unit of its own.
func (n numbers) plain(d ledger.Decimal, places int32, unit string) figure {
	f := figure{Value: grouped(d.Fixed(places)), Unit: unit, Exact: d}
	if d.Valid() {
		f.Raw = d.String()
	} else {
		f.Unit = ""
	}
	return f
}

// full adds the exact number behind a shown one.
func (n numbers) full(f figure, d ledger.Decimal, unit string) figure {
	if !d.Valid() {
		return figure{Value: d.String()}
	}
	f.Raw = d.String()
	if unit == "yuan" {
		f.Full = grouped(d.Fixed(2)) + " " + n.unit(unit)
	} else {
		f.Full = grouped(d.Round(4).String()) + " " + n.unit(unit)
	}
	return f
}

func signed(f figure, d ledger.Decimal) figure {
	switch d.Sign() {
	case 1:
		f.Value, f.Tone = "+"+f.Value, "good"
	case -1:
		f.Value, f.Tone = strings.Replace(f.Value, "-", "−", 1), "bad"
	}
	return f
}

// grouped puts commas between thousands: 1234567.80 -> 1,234,567.80; a hyphen becomes a minus.
func grouped(s string) string {
	if s == dash || s == access.Hidden {
		return s
	}
	sign := ""
	if rest, negative := strings.CutPrefix(s, "-"); negative {
		sign, s = "−", rest
	}
	whole, fraction, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}

// day writes 2016-06-20, a dash when unknown.
func day(d analytics.Date) string {
	if !d.Known() {
		return dash
	}
	return d.String()
}

// value shows a cell of an answer's table: dates and exact numbers as they are, nothing as a dash.
func value(v any) string {
	switch v := v.(type) {
	case nil:
		return dash
	case ledger.Decimal:
		return grouped(v.String())
	case time.Time:
		return v.Format(time.DateOnly)
	case int, int64, uint64:
		return grouped(fmt.Sprint(v))
	}
	if s := ledger.Plain(v); s != "" {
		return s
	}
	return dash
}

// intOf turns an optional count into a Decimal.
func intOf(n *int64) ledger.Decimal {
	if n == nil {
		return ledger.Null
	}
	return ledger.Int(*n)
}

// share writes part of a whole for SVG attributes: "37.2%", clamped to 0–100.
func share(part, whole ledger.Decimal) string {
	p, ok := part.Mul(ledger.Int(100)).Div(whole).Float()
	if !ok {
		return "0%"
	}
	return strconv.FormatFloat(min(max(p, 0), 100), 'f', 2, 64) + "%"
}
