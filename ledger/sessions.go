package ledger

import (
	"context"
	"time"
)

// SessionsTable is not part of a backup or a copy: what is brought back elsewhere or later must not sign anybody in again.
const SessionsTable = "sessions"

// sessionsTable holds what happened to sessions: begun, seen (now and then), ended. Of the token only its digest is kept.
const sessionsTable = `CREATE TABLE IF NOT EXISTS ` + SessionsTable + ` (
	id String, event LowCardinality(String), at DateTime64(3, 'UTC'), account String, address String, agent String, way LowCardinality(String)
) ENGINE = MergeTree ORDER BY (id, at)` + durable

// Session is one sign-in that has not ended, or has.
type Session struct {
	ID      string    `json:"-"` // the digest of its token
	Account string    `json:"account"`
	Address string    `json:"address"`
	Agent   string    `json:"agent"`
	Way     string    `json:"way"` // ByPassword or BySSO
	Began   time.Time `json:"began"`
	Seen    time.Time `json:"seen"`
	Ended   bool      `json:"ended"`
}

// The ways in which a session begins. What a password asks for, such as its change, concerns sessions that began with one.
const (
	ByPassword = "password"
	BySSO      = "sso"
)

// knownSession is a session as this process knows it; written is the last moment it stored.
type knownSession struct {
	Session
	read, written time.Time
}

// writeSeen is how often it is stored that a session is in use; between, only this process knows.
const writeSeen = time.Minute

// BeginSession stores a new session; its times are set to now.
func (l *Ledger) BeginSession(ctx context.Context, s Session) error {
	now := l.Now().UTC().Truncate(time.Millisecond)
	s.Began, s.Seen, s.Ended = now, now, false
	if s.Way == "" {
		s.Way = ByPassword
	}
	if err := l.writeSessions(ctx, "begin", now, s); err != nil {
		return err
	}
	l.rememberSession(knownSession{s, time.Now(), now})
	return nil
}

// SessionAt gives a session by the digest of its token; false when there is none.
func (l *Ledger) SessionAt(ctx context.Context, id string) (Session, bool, error) {
	l.people.mu.Lock()
	one, known := l.people.sessions[id]
	l.people.mu.Unlock()
	if known && (one.Ended || l.fresh(one.read)) {
		return one.Session, !one.Ended, nil
	}
	begun := time.Now()
	list, err := l.readSessions(Bind(ctx, Params{"id": id}), "id = {id:String}")
	if err != nil || len(list) == 0 {
		return Session{}, false, err
	}
	found := list[0]
	if known && one.Seen.After(found.Seen) {
		found.Seen = one.Seen
	}
	l.rememberSession(knownSession{found, begun, list[0].Seen})
	return found, !found.Ended, nil
}

// SawSession notes that a session is in use, in memory each time and in the record once a minute.
func (l *Ledger) SawSession(ctx context.Context, id string) error {
	now := l.Now().UTC().Truncate(time.Millisecond)
	l.people.mu.Lock()
	one, known := l.people.sessions[id]
	due := known && now.Sub(one.written) >= writeSeen
	if known {
		one.Seen = now
		if due {
			one.written = now
		}
		l.people.sessions[id] = one
	}
	l.people.mu.Unlock()
	if !due {
		return nil
	}
	return l.writeSessions(context.WithoutCancel(ctx), "seen", now, one.Session)
}

// Sessions lists the sessions of an account that were not ended, the newest first; those that ran out are among them.
func (l *Ledger) Sessions(ctx context.Context, account string) ([]Session, error) {
	list, err := l.readSessions(Bind(ctx, Params{"account": account}), "id IN (SELECT id FROM sessions WHERE account = {account:String})")
	if err != nil {
		return nil, err
	}
	open := []Session{}
	l.people.mu.Lock()
	defer l.people.mu.Unlock()
	for _, s := range list {
		if one, known := l.people.sessions[s.ID]; known && one.Seen.After(s.Seen) {
			s.Seen = one.Seen
		}
		if !s.Ended {
			open = append(open, s)
		}
	}
	return open, nil
}

// EndSessions ends all sessions of an account but one; keep is empty to end all. It says how many ended.
func (l *Ledger) EndSessions(ctx context.Context, account, keep string) (int, error) {
	list, err := l.Sessions(ctx, account)
	if err != nil {
		return 0, err
	}
	ending := list[:0]
	for _, s := range list {
		if s.ID != keep {
			ending = append(ending, s)
		}
	}
	return len(ending), l.endSessions(ctx, ending)
}

// EndSession ends one session.
func (l *Ledger) EndSession(ctx context.Context, s Session) error {
	return l.endSessions(ctx, []Session{s})
}

func (l *Ledger) endSessions(ctx context.Context, list []Session) error {
	if len(list) == 0 {
		return nil
	}
	for _, s := range list {
		s.Ended = true
		l.rememberSession(knownSession{Session: s})
	}
	return l.writeSessions(context.WithoutCancel(ctx), "end", l.Now().UTC(), list...)
}

// mostSessions bounds what is remembered; more are read again when they are used.
const mostSessions = 10_000

func (l *Ledger) rememberSession(s knownSession) {
	l.people.mu.Lock()
	defer l.people.mu.Unlock()
	if l.people.sessions == nil || len(l.people.sessions) > mostSessions {
		l.people.sessions = map[string]knownSession{}
	}
	l.people.sessions[s.ID] = s
}

func (l *Ledger) writeSessions(ctx context.Context, event string, at time.Time, list ...Session) error {
	batch, err := l.conn.PrepareBatch(ctx, "INSERT INTO sessions")
	if err != nil {
		return err
	}
	for _, s := range list {
		if err := batch.Append(s.ID, event, at, s.Account, s.Address, s.Agent, s.Way); err != nil {
			return err
		}
	}
	return batch.Send()
}

func (l *Ledger) readSessions(ctx context.Context, where string) ([]Session, error) {
	rows, err := l.conn.Query(ctx, `SELECT id, any(account), argMin(address, at), argMin(agent, at), argMin(way, at), minIf(at, event = 'begin') AS began, max(at), countIf(event = 'end') > 0
		FROM sessions WHERE `+where+` GROUP BY id HAVING countIf(event = 'begin') > 0 ORDER BY began DESC`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Session
	for rows.Next() {
		var s Session
		if err := rows.Scan(&s.ID, &s.Account, &s.Address, &s.Agent, &s.Way, &s.Began, &s.Seen, &s.Ended); err != nil {
			return nil, err
		}
		if s.Way == "" {
			s.Way = ByPassword // begun before sessions said it
		}
		list = append(list, s)
	}
	return list, rows.Err()
}
