package backup

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Found is a backup in a folder of backups.
type Found struct {
	Path string
	Manifest
	Trouble error // why it cannot be read; the files themselves are held against their sums by Check alone
}

// List gives the backups of a folder, newest first; a folder that is not there holds none.
func List(dir string) ([]Found, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, &ledger.Error{Kind: ledger.Invalid, Message: text.T("backup.cannot_read", dir), Cause: err}
	}
	var list []Found
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), NamePrefix) {
			continue
		}
		one := Found{Path: filepath.Join(dir, e.Name())}
		one.Manifest, one.Trouble = readManifest(one.Path)
		list = append(list, one)
	}
	slices.SortStableFunc(list, func(a, b Found) int { return strings.Compare(b.Path, a.Path) })
	return list, nil
}

// Resolve gives the backup that a folder is, or the newest that it holds.
func Resolve(dir string) (string, error) {
	if _, err := os.Stat(filepath.Join(dir, sumsName)); err == nil {
		return dir, nil
	}
	if _, err := os.Stat(filepath.Join(dir, manifestName)); err == nil {
		return dir, nil // one whose sums are gone is refused as damaged, not passed over
	}
	list, err := List(dir)
	if err != nil {
		return "", err
	}
	if len(list) == 0 {
		return "", ledger.Fail(ledger.NotFound, text.T("backup.none", dir))
	}
	return list[0].Path, nil
}

func readManifest(path string) (m Manifest, err error) {
	body, err := os.ReadFile(filepath.Join(path, manifestName))
	if err != nil {
		return m, damaged(manifestName, err)
	}
	if err := json.Unmarshal(body, &m); err != nil {
		return m, damaged(manifestName, err)
	}
	return m, nil
}

// damaged says which file of a backup is not as it was written.
func damaged(file string, cause error) error {
	if errors.Is(cause, os.ErrNotExist) {
		return &ledger.Error{Kind: ledger.Refused, Message: text.T("backup.file_missing", file), Cause: cause}
	}
	return &ledger.Error{Kind: ledger.Refused, Message: text.T("backup.damaged", file), Cause: cause}
}

// Check holds every file of a backup against its sum, and refuses one that is damaged, incomplete or of a newer program.
func Check(path string) (Manifest, error) {
	body, err := os.ReadFile(filepath.Join(path, sumsName))
	if err != nil {
		return Manifest{}, damaged(sumsName, err)
	}
	if !bytes.HasSuffix(body, []byte("\n")) {
		return Manifest{}, damaged(sumsName, nil)
	}
	sums := map[string]string{}
	for lines := bufio.NewScanner(bytes.NewReader(body)); lines.Scan(); {
		sum, name, found := strings.Cut(lines.Text(), "  ")
		if !found || name != filepath.Base(name) {
			return Manifest{}, damaged(sumsName, nil)
		}
		sums[name] = sum
	}
	if err := checkFile(path, manifestName, sums); err != nil {
		return Manifest{}, err
	}
	m, err := readManifest(path)
	if err != nil {
		return m, err
	}
	if own := ledger.SchemaVersion(); m.Format > format || m.Schema > own {
		return m, ledger.Fail(ledger.Refused, text.T("backup.newer", m.Program, m.Schema, own))
	}
	for _, t := range m.Tables {
		if t.File == "" && t.Rows == 0 {
			continue
		}
		if err := checkFile(path, t.File, sums); err != nil {
			return m, err
		}
	}
	return m, nil
}

func checkFile(path, name string, sums map[string]string) error {
	want, named := sums[name]
	if !named {
		return damaged(sumsName, nil)
	}
	got, _, err := sumOf(filepath.Join(path, name))
	if err != nil {
		return damaged(name, err)
	}
	if got != want {
		return damaged(name, nil)
	}
	return nil
}

// leftFor is how old something half-written must be before it is taken for left behind.
const leftFor = 24 * time.Hour

// Prune throws away the scheduled backups beyond the newest keep, and what broken-off ones left behind. Those that somebody asked
// for, and those that cannot be read, stay.
func Prune(dir string, keep int, now time.Time) error {
	list, err := List(dir)
	if err != nil {
		return err
	}
	kept := 0
	for _, one := range list {
		if one.Trouble != nil || one.Kind != Scheduled {
			continue
		}
		if kept++; kept > keep {
			if err := discard(one.Path); err != nil {
				return err
			}
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && strings.HasPrefix(e.Name(), partialPrefix) && now.Sub(info.ModTime()) > leftFor {
			if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// discard takes the backup's name away first, so that a removal that is broken off leaves nothing that looks whole.
func discard(path string) error {
	gone := filepath.Join(filepath.Dir(path), partialPrefix+filepath.Base(path))
	if err := os.Rename(path, gone); err != nil {
		return err
	}
	return os.RemoveAll(gone)
}
