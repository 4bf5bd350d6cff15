package ledger

import (
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// What a row says is compared as one text, made alike by the engine and here:
// handing over two dozen typed columns a row costs many times as much.
const (
	fieldMark = "\x1f" // between the fields, and before the marks
	markMark  = "\x1e" // between the marks
)

// saying is the engine's expression for what a row says.
func (d *Dataset) saying() string {
	parts := []string{}
	for _, f := range d.StoredFields() {
		parts = append(parts, f.saying())
	}
	parts = append(parts, `arrayStringConcat(arraySort(arrayMap((k, v) -> concat(k, '=', v), mapKeys(marks), mapValues(marks))), '\x1e')`)
	return `concatWithSeparator('\x1f', ` + strings.Join(parts, ", ") + ")"
}

func (f Field) saying() string {
	switch f.Kind {
	case People:
		return fmt.Sprintf("arrayStringConcat(%s, '、')", f.Name)
	case Flag:
		return fmt.Sprintf("multiIf(isNull(%[1]s), '', assumeNotNull(%[1]s), '是', '否')", f.Name)
	case Money, Area, Number, Percent, Count, Date, Period:
		return fmt.Sprintf("ifNull(toString(%s), '')", f.Name)
	}
	return fmt.Sprintf("toString(%s)", f.Name)
}

// say is what a row will say once it stands in the record.
func (d *Dataset) say(r *Row) string {
	var b strings.Builder
	for i, f := range d.Fields {
		if f.Stored() {
			b.WriteString(f.kept(r.Values[i]))
			b.WriteString(fieldMark)
		}
	}
	for n, name := range slices.Sorted(maps.Keys(r.Marks)) {
		if n > 0 {
			b.WriteString(markMark)
		}
		b.WriteString(name + "=" + r.Marks[name])
	}
	return b.String()
}

// kept writes a value on its way in as it will stand in the record.
func (f Field) kept(v any) string {
	switch v := v.(type) {
	case decimal.Decimal:
		return v.Truncate(f.decimals()).String()
	case Day:
		return Plain(v.On(f.Edge))
	default:
		return Plain(v)
	}
}

// Fields are the fields that the row changes; none for a row that is not changed.
func (m Meeting) Fields() []FieldChange {
	if m.State != RowChanged {
		return nil
	}
	was, now, fields := strings.Split(m.was, fieldMark), strings.Split(m.now, fieldMark), m.dataset.StoredFields()
	if len(was) != len(fields)+1 || len(now) != len(fields)+1 {
		return nil // a value holds the mark itself: that the row differs is all that can be told
	}
	wasMarks, nowMarks := marksOf(was[len(fields)]), marksOf(now[len(fields)])
	var list []FieldChange
	for i, f := range fields {
		c := FieldChange{Field: f, Was: was[i], Now: now[i]}
		if wasMarks[f.Name] != nowMarks[f.Name] {
			c.WasMark, c.NowMark = wasMarks[f.Name], nowMarks[f.Name]
		}
		if c.Was != c.Now || c.WasMark != c.NowMark {
			list = append(list, c)
		}
	}
	return list
}

func marksOf(s string) map[string]string {
	marks := map[string]string{}
	for _, one := range strings.Split(s, markMark) {
		if name, value, found := strings.Cut(one, "="); found {
			marks[name] = value
		}
	}
	return marks
}

// bound writes a list of texts as one value for listed: any bytes may stand in them.
func bound(list []string) string {
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(hex.EncodeToString([]byte(s)))
	}
	return b.String()
}

// listed is the engine's side of bound: the texts as rows of a subquery.
func listed(param string) string {
	return fmt.Sprintf("(SELECT unhex(arrayJoin(splitByChar(',', {%s:String}))))", param)
}
