package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	chgo "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// nativeServer is a ClickHouse server of the machine's packages, started with a folder and a port of its own. Debian's is of 2018: old enough
// to be refused, and new enough to try the line to a server by. Our views need a newer one, see docs/reliability.md.
type nativeServer struct {
	t       *testing.T
	dir     string
	address string
	process *exec.Cmd
}

const (
	nativeConfig = `<yandex>
  <logger><level>warning</level><log>%[1]s/log</log><errorlog>%[1]s/err</errorlog></logger>
  <tcp_port>%[2]s</tcp_port><listen_host>127.0.0.1</listen_host><path>%[1]s/data/</path><tmp_path>%[1]s/tmp/</tmp_path>
  <users_config>%[1]s/users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
  <mark_cache_size>67108864</mark_cache_size>
</yandex>`
	nativeUsers = `<yandex>
  <profiles><default/></profiles><quotas><default/></quotas>
  <users><taizhang><password>right</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></taizhang>
    <default><password>other</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
</yandex>`
)

func startNative(t *testing.T) *nativeServer {
	t.Helper()
	if _, err := exec.LookPath("clickhouse-server"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("clickhouse-server is missing: scripts/test-tools.sh installs it")
		}
		t.Skip("clickhouse-server is not installed (apt-get install clickhouse-server)")
	}
	s := &nativeServer{t: t, dir: t.TempDir(), address: freeAddress(t)}
	_, port, _ := net.SplitHostPort(s.address)
	for name, text := range map[string]string{"config.xml": fmt.Sprintf(nativeConfig, s.dir, port), "users.xml": nativeUsers} {
		if err := os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.start()
	t.Cleanup(s.kill)
	return s
}

// start starts the server and waits until it answers.
func (s *nativeServer) start() {
	s.t.Helper()
	s.process = exec.Command("clickhouse-server", "--config-file="+s.dir+"/config.xml")
	s.process.Dir = s.dir
	s.process.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // it does not outlive a test that was killed
	if err := s.process.Start(); err != nil {
		s.t.Fatal(err)
	}
	conn := s.connect("")
	defer conn.Close()
	var err error
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if err = conn.Ping(context.Background()); err == nil {
			return
		}
	}
	log, _ := os.ReadFile(s.dir + "/err")
	s.t.Fatalf("clickhouse-server did not start: %v\n%s", err, log)
}

// kill takes the server away as a loss of power of its process would.
func (s *nativeServer) kill() {
	_ = s.process.Process.Signal(syscall.SIGKILL)
	_ = s.process.Wait()
}

func (s *nativeServer) dsn(user, address string) string {
	return "clickhouse://" + user + "@" + address + "/default?dial_timeout=2s"
}

// connect opens a pool as the product does, but for the check of the version and the settings that the old server does not know.
func (s *nativeServer) connect(through string) driver.Conn {
	s.t.Helper()
	if through == "" {
		through = s.address
	}
	options, err := serverOptions(Config{DSN: s.dsn("taizhang:right", through)}.withDefaults())
	if err != nil {
		s.t.Fatal(err)
	}
	options.Settings = nil
	conn, err := chgo.Open(options)
	if err != nil {
		s.t.Fatal(err)
	}
	return conn
}

// TestARealServerThatCannotBeUsed asks Open of a real server: who is refused is told why, and a server too old by which version it is and
// which is needed.
func TestARealServerThatCannotBeUsed(t *testing.T) {
	s := startNative(t)
	cases := []struct {
		user     string
		kind     Kind
		says     []string
		saysInZh string
	}{
		{"taizhang:right", KindServerTooOld, []string{"18.16", MinServerVersion}, "18.16"},
		{"taizhang:wrong", KindAuthentication, []string{"user name or the password"}, "密码"},
		{"nobody:right", KindAuthentication, []string{"user name or the password"}, "用户名"},
	}
	for _, c := range cases {
		_, _, err := Open(t.Context(), Config{DSN: s.dsn(c.user, s.address)})
		told, ok := errors.AsType[*Error](err)
		if !ok || told.Kind != c.kind || !strings.Contains(told.MessageZh, c.saysInZh) {
			t.Errorf("%s: %v", c.user, err)
			continue
		}
		for _, part := range c.says {
			if !strings.Contains(told.Message, part) {
				t.Errorf("%s: %q does not say %q", c.user, told.Message, part)
			}
		}
	}
	s.kill()
	_, _, err := Open(t.Context(), Config{DSN: s.dsn("taizhang:right", s.address)})
	if told, ok := errors.AsType[*Error](err); !ok || told.Kind != KindUnreachable {
		t.Errorf("after it was taken away: %v", err)
	}
}

// nativeRows is one block of the driver.
const nativeRows = 20_000

func insertNative(ctx context.Context, conn driver.Conn, number uint64) error {
	batch, err := conn.PrepareBatch(ctx, "INSERT INTO rows_of (batch, row, text)") // the old server does not tell its columns unasked
	if err != nil {
		return err
	}
	for row := range uint64(nativeRows) {
		if err := batch.Append(number, row, strings.Repeat("字", int(row%7))); err != nil {
			return err
		}
	}
	return batch.Send()
}

const nativeTable = "CREATE TABLE IF NOT EXISTS rows_of (batch UInt64, row UInt64, text String) ENGINE = MergeTree() ORDER BY (batch, row)"

// TestTheLineToARealServerIsCut cuts native connections at an insert, through which rows travel in blocks of the protocol.
func TestTheLineToARealServerIsCut(t *testing.T) {
	s := startNative(t)
	line := newCutter(t, s.address)
	conn := s.connect(line.address())
	defer conn.Close()
	mustExec(t, conn, nativeTable)
	for number := uint64(1); number <= 9; number++ {
		where := []cutWhere{cutInMiddle, cutBeforeAck, cutAfterAck}[number%3]
		line.cut(where, "INSERT INTO rows_of", 1)
		err := insertNative(t.Context(), conn, number)
		if line.happened() != 1 {
			t.Fatalf("%d cuts; %v", line.happened(), err)
		}
		if told, ok := Explain(err); err != nil && (!ok || told.Kind != KindUnreachable) {
			t.Errorf("cut %s: %v", where, err)
		}
		if where == cutInMiddle && err == nil {
			t.Errorf("half an insert was acknowledged")
		}
		// The same pool goes on; what stands is all of it or nothing.
		n := one[uint64](t, t.Context(), conn, "SELECT count() FROM rows_of WHERE batch = "+fmt.Sprint(number))
		if n != 0 && n != nativeRows || where == cutInMiddle && n != 0 || err == nil && n != nativeRows {
			t.Errorf("cut %s: %d rows stand after %v", where, n, err)
		}
	}
}

// TestARealServerIsTakenAwayUnderLoad kills the server while four insert and two read, and starts it again: the same pool goes on, what was
// acknowledged stands, no block stands by halves, and what is told meanwhile is that nobody answers.
func TestARealServerIsTakenAwayUnderLoad(t *testing.T) {
	s := startNative(t)
	conn := s.connect("")
	defer conn.Close()
	mustExec(t, conn, nativeTable)
	ctx, stop := context.WithCancel(t.Context())
	var mu sync.Mutex
	acknowledged, away := map[uint64]bool{}, 0
	failed := func(what string, err error) {
		mu.Lock()
		defer mu.Unlock()
		away++
		if told, ok := Explain(err); !ok || told.Kind != KindUnreachable {
			t.Errorf("%s: %v", what, err)
		}
	}
	done := make(chan struct{}, 100_000)
	var wait sync.WaitGroup
	for w := range uint64(4) {
		wait.Go(func() {
			for n := uint64(1); ctx.Err() == nil; n++ {
				number := w*1_000_000 + n
				if err := insertNative(context.Background(), conn, number); err != nil {
					failed("insert", err)
					time.Sleep(20 * time.Millisecond)
					continue
				}
				mu.Lock()
				acknowledged[number] = true
				mu.Unlock()
				done <- struct{}{}
			}
		})
	}
	for range 2 {
		wait.Go(func() {
			for ctx.Err() == nil {
				var broken uint64
				err := conn.QueryRow(context.Background(), fmt.Sprintf("SELECT countIf(n != %d) FROM (SELECT count() AS n FROM rows_of GROUP BY batch)", nativeRows)).Scan(&broken)
				if err != nil {
					failed("question", err)
					time.Sleep(20 * time.Millisecond)
				} else if broken > 0 {
					t.Errorf("%d batches are seen by halves", broken)
				}
			}
		})
	}
	few := func() {
		for range 5 {
			select {
			case <-done:
			case <-time.After(time.Minute):
				stop()
				t.Fatal("nothing is inserted any more")
			}
		}
	}
	for range 3 {
		few()
		s.kill()
		s.start()
	}
	few()
	stop()
	wait.Wait()
	rows, err := conn.Query(t.Context(), "SELECT batch, count() FROM rows_of GROUP BY batch")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	stands := map[uint64]uint64{}
	for rows.Next() {
		var batch, n uint64
		if err := rows.Scan(&batch, &n); err != nil {
			t.Fatal(err)
		}
		if stands[batch] = n; n != nativeRows {
			t.Errorf("%d rows of batch %d stand", n, batch)
		}
	}
	for number := range acknowledged {
		if stands[number] == 0 {
			t.Errorf("batch %d was acknowledged and is lost", number)
		}
	}
	if away == 0 {
		t.Error("nobody noticed that the server was away")
	}
	t.Logf("%d acknowledged, %d stand, %d times nobody answered", len(acknowledged), len(stands), away)
}
