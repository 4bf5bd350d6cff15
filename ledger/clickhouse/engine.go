package clickhouse

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// startWait bounds the engine's start, closeWait the wait for running statements before they are killed.
const (
	startWait = 2 * time.Minute
	closeWait = 30 * time.Second
)

// engine is libchdb at work on one folder. A process has at most one.
type engine struct {
	api      *capi
	dir      string // where the lock lies
	path     string // where the data lies
	version  string
	timezone string
	pool     *pool
	lock     *folderLock
	users    int // open driver.Conns; guarded by running
	heads    headCache

	control struct {
		sync.Mutex
		*session // kept beside the pool: it stops statements when all others are busy, and keeps the engine up
	}
}

var running struct {
	sync.Mutex
	*engine
}

// acquireEngine starts the engine on cfg.Dir, or shares the one that already runs on it.
func acquireEngine(ctx context.Context, cfg Config) (*engine, error) {
	dir, err := prepareFolder(cfg.Dir)
	if err != nil {
		return nil, err
	}
	running.Lock()
	defer running.Unlock()
	if e := running.engine; e != nil {
		if e.dir != dir {
			return nil, secondFolderError(dir, e.dir)
		}
		if e.users == 0 {
			return nil, stillRunningError()
		}
		e.users++
		return e, nil
	}
	e, err := startEngine(ctx, dir, cfg)
	if err != nil {
		return nil, err
	}
	e.users = 1
	running.engine = e
	return e, nil
}

func startEngine(ctx context.Context, dir string, cfg Config) (e *engine, err error) {
	api, err := loadLibrary(cfg.Library)
	if err != nil {
		return nil, err
	}
	lock, err := lockFolder(dir, cfg.Socket)
	if err != nil {
		return nil, folderError(dir, err)
	}
	defer func() {
		if err != nil {
			_ = lock.release()
		}
	}()
	if err := refuseNewerFolder(dir, api.version()); err != nil {
		return nil, err
	}
	if err := requireFreeSpace(dir); err != nil {
		return nil, err
	}
	e = &engine{api: api, dir: dir, path: filepath.Join(dir, "clickhouse"), lock: lock}
	if err := e.boot(ctx, cfg); err != nil {
		return nil, startError(err)
	}
	if err := recordEngineVersion(dir, api.version()); err != nil {
		e.control.close()
		return nil, folderError(dir, err)
	}
	e.pool = newPool(cfg.Connections, func() (*session, error) { return newSession(api, e.path) })
	return e, nil
}

// quietEngine keeps the engine's own remarks off the terminal; its errors reach us as answers.
const quietEngine = "--log-level=none"

// boot connects the first time, which starts the engine.
func (e *engine) boot(ctx context.Context, cfg Config) error {
	backups, err := filepath.Abs(cfg.Backups)
	if err != nil {
		return err
	}
	arguments := []string{"clickhouse", "--path=" + e.path, quietEngine, "--", "--backups.allowed_path=" + backups}
	handle, err := e.connectFirst(ctx, arguments)
	if err != nil {
		return err
	}
	e.control.session = &session{api: e.api, handle: handle, database: "default"}
	out, err := e.query(ctx, "SELECT version(), timezone()")
	if err != nil {
		e.control.close()
		return err
	}
	e.version, e.timezone, _ = strings.Cut(strings.TrimSpace(string(out)), "\t")
	return nil
}

// connectFirst gives up after a while, because the engine hangs on a folder that a foreign program has open.
func (e *engine) connectFirst(ctx context.Context, arguments []string) (*uintptr, error) {
	ctx, cancel := context.WithTimeout(ctx, startWait)
	defer cancel()
	connected := make(chan *uintptr)
	go func() {
		handle := e.api.connectArguments(arguments)
		select {
		case connected <- handle:
		case <-ctx.Done():
			if handle != nil {
				e.api.closeConn(handle)
			}
		}
	}()
	select {
	case handle := <-connected:
		if handle == nil || *handle == 0 {
			return nil, fmt.Errorf("the engine refused the folder %s", e.path)
		}
		return handle, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("the engine did not start on %s: %w", e.path, context.Cause(ctx))
	}
}

// query runs a short statement of this package's own on the control connection; the result is tab-separated.
func (e *engine) query(ctx context.Context, sql string, params ...parameter) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	e.control.Lock()
	defer e.control.Unlock()
	if e.control.session == nil {
		return nil, errClosed
	}
	return e.control.run(sql, "TSV", params)
}

// release lets one user go; the last one closes the engine and unlocks the folder.
func (e *engine) release() error {
	running.Lock()
	defer running.Unlock()
	if e.users--; e.users > 0 {
		return nil
	}
	if !e.pool.close(closeWait) {
		_, _ = e.query(context.Background(), "KILL QUERY WHERE query NOT LIKE 'KILL QUERY%' ASYNC")
		if !e.pool.close(closeWait) {
			// The folder stays locked: the engine is still at work in it.
			return stillRunningError()
		}
	}
	e.control.Lock()
	defer e.control.Unlock()
	e.control.close()
	e.control.session = nil
	running.engine = nil
	return e.lock.release()
}

// prepareFolder makes the folder when missing and returns its real path.
func prepareFolder(dir string) (string, error) {
	if dir == "" {
		dir = "."
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return "", folderError(dir, err)
	}
	dir, err := filepath.Abs(dir)
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return "", folderError(dir, err)
	}
	return dir, nil
}
