package server

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

const (
	keptUploads = 40
	uploadLife  = 2 * time.Hour
)

// upload is a file that was handed over and not committed yet.
type upload struct {
	Hash string    `json:"hash"`
	File string    `json:"file"`
	Size int64     `json:"size"`
	At   time.Time `json:"at"`
	Area string    `json:"area,omitempty"` // as choice.Area
	// reading tells what was read of the file under another name, or before something else its reading depends on changed.
	reading uint64
}

// uploads keeps handed-over files outside the record, in a private folder that ends with the program.
type uploads struct {
	dir     string
	limit   int64
	reading reading
	mu      sync.Mutex
	list    []upload // oldest first
	last    uint64   // reading that was given out
}

// newUploads opens the folder; what a killed program left there is thrown away.
func newUploads(dir string, limit int64) (*uploads, error) {
	if dir == "" {
		temp, err := os.MkdirTemp("", "taizhang-uploads-")
		return &uploads{dir: temp, limit: limit, reading: newReading()}, err
	}
	if err := os.RemoveAll(dir); err != nil {
		return nil, err
	}
	return &uploads{dir: dir, limit: limit, reading: newReading()}, os.MkdirAll(dir, 0o700)
}

func (u *uploads) close() { _ = os.RemoveAll(u.dir) }

// keep takes a file in while it arrives and cuts it off at the limit.
func (u *uploads) keep(area, name string, body io.Reader) (upload, error) {
	temp, err := os.CreateTemp(u.dir, "part-")
	if err != nil {
		return upload{}, err
	}
	defer os.Remove(temp.Name())
	hash := sha256.New()
	size, err := io.Copy(io.MultiWriter(temp, hash), io.LimitReader(body, u.limit+1))
	if closing := temp.Close(); err == nil {
		err = closing
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return upload{}, &ledger.Error{Kind: ledger.Invalid, Message: text.T("import.broken_form"), Cause: err}
	}
	if err != nil {
		return upload{}, err
	}
	if size > u.limit {
		return upload{}, tooLarge(name, u.limit)
	}
	one := upload{Hash: hex.EncodeToString(hash.Sum(nil)), File: name, Size: size, At: time.Now(), Area: area}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.forgetOld()
	others := slices.DeleteFunc(slices.Clone(u.list), func(x upload) bool { return x.Hash == one.Hash })
	if len(others) >= keptUploads {
		return upload{}, ledger.Fail(ledger.Conflict, text.T("import.too_many_waiting", name, keptUploads))
	}
	if err := os.Rename(temp.Name(), u.path(one.Hash)); err != nil {
		return upload{}, err
	}
	u.last++
	one.reading = u.last
	u.list = append(others, one)
	return one, nil
}

// tooLarge says that a file is over the limit.
func tooLarge(name string, limit int64) error {
	return errors.Join(fiber.ErrRequestEntityTooLarge, ledger.Fail(ledger.Invalid, text.T("import.too_large", name, limit>>20)))
}

func (u *uploads) forgetOld() {
	for len(u.list) > 0 && time.Since(u.list[0].At) > uploadLife {
		_ = os.Remove(u.path(u.list[0].Hash))
		_ = os.Remove(u.handPath(u.list[0].Hash))
		u.list = u.list[1:]
	}
}

// find gives a file that waits.
func (u *uploads) find(hash string) (upload, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	i := slices.IndexFunc(u.list, func(x upload) bool { return x.Hash == hash })
	if i < 0 {
		return upload{}, ledger.Fail(ledger.NotFound, text.T("import.not_waiting"))
	}
	return u.list[i], nil
}

// get gives a file that waits, with its content.
func (u *uploads) get(hash string) (upload, []byte, error) {
	one, err := u.find(hash)
	if err != nil {
		return one, nil, err
	}
	content, err := os.ReadFile(u.path(hash))
	if errors.Is(err, os.ErrNotExist) {
		return upload{}, nil, ledger.Fail(ledger.NotFound, text.T("import.not_waiting"))
	}
	return one, content, err
}

// drop forgets a file.
func (u *uploads) drop(hash string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if i := slices.IndexFunc(u.list, func(x upload) bool { return x.Hash == hash }); i >= 0 {
		_ = os.Remove(u.path(hash))
		_ = os.Remove(u.handPath(hash))
		u.list = slices.Delete(u.list, i, i+1)
	}
}

// waiting lists the files that wait for a sub-district, newest first.
func (u *uploads) waiting(area string) []upload {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.forgetOld()
	list := slices.DeleteFunc(append([]upload{}, u.list...), func(one upload) bool { return one.Area != area })
	slices.Reverse(list)
	return list
}

// path is where a file waits; only hashes made here are ever looked up.
func (u *uploads) path(hash string) string { return filepath.Join(u.dir, hash) }

// baseName takes the folders off a name as a browser on any system sends it.
func baseName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > 200 {
		name = string(runes[len(runes)-200:])
	}
	if name == "" {
		return "file"
	}
	return name
}
