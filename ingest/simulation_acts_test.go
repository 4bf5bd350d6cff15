package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"taizhang/ingest"
	"taizhang/ledger"
)

// world is a record with the model it is held against.
type world struct {
	ctx    context.Context
	open   func() (*ledger.Ledger, error) // the record anew, as a restart would
	ledger *ledger.Ledger
	model  *model
	now    time.Time
	files  map[string]*file // by their content, those that were loaded
	// cut ends the context of a load before the step of this name.
	cut  string
	stop context.CancelFunc
	// steps counts what was done: rows brought, entries of forms, undos, questions.
	steps, acts int
	said        string // what the act at hand does
}

var simulatedAreas = []string{"本街道", "东街道", "西街道"}

// act is something that happens to the record; it says what went wrong.
type act struct {
	weight int
	do     func(w *world, r *rand.Rand) error
}

var acts = []act{
	{30, (*world).imports},
	{6, (*world).importsAgain},
	{8, (*world).importIsCut},
	{24, (*world).saves},
	{12, (*world).undoes},
	{16, (*world).asks},
	{6, (*world).passesTime},
	{1, (*world).restarts},
}

// act does the act of a number and asks what stands then. All of it follows from the seed, the number and what was done before.
func (w *world) act(seed uint64, number int) error {
	r := rand.New(rand.NewPCG(seed, uint64(number)))
	w.acts, w.said = number, ""
	sum := 0
	for _, a := range acts {
		sum += a.weight
	}
	at := r.IntN(sum)
	for _, a := range acts {
		if at -= a.weight; at < 0 {
			if err := a.do(w, r); err != nil {
				return err
			}
			break
		}
	}
	return w.asks(r)
}

func (w *world) area(r *rand.Rand) *ledger.Ledger {
	return w.ledger.In(simulatedAreas[r.IntN(len(simulatedAreas))])
}

func (w *world) today() time.Time { return ledger.Today(w.now) }

// imports brings a new file, sometimes after a dry run, which must foretell it.
func (w *world) imports(r *rand.Rand) error {
	l, f := w.area(r), randomFile(r, w.today(), w.acts, 20+r.IntN(150))
	if r.IntN(4) == 0 {
		opt := f.options()
		opt.DryRun = true
		want, _ := f.outcome(w.model, l.Area(), w.today())
		out, err := ingest.Import(w.ctx, l, "表.csv", []byte(f.content), w.at(opt))
		if err != nil {
			return err
		}
		if !f.blocked() && (out.Status != ingest.Checked || counted(out.Changes[0]) != counted(want)) {
			return fmt.Errorf("dry run of %s: %s, %v, want %s", f.said(), out.Status, out.Changes, counted(want))
		}
	}
	return w.load(l, f)
}

func (w *world) at(opt ingest.Options) ingest.Options {
	opt.Now = w.now
	return opt
}

// load brings a file that is not loaded yet.
func (w *world) load(l *ledger.Ledger, f *file) error {
	w.said += l.Area() + " " + f.said() + "; "
	want, written := f.outcome(w.model, l.Area(), w.today())
	out, err := ingest.Import(w.ctx, l, "表.csv", []byte(f.content), w.at(f.options()))
	if err != nil {
		return err
	}
	w.steps += len(f.lines) + want.Removed
	if f.blocked() {
		if out.Status != ingest.Refused || out.Batch != nil {
			return fmt.Errorf("a file with an error is %s", out.Status)
		}
		return nil
	}
	if out.Status != ingest.Committed || counted(out.Changes[0]) != counted(want) {
		return fmt.Errorf("%s, %v changes, want %s; %v", out.Status, out.Changes, counted(want), out.Problems)
	}
	w.files[f.content] = f
	return w.committed(l, *out.Batch, f.content, map[*ledger.Dataset]map[string]modelRow{f.sheet.dataset: written})
}

func (w *world) committed(l *ledger.Ledger, id uint64, content string, written map[*ledger.Dataset]map[string]modelRow) error {
	b, err := l.Batch(w.ctx, id)
	if err != nil {
		return err
	}
	return w.model.commit(b, content, written)
}

// importsAgain brings a file that was brought before: where it counts it is told, elsewhere or after its undo it is loaded.
func (w *world) importsAgain(r *rand.Rand) error {
	var contents []uint64
	for _, id := range w.model.order {
		if w.model.batches[id].content != "" {
			contents = append(contents, id)
		}
	}
	if len(contents) == 0 {
		return nil
	}
	l, content := w.area(r), w.model.batches[contents[r.IntN(len(contents))]].content
	for _, id := range contents {
		b := w.model.batches[id]
		if b.content != content || b.area != l.Area() || !b.undone.IsZero() {
			continue
		}
		w.said += fmt.Sprintf("%s file of batch %d again; ", l.Area(), id)
		out, err := ingest.Import(w.ctx, l, "另一名字.csv", []byte(content), w.at(ingest.Options{}))
		if err != nil || out.Status != ingest.Duplicate || *out.Batch != id {
			return fmt.Errorf("the file of batch %d again: %s %v", id, out.Status, err)
		}
		w.steps++
		return nil
	}
	return w.load(l, w.files[content])
}

// step ends the context of the load that is to be cut off.
func (w *world) step(at string) {
	if at == w.cut {
		w.stop()
	}
}

// loadSteps are the steps of a load at which it is cut off.
var loadSteps = []string{"open", "file", "sources", "problems", "mappings", "rows", "once", "count", "replaced", "sums", "commit", "done"}

// importIsCut ends the context at a step: before the commit row is written nothing of it may ever be seen, afterwards all of it.
func (w *world) importIsCut(r *rand.Rand) error {
	l, f := w.area(r), randomFile(r, w.today(), w.acts, 2+r.IntN(60))
	if f.blocked() {
		return nil
	}
	cut := loadSteps[r.IntN(len(loadSteps))]
	w.said += fmt.Sprintf("%s %s, cut at %s; ", l.Area(), f.said(), cut)
	_, written := f.outcome(w.model, l.Area(), w.today())
	ctx, stop := context.WithCancel(w.ctx)
	defer stop()
	w.cut, w.stop = cut, stop
	out, err := ingest.Import(ctx, l, "表.csv", []byte(f.content), w.at(f.options()))
	w.cut = ""
	w.steps += len(f.lines)
	if cut != "done" {
		if !errors.Is(err, context.Canceled) {
			return fmt.Errorf("cut at %s: %s %v", cut, out.Status, err)
		}
		return nil
	}
	if err != nil || out.Status != ingest.Committed {
		return fmt.Errorf("cut when it was done: %s %v", out.Status, err)
	}
	w.files[f.content] = f
	return w.committed(l, *out.Batch, f.content, map[*ledger.Dataset]map[string]modelRow{f.sheet.dataset: written})
}

// undoes takes a batch back, sometimes one that is undone or another area's.
func (w *world) undoes(r *rand.Rand) error {
	if len(w.model.order) == 0 {
		return nil
	}
	id := w.model.order[r.IntN(len(w.model.order))]
	b, l := w.model.batches[id], w.ledger
	if r.IntN(8) == 0 {
		l = w.area(r)
	} else {
		l = l.In(b.area)
	}
	w.said += fmt.Sprintf("%s undo of batch %d of %s; ", l.Area(), id, b.area)
	w.steps++
	if l.Area() == b.area && r.IntN(2) == 0 {
		if err := w.later(l, id); err != nil {
			return err
		}
	}
	err := l.Undo(w.ctx, id, "测试", "模拟")
	want := ledger.ErrorKind("")
	switch {
	case l.Area() != b.area:
		want = ledger.NotFound
	case !b.undone.IsZero():
		want = ledger.Conflict
	}
	if want != "" {
		if err == nil || ledger.AsError(err).Kind != want {
			return fmt.Errorf("undo of batch %d: %v, want %s", id, err, want)
		}
		return nil
	}
	if err != nil {
		return err
	}
	now, err := l.Batch(w.ctx, id)
	if err != nil || now.UndoneAt == nil {
		return fmt.Errorf("batch %d does not stand as undone: %v", id, err)
	}
	b.undone = *now.UndoneAt
	return w.model.moment(b.undone)
}

// later holds what an undo is said to leave as it is against the model.
func (w *world) later(l *ledger.Ledger, id uint64) error {
	list, err := l.Later(w.ctx, id)
	told := uint64(0)
	for _, one := range list {
		told += one.Keys
	}
	if want := w.model.rewritten(id); err != nil || told != want {
		return fmt.Errorf("batch %d: %d keys are said to be written again, want %d; %v", id, told, want, err)
	}
	return nil
}

// passesTime sets the wall clock on by up to two days and a half, or back by up to four days.
func (w *world) passesTime(r *rand.Rand) error {
	minutes := r.IntN(60 * 60)
	if r.IntN(4) == 0 {
		minutes = -r.IntN(96 * 60)
	}
	w.now = w.now.Add(time.Duration(minutes) * time.Minute)
	w.said += "it is " + w.now.Format("2006-01-02 15:04") + "; "
	return nil
}

// restarts opens the record anew.
func (w *world) restarts(*rand.Rand) (err error) {
	w.said += "restart; "
	w.ledger, err = w.open()
	return err
}

// keys lists the keys a table was ever given, in order, so that the choice of one follows from the seed.
func keysOf(table map[string][]modelRow) []string { return slices.Sorted(maps.Keys(table)) }
