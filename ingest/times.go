package ingest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"taizhang/internal/wording"
)

// timeWords are a time of day as offices write it: 8:30, 08：30, 上午9点, 下午3时20分, 15点半.
var timeWords = regexp.MustCompile(`^(上午|早上|早|下午|晚上|晚|中午)?\s*(\d{1,2})\s*(?:[:：点时]\s*(半|\d{1,2})?\s*分?)(?:[:：]\s*\d{1,2})?$`)

// ParseTime reads a time of day, the fraction of a day that spreadsheets keep included, as 08:30; what is none stays as it is written.
func ParseTime(s string) (string, bool) {
	said := strings.TrimSpace(wording.HalfWidth(s))
	if fraction, err := decimal.NewFromString(said); err == nil {
		if !fraction.IsPositive() || !fraction.LessThan(decimal.NewFromInt(1)) {
			return s, false
		}
		minutes := fraction.Mul(decimal.NewFromInt(24 * 60)).Round(0).IntPart()
		return clockWord(minutes/60, minutes%60)
	}
	m := timeWords.FindStringSubmatch(said)
	if m == nil {
		return s, false
	}
	hour, _ := strconv.ParseInt(m[2], 10, 64)
	minute := int64(0)
	if m[3] == "半" {
		minute = 30
	} else if m[3] != "" {
		minute, _ = strconv.ParseInt(m[3], 10, 64)
	}
	if late := m[1] == "下午" || m[1] == "晚上" || m[1] == "晚"; late && hour < 12 || m[1] == "中午" && hour < 3 {
		hour += 12
	}
	if word, ok := clockWord(hour, minute); ok {
		return word, true
	}
	return s, false
}

func clockWord(hour, minute int64) (string, bool) {
	return fmt.Sprintf("%02d:%02d", hour, minute), hour < 24 && minute < 60
}
