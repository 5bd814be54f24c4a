extension BundleScript {
    /// What every bundle's script begins with.
    static let beginning = #"""
        #!/bin/sh
        # Verifies this folder with openssl (3.0 or newer) and xmlsec1. README.md says what each step shows, and what it does not.
        # usage: sh verify.sh [LOG-KEY]
        # LOG-KEY is the log's key as you had it from elsewhere; without it the key that lies here is believed.
        # Exit status: 0 all of it holds, 1 something does not, 2 a tool is missing.
        set -u
        LC_ALL=C
        export LC_ALL
        cd "$(dirname "$0")" || exit 2
        for tool in openssl xmlsec1 sha256sum od cmp dd sed tr grep head tail; do
            command -v "$tool" >/dev/null || { echo "error: $tool is missing" >&2; exit 2; }
        done
        work=$(mktemp -d) || exit 2
        trap 'rm -rf "$work"' EXIT

        ok() { echo "ok     $1"; }
        fail() { echo "FAILS  $1" >&2; exit 1; }
        hex() { od -An -v -tx1 | tr -d ' \n'; }
        sha256() { openssl dgst -sha256 -binary; }
        digest() { sha256 <"$1" | hex; }
        first() { dd bs=1 count="$1" 2>/dev/null; }

        # All files are the ones that were written.
        sums() {
            sha256sum "$@" >"$work/sums" 2>/dev/null || fail "a file is missing"
            cmp -s "$work/sums" SHA256SUMS || fail "a file was altered: compare with sha256sum -c SHA256SUMS"
            ok "every file is as SHA256SUMS has it"
        }

        # FILE OFFSET HEX WORDS: these bytes stand at that place of the file.
        holds() {
            found=$(tail -c +$(($2 + 1)) "$1" | head -c $((${#3} / 2)) | hex)
            [ "$found" = "$3" ] || fail "$4"
            ok "$4"
        }

        # RFC 6962: a node is SHA-256 of 01 and both children.
        node() {
            { printf '\001'; cat "$1" "$2"; } | sha256 >"$work/node"
            mv "$work/node" "$work/hash"
        }

        # The leaf NAME.bin leads by NAME.tlog-proof to the root of the checkpoint (RFC 9162 §2.1.3.2, C2SP tlog-proof).
        leaf() {
            { printf '\000'; cat "$1.bin"; } | sha256 >"$work/hash"
            sed -n '/^$/,$p' "$1.tlog-proof" | sed 1d | cmp -s - checkpoint || fail "$1.tlog-proof is of another checkpoint"
            sed '/^$/,$d' "$1.tlog-proof" >"$work/proof"
            { read -r form; read -r word index; } <"$work/proof"
            [ "$form $word" = "c2sp.org/tlog-proof@v1 index" ] || fail "$1.tlog-proof is no proof"
            case $index in '' | *[!0-9]*) fail "$1.tlog-proof names no leaf" ;; esac
            at=$index last=$((size - 1))
            [ "$at" -le "$last" ] || fail "$1.tlog-proof names a leaf that the tree has not"
            sed 1,2d "$work/proof" >"$work/path"
            while read -r line; do
                [ "$last" -gt 0 ] || fail "$1.tlog-proof is too long"
                printf '%s' "$line" | openssl base64 -d -A >"$work/sibling"
                if [ $((at % 2)) -eq 1 ] || [ "$at" -eq "$last" ]; then
                    node "$work/sibling" "$work/hash"
                    while [ $((at % 2)) -eq 0 ] && [ "$at" -gt 0 ]; do at=$((at / 2)) last=$((last / 2)); done
                else
                    node "$work/hash" "$work/sibling"
                fi
                at=$((at / 2)) last=$((last / 2))
            done <"$work/path"
            printf '%s' "$root" | openssl base64 -d -A >"$work/root"
            { [ "$last" -eq 0 ] && cmp -s "$work/hash" "$work/root"; } || fail "$1.bin is not in the log"
            ok "$1.bin is event $((index + 1)) of the log"
        }

        # The certificate is one of the metadata's.
        stands_in_metadata() {
            tr -d ' \t\r\n' <identity-provider-metadata.xml >"$work/metadata"
            openssl base64 -A -in "$work/certificate" >"$work/text64"
            grep -F -q -f "$work/text64" "$work/metadata" || fail "the certificate does not stand in the metadata"
            ok "it stands in the metadata"
        }

        # FILE XPATH: the signature at that place verifies with the certificate; nothing else is believed.
        signed() {
            xmlsec1 --verify --enabled-reference-uris same-doc --enabled-key-data raw-x509-cert --pubkey-cert-pem certificate.pem \
                --id-attr:ID urn:oasis:names:tc:SAML:2.0:assertion:Assertion --id-attr:ID urn:oasis:names:tc:SAML:2.0:protocol:Response \
                --node-xpath "$2" "$1" >"$work/xmlsec1" 2>&1 || { cat "$work/xmlsec1" >&2; fail "the signature in $1 verifies"; }
            ok "the signature in $1 verifies with certificate.pem"
        }

        # DIGEST ELEMENT FILE: the element's digest is the one that was signed.
        digested() {
            value=$(openssl dgst "-$1" -binary "$2" | openssl base64 -A)
            tr -d ' \t\r\n' <"$3" | grep -F -q "DigestValue>$value</" || fail "$2 is what was signed"
            ok "$2 is what was signed"
        }

        """#

    /// The log's key, and the checkpoint that it signed (C2SP signed-note, tlog-checkpoint).
    static let log = #"""

        key=$(cat log-key)
        [ $# -eq 0 ] || [ "$key" = "$1" ] || fail "log-key is the key that you had from elsewhere"
        name=${key%%+*} rest=${key#*+}
        printf '%s' "${rest#*+}" | openssl base64 -d -A >"$work/key"
        [ "$({ printf '%s\n' "$name"; cat "$work/key"; } | sha256 | first 4 | hex)" = "${rest%%+*}" ] || fail "log-key is a key of its name"
        [ "$(first 1 <"$work/key" | hex)" = 01 ] || fail "log-key is an Ed25519 key"
        { printf '\060\052\060\005\006\003\053\145\160\003\041\000'; tail -c 32 "$work/key"; } >"$work/key.der"
        sed '/^$/,$d' checkpoint >"$work/text"
        line=$(tail -n 1 checkpoint)
        case $line in "— $name "*) ;; *) fail "the checkpoint is signed by $name" ;; esac
        printf '%s' "${line##* }" | openssl base64 -d -A >"$work/signature"
        [ "$(first 4 <"$work/signature" | hex)" = "${rest%%+*}" ] || fail "the checkpoint names this key"
        tail -c 64 "$work/signature" >"$work/signature64"
        openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" -rawin -in "$work/text" -sigfile "$work/signature64" \
            >/dev/null 2>&1 || fail "the log's key signed the checkpoint"
        { read -r origin; read -r size; read -r root; } <"$work/text"
        [ "$origin" = "$name" ] || fail "the checkpoint is of the log $name"
        case $size in '' | *[!0-9]*) fail "the checkpoint names a size" ;; esac
        ok "the log's key signed the checkpoint of $size events"

        """#
}
