package ledger

import (
	"context"
	"fmt"
	"time"
)

// SumsOf adds a field up per name in another, over the rows that stand at a day.
func (l *Ledger) SumsOf(ctx context.Context, d *Dataset, on, part string, day time.Time) (map[string]Decimal, error) {
	clock := l.knowingAll(day)
	sql := fmt.Sprintf(`SELECT %[1]s, sum(%[2]s) FROM %[3]s_at(asof = {asof:Date32}, known = {known:DateTime64(3,'UTC')}, area = {area:String})
		WHERE isNotNull(%[2]s) GROUP BY %[1]s`, KeyColumn(on), part, d.Name)
	rows, err := l.conn.Query(Bind(ctx, clock.Params()), sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	sums := map[string]Decimal{}
	for rows.Next() {
		var name string
		var sum Decimal
		if err := rows.Scan(&name, &sum); err != nil {
			return nil, err
		}
		sums[name] = sum
	}
	return sums, rows.Err()
}
