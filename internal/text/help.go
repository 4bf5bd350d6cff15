package text

// helpPhrases are the pages of `taizhang help`.
var helpPhrases = map[string]phrase{
	"command.help": {`台账：把办公室的表格变成可追溯的台账。

用法：
  taizhang serve   [--listen 127.0.0.1:8080] [--samples 目录]      启动网页服务
  taizhang import  文件… [--dataset 名] [--asof 日期] [--dry-run] [--good-rows] [--replace|--replace-scope] [--json]
  taizhang undo    批次号 [--reason 原因] [--json]
  taizhang user    add|list|disable|enable|password                  账号与角色
  taizhang report  名称 [对象] [--asof 日期] [--known 时间] [--year 年] [--basis 口径] [--baseline 编号] [--json|--csv]
  taizhang export  台账 [--asof 日期] [--known 时间] [--csv|--xlsx] [--bom] [--out 文件]
  taizhang template 台账 [--out 文件.xlsx]                          空白模板
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
  taizhang report  NAME [KEY] [--asof DATE] [--known TIME] [--year N] [--basis B] [--baseline NUMBER] [--json|--csv]
  taizhang export  DATASET [--asof DATE] [--known TIME] [--csv|--xlsx] [--bom] [--out FILE]
  taizhang template DATASET [--out FILE.xlsx]                      an empty workbook to fill in
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
--samples 在首次启动时导入目录中的全部工作簿（有错误的行除外），重复的文件不会再次导入。
没有账号时只监听本机地址。
  --admin 登录名        还没有账号时建立第一个管理员，打印一次性密码
  --profile 名          登录策略：default（OWASP ASVS）或 dengbao（等保）
  --hosts 域名,地址     对外开放时，访问所用的域名或地址
  --tls-cert 文件 --tls-key 文件   PEM 证书与私钥
  --proxies 地址,网段   可信的反向代理，由它提供 https
  --audit-days 天数     审计日志保存天数，至少 180；不写则永久保存`,
		`Usage: taizhang serve [--listen 127.0.0.1:8080] [--samples DIR] [--data DIR | --clickhouse DSN]
--samples imports the folder's workbooks on the first start (rows without errors); nothing is loaded twice.
Without accounts it listens on this machine only.
  --admin ACCOUNT       make the first administrator when there is no account, and print a password for one use
  --profile NAME        what sign-in asks for: default (OWASP ASVS) or dengbao
  --hosts NAME,...      beyond this machine: the names and addresses people reach it by
  --tls-cert FILE --tls-key FILE   certificate and key, PEM
  --proxies ADDRESS,... proxies that are believed, which speak https
  --audit-days N        how long the audit is kept, 180 at least; for good without it`},
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
	"command.help.report": {`用法：taizhang report 名称 [对象] [--asof 日期] [--known 时间] [--year 年] [--basis 口径] [--baseline 编号] [--json|--csv]
不启动服务，输出与页面相同的数字。`,
		`Usage: taizhang report NAME [KEY] [--asof DATE] [--known TIME] [--year N] [--basis B] [--baseline NUMBER] [--json|--csv]
Prints the figures of the pages without a server.`},
	"command.help.export": {`用法：taizhang export 台账 [--asof 日期] [--known 时间] [--csv|--xlsx] [--bom] [--out 文件]
按基本单位（元、㎡、套）输出现行各行。--bom 在 CSV 开头加标记，便于用 Excel 直接打开。`,
		`Usage: taizhang export DATASET [--asof DATE] [--known TIME] [--csv|--xlsx] [--bom] [--out FILE]
Prints the rows as they stand in base units (yuan, m2, units). --bom marks the CSV as UTF-8 for Excel.`},
	"command.help.version": {"用法：taizhang version", "Usage: taizhang version"},
	"command.help.help":    {"用法：taizhang help [命令]", "Usage: taizhang help [COMMAND]"},
}
