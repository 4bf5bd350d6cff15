package ingest

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"taizhang/internal/wording"
	"taizhang/ledger"
)

// SplitPeople parts the persons or offices of one cell, 张主任、李书记 or 张主任和李书记, as written and without doubles. A name set apart
// for looks (王 伟) stays one, and so do 李和平 and 住房和城乡建设局.
func SplitPeople(s string) []string {
	var people []string
	seen := map[string]bool{}
	for _, part := range splitList(s) {
		for _, name := range splitJoined(part) {
			name = wording.Clean(name)
			key := wording.NameKey(name)
			if key == "" || wording.IsNull(name) || seen[key] {
				continue
			}
			seen[key] = true
			people = append(people, name)
		}
	}
	return people
}

// splitList cuts at list signs outside brackets; blanks and line breaks cut only between parts of two signs or more.
func splitList(s string) []string {
	var parts []string
	depth, start := 0, 0
	cut := func(at, width int) {
		parts = append(parts, s[start:at])
		start = at + width
	}
	for i, r := range s {
		switch {
		case strings.ContainsRune("(（[【〔", r):
			depth++
		case strings.ContainsRune(")）]】〕", r):
			depth = max(depth-1, 0)
		case depth > 0:
		case strings.ContainsRune("、/／,，;；|｜", r):
			cut(i, utf8.RuneLen(r))
		default:
			if blank, _ := wording.BlankRune(r); blank && isFullWord(s[start:i]) && isFullWord(firstWord(s[i+utf8.RuneLen(r):])) {
				cut(i, utf8.RuneLen(r))
			}
		}
	}
	return append(parts, s[start:])
}

func firstWord(s string) string {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	if end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("、/／,，;；|｜", r) }); end >= 0 {
		return s[:end]
	}
	return s
}

// isFullWord reports two Chinese characters or more, which a phone number or a spaced-out name is not.
func isFullWord(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n >= 2
}

var (
	personTitles = regexp.MustCompile(`(主任|书记|局长|科长|处长|所长|站长|队长|院长|部长|组长|镇长|区长|市长|县长|村长|社长|会长|校长|委员|主席|科员|干事|经理|总监|主管|主席|同志|先生|女士|工|总)$`)
	officeNames  = regexp.MustCompile(`(局|委|办|科|所|部|处|室|中心|公司|街道|委员会|站|队|院|会|厅|股|社区|村)$`)
)

// splitJoined cuts at 和, 与 and 及 only where both sides are whole names or whole offices.
func splitJoined(s string) []string {
	for _, joint := range []string{"以及", "和", "与", "及"} {
		left, right, found := strings.Cut(s, joint)
		if !found || !isFullWord(left) || !isFullWord(right) {
			continue
		}
		leftWhole := personTitles.MatchString(left) || officeNames.MatchString(left)
		bothNames := utf8.RuneCountInString(left) <= 4 && !officeNames.MatchString(right)
		if leftWhole || bothNames {
			return append([]string{left}, splitJoined(right)...)
		}
	}
	return []string{s}
}

var (
	yesWords = wording.SetOf("是", "有", "√", "✓", "✔", "☑", "v", "y", "yes", "t", "true", "1", "1.0", "已", "对", "是的", "o", "○")
	noWords  = wording.SetOf("否", "无", "没有", "没", "×", "✗", "✘", "x", "n", "no", "f", "false", "0", "0.0", "未", "不", "不是", "非", "尚未", "☐", "□")
	boolNote = regexp.MustCompile(`\([^()]*\)$`)
)

// ParseBool reads 是/否, 有/无, √/×, Y/N, 1/0, 已…/未…; ok is false for anything else. 无 is a no here, so ask before IsNull.
func ParseBool(s string) (value, ok bool) {
	switch s {
	case "是":
		return true, true
	case "否":
		return false, true
	}
	if len(s) > 60 {
		return false, false
	}
	t := boolNote.ReplaceAllString(wording.Fold(s), "")
	switch {
	case yesWords[t]:
		return true, true
	case noWords[t]:
		return false, true
	case utf8.RuneCountInString(t) > 5:
		return false, false
	case strings.HasPrefix(t, "已"):
		return true, true
	case strings.HasPrefix(t, "未"), strings.HasPrefix(t, "尚未"):
		return false, true
	}
	return false, false
}

// ParsePredecessors reads the nodes a node waits for, lags left out, as ledger.ParseLinks reads them.
func ParsePredecessors(s string) []string {
	var nodes []string
	for _, link := range ledger.ParseLinks(s, nil) {
		nodes = append(nodes, link.Node)
	}
	return nodes
}

var (
	rankOf   = regexp.MustCompile(`^(?:全[市区省县国街镇]|[市区省县])?(?:排名)?(?:并列)?第?(\d{1,4})(?:名|位)?(?:/|,?\(?(?:共|全区共)?|,)(\d{1,4})(?:个|家|名)?(?:街道|单位|乡镇|企业)?\)?$`)
	rankOnly = regexp.MustCompile(`^[^\d第]{0,8}(?:第(\d{1,4})|(?:^|排名|位列|位居|居)(\d{1,4}))(?:名|位)?(?:\(并列\))?$`)
)

// ParseRank reads 全区第2, 2/16, 第3名, 全市第一, 3; of is the number ranked when it is said.
func ParseRank(s string) (rank int, of *int, ok bool) {
	if s == "" || len(s) > 60 {
		return 0, nil, false
	}
	t := arabicDigits(wording.Fold(s))
	if strings.Contains(t, "倒数") {
		return 0, nil, false
	}
	t = strings.TrimSuffix(t, ".0")
	if m := rankOnly.FindStringSubmatch(t); m != nil {
		rank, _ = strconv.Atoi(m[1] + m[2])
		return rank, nil, rank > 0
	}
	m := rankOf.FindStringSubmatch(t)
	if m == nil {
		return 0, nil, false
	}
	rank, _ = strconv.Atoi(m[1])
	total, _ := strconv.Atoi(m[2])
	if rank < 1 || total < rank {
		return 0, nil, false
	}
	return rank, &total, true
}
