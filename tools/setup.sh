#!/bin/bash
# setup.sh - install what the project needs on Debian 12: to build and run it, with --tests what the
# tests use, too, with --long also what the long tests use. Does nothing that has been done. Called
# by ./demo and ./check.
set -eu

build=(gcc meson ninja-build pkg-config python3 libsqlite3-dev libsodium-dev libcjson-dev
	libhpdf-dev libharfbuzz-dev libicu-dev libmicrohttpd-dev libseccomp-dev libgfshare-dev libzip-dev
	libexpat1-dev libxlsxwriter-dev libreadstat-dev libglpk-dev zlib1g-dev libqpdf-dev libmd4c-dev
	libpng-dev)
run=(fonts-noto-core fonts-droid-fallback)
tests=(libcmocka-dev poppler-utils qpdf mandoc curl sqlite3 binutils strace chromium git jq gdb
	iproute2 systemd openssl nginx-light caddy tor slowhttptest libimage-exiftool-perl faketime
	imagemagick)

long=(clang libclang-rt-14-dev libreoffice-calc r-base-core r-cran-jsonlite r-cran-haven pspp)

wanted=("${build[@]}" "${run[@]}")
case ${1:-} in
--tests) wanted+=("${tests[@]}") ;;
--long) wanted+=("${tests[@]}" "${long[@]}") ;;
esac

# the page's script is built and tested with Node: Debian's, unless there is one already
command -v node >/dev/null || wanted+=(nodejs)
command -v npm >/dev/null || wanted+=(npm)

missing=()
for package in "${wanted[@]}"; do
	if ! dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$'; then
		missing+=("$package")
	fi
done

# What a folder's lock file pins, unless it is there already.
npm_packages() {
	local folder stamp
	folder=$(dirname "$0")/../$1
	stamp=$folder/node_modules/.package-lock.json
	[ -f "$stamp" ] && [ ! "$folder/package-lock.json" -nt "$stamp" ] && return 0
	echo "Installing the packages of $1"
	(cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)
}

# The programs are built without the page's script where its packages cannot be had.
finish() {
	case ${1:-} in
	--tests | --long) npm_packages forms/script && npm_packages tests/browser || exit 1 ;;
	*) npm_packages forms/script || echo "setup.sh: the page will be without its script" >&2 ;;
	esac
	exit 0
}
[ ${#missing[@]} -eq 0 ] && finish "$@"

echo "Installing: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
	as_root=(sudo)
fi
log=$(mktemp)
if ! { "${as_root[@]}" apt-get update -qq &&
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
		--no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
	tail -n 20 "$log" >&2
	echo "setup.sh: the packages could not be installed; the log is $log" >&2
	exit 1
fi
rm -f "$log"

# their packages start them; the tests run their own
for service in nginx caddy tor; do
	case " ${missing[*]} " in
	*" $service"*) "${as_root[@]}" systemctl disable -q --now "$service" 2>/dev/null || true ;;
	esac
done
finish "$@"
