package ledger

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"taizhang/internal/access"
	"taizhang/internal/text"
)

// auditTable holds who did what; nothing writes over it, and only ForgetAudit, after the days of the law, takes away from it.
const auditTable = `CREATE TABLE IF NOT EXISTS audit (
	at DateTime64(3, 'UTC'), request String, account String, person String, address String, action LowCardinality(String),
	route LowCardinality(String), subject String, status UInt16, area LowCardinality(String), detail String
) ENGINE = MergeTree ORDER BY (at, request)` + durable

// The actions that the audit tells apart.
const (
	DidSignIn       = "sign_in"
	DidSignInFailed = "sign_in_failed"
	DidSignInLocked = "sign_in_locked" // refused without looking at the password
	DidSSOFailed    = "sso_failed"     // the sign-in service's answer let nobody in; no password was tried, so that lockout does not count it
	DidSignOut      = "sign_out"
	DidPassword     = "password"
	DidRefused      = "refused" // a person asked for what the roles do not allow
	DidImport       = "import"
	DidUndo         = "undo"
	DidEdit         = "edit"
	DidExport       = "export"
	DidSetting      = "setting" // accounts and settings
	DidBackup       = "backup"
)

// AuditActions lists the actions in the order in which they are offered.
var AuditActions = []string{DidSignIn, DidSignInFailed, DidSignInLocked, DidSSOFailed, DidSignOut, DidPassword, DidRefused, DidImport, DidUndo, DidEdit, DidExport, DidSetting, DidBackup}

// Audited is one line of the audit.
type Audited struct {
	At      time.Time `json:"at"`      // UTC
	Request string    `json:"request"` // the id the person was shown and the log knows
	Account string    `json:"account"` // empty for somebody not signed in; of a failed sign-in: the name typed
	Person  string    `json:"person"`
	Address string    `json:"address"`
	Action  string    `json:"action"`
	Route   string    `json:"route"`
	Subject string    `json:"subject"` // path, batch, account …
	Status  uint16    `json:"status"`
	Area    string    `json:"area,omitempty"`
	Detail  string    `json:"detail,omitempty"`
}

// auditWriter gathers lines that come at the same time into one block.
type auditWriter struct {
	mu      sync.Mutex // of waiting
	waiting *auditBlock
	writing sync.Mutex
}

// auditBlock is a block on its way; done and err count once it was written.
type auditBlock struct {
	lines []Audited
	done  bool
	err   error
}

// longestDetail is how much of what people typed stands in one line of the audit.
const longestDetail = 500

// Audit appends a line and returns once it is stored.
func (l *Ledger) Audit(ctx context.Context, line Audited) error {
	if line.At.IsZero() {
		line.At = l.Now().UTC()
	}
	w := &l.audit
	w.mu.Lock()
	if w.waiting == nil {
		w.waiting = &auditBlock{}
	}
	own := w.waiting
	own.lines = append(own.lines, line)
	w.mu.Unlock()
	w.writing.Lock()
	defer w.writing.Unlock()
	if own.done { // somebody else's turn wrote it too
		return own.err
	}
	w.mu.Lock()
	w.waiting = nil
	w.mu.Unlock()
	own.err, own.done = l.writeAudit(context.WithoutCancel(ctx), own.lines), true
	return own.err
}

func (l *Ledger) writeAudit(ctx context.Context, lines []Audited) error {
	batch, err := l.conn.PrepareBatch(ctx, "INSERT INTO audit")
	if err != nil {
		return err
	}
	for _, a := range lines {
		err := batch.Append(a.At.UTC(), a.Request, short(a.Account), short(a.Person), short(a.Address), a.Action, a.Route, short(a.Subject), a.Status, a.Area, short(a.Detail))
		if err != nil {
			return err
		}
	}
	return batch.Send()
}

func short(s string) string {
	s = strings.ToValidUTF8(s, "?")
	if r := []rune(s); len(r) > longestDetail {
		return string(r[:longestDetail]) + "…"
	}
	return s
}

// AuditQuery narrows the audit; what is empty narrows nothing.
type AuditQuery struct {
	Who      string // part of an account's or a person's name
	Action   string
	From, To time.Time // To is not included
	Text     string    // part of anything else
}

// AuditLines gives lines that meet a query, the newest first, and how many there are; limit 0 gives all.
func (l *Ledger) AuditLines(ctx context.Context, q AuditQuery, offset, limit int) ([]Audited, uint64, error) {
	if q.To.IsZero() {
		q.To = endOfTime
	}
	if q.From.IsZero() {
		q.From = time.Unix(0, 0)
	}
	ctx = Bind(ctx, Params{"who": q.Who, "action": q.Action, "text": q.Text, "from": MomentParam(q.From), "to": MomentParam(q.To)})
	const from = ` FROM audit WHERE at >= {from:DateTime64(3,'UTC')} AND at < {to:DateTime64(3,'UTC')} AND ({action:String} = '' OR action = {action:String})
		AND ({who:String} = '' OR positionCaseInsensitiveUTF8(account, {who:String}) > 0 OR positionCaseInsensitiveUTF8(person, {who:String}) > 0)
		AND ({text:String} = '' OR positionCaseInsensitiveUTF8(concatWithSeparator(' ', request, address, route, subject, area, detail), {text:String}) > 0)`
	var total uint64
	if err := l.conn.QueryRow(ctx, "SELECT count()"+from).Scan(&total); err != nil {
		return nil, 0, err
	}
	sql := "SELECT at, request, account, person, address, action, route, subject, status, area, detail" + from + " ORDER BY at DESC, request DESC"
	if limit > 0 {
		sql += fmt.Sprintf(" LIMIT %d OFFSET %d", limit, offset)
	}
	rows, err := l.conn.Query(ctx, sql)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	list := []Audited{}
	for rows.Next() {
		var a Audited
		if err := rows.Scan(&a.At, &a.Request, &a.Account, &a.Person, &a.Address, &a.Action, &a.Route, &a.Subject, &a.Status, &a.Area, &a.Detail); err != nil {
			return nil, 0, err
		}
		list = append(list, a)
	}
	return list, total, rows.Err()
}

// Attempts counts the wrong passwords since a moment: those of a name after its last sign-in or new password, and those from an address.
func (l *Ledger) Attempts(ctx context.Context, account, address string, since time.Time) (access.Attempts, error) {
	var a access.Attempts
	var byName, byAddress uint64
	ctx = Bind(ctx, Params{"account": account, "address": address, "since": MomentParam(since), "failed": DidSignInFailed,
		"done": DidSignIn, "reset": DidPassword})
	err := l.conn.QueryRow(ctx, `WITH (SELECT max(at) FROM audit WHERE at >= {since:DateTime64(3,'UTC')} AND (account = {account:String} AND action = {done:String} OR subject = {account:String} AND action = {reset:String} AND status < 400)) AS last
		SELECT countIf(account = {account:String} AND at > last), maxIf(at, account = {account:String}), countIf(address = {address:String}), maxIf(at, address = {address:String})
		FROM audit WHERE at >= {since:DateTime64(3,'UTC')} AND action = {failed:String}`).Scan(&byName, &a.LastAccount, &byAddress, &a.LastAddress)
	a.Account, a.Address = int(byName), int(byAddress)
	return a, err
}

// ForgetAudit takes lines away that are older than so many days; fewer than the law's are refused.
func (l *Ledger) ForgetAudit(ctx context.Context, days int) error {
	if days < access.SmallestRetention {
		return Fail(Refused, text.T("audit.too_short", access.SmallestRetention))
	}
	before := MomentParam(l.Now().UTC().AddDate(0, 0, -days))
	return l.conn.Exec(Bind(ctx, Params{"before": before}), "DELETE FROM audit WHERE at < {before:DateTime64(3,'UTC')}")
}
