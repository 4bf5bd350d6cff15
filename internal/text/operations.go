package text

// operationPhrases are what the program says to who runs it: backups, upgrades, its own state.
var operationPhrases = map[string]phrase{
	"backup.one_folder":     {"请写明一个目录，例如：taizhang backup /mnt/backup", "Name one folder, such as: taizhang backup /mnt/backup"},
	"backup.exists":         {"“%s”已经存在，没有覆盖；请稍等一秒再试。", "%q is there already and was not overwritten; try again in a second."},
	"backup.busy":           {"另一次备份或核验正在进行；请等它结束。", "Another backup or verification is under way; wait for it to end."},
	"backup.cannot_write":   {"备份目录“%s”无法写入；请检查目录权限和磁盘空间。没有留下不完整的备份。", "The folder of backups %q cannot be written; check its permissions and the disk's space. No incomplete backup was left."},
	"backup.cannot_read":    {"备份目录“%s”无法读取。", "The folder of backups %q cannot be read."},
	"backup.none":           {"“%s”中没有备份。", "There is no backup in %q."},
	"backup.file_missing":   {"备份不完整：缺少文件 %s；没有恢复任何内容，请改用另一份备份。", "The backup is incomplete: the file %s is missing. Nothing was restored; use another backup."},
	"backup.damaged":        {"备份已损坏：文件 %s 与写入时不符；没有恢复任何内容，请改用另一份备份。", "The backup is damaged: the file %s is not as it was written. Nothing was restored; use another backup."},
	"backup.bad_table":      {"备份中的表 %s 不是本程序的表；没有恢复。", "The table %s in the backup is none of this program's; it was not restored."},
	"backup.newer":          {"备份由更新的版本 %s 写成（结构 %d，本程序 %d）；请用新版本恢复。", "The backup was taken by a newer version, %s (schema %d, this program %d); restore it with that one."},
	"backup.not_empty":      {"目标数据库中已有数据；请恢复到空数据库。", "The database holds data already; restore into an empty one."},
	"backup.holds_record":   {"“%s”中已有台账，没有覆盖。要替换它请加 --force（原来的会保留在旁边），或用 --data 换一个目录。", "%q holds a record already, which was not overwritten. Add --force to replace it (it is kept beside), or choose another folder with --data."},
	"backup.no_exchange":    {"“%s”所在的文件系统不支持一步替换；请用 --data 恢复到一个新目录。原来的台账没有变动。", "The file system of %q cannot replace a folder in one step; restore into a new folder with --data. The record is as it was."},
	"backup.differs":        {"表 %s 与备份时不一致（备份 %d 行，恢复后 %d 行）；已中止。", "The table %s is not what it was (%d rows then, %d now); stopped."},
	"backup.answer_differs": {"恢复后“%s”的数字与备份时不一致；这份备份不可信，请另作一份。", "After restoring, %q does not say what it said; do not rely on this backup, take another."},
	"backup.taken":          {"已备份到 %s：截至 %s，%d 个批次，%d 行，%s", "Backed up to %s: as of %s, %d batches, %d rows, %s"},
	"backup.verified":       {"已核验：恢复到临时库后 %d 张表、%d 行全部一致，%d 个看板的数字全部一致", "Verified: restored beside the record, %d tables and %d rows are the same, and so is what %d dashboards say"},
	"backup.verified.rows":  {"已核验：恢复到临时库后 %d 张表、%d 行全部一致（看板由另一版本计算，未比较）", "Verified: restored beside the record, %d tables and %d rows are the same (dashboards of another version were not compared)"},
	"backup.verified.bad":   {"核验未通过：%s", "Not verified: %s"},
	"backup.restored":       {"已从 %s 恢复：截至 %s，%d 个批次，%d 行；%d 个看板的数字与备份时一致", "Restored from %s: as of %s, %d batches, %d rows; %d dashboards say what they said then"},
	"backup.replaced":       {"原来的台账保留在 %s，确认无误后可删除。", "The earlier record is kept in %s; delete it when all is well."},
	"backup.bad_time":       {"--backup-at “%s”写法不对；应如 02:30，或 off。", "--backup-at %q is wrong; write it as 02:30, or off."},
	"backup.bad_keep":       {"--backup-keep 必须大于零。", "--backup-keep must be greater than zero."},
	"backup.no_folder":      {"没有备份目录；请用 --backups 写明。", "There is no folder of backups; name one with --backups."},
	"backup.plan":           {"下一次自动备份 %s，保留最近 %d 份", "Next by itself %s, the newest %d are kept"},
	"backup.plan.off":       {"没有设置自动备份", "None is taken by itself"},
	"backup.running":        {"备份或核验正在进行（%s 开始）", "A backup or verification is under way (since %s)"},
	"backup.failed":         {"上一次没有成功：%s", "The last one failed: %s"},
	"backup.never":          {"还没有备份", "none yet"},
	"backup.current":        {"之后没有新的导入", "nothing came in since"},
	"backup.behind":         {"%s 又有新的导入或修改", "something came in at %s"},
	"backup.of":             {"共 %d 份", "of %d"},
	"backup.empty":          {"还没有备份", "There are no backups yet"},
	"backup.empty.do":       {"点“立即备份并核验”作第一份。备份含全部台账、批次和原文件。", "Take the first with the button above. It holds every ledger, batch and file."},
	"backup.take":           {"立即备份并核验", "Back up and verify now"},
	"backup.pick":           {"备份", "Backup"},
	"backup.verify":         {"再次核验", "Verify again"},
	"backup.restore_how":    {"恢复在命令行进行，先停止服务：", "To bring one back, stop the server and run:"},
	"backup.kind.asked":     {"手动", "asked for"},
	"backup.kind.scheduled": {"自动", "scheduled"},
	"backup.schema":         {"结构 %s", "schema %s"},
	"backup.unverified":     {"未核验", "not verified"},
	"backup.verdict":        {"一致：%d 张表、%d 个看板", "the same: %d tables, %d dashboards"},
	"backup.verdict.rows":   {"一致：%d 张表", "the same: %d tables"},

	"page.rail.admin":          {"管理", "Administration"},
	"page.title.backups":       {"备份", "Backups"},
	"page.card.backups":        {"已有备份", "Backups"},
	"page.card.backups_take":   {"备份与核验", "Back up and verify"},
	"page.kpi.backup_newest":   {"最近一次备份", "Newest backup"},
	"page.kpi.backup_verified": {"核验通过", "Verified"},
	"page.kpi.backup_size":     {"占用空间", "Space taken"},
	"page.col.backup_taken":    {"备份时间", "Taken"},
	"page.col.backup_kind":     {"方式", "Kind"},
	"page.col.backup_moment":   {"数据截至", "As of"},
	"page.col.backup_batches":  {"批次", "Batches"},
	"page.col.backup_rows":     {"行数", "Rows"},
	"page.col.backup_bytes":    {"大小", "Size"},
	"page.col.backup_program":  {"程序版本", "Program"},
	"page.col.backup_verdict":  {"核验结果", "Verification"},

	"copy.no_target": {"请写明目标数据库：--to clickhouse://用户:密码@主机:9000/库", "Name the database to copy to: --to clickhouse://user:password@host:9000/db"},
	"copy.done":      {"已复制：%d 张表，%d 行，逐表核对行数和哈希一致。用 --clickhouse 指向新库即可使用。", "Copied: %d tables, %d rows; row counts and hashes are the same table by table. Point --clickhouse there to use it."},

	"metrics.refused": {"只有本机或持有令牌者可以读取运行指标（--metrics-token）。", "The metrics are for this machine, or whoever has the token (--metrics-token)."},
	"log.bad_level":   {"--log-level “%s”写法不对；可用 debug、info、warn、error。", "--log-level %q is wrong; use debug, info, warn or error."},
	"log.bad_format":  {"--log-format “%s”写法不对；可用 text、json。", "--log-format %q is wrong; use text or json."},

	"error.unfinished_restore": {"上一次恢复没有完成；请再次运行 taizhang restore。", "A restore was not finished; run taizhang restore again."},

	"command.help.backup": {`用法：taizhang backup 目录 [--verify] [--json]
在目录中新建一份备份（taizhang-年月日-时分秒），服务运行时也可使用。全部表截至同一时刻，含原文件。
  --verify  备份后恢复到临时库，逐表、逐看板核对`,
		`Usage: taizhang backup DIR [--verify] [--json]
Writes a backup into a new folder of DIR (taizhang-YYYYMMDD-HHMMSS), also while the server runs. All tables stand at one moment; the office's files are in it.
  --verify  bring it back into a scratch database afterwards and compare every table and dashboard`},
	"command.help.restore": {`用法：taizhang restore 目录 [--force] [--check] [--json]
目录是一份备份，或存放备份的目录（取最新一份）。恢复前请停止服务。
  --force   台账不为空时也恢复；原来的保留在数据目录中
  --check   只核验这份备份，不动台账（服务运行时也可使用）`,
		`Usage: taizhang restore DIR [--force] [--check] [--json]
DIR is a backup, or a folder of backups, of which the newest is taken. Stop the server first.
  --force   also when the record holds something; it is kept in the data folder
  --check   only verify the backup and leave the record alone (also while the server runs)`},
	"command.help.copy": {`用法：taizhang copy --to clickhouse://用户:密码@主机:9000/库 [--json]
把台账复制到一个空的 ClickHouse 数据库，逐表核对行数和哈希。`,
		`Usage: taizhang copy --to clickhouse://user:password@host:9000/db [--json]
Copies the record into an empty database of a ClickHouse server and compares row counts and hashes table by table.`},
}
