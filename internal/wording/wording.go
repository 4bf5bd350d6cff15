// Package wording knows the forms of words as offices write them: the folded
// form that is compared, the clean form that is shown, the key under which a
// name is the same name, and the words for "nothing" and "the same". ledger
// and ingest import it; it imports none of them.
package wording

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the form used for matching: half-width, lower case, one kind of bracket, dash, dot and quote, no line breaks, and
// spaces only where they part two Latin words or numbers; folding twice changes nothing.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	// Dropping a space or an invisible sign can bring a combining mark next to its letter, so the form may need another round.
	for range 8 {
		s = foldOnce(s)
		if norm.NFKC.IsNormalString(s) {
			break
		}
	}
	return s
}

func foldOnce(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space, last := false, rune(0)
	for _, r := range norm.NFKC.String(s) {
		r = unicode.ToLower(narrowRune(r))
		if r < 0 {
			continue
		}
		if r == ' ' {
			space = true
			continue
		}
		if space && isWordRune(last) && isWordRune(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		space, last = false, r
	}
	return b.String()
}

// isFolded knows, without the tables of Unicode, what nearly every cell holds: lower-case Latin, digits and common ideographs,
// none of which folding changes or joins with its neighbour.
func isFolded(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c <= ' ' || c == 0x7f || 'A' <= c && c <= 'Z' || c == '[' || c == ']' {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r < 0x4E00 || r > 0x9FA5 {
			return false
		}
		i += size
	}
	return true
}

// Clean gives the form shown to people: invisible signs gone, every kind of blank one plain space, line breaks inside a name
// removed (a space between Latin words). Full-width letters and digits stay as written; HalfWidth or Fold changes those.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space, broken, last := false, false, rune(0)
	for _, r := range s {
		blank, lineBreak := BlankRune(r)
		switch {
		case blank:
			space, broken = true, broken || lineBreak
			continue
		case isInvisible(r):
			continue
		}
		if space && b.Len() > 0 && (!broken || isWordRune(last) && isWordRune(r)) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		space, broken, last = false, false, r
	}
	// A tab before = + - @ is a guard another system put there: without it the text would be a live formula again.
	if out := b.String(); out != "" && s[0] == '\t' && strings.IndexByte("=+-@", out[0]) >= 0 {
		return "\t" + out
	}
	return b.String()
}

func isClean(s string) bool {
	last := ' '
	for _, r := range s {
		if r == ' ' && last == ' ' || r != ' ' && r < 0x80 && (r < ' ' || r == 0x7f) || r == utf8.RuneError {
			return false
		}
		if blank, _ := BlankRune(r); r >= 0x80 && (blank || isInvisible(r)) {
			return false
		}
		last = r
	}
	return last != ' ' || s == ""
}

// HalfWidth gives room numbers and the like: full-width signs become half-width, blanks plain spaces; letters keep their case.
func HalfWidth(s string) string { return strings.TrimSpace(Narrow(s)) }

// NameKey is the key of a company, project, building or person name: Fold without quotation marks and closing punctuation.
// 有限公司 and 有限责任公司 differ, and a 分公司 is not its parent.
func NameKey(s string) string {
	key := Fold(s)
	if strings.ContainsAny(key, `"'`) {
		key = strings.NewReplacer(`"`, "", `'`, "").Replace(key)
	}
	return Fold(strings.Trim(key, " .,;:、。-_*"))
}

var nullWords = SetOf("", "-", "--", "---", "----", "/", "//", `\`, "|", "无", "空", "空白", "(空)", "(空白)", "(无)", "null",
	"(null)", "nil", "none", "n/a", "#n/a", "na", "暂无", "没有", "无数据", "暂无数据", "未填", "...", "......", "…", "……", "*", "#div/0!")

// IsNull reports a cell that says nothing: blank, a dash or slash, 无, 空, 暂无, #N/A. A zero is a value, and #REF! or #VALUE! is a fault.
func IsNull(s string) bool {
	if !mayBegin(s, "nN", "无空暂没未") || len(s) > 40 && strings.TrimSpace(s) != "" {
		return false
	}
	return nullWords[Fold(s)]
}

var pendingWords = SetOf("待定", "未定", "不详", "未知", "待补", "待补充", "待填", "待确定", "待明确", "未明确", "尚未确定", "尚未明确", "暂未确定", "另行通知", "tbd")

// IsPending reports 待定, 不详 and the like: no number or date yet, though in a column of words it may be a value.
func IsPending(s string) bool {
	return len(s) <= 40 && mayBegin(s, "tT", "待未不另尚暂") && pendingWords[Fold(s)]
}

var sameWords = SetOf("同上", "〃", `"`, `""`, "''", "′′", "″", "同左", "同前", "同上行", "上同", "ditto", "(同上)", "々")

// IsSame reports a cell that repeats its neighbour: 同上, 〃, a lone quotation mark, 同左.
func IsSame(s string) bool { return len(s) <= 40 && mayBegin(s, "dD", "同上") && sameWords[Fold(s)] }

// mayBegin tells quickly that a text is none of a set of words: folding changes neither a Latin letter or digit nor a common
// ideograph at its beginning into another, so that one must be among those the words begin with. Other signs may fold to anything.
func mayBegin(s, latin, han string) bool {
	if s == "" {
		return true
	}
	if c := s[0]; c < utf8.RuneSelf {
		return !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') || strings.IndexByte(latin, c) >= 0
	}
	r, _ := utf8.DecodeRuneInString(s)
	return r < 0x4E00 || r > 0x9FA5 || strings.ContainsRune(han, r)
}

// SetOf makes a set of words for tests of membership.
func SetOf(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

// Narrow folds width, dashes, brackets, quotes and blanks rune by rune and keeps case and unit signs such as ㎡.
func Narrow(s string) string {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '[' || c == ']' {
			return strings.Map(narrowRune, s)
		}
	}
	return s
}

func narrowRune(r rune) rune {
	if blank, _ := BlankRune(r); blank {
		return ' '
	}
	if isInvisible(r) {
		return -1
	}
	if r >= 0xFF01 && r <= 0xFF5E {
		r -= 0xFEE0
	}
	switch r {
	case '[', '〔', '【', '〖', '﹝', '﹙':
		return '('
	case ']', '〕', '】', '〗', '﹞', '﹚':
		return ')'
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹣', '⁃', '﹘', '─', '━':
		return '-'
	case '〜', '∼', '˜', '∽':
		return '~'
	case '“', '”', '„', '‟', '〝', '〞':
		return '"'
	case '‘', '’', '‚', '‛':
		return '\''
	case '・', '•', '‧', '∙', '⋅', '･':
		return '·'
	case '∕', '⁄':
		return '/'
	case '∶', '﹕', '︰':
		return ':'
	case '﹒':
		return '.'
	case '﹐':
		return ','
	case '﹔':
		return ';'
	case '﹪':
		return '%'
	case '￥':
		return '¥'
	}
	return r
}

// BlankRune reports any kind of blank, and whether it breaks the line.
func BlankRune(r rune) (blank, lineBreak bool) {
	switch {
	case r == '\n', r == '\r', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
		return true, true
	case r == ' ', r == '\t', r == 0xA0, r == 0x1680, r >= 0x2000 && r <= 0x200A, r == 0x202F, r == 0x205F, r == 0x3000:
		return true, false
	}
	return false, false
}

func isInvisible(r rune) bool {
	switch {
	case r < ' ', r == 0x7f, r == 0xAD, r == 0xFEFF, r == 0x180E:
		return true
	case r >= 0x80 && r < 0xA0, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064, r >= 0xFE00 && r <= 0xFE0F:
		return true
	}
	return false
}

// isWordRune reports the letters and digits of scripts that part words with spaces.
func isWordRune(r rune) bool {
	if r < 0x80 {
		return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// live are the signs at which spreadsheet programs begin a formula, those of full width included, and the blanks and the NUL that some of them pass over before one.
const live = "=+-@\t\r\n\x00＝＋－＠"

// Live reports a text that a spreadsheet program may run as a formula when it opens a CSV, but for the apostrophes before it.
// Exports put one more apostrophe before such a text, and the reader of CSV takes one off.
func Live(s string) bool {
	bare := strings.TrimLeft(s, "'")
	first, _ := utf8.DecodeRuneInString(bare)
	return bare != "" && strings.ContainsRune(live, first)
}
