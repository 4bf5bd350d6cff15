package ledger

import (
	"fmt"
	"strings"
	"testing"
)

func TestLinksAsPeopleWriteThem(t *testing.T) {
	named := func(s string) bool { return s == "装饰/配套" || s == "封顶" || s == "3-2" || s == "2" }
	for cell, want := range map[string]string{
		"": "", "无": "", "—": "", "3、4": "3 4", "3,４": "3 4", "3/4": "3 4", "3和4": "3 4", "5至7": "5 6 7", "节点3": "3", "③": "3", "5.0": "5",
		"3FS+5": "3+5", "3FS": "3", "3fs-2": "3-2", "3 FS + 2天": "3+2", "3+5天": "3+5", "3+5": "3+5", "3＋5日": "3+5", "3-2天": "3-2", "3-2": "3-2+0",
		"3+10工作日": "3+10", "封顶+5天": "封顶+5", "封顶完成后5天": "封顶+5", "3后7天": "3+7", "装饰/配套": "装饰/配套", "装饰/配套、3FS+1": "装饰/配套 3+1",
		"4SS": "4SS", "4SS+2": "4SS+2", "4FF-1天": "4FF-1", "3FS+20%": "3+20!", "3FS+2.5天": "3+2!", "3、3+5天": "3+5", "3+5天、3": "3+5",
		"3FS+2、4": "3+2 4", "封顶\n3": "封顶 3", "没有的节点": "没有的节点",
	} {
		var got []string
		for _, l := range ParseLinks(cell, named) {
			s := l.Node
			if l.Kind != "FS" {
				s += l.Kind
			}
			if l.Lag != 0 || l.Node == "3-2" {
				s += fmt.Sprintf("%+d", l.Lag)
			}
			if l.Odd {
				s += "!"
			}
			got = append(got, s)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q is read as %q, want %q", cell, got, want)
		}
	}
}
