package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

const (
	socketName = "taizhang.sock"
	// longestSocket is what every system takes as a socket's path.
	longestSocket = 100
)

// socketPath is where the server of a data folder answers other processes of
// its owner: in the folder, or in a private folder beside the temporary files
// when that path is too long for a socket.
func socketPath(dir string) string {
	if dir == "" {
		return ""
	}
	path := filepath.Join(dir, socketName)
	if len(path) <= longestSocket {
		return path
	}
	sum := sha256.Sum256([]byte(dir))
	return filepath.Join(os.TempDir(), fmt.Sprintf("taizhang-%d-%s", os.Getuid(), hex.EncodeToString(sum[:6])), socketName)
}

// frame is one piece of a job's output; the last one carries the exit code.
type frame struct {
	Stream int    `json:"stream,omitempty"` // 1 out, 2 err
	Data   []byte `json:"data,omitempty"`
	Exit   *int   `json:"exit,omitempty"`
	Error  *told  `json:"error,omitempty"`
}

// told is a failure in both languages on its way to the other process.
type told struct{ Zh, En string }

// socketServer answers on the socket; only the folder's owner can reach it.
type socketServer struct {
	http   *http.Server
	ledger *ledger.Ledger
	engine Engine
	log    *slog.Logger
	// reading is shared with the pages: a command's file is read when no other is.
	reading reading
}

// listenSocket opens the socket of a folder this process holds; a leftover of a crashed server is replaced.
func listenSocket(path string, l *ledger.Ledger, engine Engine, log *slog.Logger) (*socketServer, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	// The mask closes the moment between the socket's birth and a chmod.
	old := syscall.Umask(0o177)
	listener, err := net.Listen("unix", path)
	syscall.Umask(old)
	if err != nil {
		return nil, err
	}
	s := &socketServer{ledger: l, engine: engine, log: log, reading: newReading()}
	s.http = &http.Server{Handler: http.HandlerFunc(s.serve), ReadHeaderTimeout: 5 * time.Second}
	go func() {
		if err := s.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("the socket stopped answering", "cause", err)
		}
	}()
	return s, nil
}

// close lets running jobs end, then takes the socket away.
func (s *socketServer) close(ctx context.Context) {
	if err := s.http.Shutdown(ctx); err != nil {
		_ = s.http.Close()
	}
}

func (s *socketServer) serve(w http.ResponseWriter, r *http.Request) {
	var j job
	if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&j); err != nil {
		http.Error(w, "not a job", http.StatusBadRequest)
		return
	}
	if j.Import != nil {
		j.Import.reading = s.reading
	}
	frames := &frameWriter{encode: json.NewEncoder(w), flush: http.NewResponseController(w).Flush}
	code, err := s.run(r.Context(), j, frames)
	last := frame{Exit: &code}
	if err != nil {
		err = s.engine.explain(err)
		if e := ledger.AsError(err); e.Kind == ledger.Internal {
			s.log.Error("a command of another process failed", "by", j.By, "cause", err)
		}
		last.Error = &told{Zh: sentence(text.Zh, err), En: sentence(text.En, err)}
	}
	frames.send(last)
}

// run carries a job out; a panic in it ends the job, not the server.
func (s *socketServer) run(ctx context.Context, j job, frames *frameWriter) (code int, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			code, err = exitWrong, fmt.Errorf("panic: %v", cause)
		}
	}()
	return j.run(ctx, s.ledger, s.engine, stream{frames, 1}, stream{frames, 2})
}

// frameWriter sends frames one after another, each at once.
type frameWriter struct {
	mu     sync.Mutex
	encode *json.Encoder
	flush  func() error
}

func (f *frameWriter) send(one frame) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.encode.Encode(one); err != nil {
		return err
	}
	return f.flush()
}

// stream is one of a job's two outputs.
type stream struct {
	frames *frameWriter
	number int
}

func (s stream) Write(b []byte) (int, error) {
	if err := s.frames.send(frame{Stream: s.number, Data: b}); err != nil {
		return 0, err
	}
	return len(b), nil
}
