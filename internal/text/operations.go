package text

// operationPhrases are what the program says to who runs it: backups, upgrades, its own state.
var operationPhrases = map[string]phrase{
	"backup.one_folder":     {"请写明一个目录，例如：taizhang backup /mnt/backup", "Name one folder, such as: taizhang backup /mnt/backup"},
	"backup.exists":         {"“%s”已经存在，没有覆盖；请稍等一秒再试。", "%q is there already and was not overwritten; try again in a second."},
	"backup.busy":           {"另一次备份或核验正在进行；请等它结束。", "Another backup or verification is under way; wait for it to end."},
	"backup.cannot_write":   {"备份目录“%s”无法写入；请检查目录权限和磁盘空间。没有留下不完整的备份。", "The folder of backups %q cannot be written; check its permissions and the disk's space. No incomplete backup was left."},
	"backup.cannot_read":    {"备份目录“%s”无法读取。", "The folder of backups %q cannot be read."},
	"backup.no_room":        {"数据磁盘空间不够核验：需要 %s，剩余 %s；备份本身已写好。", "The disk of the data has no room to verify: %s are needed, %s are left. The backup itself stands."},
	"backup.unsteady":       {"表 %s 一直在变动，备份没有完成；请稍后再试。", "The table %s keeps changing; the backup was not finished. Try again later."},
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
	"backup.looked":         {"备份 %s：截至 %s，%d 个批次，%d 行，%s", "The backup %s: as of %s, %d batches, %d rows, %s"},
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

	"doctor.state.ok":         {"[正常]", "[ok]  "},
	"doctor.state.warn":       {"[注意]", "[warn]"},
	"doctor.state.fail":       {"[故障]", "[fail]"},
	"doctor.name.version":     {"程序", "Program"},
	"doctor.name.engine":      {"数据库引擎", "Database engine"},
	"doctor.name.folder":      {"数据目录", "Data folder"},
	"doctor.name.record":      {"台账", "Record"},
	"doctor.name.disk_data":   {"数据磁盘", "Disk of the data"},
	"doctor.name.disk_temp":   {"临时磁盘", "Disk of temporary files"},
	"doctor.name.backups":     {"备份", "Backups"},
	"doctor.name.clock":       {"时钟", "Clock"},
	"doctor.name.pictures":    {"图表图片", "Pictures of charts"},
	"doctor.name.browser":     {"浏览器", "Browser"},
	"doctor.name.fonts":       {"中文字体", "Chinese fonts"},
	"doctor.name.libreoffice": {"LibreOffice", "LibreOffice"},

	"doctor.said":              {"%s", "%s"},
	"doctor.version":           {"版本 %s，结构 %d", "version %s, schema %d"},
	"doctor.engine":            {"%s（%s）", "%s (%s)"},
	"doctor.engine.do":         {"在程序目录运行 make setup，或把 libchdb.so 放在程序旁边，或用 TAIZHANG_CHDB_LIB 指明位置。", "Run make setup, put libchdb.so beside the program, or name it with TAIZHANG_CHDB_LIB."},
	"doctor.engine.older":      {"引擎 %s 比写入数据的 %s 旧", "the engine %s is older than %s, which wrote the data"},
	"doctor.engine.older.do":   {"换回较新的程序版本。", "Use the newer program again."},
	"doctor.folder.new":        {"%s 尚未建立，启动时会自动建立", "%s is not there yet; it is made at the start"},
	"doctor.folder.closed":     {"%s 不能写入", "%s cannot be written"},
	"doctor.folder.do":         {"让运行程序的用户拥有这个目录（chown），并检查磁盘是否只读或已满。", "Give it to the user the program runs as (chown); see that the disk is neither full nor read-only."},
	"doctor.folder.left":       {"有一次恢复中断，留下 %s", "a restore was broken off and left %s"},
	"doctor.folder.left.do":    {"再次运行 taizhang restore，或删除它；台账没有受影响。", "Run taizhang restore again, or delete it; the record is untouched."},
	"doctor.folder.held":       {"%s 正由服务使用（%s）", "%s is in use by a server (%s)"},
	"doctor.folder.free":       {"%s 可以写入，没有程序占用", "%s can be written and nobody holds it"},
	"doctor.record":            {"可以读取，结构 %d", "can be read, schema %d"},
	"doctor.record.none":       {"还没有台账", "there is none yet"},
	"doctor.record.held":       {"由正在运行的服务打开；健康状况见 /readyz", "open in the running server; see /readyz"},
	"doctor.record.do":         {"按上面的提示处理；数据损坏时用 taizhang restore 恢复最近一份备份。", "Do as it says; when data are damaged, bring the newest backup back with taizhang restore."},
	"doctor.record.older":      {"结构 %d，本程序 %d", "schema %d, this program %d"},
	"doctor.record.older.do":   {"下次启动会自动升级；升级前先作一份备份。", "It is upgraded at the next start; take a backup before."},
	"doctor.record.ahead":      {"最近一次导入记在 %s，晚于现在", "its last event is of %s, which is still to come"},
	"doctor.disk":              {"%s 剩余 %s GiB", "%s has %s GiB left"},
	"doctor.disk.unknown":      {"%s 的剩余空间未知", "what is left on %s is not known"},
	"doctor.disk.do":           {"清理磁盘，或移走旧备份；少于 0.25 GiB 时导入会失败。", "Free some space or move old backups away; below 0.25 GiB imports fail."},
	"doctor.backups":           {"最近一份 %s", "the newest is %s"},
	"doctor.backups.server":    {"使用 ClickHouse 服务器，没有设置备份目录", "there is a ClickHouse server and no folder of backups"},
	"doctor.backups.old":       {"最近一份 %s 已过期或不可读", "the newest, %s, is old or cannot be read"},
	"doctor.backups.do":        {"运行 taizhang backup 目录 --verify，或用 --backups 设置自动备份的目录。", "Run taizhang backup DIR --verify, or name the folder of the scheduled ones with --backups."},
	"doctor.backups.beside":    {"%s 与数据在同一块磁盘上", "%s is on the disk of the data"},
	"doctor.backups.beside.do": {"磁盘损坏会同时失去两者；用 --backups 指向另一块磁盘或网络目录。", "A broken disk takes both; point --backups to another disk or a share."},
	"doctor.clock":             {"%s（北京时间）", "%s (Beijing time)"},
	"doctor.clock.behind":      {"%s，早于 %s", "%s, which is before %s"},
	"doctor.clock.do":          {"校准系统时钟（timedatectl set-ntp true）。台账时间不会倒退，但页面日期会不对。", "Set the clock (timedatectl set-ntp true). Record times never go back, but pages stand at a wrong day."},
	"doctor.pictures":          {"%s", "%s"},
	"doctor.pictures.browser":  {"没有 rsvg-convert，用浏览器 %s 代替（慢十倍）", "no rsvg-convert; the browser %s does it, ten times slower"},
	"doctor.pictures.none":     {"没有 rsvg-convert 也没有浏览器，不能导出 PNG（SVG 与工作簿不受影响）", "neither rsvg-convert nor a browser: no PNG (SVG and workbooks work)"},
	"doctor.pictures.do":       {"apt-get install librsvg2-bin", "apt-get install librsvg2-bin"},
	"doctor.browser":           {"%s", "%s"},
	"doctor.browser.none":      {"没有；服务器上不需要", "none; a server needs none"},
	"doctor.fonts":             {"%s", "%s"},
	"doctor.fonts.none":        {"没有，导出的图片会缺字", "none: pictures lack their letters"},
	"doctor.fonts.unknown":     {"没有 fc-list，无法检查", "no fc-list to ask"},
	"doctor.fonts.do":          {"apt-get install fontconfig fonts-noto-cjk", "apt-get install fontconfig fonts-noto-cjk"},
	"doctor.libreoffice":       {"不需要", "not needed"},

	"engine.ready":         {"只读查询接口已就绪：%s（用户 bi，密码为令牌）", "The read-only interface for tools is ready: %s (user bi, the token is its password)"},
	"engine.no_token":      {"请设置至少 %d 位的令牌：--token-file 文件，或环境变量 TAIZHANG_ENGINE_TOKEN。可用 openssl rand -hex 24 生成。", "Set a token of at least %d characters: --token-file FILE or TAIZHANG_ENGINE_TOKEN. Make one with openssl rand -hex 24."},
	"engine.no_token_file": {"令牌文件“%s”无法读取。", "The token's file %q cannot be read."},
	"engine.not_loopback":  {"拒绝在“%s”上提供查询接口：它没有加密；请用 127.0.0.1，远程经 SSH 隧道访问。", "Refused to offer the interface on %q: it is not encrypted; use 127.0.0.1, and a tunnel of SSH from elsewhere."},
	"engine.server":        {"已使用 ClickHouse 服务器；请让工具直接连接该服务器的只读用户。", "There is a ClickHouse server already; connect tools to it as a user that only reads."},

	"schema.bad_cluster": {"集群名“%s”写法不对；只用字母、数字和下划线。", "The cluster's name %q is wrong; use letters, digits and _."},
	"backup.cluster":     {"台账分布在集群上；请用 ClickHouse 的 BACKUP … ON CLUSTER 备份，见 docs/operations.md。", "The record is spread over a cluster; back it up with ClickHouse's BACKUP … ON CLUSTER, see docs/operations.md."},

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
	"command.help.engine": {`用法：taizhang engine [--listen 127.0.0.1:8123] [--token-file 文件] [--data 目录]
把内置引擎以 ClickHouse HTTP 接口提供给 Grafana、DBeaver、Superset 等工具：用户 bi，密码为令牌，只读。
服务运行时请用 taizhang serve --engine-listen 127.0.0.1:8123（一个数据目录只能由一个进程打开）。`,
		`Usage: taizhang engine [--listen 127.0.0.1:8123] [--token-file FILE] [--data DIR]
Offers the embedded engine as ClickHouse's HTTP interface to Grafana, DBeaver, Superset and the like: user bi, the token as password, read-only.
While a server runs use taizhang serve --engine-listen 127.0.0.1:8123 (one process holds a data folder).`},
	"command.help.schema": {`用法：taizhang schema [--cluster 集群名]
输出建表和建视图的语句；加 --cluster 时为多机集群（Replicated 与 Distributed）。`,
		`Usage: taizhang schema [--cluster NAME]
Prints the statements that make the tables and views; with --cluster those for several machines (Replicated and Distributed).`},
	"command.help.doctor": {`用法：taizhang doctor [--json] [--sso-issuer 地址 --sso-client 标识 --sso-secret-file 文件]
检查引擎、数据目录、磁盘、备份、时钟、字体、统一身份认证等，并说明每一项怎样处理。
退出码：0 没有故障；1 有故障。`,
		`Usage: taizhang doctor [--json] [--sso-issuer URL --sso-client ID --sso-secret-file FILE]
Looks at the engine, the data folder, disks, backups, the clock, fonts, the sign-in service and says what to do about each.
Exit code: 0 nothing is in the way; 1 something is.`},
	"command.help.copy": {`用法：taizhang copy --to clickhouse://用户:密码@主机:9000/库 [--json]
把台账复制到一个空的 ClickHouse 数据库，逐表核对行数和哈希。`,
		`Usage: taizhang copy --to clickhouse://user:password@host:9000/db [--json]
Copies the record into an empty database of a ClickHouse server and compares row counts and hashes table by table.`},
}
