package backup

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"
)

// format is raised when an older program could not read the files any more.
const format = 1

const (
	manifestName = "manifest.json"
	sumsName     = "SHA256SUMS"
	// NamePrefix begins the names of backups; partialPrefix those of backups that are still being written.
	NamePrefix    = "taizhang-"
	partialPrefix = ".partial-"
)

// Why a backup was taken: only those of the schedule are thrown away by it.
const (
	Asked     = "asked"
	Scheduled = "scheduled"
)

// Manifest says what a backup holds.
type Manifest struct {
	Format  int       `json:"format"`
	Program string    `json:"program"` // version of the program that took it
	Engine  string    `json:"engine"`  // version of the ClickHouse it was taken from
	Schema  uint32    `json:"schema"`  // version of the record's tables
	Kind    string    `json:"kind"`    // asked or scheduled
	TakenAt time.Time `json:"taken_at"`
	// Moment is the record time of the last event that is in it.
	Moment  time.Time `json:"moment"`
	Batches uint64    `json:"batches"` // committed, undone ones included
	Rows    uint64    `json:"rows"`
	Bytes   int64     `json:"bytes"` // of all table files
	Tables  []Table   `json:"tables"`
	// Answers are what the dashboards said; nil when they were not asked.
	Answers *Answers `json:"answers,omitempty"`
}

// Answers are hashes of what the dashboards answered at a backup's moment.
type Answers struct {
	Day    string            `json:"day"`    // the day they stood at
	Areas  []string          `json:"areas"`  // the sub-districts there were, the deployment's own first
	Hashes map[string]string `json:"hashes"` // by "sub-district/dashboard"
}

// Table is one table of the record in a backup.
type Table struct {
	Name    string `json:"name"`
	Columns string `json:"columns"` // as they stand in an INSERT
	Create  string `json:"create"`  // the statement from the bracket on
	Content
	File  string `json:"file"`
	Bytes int64  `json:"bytes"`
}

// Content is what rows are compared by: how many, and a hash that does not depend on their order.
type Content struct {
	Rows uint64 `json:"rows"`
	Hash string `json:"hash"`
}

func (m Manifest) write(dir string) error {
	body, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, manifestName), append(body, '\n'))
}

// writeFile writes a file that is on the disk when it returns.
func writeFile(path string, body []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(body)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}

// syncFolder puts a folder's names on the disk.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
