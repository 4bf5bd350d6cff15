package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// commonPasswords are the passwords of eight characters and more that turn up most in published leaks, the most frequent first: the list
// of zxcvbn 4.4.2, Copyright (c) 2012-2016 Dan Wheeler and Dropbox, Inc., MIT licence.
//
//go:embed common_passwords.txt
var commonPasswords string

var common = sync.OnceValue(func() map[string]bool {
	list := map[string]bool{}
	for _, word := range strings.Fields(commonPasswords) {
		list[word] = true
	}
	return list
})

// Weakness says why a password is refused.
type Weakness string

// The reasons why a password is refused.
const (
	Fine       Weakness = ""
	TooShort   Weakness = "short"
	TooLong    Weakness = "long"
	TooPlain   Weakness = "classes" // too few of the policy's classes of signs
	TooCommon  Weakness = "common"  // among the most frequent of published leaks
	TooNear    Weakness = "near"    // made of the account's or the product's own words
	UsedBefore Weakness = "used"    // one of the passwords before it
)

// Weakness judges a password that somebody wants to use; words are what it must not be made of, such as the account's name.
func (p Policy) Weakness(password string, words ...string) Weakness {
	length := utf8.RuneCountInString(password)
	folded := strings.ToLower(password)
	switch {
	case length < p.MinLength:
		return TooShort
	case length > p.MaxLength:
		return TooLong
	case common()[folded] || common()[strings.TrimRight(folded, "0123456789!@#")] || sameSign(folded):
		return TooCommon
	case classes(password) < p.Classes:
		return TooPlain
	}
	for _, word := range append([]string{"taizhang"}, words...) {
		word = strings.ToLower(word)
		// What is left beside the word must be a password of its own.
		if utf8.RuneCountInString(word) >= 2 && strings.Contains(folded, word) &&
			utf8.RuneCountInString(strings.ReplaceAll(folded, word, "")) < p.MinLength {
			return TooNear
		}
	}
	return Fine
}

func sameSign(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.Trim(s, string(first)) == ""
}

func classes(s string) int {
	var lower, upper, digit, other int
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return lower + upper + digit + other
}

// Hashing is what one argon2id costs; Memory is in KiB.
type Hashing struct {
	Memory, Time uint32
	Threads      uint8
}

// DefaultHashing is what OWASP recommends: 19 MiB, two passes.
var DefaultHashing = Hashing{Memory: 19 << 10, Time: 2, Threads: 1}

const (
	saltBytes = 16
	hashBytes = 32
)

var errBadHash = errors.New("access: not a password hash of ours")

// Hash makes the string that is kept of a password: $argon2id$v=19$m=…,t=…,p=…$salt$hash.
func (h Hashing) Hash(password string) string {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails since Go 1.24
	return h.with(password, salt)
}

func (h Hashing) with(password string, salt []byte) string {
	sum := argon2.IDKey(plain(password), salt, h.Time, h.Memory, h.Threads, hashBytes)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.Memory, h.Time, h.Threads, b64.EncodeToString(salt), b64.EncodeToString(sum))
}

// plain gives the bytes of a password in one form, whichever way a keyboard composed it.
func plain(password string) []byte { return norm.NFKC.Bytes([]byte(password)) }

// Verify reports whether a password is the one a hash was made of. Without a hash it takes as long, so that nobody can tell by the time
// which accounts there are.
func (h Hashing) Verify(hash, password string) (bool, error) {
	if hash == "" {
		h.with(password, make([]byte, saltBytes))
		return false, nil
	}
	var version int
	var own Hashing
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, errBadHash
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &own.Memory, &own.Time, &own.Threads); err != nil || version != argon2.Version {
		return false, errBadHash
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, errBadHash
	}
	return subtle.ConstantTimeCompare([]byte(own.with(password, salt)), []byte(hash)) == 1, nil
}

// NewToken makes the secret of a session: 256 bits.
func NewToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// TokenID is what is kept of a token; the token itself cannot be told from it.
func TokenID(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// FormToken is what the forms of a session carry, made of its token and not usable in its place.
func FormToken(token string) string {
	sum := sha256.Sum256([]byte("form\x00" + token))
	return base64.RawURLEncoding.EncodeToString(sum[:24])
}

// Same compares two secrets in a time that says nothing of them.
func Same(a, b string) bool { return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// oneTimeSigns are those nobody mistakes for another.
const oneTimeSigns = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"

// NewOneTime makes a password for somebody else to use once: sixteen signs in four groups, of three classes and more, some 92 bits.
func NewOneTime() string {
	for {
		var b strings.Builder
		raw := make([]byte, 64)
		_, _ = rand.Read(raw) // never fails since Go 1.24
		signs := 0
		for _, r := range raw {
			if int(r) >= len(oneTimeSigns)*4 || signs == 16 {
				continue // an even choice
			}
			if signs > 0 && signs%4 == 0 {
				b.WriteByte('-')
			}
			b.WriteByte(oneTimeSigns[int(r)%len(oneTimeSigns)])
			signs++
		}
		if one := b.String(); signs == 16 && classes(one) == 4 {
			return one
		}
	}
}
