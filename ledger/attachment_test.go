package ledger_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// patrol is an entry of a round with photos.
func patrol(number string, photos ...ledger.File) ledger.Save {
	day, _ := time.Parse(time.DateOnly, "2016-06-27")
	names := make([]string, len(photos))
	for i, f := range photos {
		names[i] = f.Hash
	}
	text := func(s string) ledger.Change { return ledger.Change{Value: s, Raw: s} }
	return ledger.Save{By: "巡查员", Attached: photos, Entries: []ledger.Entry{{Dataset: ledger.Patrols, Changes: map[string]ledger.Change{
		"number": text(number), "grid": text("一网格"), "issue_type": text("占道经营"), "issue": text("摆摊"), "status": text(ledger.PatrolFound),
		"day": {Value: ledger.Day{From: day, To: day}, Raw: "2016-06-27"}, "photos_before": text(strings.Join(names, ledger.AttachmentMark))}}}}
}

func TestAnAttachmentStandsAndFallsWithItsEntry(t *testing.T) {
	l := testkit.Ledger(t)
	ctx := context.Background()
	// Longer than one part of a file.
	first, second := ledger.AttachFile(bytes.Repeat([]byte("前"), 1<<19)), ledger.AttachFile([]byte("后"))
	saved, err := l.Save(ctx, patrol("1", first, second))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []ledger.File{first, second} {
		if got, err := l.Attachment(ctx, f.Hash); err != nil || !bytes.Equal(got, f.Content) {
			t.Fatal(err, len(got))
		}
	}
	gone := func(where *ledger.Ledger, hash, why string) {
		t.Helper()
		if _, err := where.Attachment(ctx, hash); ledger.AsError(err).Kind != ledger.NotFound {
			t.Errorf("%s: %v", why, err)
		}
	}
	gone(l.In("别的街道"), first.Hash, "in another sub-district")
	gone(l, strings.Repeat("0", 64), "a hash of nothing")
	gone(l, "../"+first.Hash, "a path")
	// A file that was imported is none, whoever knows its hash.
	office := ledger.AttachFile([]byte("企业税收"))
	if _, err := l.Load(ctx, ledger.Load{Kind: "import", By: "导入员", File: office}); err != nil {
		t.Fatal(err)
	}
	gone(l, office.Hash, "an import")

	// What was refused leaves nothing: the same number again, with another photo.
	other := ledger.AttachFile([]byte("另一张"))
	var clash *ledger.Clash
	if _, err := l.Save(ctx, patrol("1", other)); !errors.As(err, &clash) {
		t.Fatal(err)
	}
	gone(l, other.Hash, "refused")
	var n uint64
	if err := l.Conn().QueryRow(ledger.Bind(ctx, ledger.Params{"hash": other.Hash}), "SELECT count() FROM files WHERE hash = {hash:String}").Scan(&n); err != nil || n != 0 {
		t.Error("a refused photo was stored", n, err)
	}

	if err := l.Undo(ctx, saved.Batch.ID, "巡查员", "重复"); err != nil {
		t.Fatal(err)
	}
	gone(l, first.Hash, "undone")
	// The same photo may come again.
	if _, err := l.Save(ctx, patrol("2", first)); err != nil {
		t.Fatal(err)
	}
	if got, err := l.Attachment(ctx, first.Hash); err != nil || !bytes.Equal(got, first.Content) {
		t.Error(err, len(got))
	}
}

func TestAttachmentsOfAField(t *testing.T) {
	one, two := ledger.AttachFile([]byte("1")).Hash, ledger.AttachFile([]byte("2")).Hash
	if got := ledger.Attachments(one + "、IMG_0012.jpg、 " + two + "、" + strings.ToUpper(one)); len(got) != 2 || got[0] != one || got[1] != two {
		t.Error(got)
	}
	if got := ledger.Attachments(""); len(got) != 0 {
		t.Error(got)
	}
}
