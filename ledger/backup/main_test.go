package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/ledger"
	"taizhang/ledger/clickhouse"
)

// killJob makes the test binary a child that kills itself: "take:STEP:FOLDER:BACKUPS" or "restore:STEP:FOLDER:BACKUP".
const killJob = "TAIZHANG_BACKUP_KILL"

func TestMain(m *testing.M) {
	if job := os.Getenv(killJob); job != "" {
		if err := killed(strings.Split(job, ":")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	testkit.Main(m)
}

func killed(job []string) error {
	ctx := context.Background()
	conn, done, err := clickhouse.Open(ctx, clickhouse.Config{Dir: job[2]})
	if err != nil {
		return err
	}
	step := func(at string) {
		if at == job[1] {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		}
	}
	switch job[0] {
	case "fill":
		l, err := ledger.New(ctx, conn, ledger.Options{})
		if err != nil {
			return err
		}
		if err := fill(l); err != nil {
			return err
		}
	case "take":
		if _, _, err = Take(ctx, conn, job[3], Options{Step: step}); err != nil {
			return err
		}
	case "restore":
		m, err := Check(job[3])
		if err != nil {
			return err
		}
		if err := Restore(ctx, conn, job[3], m, step); err != nil {
			return err
		}
		if _, err := ledger.New(ctx, conn, ledger.Options{}); err != nil {
			return err
		}
	case "look":
		if _, err := ledger.New(ctx, conn, ledger.Options{}); err != nil {
			fmt.Print(ledger.AsError(err).Message.Key)
		}
	}
	return done()
}

func child(t *testing.T, job ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), killJob+"="+strings.Join(job, ":"))
	cmd.Stderr = os.Stderr
	cmd.Dir = testkit.Root()
	return cmd
}

func dies(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	err := cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("it was not killed: %v", err)
	}
}
