package ledger

import (
	"context"
	"strings"
	"sync"
	"time"

	clickhouse "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Options of a Ledger; the zero value is for use, tests set the clock and the steps.
type Options struct {
	Area string // the deployment's own sub-district, which questions are about unless they name another
	// Areas are further sub-districts that rows may belong to, beside those the record holds.
	Areas []string
	Now   func() time.Time  // the wall clock
	Step  func(step string) // called before each numbered step of a load, for crash tests
	// Alone says that nobody else can write to this database, as with the embedded engine, whose folder is locked.
	Alone bool
}

// Ledger is the record over one database.
type Ledger struct {
	conn driver.Conn
	opt  Options
	area string // the sub-district it reads and writes, see In
	*shared
}

// shared is what the ledgers of all sub-districts of one record have in common.
type shared struct {
	// One writer a dataset, and one load of a content, at a time.
	turns turns
	// Numbers and record times are given out, and events written, one at a time; never held for longer than that.
	event   sync.Mutex
	version version
	areas   areas
	people  people
	audit   auditWriter
}

// New opens the record in a database, making its tables when they are missing.
func New(ctx context.Context, conn driver.Conn, opt Options) (*Ledger, error) {
	if opt.Area == "" {
		opt.Area = "本街道"
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Step == nil {
		opt.Step = func(string) {}
	}
	if err := ensureSchema(ctx, conn, opt.Area); err != nil {
		return nil, err
	}
	return &Ledger{conn: conn, opt: opt, area: opt.Area, shared: &shared{}}, nil
}

// Conn gives the connection that questions are asked on; nothing but a Ledger writes.
func (l *Ledger) Conn() driver.Conn { return l.conn }

// Area is the sub-district that is read, and that new rows belong to.
func (l *Ledger) Area() string { return l.area }

// Now is the record's wall clock.
func (l *Ledger) Now() time.Time { return l.opt.Now() }

// Params are values bound in the engine to {name:Type} places of a statement, as plain text.
type Params map[string]string

// The engine reads a bound value as one field of tab-separated text; the driver passes it on as it is.
var escapeParam = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "\x00", `\0`)

// Bind gives a context whose next statement has the parameters bound.
func Bind(ctx context.Context, params Params) context.Context {
	bound := make(clickhouse.Parameters, len(params))
	for name, value := range params {
		bound[name] = escapeParam.Replace(value)
	}
	return clickhouse.Context(ctx, clickhouse.WithParameters(bound))
}
