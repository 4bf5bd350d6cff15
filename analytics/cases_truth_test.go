package analytics_test

import (
	"context"
	"errors"
	"testing"

	"taizhang/analytics"
	"taizhang/internal/access"
	"taizhang/ledger"
)

type tallyTruth struct {
	Received, Closed, Due, Postponed int64
	OnTime                           int64 `json:"on_time"`
	Denominator                      int64
}

func (w tallyTruth) meet(t *testing.T, what string, got analytics.CaseTally) {
	t.Helper()
	same(t, what, []any{got.Received, got.Closed, got.Due, got.Postponed, got.OnTime.Numerator.OrZero(), got.OnTime.Denominator.OrZero()},
		[]any{w.Received, w.Closed, w.Due, w.Postponed, w.OnTime, w.Denominator})
}

func TestCasesMeetTruth(t *testing.T) {
	want := truth[struct {
		Weekend string
		Days    map[string]struct {
			Counts   map[string]int64
			Year     tallyTruth
			Months   map[string]tallyTruth
			Channels map[string]tallyTruth
			Overdue  map[string]int64
			Waiting  int64
		}
	}](t, "投诉举报台账2016")
	l, a := office(t, "投诉举报台账2016.xlsx", "工作日历2016.xlsx")
	for day, w := range want.Days {
		ans, err := a.Cases(context.Background(), analytics.CasesQuestion{Question: asof(t, l, day)})
		if err != nil {
			t.Fatal(err)
		}
		w.Year.meet(t, day, ans.Totals)
		for _, m := range ans.Months {
			w.Months[m.Name].meet(t, day+" "+m.Name, m)
		}
		same(t, day+" months", len(ans.Months), 6)
		for _, c := range ans.Channels {
			w.Channels[c.Name].meet(t, day+" "+c.Name, c)
		}
		same(t, day+" waiting", ans.Waiting, w.Waiting)
		for state, n := range w.Counts {
			same(t, day+" "+state, ans.Counts[analytics.CaseState(state)], n)
		}
		overdue := map[string]int64{}
		for _, l := range ans.Items {
			if l.State == analytics.CaseOverdue {
				overdue[l.Number] = l.DaysLate.Big().IntPart()
			}
			if l.Number == want.Weekend && l.State != analytics.CaseOnTime {
				t.Errorf("%s was closed on the Saturday after its Friday and is %s", l.Number, l.State)
			}
		}
		same(t, day+" overdue", overdue, w.Overdue)
		strip, err := a.CaseStrip(context.Background(), asof(t, l, day))
		if err != nil || strip.OnTime.Percent.String() != ans.Totals.OnTime.Percent.String() || strip.Overdue != int64(len(w.Overdue)) || strip.Escalated != int64(len(w.Overdue)) {
			t.Errorf("strip %+v %v", strip, err)
		}
	}
}

// TestWhoComplainedIsToldToThoseWhoMaySee holds the page of one case, and the list, which never tells it.
func TestWhoComplainedIsToldToThoseWhoMaySee(t *testing.T) {
	l, a := office(t, "投诉举报台账2016.xlsx", "工作日历2016.xlsx")
	ans, err := a.Case(context.Background(), asof(t, l, "2016-06-27"), "投诉〔2016〕348号")
	if err != nil || ans.Private == nil || ans.Private.Complainant == "" || ans.Private.Phone == "" {
		t.Fatalf("%+v %v", ans, err)
	}
	same(t, "next", ans.Next, "[close send_back]")
	analytics.Hide(ans, access.Hides{Personal: true})
	if ans.Private != nil || ans.Reply == "" {
		t.Errorf("after hiding: %+v", ans)
	}
	if _, err := a.Case(context.Background(), asof(t, l, "2016-06-27"), "投诉〔2016〕999号"); err != nil {
		if e := new(ledger.Error); !errors.As(err, &e) || e.Kind != ledger.NotFound {
			t.Error(err)
		}
	} else {
		t.Error("a case that stands nowhere was found")
	}
}
