#!/usr/bin/env bash
# Finds, or makes, a Rust toolchain that can build for the browser (wasm32-unknown-unknown).
#
#   stdout: the toolchain argument for cargo ("+debian"), or an empty line when the default toolchain will do.
#   stderr: what is being done, and when it fails, what to do next.
#
# Ways, in this order:
#   1. the default toolchain already has the target;
#   2. an earlier run has linked Debian's toolchain with the target;
#   3. `rustup target add` (needs static.rust-lang.org or a mirror of it);
#   4. Debian's packages: their compiler, with the standard library built once from its packaged source.
#
# WASM_TOOLCHAIN=rustup or =debian skips the other ways. RUSTUP_TARGET_TIMEOUT bounds way 3 (seconds, default 120).
set -euo pipefail

target=wasm32-unknown-unknown
debian_name=debian
wanted=${WASM_TOOLCHAIN:-any}

say() { printf 'wasm target: %s\n' "$*" >&2; }

fail() {
    say "$1"
    shift
    printf '  → %s\n' "$@" >&2
    exit 1
}

# A target is usable when a program that needs the standard library links for it.
usable() {
    local out
    out=$(mktemp -d)
    # The variables keep rustup from installing or updating anything while it is only asked.
    if echo 'fn main() { println!("{:?}", std::env::args()); }' |
        RUSTUP_AUTO_INSTALL=0 rustc ${1:+"$1"} --target "$target" -o "$out/probe.wasm" - >"$out/log" 2>&1; then
        rm -rf "$out"
        return 0
    fi
    rm -rf "$out"
    return 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif ! command -v sudo >/dev/null; then
        fail "needs root to run: $*" "run this script as root, or install sudo"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@" || fail "needs root, and sudo asks for a password here: $*" \
            "run scripts/setup-wasm.sh once in a terminal"
    fi
}

found() {
    printf '%s\n' "$1"
    exit 0
}

from_rustup() {
    command -v rustup >/dev/null || return 1
    say "asking rustup for it (at most ${RUSTUP_TARGET_TIMEOUT:-120} s)"
    timeout "${RUSTUP_TARGET_TIMEOUT:-120}" rustup target add "$target" >&2 || return 1
    usable ""
}

from_debian() {
    command -v rustup >/dev/null || fail "rustup is needed to switch between compilers" \
        "install it: https://rustup.rs"
    command -v apt-get >/dev/null || fail "rustup cannot download it, and this is not a Debian system" \
        "let this machine reach https://static.rust-lang.org, or set RUSTUP_DIST_SERVER to a mirror" \
        "then run: rustup target add $target"

    say "installing Debian's rustc-web, cargo-web and rust-web-src"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 || say "apt-get update failed, trying anyway"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        rustc-web cargo-web rust-web-src >&2 ||
        fail "apt-get could not install rustc-web (Debian 12 has it, with its updates enabled)" \
            "let this machine reach https://static.rust-lang.org and run: rustup target add $target"

    # The linker has to understand what this compiler's LLVM writes, so it must be of the same version.
    local llvm
    llvm=$(/usr/bin/rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
    say "installing lld-$llvm, the linker that belongs to $(/usr/bin/rustc -V)"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "lld-$llvm" >&2 ||
        fail "apt-get could not install lld-$llvm" "install the LLVM linker of version $llvm by hand, then repeat"

    local host linker
    host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
    linker=/usr/lib/rustlib/$host/bin/rust-lld
    as_root mkdir -p "$(dirname "$linker")" "/usr/lib/rustlib/$target/lib"
    as_root ln -sfn "/usr/lib/llvm-$llvm/bin/lld" "$linker"

    build_standard_library
    rustup toolchain link "$debian_name" /usr >&2
    usable "+$debian_name"
}

# Debian ships the library's source, not its build for this target. Building it takes about half a minute.
build_standard_library() {
    local work
    work=$(mktemp -d)
    say "building the standard library for $target (once)"
    mkdir -p "$work/src"
    printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n' >"$work/Cargo.toml"
    echo 'fn main() {}' >"$work/src/main.rs"
    (
        cd "$work"
        # Cargo leaves out the bitcode that link-time optimisation of a later build needs; the last flag wins.
        env -u CARGO_TARGET_DIR -u RUSTUP_TOOLCHAIN RUSTFLAGS="-Cembed-bitcode=yes" RUSTC_BOOTSTRAP=1 \
            RUSTC=/usr/bin/rustc /usr/bin/cargo build --quiet --release \
            -Z build-std=std,panic_abort --target "$target" --target-dir "$work/target" >&2
    ) || fail "the standard library did not build" "the compiler's messages are above; its dependencies come from crates.io"
    rm -f "$work/target/$target/release/deps"/libempty-*
    as_root find "/usr/lib/rustlib/$target/lib" -name '*.rlib' -delete
    as_root cp "$work/target/$target/release/deps"/lib*.rlib "/usr/lib/rustlib/$target/lib/"
    rm -rf "$work"
}

command -v rustc >/dev/null || fail "there is no Rust compiler" "install one: https://rustup.rs"

case $wanted in
    any | rustup) usable "" && found "" ;;
    debian) ;;
    *) fail "WASM_TOOLCHAIN=$wanted is unknown" "use rustup or debian, or leave it out" ;;
esac
if [ "$wanted" != rustup ] && usable "+$debian_name"; then found "+$debian_name"; fi

say "the default toolchain ($(rustc -V 2>/dev/null || echo unknown)) has no $target"
if [ "$wanted" != debian ]; then
    if from_rustup; then
        say "ready (rustup)"
        found ""
    fi
    [ "$wanted" = any ] || fail "rustup could not add it" "see the message above"
    say "rustup could not add it; trying Debian's packages"
fi
from_debian || fail "Debian's toolchain is installed but cannot link for $target" \
    "see: rustc +$debian_name --target $target"
say "ready (Debian's toolchain)"
found "+$debian_name"
