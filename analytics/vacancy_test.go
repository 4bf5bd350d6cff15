package analytics

import (
	"context"
	"slices"
	"testing"
	"time"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// say loads rows of one dataset as an import of a day; r may give a building, floor and room.
func say(t *testing.T, l *ledger.Ledger, d *ledger.Dataset, kind, day string, rows ...values) ledger.Batch {
	t.Helper()
	on, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.Load(context.Background(), ledger.Load{Kind: kind, By: "test", Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
		for _, v := range rows {
			r := rowOf(t, d, v)
			r.Effective = on
			if err := add(d, r); err != nil {
				return err
			}
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func vacantAt(t *testing.T, a *Analytics, day string) []string {
	t.Helper()
	rooms, err := a.vacantRooms(context.Background(), on(t, a, day), "东楼")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, r := range rooms {
		list = append(list, r.Floor+"/"+r.Room)
	}
	return list
}

// TestAVacancyStandsUntilItIsLetOrLeftOut loads the sheets in both orders: what counts is the day they speak of.
func TestAVacancyStandsUntilItIsLetOrLeftOut(t *testing.T) {
	room := func(floor, no string) values {
		return values{"building": "东楼", "floor": floor, "room": no, "area_m2": "100"}
	}
	firm := func(floor, no, name string) values {
		return values{"building": "东楼", "floor": floor, "room": no, "tenant": name, "let_area_m2": "100"}
	}
	for _, newestFirst := range []bool{false, true} {
		l := testkit.Ledger(t)
		steps := []func(){
			func() {
				say(t, l, ledger.Vacancies, "import", "2016-03-31", room("3层", "301"), room("3层", "302"), room("4层", "401"))
			},
			func() {
				say(t, l, ledger.Tenants, "import", "2016-04-30", firm("3", "302", "甲公司"), firm("9", "401", "乙公司"))
			},
			func() { say(t, l, ledger.Vacancies, "import", "2016-05-31", room("3", "301"), room("5F", "501")) },
			func() { say(t, l, ledger.Vacancies, "form", "2016-06-10", room("6", "601")) },
		}
		if newestFirst {
			slices.Reverse(steps)
		}
		for _, step := range steps {
			step()
		}
		a := New(l)
		for day, want := range map[string][]string{
			"2016-03-30": nil, "2016-04-01": {"3/301", "3/302", "4/401"}, "2016-05-01": {"3/301", "4/401"},
			"2016-06-01": {"3/301", "5/501"}, "2016-06-20": {"3/301", "5/501", "6/601"},
		} {
			got := vacantAt(t, a, day)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("newest first %v: vacant on %s %v, want %v", newestFirst, day, got, want)
			}
		}
	}
}

// TestUndoingALettingMakesTheRoomVacantAgain also keeps a tenant who left from letting it.
func TestUndoingALettingMakesTheRoomVacantAgain(t *testing.T) {
	l := testkit.Ledger(t)
	a := New(l)
	say(t, l, ledger.Vacancies, "import", "2016-03-31", values{"building": "东楼", "room": "301"}, values{"building": "东楼", "room": "302"})
	b := say(t, l, ledger.Tenants, "import", "2016-04-30", values{"building": "东楼", "room": "301", "tenant": "甲公司"},
		values{"building": "东楼", "room": "302", "tenant": "乙公司", "moved_out": "2016-05-15"})
	if got := vacantAt(t, a, "2016-05-01"); len(got) != 0 {
		t.Error(got)
	}
	if got := vacantAt(t, a, "2016-06-01"); !slices.Equal(got, []string{"/302"}) {
		t.Error(got)
	}
	if err := l.Undo(context.Background(), b.ID, "test", ""); err != nil {
		t.Fatal(err)
	}
	if got := vacantAt(t, a, "2016-05-01"); !slices.Equal(got, []string{"/301", "/302"}) {
		t.Error(got)
	}
}
