package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"taizhang/ingest"
	"taizhang/internal/access"
	"taizhang/ledger"
)

// twoPeople are two of the office, each signed in at a browser of their own.
func twoPeople(t *testing.T) (*app, [2]session) {
	t.Helper()
	a, _ := clockApp(t)
	enrol(t, a, "admin", "password of admin", access.Administrator)
	enrol(t, a, "zhang", "password of zhang", access.Staff, access.Official)
	enrol(t, a, "wang", "password of wang", access.Staff, access.Official)
	return a, [2]session{enter(t, a, "zhang"), enter(t, a, "wang")}
}

// both has the two do something at the same time.
func both(people [2]session, do func(n int, s session) reply) [2]reply {
	var answers [2]reply
	var wait sync.WaitGroup
	for n, s := range people {
		wait.Go(func() { answers[n] = do(n, s) })
	}
	wait.Wait()
	return answers
}

// endless is later than every record time.
var endless = time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC)

// TestTwoPeopleBringOneFileAtOnce has both hand in the same content under names of their own and press 导入 at once, a few times over: there is
// one batch of each, by one of them, and the other is told of it.
func TestTwoPeopleBringOneFileAtOnce(t *testing.T) {
	a, people := twoPeople(t)
	for round := range 4 {
		content := fmt.Appendf(nil, "企业名称,税种,税款所属期,税额(元)\n示例%d有限公司,增值税,2016年5月,%d\n", round, 100+round)
		both(people, func(n int, s session) reply {
			r := sendTo(t, a, "/imports", map[string][]byte{fmt.Sprintf("税收明细%d.csv", n): content}, "Cookie: "+plainCookie+"="+s.token, formHeader+": "+access.FormToken(s.token))
			if r.StatusCode != http.StatusSeeOther {
				t.Errorf("upload: %d %s", r.StatusCode, r.Text)
			}
			return r
		})
		answers := both(people, func(_ int, s session) reply {
			return s.post("/imports/commit", url.Values{"hash": {ingest.Hash(content)}}, "Accept: application/json")
		})
		history, err := a.ledger.History(t.Context(), endless)
		if err != nil || len(history) != round+1 {
			t.Fatalf("round %d: %d batches stand, want one each round; %v", round, len(history), err)
		}
		told := map[ingest.Status]int{}
		for n, r := range answers {
			var out ingest.Outcome
			if err := json.Unmarshal([]byte(r.Text), &out); err != nil || out.Batch == nil || *out.Batch != history[0].ID {
				t.Errorf("round %d: person %d is not led to batch %d: %d %.400s", round, n, history[0].ID, r.StatusCode, r.Text)
				continue
			}
			told[out.Status]++
			if by := []string{"姓名zhang", "姓名wang"}[n]; (out.Status == ingest.Committed) != (history[0].By == by) {
				t.Errorf("round %d: %s is told %s of a batch by %s", round, by, out.Status, history[0].By)
			}
		}
		if told[ingest.Committed] != 1 || told[ingest.Duplicate] != 1 {
			t.Errorf("round %d: told %v, want one committed and one duplicate: %.300s\n%.300s", round, told, answers[0].Text, answers[1].Text)
		}
	}
}

// TestTheSlowerOfTwoIsToldOnThePage has both press the button of their page, which leads both to the batch.
func TestTheSlowerOfTwoIsToldOnThePage(t *testing.T) {
	a, people := twoPeople(t)
	content := []byte("企业名称,税种,税款所属期,税额(元)\n示例有限公司,增值税,2016年5月,100\n")
	for _, s := range people {
		sendTo(t, a, "/imports", map[string][]byte{"税收.csv": content}, "Cookie: "+plainCookie+"="+s.token, formHeader+": "+access.FormToken(s.token))
	}
	answers := both(people, func(_ int, s session) reply {
		return s.post("/imports/commit", url.Values{"hash": {ingest.Hash(content)}})
	})
	b, err := a.ledger.Batch(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	// Pressed once more when all is over, by the one who did not bring it: the file does not wait any more, and is loaded.
	if late := people[1].post("/imports/commit", url.Values{"hash": {ingest.Hash(content)}}); late.Header.Get("Location") != "/imports/1?again=1" {
		t.Errorf("later: %d %q", late.StatusCode, late.Header.Get("Location"))
	}
	for n, r := range answers {
		at := r.Header.Get("Location")
		if r.StatusCode != http.StatusSeeOther || !strings.HasPrefix(at, "/imports/1") {
			t.Fatalf("person %d: %d to %q", n, r.StatusCode, at)
		}
		page := people[n].get(at)
		if told := strings.Contains(page.Text, "没有再次载入"); page.StatusCode != http.StatusOK || told == (b.By == []string{"姓名zhang", "姓名wang"}[n]) {
			t.Errorf("person %d of a batch by %s: told of it %t", n, b.By, told)
		}
	}
}

// TestTwoPeopleEditOneRowAtOnce has both open the form of a row and save other values at once: one is saved, the other gets what they saw,
// what stands and what they wanted.
func TestTwoPeopleEditOneRowAtOnce(t *testing.T) {
	a, people := twoPeople(t)
	first := people[0].post("/records/projects", url.Values{"day": {"2016-06-20"}, "f.project": {"甲项目"}, "f.stage": {"前期手续"}, "f.total_investment_yuan": {"3亿"}})
	if first.StatusCode != http.StatusOK {
		t.Fatal(first.StatusCode, first.Text)
	}
	stages, seen := [2]string{"建设中", "已完工"}, "前期手续"
	for round := range 4 {
		clock, err := a.ledger.Clock(t.Context(), "2016-07-01", "")
		if err != nil {
			t.Fatal(err)
		}
		row, err := a.ledger.RowAt(t.Context(), ledger.Projects, "甲项目", clock)
		if err != nil || !row.Exists() {
			t.Fatal(row, err)
		}
		wanted := [2]string{fmt.Sprintf("甲写第%d次", round), fmt.Sprintf("乙写第%d次", round)}
		answers := both(people, func(n int, s session) reply {
			return s.post("/records/projects.json", url.Values{"key": {"甲项目"}, "version": {row.Version.Version}, "day": {"2016-07-01"},
				"f.stage": {stages[(n+round)%2]}, "f.problem": {wanted[n]}})
		})
		saved, refused := -1, -1
		for n, r := range answers {
			switch r.StatusCode {
			case http.StatusOK, http.StatusSeeOther, http.StatusCreated:
				saved = n
			case http.StatusConflict:
				refused = n
			}
		}
		if saved < 0 || refused < 0 {
			t.Fatalf("round %d: %d %.200s; %d %.200s", round, answers[0].StatusCode, answers[0].Text, answers[1].StatusCode, answers[1].Text)
		}
		var clash savedReply
		decode(t, answers[refused].Text, &clash)
		values := map[string]ledger.ClashField{}
		for _, f := range clash.Clash.Entries[0].Fields {
			values[f.Name] = f
		}
		stage, problem := values["stage"], values["problem"]
		if stage.Saw != seen || stage.Stands != stages[(saved+round)%2] || stage.Wanted != stages[(refused+round)%2] ||
			problem.Stands != wanted[saved] || problem.Wanted != wanted[refused] || !problem.Both || problem.From == nil || !strings.HasPrefix(problem.From.By, "姓名") {
			t.Errorf("round %d: %+v", round, clash.Clash.Entries[0].Fields)
		}
		now, err := a.ledger.RowAt(t.Context(), ledger.Projects, "甲项目", clock)
		if f, _ := now.Field("problem"); err != nil || f.Value != wanted[saved] {
			t.Errorf("round %d: %q stands, want %q; %v", round, f.Value, wanted[saved], err)
		}
		seen = stages[(saved+round)%2]
		// The two stages of the next round have to differ from what stands.
		stages = map[string][2]string{"建设中": {"前期手续", "已完工"}, "已完工": {"前期手续", "建设中"}, "前期手续": {"建设中", "已完工"}}[seen]
	}
	history, err := a.ledger.History(t.Context(), endless)
	if err != nil || len(history) != 5 {
		t.Errorf("%d batches stand, want 5; %v", len(history), err)
	}
}
