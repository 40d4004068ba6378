"""A roster against real tables: what was shown is done whole, or nothing is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from openclets.agencies.models import Affiliation, Roster, Training, User
from openclets.agencies.permissions import Duty
from openclets.agencies.roster.applying import CheckedRoster, apply_roster, check_roster
from openclets.agencies.roster.rules import ChangeKind
from openclets.journal.models import Entry
from openclets.vocabulary.errors import Refused, Rejected
from tests.county import SHERIFF, County

HEADING = "user_name,full_name,email,ori,duty,course,passed_on\n"
LODE = "roster.lode,Officer Roster Lode,lode@example.gov,CA0990000,officer,full access,2026-10-01\n"
MOTT = "roster.mott,Clerk Roster Mott,,CA0990000,records,,\n"


def _check(county: County, *lines: str, ends_absent: bool = False, who: str = "fox") -> CheckedRoster:
    data = (HEADING + "".join(lines)).encode()
    return check_roster(actor=county.actor(who), now=county.now, data=data, ends_absent=ends_absent)


def _number(county: County, *lines: str, ends_absent: bool = False) -> int:
    number = _check(county, *lines, ends_absent=ends_absent).number
    assert isinstance(number, int)
    return number


def test_who_coordinates_nothing_uploads_nothing(county: County) -> None:
    with pytest.raises(Refused, match=r"does not carry 'agency\.roster'"):
        _check(county, LODE, who="gupta")


def test_looking_through_changes_nobody(county: County, rolled_back: None) -> None:
    checked = _check(county, LODE, MOTT)
    assert len(checked.plan.changes) == 5
    assert not User.objects.filter(user_name__in=["roster.lode", "roster.mott"]).exists()


def test_what_was_shown_is_applied_with_one_entry(county: County, rolled_back: None) -> None:
    applied = apply_roster(actor=county.actor("fox"), now=county.now, number=_number(county, LODE, MOTT))
    assert applied.counts == ((ChangeKind.JOINS, 2), (ChangeKind.GETS_DUTY, 2), (ChangeKind.TRAINED, 1))
    lode = User.objects.get(user_name="roster.lode")
    assert (lode.full_name, lode.email) == ("Officer Roster Lode", "lode@example.gov")
    assert list(lode.affiliations.values_list("agency_id", "duty")) == [("CA0990000", "officer")]
    assert list(lode.trainings.values_list("course", "passed_on", "expires_on")) == [
        ("full access", date(2026, 10, 1), date(2028, 10, 1))
    ]
    entry = Entry.objects.get(number=applied.receipt.number)
    assert (entry.kind, entry.outcome, entry.user_name) == ("roster applied", "done", "fox")


def test_a_new_person_is_let_in_by_no_roster(county: County, rolled_back: None) -> None:
    apply_roster(actor=county.actor("fox"), now=county.now, number=_number(county, LODE))
    lode = User.objects.get(user_name="roster.lode")
    assert not lode.is_active
    assert not lode.has_usable_password()


def test_names_addresses_and_duties_follow_the_roster(county: County, rolled_back: None) -> None:
    apply_roster(actor=county.actor("fox"), now=county.now, number=_number(county, LODE, MOTT))
    changed = LODE.replace("Lode,lode@", "Lode-Ray,ray@")
    apply_roster(actor=county.actor("fox"), now=county.now, number=_number(county, changed, ends_absent=True))
    lode = User.objects.get(user_name="roster.lode")
    assert (lode.full_name, lode.email) == ("Officer Roster Lode-Ray", "ray@example.gov")
    assert not Affiliation.objects.filter(user__user_name="roster.mott").exists()
    # Whoever keeps or watches the others' access stays: no roster takes these duties.
    assert set(Affiliation.objects.filter(agency_id=SHERIFF).values_list("user__user_name", flat=True)) >= {
        "fox",
        "eze",
    }


def test_a_roster_with_a_fault_is_not_kept_to_be_applied(county: County, rolled_back: None) -> None:
    checked = _check(county, LODE, MOTT.replace("CA0990000", "CA0990100"))
    assert [(fault.line, fault.text) for fault in checked.plan.faults] == [(3, "CA0990100 is not your agency")]
    assert checked.number is None


def test_a_roster_is_applied_once_and_by_its_uploader(county: County, rolled_back: None) -> None:
    number = _number(county, LODE)
    apply_roster(actor=county.actor("fox"), now=county.now, number=number)
    with pytest.raises(Rejected, match="no such roster of yours waits"):
        apply_roster(actor=county.actor("fox"), now=county.now, number=number)
    other = _number(county, MOTT)
    Roster.objects.filter(pk=other).update(uploaded_by=county.actor("eze").user_id)
    with pytest.raises(Rejected, match="no such roster of yours waits"):
        apply_roster(actor=county.actor("fox"), now=county.now, number=other)


def test_where_the_files_changed_since_the_look_nothing_is_done(county: County, rolled_back: None) -> None:
    number = _number(county, LODE, MOTT)
    somebody = User.objects.create(user_name="roster.mott", full_name="Clerk Roster Mott")
    Affiliation.objects.create(user=somebody, agency_id=SHERIFF, duty=Duty.RECORDS)
    with pytest.raises(Rejected, match="what is on file has changed since you looked"):
        apply_roster(actor=county.actor("fox"), now=county.now + timedelta(minutes=1), number=number)
    assert not User.objects.filter(user_name="roster.lode").exists()


def test_only_the_last_roster_of_a_person_waits(county: County, rolled_back: None) -> None:
    first, second = _number(county, LODE), _number(county, MOTT)
    assert list(Roster.objects.filter(applied_at=None).values_list("pk", flat=True)) == [second]
    with pytest.raises(Rejected):
        apply_roster(actor=county.actor("fox"), now=county.now, number=first)


def test_some_thousand_people_join_in_a_few_statements(county: County, rolled_back: None) -> None:
    lines = [f"bulk.{n:05d},Officer Bulk {n},,CA0990000,officer,full access,2026-10-01\n" for n in range(6_000)]
    applied = apply_roster(actor=county.actor("fox"), now=county.now, number=_number(county, *lines))
    assert applied.counts == ((ChangeKind.JOINS, 6_000), (ChangeKind.GETS_DUTY, 6_000), (ChangeKind.TRAINED, 6_000))
    assert Training.objects.filter(user__user_name__startswith="bulk.").count() == 6_000


def test_a_course_counts_as_long_as_the_built_in_one_and_under_the_coordinators_name(
    county: County, rolled_back: None
) -> None:
    yearly = MOTT.replace(",,\n", ",security awareness,2026-03-01\n")
    apply_roster(actor=county.actor("fox"), now=county.now, number=_number(county, yearly))
    training = Training.objects.get(user__user_name="roster.mott")
    assert (training.expires_on, training.recorded_by_id) == (date(2027, 3, 1), county.actor("fox").user_id)
