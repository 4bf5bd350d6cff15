package clickhouse

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

const lockName = "taizhang.lock"

// Holder is the process that has a data folder open.
type Holder struct {
	PID    int
	Since  time.Time
	Socket string // where that process listens for others; may be empty
}

// ReadHolder tells who has the data folder dir open; false when nobody has.
func ReadHolder(dir string) (Holder, bool, error) {
	f, err := os.Open(filepath.Join(dir, lockName))
	if errors.Is(err, os.ErrNotExist) {
		return Holder{}, false, nil
	}
	if err != nil {
		return Holder{}, false, err
	}
	defer f.Close()
	err = unix.Flock(int(f.Fd()), unix.LOCK_SH|unix.LOCK_NB)
	if err == nil {
		return Holder{}, false, nil // closing f lets the shared lock go
	}
	if !errors.Is(err, unix.EWOULDBLOCK) {
		return Holder{}, false, err
	}
	text, err := os.ReadFile(f.Name())
	return parseHolder(text), true, err
}

func parseHolder(text []byte) Holder {
	var h Holder
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		key, value, _ := strings.Cut(lines.Text(), "=")
		switch key {
		case "pid":
			h.PID, _ = strconv.Atoi(value)
		case "since":
			h.Since, _ = time.Parse(time.RFC3339, value)
		case "socket":
			h.Socket = value
		}
	}
	return h
}

// folderLock keeps other processes out of a folder; the system lets it go when the process dies.
type folderLock struct{ file *os.File }

// lockFolder comes before the engine: a second process on one folder would hang inside the engine without a word.
func lockFolder(dir, socket string) (*folderLock, error) {
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if err := flockBriefly(f); err != nil {
		f.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, lockedError(dir)
		}
		return nil, err
	}
	text := fmt.Sprintf("pid=%d\nsince=%s\nsocket=%s\n", os.Getpid(), time.Now().Format(time.RFC3339), socket)
	if err = f.Truncate(0); err == nil {
		_, err = f.WriteAt([]byte(text), 0)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return &folderLock{file: f}, nil
}

// flockBriefly tries a few times, because ReadHolder takes a shared lock for an instant.
func flockBriefly(f *os.File) (err error) {
	for range 5 {
		if err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); !errors.Is(err, unix.EWOULDBLOCK) {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}

func (l *folderLock) release() error {
	_ = l.file.Truncate(0)
	return l.file.Close()
}

func lockedError(dir string) *Error {
	holder, _, _ := ReadHolder(dir)
	who, whoZh := "another process", "另一进程"
	if holder.PID != 0 {
		since := holder.Since.Format("2006-01-02 15:04:05")
		who = fmt.Sprintf("process %d since %s", holder.PID, since)
		whoZh = fmt.Sprintf("进程 %d(%s 起)", holder.PID, since)
	}
	return newError(KindFolderLocked, nil,
		fmt.Sprintf("The data folder %s is in use by %s; stop that process or use it instead.", dir, who),
		fmt.Sprintf("数据目录 %s 正被%s使用;请先停止该进程,或直接使用它。", dir, whoZh))
}
