package ledger_test

import (
	"context"
	"maps"
	"testing"
	"time"

	"taizhang/internal/testkit"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// item saves an action item through its life and tells the sentence of a refusal.
type item struct {
	t   *testing.T
	l   *ledger.Ledger
	key string
}

func (i *item) save(fields map[string]any) string {
	i.t.Helper()
	ctx := context.Background()
	seen, err := i.l.RowAt(ctx, ledger.Actions, i.key, clock(i.t, i.l, "2016-06-20", time.Time{}))
	if err != nil {
		i.t.Fatal(err)
	}
	e := ledger.Entry{Dataset: ledger.Actions, Seen: seen.Version.Version, Changes: map[string]ledger.Change{}}
	if seen.Exists() {
		e.Key = i.key
	}
	for name, value := range fields {
		e.Changes[name] = ledger.Change{Value: value}
	}
	saved, err := i.l.Save(ctx, ledger.Save{By: "王", Day: onDay("2016-06-20"), Entries: []ledger.Entry{e}})
	if err != nil {
		return ledger.AsError(err).Message.In(text.Zh)
	}
	i.key = saved.Entries[0].Key
	return ""
}

func (i *item) field(name string) any {
	i.t.Helper()
	s, err := i.l.RowAt(context.Background(), ledger.Actions, i.key, clock(i.t, i.l, "2016-06-20", time.Time{}))
	if err != nil {
		i.t.Fatal(err)
	}
	return s.Value(ledger.Actions, name)
}

// TestActionsMoveAsDeclared takes an item through every step and holds refusals against their sentences.
func TestActionsMoveAsDeclared(t *testing.T) {
	i := &item{t: t, l: testkit.Ledger(t)}
	day := ledger.DayOf(*onDay("2016-06-20"))
	base := map[string]any{"number": "项目督办〔2016〕001号", "item": "补件", "owner": "李科长", "proposer": "王主任"}
	with := func(more map[string]any) map[string]any {
		all := maps.Clone(base)
		maps.Copy(all, more)
		return all
	}
	for _, step := range []struct {
		name   string
		fields map[string]any
		want   string
	}{
		{"a new item cannot be closed already", with(map[string]any{"status": "已确认(销号)"}), "新事项的状态不能是“已确认(销号)”，只能是：待下发、已下发、处理中。"},
		{"begin", with(map[string]any{"status": "待下发"}), ""},
		{"a step cannot be left out", map[string]any{"status": "处理中"}, "“待下发”不能直接变为“处理中”；下一步只能是：已下发。"},
		{"what is issued has a day", map[string]any{"status": "已下发"}, "变为“已下发”之前，请先填写“完成时限”。"},
		{"issue", map[string]any{"status": "已下发", "due": day}, ""},
		{"underway", map[string]any{"status": "处理中"}, ""},
		{"a report says the result", map[string]any{"status": "已处理", "reporter": "李科长"}, "变为“已处理”之前，请先填写“办理结果”。"},
		{"report", map[string]any{"status": "已处理", "reporter": "赵干事", "result": "已补齐"}, ""},
		{"the proposer does not confirm", map[string]any{"status": "已确认(销号)", "confirmer": "王主任", "closed_on": day}, "确认人“王主任”同时是提出人：销号须由提出人、责任人和上报人以外的人确认。"},
		{"nor the owner among others", map[string]any{"status": "已确认(销号)", "confirmer": "张书记、李科长", "closed_on": day}, "确认人“张书记、李科长”同时是责任人：销号须由提出人、责任人和上报人以外的人确认。"},
		{"nor who reported it", map[string]any{"status": "已确认(销号)", "confirmer": "赵干事", "closed_on": day}, "确认人“赵干事”同时是办结上报人：销号须由提出人、责任人和上报人以外的人确认。"},
		{"a return has a reason", map[string]any{"status": "退回"}, "变为“退回”之前，请先填写“退回原因”。"},
		{"return", map[string]any{"status": "退回", "return_reason": "缺照片"}, ""},
		{"back to work", map[string]any{"status": "处理中"}, ""},
		{"report again", map[string]any{"status": "已处理"}, ""},
		{"confirm", map[string]any{"status": "已确认(销号)", "confirmer": "张书记", "closed_on": day}, ""},
		{"the confirmer is not changed to the owner later", map[string]any{"confirmer": "李科长"}, "确认人“李科长”同时是责任人：销号须由提出人、责任人和上报人以外的人确认。"},
		{"reopening has a reason", map[string]any{"status": "处理中"}, "变为“处理中”之前，请先填写“重开原因”。"},
		{"reopen", map[string]any{"status": "处理中", "reopen_reason": "又出现问题"}, ""},
	} {
		if got := i.save(step.fields); got != step.want {
			t.Fatalf("%s: %q, want %q", step.name, got, step.want)
		}
	}
	if n, closed, who := i.field("reopened"), i.field("closed_on"), i.field("confirmer"); n != int64(1) || closed != nil || who != nil {
		t.Errorf("reopened %v, closed on %v, confirmed by %v", n, closed, who)
	}
}
