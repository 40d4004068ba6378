"""The public log's forms: keys, notes, trees, tiles and proofs, each against values made elsewhere."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openclets.journal import verify_log
from openclets.journal.log_folder import LogWriter, consistency_proof, inclusion_proof, root_at
from openclets.journal.log_key import LogKey, key_in
from openclets.journal.verify_log import (
    COSIGNATURE,
    Checkpoint,
    Frontier,
    Proof,
    Signature,
    Verifier,
    Wrong,
    is_consistent,
    key_id_of,
    leaf_hash,
    read_checkpoint,
    read_note,
    read_verifier,
    root_by_inclusion,
    root_of,
    tile_path,
    verify_folder,
    verify_proof,
)

NAME = "clets.example.gov/journal"

LEAVES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The reference tree of Certificate Transparency: its eight leaves and the root at each size."""


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> LogKey:
    return key_in(tmp_path_factory.mktemp("key") / "log-key", name=NAME)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory, key: LogKey) -> Path:
    """A log of 1,100 entries that grew in five steps, with the checkpoint of each step beside it."""
    folder = tmp_path_factory.mktemp("log")
    build(folder / "log", key, entries(1100), steps=(1, 200, 256, 700, 1100), keep=folder)
    return folder / "log"


def entries(count: int) -> list[bytes]:
    return [b'{"kind":"question","number":%d}' % (1000 + place) for place in range(count)]


def build(folder: Path, key: LogKey, leaves: list[bytes], *, steps: tuple[int, ...], keep: Path | None = None) -> None:
    for before, size in zip((0, *steps), steps, strict=False):
        writer = LogWriter(folder, before)
        writer.append(leaves[writer.size : size])
        writer.flush()
        note = str(key.sign(Checkpoint(NAME, size, writer.root())))
        writer.publish(note)
        if keep:
            (keep / f"checkpoint-{size}").write_text(note, encoding="utf-8")


@pytest.fixture
def copied(log: Path, tmp_path: Path) -> Path:
    shutil.copytree(log, tmp_path / "log")
    return tmp_path / "log"


# Keys and notes


def test_the_key_of_a_known_log_is_read_and_written_alike() -> None:
    known = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    assert str(read_verifier(known)) == known


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "sum.golang.org",
        "sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "sum.golang.com+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn=",
    ],
)
def test_a_key_that_is_not_whole_is_none(vkey: str) -> None:
    with pytest.raises(Wrong, match="verifier key"):
        read_verifier(vkey)


def test_a_checkpoint_is_written_exactly_so(key: LogKey) -> None:
    root = bytes.fromhex(ROOTS[8])
    text = str(key.sign(Checkpoint(NAME, 8, root)))
    head, _, signature = text.partition("\n\n")
    assert head == "clets.example.gov/journal\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg="
    assert signature.startswith("\u2014 clets.example.gov/journal ")
    assert read_checkpoint(text.encode(), key.verifier) == Checkpoint(NAME, 8, root)


def test_openssl_agrees_with_the_signature(key: LogKey, tmp_path: Path) -> None:
    note = key.sign(Checkpoint(NAME, 8, bytes.fromhex(ROOTS[8])))
    (tmp_path / "key").write_bytes(bytes.fromhex("302a300506032b6570032100") + key.verifier.public_bytes)
    (tmp_path / "text").write_text(note.text)
    (tmp_path / "signature").write_bytes(note.signatures[0].value)
    done = subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key", "-rawin", "-in", "text",
         "-sigfile", "signature"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_checkpoint_of_another_key_or_log_is_not_believed(key: LogKey, tmp_path: Path) -> None:
    text = str(key.sign(Checkpoint(NAME, 1, bytes(32)))).encode()
    with pytest.raises(Wrong, match="not signed by"):
        read_checkpoint(text, key_in(tmp_path / "other", name=NAME).verifier)
    foreign = replace(key, verifier=replace(key.verifier, name=NAME))
    with pytest.raises(Wrong, match="another log"):
        read_checkpoint(str(foreign.sign(Checkpoint("elsewhere.example", 1, bytes(32)))).encode(), key.verifier)


def witness(name: str) -> tuple[Ed25519PrivateKey, Verifier]:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    return private, Verifier(name, key_id_of(name, COSIGNATURE, public), COSIGNATURE, public)


def test_a_cosignature_counts_only_for_the_witness_who_gave_it(key: LogKey) -> None:
    (private, known), (_, other) = witness("witness.example/w1"), witness("witness.example/w2")
    note = key.sign(Checkpoint(NAME, 1, bytes(32)))
    at = 1679315147
    signed = private.sign(b"cosignature/v1\ntime 1679315147\n" + note.text.encode())
    line = Signature(known.name, known.key_id, at.to_bytes(8, "big") + signed)
    cosigned = str(replace(note, signatures=(*note.signatures, line))).encode()
    assert read_checkpoint(cosigned, key.verifier, [known]).size == 1
    with pytest.raises(Wrong, match=r"not signed by witness\.example/w2"):
        read_checkpoint(cosigned, key.verifier, [other])
    backdated = replace(line, value=(at - 1).to_bytes(8, "big") + signed)
    with pytest.raises(Wrong, match="false"):
        read_checkpoint(str(replace(note, signatures=(*note.signatures, backdated))).encode(), key.verifier, [known])


# Trees and proofs


def test_the_roots_are_those_of_the_reference_tree() -> None:
    frontier = Frontier()
    for size, root in enumerate(ROOTS):
        assert root_of([leaf_hash(leaf) for leaf in LEAVES[:size]]).hex() == root
        assert frontier.root().hex() == root
        if size < len(LEAVES):
            frontier.append(leaf_hash(LEAVES[size]))


def test_proofs_of_the_reference_tree_are_the_published_ones(tmp_path: Path) -> None:
    writer = LogWriter(tmp_path)
    writer.append(LEAVES)
    writer.flush()
    # Source: the inclusion proof of leaf 5 in 8 and the consistency proof of 6 and 8, from the same reference tests.
    assert [each.hex() for each in inclusion_proof(tmp_path, 5, 8)] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert [each.hex() for each in consistency_proof(tmp_path, 6, 8)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_every_entry_of_every_size_can_be_proven_and_every_two_sizes_are_consistent(tmp_path: Path) -> None:
    hashes = [leaf_hash(leaf) for leaf in entries(70)]
    writer = LogWriter(tmp_path)
    writer.append(entries(70))
    writer.flush()
    roots = [Checkpoint(NAME, size, root_of(hashes[:size])) for size in range(71)]
    for new in roots:
        for place in range(new.size):
            proof = inclusion_proof(tmp_path, place, new.size)
            assert root_by_inclusion(hashes[place], place, new.size, proof) == new.root
        for old in roots[: new.size + 1]:
            proof = consistency_proof(tmp_path, old.size, new.size)
            assert is_consistent(old, new, proof)
            if proof:
                assert not is_consistent(old, new, proof[:-1])
                assert not is_consistent(old, new, (*proof, proof[0]))
                assert not is_consistent(replace(old, root=bytes(32)), new, proof)


def test_a_log_across_tiles_of_three_levels_gives_the_roots_it_had(tmp_path: Path, key: LogKey) -> None:
    leaves = entries(66_000)
    writer = LogWriter(tmp_path)
    sizes = (255, 256, 257, 65_535, 65_536, 65_537, 66_000)
    for size in sizes:
        writer.append(leaves[writer.size : size])
        writer.flush()
        writer.publish(str(key.sign(Checkpoint(NAME, size, writer.root()))))
        assert writer.root() == root_of([leaf_hash(leaf) for leaf in leaves[:size]])
        writer = LogWriter(tmp_path, size)
    assert verify_folder(tmp_path, key.verifier).size == 66_000
    for size in sizes:
        assert root_at(tmp_path, size, 66_000) == root_of([leaf_hash(leaf) for leaf in leaves[:size]])


# Source: tlog-tiles, whose own examples are index 1234067 and a tree of 70,000.
@pytest.mark.parametrize(
    ("level", "index", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 1234067, 256, "tile/0/x001/x234/067"),
        (1, 1, 17, "tile/1/001.p/17"),
        ("entries", 273, 112, "tile/entries/273.p/112"),
    ],
)
def test_a_tile_lies_where_its_readers_look(level: int | str, index: int, width: int, path: str) -> None:
    assert tile_path(level, index, width) == path


def test_a_log_has_the_tiles_of_its_size_and_no_others(log: Path) -> None:
    files = {path.relative_to(log).as_posix() for path in log.rglob("*") if path.is_file()}
    assert files == {
        "checkpoint",
        *(f"tile/{level}/00{index}" for level in ("0", "entries") for index in range(4)),
        "tile/0/004.p/76",
        "tile/entries/004.p/76",
        # Of the sizes 256 and 700 that were signed on the way; their full tile is not there yet.
        "tile/1/000.p/1",
        "tile/1/000.p/2",
        "tile/1/000.p/4",
    }


# Folders that were tampered with


def swap(folder: Path, one: str, other: str) -> None:
    (folder / one).rename(folder / "aside")
    (folder / other).rename(folder / one)
    (folder / "aside").rename(folder / other)


def edit_entry(folder: Path, change: Callable[[list[bytes]], object], *, hashes_too: bool = False) -> None:
    """Changes the entries of the second tile, and when asked for its hashes, so that both agree."""
    leaves = verify_log.unpack_entries((folder / "tile/entries/001").read_bytes())
    change(leaves)
    (folder / "tile/entries/001").write_bytes(verify_log.pack_entries(leaves))
    if hashes_too:
        (folder / "tile/0/001").write_bytes(b"".join(leaf_hash(leaf) for leaf in leaves))


def reorder(leaves: list[bytes]) -> None:
    leaves[7], leaves[8] = leaves[8], leaves[7]


def rewrite(leaves: list[bytes]) -> None:
    leaves[7] = leaves[7].replace(b"question", b"QUESTION")


TAMPERINGS: dict[str, tuple[Callable[[Path], object], str]] = {
    "edited": (lambda f: edit_entry(f, rewrite), r"entry 1263 \(at 263\)"),
    "deleted": (lambda f: edit_entry(f, lambda leaves: leaves.pop(7)), r"entry 1264 \(at 263\)"),
    "inserted": (lambda f: edit_entry(f, lambda leaves: leaves.insert(7, b"{}")), "entry at 263"),
    "reordered": (lambda f: edit_entry(f, reorder), r"entry 1264 \(at 263\)"),
    "edited with its hash": (lambda f: edit_entry(f, rewrite, hashes_too=True), "entries 256 to 511"),
    "reordered with the hashes": (lambda f: edit_entry(f, reorder, hashes_too=True), "entries 256 to 511"),
    "bundles swapped": (lambda f: swap(f, "tile/entries/001", "tile/entries/002"), r"entry 1512 \(at 256\)"),
    "hash tiles swapped": (lambda f: swap(f, "tile/0/001", "tile/0/002"), r"entry 1256 \(at 256\)"),
    "length of the last entry edited": (lambda f: state_longer(f / "tile/entries/001"), r"entry 1511 \(at 511\)"),
    "hash tile truncated": (lambda f: truncate(f / "tile/0/001", 320), r"entry 1266 \(at 266\)"),
    "hash tile too long": (lambda f: lengthen(f / "tile/0/001"), "entry at 512: tile/0/001 has 8193 bytes"),
    "bundle truncated": (lambda f: truncate(f / "tile/entries/001", 100), "entry at 258"),
    "upper tile edited": (lambda f: lengthen(f / "tile/1/000.p/4"), "entries from 0"),
    "partial tile gone": (lambda f: (f / "tile/0/004.p/76").unlink(), r"entry at 1024: tile/0/004.p/76 is missing"),
    "tile gone": (lambda f: (f / "tile/0/002").unlink(), "entry at 512: tile/0/002 is missing"),
    "bundle gone": (lambda f: (f / "tile/entries/002").unlink(), "entry at 512: tile/entries/002 is missing"),
    "foreign file": (lambda f: (f / "tile/0/readme").write_text("?"), "tile/0/readme does not belong"),
    "old partial tile edited": (lambda f: (f / "tile/1/000.p/2").write_bytes(bytes(64)), "tile/1/000.p/2"),
    "no checkpoint": (lambda f: (f / "checkpoint").unlink(), "checkpoint is missing"),
}


def truncate(path: Path, count: int) -> None:
    path.write_bytes(path.read_bytes()[:count])


def state_longer(path: Path) -> None:
    """The bundle's last entry is said to be 256 bytes longer than it is."""
    bundle = bytearray(path.read_bytes())
    bundle[-len(verify_log.unpack_entries(bytes(bundle))[-1]) - 2] += 1
    path.write_bytes(bundle)


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\x00")


def test_an_untouched_log_holds_with_every_checkpoint_it_ever_had(log: Path, key: LogKey) -> None:
    kept = [read_checkpoint(path.read_bytes(), key.verifier) for path in log.parent.glob("checkpoint-*")]
    assert len(kept) == 5
    assert verify_folder(log, key.verifier, (), kept).size == 1100


@pytest.mark.parametrize("what", TAMPERINGS)
def test_a_log_folder_that_was_tampered_with_is_found_and_the_place_named(copied: Path, key: LogKey, what: str) -> None:
    tamper, named = TAMPERINGS[what]
    tamper(copied)
    with pytest.raises(Wrong, match=named):
        verify_folder(copied, key.verifier)


def test_a_log_rolled_back_to_an_earlier_checkpoint_is_found_by_what_lies_beyond(copied: Path, key: LogKey) -> None:
    older = LogWriter(copied, 700)
    (copied / "checkpoint").write_text(str(key.sign(Checkpoint(NAME, 700, older.root()))), encoding="utf-8")
    with pytest.raises(Wrong, match=r"entry at 700: .* rolled back"):
        verify_folder(copied, key.verifier)


def test_a_log_rolled_back_with_all_its_files_is_found_by_who_kept_a_checkpoint(
    tmp_path: Path, log: Path, key: LogKey
) -> None:
    build(tmp_path / "log", key, entries(700), steps=(700,))
    assert verify_folder(tmp_path / "log", key.verifier).size == 700
    kept = read_checkpoint((log / "checkpoint").read_bytes(), key.verifier)
    with pytest.raises(Wrong, match="entry at 700: missing; the log was rolled back from 1100 entries to 700"):
        verify_folder(tmp_path / "log", key.verifier, (), [kept])


def test_a_forked_log_is_found_by_who_kept_a_checkpoint(tmp_path: Path, log: Path, key: LogKey) -> None:
    forged = entries(1200)
    forged[300] = b'{"number":1300,"kind":"another"}'
    build(tmp_path / "log", key, forged, steps=(1200,))
    assert verify_folder(tmp_path / "log", key.verifier).size == 1200
    for size, found in ((256, True), (700, False)):
        kept = read_checkpoint((log.parent / f"checkpoint-{size}").read_bytes(), key.verifier)
        if found:
            assert verify_folder(tmp_path / "log", key.verifier, (), [kept]).size == 1200
        else:
            with pytest.raises(Wrong, match="entries before 700: the log was forked"):
                verify_folder(tmp_path / "log", key.verifier, (), [kept])


def test_a_public_copy_without_entries_holds_by_its_hashes_and_only_when_asked_so(copied: Path, key: LogKey) -> None:
    shutil.rmtree(copied / "tile/entries")
    assert verify_folder(copied, key.verifier, hashes_only=True).size == 1100
    with pytest.raises(Wrong, match="tile/entries/000 is missing"):
        verify_folder(copied, key.verifier)


def edit_a_byte(folder: Path, chance: random.Random) -> tuple[Path, bytes]:
    """Changes one byte, each byte of the log as likely as any other; the file and what it held."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    path = chance.choices(files, weights=[path.stat().st_size for path in files])[0]
    before = path.read_bytes()
    at = chance.randrange(len(before))
    changed = bytearray(before)
    changed[at] ^= chance.randrange(1, 256)
    path.write_bytes(changed)
    return path, before


def holds(folder: Path, key: LogKey) -> bool:
    try:
        verify_folder(folder, key.verifier)
    except Wrong:
        return False
    return True


def test_every_edit_of_a_single_byte_is_found(tmp_path: Path, key: LogKey) -> None:
    """Ten thousand of them are tried by `make bench`."""
    build(tmp_path / "log", key, entries(300), steps=(1, 100, 300))
    chance = random.Random(20261122)
    for turn in range(600):
        path, before = edit_a_byte(tmp_path / "log", chance)
        assert not holds(tmp_path / "log", key), f"edit {turn} of {path} was not found"
        path.write_bytes(before)
    assert verify_folder(tmp_path / "log", key.verifier).size == 300


def test_every_byte_of_the_checkpoint_counts(copied: Path, key: LogKey) -> None:
    whole = (copied / "checkpoint").read_bytes()
    for at in range(len(whole)):
        for flip in (0x01, 0x20, 0x80):
            changed = bytearray(whole)
            changed[at] ^= flip
            with pytest.raises(Wrong):
                read_checkpoint(bytes(changed), key.verifier)


# Proofs as files


@pytest.fixture(scope="module")
def proof(log: Path) -> bytes:
    checkpoint = (log / "checkpoint").read_text(encoding="utf-8")
    return str(Proof(700, entries(1100)[700], inclusion_proof(log, 700, 1100), checkpoint)).encode()


def test_a_proof_holds_by_itself(proof: bytes, key: LogKey) -> None:
    shown, checkpoint = verify_proof(proof, key.verifier)
    assert (shown.index, shown.leaf, checkpoint.size) == (700, b'{"kind":"question","number":1700}', 1100)
    lines = proof.decode().split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    assert lines[1] == "extra eyJraW5kIjoicXVlc3Rpb24iLCJudW1iZXIiOjE3MDB9"
    assert lines[2] == "index 700"


def test_every_byte_of_a_proof_counts(proof: bytes, key: LogKey) -> None:
    for at in range(len(proof)):
        changed = bytearray(proof)
        changed[at] ^= 0x01
        with pytest.raises(Wrong):
            verify_proof(bytes(changed), key.verifier)
    for cut in range(len(proof)):
        with pytest.raises(Wrong):
            verify_proof(proof[:cut], key.verifier)


@pytest.mark.parametrize("hostile", [b"", b"\xff", b"[" * 60_000, b'{"number":1e999}', b'{"number":[]}', b"null"])
def test_an_entry_that_cannot_be_read_is_named_by_its_place(hostile: bytes, proof: bytes, key: LogKey) -> None:
    shown = verify_log.read_proof(proof)
    with pytest.raises(Wrong, match=r"^entry at 700: the entry is not at this place"):
        verify_proof(str(replace(shown, leaf=hostile)).encode(), key.verifier)


# The stand-alone file


def test_one_file_alone_checks_folder_and_proof(tmp_path: Path, copied: Path, proof: bytes, key: LogKey) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(verify_log.__file__, alone / "verify_log.py")
    (alone / "entry.tlog-proof").write_bytes(proof)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", "verify_log.py", *arguments, "--key", str(key.verifier)],
            cwd=alone, capture_output=True, text=True, check=False,
        )  # fmt: skip

    held = run(str(copied))
    assert (held.returncode, held.stdout[:26]) == (0, "holds: 1100 entries of " + NAME[:3])
    assert run("entry.tlog-proof").returncode == 0
    edit_entry(copied, rewrite)
    found = run(str(copied))
    assert (found.returncode, found.stdout[:22]) == (1, "entry 1263 (at 263): t")


def test_the_stand_alone_file_takes_nothing_but_the_standard_library_and_cryptography() -> None:
    source = Path(verify_log.__file__).read_text(encoding="utf-8")
    imported = {
        line.split()[1].partition(".")[0] for line in source.splitlines() if line.startswith(("import", "from"))
    }
    assert imported - set(sys.stdlib_module_names) == {"cryptography"}


def test_a_note_in_another_spelling_is_none(key: LogKey) -> None:
    text = str(key.sign(Checkpoint(NAME, 1, bytes(32))))
    for other in (text + "\n", text[:-1], text.replace("\n", "\r\n"), "\n" + text, text.replace("= ", "")[:-2] + "\n"):
        with pytest.raises(Wrong):
            read_checkpoint(other.encode(), key.verifier)
    assert str(read_note(text.encode())) == text
