package ledger

import "taizhang/internal/wording"

// NameKey is the form under which a name is the same name: width, brackets, blanks and case do not tell names apart.
func NameKey(s string) string { return wording.NameKey(s) }
