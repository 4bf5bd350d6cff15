package ingest

import (
	"reflect"
	"taizhang/internal/wording"
	"testing"
)

func TestSplitPeople(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"张主任", []string{"张主任"}}, {"张主任、李书记", []string{"张主任", "李书记"}}, {"张主任/李书记", []string{"张主任", "李书记"}}, {"张主任／李书记", []string{"张主任", "李书记"}},
		{"张主任,李书记，王委员", []string{"张主任", "李书记", "王委员"}}, {"张主任;李书记；王委员", []string{"张主任", "李书记", "王委员"}}, {"张主任和李书记", []string{"张主任", "李书记"}},
		{"张主任与李书记及王委员", []string{"张主任", "李书记", "王委员"}}, {"张主任\n李书记", []string{"张主任", "李书记"}}, {"张主任 李书记", []string{"张主任", "李书记"}}, {"张三和李四", []string{"张三", "李四"}},
		{"王 伟", []string{"王 伟"}}, {"李和平", []string{"李和平"}}, {"欧阳和平", []string{"欧阳和平"}}, {"住房和城乡建设局", []string{"住房和城乡建设局"}}, {"城管科和财政所", []string{"城管科", "财政所"}},
		{"规划和自然资源局、财政所", []string{"规划和自然资源局", "财政所"}}, {"张主任（牵头、兼）、李书记", []string{"张主任（牵头、兼）", "李书记"}}, {"张主任、张主任", []string{"张主任"}},
		{"", nil}, {"/", nil}, {"—", nil}, {"无", nil}, {"、", nil}, {" 张主任、 ", []string{"张主任"}},
	} {
		if got := SplitPeople(c.in); !reflect.DeepEqual(got, c.want) {
			t.Errorf("SplitPeople(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestParseBool(t *testing.T) {
	for _, s := range []string{"是", "有", "√", "✓", "Y", "yes", "1", "１", "已", "已注册", " 是 ", "是（2015年）", "Ｙ"} {
		if v, ok := ParseBool(s); !v || !ok {
			t.Errorf("ParseBool(%q) = %v %v", s, v, ok)
		}
	}
	for _, s := range []string{"否", "无", "×", "N", "no", "0", "未", "未注册", "不是", "没有", "Ｎ"} {
		if v, ok := ParseBool(s); v || !ok {
			t.Errorf("ParseBool(%q) = %v %v", s, v, ok)
		}
	}
	for _, s := range []string{"", "—", "部分", "2", "全国总部", "是否"} {
		if v, ok := ParseBool(s); ok {
			t.Errorf("ParseBool(%q) = %v", s, v)
		}
	}
}

func TestParsePredecessors(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"3、4", []string{"3", "4"}}, {"3,4", []string{"3", "4"}}, {"3，4", []string{"3", "4"}}, {"3;4", []string{"3", "4"}}, {"3/4", []string{"3", "4"}}, {"3 4 5", []string{"3", "4", "5"}},
		{"5", []string{"5"}}, {"5.0", []string{"5"}}, {"3FS+2", []string{"3"}}, {"3FS+2天、4SS", []string{"3", "4"}}, {"3 FS + 2", []string{"3"}}, {"3+2", []string{"3"}}, {"５、６、７", []string{"5", "6", "7"}},
		{"3和4", []string{"3", "4"}}, {"节点3", []string{"3"}}, {"③、④", []string{"3", "4"}}, {"5至7", []string{"5", "6", "7"}}, {"3-2", []string{"3-2"}}, {"主体封顶、装饰和配套", []string{"主体封顶", "装饰和配套"}},
		{"3\n4", []string{"3", "4"}}, {"3、3", []string{"3"}}, {"", nil}, {"—", nil}, {"无", nil},
	} {
		if got := ParsePredecessors(c.in); !reflect.DeepEqual(got, c.want) {
			t.Errorf("ParsePredecessors(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestParseRank(t *testing.T) {
	for _, c := range []struct {
		in       string
		rank, of int
	}{
		{"全区第2", 2, 0}, {"2/16", 2, 16}, {"第3", 3, 0}, {"第3名", 3, 0}, {"3", 3, 0}, {"全市第一", 1, 0}, {"第二", 2, 0}, {"第2位", 2, 0}, {"２／１６", 2, 16}, {"第2（共16个）", 2, 16}, {"第2/16", 2, 16},
		{"全区第2/16", 2, 16}, {"并列第3", 3, 0}, {"3.0", 3, 0}, {"第十一名", 11, 0}, {"排名第2", 2, 0}, {"全区排名2", 2, 0}, {"3名", 3, 0},
	} {
		rank, of, ok := ParseRank(c.in)
		if !ok || rank != c.rank || (of == nil) != (c.of == 0) || of != nil && *of != c.of {
			t.Errorf("ParseRank(%q) = %d %v %v", c.in, rank, of, ok)
		}
	}
	for _, s := range []string{"", "—", "前十", "倒数第2", "16/2", "0", "第0", "良好", "2016年", "2.5"} {
		if rank, _, ok := ParseRank(s); ok {
			t.Errorf("ParseRank(%q) = %d", s, rank)
		}
	}
}

func FuzzPeople(f *testing.F) {
	for _, s := range []string{"张主任、李书记", "王 伟", "3FS+2", "5至7", "全区第2", "2/16", "和和和", "（（、", "是（）"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, name := range SplitPeople(s) {
			if name == "" || wording.IsNull(name) {
				t.Fatalf("SplitPeople(%q) holds a blank", s)
			}
		}
		for _, node := range ParsePredecessors(s) {
			if node == "" {
				t.Fatalf("ParsePredecessors(%q) holds a blank", s)
			}
		}
		if rank, of, ok := ParseRank(s); ok && (rank < 1 || of != nil && *of < rank) {
			t.Fatalf("ParseRank(%q) = %d of %d", s, rank, of)
		}
		ParseBool(s)
	})
}
