package access

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// AccountName gives the one form of a name people sign in with, and false where it is none: letters and digits of any script with
// . _ - @ between them, 2 to 40 signs.
func AccountName(typed string) (string, bool) {
	name := strings.ToLower(norm.NFKC.String(strings.TrimSpace(typed)))
	if n := utf8.RuneCountInString(name); n < 2 || n > 40 {
		return "", false
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-@", r) {
			return "", false
		}
	}
	return name, true
}
