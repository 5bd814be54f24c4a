# shellcheck shell=bash
# Sourced by the scripts: what they all need. Needs bash.
# Results go to standard output, everything else to standard error.

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { echo "$*" >&2; }
die() { say "error: $1"; [ $# -lt 2 ] || say "hint: $2"; exit 1; }

# need PACKAGE…: installs the Debian packages that are missing. Nothing that a package brings along is started as a service.
# A subshell, so that what its trap undoes is undone at its end.
need() (
    missing=()
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || exit 0
    command -v apt-get >/dev/null || die "These packages are missing: ${missing[*]}" "install what they hold in your system's way"
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "These packages are missing: ${missing[*]}" "as root: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    say "installing Debian packages: ${missing[*]}"
    log=$(mktemp) guard=/usr/sbin/policy-rc.d guarded=
    trap 'rm -f "$log"; [ -z "$guarded" ] || "${as_root[@]}" rm -f "$guard"' EXIT
    # Debian asks this file whether a freshly installed service may start.
    if [ ! -e "$guard" ]; then
        guarded=1
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$guard" >/dev/null
        "${as_root[@]}" chmod 755 "$guard"
    fi
    apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
    install() { "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1; }
    install || { "${apt[@]}" update >/dev/null 2>&1; install; } || {
        tail -n 20 "$log" >&2
        die "apt-get could not install ${missing[*]}" "its last words are above; it needs a reachable mirror"
    }
)

# What building needs: Swift, and the C libraries that the modules wrap.
need_toolchain() {
    command -v swift >/dev/null || die "Swift is not on the PATH." "install Swift 6.3 from swift.org; Package.swift says the version"
    need libssl-dev libxml2-dev liblmdb-dev zlib1g-dev libzstd-dev pkg-config
}

# Nobody debugs what continuous integration builds, and without that a build takes less time. All builds have the same flags: others build all anew.
build_flags=()
[ -z "${CI:-}" ] || build_flags=(-Xswiftc -gnone)

# build CONFIGURATION PRODUCT: builds it, with the compiler's words on standard error; prints the executable's path.
build() {
    (cd "$TOP" && swift build -c "$1" --product "$2" "${build_flags[@]}") >&2
    echo "$(cd "$TOP" && swift build -c "$1" --show-bin-path)/$2"
}
