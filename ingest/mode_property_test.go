package ingest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// oracle is the record as plain lists: every version of a key, and when its batch came and went.
type oracle struct {
	versions map[string][]oracleVersion
	known    map[uint64][2]time.Time // committed, undone (zero: not)
	order    []uint64
	moments  []time.Time
}

type oracleVersion struct {
	batch     uint64
	effective time.Time
	deleted   bool
	value     string
	part      string
}

// oracleRow is a line of a file that a test makes up.
type oracleRow struct {
	key, part, value, line string
	effective              time.Time
}

var never = time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC)

// at is the version of a key that stands under both clocks.
func (o *oracle) at(key string, asof, known time.Time) (oracleVersion, bool) {
	var best oracleVersion
	found := false
	for _, v := range o.versions[key] {
		at := o.known[v.batch]
		if at[0].After(known) || !at[1].IsZero() && !at[1].After(known) || v.effective.After(asof) {
			continue
		}
		if !found || v.effective.After(best.effective) || v.effective.Equal(best.effective) && v.batch >= best.batch {
			best, found = v, true
		}
	}
	return best, found && !best.deleted
}

func (o *oracle) standing(asof, known time.Time) string {
	var list []string
	for key := range o.versions {
		if v, stands := o.at(key, asof, known); stands {
			list = append(list, key+"="+v.value)
		}
	}
	return sorted(list)
}

// load works out what an import must change, and gives the versions it must write.
func (o *oracle) load(rows []oracleRow, mode ingest.Mode, ownDays bool) (ingest.Changes, map[string]oracleVersion) {
	var c ingest.Changes
	written, seen, days := map[string]oracleVersion{}, map[string]int{}, map[string]time.Time{}
	today := time.Date(2016, 7, 4, 0, 0, 0, 0, time.UTC)
	for _, r := range rows {
		key := r.key
		if seen[r.key]++; seen[r.key] > 1 {
			key += "#" + strconv.Itoa(seen[r.key])
		}
		switch v, stands := o.at(key, r.effective, never); {
		case !stands:
			c.New++
		case v.value == r.value:
			c.Unchanged++
		default:
			c.Changed++
		}
		written[key] = oracleVersion{effective: r.effective, value: r.value, part: r.part}
		days[r.part] = r.effective
		if mode == ingest.Replace {
			days[""] = r.effective
		}
	}
	if mode == ingest.Update {
		return c, written
	}
	for key := range o.versions {
		if _, listed := written[key]; listed {
			continue
		}
		for part, day := range days {
			asof := day
			if ownDays {
				asof = today
			}
			v, stands := o.at(key, asof, never)
			if !stands || mode == ingest.Replace && part != "" || mode == ingest.ReplaceScope && part != v.part {
				continue
			}
			if ownDays {
				day = v.effective
			}
			written[key] = oracleVersion{effective: day, deleted: true, part: v.part}
			c.Removed++
			break
		}
	}
	return c, written
}

func (o *oracle) commit(b ledger.Batch, written map[string]oracleVersion) {
	for key, v := range written {
		v.batch = b.ID
		o.versions[key] = append(o.versions[key], v)
	}
	o.known[b.ID] = [2]time.Time{b.CommittedAt}
	o.order, o.moments = append(o.order, b.ID), append(o.moments, b.CommittedAt)
}

// randomTenants and randomTax make up files over few keys, so that rows meet each other.
func randomTenants(r *rand.Rand, day time.Time) (rows []oracleRow) {
	for range 1 + r.IntN(6) {
		building, room, area := fmt.Sprintf("%d号楼", 1+r.IntN(3)), strconv.Itoa(101+r.IntN(3)), strconv.Itoa(1+r.IntN(3))
		rows = append(rows, oracleRow{key: building + "|1|" + room + "|企业" + room + "|", part: building, value: area, effective: day,
			line: fmt.Sprintf("%s,1,%s,企业%s,%s", building, room, room, area)})
	}
	return rows
}

func randomTax(r *rand.Rand) (rows []oracleRow) {
	for range 1 + r.IntN(6) {
		company, month, basis, tax := string("甲乙丙"[3*r.IntN(3):][:3]), 1+r.IntN(3), []string{"区级", "全口径"}[r.IntN(2)], strconv.Itoa(1+r.IntN(3))
		first := time.Date(2016, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
		part := first.Format(time.DateOnly) + "|1|" + basis
		rows = append(rows, oracleRow{key: company + "|" + first.Format(time.DateOnly) + "|1|增值税|" + basis, part: part, value: tax,
			effective: first.AddDate(0, 1, -1), line: fmt.Sprintf("%s,增值税,2016年%d月,%s,%s", company, month, basis, tax)})
	}
	return rows
}

// TestImportsAndUndosAgainstAnOracle runs random imports in all modes, and undos, and asks under random clocks.
// TAIZHANG_SEED repeats a run.
func TestImportsAndUndosAgainstAnOracle(t *testing.T) {
	testkit.Unraced(t)
	seed := uint64(time.Now().UnixNano())
	if given, err := strconv.ParseUint(os.Getenv("TAIZHANG_SEED"), 10, 64); err == nil {
		seed = given
	}
	t.Logf("TAIZHANG_SEED=%d", seed)
	steps := 40
	if testing.Short() {
		steps = 15
	}
	for _, d := range []*ledger.Dataset{ledger.Tenants, ledger.Tax} {
		t.Run(d.Name, func(t *testing.T) {
			run := randomRun{t: t, l: testkit.Ledger(t), d: d, r: rand.New(rand.NewPCG(seed, 0)),
				o: oracle{versions: map[string][]oracleVersion{}, known: map[uint64][2]time.Time{}}}
			for step := range steps {
				if run.step(step); t.Failed() {
					t.Fatalf("step %d", step)
				}
			}
		})
	}
}

type randomRun struct {
	t *testing.T
	l *ledger.Ledger
	d *ledger.Dataset
	r *rand.Rand
	o oracle
}

func (run *randomRun) step(step int) {
	if len(run.o.order) > 3 && run.r.IntN(5) == 0 {
		run.undo()
	} else {
		run.load(step)
	}
	field := map[string]string{"tenants": "let_area_m2", "tax": "tax_yuan"}[run.d.Name]
	for range 3 {
		asof := time.Date(2016, 1, 25+run.r.IntN(170), 0, 0, 0, 0, time.UTC)
		known := never
		if n := len(run.o.moments); n > 0 && run.r.IntN(2) == 0 {
			known = run.o.moments[run.r.IntN(n)]
		}
		if got, want := run.standing(field, asof, known), run.o.standing(asof, known); got != want {
			run.t.Errorf("asof %s known %s:\n got %s\nwant %s", asof.Format(time.DateOnly), known, got, want)
		}
	}
}

func (run *randomRun) standing(field string, asof, known time.Time) string {
	clock := run.l.ClockAt(asof, known)
	at := -1
	for i, f := range run.d.StoredFields() {
		if f.Name == field {
			at = i
		}
	}
	var list []string
	if err := run.l.Rows(context.Background(), run.d, clock, func(r ledger.Record) error {
		list = append(list, r.Key+"="+ledger.Plain(r.Values[at]))
		return nil
	}); err != nil {
		run.t.Error(err)
	}
	return sorted(list)
}

func (run *randomRun) load(step int) {
	mode := []ingest.Mode{ingest.Update, ingest.Replace, ingest.ReplaceScope}[run.r.IntN(3)]
	day := time.Date(2016, 6, 3+7*run.r.IntN(4), 0, 0, 0, 0, time.UTC)
	rows, head := randomTax(run.r), taxHead
	if run.d == ledger.Tenants {
		rows, head = randomTenants(run.r, day), tenantHead
	}
	lines := []string{head}
	for _, r := range rows {
		lines = append(lines, r.line)
	}
	lines = append(lines, strings.Repeat("\n", step)) // no two files are the same
	want, written := run.o.load(rows, mode, run.d.Effective != "")
	opt := ingest.Options{Dataset: run.d.Name, Asof: &day, Mode: mode, DryRun: true}
	dry := csvFile(run.t, run.l, opt, lines...)
	opt.DryRun = false
	out := csvFile(run.t, run.l, opt, lines...)
	if out.Status != ingest.Committed || len(out.Changes) != 1 || len(dry.Changes) != 1 {
		run.t.Fatalf("%s %s %v in %q", out.Status, dry.Status, out.Problems, lines)
	}
	want.Dataset = run.d.Name
	if counted(out.Changes[0]) != counted(want) || counted(dry.Changes[0]) != counted(want) {
		run.t.Errorf("%q of %q: %s, dry %s, want %s", mode, lines, counted(out.Changes[0]), counted(dry.Changes[0]), counted(want))
	}
	b, err := run.l.Batch(context.Background(), *out.Batch)
	if err != nil || b.Total() != uint64(len(written)) {
		run.t.Errorf("the batch holds %d rows, want %d (%v)", b.Total(), len(written), err)
	}
	run.o.commit(b, written)
}

// undo takes back any batch and holds what is said to be kept against the oracle.
func (run *randomRun) undo() {
	id := run.o.order[run.r.IntN(len(run.o.order))]
	if !run.o.known[id][1].IsZero() {
		return
	}
	rewritten := 0
	for _, versions := range run.o.versions {
		mine, later := false, false
		for _, v := range versions {
			mine = mine || v.batch == id
			later = later || v.batch > id && run.o.known[v.batch][1].IsZero()
		}
		if mine && later {
			rewritten++
		}
	}
	kept, err := run.l.Later(context.Background(), id)
	if err != nil {
		run.t.Fatal(err)
	}
	told := 0
	for _, k := range kept {
		told += int(k.Keys)
	}
	if told != rewritten {
		run.t.Errorf("batch %d: %d keys written again, want %d", id, told, rewritten)
	}
	if err := run.l.Undo(context.Background(), id, "测试", "随机"); err != nil {
		run.t.Fatal(err)
	}
	b, err := run.l.Batch(context.Background(), id)
	if err != nil {
		run.t.Fatal(err)
	}
	run.o.known[id] = [2]time.Time{b.CommittedAt, *b.UndoneAt}
	run.o.moments = append(run.o.moments, *b.UndoneAt)
}
