package ingest

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestCheckUSCC(t *testing.T) {
	for in, kind := range map[string]string{
		"91350100M000100Y43": "", "914403001922038216": "", "91410103MA3X001170": "", "91410103MA3X00539Y": "",
		"９１４１０１０３９５２４８３６８７X": "", "91410103 MA3X 0011 70": "", "91410103ma3x001170": "", "'914403001922038216": "", "\t914403001922038216": "",
		"91350100M000100Y4Z": USCCAlphabet, "91310115MA1H8R7C6D": USCCCheckDigit, "914101004I6482911T": USCCAlphabet, "9141010337815700X7": USCCCheckDigit,
		"91410100MA3TXN626": USCCLength, "9144030019220382166": USCCLength, "": USCCLength, "无": USCCLength, "91440300192203821中": USCCLength,
		"410100191963722": USCCLegacy, "75859965-1": USCCLegacy, "758599651": USCCLegacy, "75859965-X": USCCLegacy, "41010375859965X": USCCLegacy, "７５８５９９６５－１": USCCLegacy,
		"9.14101E+17": USCCLostDigits,
	} {
		got := CheckUSCC(in)
		if got.Kind != kind || got.Warned() != (kind != "" && kind != USCCLegacy) || got.Warned() && got.Expected == "" {
			t.Errorf("CheckUSCC(%q) = %+v, want %q", in, got, kind)
		}
	}
	if got := CheckUSCC("７５８５９９６５－１").Code; got != "758599651" {
		t.Errorf("folded to %q", got)
	}
}

func TestCheckNumericCode(t *testing.T) {
	for in, kind := range map[string]string{
		"914101030000000000": USCCLostDigits, "9.1410103123456704E+17": USCCLostDigits, "9.1410103E17": USCCLostDigits, "410100191963722": USCCLegacy,
		"4.10100191963722E+14": USCCLegacy, "758599651": USCCLegacy, "758599651.0": USCCLegacy, "123": USCCLength, "": USCCLength, "1E999": USCCLength,
	} {
		if got := CheckNumericCode(in); got.Kind != kind {
			t.Errorf("CheckNumericCode(%q) = %+v, want %q", in, got, kind)
		}
	}
}

func TestEverySingleSubstitutionIsFound(t *testing.T) {
	random := rand.New(rand.NewPCG(31, 2015))
	for range 200 {
		code := randomCode(random)
		if got := CheckUSCC(code); got.Kind != "" {
			t.Fatalf("%s: %+v", code, got)
		}
		for i := range usccLength {
			for j := range usccAlphabet {
				if usccAlphabet[j] == code[i] {
					continue
				}
				altered := code[:i] + usccAlphabet[j:j+1] + code[i+1:]
				if got := CheckUSCC(altered); got.Kind != USCCCheckDigit {
					t.Fatalf("%s altered to %s: %+v", code, altered, got)
				}
			}
		}
	}
}

func randomCode(random *rand.Rand) string {
	var b strings.Builder
	for range usccLength - 1 {
		b.WriteByte(usccAlphabet[random.IntN(len(usccAlphabet))])
	}
	return b.String() + string(rune(usccCheck(b.String())))
}

func FuzzCheckUSCC(f *testing.F) {
	for _, s := range []string{"91350100M000100Y43", "75859965-1", "410100191963722", "9.14E+17", "E+", "１", "91350100M000100Y4Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := CheckUSCC(s)
		if got.Kind == "" || got.Kind == USCCLegacy {
			if again := CheckUSCC(got.Code); again != got {
				t.Fatalf("CheckUSCC(%q) = %+v, then %+v", s, got, again)
			}
		}
		CheckNumericCode(s)
	})
}
