package analytics

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"taizhang/internal/text"
	"taizhang/ledger"
)

const handSeed = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

// handScores: in June 甲 got 80 of 100 at weight 3 and 5 of 10 at weight 1: (3×0.8 + 1×0.5) / 4 = 72.5. 乙 got 9 of 10 without a weight:
// 90, 丙 the same. 丁 is on the roster and was not scored; 戊 left the list in May. The least is 72.5, the most 90.
func handScores() map[*ledger.Dataset][]values {
	return map[*ledger.Dataset][]values{
		ledger.Roster: {{"kind": "网格", "subject": "甲", "unit": "东社区"}, {"kind": "网格", "subject": "乙"}, {"kind": "网格", "subject": "丙"}, {"kind": "网格", "subject": "丁"},
			{"kind": "网格", "subject": "戊", "to": "2016-05-31"}, {"kind": "人员", "subject": "己", "from": "2016-07-01"}},
		ledger.Draws: {{"drawn_on": "2016-06-20", "kind": "网格", "seed": handSeed, "algorithm": DrawAlgorithm, "names": "丁、丙、乙、甲", "list_count": 4, "drawn_count": 2, "result": "某、某", "list_digest": ListDigest([]string{"甲", "乙", "丙", "丁"})}},
		ledger.Scores: {
			{"scored_on": "2016-05-10", "kind": "网格", "subject": "甲", "item": "市容", "weight": "3", "max": "100", "score": "70"},
			{"scored_on": "2016-06-13", "kind": "网格", "subject": "甲", "item": "市容", "weight": "3", "max": "100", "score": "80", "reason": "占道"},
			{"scored_on": "2016-06-13", "kind": "网格", "subject": "甲", "item": "保洁", "weight": "1", "max": "10", "score": "5"},
			{"scored_on": "2016-06-13", "kind": "网格", "subject": "乙", "item": "市容", "max": "10", "score": "9"},
			{"scored_on": "2016-06-14", "kind": "网格", "subject": "丙", "item": "市容", "max": "10", "score": "9"},
			{"scored_on": "2016-06-14", "kind": "网格", "subject": "丁", "item": "市容", "max": "10"},
			{"scored_on": "2016-06-14", "kind": "人员", "subject": "庚", "item": "履职", "max": "10", "score": "1"},
		},
		ledger.Sanctions:  {{"decided_on": "2016-06-15", "person": "庚", "measure": "约谈", "reason": "脱岗"}, {"decided_on": "2015-06-15", "person": "庚", "measure": "约谈", "reason": "旧"}},
		ledger.Appraisals: {{"appraised": "本街道", "topic": "考评", "period": "2015", "published_rank": 1}, {"appraised": "本街道", "topic": "考评", "period": "2015-02", "published_score": "88.5", "published_rank": 11, "population": 88}},
	}
}

func TestScoresAreWeightedAndRankedByHand(t *testing.T) {
	a := record(t, handScores())
	ans, err := a.Scores(context.Background(), ScoresQuestion{Question: on(t, a, "2016-06-20")})
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, l := range ans.Month.Lines {
		got += fmt.Sprintln(l.Rank, l.Subject, l.Total, l.Composite, l.Before, l.Change, l.Days)
	}
	want := "1 丙 90 100 — — 1\n1 乙 90 100 — — 1\n3 甲 72.5 50 70 2.5 1\n— 丁 — — — — 1\n"
	if got != want || ans.Month.Population != 3 || ans.Month.Unranked != 1 {
		t.Errorf("%s n=%d unranked=%d", got, ans.Month.Population, ans.Month.Unranked)
	}
	// The year: 甲 (3×0.7 + 3×0.8 + 1×0.5) / 7 = 71.43 over two days.
	last := ans.WholeYear.Lines[2]
	if last.Subject != "甲" || last.Total.Fixed(2) != "71.43" || last.Days != 2 {
		t.Errorf("%+v", last)
	}
	if len(ans.Sanctions) != 1 || ans.Roster != 4 || len(ans.Trend) != 3 {
		t.Errorf("%d sanctions, roster %d, trend %v", len(ans.Sanctions), ans.Roster, ans.Trend)
	}
	if top := TopTen(ans.Published, "本街道", 2015); top.Denominator.String() != "1" || top.Numerator.String() != "0" {
		t.Errorf("%+v", top)
	}
	// A stored result that does not come out of its seed is told.
	if d := ans.Today[0]; d.Proven || !strings.Contains(d.Why.In(text.En), "not the 某、某 on record") {
		t.Errorf("%+v", d)
	}
}

func TestCompositeOfOneValueIsAHundred(t *testing.T) {
	five := ledger.Int(5)
	for _, c := range []struct {
		x, least, most ledger.Decimal
		want           string
	}{{five, five, five, "100"}, {ledger.Int(75), five, ledger.Int(105), "85"}, {ledger.Null, five, five, "—"}, {five, ledger.Null, five, "—"}} {
		if got := Composite(c.x, c.least, c.most).String(); got != c.want {
			t.Errorf("%v: %s, want %s", c, got, c.want)
		}
	}
}

// TestADrawIsRepeatedWithSha256sumAlone draws with the tools of a shell and holds the program to it.
func TestADrawIsRepeatedWithSha256sumAlone(t *testing.T) {
	names := []string{"齐礼闫01网格", "路砦 02网格", "Grid-3", "桃源04网格", "a", "兴华05网格"}
	const recipe = `while read -r name; do printf '%s:%s' "$0" "$name" | sha256sum | cut -c1-64 | tr '\n' ' '; echo "$name"; done | LC_ALL=C sort -u | head -n 3 | cut -d' ' -f2-`
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("no sha256sum on this machine")
	}
	run := exec.CommandContext(t.Context(), "sh", "-c", recipe, handSeed)
	run.Stdin = strings.NewReader(strings.Join(names, "\n") + "\n")
	out, err := run.Output()
	if err != nil {
		t.Fatal(err)
	}
	got, err := DrawLots(handSeed, names, 3)
	if err != nil || strings.Join(got, "\n")+"\n" != string(out) {
		t.Errorf("%v %v, the shell drew %s", got, err, out)
	}
	run = exec.CommandContext(t.Context(), "sh", "-c", "LC_ALL=C sort -u | sha256sum | cut -c1-64")
	run.Stdin = strings.NewReader(strings.Join(names, "\n") + "\n")
	if out, err = run.Output(); err != nil || strings.TrimSpace(string(out)) != ListDigest(names) {
		t.Errorf("digest %s, the shell says %s %v", ListDigest(names), out, err)
	}
}

// TestADrawDoesNotDependOnTheOrderOfTheList draws by many seeds from lists in other orders, with blanks and repeats.
func TestADrawDoesNotDependOnTheOrderOfTheList(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 83))
	for range 200 {
		seed, names := NewSeed(), []string{}
		for i := range 1 + random.IntN(83) {
			names = append(names, fmt.Sprintf("网格%02d", i))
		}
		n := 1 + random.IntN(len(names))
		first, err := DrawLots(seed, names, n)
		if err != nil {
			t.Fatal(err)
		}
		other := append(slices.Clone(names), " "+names[0], "")
		random.Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		again, err := DrawLots(seed, other, n)
		if err != nil || !slices.Equal(first, again) || ListDigest(names) != ListDigest(other) {
			t.Fatalf("%s %d of %v: %v, then %v %v", seed, n, names, first, again, err)
		}
		if slices.Sort(again); len(slices.Compact(again)) != n {
			t.Fatalf("%v was drawn twice", again)
		}
	}
}

// TestLotsAreFair draws one of ten three thousand times: each comes about as often as the others (χ² of 9 degrees, one in a million).
func TestLotsAreFair(t *testing.T) {
	names := strings.Split("甲乙丙丁戊己庚辛壬癸", "")
	count := map[string]float64{}
	for i := range 3000 {
		one, err := DrawLots(fmt.Sprintf("%064x", i), names, 1)
		if err != nil {
			t.Fatal(err)
		}
		count[one[0]]++
	}
	chi := 0.0
	for _, n := range names {
		chi += (count[n] - 300) * (count[n] - 300) / 300
	}
	if chi > 43 {
		t.Errorf("χ² = %.1f: %v", chi, count)
	}
}

func TestAnotherListIsRefusedWithWhatDiffers(t *testing.T) {
	names := []string{"甲", "乙", "丙"}
	d := Draw{Name: "2016-06-20-grid", Seed: handSeed, Algorithm: DrawAlgorithm, ListDigest: ListDigest(names), Names: names, Count: 2}
	if again, err := d.Repeat([]string{"丙", "甲", "乙"}); err != nil || len(again) != 2 {
		t.Errorf("%v %v", again, err)
	}
	for said, list := range map[string][]string{"missing 乙, added —": {"甲", "丙"}, "missing —, added 丁": {"甲", "乙", "丙", "丁"}, "missing 丙, added 丁": {"甲", "乙", "丁"}, "missing 丙、乙、甲, added —": {}} {
		_, err := d.Repeat(list)
		var failed *ledger.Error
		if !asError(err, &failed) || failed.Kind != ledger.Conflict || !strings.Contains(failed.Message.In(text.En), said) {
			t.Errorf("%v: %v", list, err)
		}
	}
	d.Algorithm = "其他"
	if _, err := d.Repeat(names); err == nil {
		t.Error("another algorithm was repeated")
	}
	for _, bad := range []struct {
		seed  string
		names []string
		n     int
	}{{"abc", names, 1}, {strings.ToUpper(handSeed), names, 1}, {handSeed, names, 0}, {handSeed, names, 4}, {handSeed, nil, 1}, {handSeed, []string{"甲、乙", "丙"}, 1}} {
		if got, err := DrawLots(bad.seed, bad.names, bad.n); err == nil {
			t.Errorf("%v gave %v", bad, got)
		}
	}
}
