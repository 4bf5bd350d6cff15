package analytics

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// TestStatementsOfMeetings holds what each statement of the meeting reads.
func TestStatementsOfMeetings(t *testing.T) {
	a := projectRecord(t, append(smallOffice(),
		batchOf{ledger.Meetings, "2016-06-20", []values{
			{"meeting_date": "2016-06-13", "status": "已结束", "frozen_asof": "2016-06-13", "frozen_known": "2016-06-13T16:00:00.000+08:00", "closed_by": "张"},
			{"meeting_date": "2016-06-20", "held_at": "15:00", "chair": "李书记", "present": []string{"张主任", "王委员"}, "status": "进行中", "previous": "2016-06-13"},
		}},
		batchOf{ledger.Minutes, "2016-06-20", []values{
			{"meeting_date": "2016-06-20", "no": 2, "topic": "乙大厦", "said": "缺口仍在", "decision": "周五前报方案"},
			{"meeting_date": "2016-06-20", "no": 1, "topic": "甲村改造", "said": "管线周三迁"},
			{"meeting_date": "2016-06-13", "topic": "甲村改造", "said": "上一次"},
		}}))
	q := on(t, a, "2016-06-24")
	more := ledger.Params{"date": "2016-06-20", "from": "2016-06-17", "closed": closedStatus, "year": "2016", "before": "2016-06-17"}
	for _, name := range []string{"Meeting.List", "Meeting.Minutes", "Meeting.Visits", "Meeting.Batches", "Meeting.Closings", "Actions.LastNumber", "Actions.Overdue", "Stamp.Version"} {
		if more["closed"] = closedStatus; name == "Meeting.Closings" {
			more["closed"] = ledger.MeetingClosed
		}
		rows, err := a.query(context.Background(), name, q, more)
		if err != nil {
			t.Fatal(err)
		}
		testkit.Golden(t, name+".txt", lines(t, rows))
	}
	rows, err := a.query(context.Background(), "Projects.Weeks", q, more)
	if err != nil {
		t.Fatal(err)
	}
	testkit.Golden(t, "Projects.Weeks.both.txt", lines(t, rows))
}

func TestNumbersOfActionsAreReadInEverySpelling(t *testing.T) {
	rows := []values{}
	for _, number := range []string{"项目督办〔2016〕009号", "项目督办[2016]10号", "项目督办（2016）第011号", "项目督办〔2015〕099号", "12", "督办2016-50"} {
		rows = append(rows, values{"number": number, "item": "事"})
	}
	a := projectRecord(t, []batchOf{{ledger.Actions, "2016-06-20", rows}})
	for year, want := range map[int]uint64{2016: 11, 2015: 99, 2017: 0} {
		if got, err := a.LastActionNumber(context.Background(), a.ledger.Area(), year); err != nil || got != want {
			t.Errorf("%d: %d, %v, want %d", year, got, err, want)
		}
	}
	if n := ActionNumber(2026, 1); n != "项目督办〔2026〕001号" {
		t.Error(n)
	}
}

func TestWhichMeetingIsMeant(t *testing.T) {
	at := func(date, status string) Meeting { return Meeting{Date: theDay(date), Status: status, Version: "1.0"} }
	for _, c := range []struct {
		name, asof, ask, want string
		list                  []Meeting
	}{
		{"no meeting on record: the coming Monday", "2016-06-24", "", "2016-06-27", nil},
		{"on a Monday: today", "2016-06-27", "", "2016-06-27", nil},
		{"one that was not closed", "2016-06-29", "", "2016-06-27", []Meeting{at("2016-06-20", "已结束"), at("2016-06-27", "进行中")}},
		{"one left open long ago is not", "2016-06-29", "", "2016-07-04", []Meeting{at("2016-06-20", "进行中")}},
		{"one on another weekday", "2016-06-21", "", "2016-06-22", []Meeting{at("2016-06-22", "筹备")}},
		{"closed on its day stays on show", "2016-06-27", "", "2016-06-27", []Meeting{at("2016-06-27", "已结束")}},
		{"after it the next one", "2016-06-28", "", "2016-07-04", []Meeting{at("2016-06-27", "已结束")}},
		{"asked for", "2016-06-28", "2016-06-20", "2016-06-20", []Meeting{at("2016-06-20", "已结束")}},
	} {
		q := MeetingQuestion{Question: Question{Clock: ledger.Clock{Asof: theDay(c.asof).Time()}}}
		if c.ask != "" {
			q.Date = theDay(c.ask)
		}
		if got := chooseMeeting(c.list, q).Date.String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestAClosedMeetingNeverChanges closes a meeting and then imports late, corrects, undoes, types and reopens other things.
func TestAClosedMeetingNeverChanges(t *testing.T) {
	a := ownProjectRecord(t, smallOffice())
	minutes := load(t, a.ledger, batchOf{ledger.Minutes, "2016-06-20", []values{{"meeting_date": "2016-06-20", "topic": "甲村改造", "said": "管线周三迁"}}})
	visits := load(t, a.ledger, batchOf{ledger.Visits, "2016-06-17", []values{{"date": "2016-06-17", "leader": "李书记", "project": "甲村改造", "minutes": 70}}})
	known := visits.CommittedAt
	closing := values{"meeting_date": "2016-06-20", "status": "已结束", "frozen_asof": "2016-06-20", "frozen_known": known.Format(time.RFC3339Nano), "closed_by": "张"}
	load(t, a.ledger, batchOf{ledger.Meetings, "2016-06-20", []values{closing}})
	ask := func() string {
		t.Helper()
		clock, err := a.ledger.Clock(context.Background(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		ans, err := a.Meeting(context.Background(), MeetingQuestion{Question: Question{Clock: clock}, Date: theDay("2016-06-20")})
		if err != nil {
			t.Fatal(err)
		}
		if !ans.Frozen || len(ans.Minutes) != 1 || ans.Asof != "2016-06-20" || ans.NextItem != "" {
			t.Errorf("frozen %v as of %s with %d minutes", ans.Frozen, ans.Asof, len(ans.Minutes))
		}
		b, err := json.Marshal(ans)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	want := ask()
	for _, later := range []batchOf{
		{ledger.Progress, "2016-06-19", []values{{"project": "甲村改造", "report_date": "2016-06-19", "percent": "90", "problem": "迟报"}}},
		{ledger.Actions, "2016-06-20", []values{{"number": "1号", "item": "迁线", "status": "已确认(销号)", "closed_on": "2016-06-18", "meeting_date": "2016-06-06"}}},
		{ledger.Minutes, "2016-06-20", []values{{"meeting_date": "2016-06-20", "topic": "甲村改造", "said": "改过的"}}},
		{ledger.Meetings, "2016-06-20", []values{{"meeting_date": "2016-06-13", "status": "已结束", "frozen_asof": "2016-06-13", "frozen_known": known.Format(time.RFC3339Nano)}}},
		{ledger.Meetings, "2016-06-27", []values{{"meeting_date": "2016-06-27", "status": "进行中"}}},
		{ledger.Projects, "2016-06-01", []values{{"project": "甲村改造", "category": "安置房", "section": "改过的科", "plan_finish": "2018-12-31"}}},
	} {
		load(t, a.ledger, later)
		if got := ask(); got != want {
			t.Fatalf("after %s:\n%s\nwant\n%s", later.dataset.Name, got, want)
		}
	}
	for _, b := range []ledger.Batch{minutes, visits} {
		if err := a.ledger.Undo(context.Background(), b.ID, "李", "记错"); err != nil {
			t.Fatal(err)
		}
		if got := ask(); got != want {
			t.Fatalf("after an undo:\n%s\nwant\n%s", got, want)
		}
	}
}

// TestLastMeetingIsWhatIsComparedWith compares with the frozen snapshot as it was known, not with that day by all that is known now.
func TestLastMeetingIsWhatIsComparedWith(t *testing.T) {
	a := ownProjectRecord(t, smallOffice())
	known := load(t, a.ledger, batchOf{ledger.Visits, "2016-06-20", []values{{"date": "2016-06-20", "leader": "李书记", "project": "丙路", "minutes": 10}}}).CommittedAt
	load(t, a.ledger, batchOf{ledger.Meetings, "2016-06-20", []values{
		{"meeting_date": "2016-06-20", "status": "已结束", "frozen_asof": "2016-06-20", "frozen_known": known.Format(time.RFC3339Nano)}}})
	// A report of the 19th that came in after the meeting: the meeting had not seen it.
	load(t, a.ledger, batchOf{ledger.Progress, "2016-06-19", []values{{"project": "乙大厦", "report_date": "2016-06-19", "percent": "40"}}})
	ans, err := a.MeetingNow(context.Background(), on(t, a, "2016-06-24"))
	if err != nil {
		t.Fatal(err)
	}
	if !ans.Before.Frozen || ans.Before.Asof.String() != "2016-06-20" || ans.Meeting.Previous.String() != "2016-06-20" {
		t.Errorf("compared with %+v", ans.Before)
	}
	for _, p := range ans.Lights {
		if p.Project == "乙大厦" && (p.PercentBefore.String() != "1.5" || p.Percent.String() != "40") {
			t.Errorf("乙大厦 %s → %s", p.PercentBefore, p.Percent)
		}
	}
	if len(ans.Actions.Open) != 2 || ans.Actions.Open[0].Number != "1号" || ans.Actions.Open[0].Level != "主要领导" {
		t.Errorf("open items %+v", ans.Actions.Open)
	}
}
