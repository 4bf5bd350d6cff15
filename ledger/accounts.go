package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"taizhang/internal/access"
	"taizhang/internal/text"
)

// accountsTable holds the states of each account, one row a change; the last one of a name counts, and none is ever taken away.
const accountsTable = `CREATE TABLE IF NOT EXISTS accounts (
	no UInt64, name String, at DateTime64(3, 'UTC'), by String, person String, roles Array(LowCardinality(String)), areas Array(String),
	own_only Bool, disabled Bool, hash String, password_at DateTime64(3, 'UTC'), once Bool,
	sso_name String, sso_only Bool, sso_issuer String, sso_subject String
) ENGINE = MergeTree ORDER BY (name, no)` + durable

// Account is who may sign in, as it stands.
type Account struct {
	Name       string        `json:"account"` // what is typed to sign in, folded
	Person     string        `json:"name"`    // as it stands in the record beside what the person did
	Roles      []access.Role `json:"roles"`
	Areas      []string      `json:"areas"`    // sub-districts it is limited to; empty: all
	OwnOnly    bool          `json:"own_only"` // sees of the projects those it leads
	Disabled   bool          `json:"disabled"`
	Hash       string        `json:"-"`
	PasswordAt time.Time     `json:"password_at"`
	Once       bool          `json:"one_time"` // the password was set by somebody else and must be changed
	SSO
	At time.Time `json:"changed_at"`
	By string    `json:"changed_by"`
}

// SSO is how an account signs in by the unit's sign-in service: the name an administrator expects there, and whom the first sign-in
// under that name bound the account to. A service may give a name to somebody else one day; issuer and subject together never are.
type SSO struct {
	Name    string `json:"sso_name,omitempty"`    // at the service, exactly; empty: the account signs in by password alone
	Only    bool   `json:"sso_only,omitempty"`    // no password opens the account
	Issuer  string `json:"sso_issuer,omitempty"`  // of the service it is bound to; empty: not bound yet
	Subject string `json:"sso_subject,omitempty"` // the person there it is bound to
}

// Bound reports whether the account belongs to one person of a service.
func (s SSO) Bound() bool { return s.Subject != "" }

// Who is the account as the rules of access see it.
func (a Account) Who() access.Person {
	return access.Person{Account: a.Name, Name: a.Person, Roles: a.Roles, Areas: a.Areas, OwnOnly: a.OwnOnly}
}

// seenElsewhere is how long this process may answer by what it knows where others write to the same record: a revocation there counts here after that.
const seenElsewhere = 2 * time.Second

// people remembers accounts and sessions between writes.
type people struct {
	mu       sync.Mutex
	accounts map[string]Account
	read     time.Time // when accounts were read; zero: not
	sessions map[string]knownSession
}

// fresh reports whether what was read at a moment still counts.
func (l *Ledger) fresh(read time.Time) bool {
	return !read.IsZero() && (l.opt.Alone || time.Since(read) < seenElsewhere)
}

// Accounts gives all accounts by their names, as they stand now.
func (l *Ledger) Accounts(ctx context.Context) (map[string]Account, error) {
	l.people.mu.Lock()
	defer l.people.mu.Unlock()
	if l.fresh(l.people.read) {
		return l.people.accounts, nil
	}
	begun := time.Now()
	rows, err := l.conn.Query(ctx, `SELECT name, person, arrayMap(r -> toString(r), roles), areas, own_only, disabled, hash, password_at, once, at, by,
		sso_name, sso_only, sso_issuer, sso_subject
		FROM accounts ORDER BY name, no DESC LIMIT 1 BY name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := map[string]Account{}
	for rows.Next() {
		var a Account
		var roles []string
		if err := rows.Scan(&a.Name, &a.Person, &roles, &a.Areas, &a.OwnOnly, &a.Disabled, &a.Hash, &a.PasswordAt, &a.Once, &a.At, &a.By,
			&a.SSO.Name, &a.SSO.Only, &a.Issuer, &a.Subject); err != nil {
			return nil, err
		}
		for _, r := range roles {
			a.Roles = append(a.Roles, access.Role(r))
		}
		list[a.Name] = a
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	l.people.accounts, l.people.read = list, begun
	return list, nil
}

// AddAccount begins an account; a name that was ever used is a Conflict.
func (l *Ledger) AddAccount(ctx context.Context, a Account) error {
	return l.changeAccount(ctx, a.Name, func(was Account, exists bool) (Account, error) {
		if exists {
			return was, Fail(Conflict, text.T("access.name_taken", a.Name))
		}
		return a, nil
	})
}

// ChangeAccount appends the account as change makes it; an unknown name is NotFound.
func (l *Ledger) ChangeAccount(ctx context.Context, name string, change func(*Account) error) error {
	return l.changeAccount(ctx, name, func(was Account, exists bool) (Account, error) {
		if !exists {
			return was, Fail(NotFound, text.T("access.no_account", name))
		}
		return was, nil
	}, change)
}

// changeAccount reads and writes one account while no other change is on its way.
func (l *Ledger) changeAccount(ctx context.Context, name string, begin func(was Account, exists bool) (Account, error), changes ...func(*Account) error) error {
	leave, err := l.turns.take(ctx, []string{"accounts"})
	if err != nil {
		return err
	}
	defer leave()
	l.forgetAccounts()
	all, err := l.Accounts(ctx)
	if err != nil {
		return err
	}
	was, exists := all[name]
	now, err := begin(was, exists)
	if err != nil {
		return err
	}
	for _, change := range changes {
		if err := change(&now); err != nil {
			return err
		}
	}
	if err := keepsAnAdministrator(all, now); err != nil {
		return err
	}
	if err := sharesNoOneElse(all, now); err != nil {
		return err
	}
	// Also after a failure: the engine may have stored what it could not acknowledge.
	defer l.forgetAccounts()
	return l.writeAccount(context.WithoutCancel(ctx), now)
}

// keepsAnAdministrator refuses the change after which nobody could let people in.
func keepsAnAdministrator(all map[string]Account, changed Account) error {
	leads := func(a Account) bool { return !a.Disabled && slices.Contains(a.Roles, access.Administrator) }
	if leads(changed) {
		return nil
	}
	for name, a := range all {
		if name != changed.Name && leads(a) {
			return nil
		}
	}
	if was, exists := all[changed.Name]; exists && !leads(was) {
		return nil // it did not lead before either
	}
	return Fail(Refused, text.T("access.last_administrator"))
}

// sharesNoOneElse refuses two accounts for one name or one person of the sign-in service: which of them a sign-in meant would be chance.
func sharesNoOneElse(all map[string]Account, changed Account) error {
	for name, a := range all {
		sameName := changed.SSO.Name != "" && a.SSO.Name == changed.SSO.Name
		samePerson := changed.Bound() && a.Subject == changed.Subject && a.Issuer == changed.Issuer
		if name != changed.Name && (sameName || samePerson) {
			return Fail(Conflict, text.T("access.sso.taken", changed.SSO.Name, name))
		}
	}
	return nil
}

func (l *Ledger) writeAccount(ctx context.Context, a Account) error {
	var no uint64
	if err := l.conn.QueryRow(ctx, "SELECT toUInt64(max(no) + 1) FROM accounts").Scan(&no); err != nil {
		return err
	}
	batch, err := l.conn.PrepareBatch(ctx, "INSERT INTO accounts")
	if err != nil {
		return err
	}
	roles := make([]string, len(a.Roles))
	for i, r := range a.Roles {
		roles[i] = string(r)
	}
	err = batch.Append(no, a.Name, l.Now().UTC(), a.By, a.Person, roles, slices.Clone(a.Areas), a.OwnOnly, a.Disabled, a.Hash, a.PasswordAt.UTC(), a.Once,
		a.SSO.Name, a.SSO.Only, a.Issuer, a.Subject)
	if err != nil {
		return err
	}
	return batch.Send()
}

func (l *Ledger) forgetAccounts() {
	l.people.mu.Lock()
	defer l.people.mu.Unlock()
	l.people.read = time.Time{}
}

// Hashes gives the hashes of the last passwords of an account, the newest first, for a policy that forbids them.
func (l *Ledger) Hashes(ctx context.Context, name string, limit int) ([]string, error) {
	rows, err := l.conn.Query(Bind(ctx, Params{"name": name}),
		fmt.Sprintf("SELECT hash FROM accounts WHERE name = {name:String} AND hash != '' GROUP BY hash ORDER BY max(no) DESC LIMIT %d", limit))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var hash string
		if err := rows.Scan(&hash); err != nil {
			return nil, err
		}
		list = append(list, hash)
	}
	return list, rows.Err()
}

// RoleNames joins roles for people and commands.
func RoleNames(roles []access.Role) string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
	}
	return strings.Join(names, ", ")
}
