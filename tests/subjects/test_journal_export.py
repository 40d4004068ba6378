"""Entries taken out of the journal: every line proven, and nothing changed, added or taken away unseen."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from openclets.config import embedded_postgres
from openclets.config.commands.journal import journal
from openclets.inquiry import journal_export
from openclets.inquiry.journal_export import JournalExport, export_search
from openclets.inquiry.journal_report import attached_to
from openclets.inquiry.journal_search import search_journal
from openclets.journal import verify_export as verify_export_module
from openclets.journal import verify_log
from openclets.journal.log_key import key_in
from openclets.journal.lookup import entry_by_number
from openclets.journal.record import EntryDraft, own_connection, record_durably
from openclets.journal.sealing import keep_sealing
from openclets.journal.search import Criteria, PageWanted, Sort
from openclets.journal.verify_export import Wrong, verify_export
from openclets.vocabulary.errors import Refused, Rejected, Unavailable
from tests.conftest import DATA_FOLDER
from tests.county import County
from tests.own_names import own_letters
from tests.simulators.sealed_journal import LOG_NAME, seal_the_journal

AT = datetime(2026, 11, 20, 17, 36, 27, 410000, tzinfo=UTC)


def _word() -> str:
    return own_letters(14)


def _key() -> str:
    return str(key_in(DATA_FOLDER / "log-key", name=LOG_NAME).verifier)


def _entry(surname: str, seconds: int = 0, **given: object) -> int:
    draft = EntryDraft(
        at=AT + timedelta(seconds=seconds),
        kind="question",
        outcome="answered",
        user_name="chen",
        agency="CA0990100",
        device="CADEMO01",
        channel="socket",
        message_key="QW",
        purpose="C",
        records=("0992632700012", "0992632700013"),
        asked=f"QW.CA0990100.NAM/{surname},DEREK.CAS/26-004711",
        answered="=HYPERLINK(1)\nŁódź, “quoted”, NO RECORD",
        personal={"subject_name": f"{surname},DEREK", "case_number": "26-004711"},
    )
    return record_durably(replace(draft, **given)).number  # type: ignore[arg-type]


def _export(
    county: County,
    surname: str,
    *,
    form: journal_export.Form = "zip",
    wanted: PageWanted | None = None,
    who: str = "eze",
) -> JournalExport:
    """The entries about this surname, all of them sealed."""
    found = search_journal(actor=county.actor(who), now=county.now, criteria=Criteria(subject_name=surname))
    folder = seal_the_journal()
    return export_search(
        actor=county.actor(who),
        now=county.now,
        search=found.receipt.number,
        wanted=wanted or PageWanted(),
        folder=folder,
        form=form,
    )


def _files(export: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(export)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _packed(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, raw in files.items():
            packed.writestr(name, raw)
    return content.getvalue()


@contextmanager
def _sealer_at_work() -> Iterator[None]:
    stop = threading.Event()
    arguments = (own_connection, DATA_FOLDER / "log", key_in(DATA_FOLDER / "log-key", name=LOG_NAME))
    sealing = threading.Thread(target=keep_sealing, args=arguments, kwargs={"until": stop.is_set}, daemon=True)
    sealing.start()
    try:
        yield
    finally:
        stop.set()
        sealing.join()


@pytest.fixture(autouse=True)
def _short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """No sealer is at work but while `exported` is made, which comes before this: nothing would come of waiting."""
    monkeypatch.setattr(journal_export, "OWN_PROOF_WITHIN", 1)


@pytest.fixture(scope="module")
def exported(county: County) -> bytes:
    """Three entries with the proof of the export's own entry, made while a sealer is at work."""
    surname = _word()
    for second in range(3):
        _entry(surname, second)
    seal_the_journal()
    with _sealer_at_work():
        return _export_when_sealed(county, surname).content


def _export_when_sealed(county: County, surname: str) -> JournalExport:
    found = search_journal(actor=county.actor("eze"), now=county.now, criteria=Criteria(subject_name=surname))
    return export_search(
        actor=county.actor("eze"),
        now=county.now,
        search=found.receipt.number,
        wanted=PageWanted(),
        folder=DATA_FOLDER / "log",
        form="zip",
    )


def test_the_table_has_a_line_for_each_entry_in_the_order_wanted(county: County) -> None:
    surname = _word()
    numbers = [_entry(surname, second) for second in range(2)]
    export = _export(county, surname, wanted=PageWanted(Sort.AT, descending=False))
    files = _files(export.content)
    assert export.count == 2
    heads, first, second = csv.reader(io.StringIO(files["entries.csv"].decode("utf-8-sig"), newline=""))
    assert heads == [
        *("number", "at", "user", "agency", "device", "channel", "kind", "key", "purpose", "outcome", "records"),
        *("subject name", "subject birth date", "plate", "licence", "record number", "case number", "attention"),
        *("asked", "answered", "leaf hash", "place in log", "proof"),
    ]
    assert first[:18] == [
        *(str(numbers[0]), "2026-11-20T17:36:27.410000Z", "chen", "CA0990100", "CADEMO01", "socket", "question", "QW"),
        *("C", "answered", "0992632700012 0992632700013", f"{surname},DEREK", "", "", "", "", "26-004711", ""),
    ]
    assert first[18] == f"QW.CA0990100.NAM/{surname},DEREK.CAS/26-004711"
    # A spreadsheet would run what begins with an equals sign.
    assert first[19] == "'=HYPERLINK(1)\nŁódź, “quoted”, NO RECORD"
    entry = entry_by_number(numbers[0])
    assert entry is not None
    assert first[20] == entry.receipt.leaf_hash.hex()
    assert first[22] == f"proofs/{numbers[0]}.tlog-proof"
    assert second[0] == str(numbers[1])
    assert set(files) == {
        *("README.txt", "search.json", "entries.csv", "entries.jsonl", "checkpoint"),
        *(f"proofs/{number}.tlog-proof" for number in numbers),
    }


def test_each_proof_in_an_export_holds_by_itself(county: County, tmp_path: Path) -> None:
    surname = _word()
    number = _entry(surname)
    proof = _files(_export(county, surname).content)[f"proofs/{number}.tlog-proof"]
    (tmp_path / "one.tlog-proof").write_bytes(proof)
    assert verify_log.verify(tmp_path / "one.tlog-proof", _key()).startswith(f"holds: entry {number} (at ")


def test_an_export_holds_and_is_complete_by_the_proof_of_its_own_entry(exported: bytes) -> None:
    said = verify_export(exported, _key())
    assert said.startswith("holds: 3 entries of ")
    assert "complete: no line was taken away since eze exported them at 2026-11-22T17:36:27.000000Z, entry " in said


def test_an_export_made_while_nothing_is_sealed_says_what_it_does_not_show(county: County) -> None:
    surname = _word()
    _entry(surname)
    export = _export(county, surname)
    assert "not shown: that no line was taken away" in verify_export(export.content, _key())
    files = _files(export.content)
    assert f"`openclets receipt {export.receipt.number}`" in files["README.txt"].decode()


def _a_line(files: dict[str, bytes], change: Callable[[dict[str, object]], None]) -> None:
    first, *rest = files["entries.jsonl"].decode().splitlines()
    line = json.loads(first)
    change(line)
    files["entries.jsonl"] = "".join(f"{each}\n" for each in (json.dumps(line, sort_keys=True), *rest)).encode()


def _change_leaf(line: dict[str, object]) -> None:
    line["leaf"] = str(line["leaf"]).replace('"user":"chen"', '"user":"dorn"')


def _texts(**texts: object) -> Callable[[dict[str, bytes]], None]:
    return lambda files: _a_line(files, lambda line: line.update(texts))


def _take_a_line_away(files: dict[str, bytes]) -> None:
    number = json.loads(json.loads(files["entries.jsonl"].decode().splitlines()[0])["leaf"])["number"]
    lines = [verify_export_module.Line(**json.loads(text)) for text in files["entries.jsonl"].decode().splitlines()[1:]]
    files["entries.jsonl"] = verify_export_module.lines_as_bytes(lines)
    files["entries.csv"] = verify_export_module.table_of(lines)
    del files[f"proofs/{number}.tlog-proof"]


def _exchange_proofs(files: dict[str, bytes]) -> None:
    one, other, _ = sorted(name for name in files if name.startswith("proofs/"))
    files[one], files[other] = files[other], files[one]


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (_texts(asked="QW.CA0990100.NAM/SOMEBODY,ELSE"), "what was asked does not give the hash in the entry"),
        (_texts(answered="NO RECORD"), "what was answered does not give the hash in the entry"),
        (_texts(personal={"subject_name": "ELSE"}), "what was personal does not give the hash in the entry"),
        (_texts(salt="00" * 32), "what was asked does not give the hash in the entry"),
        (_texts(salt=None), "part of its texts is missing"),
        (_texts(place=0), "the line is not the entry that its proof proves"),
        (_texts(extra=1), "line 1 of entries.jsonl is no line of an export"),
        (_texts(leaf="{}"), "line 1 of entries.jsonl is no line of an export"),
        (lambda files: _a_line(files, _change_leaf), "the line is not the entry that its proof proves"),
        (_take_a_line_away, "it is of another export than these lines"),
        (_exchange_proofs, "the line is not the entry that its proof proves"),
        (lambda files: files.update({"entries.csv": files["entries.csv"].replace(b"chen", b"dorn", 1)}), "entries.csv"),
        (lambda files: files.update({"proofs/1.tlog-proof.bak": b""}), "belongs to no line"),
        (lambda files: files.pop("checkpoint"), "checkpoint is missing"),
        (lambda files: files.pop(next(n for n in files if n.startswith("proofs/"))), "is missing from the export"),
        (lambda files: files.update(checkpoint=files["checkpoint"].replace(b"\n\n", b"\nx\n\n", 1)), "is false"),
    ],
)
def test_a_changed_export_is_found_and_the_change_named(
    exported: bytes, tamper: Callable[[dict[str, bytes]], None], told: str
) -> None:
    files = _files(exported)
    tamper(files)
    with pytest.raises(Wrong, match=told):
        verify_export(_packed(files), _key())


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04 no archive", b"text"])
def test_what_is_no_export_is_said_to_be_none(database: None, raw: bytes) -> None:
    with pytest.raises(Wrong, match="the file is no export"):
        verify_export(raw, _key())


def test_the_export_is_checked_by_two_files_alone(exported: bytes, tmp_path: Path) -> None:
    for module in (verify_export_module, verify_log):
        assert module.__file__ is not None
        shutil.copy(module.__file__, tmp_path)
    (tmp_path / "export.zip").write_bytes(exported)
    done = subprocess.run(
        [sys.executable, "-I", "-c", _RUN_ALONE, str(tmp_path), _key()], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.splitlines()[0][:16]) == (0, "holds: 3 entries"), done.stderr


_RUN_ALONE = """
import sys
sys.path.insert(0, sys.argv[1])
import verify_export
assert "openclets" not in sys.modules
sys.exit(verify_export.main([sys.argv[1] + "/export.zip", "--key", sys.argv[2]]))
"""


def test_the_report_shows_every_entry_with_its_receipt_and_carries_the_export(county: County, tmp_path: Path) -> None:
    surname = _word()
    numbers = [_entry(surname, second) for second in range(2)]
    export = _export(county, surname, form="pdf")
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(export.content)).pages)
    for number in numbers:
        entry = entry_by_number(number)
        assert entry is not None
        assert f"Entry {number}: question, answered" in text
        assert str(entry.receipt) in text.replace("\n", "")
    assert "chen" in text
    assert f"QW.CA0990100.NAM/{surname},DEREK.CAS/26-004711" in text
    # A letter that the document's type lacks is written as its code, not left out.
    assert "\\u0141ód\\u017a, “quoted”, NO RECORD" in text
    assert "Taken out by eze, CA0990000" in text
    checkpoint = (DATA_FOLDER / "log" / "checkpoint").read_text()
    assert checkpoint.splitlines()[2] in text
    attached = attached_to(export.content)
    assert attached is not None
    assert verify_export(attached, _key()).startswith("holds: 2 entries")
    for form, raw in (("pdf", export.content), ("zip", attached)):
        (tmp_path / f"export.{form}").write_bytes(raw)
        done = CliRunner().invoke(journal, ["verify", str(tmp_path / f"export.{form}"), "--key", _key()])
        assert done.output.startswith("holds: 2 entries"), done.output


def test_an_erased_body_is_exported_as_erased_and_its_entry_still_proven(county: County) -> None:
    surname = _word()
    record = f"R{own_letters(12)}"
    number = _entry(surname, records=(record,))
    with psycopg.connect(embedded_postgres.conninfo(DATA_FOLDER, embedded_postgres.RETENTION_ROLE)) as raw:
        raw.execute("INSERT INTO journal_erased (entry_number, erased_by) VALUES (%s, 1)", [number])
        raw.execute("DELETE FROM journal_body WHERE entry_number = %s", [number])
    found = search_journal(actor=county.actor("eze"), now=county.now, criteria=Criteria(record=record))
    export = export_search(
        actor=county.actor("eze"),
        now=county.now,
        search=found.receipt.number,
        wanted=PageWanted(),
        folder=seal_the_journal(),
        form="zip",
    )
    said = verify_export(export.content, _key())
    assert "1 entries of" in said
    assert "the texts of 1 were erased before the export" in said


def test_an_export_is_recorded_with_the_hash_of_its_lines_and_what_was_taken(county: County) -> None:
    surname = _word()
    number = _entry(surname)
    export = _export(county, surname)
    entry = entry_by_number(export.receipt.number)
    assert entry is not None
    assert (entry.listed.kind, entry.listed.user_name, entry.listed.outcome) == ("journal exported", "eze", "answered")
    assert entry.answered == f"subject name: {surname}: 1 entries, {number}"
    assert entry.personal is not None
    assert entry.personal["subject_name"] == surname
    assert json.loads(_files(export.content)["search.json"])["lines_sha256"] == entry.listed.records[0]


def test_more_than_an_export_holds_is_refused_with_advice_and_never_cut(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(journal_export.MOST, "zip", 2)
    surname = _word()
    for second in range(3):
        _entry(surname, second)
    with pytest.raises(Rejected, match="more than 2 entries fit"):
        _export(county, surname)
    with pytest.raises(Rejected, match="no entry fits"):
        _export(county, _word())


def test_an_entry_that_is_not_sealed_yet_is_not_exported_without_its_proof(county: County) -> None:
    surname = _word()
    folder = seal_the_journal()
    number = _entry(surname)
    found = search_journal(actor=county.actor("eze"), now=county.now, criteria=Criteria(subject_name=surname))
    with pytest.raises(Unavailable, match=f"entry {number} is not sealed yet"):
        export_search(
            actor=county.actor("eze"),
            now=county.now,
            search=found.receipt.number,
            wanted=PageWanted(),
            folder=folder,
            form="zip",
        )


def test_a_coordinator_exports_the_entries_of_the_own_agency_alone(county: County) -> None:
    surname = _word()
    own = _entry(surname, agency="CA0990000")
    _entry(surname)
    export = _export(county, surname, who="fox")
    assert [name for name in _files(export.content) if name.startswith("proofs/")] == [f"proofs/{own}.tlog-proof"]
    with pytest.raises(Refused):
        _export(county, surname, who="chen")
