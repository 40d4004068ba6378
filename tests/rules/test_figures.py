"""What of the public figures is shown and what is withheld. Expected values worked out by hand from the rule."""

from __future__ import annotations

import itertools

import pytest

from openclets.journal.figures import Figures, withhold

Cells = dict[tuple[str, str, str], int]
POLICE, SHERIFF, COURT = "CA0990100", "CA0990000", "CA099015J"


def line(agency: str, kind: str = "*", outcome: str = "*", *, of: Cells) -> int | None:
    found = [count for *cell, count in withhold(of) if cell == [agency, kind, outcome]]
    assert len(found) == 1
    return found[0]


def test_large_counts_are_shown_with_their_totals() -> None:
    assert withhold({(POLICE, "question", "answered"): 120, (POLICE, "sign-on", "done"): 30}) == [
        ("*", "*", "*", 150),
        (POLICE, "*", "*", 150),
        (POLICE, "question", "answered", 120),
        (POLICE, "sign-on", "done", 30),
    ]


@pytest.mark.parametrize(("count", "shown"), [(9, None), (10, 10)])
def test_a_count_below_ten_is_withheld_and_ten_is_shown(count: int, shown: int | None) -> None:
    cells = {(POLICE, "question", "answered"): count, (POLICE, "question", "refused"): 9, (POLICE, "x", "done"): 8}
    cells |= {(POLICE, "y", "done"): 7, (POLICE, "sign-on", "done"): 500}
    assert line(POLICE, "question", "answered", of=cells) == shown


def test_one_small_count_takes_the_smallest_large_one_with_it() -> None:
    # 3 alone would be 553 - 500 - 50. With 50 withheld, 53 remain, of which whoever knows the 50 has the 3: so 500 too.
    cells = {(POLICE, "a", "done"): 3, (POLICE, "b", "done"): 50, (POLICE, "c", "done"): 500}
    assert [count for *_, count in withhold(cells)][1:] == [553, None, None, None]


def test_no_more_is_withheld_than_is_needed() -> None:
    # 9 + 8 + 7 without the largest are 15.
    cells = {(POLICE, "a", "done"): 9, (POLICE, "b", "done"): 8, (POLICE, "c", "done"): 7, (POLICE, "d", "done"): 40}
    assert [count for *_, count in withhold(cells)] == [64, 64, None, None, None, 40]


def test_an_agency_that_asked_little_has_no_line_of_its_own_and_takes_others_with_it() -> None:
    cells = {
        (POLICE, "question", "answered"): 900,
        (SHERIFF, "question", "answered"): 40,
        (COURT, "order filed", "done"): 2,
    }
    # 2 and 40: without the largest 2; so 900 as well, and then nothing but the total is shown.
    assert withhold(cells) == [
        ("*", "*", "*", 942),
        (SHERIFF, "*", "*", None),
        (POLICE, "*", "*", None),
        (COURT, "*", "*", None),
    ]


def test_a_month_with_a_single_small_count_shows_nothing() -> None:
    assert withhold({(POLICE, "question", "answered"): 9}) == [("*", "*", "*", None), (POLICE, "*", "*", None)]


def test_no_withheld_count_follows_by_subtraction() -> None:
    agencies, kinds = (POLICE, SHERIFF, COURT), ("a", "b", "c")
    for numbers in itertools.product((0, 2, 11, 60), repeat=4):
        places = itertools.product(agencies, kinds)
        cells = {(a, k, "done"): n for (a, k), n in zip(places, (*numbers, 1, 30, 9, 200, 10), strict=True) if n}
        shown = withhold(cells)
        totals = {agency: count for agency, kind, _, count in shown if kind == "*"}
        for agency in agencies:
            parts = [(kind, count) for a, kind, _, count in shown if a == agency and kind != "*"]
            hidden = [cells[agency, kind, "done"] for kind, count in parts if count is None]
            assert len(hidden) != 1
            assert not hidden or sum(hidden) - max(hidden) >= 10
        unseen = [sum(n for (a, *_), n in cells.items() if a == agency) for agency in totals if totals[agency] is None]
        if totals["*"] is not None:
            assert not unseen or sum(unseen) - max(unseen) >= 10


def test_the_file_says_over_how_many_entries_it_was_counted() -> None:
    lines = ((POLICE, "*", "*", 12), (POLICE, "question", "answered", None))
    assert Figures("2026-10", 4711, lines).as_csv() == (
        "# month 2026-10, first 4711 entries of the log\n"
        "agency,kind,outcome,count\n"
        "CA0990100,*,*,12\n"
        "CA0990100,question,answered,withheld\n"
    )
