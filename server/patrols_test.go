package server

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/internal/access"
	"taizhang/ledger"
)

// shot is a photo as a telephone hands it over: a picture of one colour with words of where it was taken beside it, held upright.
func shot(t *testing.T, shade uint8) []byte {
	t.Helper()
	p := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for i := range p.Pix {
		p.Pix[i] = shade
	}
	for x := range 10 {
		p.SetRGBA(x, 0, color.RGBA{255, 0, 0, 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	exif := append([]byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"), "GPS 34.7466 113.6254"...)
	head := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(exif)+2))...)
	return append(append(head, exif...), b.Bytes()[2:]...)
}

// formFile is a file of a form.
type formFile struct {
	name    string
	content []byte
}

// inForm makes a form with photos, its words first as browsers send them.
func inForm(t *testing.T, words map[string]string, files ...formFile) (*bytes.Buffer, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if token, ok := words[formWord]; ok {
		_ = w.WriteField(formWord, token)
	}
	for name, value := range words {
		if name != formWord {
			_ = w.WriteField(name, value)
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile(photoPart, f.name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write(f.content)
	}
	_ = w.Close()
	return &b, "Content-Type: " + w.FormDataContentType()
}

func sendForm(t *testing.T, a *app, path string, words map[string]string, files ...formFile) reply {
	t.Helper()
	body, kind := inForm(t, words, files...)
	return call(t, a, http.MethodPost, path, body, kind, fmt.Sprintf("Content-Length: %d", body.Len()))
}

func sendJSON(t *testing.T, a *app, path string, words map[string]string, files ...formFile) (reply, patrolSaved) {
	t.Helper()
	body, kind := inForm(t, words, files...)
	answer := call(t, a, http.MethodPost, path, body, kind, "Accept: application/json")
	var saved patrolSaved
	if answer.StatusCode < 300 {
		decode(t, answer.Text, &saved)
	}
	return answer, saved
}

func patrolApp(t *testing.T) *app {
	t.Helper()
	return sampleApp(t, "网格台账.xlsx", "巡查问题类型.xlsx")
}

// anyPatrol is a finding of the samples.
func anyPatrol(t *testing.T, a *app) string {
	t.Helper()
	var list struct{ Items []struct{ ID, Issue string } }
	decode(t, call(t, a, http.MethodGet, "/patrols.json?days=365", nil).Text, &list)
	for _, one := range list.Items {
		if one.Issue != "" {
			return one.ID
		}
	}
	t.Fatal("the samples have no finding")
	return ""
}

func found(more map[string]string) map[string]string {
	words := map[string]string{"grid": "淮河路烧烤街", "day": "2016-07-01", "time": "08:30", "found": "yes", "issue_type": "占道经营", "issue": "商户出店经营", "place": "淮河路12号", "by": "何网格员"}
	for name, v := range more {
		words[name] = v
	}
	return words
}

type onePatrol struct {
	State    string   `json:"state"`
	Status   string   `json:"status"`
	Version  string   `json:"version"`
	Due      string   `json:"due"`
	HandedOn string   `json:"handed_on"`
	MendedOn string   `json:"mended_on"`
	Returned int64    `json:"returned"`
	Number   string   `json:"number"`
	Grid     string   `json:"grid"`
	Commune  string   `json:"community"`
	Before   []string `json:"photos_before"`
	After    []string `json:"photos_after"`
	Next     []string `json:"next"`
}

func patrolOf(t *testing.T, a *app, id string) onePatrol {
	t.Helper()
	var one onePatrol
	decode(t, call(t, a, http.MethodGet, "/patrols/"+id+".json", nil).Text, &one)
	return one
}

// TestAFindingGoesItsWay is entered with a photo, handed over, mended, sent back, handed over and mended again, and passed.
func TestAFindingGoesItsWay(t *testing.T) {
	a := patrolApp(t)
	answer, saved := sendJSON(t, a, "/patrols", found(nil), formFile{"IMG_1.jpg", shot(t, 90)}, formFile{"", nil})
	if answer.StatusCode != http.StatusCreated || saved.Number != "巡查〔2016〕0001号" || len(saved.Photos) != 1 {
		t.Fatal(answer.StatusCode, answer.Text)
	}
	one := patrolOf(t, a, saved.ID)
	if one.State != "found" || one.Commune != "淮河社区" || len(one.Before) != 1 || one.Before[0] != saved.Photos[0] || strings.Join(one.Next, " ") != "patrol_hand" {
		t.Fatalf("%+v", one)
	}
	photo := call(t, a, http.MethodGet, "/photos/"+saved.Photos[0], nil)
	kept, err := jpeg.Decode(strings.NewReader(photo.Text))
	if err != nil || kept.Bounds().Dx() != 48 || strings.Contains(photo.Text, "GPS") || photo.Header.Get("Content-Type") != "image/jpeg" ||
		photo.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(photo.Header.Get("Cache-Control"), "immutable") || !strings.Contains(photo.Header.Get("Cache-Control"), "private") {
		t.Error(err, photo.Header)
	}
	move := func(id string, want int, words map[string]string, files ...formFile) string {
		t.Helper()
		words["move"], words["by"] = id, or(words["by"], "王副主任")
		if words["version"] == "" {
			words["version"] = patrolOf(t, a, saved.ID).Version
		}
		answer, _ := sendJSON(t, a, "/patrols/"+saved.ID+"/move", words, files...)
		if answer.StatusCode != want {
			t.Fatalf("%s: %d, want %d: %s", id, answer.StatusCode, want, answer.Text)
		}
		return answer.Text
	}
	stale := one.Version
	move("patrol_mend", http.StatusConflict, map[string]string{"measure": "还没有交办"})
	move("patrol_hand", http.StatusBadRequest, map[string]string{"due": "2016-07-03", "day": "2016-07-01"})
	move("patrol_hand", http.StatusOK, map[string]string{"unit": "执法中队", "handed_to": "秦队员", "due": "2016-07-03", "day": "2016-07-01"})
	if said := move("patrol_mend", http.StatusConflict, map[string]string{"measure": "已清理", "version": stale}); !strings.Contains(said, "conflict") {
		t.Error(said)
	}
	if said := move("patrol_mend", http.StatusBadRequest, map[string]string{"measure": "已清理", "day": "2016-06-30"}); !strings.Contains(said, "2016-06-30") {
		t.Error(said)
	}
	move("patrol_mend", http.StatusBadRequest, map[string]string{"measure": "已清理", "day": "2099-01-01"})
	move("patrol_mend", http.StatusOK, map[string]string{"measure": "已清理", "day": "2016-07-02", "by": "秦队员"}, formFile{"后.jpg", shot(t, 200)})
	if said := move("patrol_pass", http.StatusForbidden, map[string]string{"by": "秦队员", "day": "2016-07-02"}); !strings.Contains(said, "秦队员") {
		t.Error(said)
	}
	move("patrol_return", http.StatusOK, map[string]string{"return_reason": "又摆出来了", "day": "2016-07-02"})
	if one = patrolOf(t, a, saved.ID); one.State != "returned" || len(one.After) != 1 {
		t.Errorf("%+v", one)
	}
	move("patrol_again", http.StatusOK, map[string]string{"handed_to": "秦队员", "due": "2016-07-04", "day": "2016-07-03"})
	if one = patrolOf(t, a, saved.ID); one.State != "handed" || one.MendedOn != "" || one.Returned != 1 {
		t.Errorf("%+v", one)
	}
	move("patrol_mend", http.StatusOK, map[string]string{"measure": "劝离", "day": "2016-07-04"}, formFile{"后2.jpg", shot(t, 210)})
	move("patrol_pass", http.StatusOK, map[string]string{"day": "2016-07-04"})
	if one = patrolOf(t, a, saved.ID); one.State != "passed" || len(one.After) != 2 || len(one.Before) != 1 {
		t.Errorf("%+v", one)
	}
	csv := call(t, a, http.MethodGet, "/patrols.csv", nil).Text
	if !strings.Contains(csv, saved.Number) || !strings.Contains(csv, one.After[0]) || strings.Contains(csv, "JFIF") {
		t.Error("the list as CSV does not name the entry and its photos")
	}
	page := call(t, a, http.MethodGet, "/patrols/"+saved.ID, nil).Text
	for _, want := range []string{"/photos/" + one.Before[0], "/photos/" + one.After[1], "已核查", "又摆出来了"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	notice := call(t, a, http.MethodGet, "/patrols/"+saved.ID+"/notice", nil).Text
	for _, want := range []string{"温馨告知书", saved.Number, "2016年7月1日 08:30", "淮河路烧烤街（淮河路12号）", "第十四条", "2016年7月4日"} {
		if !strings.Contains(notice, want) {
			t.Errorf("the notice lacks %q", want)
		}
	}
}

// TestRoundsAtOnceHaveNumbersOfTheirOwn enters several at the same moment.
func TestRoundsAtOnceHaveNumbersOfTheirOwn(t *testing.T) {
	a := patrolApp(t)
	numbers := make(chan string, 6)
	for i := range cap(numbers) {
		go func() {
			_, saved := sendJSON(t, a, "/patrols", map[string]string{"grid": fmt.Sprintf("路砦0%d网格", i+1), "day": "2016-07-03", "by": "杨网格员"})
			numbers <- saved.Number
		}()
	}
	seen := map[string]bool{}
	for range cap(numbers) {
		seen[<-numbers] = true
	}
	if len(seen) != cap(numbers) || !seen["巡查〔2016〕0006号"] {
		t.Error(seen)
	}
}

func TestARoundWithoutAFindingIsAnEntryToo(t *testing.T) {
	a := patrolApp(t)
	_, saved := sendJSON(t, a, "/patrols", map[string]string{"grid": " 路砦01网格 ", "day": "2016-07-03", "time": "7:05", "by": "杨网格员"})
	one := patrolOf(t, a, saved.ID)
	if one.State != "fine" || one.Grid != "路砦01网格" || strings.Join(one.Next, " ") != "patrol_raise" {
		t.Fatalf("%+v", one)
	}
	if answer := call(t, a, http.MethodGet, "/patrols/"+saved.ID+"/notice", nil); answer.StatusCode != http.StatusNotFound {
		t.Error(answer.StatusCode)
	}
	answer, _ := sendJSON(t, a, "/patrols/"+saved.ID+"/move", map[string]string{"move": "patrol_raise", "issue_type": "乱贴乱画", "issue": "小广告", "by": "杨网格员"}, formFile{"a.jpg", shot(t, 10)})
	if one = patrolOf(t, a, saved.ID); answer.StatusCode != http.StatusOK || one.State != "found" || len(one.Before) != 1 {
		t.Errorf("%d %+v", answer.StatusCode, one)
	}
	// Without a script and a photo a form may come as words alone; to whom it is handed over needs no day.
	words := url.Values{}
	for name, v := range found(map[string]string{"handed_to": "钱中队长", "issue_type": "乱搭乱建"}) {
		words.Set(name, v)
	}
	posted := call(t, a, http.MethodPost, "/patrols", strings.NewReader(words.Encode()), formType)
	if posted.StatusCode != http.StatusSeeOther || !strings.HasPrefix(posted.Header.Get("Location"), "/patrols/") {
		t.Fatal(posted.StatusCode, posted.Text)
	}
	if one = patrolOf(t, a, strings.TrimPrefix(posted.Header.Get("Location"), "/patrols/")); one.State != "handed" || one.Due != "2016-07-08" || one.HandedOn != "2016-07-01" {
		t.Errorf("%+v", one)
	}
}

// TestBadEntriesSayWhyAndStoreNothing sends what cannot be: a sentence where it happened, what was typed still there, nothing in the record.
func TestBadEntriesSayWhyAndStoreNothing(t *testing.T) {
	a := patrolApp(t)
	before, err := a.ledger.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	photo := formFile{"IMG_1.jpg", shot(t, 77)}
	for what, c := range map[string]struct {
		words map[string]string
		files []formFile
		says  string
	}{
		"an unknown grid":   {found(map[string]string{"grid": "淮河09网格"}), []formFile{photo}, "淮河0"},
		"no grid":           {found(map[string]string{"grid": ""}), []formFile{photo}, "网格"},
		"no type":           {found(map[string]string{"issue_type": ""}), nil, "请选问题类型"},
		"no words":          {found(map[string]string{"issue": " "}), nil, "请选问题类型"},
		"a day ahead":       {found(map[string]string{"day": "2016-07-09"}), []formFile{photo}, "2016-07-09"},
		"no day":            {found(map[string]string{"day": "7月"}), nil, "7月"},
		"due before":        {found(map[string]string{"handed_to": "钱", "due": "2016-06-20"}), nil, "2016-06-20"},
		"no photo":          {found(nil), []formFile{photo, {"说明.jpg", []byte("不是照片")}}, "“说明.jpg”不是 JPEG 或 PNG 照片"},
		"HEIC":              {found(nil), []formFile{{"IMG_2.HEIC", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00")}}, "兼容性最佳"},
		"too many":          {found(nil), []formFile{photo, {"2.jpg", shot(t, 2)}, {"3.jpg", shot(t, 3)}, {"4.jpg", shot(t, 4)}, {"5.jpg", shot(t, 5)}}, "最多上传 4 张"},
		"too large a photo": {found(nil), []formFile{{"大.jpg", append(shot(t, 1), make([]byte, 15<<20)...)}}, "最多 15 MB"},
	} {
		answer := sendForm(t, a, "/patrols", c.words, c.files...)
		if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(answer.Text, c.says) || !strings.Contains(answer.Text, "商户出店经营") && c.words["issue"] != " " {
			t.Errorf("%s: %d, %.300s", what, answer.StatusCode, answer.Text[max(0, strings.Index(answer.Text, "banner")):])
		}
		if len(c.files) > 0 && !strings.Contains(answer.Text, "照片请重新选择") {
			t.Errorf("%s: it is not said that photos have to be chosen again", what)
		}
	}
	if after, err := a.ledger.Version(t.Context()); err != nil || after != before {
		t.Error("something was stored", before, after, err)
	}
	var n uint64
	if err := a.ledger.Conn().QueryRow(t.Context(), "SELECT count() FROM files WHERE startsWith(content, '\\xff\\xd8')").Scan(&n); err != nil || n != 0 {
		t.Error("a photo of a refused entry was stored", n, err)
	}
	for what, target := range map[string]string{"no hash": "/photos/1", "another hash": "/photos/" + strings.Repeat("ab", 32), "no entry": "/patrols/zz", "a path": "/photos/..%2f..%2fetc"} {
		if answer := call(t, a, http.MethodGet, target, nil); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", what, answer.StatusCode)
		}
	}
	// A body that is larger than all photos may be is not read to its end.
	if answer := call(t, a, http.MethodPost, "/patrols", strings.NewReader("x"), "Content-Type: multipart/form-data"); answer.StatusCode != http.StatusBadRequest {
		t.Error(answer.StatusCode)
	}
	if answer := call(t, a, http.MethodPost, "/patrols", strings.NewReader(strings.Repeat("x", smallBody+1)), formType); answer.StatusCode != http.StatusRequestEntityTooLarge {
		t.Error(answer.StatusCode)
	}
	for _, bad := range []string{"state=x", "days=8", "days=x"} {
		if answer := call(t, a, http.MethodGet, "/patrols?"+bad, nil); answer.StatusCode != http.StatusBadRequest {
			t.Error(bad, answer.StatusCode)
		}
	}
}

// TestPatrolsOfAnUnknownGridAreNotImported reads a sheet with a grid that the dictionary does not have: that row is refused at its cell.
func TestPatrolsOfAnUnknownGridAreNotImported(t *testing.T) {
	a := patrolApp(t)
	path := filepath.Join(t.TempDir(), "网格巡查.csv")
	if err := os.WriteFile(path, []byte("网格巡查记录\n日期,网格,巡查人,问题类型,问题描述\n2016-07-01,淮河01网格,何网格员,占道经营,摆摊\n2016-07-01,淮河99网格,何网格员,占道经营,摆摊\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, said := runCommand(a.ledger, "import", path)
	said += out
	if code == 0 || !strings.Contains(said, "淮河99网格") || !strings.Contains(said, "B4") {
		t.Errorf("%d %s", code, said)
	}
}

// TestWhoMayDoWhatWithPatrols asks as each role; a form of another session is refused before its photo is read.
func TestWhoMayDoWhatWithPatrols(t *testing.T) {
	a, _ := clockApp(t)
	importInto(t, a, "网格台账.xlsx")
	everyRole(t, a)
	post := func(s session, path, token string, words map[string]string, files ...formFile) reply {
		words[formWord] = token
		body, kind := inForm(t, words, files...)
		return call(t, a, http.MethodPost, path, body, kind, "Accept: application/json", "Cookie: "+plainCookie+"="+s.token)
	}
	staff, viewer := enter(t, a, "staff"), enter(t, a, "viewer")
	for what, c := range map[string]struct {
		s     session
		token string
		want  int
	}{"staff": {staff, access.FormToken(staff.token), http.StatusCreated}, "viewer": {viewer, access.FormToken(viewer.token), http.StatusForbidden}, "another session": {staff, access.FormToken(viewer.token), http.StatusForbidden},
		"no token": {staff, "", http.StatusForbidden}} {
		if answer := post(c.s, "/patrols", c.token, found(map[string]string{"by": "冒名"}), formFile{"1.jpg", shot(t, 50)}); answer.StatusCode != c.want {
			t.Errorf("%s: %d, want %d %s", what, answer.StatusCode, c.want, answer.Text)
		}
	}
	var list struct {
		Items []struct {
			ID      string
			FoundBy string   `json:"found_by"`
			Before  []string `json:"photos_before"`
		}
	}
	decode(t, viewer.get("/patrols.json").Text, &list)
	if len(list.Items) != 1 || list.Items[0].FoundBy == "冒名" || len(list.Items[0].Before) != 1 {
		t.Fatalf("%+v", list)
	}
	photo := "/photos/" + list.Items[0].Before[0]
	if answer := viewer.get(photo); answer.StatusCode != http.StatusOK {
		t.Error(answer.StatusCode)
	}
	if answer := call(t, a, http.MethodGet, photo, nil); answer.StatusCode == http.StatusOK {
		t.Error("nobody may see photos")
	}
	move := "/patrols/" + list.Items[0].ID + "/move"
	if answer := post(staff, move, access.FormToken(staff.token), map[string]string{"move": "patrol_hand", "handed_to": "秦队员", "due": "2016-07-08"}); answer.StatusCode != http.StatusForbidden {
		t.Error("staff hands over", answer.StatusCode)
	}
	official := enter(t, a, "official")
	if answer := post(official, move, access.FormToken(official.token), map[string]string{"move": "patrol_hand", "handed_to": "秦队员", "due": "2016-07-08"}); answer.StatusCode != http.StatusOK {
		t.Error(answer.StatusCode, answer.Text)
	}
	if page := viewer.get("/patrols/" + list.Items[0].ID).Text; strings.Contains(page, `method="post"`) {
		t.Error("a viewer is shown forms")
	}
	lines, _, err := a.ledger.AuditLines(t.Context(), ledger.AuditQuery{Action: ledger.DidEdit, Text: "巡查〔2016〕0001号"}, 0, 0)
	if err != nil || len(lines) != 2 {
		t.Error("nothing stands in the audit", err)
	}
}
