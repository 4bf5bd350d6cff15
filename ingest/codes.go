package ingest

import (
	"fmt"
	"strings"
	"taizhang/internal/wording"
	"unicode/utf8"
)

// The kinds of fault a code can have; USCCLegacy is none but a note: the number is a forerunner of 2015 and accepted.
const (
	USCCLength     = "uscc_length"
	USCCAlphabet   = "uscc_alphabet"
	USCCCheckDigit = "uscc_check_digit"
	USCCLostDigits = "uscc_number_lost_digits"
	USCCLegacy     = "legacy_code"
)

// CodeResult is a code as folded (half-width, capitals, no blanks) and what is wrong with it. Kind is empty for a sound unified
// social credit code; Found and Expected say the fault to a person.
type CodeResult struct {
	Code            string
	Kind            string
	Found, Expected string
}

// Warned reports a fault, which leaves the row in place; a sound or a legacy code has none.
func (r CodeResult) Warned() bool { return r.Kind != "" && r.Kind != USCCLegacy }

const (
	usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	usccLength   = 18
)

// usccWeights are 3^(i-1) mod 31 (GB 32100-2015).
var usccWeights = [usccLength - 1]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// CheckUSCC checks a unified social credit code by GB 32100-2015; 15-digit registration numbers, 15-character tax numbers and
// 9-character organisation codes pass as legacy. Nothing is ever corrected.
func CheckUSCC(s string) CodeResult {
	code := foldCode(s)
	if isScientific(code) {
		return lostDigits(code)
	}
	if bare := strings.ReplaceAll(code, "-", ""); isLegacyCode(bare) {
		return CodeResult{Code: bare, Kind: USCCLegacy}
	}
	if len(code) != usccLength {
		return CodeResult{code, USCCLength, code, fmt.Sprintf("18位统一社会信用代码，现为%d位", utf8.RuneCountInString(code))}
	}
	for i := range len(code) {
		if strings.IndexByte(usccAlphabet, code[i]) < 0 {
			return CodeResult{code, USCCAlphabet, code, fmt.Sprintf("不含 I、O、S、V、Z 等字符的代码（见第%d位）", i+1)}
		}
	}
	if want := usccCheck(code); want != code[usccLength-1] {
		return CodeResult{code, USCCCheckDigit, code, "末位校验码 " + string(rune(want))}
	}
	return CodeResult{Code: code}
}

// CheckNumericCode checks a code that stands in a numeric cell, from the cell's raw text: past 15 digits Excel has put zeros
// in the place of what was typed, shorter numbers are whole.
func CheckNumericCode(raw string) CodeResult {
	code := foldCode(raw)
	if isScientific(code) {
		value, ok := FromCellNumber(code)
		if !ok || len(value.String()) > 15 {
			return lostDigits(code)
		}
		code = value.String()
	}
	code = strings.TrimSuffix(code, ".0")
	if len(code) > 15 && allDigits(code) {
		return lostDigits(code)
	}
	return CheckUSCC(code)
}

func lostDigits(code string) CodeResult {
	return CodeResult{code, USCCLostDigits, code, "以文本保存的代码（存成数字后第15位以后的数字已丢失）"}
}

func foldCode(s string) string {
	code := strings.ToUpper(strings.ReplaceAll(wording.Narrow(s), " ", ""))
	return strings.TrimLeft(code, "'\"")
}

// isScientific reports 9.14101E+17, the way Excel shows a code it took for a number.
func isScientific(code string) bool {
	mantissa, exponent, found := strings.Cut(code, "E")
	_, isNumber := digitsOf(strings.TrimPrefix(exponent, "+"))
	return found && isNumber && (strings.Contains(mantissa, ".") || exponent[0] == '+') && allDigits(strings.Replace(mantissa, ".", "", 1))
}

func isLegacyCode(code string) bool {
	switch len(code) {
	case 15:
		return allDigits(code) || allDigits(code[:6]) && isOrganisationCode(code[6:])
	case 9:
		return isOrganisationCode(code)
	}
	return false
}

// isOrganisationCode reports the shape of GB 11714: eight digits or letters and a check sign.
func isOrganisationCode(code string) bool {
	for i := range len(code) - 1 {
		if c := code[i]; !isDigit(c) && (c < 'A' || c > 'Z') {
			return false
		}
	}
	last := code[len(code)-1]
	return isDigit(last) || last == 'X'
}

// usccCheck gives the check sign of the first 17 signs, all of the alphabet.
func usccCheck(code string) byte {
	sum := 0
	for i, w := range usccWeights {
		sum += w * strings.IndexByte(usccAlphabet, code[i])
	}
	return usccAlphabet[(31-sum%31)%31]
}
