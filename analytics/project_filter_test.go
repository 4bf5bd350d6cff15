package analytics

import (
	"context"
	"fmt"
	"testing"
)

func TestTheLedgerIsNarrowed(t *testing.T) {
	a := projectRecord(t, smallOffice())
	q := on(t, a, "2016-06-24")
	for _, c := range []struct {
		filter ProjectFilter
		want   string
	}{
		{ProjectFilter{}, "[乙大厦 甲村改造 丙路]"}, // by hand: 乙 is red for its gap, 甲 for its float; 乙 has no plan but the greater gap
		{ProjectFilter{Leader: "李书记"}, "[甲村改造]"},
		{ProjectFilter{Leader: NoLead}, "[丙路]"},
		{ProjectFilter{Section: "经发科"}, "[乙大厦]"},
		{ProjectFilter{Category: "楼宇", Leader: "李书记"}, "[]"},
		{ProjectFilter{Stage: "建设中"}, "[甲村改造]"},
		{ProjectFilter{Text: "资金 大厦"}, "[乙大厦]"},
		{ProjectFilter{Text: "供电"}, "[甲村改造]"},
		{ProjectFilter{Light: Grey}, "[丙路]"},
	} {
		got, err := a.FilteredProjects(context.Background(), q, c.filter)
		if err != nil {
			t.Fatal(err)
		}
		names := []string{}
		for _, i := range got.Items {
			names = append(names, i.Project)
		}
		if fmt.Sprint(names) != c.want || got.Totals.Projects != len(names) || got.Choices.Of != 3 {
			t.Errorf("%+v: %v of %d, want %s", c.filter, names, got.Choices.Of, c.want)
		}
		if l := got.Choices.Lights; c.filter.Light == Grey && l.Red+l.Yellow+l.Grey+l.Green != 3 {
			t.Errorf("the picks count %+v, want all three", l)
		}
	}
	if _, err := a.FilteredProjects(context.Background(), q, ProjectFilter{Light: "blue"}); err == nil {
		t.Error("a light that does not exist was taken")
	}
}
