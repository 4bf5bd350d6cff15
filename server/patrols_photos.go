package server

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
	"taizhang/internal/text"
	"taizhang/ledger"
)

const (
	// photosAtOnce is how many photos one form may bring, photosKept how many stand on one side of an entry.
	photosAtOnce = 4
	photosKept   = 8
	// longestWord is the most that is read of one box of such a form, and mostWords how many boxes it may have.
	longestWord = 6 << 10
	mostWords   = 60
	photoPart   = "photo"
)

// photoForm is a form with photos: what was typed, and the photos as they will be kept.
type photoForm struct {
	words  map[string]string
	photos []ledger.File
	names  []string
	files  int // boxes with a file, whatever became of it
	// wrong is what is wrong with a photo; everything typed is there all the same, so that it is not lost.
	wrong error
}

func (f photoForm) value(name string) string { return f.words[name] }

// takePhotos reads a form with photos part by part. Nothing touches the disk, and nothing is kept of what came from another page.
func takePhotos(c *fiber.Ctx) (photoForm, error) {
	f := photoForm{words: map[string]string{}}
	if !inParts(c) {
		c.Request().PostArgs().VisitAll(func(key, value []byte) { f.words[string(key)] = string(value) })
		return f, nil
	}
	_, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || params["boundary"] == "" {
		return f, ledger.Fail(ledger.Invalid, text.T("import.no_form"))
	}
	if c.Request().Header.ContentLength() > photosAtOnce*ingest.PhotoBytes+smallBody {
		return f, tooLarge(text.T("import.this_upload").In(lang(c)), photosAtOnce*ingest.PhotoBytes)
	}
	form := multipart.NewReader(bodyOf(c), params["boundary"])
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return f, &ledger.Error{Kind: ledger.Invalid, Message: text.T("import.broken_form"), Cause: err}
		}
		if err := f.take(c, part); err != nil {
			return f, err
		}
	}
	return f, checkForm(c, f.token(c))
}

func (f *photoForm) token(c *fiber.Ctx) string {
	if said := c.Get(formHeader); said != "" {
		return said
	}
	return f.words[formWord]
}

// take reads one part: a word, or a photo once the form is known to be the session's own.
func (f *photoForm) take(c *fiber.Ctx, part *multipart.Part) error {
	if part.FileName() == "" {
		value, err := io.ReadAll(io.LimitReader(part, longestWord+1))
		if err != nil || len(value) > longestWord || len(f.words) >= mostWords {
			return &ledger.Error{Kind: ledger.Invalid, Message: text.T("import.broken_form"), Cause: err}
		}
		f.words[part.FormName()] = string(value)
		return nil
	}
	if err := checkForm(c, f.token(c)); err != nil {
		return err
	}
	if f.files++; f.files > 2*photosKept {
		return ledger.Fail(ledger.Invalid, text.T("photo.too_many", photosAtOnce))
	}
	name := baseName(part.FileName())
	content, err := io.ReadAll(io.LimitReader(part, ingest.PhotoBytes+1))
	if err != nil {
		return &ledger.Error{Kind: ledger.Invalid, Message: text.T("import.broken_form"), Cause: err}
	}
	if part.FormName() != photoPart || len(content) == 0 || f.wrong != nil {
		return nil // a box that nothing was put into comes as an empty file
	}
	if len(f.photos) == photosAtOnce {
		f.wrong = ledger.Fail(ledger.Invalid, text.T("photo.too_many", photosAtOnce))
		return nil
	}
	photo, err := ingest.ReadPhoto(c.UserContext(), name, content)
	if err != nil {
		f.wrong = err
		return c.UserContext().Err()
	}
	f.photos, f.names = append(f.photos, ledger.File{Name: name, Hash: photo.Hash, Content: photo.Content}), append(f.names, photo.Hash)
	return nil
}

// sendPhoto answers with a photo that an entry of this sub-district brought. Its name is that of its content, so a browser may keep it.
func (a *app) sendPhoto(c *fiber.Ctx) error {
	content, err := a.record(c).Attachment(c.UserContext(), param(c, "hash"))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, ingest.PhotoType)
	c.Set(fiber.HeaderCacheControl, "private, max-age=31536000, immutable")
	return c.Send(content)
}
