package server

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/klauspost/compress/gzip"
)

// gzipWord is what HTTP calls the one way in which answers are packed.
const gzipWord = "gzip"

const (
	// leastPacked is the size under which packing saves nothing that a connection would notice.
	leastPacked = 1 << 10
	// noiseBytes bounds what is added to the length of a packed answer.
	noiseBytes = 64
)

// packs reports whether an answer is kept packed as well. A page that carries a session's token is not: words of its address stand in it beside
// the token, and the length of such a page when packed would tell whoever chooses the words and sees the length what the token is (BREACH).
// What is packed already gains nothing.
func (a *app) packs(one keptAnswer) bool {
	text := strings.HasPrefix(one.kind, "text/") || strings.HasPrefix(one.kind, fiber.MIMEApplicationJSON) || strings.HasPrefix(one.kind, "image/svg+xml")
	return text && len(one.body) >= leastPacked && !bytes.Contains(one.body, a.marks.form) && !bytes.Contains(one.body, a.marks.name)
}

// packNoisily packs an answer and adds so many bytes, by chance, to its length. They are added once for each address and version of the record,
// so that asking again does not average them away.
func packNoisily(body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	var noise [noiseBytes/2 + 1]byte
	_, _ = rand.Read(noise[:])
	w.Comment = hex.EncodeToString(noise[:])[:1+int(noise[noiseBytes/2])%noiseBytes]
	_, _ = w.Write(body)
	_ = w.Close()
	if b.Len() >= len(body) {
		return nil
	}
	return b.Bytes()
}

// packedTag names the packed bytes of an answer.
func packedTag(tag string) string { return strings.TrimSuffix(tag, `"`) + `-z"` }

// takesGzip reports whether whoever asks takes packed answers.
func takesGzip(c *fiber.Ctx) bool {
	for _, one := range strings.Split(c.Get(fiber.HeaderAcceptEncoding), ",") {
		name, words, _ := strings.Cut(strings.TrimSpace(one), ";")
		if strings.EqualFold(strings.TrimSpace(name), gzipWord) {
			quality, said := strings.CutPrefix(strings.ReplaceAll(words, " ", ""), "q=")
			much, err := strconv.ParseFloat(quality, 64)
			return !said || err == nil && much > 0
		}
	}
	return false
}
