package server

import (
	"strings"
	"testing"

	"taizhang/internal/text"
	"taizhang/ledger"
)

func TestPaperTakesSoManyLinesAndSaysTheRest(t *testing.T) {
	p := page{Lang: text.Zh}
	long := p.card("briefing_work", "long")
	long.Table = p.columns(col("project_leader"), numCol("percent", "%"))
	for range paperLines + 10 {
		long.Table.add(words("示例").under("张主任"), num(p.Num().percent(ledger.Int(1), 0)))
	}
	parts := briefingPart{Card: long, Shares: []int{3, 1}}.onPaper(p)
	if len(parts) != 2 || len(parts[0].Table.Rows) != paperLines || !strings.Contains(parts[1].Text, "另有 10 条") {
		t.Fatalf("%d parts, %+v", len(parts), parts[len(parts)-1])
	}
	if c := parts[0].Table.Columns; c[1].Align != "right" || c[1].Label != "进度（%）" || parts[0].Table.Rows[0][0].Small != "张主任" {
		t.Errorf("%+v %+v", c, parts[0].Table.Rows[0])
	}
	if rest := (briefingPart{Text: "没有"}).onPaper(p); len(rest) != 1 || rest[0].Table != nil {
		t.Errorf("%+v", rest)
	}
}

func TestNamesOnPaperStayNames(t *testing.T) {
	if got := quoteCSS("甲\"; } * { display: none }\n</style>\\"); strings.ContainsAny(got[1:len(got)-1], "\"\\;{}<>\n") {
		t.Errorf("a name breaks out of its string: %s", got)
	}
}

func TestTypefacesComeFromTheEnvironment(t *testing.T) {
	t.Setenv("TAIZHANG_FONT_BODY", "方正仿宋_GBK")
	t.Setenv("TAIZHANG_SNAPSHOT_DAY", "Fri")
	cfg := DefaultConfig()
	f := newFlags("serve", &cfg)
	f.fonts(&cfg)
	f.snapshots(&cfg)
	if _, err := f.parse(&cfg, []string{"--font-title", "甲宋", "--snapshot-day", "Sat"}); err != nil {
		t.Fatal(err)
	}
	if cfg.Fonts.Body != "方正仿宋_GBK" || cfg.Fonts.Title != "甲宋" || cfg.Fonts.Heading != "黑体" || cfg.SnapshotDay != "Sat" {
		t.Errorf("%+v %s", cfg.Fonts, cfg.SnapshotDay)
	}
}
