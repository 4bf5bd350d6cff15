package server

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/sync/singleflight"

	"taizhang/ledger"
)

// keptBytes bounds the answers kept in memory; when they are more, all are dropped and made anew as they are asked for.
const keptBytes = 64 << 20

// answers are those made from the record as it stands: while its version and the
// day are the same, the same address is answered with the same bytes.
type answers struct {
	program string // differs from start to start: settings and templates may have changed
	making  singleflight.Group

	mu      sync.Mutex
	version uint64
	kept    map[string]keptAnswer
	bytes   int
}

// keptAnswer is an answer as it was sent.
type keptAnswer struct {
	body        []byte
	packed      []byte // the same by gzip; nil where it is sent as it is, see packs
	kind        string // Content-Type
	disposition string
}

func (k keptAnswer) size() int { return len(k.body) + len(k.packed) }

func newAnswers() *answers {
	var start [6]byte
	_, _ = rand.Read(start[:])
	return &answers{program: hex.EncodeToString(start[:]), kept: map[string]keptAnswer{}}
}

// get gives an answer made at a version of the record.
func (k *answers) get(version uint64, key string) (keptAnswer, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.version != version {
		return keptAnswer{}, false
	}
	one, ok := k.kept[key]
	return one, ok
}

// put keeps an answer; those of an older version go.
func (k *answers) put(version uint64, key string, one keptAnswer) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if version < k.version {
		return
	}
	if version > k.version || k.bytes+one.size() > keptBytes {
		k.version, k.bytes = version, 0
		clear(k.kept)
	}
	if _, twice := k.kept[key]; !twice && one.size() <= keptBytes {
		k.kept[key] = one
		k.bytes += one.size()
	}
}

// keep makes a handler answer from what is kept: 304 to whoever has the answer already, the same bytes while the record stands as it did.
func (a *app) keep(handle fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		version, err := a.ledger.Version(c.UserContext())
		if err != nil {
			return err
		}
		v := visitorOf(c)
		key := answerKey(c, v.View(), a.ledger.Now())
		tag := etag(a.answers.program, version, key+v.form)
		if holds(c.Get(fiber.HeaderIfNoneMatch), tag) {
			a.stamp(c, tag)
			return c.SendStatus(fiber.StatusNotModified)
		}
		one, found := a.answers.get(version, key)
		if !found {
			c.Locals(sharedKey, true)
			if one, err = a.make(c, version, key, handle); err != nil || one.body == nil {
				c.Locals(sharedKey, false)
				return err
			}
		}
		a.warm.note(c)
		a.stamp(c, tag)
		c.Set(fiber.HeaderContentType, one.kind)
		if one.disposition != "" {
			c.Set(fiber.HeaderContentDisposition, one.disposition)
		}
		// The bytes are shared and never written to.
		if one.packed != nil && takesGzip(c) {
			c.Set(fiber.HeaderETag, packedTag(tag))
			c.Set(fiber.HeaderContentEncoding, gzipWord)
			c.Context().Response.SetBodyRaw(one.packed)
			return nil
		}
		c.Context().Response.SetBodyRaw(a.personal(c, one.body))
		return nil
	}
}

// make asks the handler, once for all who ask for the same at the same time. What is no plain answer (a redirect) is not kept: it
// stands in the response already and has no body here.
func (a *app) make(c *fiber.Ctx, version uint64, key string, handle fiber.Handler) (keptAnswer, error) {
	own := false
	made, err, _ := a.answers.making.Do(fmt.Sprint(version, " ", key), func() (any, error) {
		own = true
		if err := handle(c); err != nil {
			return keptAnswer{}, err
		}
		r := c.Response()
		if r.StatusCode() != fiber.StatusOK || r.IsBodyStream() {
			return keptAnswer{}, nil
		}
		one := keptAnswer{body: append([]byte{}, r.Body()...), kind: string(r.Header.ContentType()),
			disposition: string(r.Header.Peek(fiber.HeaderContentDisposition))}
		if a.packs(one) {
			one.packed = packNoisily(one.body)
		}
		a.answers.put(version, key, one)
		return one, nil
	})
	one, _ := made.(keptAnswer)
	if err == nil && one.body == nil && !own {
		return keptAnswer{}, handle(c)
	}
	return one, err
}

// stamp lets a browser keep an answer as long as it asks whether it still holds.
func (a *app) stamp(c *fiber.Ctx, tag string) {
	c.Set(fiber.HeaderETag, tag)
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	c.Set(fiber.HeaderVary, fiber.HeaderCookie+", "+fiber.HeaderAcceptEncoding)
	if format(c) == "svg" {
		c.Set(fiber.HeaderContentSecurityPolicy, picturePolicy)
	}
}

// answerKey names an answer: its address, format and language, what decides which bytes the person may see, and the office's day, at which
// pages stand when nothing else says.
func answerKey(c *fiber.Ctx, view string, now time.Time) string {
	query := c.Context().QueryArgs()
	query.Sort(func(x, y []byte) int { return strings.Compare(string(x), string(y)) })
	return strings.Join([]string{c.Path(), format(c), string(query.QueryString()), string(lang(c)), view, ledger.Today(now).Format(time.DateOnly)}, "\x00")
}

func etag(program string, version uint64, key string) string {
	sum := sha256.Sum256([]byte(key))
	return fmt.Sprintf(`"%d-%s-%s"`, version, program, hex.EncodeToString(sum[:9]))
}

// holds reports whether a list of tags as browsers send it names a tag.
func holds(list, tag string) bool {
	for _, one := range strings.Split(list, ",") {
		if one = strings.TrimPrefix(strings.TrimSpace(one), "W/"); one == tag || one == packedTag(tag) {
			return true
		}
	}
	return false
}
