package clickhouse

import (
	"bufio"
	"context"
	"errors"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	chproto "github.com/ClickHouse/ch-go/proto"
	chgo "github.com/ClickHouse/clickhouse-go/v2"
)

func chNamed(name string, value any) any { return chgo.Named(name, value) }

// answerWith is a native-protocol server that answers every greeting with the same packet.
func answerWith(t *testing.T, write func(*chproto.Buffer)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = bufio.NewReader(conn).ReadByte()
			var packet chproto.Buffer
			write(&packet)
			_, _ = conn.Write(packet.Buf)
			time.AfterFunc(time.Second, func() { conn.Close() })
		}
	}()
	return listener.Addr().String()
}

func oldServer(packet *chproto.Buffer) {
	packet.PutUVarInt(0) // hello
	packet.PutString("ClickHouse")
	packet.PutUVarInt(23)
	packet.PutUVarInt(3)
	packet.PutUVarInt(54400) // a revision without the fields of later ones
	packet.PutString("UTC")
	packet.PutString("old")
	packet.PutUVarInt(4) // pong
}

func wrongPassword(packet *chproto.Buffer) {
	packet.PutUVarInt(2) // exception
	packet.PutInt32(516)
	packet.PutString("DB::Exception")
	packet.PutString("default: Authentication failed: password is incorrect")
	packet.PutString("")
	packet.PutBool(false)
}

func TestServersThatCannotBeUsed(t *testing.T) {
	cases := []struct {
		name, dsn string
		kind      Kind
		says      string
	}{
		{"nobody listens", "clickhouse://127.0.0.1:1/x", KindUnreachable, "does not answer"},
		{"no such host", "clickhouse://no-such-host.invalid:9000/x", KindUnreachable, "does not answer"},
		{"silent", "clickhouse://" + answerWith(t, func(*chproto.Buffer) {}) + "/x?dial_timeout=1s&read_timeout=1s", KindUnreachable, "does not answer"},
		{"old", "clickhouse://" + answerWith(t, oldServer) + "/x", KindServerTooOld, "23.3"},
		{"password", "clickhouse://default:wrong@" + answerWith(t, wrongPassword) + "/x", KindAuthentication, "password"},
		{"no address", "clickhouse://", KindAddress, "clickhouse://user:password@host:9000"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := Open(context.Background(), Config{DSN: c.dsn})
			told, ok := errors.AsType[*Error](err)
			if !ok || told.Kind != c.kind || !strings.Contains(told.Message, c.says) || told.MessageZh == "" {
				t.Errorf("got %v (%T)", err, err)
			}
		})
	}
}

func TestExplain(t *testing.T) {
	cases := []struct {
		err  error
		kind Kind
	}{
		{&chgo.Exception{Code: 243, Message: "Cannot reserve 1.00 MiB, not enough space. (NOT_ENOUGH_SPACE)"}, KindDiskFull},
		{&chgo.Exception{Code: 75, Message: "Cannot write to file: errno: 28, strerror: No space left on device"}, KindDiskFull},
		{&chgo.HTTPError{StatusCode: 500, Err: &chgo.Exception{Code: 241}}, KindMemory},
		{syscall.ENOSPC, KindDiskFull},
		{syscall.EROFS, KindFolderNotWritable},
		{engineFailure("Code: 243. DB::Exception: full"), KindDiskFull},
		{secondFolderError("a", "b"), KindSecondFolder},
		{*secondFolderError("a", "b"), KindSecondFolder},
		{&chgo.Exception{Code: 60}, ""},
		{errors.New("something else"), ""},
		{nil, ""},
	}
	for _, c := range cases {
		if told, ok := Explain(c.err); told.Kind != c.kind || ok != (c.kind != "") {
			t.Errorf("%v: got %q", c.err, told.Kind)
		}
	}
}

func TestCompareVersions(t *testing.T) {
	for _, c := range []struct {
		a, b string
		sign int
	}{{"24.8", "24.8.1", 0}, {"24.3", "24.8", -1}, {"26.7.3", "24.8", 1}, {"9.9", "24.8", -1}, {"", "24.8", -1}} {
		if got := compareVersions(c.a, c.b); got < 0 != (c.sign < 0) || got > 0 != (c.sign > 0) {
			t.Errorf("%s and %s: %d", c.a, c.b, got)
		}
	}
}
