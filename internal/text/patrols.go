package text

// patrolPhrases are the words of patrols, their photos and their printed notice.
var patrolPhrases = map[string]phrase{
	"kind.due_before_found":       {"时限早于发现", "due before it was found"},
	"kind.step_before_found":      {"办理早于发现", "step before it was found"},
	"kind.unknown_grid":           {"网格不在名录", "unknown grid"},
	"kind.step_before_earlier":    {"办理次序倒置", "steps out of order"},
	"problem.due_before_found":    {"整改时限 %s 早于巡查日期（应 %s）。", "It is due on %s, before it was found (expected %s)."},
	"problem.step_before_found":   {"日期 %s 早于巡查日期（应 %s）。", "The day %s lies before it was found (expected %s)."},
	"problem.step_before_earlier": {"日期 %s 早于前一环节（应 %s）。", "The day %s lies before the step that comes first (expected %s)."},
	"flow.act.patrol_raise":       {"登记问题", "Record a finding"},
	"flow.act.patrol_hand":        {"交办", "Hand over"},
	"flow.act.patrol_mend":        {"登记整改", "Record what was done"},
	"flow.act.patrol_pass":        {"核查通过", "Pass"},
	"flow.act.patrol_return":      {"退回整改", "Send back"},
	"flow.act.patrol_again":       {"重新交办", "Hand over again"},
	"flow.act.patrol_reopen":      {"重新打开", "Reopen"},

	"photo.too_large":       {"照片“%s”太大，一张最多 %d MB；请在手机上选小一些的尺寸。", "The photo %q is too large: at most %d MB each. Choose a smaller size on the phone."},
	"photo.too_many_pixels": {"照片“%s”为 %d×%d，像素太多（最多 %d 万）；请在手机上选小一些的尺寸。", "The photo %q has %d×%d pixels; at most %d ten thousand are taken. Choose a smaller size on the phone."},
	"photo.heic":            {"“%s”是 HEIC 格式，读不了。请在手机的“设置 → 相机 → 格式”里选“兼容性最佳”后重拍，或转成 JPEG 再上传。", "%q is a HEIC file, which is not read. Set the phone to Settings → Camera → Formats → Most Compatible and take it again, or convert it to JPEG."},
	"photo.no_photo":        {"“%s”不是 JPEG 或 PNG 照片。", "%q is no JPEG or PNG photo."},
	"photo.broken":          {"照片“%s”不完整或已损坏，请重新拍摄或重新选择。", "The photo %q is cut off or damaged; take or choose it again."},
	"photo.too_many":        {"一次最多上传 %d 张照片。", "At most %d photos at a time."},
	"photo.gone":            {"没有这张照片，或登记它的记录已撤销。", "There is no such photo, or the entry it came with was undone."},

	"patrol.none": {"没有这条巡查记录。", "There is no such patrol."},

	"alert.kind.patrol_overdue": {"巡查问题逾期", "Finding overdue"},
	"alert.kind.patrol_repeat":  {"同一地点反复", "Place found again"},
	"alert.says.patrol_overdue": {"应于 %s 整改，已逾期 %d 天，责任人 %s（阈值 %s 天）", "Due on %s, overdue for %d days, handed to %s (threshold %s)"},
	"alert.says.patrol_repeat":  {"%d 天内发现 %d 次（%s 至 %s）（阈值 %s 次）", "Within %d days found %d times, from %s to %s (threshold %s)"},
}
