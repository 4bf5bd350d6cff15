package ledger

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	"taizhang/internal/text"
)

// onceParts are the parts of datasets written once that a load brings rows of.
type onceParts map[*Dataset]map[string]Filter

// note remembers which part a row belongs to; a removal is refused.
func (o onceParts) note(d *Dataset, r *Row) error {
	if len(d.Once) == 0 {
		return nil
	}
	if r.Deleted {
		return Fail(Refused, text.T("error.once_removed"))
	}
	part := d.join(d.Once, r.Values)
	if o[d] == nil {
		o[d] = map[string]Filter{}
	}
	if _, noted := o[d][part]; noted {
		return nil
	}
	filter := Filter{}
	for _, name := range d.Once {
		at := d.Index(name)
		filter[name] = Plain(r.Values[at])
	}
	o[d][part] = filter
	return nil
}

// noteChunk remembers the parts of a chunk's rows.
func (o onceParts) noteChunk(c *Chunk) error {
	if len(c.Dataset.Once) == 0 {
		return nil
	}
	for i := range c.Len() {
		r := c.Row(i)
		if err := o.note(c.Dataset, &r); err != nil {
			return err
		}
	}
	return nil
}

// refuseRewriting fails when a part of a dataset that is written once stands in the record already.
func (l *Ledger) refuseRewriting(ctx context.Context, parts onceParts) error {
	for d, list := range parts {
		for _, filter := range list {
			where, params, err := d.where(filter)
			if err != nil {
				return err
			}
			maps.Copy(params, l.knowingAll(time.Time{}).Params())
			var rows uint64
			sql := fmt.Sprintf("SELECT count() FROM %s WHERE area = {area:String} AND %s AND batch IN (%s)", d.Name, where, visible)
			if err := l.conn.QueryRow(Bind(ctx, params), sql).Scan(&rows); err != nil {
				return err
			}
			if rows == 0 {
				continue
			}
			named := make([]string, len(d.Once))
			for i, name := range d.Once {
				named[i] = filter[name]
			}
			return Fail(Refused, text.T("error.once", strings.Join(named, " "), rows))
		}
	}
	return nil
}
