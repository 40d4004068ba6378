"""A roster: what can be read of it, what it would change, and each fault with its line."""

from __future__ import annotations

from datetime import date

import pytest

from openclets.agencies.permissions import Duty
from openclets.agencies.roster.lines import LineFault, RosterRead, read_roster
from openclets.agencies.roster.rules import PersonOnFile, RosterPlan, plan_roster
from openclets.vocabulary.identifiers import Ori, UserName

HEADING = "user_name,full_name,email,ori,duty,course,passed_on\n"
GUPTA = "gupta,Records Clerk Asha Gupta,gupta@example.gov,CA0990100,records,full access,2026-03-01\n"
TODAY = date(2026, 11, 22)

ON_FILE = {
    UserName("gupta"): PersonOnFile(
        UserName("gupta"),
        "Records Clerk Asha Gupta",
        "gupta@example.gov",
        frozenset({Duty.RECORDS}),
        False,
        frozenset({("full access", date(2026, 3, 1))}),
    ),
    UserName("chen"): PersonOnFile(
        UserName("chen"), "Officer Mei Chen", "", frozenset({Duty.OFFICER}), False, frozenset()
    ),
    UserName("fox"): PersonOnFile(
        UserName("fox"), "Coordinator Sam Fox", "", frozenset({Duty.COORDINATOR}), False, frozenset()
    ),
    UserName("twin"): PersonOnFile(UserName("twin"), "Officer Two Places", "", frozenset(), True, frozenset()),
}


def _read(*lines: str) -> RosterRead:
    return read_roster((HEADING + "".join(line.rstrip("\n") + "\n" for line in lines)).encode())


def _plan(*lines: str, ends_absent: bool = False) -> RosterPlan:
    return plan_roster(
        _read(*lines), ON_FILE, agency=Ori("CA0990100"), by=UserName("fox"), today=TODAY, ends_absent=ends_absent
    )


def _told(plan: RosterPlan) -> list[tuple[int, str, str, str, str]]:
    return [(c.line, c.kind.value, c.user_name, c.was, c.becomes) for c in plan.changes]


def test_a_line_is_read_with_all_it_says() -> None:
    read = _read(GUPTA)
    assert read.faults == ()
    (line,) = read.lines
    assert (line.line, line.user_name, line.full_name, line.email) == (
        2,
        "gupta",
        "Records Clerk Asha Gupta",
        "gupta@example.gov",
    )
    assert (line.ori, line.duty, line.course, line.passed_on) == (
        "CA0990100",
        Duty.RECORDS,
        "full access",
        date(2026, 3, 1),
    )


def test_columns_may_stand_in_another_order_with_a_mark_blanks_and_other_line_ends() -> None:
    text = (
        "\ufeffDuty, ORI ,user_name,full_name,email,course,passed_on\r\n\r\nclerk, CA0990100,moss,Clerk Ida Moss,,,\r\n"
    )
    read = read_roster(text.encode())
    assert read.faults == ()
    assert [(line.line, line.user_name, line.duty, line.passed_on) for line in read.lines] == [
        (3, "moss", Duty.CLERK, None)
    ]


@pytest.mark.parametrize(
    ("line", "column", "told"),
    [
        ("Gupta,Asha Gupta,,CA0990100,records,,", "user_name", "is 'Gupta'"),
        (",Asha Gupta,,CA0990100,records,,", "user_name", "is empty"),
        ("gupta,,,CA0990100,records,,", "full_name", "is empty"),
        ("gupta,=1+1,,CA0990100,records,,", "full_name", "is '=1+1'"),
        ('gupta,"Asha\nGupta",,CA0990100,records,,', "full_name", "is 'Asha\\nGupta'"),
        ("gupta,Asha Gupta,not an address,CA0990100,records,,", "email", "is 'not an address'"),
        ("gupta,Asha Gupta,a@b.gov;c@d.gov,CA0990100,records,,", "email", "is 'a@b.gov;c@d.gov'"),
        ("gupta,Asha Gupta,,CA099010,records,,", "ori", "is 'CA099010'"),
        ("gupta,Asha Gupta,,CA0990100,chief,,", "duty", "is 'chief'"),
        ("gupta,Asha Gupta,,CA0990100,records,full access,01/03/2026", "passed_on", "is '01/03/2026'"),
        ("gupta,Asha Gupta,,CA0990100,records,full access,2026-02-30", "passed_on", "is '2026-02-30'"),
        ("gupta,Asha Gupta,,CA0990100,records,full access,", "passed_on", "is empty"),
        ("gupta,Asha Gupta,,CA0990100,records,,2026-03-01", "course", "is empty"),
        ("gupta,Asha Gupta,,CA0990100,records,CLETS,2026-03-01", "course", "is 'CLETS'"),
        ("gupta,Asha Gupta,,CA0990100,records", "", "the line has 5 fields"),
    ],
)
def test_what_is_wrong_in_a_line_is_told_with_line_column_and_what_was_there(line: str, column: str, told: str) -> None:
    read = _read(GUPTA.replace("gupta,", "other,"), line)
    assert [(fault.line, fault.column, fault.text) for fault in read.faults] == [(3, column, told)]
    assert len(read.lines) == 1


def test_every_fault_of_every_line_is_told_at_once() -> None:
    read = _read("A,,,X,chief,,", GUPTA, "b c,Name,x,CA0990100,clerk,,")
    assert [(fault.line, fault.column) for fault in read.faults] == [
        (2, "user_name"),
        (2, "full_name"),
        (2, "ori"),
        (2, "duty"),
        (4, "user_name"),
        (4, "email"),
    ]


def test_a_duty_twice_and_a_person_with_two_names_or_addresses_name_the_line_before() -> None:
    read = _read(
        GUPTA,
        GUPTA,
        GUPTA.replace("records,", "officer,").replace("Asha Gupta", "Asha Gupter"),
        GUPTA.replace("records,", "clerk,").replace("gupta@", "asha@"),
        GUPTA.replace("records,", "judge,"),
    )
    assert [(fault.line, fault.column, fault.text) for fault in read.faults] == [
        (3, "", "gupta as records stands in line 2 already"),
        (4, "full_name", "gupta has another name in line 2"),
        (5, "email", "gupta has another address in line 2"),
    ]
    assert [line.line for line in read.lines] == [2, 6]


@pytest.mark.parametrize(
    ("data", "line", "told"),
    [
        (b"", 0, "the file is empty"),
        (b"\n\n  \n", 0, "the file is empty"),
        (b"name,duty\n", 1, "the heading is 'name,duty'"),
        (HEADING.encode() + b"gupta,Asha \xe9Gupta,,CA0990100,records,,\n", 2, "the file is not text in UTF-8"),
        (b"PK\x03\x04\xff\xfe", 1, "the file is not text in UTF-8"),
    ],
)
def test_a_file_that_is_no_roster_says_why(data: bytes, line: int, told: str) -> None:
    read = read_roster(data)
    assert [(fault.line, fault.text) for fault in read.faults] == [(line, told)]
    assert read.lines == ()


def test_a_quotation_mark_left_open_is_told_at_the_line_where_it_opens() -> None:
    read = _read(GUPTA, 'moss,"Clerk Ida Moss,,CA0990100,clerk,,', "lee,Clerk Al Lee,,CA0990100,clerk,,")
    assert [line.user_name for line in read.lines] == ["gupta"]
    assert [fault.line for fault in read.faults] == [3]
    assert "not closed" in read.faults[0].text


def test_a_hundred_thousand_lines_are_read_and_one_more_is_told() -> None:
    body = "".join(f"p{n},Person {n},,CA0990100,officer,,\n" for n in range(100_001))
    read = read_roster((HEADING + body).encode())
    assert len(read.lines) == 100_000
    assert read.faults == (LineFault(100_002, "", "there are more than 100000 lines", "a file for each part"),)


def test_a_roster_that_says_what_is_on_file_changes_nothing() -> None:
    plan = _plan(
        GUPTA, "chen,Officer Mei Chen,,CA0990100,officer,,", "fox,Coordinator Sam Fox,,CA0990100,coordinator,,"
    )
    assert (plan.changes, plan.faults, plan.absent, plan.unchanged) == ((), (), (), 3)


def test_each_change_is_told_with_its_line_and_what_was_before() -> None:
    plan = _plan(
        "moss,Clerk Ida Moss,moss@example.gov,CA0990100,clerk,full access,2026-10-01",
        "moss,Clerk Ida Moss,moss@example.gov,CA0990100,records,full access,2026-10-01",
        GUPTA.replace("Asha Gupta", "Asha Gupta-Lee").replace("gupta@", "asha@"),
        "chen,Officer Mei Chen,,CA0990100,records,full access,2026-11-22",
    )
    assert plan.faults == ()
    assert _told(plan) == [
        (2, "joins", "moss", "", "Clerk Ida Moss, moss@example.gov"),
        (2, "gets a duty", "moss", "", "clerk"),
        (2, "training recorded", "moss", "", "full access passed 2026-10-01"),
        (3, "gets a duty", "moss", "", "records"),
        (4, "another name", "gupta", "Records Clerk Asha Gupta", "Records Clerk Asha Gupta-Lee"),
        (4, "another address", "gupta", "gupta@example.gov", "asha@example.gov"),
        (5, "gets a duty", "chen", "", "records"),
        (5, "training recorded", "chen", "", "full access passed 2026-11-22"),
    ]


@pytest.mark.parametrize(
    ("line", "column", "told"),
    [
        ("chen,Officer Mei Chen,,CA0990200,officer,,", "ori", "CA0990200 is not your agency"),
        ("chen,Officer Mei Chen,,CA0990100,officer,full access,2026-11-23", "passed_on", "2026-11-23 has not come yet"),
        ("chen,Officer Mei Chen,,CA0990100,auditor,,", "duty", "auditor is not given by a roster"),
        ("new,Somebody New,,CA0990100,reviewer,,", "duty", "reviewer is not given by a roster"),
        ("new,Somebody New,,CA0990100,coordinator,,", "duty", "coordinator is not given by a roster"),
        ("fox,Coordinator Sam Fox,,CA0990100,officer,,", "", "nobody changes their own duties or training"),
        (
            "fox,Coordinator Sam Fox,,CA0990100,coordinator,full access,2026-11-01",
            "",
            "nobody changes their own duties or training",
        ),
        ("twin,Officer Other Name,,CA0990100,officer,,", "full_name", "twin is on file under another name"),
        (
            "twin,Officer Two Places,t@example.gov,CA0990100,officer,,",
            "email",
            "twin works for another agency too, and is on file with another address",
        ),
    ],
)
def test_what_a_roster_may_not_do_is_a_fault_of_its_line(line: str, column: str, told: str) -> None:
    plan = _plan(GUPTA, line)
    assert [(fault.line, fault.column, fault.text) for fault in plan.faults] == [(3, column, told)]


def test_somebody_of_another_agency_under_the_same_name_gets_a_duty_here_and_nothing_else_changes() -> None:
    assert _told(_plan("twin,Officer Two Places,,CA0990100,officer,,")) == [(2, "gets a duty", "twin", "", "officer")]


def test_who_is_not_in_the_roster_is_named_and_loses_duties_only_when_that_is_asked_for() -> None:
    left_alone, ended = _plan(GUPTA), _plan(GUPTA, ends_absent=True)
    assert left_alone.absent == ended.absent == ("chen", "fox")
    assert left_alone.changes == ()
    assert _told(ended) == [(0, "loses a duty", "chen", "officer", "")]


def test_another_plan_has_another_digest() -> None:
    assert _plan(GUPTA, ends_absent=True).digest == _plan(GUPTA, ends_absent=True).digest
    assert _plan(GUPTA, ends_absent=True).digest != _plan(GUPTA).digest
