#!/usr/bin/env bash
# Installs what the tests need beyond Go, Node and make: a C compiler (for -race), Chromium, rsvg-convert, Chinese fonts, and LibreOffice
# with poppler, by which workbooks, documents and slides are opened and printed; a ClickHouse server of Debian's (old, and enough to try the
# line to a server by), which the tests start themselves.
# On a developer's machine without root the browser tests are skipped aloud; under CI=true they fail.
set -euo pipefail
want=()
command -v cc >/dev/null || want+=(gcc libc6-dev)
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || want+=(chromium)
command -v rsvg-convert >/dev/null || want+=(librsvg2-bin)
fc-list :lang=zh 2>/dev/null | grep -q . || want+=(fonts-noto-cjk fontconfig)
command -v soffice >/dev/null || want+=(libreoffice-calc)
command -v lowriter >/dev/null || want+=(libreoffice-writer)
command -v simpress >/dev/null || [ -e /usr/lib/libreoffice/program/simpress ] || want+=(libreoffice-impress)
command -v pdftotext >/dev/null || want+=(poppler-utils)
command -v clickhouse-server >/dev/null || [ -x /usr/sbin/clickhouse-server ] || want+=(clickhouse-server)
[ ${#want[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing for the tests: ${want[*]}"
  export DEBIAN_FRONTEND=noninteractive
  # Nobody asked for a server that runs all the time.
  command -v systemctl >/dev/null && systemctl mask --quiet clickhouse-server >/dev/null 2>&1 || true
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${want[@]}" >/dev/null
  exit 0
fi
echo "not installed (no root or no apt-get): ${want[*]}; tests that need them say so" >&2
