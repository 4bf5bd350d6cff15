package text

// helpPhrases are the pages of `taizhang help`.
var helpPhrases = map[string]phrase{
	"command.help": {`台账：把办公室的表格变成可追溯的台账。

用法：
  taizhang serve   [--listen 127.0.0.1:8080] [--samples 目录]      启动网页服务
  taizhang import  文件… [--dataset 名] [--asof 日期] [--dry-run] [--good-rows] [--replace|--replace-scope] [--json]
  taizhang undo    批次号 [--reason 原因] [--json]
  taizhang user    add|list|disable|enable|password                  账号与角色
  taizhang report  名称 [对象] [--asof 日期] [--known 时间] [--year 年] [--basis 口径] [--baseline 编号] [--format text|json|csv|xlsx] [--out 文件]
  taizhang export  台账 [--asof 日期] [--known 时间] [--csv|--xlsx] [--bom] [--out 文件]
  taizhang export  --meeting 日期 [--format docx,pdf,xlsx] [--dir 目录]   周报
  taizhang template 台账 [--out 文件.xlsx]                          空白模板
  taizhang backup  目录 [--verify] [--json]                        备份（服务运行时也可用）
  taizhang restore 目录 [--force] [--check]                        恢复
  taizhang copy    --to 数据库地址                                  复制到 ClickHouse 服务器
  taizhang engine  [--listen 127.0.0.1:8123] [--token-file 文件]    给报表工具的只读接口
  taizhang schema  [--cluster 集群名]                               建表语句
  taizhang doctor  [--json]                                        检查运行环境
  taizhang version
  taizhang help [命令]

每个命令都可加：
  --data 目录        内置引擎的数据目录（默认 ./data）
  --clickhouse 地址  改用 ClickHouse 服务器：clickhouse://用户:密码@主机:9000/库
  --area 名称        本街道名称；台账有多个街道时，命令针对哪一个
  --areas 名称,名称  同一台账的其他街道（区级汇总）
  --rules 文件.json  本单位的规则阈值，如 {"late_red_days": 10}
  --lang zh|en       输出语言
环境变量 TAIZHANG_DATA、TAIZHANG_CLICKHOUSE、TAIZHANG_AREA、TAIZHANG_AREAS、TAIZHANG_RULES、TAIZHANG_LISTEN、TAIZHANG_SAMPLES、TAIZHANG_LANG 作用相同，选项优先。`,
		`Taizhang: the office's spreadsheets as a record that can be traced.

Usage:
  taizhang serve   [--listen 127.0.0.1:8080] [--samples DIR]       start the pages
  taizhang import  FILE... [--dataset NAME] [--asof DATE] [--dry-run] [--good-rows] [--replace|--replace-scope] [--json]
  taizhang undo    BATCH [--reason TEXT] [--json]
  taizhang user    add|list|disable|enable|password                  accounts and roles
  taizhang report  NAME [KEY] [--asof DATE] [--known TIME] [--year N] [--basis B] [--baseline NUMBER] [--format text|json|csv|xlsx] [--out FILE]
  taizhang export  DATASET [--asof DATE] [--known TIME] [--csv|--xlsx] [--bom] [--out FILE]
  taizhang export  --meeting DATE [--format docx,pdf,xlsx] [--dir DIR]    the weekly briefing
  taizhang template DATASET [--out FILE.xlsx]                      an empty workbook to fill in
  taizhang backup  DIR [--verify] [--json]                         a backup, also while the server runs
  taizhang restore DIR [--force] [--check]                         bring one back
  taizhang copy    --to DSN                                        carry the record to a ClickHouse server
  taizhang engine  [--listen 127.0.0.1:8123] [--token-file FILE]   a read-only interface for tools
  taizhang schema  [--cluster NAME]                                the statements that make the tables
  taizhang doctor  [--json]                                        look at what the program stands on
  taizhang version
  taizhang help [COMMAND]

Every command takes:
  --data DIR         folder of the embedded engine (default ./data)
  --clickhouse DSN   a ClickHouse server instead: clickhouse://user:password@host:9000/db
  --area NAME        name of the sub-district; of several, the one the command is about
  --areas NAME,NAME  further sub-districts of the same record
  --rules FILE.json  the office's own limits of the status rules, such as {"late_red_days": 10}
  --lang zh|en       language of the output
TAIZHANG_DATA, TAIZHANG_CLICKHOUSE, TAIZHANG_AREA, TAIZHANG_AREAS, TAIZHANG_RULES, TAIZHANG_LISTEN, TAIZHANG_SAMPLES and TAIZHANG_LANG do the same; options win.`},
	"command.help.serve": {`用法：taizhang serve [--listen 127.0.0.1:8080] [--samples 目录] [--data 目录 | --clickhouse 地址]
--samples 在首次启动时导入目录中的全部工作簿（有错误的行除外），重复的文件不会再次导入。没有账号时只监听本机地址。
  --export-rows 行数   一个 CSV 或工作簿最多多少行（默认 2000000）
  --export-mib 大小    一个导出文件最多多少 MiB（默认 256）
  --pictures 个数      服务器上同时绘制的图表数（默认 2，每个约占 7 MiB 内存）
  --warm 个数          数据变动后预先重新生成的页面数，按最近访问（默认 40，0 为不生成）
  --snapshot-dir 目录  每周自动存一份周报，每次结束会议再存一份，不覆盖已有文件
  --snapshot-day Mon --snapshot-time 07:30 --snapshot-format docx,pdf,xlsx   哪天几点（北京时间）存，存哪几种
  --font-title --font-body --font-heading --font-subheading 名称   周报的标题、正文、一级和二级标题字体（默认方正小标宋简体、仿宋_GB2312、黑体、楷体_GB2312）
  --backups 目录       自动备份的目录（默认 数据目录/backups；最好在另一块磁盘上）
  --backup-at 02:30    每天自动备份的时刻，off 为不备份；--backup-keep 14 保留份数
  --log-format text|json  --log-level debug|info|warn|error
  --metrics-token 令牌  读取 /metrics 的令牌；不设则只限本机
  --engine-listen 127.0.0.1:8123 --engine-token-file 文件  给报表工具的只读接口
  --admin 登录名        还没有账号时建立第一个管理员，打印一次性密码
  --profile 名          登录策略：default（OWASP ASVS）或 dengbao（等保）
  --hosts 域名,地址     对外开放时，访问所用的域名或地址
  --tls-cert 文件 --tls-key 文件   PEM 证书与私钥
  --proxies 地址,网段   可信的反向代理，由它提供 https
  --sso-issuer 地址 --sso-client 标识 --sso-secret-file 文件   统一身份认证（OpenID Connect）；密钥只从文件读取
  --sso-claim 声明      用哪个声明认人（默认 preferred_username，也可 sub、email）；--sso-label 文字 按钮上的字
  --sso-address 地址    本系统的访问地址，如 https://taizhang.example.cn（--hosts 有多个时）
  --audit-days 天数     审计日志保存天数，至少 180；不写则永久保存
环境变量如 TAIZHANG_SNAPSHOT_DIR、TAIZHANG_FONT_BODY 作用相同。`,
		`Usage: taizhang serve [--listen 127.0.0.1:8080] [--samples DIR] [--data DIR | --clickhouse DSN]
--samples imports the folder's workbooks on the first start (rows without errors); nothing is loaded twice. Without accounts it listens on this machine only.
  --export-rows N      rows of one CSV or workbook at most (default 2000000)
  --export-mib N       size of one exported file at most, in MiB (default 256)
  --pictures N         charts drawn on the server at the same time (default 2, 7 MiB of memory each)
  --warm N             pages made anew after each change, those looked at last (default 40, 0 for none)
  --snapshot-dir DIR   keep a briefing there every week and one of each meeting that is closed; no file is overwritten
  --snapshot-day Mon --snapshot-time 07:30 --snapshot-format docx,pdf,xlsx   when (Beijing time) and in which forms
  --font-title --font-body --font-heading --font-subheading NAME   typefaces of the briefing (方正小标宋简体, 仿宋_GB2312, 黑体, 楷体_GB2312)
  --backups DIR        folder of the scheduled backups (default DATA/backups; another disk is better)
  --backup-at 02:30    when of a day one is taken, or off; --backup-keep 14 is how many are kept
  --log-format text|json  --log-level debug|info|warn|error
  --metrics-token TOKEN  asked of who reads /metrics; without it this machine alone may
  --engine-listen 127.0.0.1:8123 --engine-token-file FILE  the read-only interface for tools
  --admin ACCOUNT       make the first administrator when there is no account, and print a password for one use
  --profile NAME        what sign-in asks for: default (OWASP ASVS) or dengbao
  --hosts NAME,...      beyond this machine: the names and addresses people reach it by
  --tls-cert FILE --tls-key FILE   certificate and key, PEM
  --proxies ADDRESS,... proxies that are believed, which speak https
  --sso-issuer URL --sso-client ID --sso-secret-file FILE   the unit's sign-in service (OpenID Connect); the secret is read of the file only
  --sso-claim CLAIM     what names a person there (default preferred_username; sub, email); --sso-label TEXT is the button's
  --sso-address URL     this program's own address, such as https://taizhang.example.cn, where --hosts names several
  --audit-days N        how long the audit is kept, 180 at least; for good without it
TAIZHANG_SNAPSHOT_DIR, TAIZHANG_FONT_BODY and so on do the same.`},
	"command.help.template": {`用法：taizhang template 台账 [--out 文件.xlsx] [--lang zh|en]
写出该台账的空白模板：表头、单位、下拉选项、一行示例和填写说明。示例行不会被读入。`,
		`Usage: taizhang template DATASET [--out FILE.xlsx] [--lang zh|en]
Writes an empty workbook: header, units, lists of choices, one example line and notes. The example is never read.`},
	"command.help.import": {`用法：taizhang import 文件… [--dataset 名] [--asof 日期] [--dry-run] [--good-rows] [--replace|--replace-scope] [--json]
  --dataset    所有工作表按此台账读取；不写则自动识别
  --asof       表中未写明时，数据所说的日期
  --dry-run    只检查，不载入
  --good-rows  载入没有错误的行；不写则有错误的文件整份拒收
  --replace    文件是整份清单：台账中有而文件中没有的行将删除
  --replace-scope  只替换文件涉及的月份、楼宇、项目或填报日
  --marked 文件.xlsx    写出标注好的原表：问题单元格着色加批注，首页为问题清单
  --rejected 文件.xlsx  写出只含退回行的表，改正后可再次导入
  --plain      不用以前人工对列的方式，只按表头自动识别
  --json       每个文件输出一行 JSON
退出码：0 全部导入、已检查或重复；2 有文件被拒收；1 用法错误或数据库无法读写。`,
		`Usage: taizhang import FILE... [--dataset NAME] [--asof DATE] [--dry-run] [--good-rows] [--replace|--replace-scope] [--json]
  --dataset    read every sheet as this dataset; without it datasets are recognised
  --asof       the day the rows speak of where the sheet does not say
  --dry-run    check only, load nothing
  --good-rows  load the rows without errors; without it a file with errors is refused whole
  --replace    the file is the whole list: rows that are not in it are removed
  --replace-scope  only of the months, buildings, projects or report days in the file
  --marked FILE.xlsx    write the workbook back with its problems coloured, commented and listed
  --rejected FILE.xlsx  write only the rejected rows, to be corrected and imported again
  --plain      read by the headers alone, not as persons mapped such tables before
  --json       one JSON object per file on a line
Exit code: 0 all committed, checked or duplicates; 2 a file was refused; 1 wrong usage, or the database failed.`},
	"command.help.report": {`用法：taizhang report 名称 [对象] [--asof 日期] [--known 时间] [--year 年] [--basis 口径] [--baseline 编号] [--format text|json|csv|xlsx] [--out 文件]
不启动服务，输出与页面相同的数字。--json、--csv、--xlsx 是 --format 的简写；有 --out 而没有 --format 时，按文件的扩展名。`,
		`Usage: taizhang report NAME [KEY] [--asof DATE] [--known TIME] [--year N] [--basis B] [--baseline NUMBER] [--format text|json|csv|xlsx] [--out FILE]
Prints the figures of the pages without a server. --json, --csv and --xlsx are short for --format; with --out alone the file's name decides.`},
	"command.help.export": {`用法：taizhang export 台账 [--asof 日期] [--known 时间] [--csv|--xlsx] [--bom] [--out 文件]
      taizhang export --meeting 日期 [--format docx,pdf,xlsx] [--dir 目录] [--asof 日期] [--known 时间] [--font-body 名称 …]
按基本单位（元、㎡、套）输出现行各行。--bom 在 CSV 开头加标记，便于用 Excel 直接打开。
--meeting 把一次会议的周报写入目录；已结束的会议按冻结的数据，同一份快照每次逐字节相同，不覆盖内容不同的文件。`,
		`Usage: taizhang export DATASET [--asof DATE] [--known TIME] [--csv|--xlsx] [--bom] [--out FILE]
       taizhang export --meeting DATE [--format docx,pdf,xlsx] [--dir DIR] [--asof DATE] [--known TIME] [--font-body NAME ...]
Prints the rows as they stand in base units (yuan, m2, units). --bom marks the CSV as UTF-8 for Excel.
--meeting writes a meeting's briefing into a folder: of a closed one as it was frozen, the same bytes every time; no other file is overwritten.`},
	"command.help.version": {"用法：taizhang version", "Usage: taizhang version"},
	"command.help.help":    {"用法：taizhang help [命令]", "Usage: taizhang help [COMMAND]"},
}
