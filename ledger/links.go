package ledger

import (
	"regexp"
	"strconv"
	"strings"

	"taizhang/internal/wording"
)

// Link is one node that another waits for, as the cell of predecessors names it.
type Link struct {
	Node string `json:"node"`          // its number or its name
	Lag  int64  `json:"lag_days"`      // days between its finish and the start that waits for it; negative: they overlap
	Kind string `json:"kind"`          // FS (finish to start) unless the cell says SS, FF or SF
	Said string `json:"said"`          // this link as the cell writes it
	Odd  bool   `json:"odd,omitempty"` // the lag is no whole number of days, such as a percentage
}

var (
	linkSuffix = regexp.MustCompile(`^(.+?)(fs|ss|ff|sf)(?:([+-])(\d+)(\.\d+)?(天|日|d|个?工作日|%)?)?$`)
	lagSuffix  = regexp.MustCompile(`^(.+?)(?:([+])(\d+)(天|日|d|个?工作日)?|([+-])(\d+)(天|日|d|个?工作日))$`)
	lagAfter   = regexp.MustCompile(`^(.+?)(?:完成)?后(\d+)(?:天|日|个?工作日)$`)
	nodeWords  = regexp.MustCompile(`^(?:第|节点|序号|工序|编号|no\.?|#)*(\d+)(?:项|号|步|节点|工序)?$`)
	nodeSpan   = regexp.MustCompile(`^(\d{1,3})(?:~|至|到)(\d{1,3})$`)

	// betweenNodes are the blanks and words that part numbers but may stand inside the name of a node.
	betweenNodes = regexp.MustCompile(`(\d)(?: +|和|及|与)(\d)`)
	// spaceLetters joins 3 FS and FS + 2, whose blanks part nothing.
	spaceLetters = regexp.MustCompile(`(\d|[FSfs])[ \x{00a0}]+([FSfs]{2}|[+]\d)`)
)

// ParseLinks reads what a node waits for: 3、4 or 3/4 or 3 4, 5.0 of a numeric cell, 3FS+2, 3+5天, 3-2天 (two days before), 封顶完成后5天,
// 5至7. Names of nodes stay as written, a code such as 3-2 is one node, and of two links to one node the later start holds.
//
// known says what is the name or number of a node, so that a name with a sign in it (装饰/配套) is not taken apart; it may be nil.
func ParseLinks(cell string, known func(string) bool) []Link {
	if known == nil {
		known = func(string) bool { return false }
	}
	var links []Link
	at := map[string]int{}
	add := func(l Link) {
		if l.Node == "" {
			return
		}
		key := NameKey(l.Node)
		if i, twice := at[key]; twice {
			if links[i].Kind == l.Kind && l.Lag > links[i].Lag {
				links[i] = l
			}
			return
		}
		at[key] = len(links)
		links = append(links, l)
	}
	if wording.IsNull(cell) {
		return nil
	}
	cell = strings.NewReplacer("\n", ",", "\r", ",").Replace(cell)
	for _, part := range linkParts(cell, known) {
		// Most parts: no need to ask the patterns.
		if known(part) {
			add(Link{Node: wording.Clean(part), Kind: "FS", Said: wording.Clean(part)})
			continue
		}
		if m := nodeSpan.FindStringSubmatch(wording.Fold(part)); m != nil {
			first, _ := strconv.Atoi(m[1])
			last, _ := strconv.Atoi(m[2])
			for n := first; n <= last && last-first < 100; n++ {
				add(Link{Node: strconv.Itoa(n), Kind: "FS", Said: part})
			}
			continue
		}
		add(linkOf(part, known))
	}
	return links
}

// linkParts takes a cell apart into links.
func linkParts(cell string, known func(string) bool) []string {
	var parts []string
	for _, whole := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("、,，;；", r) }) {
		if wording.IsNull(whole) {
			continue
		}
		if known(whole) {
			parts = append(parts, wording.Clean(whole))
			continue
		}
		whole = spaceLetters.ReplaceAllString(whole, "$1$2")
		// Twice, because neighbours share a digit.
		whole = betweenNodes.ReplaceAllString(betweenNodes.ReplaceAllString(wording.Narrow(whole), "$1,$2"), "$1,$2")
		for _, part := range strings.FieldsFunc(whole, func(r rune) bool { return strings.ContainsRune("、,;/|&", r) }) {
			if !wording.IsNull(part) {
				parts = append(parts, part)
			}
		}
	}
	return parts
}

// linkOf reads one link that is not the name of a node whole.
func linkOf(part string, known func(string) bool) Link {
	key := wording.Fold(part)
	l := Link{Kind: "FS", Said: wording.Clean(part)}
	base, sign, days := part, "+", ""
	if m := linkSuffix.FindStringSubmatch(key); m != nil {
		base, l.Kind, days = m[1], strings.ToUpper(m[2]), m[4]
		sign, l.Odd = m[3], m[5] != "" || m[6] == "%"
	} else if m := lagSuffix.FindStringSubmatch(key); m != nil && (allDigits(m[1]) || known(m[1])) {
		base, sign, days = m[1], m[2]+m[5], m[3]+m[6]
	} else if m := lagAfter.FindStringSubmatch(key); m != nil {
		base, days = m[1], m[2]
	}
	if days != "" {
		lag, err := strconv.ParseInt(days, 10, 32)
		l.Odd = l.Odd || err != nil
		if l.Lag = lag; sign == "-" {
			l.Lag = -lag
		}
	}
	l.Node = nodeOf(base, wording.Fold(base))
	return l
}

func nodeOf(part, key string) string {
	if whole, found := strings.CutSuffix(key, ".0"); found && allDigits(whole) {
		return whole
	}
	if m := nodeWords.FindStringSubmatch(key); m != nil {
		return m[1]
	}
	return wording.Clean(part)
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
