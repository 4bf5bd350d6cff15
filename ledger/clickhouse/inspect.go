package clickhouse

import (
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// Library finds and loads the embedded engine's library without starting it, and says where it is and which version.
func Library() (path, version string, err error) {
	api, err := loadLibrary("")
	if err != nil {
		return "", "", err
	}
	for _, place := range libraryPlaces("") {
		if info, err := os.Stat(place); err == nil && !info.IsDir() {
			return place, api.version(), nil
		}
	}
	return "", api.version(), nil
}

// FolderVersion is the engine's version that last wrote a data folder; empty when none did.
func FolderVersion(dir string) string {
	text, err := os.ReadFile(filepath.Join(dir, versionName))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}

// Newer reports whether a version of the engine is newer than another in what its data look like.
func Newer(a, b string) bool { return compareVersions(a, b) > 0 }

// Free is how many bytes are left on the disk that holds a folder.
func Free(dir string) (uint64, error) {
	var fs unix.Statfs_t
	if err := unix.Statfs(dir, &fs); err != nil {
		return 0, err
	}
	return fs.Bavail * uint64(fs.Bsize), nil
}
