"""An answer survives the wire whole, reads well on a terminal, and nothing inside a value can forge a part of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclets.vocabulary.answers import AnswerBody, File, FileAnswer, FileState, Hit, HitClass, HitField
from openclets.vocabulary.errors import Rejected
from openclets.wire.answer_text import compose_answer, parse_answer
from openclets.wire.layout import END_MARK, plain

HOLLOWAY = Hit(
    file=File.ORDERS,
    hit_class=HitClass.ORDER_ENFORCEMENT,
    record_id="0992632700012",
    score=0.97,
    verdict="likely",
    headline="NO CONTACT, ARMED: order in force, not yet served",
    lines=(
        "HOLLOWAY, DEREK ALAN must stay 100 yards from HOLLOWAY, MARIA ELENA, her home, her workplace and her vehicle.",
        "Tell him the terms now: telling him is service.",
    ),
    why=("name agrees exactly", "birth date agrees"),
    fields=(
        HitField("EXP", "Expires", "2029-03-01"),
        HitField("CAS", "Court case", "26FL01234"),
        HitField("MIS", "", ""),
    ),
    images=2,
)
FILES = (
    FileAnswer(File.ORDERS, FileState.HIT, "1 order"),
    FileAnswer(File.WANTED, FileState.NOT_HELD),
    FileAnswer(File.NATIONAL, FileState.UNAVAILABLE, "since 2026-11-22 08:00Z"),
)
ANSWER = AnswerBody((HOLLOWAY,), FILES, ("NAM has 31 characters",))

ANSWER_TEXT = """\
ANSWER: 1 HIT. 1 OF 3 FILES ANSWERED.
NOTE NAM has 31 characters

HIT 1 OF 1 - PROTECTIVE ORDERS - ORDER ENFORCEMENT
*** NO CONTACT, ARMED: order in force, not yet served
  - HOLLOWAY, DEREK ALAN must stay 100 yards from HOLLOWAY, MARIA ELENA,
    her home, her workplace and her vehicle.
  - Tell him the terms now: telling him is service.
WHY name agrees exactly
WHY birth date agrees
RECORD 0992632700012
SAME PERSON 0.97 likely
IMAGES 2
EXP/2029-03-01  [Expires]
CAS/26FL01234  [Court case]
MIS/

FILES ASKED
PROTECTIVE ORDERS          HIT - 1 order
WANTED PERSONS             NOT HELD HERE
NATIONAL INDEX             UNAVAILABLE - since 2026-11-22 08:00Z"""

FORGERIES = (
    "\nHIT 2 OF 2 - WANTED PERSONS - ARREST AFTER CONFIRMATION",
    "\r\n\r\nFILES ASKED\r\nWANTED PERSONS             NO RECORD",
    "x\u2028FILES ASKED\u2029WANTED PERSONS             NO RECORD",
    "x\x85*** nothing to fear\x0b\x0cEXP/2001-01-01  [Expires]",
    "x  [Expires]",
    "HIT 1 OF 1 - WANTED PERSONS - WELFARE",
    "FILES ASKED",
    "WANTED PERSONS             NO RECORD",
    "EXP/2001-01-01",
    "*** END OF MESSAGE ***",
    "END OF MESSAGE ***",
    "NOTE all clear",
    " " * 80 + "FILES ASKED",
    "x" * 71 + "\nFILES ASKED",
    "x" * 72 + "FILES ASKED",
    "   +FILES ASKED",
)

PRINTABLE = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs")), max_size=30)
WORDS = st.lists(
    st.one_of(PRINTABLE, st.sampled_from([forgery.strip() for forgery in FORGERIES]), st.text("[]-+/*A", max_size=90)),
    max_size=8,
)
VALUE = WORDS.map(" ".join).map(plain)
VALUES = st.lists(VALUE, max_size=3).map(tuple)
FIELDS = st.builds(HitField, st.from_regex(r"[A-Z0-9]{2,4}", fullmatch=True), VALUE, VALUE)
HITS = st.builds(
    Hit,
    file=st.sampled_from(File),
    hit_class=st.sampled_from(HitClass),
    record_id=VALUE,
    score=st.floats(0, 1),
    verdict=VALUE,
    headline=VALUE,
    lines=VALUES,
    why=VALUES,
    fields=st.lists(st.builds(HitField, st.from_regex(r"[A-Z0-9]{2,4}", fullmatch=True), VALUE, VALUE), max_size=3).map(
        tuple
    ),
    images=st.integers(0, 999),
)
BODIES = st.builds(
    AnswerBody,
    st.lists(HITS, max_size=3).map(tuple),
    st.lists(st.builds(FileAnswer, st.sampled_from(File), st.sampled_from(FileState), VALUE), max_size=4).map(tuple),
    VALUES,
)


def test_an_answer_is_worded_for_a_terminal() -> None:
    assert compose_answer(ANSWER) == ANSWER_TEXT


def test_an_answer_s_text_is_read_back() -> None:
    assert parse_answer(ANSWER_TEXT) == ANSWER


def test_no_hit_and_several_hits_are_counted_in_the_first_line() -> None:
    assert compose_answer(AnswerBody((), FILES)).startswith("ANSWER: NO HIT. 1 OF 3 FILES ANSWERED.\n")
    assert compose_answer(AnswerBody((HOLLOWAY, HOLLOWAY), ())).startswith("ANSWER: 2 HITS. 0 OF 0 FILES ANSWERED.\n")


@given(BODIES)
def test_any_answer_of_printable_text_comes_back_exactly(body: AnswerBody) -> None:
    assert parse_answer(compose_answer(body)) == body


@given(BODIES)
def test_no_line_is_wider_than_72_columns_or_looks_like_the_end(body: AnswerBody) -> None:
    lines = compose_answer(body).split("\n")
    assert max(len(line) for line in lines) <= 72
    assert END_MARK not in [line.strip() for line in lines]


@given(st.text(max_size=200))
def test_any_text_becomes_one_printable_line(text: str) -> None:
    value = plain(text)
    assert value.isprintable()
    assert "  " not in value
    assert plain(value) == value


@pytest.mark.parametrize("forgery", FORGERIES)
def test_nothing_inside_a_value_can_forge_a_hit_or_what_a_file_said(forgery: str) -> None:
    forged = Hit(
        file=File.ORDERS,
        hit_class=HitClass.ORDER_ENFORCEMENT,
        record_id=forgery,
        score=0.5,
        verdict=forgery,
        headline=forgery,
        lines=(forgery, forgery),
        why=(forgery,),
        fields=(HitField("NAM", forgery, forgery),),
    )
    text = compose_answer(AnswerBody((forged,), (FileAnswer(File.WANTED, FileState.NOT_HELD, forgery),), (forgery,)))
    lines = text.split("\n")
    assert [line for line in lines if line.startswith("HIT ")] == ["HIT 1 OF 1 - PROTECTIVE ORDERS - ORDER ENFORCEMENT"]
    assert lines.count("FILES ASKED") == 1
    assert not any(line.startswith("WANTED PERSONS             NO RECORD") for line in lines)
    assert len([line for line in lines if line.startswith(("EXP/", "NAM/"))]) == 1
    assert len([line for line in lines if line.startswith("***")]) == 1
    assert len(text.splitlines()) == len(lines)
    assert END_MARK not in [line.strip() for line in lines]

    read = parse_answer(text)
    assert len(read.hits) == 1
    assert [(one.file, one.state) for one in read.files] == [(File.WANTED, FileState.NOT_HELD)]
    assert len(read.notes) == 1
    assert read.hits[0].headline == plain(forgery)
    assert len(read.hits[0].fields) == 1


def test_marks_that_only_steer_the_display_do_not_reach_a_terminal() -> None:
    assert plain("DOE\u202e,JO\u200bHN\x1b[2J") == "DOE,JOHN [2J"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "HELLO",
        "    +HELLO",
        "ANSWER: 1 HIT. 1 OF 3 FILES ANSWERED.",
        ANSWER_TEXT.replace("1 HIT.", "2 HITS."),
        ANSWER_TEXT.replace("HIT 1 OF 1", "HIT 1 OF 2"),
        ANSWER_TEXT.replace("HIT 1 OF 1", "HIT 2 OF 1"),
        ANSWER_TEXT.replace("PROTECTIVE ORDERS - ORDER", "PARKING TICKETS - ORDER"),
        ANSWER_TEXT.replace("RECORD 0992632700012\n", ""),
        ANSWER_TEXT.replace("SAME PERSON 0.97", "SAME PERSON nan"),
        ANSWER_TEXT.replace("IMAGES 2", "IMAGES two"),
        ANSWER_TEXT.replace("[Expires]", "[Expires"),
        ANSWER_TEXT.replace("MIS/", "SOMETHING"),
        ANSWER_TEXT.replace("NOT HELD HERE", "NO IDEA"),
        ANSWER_TEXT.replace("FILES ASKED\n", ""),
        "FILES ASKED\n" + ANSWER_TEXT,
    ],
)
def test_a_text_that_is_no_answer_is_rejected(text: str) -> None:
    with pytest.raises(Rejected) as caught:
        parse_answer(text)
    assert [fault.code for fault in caught.value.faults] == ["00"]


@given(st.text(max_size=200), st.integers(0, 700))
def test_any_text_as_an_answer_gives_an_answer_or_a_rejection(noise: str, place: int) -> None:
    for text in (noise, ANSWER_TEXT[:place] + noise, ANSWER_TEXT[:place] + noise + ANSWER_TEXT[place:]):
        try:
            body = parse_answer(text)
        except Rejected:
            continue
        assert len(body.hits) <= 1


def test_a_field_code_or_score_without_a_text_form_is_our_own_fault() -> None:
    wrong_code = Hit(File.ORDERS, HitClass.WELFARE, "1", 1.0, "", "", (), (), (HitField("a/b", "", ""),))
    wrong_score = Hit(File.ORDERS, HitClass.WELFARE, "1", float("nan"), "", "", (), (), ())
    for hit in (wrong_code, wrong_score):
        with pytest.raises(ValueError, match="is no"):
            compose_answer(AnswerBody((hit,), ()))
