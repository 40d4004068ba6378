"""Replies are numbered, stored, handed out again until acknowledged, and only to the person they are for."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from openclets.delivery.models import StoredMessage
from openclets.delivery.post import (
    Counters,
    ReplyToStore,
    StoredReply,
    acknowledge,
    acknowledge_up_to,
    counters_of,
    forget_acknowledged,
    store_reply,
    take_unacknowledged,
)
from openclets.vocabulary.identifiers import Mnemonic, UserName

NOW = datetime(2026, 11, 22, 17, 36, 27, 410000, tzinfo=UTC)
CHEN, DORN = UserName("chen"), UserName("dorn")


def reply_for(user: UserName, device: Mnemonic, body: str = "NO RECORD") -> ReplyToStore:
    return ReplyToStore(device, user, "answered", "QW.CA0990100.*AB12345678", "000000000001.ab", body, NOW)


def waiting_for(user: UserName, device: Mnemonic, *, after: int = 0, up_to: int = 9_999_999) -> list[StoredReply]:
    return take_unacknowledged(device=device, for_user=user, after_osn=after, up_to_osn=up_to)


def numbers(replies: list[StoredReply]) -> list[int]:
    return [reply.osn for reply in replies]


@pytest.mark.usefixtures("rolled_back")
def test_every_device_counts_its_messages_from_one_without_gaps() -> None:
    first, other = Mnemonic("DLVA01"), Mnemonic("DLVA02")
    assert counters_of(first) == Counters(0, 0)
    assert [(r.isn, r.osn) for r in (store_reply(reply_for(CHEN, first), now=NOW) for _ in range(3))] == [
        (1, 1),
        (2, 2),
        (3, 3),
    ]
    assert store_reply(reply_for(CHEN, other), now=NOW).osn == 1
    assert counters_of(first) == Counters(3, 3)


@pytest.mark.usefixtures("rolled_back")
def test_what_was_never_acknowledged_comes_again_whole_and_in_order() -> None:
    device = Mnemonic("DLVB01")
    stored = [store_reply(reply_for(CHEN, device, f"answer {n}"), now=NOW + timedelta(seconds=n)) for n in range(1, 4)]
    assert waiting_for(CHEN, device) == stored
    assert waiting_for(CHEN, device) == stored, "also a second time"
    assert StoredMessage.objects.get(device=device, osn=1).sends == 3


@pytest.mark.usefixtures("rolled_back")
def test_what_was_acknowledged_never_comes_again() -> None:
    device = Mnemonic("DLVC01")
    for _ in range(3):
        store_reply(reply_for(CHEN, device), now=NOW)
    assert acknowledge(device=device, for_user=CHEN, osns=[2], now=NOW) == {2}
    assert numbers(waiting_for(CHEN, device)) == [1, 3]
    assert acknowledge(device=device, for_user=CHEN, osns=[2], now=NOW) == frozenset(), "once is enough"


@pytest.mark.usefixtures("rolled_back")
def test_what_was_acknowledged_a_week_ago_is_gone_and_nothing_else_of_the_device() -> None:
    device = Mnemonic("DLVF01")
    for body in ("a week ago", "later", "never taken"):
        store_reply(reply_for(CHEN, device, body), now=NOW)
    acknowledge(device=device, for_user=CHEN, osns=[1], now=NOW)
    acknowledge(device=device, for_user=CHEN, osns=[2], now=NOW + timedelta(microseconds=1))
    assert forget_acknowledged(now=NOW + timedelta(days=7)) >= 1
    left = StoredMessage.objects.filter(device=device).order_by("osn").values_list("body", flat=True)
    assert list(left) == ["later", "never taken"]
    assert store_reply(reply_for(CHEN, device), now=NOW).osn == 4, "numbers are never given twice"


@pytest.mark.usefixtures("rolled_back")
def test_what_a_device_acknowledged_is_stored_with_its_next_reply() -> None:
    device = Mnemonic("DLVH01")
    for _ in range(3):
        store_reply(reply_for(CHEN, device), now=NOW)
    later = NOW + timedelta(seconds=5)
    assert store_reply(reply_for(CHEN, device), now=later, acknowledged=[1, 3, 4, 0, -1, 2**63]).osn == 4
    assert numbers(waiting_for(CHEN, device)) == [2, 4], "the new one itself was not there yet to be acknowledged"
    assert StoredMessage.objects.get(device=device, osn=3).acknowledged_at == later


@pytest.mark.usefixtures("rolled_back")
def test_with_a_persons_next_reply_nothing_of_another_person_or_device_is_acknowledged() -> None:
    device, other = Mnemonic("DLVI01"), Mnemonic("DLVI02")
    store_reply(reply_for(DORN, device), now=NOW)
    store_reply(reply_for(CHEN, other), now=NOW)
    store_reply(reply_for(CHEN, device), now=NOW, acknowledged=[1])
    assert numbers(waiting_for(DORN, device)) == [1]
    assert numbers(waiting_for(CHEN, other)) == [1]


@pytest.mark.usefixtures("rolled_back")
def test_one_persons_reply_is_neither_shown_to_nor_acknowledged_by_another_at_the_same_device() -> None:
    device = Mnemonic("DLVD01")
    store_reply(reply_for(CHEN, device), now=NOW)
    assert waiting_for(DORN, device) == []
    assert acknowledge(device=device, for_user=DORN, osns=[1], now=NOW) == frozenset()
    assert numbers(waiting_for(CHEN, device)) == [1]


@pytest.mark.usefixtures("rolled_back")
def test_a_message_for_whoever_is_there_goes_to_whoever_signs_on() -> None:
    device = Mnemonic("DLVE01")
    store_reply(reply_for(UserName(""), device), now=NOW)
    assert numbers(waiting_for(DORN, device)) == [1]
    assert acknowledge(device=device, for_user=CHEN, osns=[1], now=NOW) == {1}


@pytest.mark.usefixtures("rolled_back")
def test_a_long_absence_is_read_in_steps_between_two_numbers() -> None:
    device = Mnemonic("DLVF01")
    for _ in range(5):
        store_reply(reply_for(CHEN, device), now=NOW)
    assert numbers(take_unacknowledged(device=device, for_user=CHEN, after_osn=1, up_to_osn=4, limit=2)) == [2, 3]
    assert numbers(waiting_for(CHEN, device, after=3, up_to=4)) == [4]


@pytest.mark.usefixtures("rolled_back")
def test_a_reply_a_page_showed_at_once_waits_for_nobody() -> None:
    device = Mnemonic("DLVG01")
    store_reply(reply_for(CHEN, device), now=NOW, shown_at_once=True)
    assert waiting_for(CHEN, device) == []


@pytest.mark.usefixtures("rolled_back")
@pytest.mark.parametrize("osn", [0, -1, 7, 2**63, 10**30])
def test_acknowledging_a_number_that_was_never_given_changes_nothing(osn: int) -> None:
    device = Mnemonic("DLVH01")
    store_reply(reply_for(CHEN, device), now=NOW)
    assert acknowledge(device=device, for_user=CHEN, osns=[osn], now=NOW) == frozenset()
    assert numbers(waiting_for(CHEN, device)) == [1]


@pytest.mark.usefixtures("database")
def test_many_at_once_on_one_device_get_different_numbers_and_none_is_missing() -> None:
    device = Mnemonic("DLVI01")
    given: list[int] = []

    def store_twenty() -> None:
        try:
            given.extend(store_reply(reply_for(CHEN, device), now=NOW).osn for _ in range(20))
        finally:
            connection.close()

    threads = [threading.Thread(target=store_twenty) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == list(range(1, 121))
    assert numbers(waiting_for(CHEN, device))[:3] == [1, 2, 3]


@pytest.mark.usefixtures("rolled_back")
def test_storing_is_prepared_once_and_used_again() -> None:
    for _ in range(3):
        store_reply(reply_for(CHEN, Mnemonic("DLVJ01")), now=NOW)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%INSERT INTO delivery_message%%'"
        )
        assert cursor.fetchall() == [(1,)]


@pytest.mark.usefixtures("rolled_back")
def test_what_a_device_says_it_has_counts_as_acknowledged_for_that_person_alone() -> None:
    device = Mnemonic("DLVK01")
    for user in (CHEN, DORN, CHEN, CHEN):
        store_reply(reply_for(user, device), now=NOW)
    acknowledge_up_to(device=device, for_user=CHEN, osn=3, now=NOW)
    assert numbers(waiting_for(CHEN, device)) == [4]
    assert numbers(waiting_for(DORN, device)) == [2]
    acknowledge_up_to(device=device, for_user=CHEN, osn=10**30, now=NOW)
    assert waiting_for(CHEN, device) == []
