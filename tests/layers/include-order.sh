#!/bin/bash
# Goal: a file includes only from its own layer or below, third-party headers have one owner, and
# every header compiles by itself.
. "$(dirname "$0")/../flow/lib.sh"
cd "$SOURCE" || exit 1

# folder: the folders of ours that it may include (besides itself)
allowed() {
	case $1 in
	lib/base) echo 'lib/base/' ;;
	lib/record) echo 'lib/record/|lib/base/' ;;
	lib/release) echo 'lib/release/|lib/base/' ;;
	# the plain and public side of a record: no store, no sealing
	forms) echo 'forms/|lib/base/|lib/record/(answers|encode|seal)\.h' ;;
	collector) echo 'collector/|forms/|lib/record/|lib/base/' ;;
	analyzer) echo 'analyzer/|forms/|lib/record/|lib/release/|lib/base/' ;;
	report) echo 'report/|forms/|lib/release/|lib/base/' ;;
	esac
}

for folder in lib/base lib/record lib/release forms collector analyzer report; do
	bad=$(grep -nE '^#include "' "$folder"/*.[ch] |
		grep -vE ":#include \"($(allowed "$folder"))" | head -n 3)
	same '' "$bad" "$folder includes only what it may"
done

# header: the files that may include it
owner() {
	local header=$1 files=$2 bad
	bad=$(grep -rlE "^#include <$header" lib forms collector analyzer report |
		grep -vE "^($files)$" | head -n 3)
	same '' "$bad" "$header has one owner"
	if ! grep -rqE "^#include <$header" lib forms collector analyzer report; then
		failed "$header is used at all"
	fi
}
owner 'sqlite3\.h' 'lib/record/store[a-z_]*\.[ch]'
owner 'cjson/' 'lib/base/json\.c'
owner 'microhttpd\.h' 'collector/http[a-z_]*\.[ch]'
owner 'zlib\.h' 'collector/compress\.c|report/(inspect_object|pdf_pack)\.c'
owner 'seccomp\.h' 'collector/sandbox_calls\.c'
owner 'linux/landlock\.h' 'collector/sandbox_files\.c'
owner 'hpdf\.h' 'report/pdf[a-z_]*\.[ch]'
owner 'qpdf/' 'report/inspect[a-z_]*\.[ch]'
owner 'hb' 'report/(font|text|pdf)[a-z_]*\.[ch]'
owner 'md4c\.h' 'report/narrative[a-z_]*\.c'
owner 'zip\.h' 'forms/workbook_zip\.c'
owner 'expat\.h' 'forms/workbook_xml\.c|report/theme_svg\.c'
owner 'png\.h' 'report/theme_png\.c'
owner 'xlsxwriter\.h' 'forms/xlsform_export[a-z_]*\.[ch]|analyzer/publish_xlsx\.c'
owner 'readstat\.h' 'analyzer/micro_readstat\.c'
owner 'libgfshare\.h' 'analyzer/custodian[a-z_]*\.[ch]'
owner 'glpk\.h' 'analyzer/audit_solve\.c'
owner 'sodium\.h' 'lib/(record|release)/[a-z_]*\.[ch]|analyzer/[a-z_]*\.[ch]|collector/[a-z_]*\.[ch]'
owner 'unicode/' 'forms/[a-z_]*\.[ch]|report/(text|number)[a-z_]*\.[ch]|analyzer/print[a-z_]*\.c|analyzer/comment_flag\.c'

# Every header compiles alone.
for header in lib/*/*.h forms/*.h collector/*.h analyzer/*.h report/*.h; do
	if ! gcc -std=c11 -D_GNU_SOURCE -fsyntax-only -I. -I/usr/include/harfbuzz \
		-x c -include "$header" /dev/null 2>"$WORK/err"; then
		failed "$header compiles alone" "$(head -n 3 "$WORK/err")"
	fi
done
passed "every header compiles alone"
