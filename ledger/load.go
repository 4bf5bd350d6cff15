package ledger

import (
	"context"
	"fmt"
	"slices"
	"time"

	"taizhang/internal/text"
)

// Load is what one batch brings: a file's rows, or a form's.
type Load struct {
	Kind string // import or form
	By   string
	Mode string // all (any error refuses the file) or good_rows
	File File
	// Attached are files that rows of the load name by their hash, such as photos: they are kept under the same batch, so that they come
	// into sight with it and go with its undo. They are no imports: the same one may come again.
	Attached []File
	Asof     *time.Time // the day a person chose, if any
	Comment  string     // why, in the person's words; kept with the commit
	// Datasets are those that rows may be of; nobody else writes them meanwhile. Empty: any.
	Datasets []*Dataset
	Sources  []Source
	Problems []Problem
	Mappings []Mapped // how persons mapped its tables by hand
	// Check is asked when the load's turn has come and before anything is written; what it refuses leaves no
	// trace. It may fill in the load's sources; may be nil.
	Check func(ctx context.Context, load *Load) error
	// Chunks hands rows over a chunk at a time; a chunk is not changed after that. Its sources count from that of the load
	// which is named with it. Chunks is called once, when the load's turn has come, before Each; may be nil.
	Chunks func(add func(c *Chunk, firstSource uint32) error) error
	// Each hands rows over one by one, in order. It is called once; may be nil.
	Each func(add func(*Dataset, Row) error) error
	// Progress is told, from a goroutine of the load, the rows stored so far; may be nil.
	Progress func(rows uint64)
}

// File is the office's file as it came.
type File struct {
	Name    string
	Hash    string // sha256, hex
	Content []byte
}

// Load writes a batch and makes it visible by one commit row, written last.
//
// Until that row stands nothing of the batch can be read; a crash at any step
// leaves rows that no reader sees and a number that is not used again. A
// context that ends before the commit row is written leaves the same; one that
// ends later changes nothing any more.
//
// Loads of different datasets go on side by side. On one dataset they follow
// one another, so that there the greater batch is always the later one. The
// same content twice is told with Conflict, also while the first is under way:
// the second waits for what becomes of it.
func (l *Ledger) Load(ctx context.Context, load Load) (Batch, error) {
	leave, err := l.turns.take(ctx, load.turns())
	if err != nil {
		return Batch{}, err
	}
	defer leave()
	if earlier, found, err := l.Loaded(ctx, load.File.Hash); err != nil {
		return Batch{}, err
	} else if found {
		return earlier, &Error{Kind: Conflict, Message: text.T("import.duplicate", load.File.Name, earlier.ID, earlier.CommittedAt.In(Office).Format("2006-01-02 15:04"))}
	}
	if load.Check != nil {
		if err := load.Check(ctx, &load); err != nil {
			return Batch{}, err
		}
	}
	id, err := l.open(ctx, &load)
	if err != nil {
		return Batch{}, err
	}
	w := newWriter(l, id, load.Progress)
	w.only = load.Datasets
	steps := []struct {
		name string
		do   func() error
	}{
		{"file", func() error { return l.writeFiles(ctx, id, append([]File{load.File}, load.Attached...)) }},
		{"sources", func() error { return l.writeSources(ctx, id, load.Sources) }},
		{"problems", func() error { return l.writeProblems(ctx, id, load.Problems) }},
		{"mappings", func() error { return l.loadMappings(ctx, id, &load) }},
		{"rows", func() error { return w.writeAll(ctx, &load) }},
		{"once", func() error { return l.refuseRewriting(ctx, w.once) }},
		{"count", func() error { return w.verify(ctx) }},
		{"replaced", func() error { return l.noteReplaced(ctx, id, w.counts) }},
		{"sums", func() error { return l.noteSums(ctx, id, w.counts) }},
		{"commit", func() error { return l.commit(ctx, id, &load, w) }},
	}
	for _, step := range steps {
		l.opt.Step(step.name)
		if err := step.do(); err != nil {
			return Batch{}, fmt.Errorf("batch %d, step %s: %w", id, step.name, err)
		}
	}
	l.opt.Step("done")
	// It is committed whatever becomes of this question, so that an error here would not be true.
	var b Batch
	err = patiently(context.WithoutCancel(ctx), func() (err error) { b, err = l.Batch(context.WithoutCancel(ctx), id); return err })
	return b, err
}

// turns names what a load must have for itself: its content, and the datasets it writes.
func (load *Load) turns() []string {
	names := datasetTurns(load.Datasets)
	if len(load.Datasets) == 0 {
		names = datasetTurns(All)
	}
	if load.File.Hash != "" {
		names = append(names, "content "+load.File.Hash)
	}
	return names
}

func datasetTurns(list []*Dataset) []string {
	names := make([]string, len(list))
	for i, d := range list {
		names[i] = "dataset " + d.Name
	}
	return names
}

// open takes the next batch number by writing it down, so that a crashed batch's number is never reused.
func (l *Ledger) open(ctx context.Context, load *Load) (uint64, error) {
	l.opt.Step("open")
	l.event.Lock()
	defer l.event.Unlock()
	var id uint64
	if err := l.conn.QueryRow(ctx, "SELECT toUInt64(max(batch) + 1) FROM batches").Scan(&id); err != nil {
		return 0, err
	}
	return id, l.writeEvent(ctx, event{batch: id, name: "open", area: l.area, by: load.By, load: load})
}

// commit makes the batch visible, unless the context has ended by then; once begun it is not cut off, for nobody could tell what became of it.
func (l *Ledger) commit(ctx context.Context, id uint64, load *Load, w *writer) error {
	l.event.Lock()
	defer l.event.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	from, to := w.days()
	return l.writeEvent(context.WithoutCancel(ctx), event{batch: id, name: "commit", area: l.area, by: load.By, load: load, rows: w.counts, from: from, to: to, reason: load.Comment})
}

// A file is kept in pieces of filePart, a few sent at once: a large one would otherwise stand several times in memory.
const (
	filePart  = 1 << 20
	fileParts = 8
)

func (l *Ledger) writeFiles(ctx context.Context, id uint64, files []File) error {
	for _, f := range files {
		if err := l.writeFile(ctx, id, f); err != nil {
			return err
		}
	}
	return nil
}

func (l *Ledger) writeFile(ctx context.Context, id uint64, file File) error {
	pieces := slices.Collect(slices.Chunk(file.Content, filePart))
	for first := 0; first < len(pieces); first += fileParts {
		l.opt.Step("part")
		batch, err := l.conn.PrepareBatch(ctx, "INSERT INTO files")
		if err != nil {
			return err
		}
		for part := first; part < min(first+fileParts, len(pieces)); part++ {
			if err := batch.Append(file.Hash, uint32(part), id, pieces[part]); err != nil {
				return err
			}
		}
		if err := batch.Send(); err != nil {
			return err
		}
	}
	return nil
}

func (l *Ledger) writeSources(ctx context.Context, id uint64, sources []Source) error {
	if len(sources) == 0 {
		return nil
	}
	batch, err := l.conn.PrepareBatch(ctx, "INSERT INTO sources")
	if err != nil {
		return err
	}
	for i, s := range sources {
		if err := batch.Append(id, uint32(i), s.Dataset, s.Sheet, s.HeaderRow, s.Fields, s.Columns); err != nil {
			return err
		}
	}
	return batch.Send()
}

func (l *Ledger) writeProblems(ctx context.Context, id uint64, problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	batch, err := l.conn.PrepareBatch(ctx, "INSERT INTO problems")
	if err != nil {
		return err
	}
	for i, p := range problems {
		if err := batch.Append(id, uint32(i), string(p.Severity), p.Dataset, string(p.Sheet), string(p.Cell), p.Column, p.Kind,
			p.Found, p.Expected, p.Message, p.MessageEn); err != nil {
			return err
		}
	}
	return batch.Send()
}
