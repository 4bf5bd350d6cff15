package ingest

import (
	"fmt"
	"unicode/utf8"

	"taizhang/internal/wording"
)

// ValueError says what a cell held and what it should have held; both are Chinese phrases fit to show to the person importing.
type ValueError struct{ Found, Expected string }

// Error gives the one sentence shown in the import preview.
func (e ValueError) Error() string {
	return fmt.Sprintf("发现“%s”，应为%s", e.Found, e.Expected)
}

const longestFound = 60

func valueError(found, expected string) error {
	found = wording.Clean(found)
	if utf8.RuneCountInString(found) > longestFound {
		found = string([]rune(found)[:longestFound]) + "…"
	}
	return ValueError{Found: found, Expected: expected}
}
