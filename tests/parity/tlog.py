"""The evidence log and the Go libraries of transparency-dev (merkle, formats, tessera): they verify a log of ours, its
proofs, receipts and cosignatures; and merkle's own test vectors go through our verification (ASSAY_MERKLE_VECTORS: the
folder testdata of a checkout of github.com/transparency-dev/merkle)."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ASSAY = os.environ["ASSAY"]
BUILD = pathlib.Path(os.environ["ASSAY_BINARY_DIR"])
HERE = pathlib.Path(os.environ["ASSAY_SOURCE_DIR"]) / "tests/parity/tlog"


def run(*words, **env):
    done = subprocess.run([ASSAY, *map(str, words)], capture_output=True, text=True, env=dict(os.environ, **env))
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


def go_verifies(home):
    """A log of a few thousand entries, of many commits."""
    keys = {"ASSAY_KEYS": str(home / "keys")}
    with subprocess.Popen([BUILD / "tests/log_appender", home / "evidence/log", "0"], stdout=subprocess.PIPE,
                          text=True) as appender:
        size = 0
        while size < 3000:
            line = appender.stdout.readline().strip()
            size = int(line) if line.isdigit() else size
        appender.kill()
    # The appender's key: a seed of 32 bytes 7, so that its public half is known.
    origin = "test.example/log"
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    import base64
    import hashlib
    public = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    ident = hashlib.sha256(origin.encode() + b"\n\x01" + public).digest()[:4].hex()
    key = base64.b64encode(b"\x01" + public).decode()
    vkey = f"{origin}+{ident}+{key}"
    (home / "receipts").mkdir()
    for index in (0, 255, 256, 1000, 2999):
        run("log", "receipt", "--evidence", home / "evidence", "--index", index, "--key", vkey, "-o",
            home / f"receipts/{index}", **keys)
    run("key", "new", "witness.example/w", **keys)
    witness = run("key", "export", "witness.example/w", "--format", "cosigner", **keys).strip()
    run("log", "cosign", "--evidence", home / "evidence", "--key", "witness.example/w", "--log-key", vkey, "-o",
        home / "cosigned", **keys)
    shutil.copytree(HERE, home / "go")
    done = subprocess.run(["go", "run", "-mod=mod", ".", home / "evidence/log", vkey, home / "receipts",
                           home / "cosigned", witness], cwd=home / "go", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    print(done.stdout.strip())
    # And it does not verify what was changed.
    tile = home / "evidence/log/tile/entries/002"
    content = bytearray(tile.read_bytes())
    content[100] ^= 1
    tile.write_bytes(content)
    done = subprocess.run(["go", "run", "-mod=mod", ".", home / "evidence/log", vkey, home / "receipts",
                           home / "cosigned", witness], cwd=home / "go", capture_output=True, text=True)
    assert done.returncode != 0 and "FAILED" in done.stdout, done.stdout


def vectors():
    folder = os.environ.get("ASSAY_MERKLE_VECTORS")
    if not folder:
        print("skipped the vectors: ASSAY_MERKLE_VECTORS names no folder")
        return
    subprocess.run(["ninja", "-C", BUILD, "merkle_vectors"], check=True, stdout=subprocess.DEVNULL)
    done = subprocess.run([BUILD / "tests/merkle_vectors", folder], capture_output=True, text=True)
    print(done.stdout.strip())
    assert done.returncode == 0


def main():
    vectors()
    if not shutil.which("go"):
        print("skipped: no Go here")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as home:
        go_verifies(pathlib.Path(home))


main()
