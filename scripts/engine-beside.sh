#!/usr/bin/env bash
# Puts the engine library beside the binary, so that the folder can be moved as it is.
set -euo pipefail
to=$1
lib=$(ls -d node_modules/@chdb/lib-*/libchdb.so 2>/dev/null | head -n 1 || true)
if [ -z "$lib" ]; then
  echo "The embedded engine is not available for this platform ($(uname -sm)): use --clickhouse DSN." >&2
  exit 0
fi
if [ -e "$to/libchdb.so" ] && [ "$to/libchdb.so" -ef "$lib" ]; then exit 0; fi
# A hard link costs no room; another file system needs the copy.
ln -f "$lib" "$to/libchdb.so" 2>/dev/null || cp -f "$lib" "$to/libchdb.so"
