package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"taizhang/internal/text"
)

// AttachmentMark parts the names of several attachments in a field.
const AttachmentMark = "、"

// Attachments are the hashes of attached files that a field names; what else stands there, such as a camera's own name in a sheet, is
// none.
func Attachments(field string) []string {
	list := []string{}
	for _, name := range strings.Split(field, AttachmentMark) {
		if name = strings.TrimSpace(name); isHash(name) {
			list = append(list, name)
		}
	}
	return list
}

func isHash(name string) bool {
	raw, err := hex.DecodeString(name)
	return err == nil && len(raw) == sha256.Size && name == strings.ToLower(name)
}

// Attachment gives an attached file by its hash, checked against it. It is there while a batch of this sub-district that brought it
// stands: what was refused or undone is NotFound. The office's own files, which are imports, are not handed out by this door.
func (l *Ledger) Attachment(ctx context.Context, hash string) ([]byte, error) {
	gone := Fail(NotFound, text.T("photo.gone"))
	if !isHash(hash) {
		return nil, gone
	}
	clock := l.ClockAt(Today(l.Now()), endOfTime)
	params := clock.Params()
	params["hash"] = hash
	return l.joined(Bind(ctx, params), `SELECT content FROM files WHERE hash = {hash:String} AND batch = (
		SELECT max(batch) FROM files WHERE hash = {hash:String} AND batch IN (`+visible+`)
			AND batch IN (SELECT batch FROM batches WHERE event = 'commit' AND area = {area:String} AND hash != {hash:String})
		) ORDER BY part`, hash, gone)
}

// AttachFile makes a file that is attached of its content.
func AttachFile(content []byte) File {
	sum := sha256.Sum256(content)
	return File{Name: hex.EncodeToString(sum[:]), Hash: hex.EncodeToString(sum[:]), Content: content}
}
