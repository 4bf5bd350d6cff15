package server

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// briefingJob is `taizhang export --meeting`: the files of a briefing, handed over as an archive that whoever asked unpacks.
type briefingJob struct {
	Meeting string               `json:"meeting"`
	Forms   []string             `json:"forms"`
	Fonts   charts.Fonts         `json:"fonts"`
	Rules   analytics.Thresholds `json:"rules"` // of the command's own settings, whichever server carries it out
}

// exportBriefing writes the files of a meeting's briefing into a folder. A file that lies there already is left as it is.
func (p Program) exportBriefing(ctx context.Context, cfg Config, j exportJob, forms, dir string) (int, error) {
	var err error
	b := j.Briefing
	if b.Forms, err = readForms(forms); err != nil {
		return exitWrong, err
	}
	if _, err := dateWord("meeting", b.Meeting); err != nil {
		return exitWrong, err
	}
	if b.Rules, err = cfg.thresholds(); err != nil {
		return exitWrong, err
	}
	b.Fonts = cfg.Fonts
	var archive bytes.Buffer
	code, failed := p.carryOut(ctx, cfg, job{Lang: cfg.Lang, By: person(), Export: &j}, &archive)
	err = unpack(&archive, func(file paperFile) error {
		what, err := place(dir, file)
		if err == nil {
			fmt.Fprintln(p.Out, text.T("snapshot.placed."+string(what), file.Name).In(cfg.Lang))
		}
		return err
	})
	if err = errors.Join(failed, err); err != nil && code == exitDone {
		code = exitWrong
	}
	return code, err
}

// unpack hands the files of an archive over, one after the other, and goes on after one that could not be placed.
func unpack(archive io.Reader, each func(paperFile) error) error {
	var failed error
	for r := tar.NewReader(archive); ; {
		head, err := r.Next()
		if err == io.EOF {
			return failed
		}
		if err != nil {
			return errors.Join(failed, err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			return errors.Join(failed, err)
		}
		failed = errors.Join(failed, each(paperFile{Name: head.Name, Body: body}))
	}
}

// run makes the files and packs them; what could not be made is said after the others were.
func (b *briefingJob) run(ctx context.Context, l *ledger.Ledger, in job, words asked, out io.Writer) (int, error) {
	date, err := dateWord("meeting", b.Meeting)
	if err != nil {
		return exitWrong, err
	}
	q, err := ask(ctx, l, words)
	if err != nil {
		return exitWrong, err
	}
	ans, err := analytics.New(l).With(b.Rules).Briefing(ctx, analytics.MeetingQuestion{Question: q, Date: date})
	if err != nil {
		return exitWrong, err
	}
	f := filed{fonts: b.Fonts, lang: in.Lang, forms: b.Forms, elsewhere: in.elsewhere}
	archive := tar.NewWriter(out)
	var failed error
	for _, file := range f.files(ctx, q, ans) {
		if file.Err != nil {
			failed = errors.Join(failed, file.Err)
			continue
		}
		if err := archive.WriteHeader(&tar.Header{Name: file.Name, Mode: 0o644, Size: int64(len(file.Body))}); err != nil {
			return exitWrong, err
		}
		if _, err := archive.Write(file.Body); err != nil {
			return exitWrong, err
		}
	}
	if err := archive.Close(); err != nil {
		return exitWrong, err
	}
	if failed != nil {
		return exitWrong, failed
	}
	return exitDone, nil
}
