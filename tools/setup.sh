#!/bin/bash
# setup.sh - install what the project needs on Debian 12: to build and run it, with --tests what the
# tests use, too, with --long also what the long tests use. Does nothing that has been done. Called
# by ./demo and ./check.
set -eu

build=(gcc meson ninja-build pkg-config python3 libsqlite3-dev libsodium-dev libcjson-dev
	libhpdf-dev libharfbuzz-dev libicu-dev libmicrohttpd-dev libseccomp-dev libgfshare-dev libglpk-dev libzip-dev
	libexpat1-dev libxlsxwriter-dev)
run=(fonts-noto-core fonts-droid-fallback)
tests=(libcmocka-dev poppler-utils qpdf mandoc curl sqlite3 binutils strace chromium git jq gdb
	iproute2 systemd openssl nginx-light caddy tor slowhttptest)

long=(clang libclang-rt-14-dev libreoffice-calc)

wanted=("${build[@]}" "${run[@]}")
case ${1:-} in
--tests) wanted+=("${tests[@]}") ;;
--long) wanted+=("${tests[@]}" "${long[@]}") ;;
esac

missing=()
for package in "${wanted[@]}"; do
	if ! dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$'; then
		missing+=("$package")
	fi
done
[ ${#missing[@]} -eq 0 ] && exit 0

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
