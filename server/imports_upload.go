package server

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
	"taizhang/internal/text"
	"taizhang/ledger"
)

const (
	// uploadFiles is how many files one drop may hold.
	uploadFiles = 20
	// swallowed is how much of a refused body is still read, so that the browser gets to read the answer.
	swallowed = 256 << 20
)

// choice is how a person wants a file to be read.
type choice struct {
	Area          string // the sub-district it is for, empty for the deployment's own
	Dataset, Asof string
	Mode          ingest.Mode
}

func (c choice) words() url.Values {
	words := url.Values{}
	if c.Area != "" {
		words.Set(areaWord, c.Area)
	}
	if c.Dataset != "" {
		words.Set("dataset", c.Dataset)
	}
	if c.Asof != "" {
		words.Set("asof", c.Asof)
	}
	if c.Mode != ingest.Update {
		words.Set("mode", string(c.Mode))
	}
	return words
}

// uploadImport takes dropped files in; each is read by a job and waits for a person to look and commit.
func (a *app) uploadImport(c *fiber.Ctx) error {
	files, wish, err := a.takeFiles(c)
	if err != nil {
		swallow(c)
		return err
	}
	if err := wish.check(); err != nil {
		return err
	}
	var jobs []taskView
	var last *task
	for _, up := range files {
		if last, err = a.submitRead(c, up, wish); err != nil {
			return err
		}
		jobs = append(jobs, a.lookAt(c, last))
	}
	switch {
	case wantsJSON(c):
		return c.Status(fiber.StatusCreated).JSON(uploadAnswer{files, jobs})
	case len(files) > 1:
		return c.Redirect("/imports#waiting", fiber.StatusSeeOther)
	case await(c.UserContext(), last, a.patience):
		return c.Redirect(last.look().Next, fiber.StatusSeeOther)
	}
	return c.Redirect(jobPath(last), fiber.StatusSeeOther)
}

// uploadAnswer is what an upload is answered with: the files that wait, and the jobs that read them.
type uploadAnswer struct {
	Files []upload   `json:"files"`
	Jobs  []taskView `json:"jobs"`
}

// check refuses a choice that names nothing.
func (c choice) check() error {
	if c.Dataset != "" {
		if _, err := ledger.Find(c.Dataset); err != nil {
			return err
		}
	}
	_, err := parseDay("asof", c.Asof)
	return err
}

// takeFiles reads the form part by part; nothing but the file's own bytes touches the disk.
func (a *app) takeFiles(c *fiber.Ctx) ([]upload, choice, error) {
	wish := choice{Area: elsewhere(c)}
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != fiber.MIMEMultipartForm || params["boundary"] == "" {
		return nil, wish, ledger.Fail(ledger.Invalid, text.T("import.no_form"))
	}
	if c.Request().Header.ContentLength() > int(a.cfg.UploadLimit)*uploadFiles {
		return nil, wish, tooLarge(text.T("import.this_upload").In(lang(c)), a.cfg.UploadLimit)
	}
	form := multipart.NewReader(bodyOf(c), params["boundary"])
	var files []upload
	said := c.Get(formHeader)
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, wish, &ledger.Error{Kind: ledger.Invalid, Message: text.T("import.broken_form"), Cause: err}
		}
		if part.FormName() == formWord {
			said = fieldOf(part)
			continue
		}
		// The token stands before the files: nothing is kept of what came from another page.
		if err := checkForm(c, said); err != nil {
			return nil, wish, err
		}
		switch name := part.FormName(); {
		case name == "file" && part.FileName() != "":
			if len(files) == uploadFiles {
				return nil, wish, ledger.Fail(ledger.Invalid, text.T("import.too_many", uploadFiles))
			}
			one, err := a.uploads.keep(wish.Area, baseName(part.FileName()), part)
			if err != nil {
				return nil, wish, err
			}
			files = append(files, one)
		case name == "dataset":
			wish.Dataset = fieldOf(part)
		case name == "asof":
			wish.Asof = fieldOf(part)
		}
	}
	if err := checkForm(c, said); err != nil {
		return nil, wish, err
	}
	if len(files) == 0 {
		return nil, wish, ledger.Fail(ledger.Invalid, text.T("import.no_file"))
	}
	return files, wish, nil
}

func fieldOf(part io.Reader) string {
	value, _ := io.ReadAll(io.LimitReader(part, 200))
	return string(value)
}

// bodyOf is the request's body as it arrives.
func bodyOf(c *fiber.Ctx) io.Reader {
	if stream := c.Context().RequestBodyStream(); stream != nil {
		return stream
	}
	return bytes.NewReader(c.Body())
}

// swallow reads on after a refusal, up to a limit: a browser shows the answer only when it could send its file.
func swallow(c *fiber.Ctx) {
	c.Response().SetConnectionClose()
	_, _ = io.CopyN(io.Discard, bodyOf(c), swallowed)
}
