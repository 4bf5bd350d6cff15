package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
)

// ofArea selects the batches that were brought for {area}.
const ofArea = `SELECT batch FROM batches WHERE area = {area:String}`

// In is the same record for another sub-district (街道): what it reads and writes is that one's. Both share the connection, the turns
// of writers and the numbers of batches. An empty name is the ledger itself.
func (l *Ledger) In(area string) *Ledger {
	if area == "" || area == l.area {
		return l
	}
	other := *l
	other.area = area
	return &other
}

// Own is the deployment's own sub-district.
func (l *Ledger) Own() string { return l.opt.Area }

// areas remembers, for one version of the record, the sub-districts that it holds batches of.
type areas struct {
	mu      sync.Mutex
	known   bool
	version uint64
	list    []heldArea
}

// heldArea is a sub-district of which batches were ever committed; it stands while one of them is visible.
type heldArea struct {
	name   string
	stands bool
}

// Areas lists the sub-districts that can be asked about: the deployment's own, those it is set up for, and those whose batches stand.
func (l *Ledger) Areas(ctx context.Context) ([]string, error) {
	held, err := l.held(ctx)
	if err != nil {
		return nil, err
	}
	list := []string{l.opt.Area}
	add := func(name string) {
		if name != "" && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	for _, name := range l.opt.Areas {
		add(name)
	}
	for _, one := range held {
		if one.stands {
			add(one.name)
		}
	}
	return list, nil
}

// Known gives the record for a sub-district by its name, and refuses a name that nothing is known of. An empty one is the own.
func (l *Ledger) Known(ctx context.Context, area string) (*Ledger, error) {
	if area == "" {
		return l.In(l.opt.Area), nil
	}
	list, err := l.Areas(ctx)
	if err != nil {
		return nil, err
	}
	if slices.Contains(list, area) {
		return l.In(area), nil
	}
	// One whose batches were all undone has a history still.
	held, err := l.held(ctx)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(held, func(one heldArea) bool { return one.name == area }) {
		return l.In(area), nil
	}
	return nil, Fail(NotFound, text.T("area.unknown", area, strings.Join(list, "、")))
}

// MayBegin refuses a sub-district that the record holds nothing of while it holds others and is not set up for several: it is
// most likely a name written otherwise, and what is brought for it would stand apart from everything else.
func (l *Ledger) MayBegin(ctx context.Context) error {
	held, err := l.held(ctx)
	if err != nil || len(l.opt.Areas) > 0 || len(held) == 0 {
		return err
	}
	names := make([]string, len(held))
	for i, one := range held {
		if names[i] = one.name; one.name == l.area {
			return nil
		}
	}
	return Fail(Refused, text.T("area.new", l.area, strings.Join(names, "、")))
}

// held reads of which sub-districts batches were committed, once for each version of the record.
func (l *Ledger) held(ctx context.Context) ([]heldArea, error) {
	version, err := l.Version(ctx)
	if err != nil {
		return nil, err
	}
	l.areas.mu.Lock()
	defer l.areas.mu.Unlock()
	if l.areas.known && l.areas.version == version {
		return l.areas.list, nil
	}
	rows, err := l.conn.Query(Bind(ctx, l.knowingAll(time.Time{}).Params()), `SELECT area, max(batch IN (`+visible+`)) > 0
		FROM batches WHERE area != '' AND batch IN (SELECT batch FROM batches WHERE event = 'commit') GROUP BY area ORDER BY area`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []heldArea{}
	for rows.Next() {
		var one heldArea
		if err := rows.Scan(&one.name, &one.stands); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	l.areas.known, l.areas.version, l.areas.list = true, version, list
	return list, nil
}

// batchElsewhere says that a batch is not one of the sub-district's, and whose it is.
func (l *Ledger) batchElsewhere(ctx context.Context, id uint64) error {
	var area string
	err := l.conn.QueryRow(Bind(ctx, Params{"batch": fmt.Sprint(id)}),
		"SELECT max(area) FROM batches WHERE batch = {batch:UInt64} AND batch IN (SELECT batch FROM batches WHERE event = 'commit')").Scan(&area)
	if err != nil {
		return err
	}
	if area == "" || area == l.area {
		return Fail(NotFound, text.T("error.batch_unknown", id))
	}
	return Fail(NotFound, text.T("area.batch_elsewhere", id, area))
}

// nameAreas says of batches written before batches did which sub-district they are of: that of their rows, and own for those
// without any. It appends an event each, at the moment of the batch's first, and may be done again.
func nameAreas(ctx context.Context, conn driver.Conn, own string) error {
	parts := make([]string, len(All))
	for i, d := range All {
		parts[i] = "SELECT batch, any(area) AS area FROM " + d.Name + " WHERE batch IN nameless GROUP BY batch"
	}
	var n uint64
	const nameless = "SELECT batch FROM batches GROUP BY batch HAVING max(area) = ''"
	if err := conn.QueryRow(ctx, "SELECT count() FROM ("+nameless+")").Scan(&n); err != nil || n == 0 {
		return err
	}
	return conn.Exec(Bind(ctx, Params{"own": own}), `INSERT INTO batches (batch, event, at, area)
		WITH nameless AS (`+nameless+`)
		SELECT first.batch, 'area', first.at, if(told.area = '', {own:String}, told.area)
		FROM (SELECT batch, min(at) AS at FROM batches WHERE batch IN nameless GROUP BY batch) AS first
		LEFT JOIN (SELECT batch, max(area) AS area FROM (`+strings.Join(parts, " UNION ALL ")+`) GROUP BY batch) AS told ON told.batch = first.batch`)
}
