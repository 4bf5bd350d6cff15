package ledger

import "fmt"

// companyCode is the engine's expression for the number that tells a company apart, read from a code column: the organisation
// part of a unified credit code whose check character is right (GB 32100-2015), a nine-character organisation code as it
// is, nothing for any other text. It is a default of the column beside the code, so rows written before have it too.
func companyCode(column string) string {
	const alphabet = "'0123456789ABCDEFGHJKLMNPQRTUWXY'"
	const weights = "[1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]"
	sum := fmt.Sprintf("arraySum(i -> (%s[i] * (position(%s, substring(%s, i, 1)) - 1)), range(1, 18))", weights, alphabet, column)
	return fmt.Sprintf("multiIf(match(%[1]s, '^[0-9A-Z]{8}[0-9X]$'), %[1]s, match(%[1]s, '^[0-9A-HJ-NP-RTUW-Y]{18}$') AND "+
		"((31 - (%[2]s %% 31)) %% 31) = (position(%[3]s, substring(%[1]s, 18, 1)) - 1), substring(%[1]s, 9, 9), '')", column, sum, alphabet)
}
