"""The log's proofs, computed anew with Python's hashlib and openssl alone (RFC 6962, C2SP tlog-checkpoint, signed-note, tlog-tiles)."""
import base64
import hashlib
import subprocess

# An Ed25519 public key as SubjectPublicKeyInfo: this and 32 bytes.
ED25519_PREFIX = bytes.fromhex("302a300506032b6570032100")


def root_hash(leaves):
    """The Merkle tree hash over leaf hashes (RFC 6962 §2.1)."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root_hash(leaves[:split]) + root_hash(leaves[split:])).digest()


def read_checkpoint(note, verifier_key, folder):
    """(size, root hash) of a checkpoint whose signature is right."""
    text, _, signatures = note.partition("\n\n")
    name, key_hash, encoded = verifier_key.strip().split("+", 2)
    key = base64.b64decode(encoded)
    assert key[0] == 1 and len(key) == 33, "the verifier key is no Ed25519 key"
    assert hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] == key_hash, "the verifier key's hash is not its own"
    line = next(line for line in signatures.splitlines() if line.startswith(f"— {name} "))
    signature = base64.b64decode(line.split(" ")[2])
    assert signature[:4].hex() == key_hash, "the signature names another key"
    (folder / "key.der").write_bytes(ED25519_PREFIX + key[1:])
    (folder / "text").write_bytes(text.encode() + b"\n")
    (folder / "signature").write_bytes(signature[4:])
    done = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", folder / "key.der", "-rawin", "-in", folder / "text",
                           "-sigfile", folder / "signature"], capture_output=True, text=True)
    assert done.returncode == 0, f"openssl does not accept the checkpoint's signature: {done.stdout}{done.stderr}"
    _, size, root, *_ = text.split("\n")
    return int(size), base64.b64decode(root)


def check_log(product, folder):
    """That the checkpoint covers the events as the API shows them, and that the tiles hold their leaves."""
    leaves, cursor = [], ""
    size, root = read_checkpoint(product.get(product.base + "/log/checkpoint").decode(), product.get(product.base + "/log/key").decode(), folder)
    while True:
        page = product.api("GET", "/events?limit=1000" + (f"&cursor={cursor}" if cursor else ""))
        leaves += [bytes.fromhex(event["leafHash"]) for event in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert len(leaves) >= size > 0, f"the checkpoint covers {size} events; the API has {len(leaves)}"
    assert root_hash(leaves[:size]) == root, "the checkpoint's root is not the root of the events"
    for start in range(0, size, 256):
        width = min(256, size - start)
        index = f"{start // 256:03}" + ("" if width == 256 else f".p/{width}")
        tile = product.get(f"{product.base}/log/tile/0/{index}")
        assert tile == b"".join(leaves[start:start + width]), f"tile 0/{index} does not hold the leaves"
