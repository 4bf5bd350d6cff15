package clickhouse

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

const (
	versionName = "engine.version"
	// leastFree is what the engine needs to start and to say clearly that it is full.
	leastFree = 16 << 20
)

// folderError gives a failed access to the data folder its sentence.
func folderError(dir string, err error) error {
	if _, told := errors.AsType[*Error](err); told {
		return err
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return diskFullError(err)
	}
	return notWritableError(dir, err)
}

func requireFreeSpace(dir string) error {
	var fs unix.Statfs_t
	if err := unix.Statfs(dir, &fs); err != nil {
		return folderError(dir, err)
	}
	if free := fs.Bavail * uint64(fs.Bsize); free < leastFree {
		return diskFullError(fmt.Errorf("%d bytes are free under %s", free, dir))
	}
	return nil
}

// refuseNewerFolder keeps an older engine away from parts that it might misread.
func refuseNewerFolder(dir, engine string) error {
	text, err := os.ReadFile(filepath.Join(dir, versionName))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return folderError(dir, err)
	}
	if written := strings.TrimSpace(string(text)); compareVersions(written, engine) > 0 {
		return newerFolderError(dir, written, engine)
	}
	return nil
}

func recordEngineVersion(dir, engine string) error {
	path := filepath.Join(dir, versionName)
	if old, err := os.ReadFile(path); err == nil && string(old) == engine+"\n" {
		return nil
	}
	return os.WriteFile(path, []byte(engine+"\n"), 0o644)
}

// compareVersions compares dotted numbers, the first two parts only: patches keep the format of the data.
func compareVersions(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range 2 {
		var m, n int
		if i < len(x) {
			m, _ = strconv.Atoi(x[i])
		}
		if i < len(y) {
			n, _ = strconv.Atoi(y[i])
		}
		if m != n {
			return m - n
		}
	}
	return 0
}
