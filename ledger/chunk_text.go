package ledger

import (
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// texts are many texts in one piece of memory.
type texts struct {
	piece strings.Builder
	ends  []uint32
}

func (t *texts) append(s string) {
	t.piece.WriteString(s)
	t.ends = append(t.ends, uint32(t.piece.Len()))
}

func (t *texts) at(i int) string {
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.piece.String()[from:t.ends[i]]
}

// all gives the texts from one on to another, not included; they share their memory.
func (t *texts) all(from, to int, into []string) []string {
	whole, begin := t.piece.String(), uint32(0)
	if from > 0 {
		begin = t.ends[from-1]
	}
	for _, end := range t.ends[from:to] {
		into = append(into, whole[begin:end])
		begin = end
	}
	return into
}

// textColumn holds the texts of a field; NULL is the empty one.
type textColumn struct{ texts }

func (c *textColumn) add(v any) {
	s, _ := v.(string)
	c.append(s)
}

func (c *textColumn) value(i int) any {
	if s := c.at(i); s != "" {
		return s
	}
	return nil
}

func (c *textColumn) appendKey(to []byte, i int) []byte {
	key := NameKey(c.at(i))
	if strings.IndexByte(key, '|') >= 0 {
		key = strings.ReplaceAll(key, "|", "¦")
	}
	return append(to, key...)
}

func (c *textColumn) appendTo(column driver.BatchColumn) error {
	return column.Append(c.all(0, len(c.ends), make([]string, 0, len(c.ends))))
}

// appendFolded hands over the folded forms of a Name field.
func (c *textColumn) appendFolded(column driver.BatchColumn) error {
	list := c.all(0, len(c.ends), make([]string, 0, len(c.ends)))
	was, folded := "", ""
	for i, s := range list {
		// Lists are often in the order of a name: one building, floor by floor.
		if i == 0 || s != was {
			was, folded = s, NameKey(s)
		}
		list[i] = folded
	}
	return column.Append(list)
}

// textLists hold a list of texts a row.
type textLists struct {
	texts
	rows []uint32 // where the list of a row ends
}

func (l *textLists) append(list []string) {
	for _, s := range list {
		l.texts.append(s)
	}
	l.rows = append(l.rows, uint32(len(l.ends)))
}

// at gives a list; an empty one is nil.
func (l *textLists) at(i int) []string {
	from := l.from(i)
	if from == int(l.rows[i]) {
		return nil
	}
	return l.all(from, int(l.rows[i]), nil)
}

func (l *textLists) from(i int) int {
	if i == 0 {
		return 0
	}
	return int(l.rows[i-1])
}

// appendTo hands lists over one by one: the driver takes whole columns of them by reflection, which is slower.
func (l *textLists) appendTo(column driver.BatchColumn) error {
	list := []string{}
	for i := range l.rows {
		list = l.all(l.from(i), int(l.rows[i]), list[:0])
		if err := column.AppendRow(list); err != nil {
			return err
		}
	}
	return nil
}

// listColumn holds the lists of a field.
type listColumn struct{ textLists }

func (c *listColumn) add(v any) {
	list, _ := v.([]string)
	c.append(list)
}

func (c *listColumn) value(i int) any {
	if list := c.at(i); list != nil {
		return list
	}
	return nil
}

func (c *listColumn) appendKey(to []byte, i int) []byte {
	return append(to, keyPart(Field{}, c.value(i))...)
}

// cellRows hold the sheet rows that the cells of a row stand on; nearly always all of them are the row's own.
type cellRows struct {
	count  []uint32 // of cells; their rows stand in others where they differ
	others map[int][]uint32
}

func (c *cellRows) append(own uint32, rows []uint32) {
	for _, no := range rows {
		if no != own {
			if c.others == nil {
				c.others = map[int][]uint32{}
			}
			c.others[len(c.count)] = append([]uint32(nil), rows...)
			break
		}
	}
	c.count = append(c.count, uint32(len(rows)))
}

func (c *cellRows) at(i int, own uint32) []uint32 { return c.fill(i, own, nil) }

func (c *cellRows) fill(i int, own uint32, into []uint32) []uint32 {
	if rows, ok := c.others[i]; ok {
		return append(into, rows...)
	}
	for range c.count[i] {
		into = append(into, own)
	}
	return into
}

func (c *cellRows) appendTo(column driver.BatchColumn, own []uint32) error {
	rows := []uint32{}
	for i := range c.count {
		rows = c.fill(i, own[i], rows[:0])
		if err := column.AppendRow(rows); err != nil {
			return err
		}
	}
	return nil
}

// markColumn holds the marks of the rows that have any.
type markColumn struct {
	rows int
	some map[int]map[string]string
}

func (c *markColumn) append(marks map[string]string) {
	if len(marks) > 0 {
		if c.some == nil {
			c.some = map[int]map[string]string{}
		}
		c.some[c.rows] = marks
	}
	c.rows++
}

func (c *markColumn) at(i int) map[string]string { return c.some[i] }

func (c *markColumn) appendTo(column driver.BatchColumn) error {
	none := map[string]string{}
	for i := range c.rows {
		marks, ok := c.some[i]
		if !ok {
			marks = none
		}
		if err := column.AppendRow(marks); err != nil {
			return err
		}
	}
	return nil
}
