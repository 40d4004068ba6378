"""Devices at the real switch, over TLS, with the real database: who gets in, what is answered, what comes again."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from openclets.config.terminal_client import SignOnFailed, TerminalClient
from openclets.delivery.models import StoredMessage
from openclets.journal.search import Criteria, ListedEntry, PageWanted, Sort, find_entries
from openclets.switch.bridge import Bridge
from openclets.switch.listener import Listener, PlainDevice
from openclets.switch.session import SessionLimits
from openclets.vocabulary.errors import Unavailable
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName
from openclets.wire.answer_text import parse_answer
from openclets.wire.compose import parse_refusal, parse_rejection, parse_unavailable
from openclets.wire.session import SIGN_OFF_ACCEPTED, SignOn, compose_acknowledgement, compose_sign_on
from tests.county import County
from tests.simulators.running_switch import (
    Paper,
    RunningSwitch,
    ask,
    framed,
    last_receipt_number,
    make_paper,
    next_reply,
    running_switch,
)

LONG_ANSWER = "QW.CA0990100." + ".".join(f"ZZ{n:02d}/X" for n in range(25))
"""Rejected with 25 faults, in some three thousand characters."""

END_OF_MESSAGE = "\n" + " " * 37 + "*** END OF MESSAGE ***"

NOBODY = "QW.CA0990100.NAM/NOBODY,QUITE UNKNOWN.DOB/19700101"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return make_paper(tmp_path_factory.mktemp("paper"))


@pytest.fixture(scope="module")
def switch(county: County, paper: Paper) -> Iterator[RunningSwitch]:
    with running_switch(county, paper) as running:
        yield running


# Who gets in.


def test_a_person_with_password_and_code_is_signed_on_and_told_the_last_numbers(switch: RunningSwitch) -> None:
    with switch.connect() as client:
        accepted = client.sign_on(switch.claim("chen"))
    assert len(accepted.ticket) == 43
    assert accepted.last_isn == accepted.last_osn


def test_a_ticket_signs_the_same_person_on_again_at_the_same_device_only(switch: RunningSwitch) -> None:
    client, accepted = switch.sign_on("chen")
    client.close()
    by_ticket = SignOn(UserName("chen"), Ori("CA0990100"), ticket=accepted.ticket)
    with switch.connect("CADEMO01") as again:
        assert again.sign_on(by_ticket).ticket == accepted.ticket
    with switch.connect("CADEMO05") as elsewhere, pytest.raises(SignOnFailed) as failed:
        elsewhere.sign_on(by_ticket)
    assert failed.value.told.reply.status == "refused"


@pytest.mark.parametrize(
    ("wrong", "missing"),
    [
        ({"password": "not it"}, "not right"),
        ({"code": "000000"}, "not right"),
        ({"user": UserName("nobody")}, "not right"),
        ({"agency": Ori("CA0990200")}, "no duty at agency CA0990200"),
    ],
)
def test_a_wrong_sign_on_is_refused_and_journalled_and_a_right_one_follows_on_the_same_connection(
    switch: RunningSwitch, wrong: dict[str, Any], missing: str
) -> None:
    with switch.connect() as client:
        with pytest.raises(SignOnFailed) as failed:
            client.sign_on(replace(switch.claim("chen"), **wrong))
        reply = failed.value.told.reply
        assert reply.status == "refused"
        assert missing in parse_refusal(reply.body).missing
        assert reply.header.osn == 0
        assert reply.header.receipt.startswith(f"{last_receipt_number():012d}.")
        client.sign_on(switch.claim("chen"))


def test_a_person_of_another_agency_is_refused_at_this_device(switch: RunningSwitch) -> None:
    with switch.connect("CADEMO01") as client, pytest.raises(SignOnFailed) as failed:
        client.sign_on(switch.claim("eze"))
    assert parse_refusal(failed.value.told.reply.body).missing == "this device belongs to another agency"


def test_after_three_refused_sign_ons_the_connection_ends_with_a_rejection(switch: RunningSwitch) -> None:
    with switch.connect() as client:
        for _ in range(3):
            with pytest.raises(SignOnFailed):
                client.sign_on(replace(switch.claim("chen"), password="wrong"))
        last = client.receive()
        assert parse_rejection(last.reply.body).faults[0].code == "39"
        with pytest.raises(Unavailable, match="ended the connection"):
            client.receive()


def test_no_certificate_no_connection(switch: RunningSwitch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(switch.paper.authority.certificate)
    before = last_receipt_number()
    with (
        socket.create_connection(("127.0.0.1", switch.port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as secured,
    ):
        # In TLS 1.3 a client learns only at its first read that it was turned away.
        assert is_closed(secured)
    assert last_receipt_number() == before


def test_a_certificate_of_another_authority_is_turned_away(switch: RunningSwitch, tmp_path: Path) -> None:
    stranger = make_paper(tmp_path).device("CADEMO01")
    tls = replace(stranger, authority=switch.paper.authority.certificate)
    with pytest.raises(Unavailable):
        TerminalClient.connect("127.0.0.1", switch.port, tls).sign_on(switch.claim("chen"))


def test_tls_older_than_1_3_is_turned_away(switch: RunningSwitch) -> None:
    tls = switch.paper.device("CADEMO01")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(tls.authority)
    context.load_cert_chain(tls.certificate, tls.key)
    with (
        socket.create_connection(("127.0.0.1", switch.port), timeout=10) as plain,
        pytest.raises(ssl.SSLError),
    ):
        context.wrap_socket(plain, server_hostname="127.0.0.1")


def test_a_certificate_whose_name_is_no_mnemonic_is_turned_away(switch: RunningSwitch) -> None:
    tls = switch.paper.device("not-a-device")
    with pytest.raises(Unavailable):
        TerminalClient.connect("127.0.0.1", switch.port, tls).sign_on(switch.claim("chen"))


def test_plain_tcp_works_on_loopback_when_it_is_switched_on(county: County, paper: Paper) -> None:
    with running_switch(county, paper, plain_device="CADEMO01") as plain:
        client = TerminalClient.connect("127.0.0.1", plain.port, None)
        client.sign_on(plain.claim("chen"))
        client.close()


def test_plain_tcp_beyond_loopback_does_not_start() -> None:
    listener = Listener(
        node=Mnemonic("CADEMO"),
        security=PlainDevice(Mnemonic("CADEMO01")),
        bridge=Bridge(threads=1),
        clock=lambda: datetime.now(UTC),
    )
    # In a thread of its own: a browser of other tests may keep an event loop in this one.
    with ThreadPoolExecutor(1) as thread, pytest.raises(ValueError, match="loopback"):
        thread.submit(asyncio.run, listener.start("0.0.0.0", 0)).result(30)


# What is answered.


def test_officer_chen_asks_and_is_answered_with_numbers_reference_and_receipt(switch: RunningSwitch) -> None:
    client, accepted = switch.sign_on("chen")
    with client:
        told = ask(client, "QW.CA0990100.*AB12345678.TXT\nNAM/NOBODY,QUITE UNKNOWN.DOB/19700101")
        header = told.reply.header
        assert told.reply.status == "answered"
        assert (header.node, header.device) == ("CADEMO", "CADEMO01")
        assert (header.isn, header.osn) == (accepted.last_isn + 1, accepted.last_osn + 1)
        assert header.reference == "QW.CA0990100.*AB12345678"
        assert header.receipt.startswith(f"{last_receipt_number():012d}.")
        assert "NOT HELD HERE" in told.text
        assert parse_answer(told.reply.body).hits == ()
        assert ask(client, NOBODY).reply.header.osn == header.osn + 1


def test_officer_dorn_signs_on_and_is_refused_with_the_day_his_training_lapsed(switch: RunningSwitch) -> None:
    client, _ = switch.sign_on("dorn")
    with client:
        told = ask(client, "QW.CA0990200.NAM/NOBODY,QUITE UNKNOWN")
    refusal = parse_refusal(told.reply.body)
    assert refusal.missing == "training expired 2026-03-01"
    assert "Pen. Code" in refusal.penalty
    assert told.reply.header.receipt


def test_auditor_eze_may_not_ask_about_people(switch: RunningSwitch) -> None:
    client, _ = switch.sign_on("eze")
    with client:
        assert ask(client, "QW.CA0990000.NAM/NOBODY,QUITE UNKNOWN").reply.status == "refused"


def test_a_message_in_another_agencys_name_is_refused_and_journalled(switch: RunningSwitch) -> None:
    client, _ = switch.sign_on("chen")
    with client:
        told = ask(client, "QW.CA0990200.NAM/NOBODY,QUITE UNKNOWN")
    assert "CA0990200" in parse_refusal(told.reply.body).missing
    newest = newest_entry(Criteria(user_name="chen", kind="rejected message"))
    assert f"{newest.number:012d}" == told.reply.header.receipt[:12]
    assert (newest.kind, newest.outcome, newest.agency) == ("rejected message", "refused", "CA0990100")


@pytest.mark.parametrize(
    ("message", "codes"),
    [
        ("", ["00"]),
        ("\x00\x01\x02", ["00"]),
        ("HELLO", ["02", "19"]),
        ("QZZ.CA0990100.NAM/DOE,JOHN", ["02"]),
        ("ER.CA0990100.NAM/DOE,JOHN", ["02"]),
        ("QW.CA0990100", ["14"]),
        ("QW.CA0990100.NAM/DOE,JOHN.DOB/19990231", ["05"]),
        ("QW.CA0990100.NAM/DOE,JOHN.SEX/Q.DOB/1", ["31", "05"]),
        ("TQW.CA0990100.NAM/DOE,JOHN", ["02"]),
    ],
)
def test_a_wrong_message_is_rejected_by_number_journalled_and_the_next_one_is_answered(
    switch: RunningSwitch, message: str, codes: list[str]
) -> None:
    client, _ = switch.sign_on("chen")
    with client:
        told = ask(client, message)
        assert told.reply.status == "rejected"
        assert sorted(fault.code for fault in parse_rejection(told.reply.body).faults) == sorted(codes)
        assert told.reply.header.receipt.startswith(f"{last_receipt_number():012d}.")
        assert told.reply.header.osn > 0
        assert ask(client, NOBODY).reply.status == "answered"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (framed(b"\xff\xfe\x00"), "37"),
        ((400_000).to_bytes(4, "big") + b"A" * 400_000, "38"),
        (framed("A" * 70_000), "36"),
    ],
    ids=["not text", "frame too large", "message too long"],
)
def test_a_broken_frame_never_blocks_the_next_good_one(switch: RunningSwitch, wrong: bytes, code: str) -> None:
    client, _ = switch.sign_on("chen")
    with client:
        client.send_bytes(wrong + framed(NOBODY))
        assert [fault.code for fault in parse_rejection(next_reply(client).reply.body).faults] == [code]
        assert next_reply(client).reply.status == "answered"


def test_a_message_cut_anywhere_on_the_line_is_answered(switch: RunningSwitch) -> None:
    client, _ = switch.sign_on("chen")
    with client:
        data = framed(NOBODY)
        for cut in (1, 3, 4, 5, len(data) - 1):
            client.send_bytes(data[:cut])
            time.sleep(0.02)
            client.send_bytes(data[cut:])
            assert next_reply(client).reply.status == "answered"


def test_messages_sent_without_waiting_are_answered_each_and_in_order(switch: RunningSwitch) -> None:
    client, accepted = switch.sign_on("chen")
    controls = [f"CTRL{n:06d}" for n in range(60)]
    with client:
        client.send_bytes(b"".join(framed(f"QW.CA0990100.*{c}.NAM/NOBODY,QUITE UNKNOWN") for c in controls))
        replies = [next_reply(client).reply.header for _ in controls]
    assert [header.reference for header in replies] == [f"QW.CA0990100.*{c}" for c in controls]
    assert [header.osn for header in replies] == list(range(accepted.last_osn + 1, accepted.last_osn + 61))


def test_nothing_but_a_sign_on_is_taken_before_one_and_secrets_are_not_shown(switch: RunningSwitch) -> None:
    with switch.connect() as client:
        told = ask(client, NOBODY)
        assert [fault.code for fault in parse_rejection(told.reply.body).faults] == ["39"]
        assert told.reply.header.osn == 0
        wrong = ask(client, "SON.CA0990100.USR/CHEN.PWD/c2VjcmV0LXdvcmQ.OTP/12")
        assert wrong.reply.status == "rejected"
        assert "c2VjcmV0" not in wrong.text
        client.sign_on(switch.claim("chen"))


def test_a_second_sign_on_needs_a_sign_off_first(switch: RunningSwitch) -> None:
    client, _ = switch.sign_on("chen")
    with client:
        told = ask(client, f"SON.CA0990100.USR/GUPTA.TKT/{'x' * 43}")
        assert [fault.code for fault in parse_rejection(told.reply.body).faults] == ["39"]
        client.sign_off()
        with pytest.raises(Unavailable):
            client.receive()


def test_signing_off_and_hanging_up_are_both_journalled(switch: RunningSwitch) -> None:
    for leave in (TerminalClient.sign_off, TerminalClient.close):
        client, _ = switch.sign_on("gupta")
        before = last_receipt_number()
        leave(client)
        client.close()
        assert wait_until(partial(is_number_of_newest, before + 1))
        assert newest_entry(Criteria(user_name="gupta")).kind == "sign-off"


def test_a_keep_alive_is_answered_while_signed_on(switch: RunningSwitch) -> None:
    client, _ = switch.sign_on("chen")
    with client:
        ask(client, NOBODY)
        client.send("KAL.CA0990100.*AB12345678")
        assert client.receive_text() == "KAL.CA0990100.*AB12345678"


def test_what_follows_a_sign_on_without_waiting_for_it_is_taken_in_its_turn(switch: RunningSwitch) -> None:
    client, accepted = switch.sign_on("chen")
    told = ask(client, NOBODY)
    client.close()
    by_ticket = SignOn(UserName("chen"), Ori("CA0990100"), ticket=accepted.ticket)
    with switch.connect("CADEMO01") as eager:
        acknowledgement = compose_acknowledgement(Ori("CA0990100"), told.reply.header.osn)
        messages = (compose_sign_on(by_ticket), acknowledgement, "KAL.CA0990100", "SOF.CA0990100")
        eager.send_bytes(b"".join(framed(text) for text in messages))
        heard = [eager.receive_text()]
        while not heard[-1].endswith(SIGN_OFF_ACCEPTED + END_OF_MESSAGE):
            heard.append(eager.receive_text())
    assert "SON ACCEPTED" in heard[0]
    assert heard[-2] == "KAL.CA0990100"
    assert told.reply.header.osn not in unacknowledged_at("CADEMO01")


# What comes again.


def test_what_was_not_acknowledged_comes_again_after_a_reconnect_with_the_same_number_and_text(
    switch: RunningSwitch,
) -> None:
    client, _ = switch.sign_on("gupta")
    first, second = ask(client, NOBODY), ask(client, NOBODY)
    client.acknowledge(first)
    client.sign_off()
    assert first.reply.header.osn not in unacknowledged_at("CADEMO05"), "a confirmed sign-off has stored it"
    client.close()
    again, accepted = switch.sign_on("gupta")
    assert accepted.last_osn == second.reply.header.osn
    assert again.receive() == second
    again.acknowledge(second)
    told = ask(again, NOBODY)
    assert told.reply.header.osn == second.reply.header.osn + 1, "nothing else was waiting"
    again.acknowledge(told)
    again.sign_off()
    last, _ = switch.sign_on("gupta")
    with last:
        new = ask(last, NOBODY)
        assert new.reply.header.osn == told.reply.header.osn + 1, "acknowledged is acknowledged"
        last.acknowledge(new)
        last.sign_off()


def test_an_acknowledgement_is_stored_with_the_next_reply_and_without_one_by_itself(switch: RunningSwitch) -> None:
    client, _ = switch.sign_on("gupta")
    with client:
        first = ask(client, NOBODY)
        client.acknowledge(first)
        second = ask(client, NOBODY)
        assert first.reply.header.osn not in unacknowledged_at("CADEMO05")
        client.acknowledge(second)
        assert wait_until(lambda: second.reply.header.osn not in unacknowledged_at("CADEMO05"))
        client.sign_off()


def test_a_device_that_says_what_it_has_gets_only_what_came_after(switch: RunningSwitch) -> None:
    client, _ = switch.sign_on("gupta")
    told = [ask(client, NOBODY) for _ in range(3)]
    client.close()
    again, _ = switch.sign_on("gupta", last_osn=told[1].reply.header.osn)
    with again:
        assert again.receive() == told[2]
        again.acknowledge(told[2])
        again.sign_off()


def test_another_person_at_the_device_never_gets_what_was_not_theirs(switch: RunningSwitch) -> None:
    alvarez, _ = switch.sign_on("alvarez")
    unread = ask(alvarez, "QPO.CA099013J.NAM/NOBODY,QUITE UNKNOWN")
    alvarez.close()
    brandt, accepted = switch.sign_on("brandt", device="CADEMO04")
    with brandt:
        assert accepted.last_osn >= unread.reply.header.osn
        brandt.acknowledge(unread)
        own = ask(brandt, "QPO.CA099013J.*AB12345678.NAM/NOBODY,QUITE UNKNOWN")
        assert own.reply.header.reference == "QPO.CA099013J.*AB12345678"
        brandt.acknowledge(own)
        brandt.sign_off()
    again, _ = switch.sign_on("alvarez")
    with again:
        assert again.receive() == unread, "another person's acknowledgement did not count"


# Under load and in trouble.


def test_a_full_pool_says_so_and_answers_again_later(county: County, paper: Paper) -> None:
    with running_switch(county, paper, threads=1, waiting=0) as small:
        client, _ = small.sign_on("chen")
        ask(client, NOBODY)
        release = small.occupy()
        told = ask(client, NOBODY)
        assert told.reply.status == "unavailable"
        assert "busy" in parse_unavailable(told.reply.body).what
        assert told.reply.header.osn == 0
        release()
        assert ask(client, NOBODY).reply.status == "answered"
        client.close()


def test_a_lost_database_connection_is_told_and_the_next_question_is_answered(county: County, paper: Paper) -> None:
    with running_switch(county, paper, threads=1) as running:
        client, _ = running.sign_on("chen")
        with client:
            assert ask(client, NOBODY).reply.status == "answered"
            running.lose_database_connection()
            told = ask(client, NOBODY)
            assert told.reply.status == "unavailable"
            assert parse_unavailable(told.reply.body).what == "the database does not answer; ask again"
            assert ask(client, NOBODY).reply.status == "answered"


def test_fifty_devices_at_once_each_get_their_own_answers(switch: RunningSwitch) -> None:
    first, accepted = switch.sign_on("chen")
    first.close()
    sign_on = SignOn(UserName("chen"), Ori("CA0990100"), ticket=accepted.ticket)
    tls = switch.paper.device("CADEMO01")
    wrong: list[str] = []
    osns: list[int] = []

    def one(number: int) -> None:
        try:
            with TerminalClient.connect("127.0.0.1", switch.port, tls) as client:
                client.sign_on(sign_on)
                for turn in range(4):
                    control = f"C{number:04d}T{turn:04d}"
                    client.send(f"QW.CA0990100.*{control}.NAM/NOBODY,QUITE UNKNOWN")
                    told = next_reply(client)
                    if told.reply.status != "answered" or not told.reply.header.reference.endswith(control):
                        wrong.append(told.text)
                    osns.append(told.reply.header.osn)
                    client.acknowledge(told)
                client.sign_off()
        except (Unavailable, SignOnFailed) as error:
            wrong.append(repr(error))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    assert len(osns) == len(set(osns)) == 200


def test_a_silent_connection_is_told_and_ended(county: County, paper: Paper) -> None:
    limits = SessionLimits(sign_on_within_seconds=0.3, idle_seconds=0.3)
    with running_switch(county, paper, limits=limits) as impatient, impatient.connect() as client:
        assert "nothing was heard" in parse_unavailable(client.receive().reply.body).what
        with pytest.raises(Unavailable, match="ended"):
            client.receive()


def test_a_sign_on_lasts_twelve_hours_however_alive_the_connection_is(county: County, paper: Paper) -> None:
    moments = [county.now]
    with running_switch(county, paper, clock=lambda: moments[-1]) as running:
        client, _ = running.sign_on("gupta")
        with client:
            moments.append(county.now + timedelta(hours=11, minutes=59))
            assert ask(client, "QW.CA0990100.NAM/NOBODY,QUITE UNKNOWN").reply.status == "answered"
            moments.append(county.now + timedelta(hours=12))
            told = ask(client, "QW.CA0990100.NAM/NOBODY,QUITE UNKNOWN")
            assert "the sign-on has run out" in parse_unavailable(told.reply.body).what
            assert told.reply.header.reference == "QW.CA0990100"
            with pytest.raises(Unavailable, match="ended"):
                client.receive()


def test_a_sender_that_gets_nothing_right_is_cut_off(county: County, paper: Paper) -> None:
    with running_switch(county, paper, limits=SessionLimits(max_rejected_in_a_row=3)) as strict:
        client, _ = strict.sign_on("chen")
        with client:
            for _ in range(3):
                assert ask(client, "NONSENSE").reply.status == "rejected"
            assert "too many rejected" in parse_unavailable(client.receive().reply.body).what
            with pytest.raises(Unavailable):
                client.receive()


def test_a_device_that_does_not_read_is_cut_off_and_its_replies_wait(county: County, paper: Paper) -> None:
    limits = SessionLimits(slow_reader_seconds=0.5, max_rejected_in_a_row=1_000_000)
    with running_switch(county, paper, limits=limits) as running:
        client, _ = running.sign_on("gupta")
        # Small buffers at this end, so that few unread replies fill the line.
        client.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        assert send_until_cut_off(client, framed(LONG_ANSWER) * 50)
        client.close()
        again, accepted = running.sign_on("gupta")
        with again:
            told = again.receive()
            assert told.reply.header.osn <= accepted.last_osn
            assert again.is_from_before(told)


def is_closed(secured: ssl.SSLSocket) -> bool:
    """Whether the other side closed, with or without an alert, and sent nothing before."""
    try:
        return secured.recv(1) == b""
    except ssl.SSLError as error:
        return error.reason == "TLSV13_ALERT_CERTIFICATE_REQUIRED"


def send_until_cut_off(client: TerminalClient, data: bytes) -> bool:
    """Sends and never reads; whether the switch ends the connection within a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            client.send_bytes(data)
        except Unavailable:
            return True
    return False


def test_a_switch_told_to_stop_answers_what_it_has_taken_in_and_says_goodbye(county: County, paper: Paper) -> None:
    with running_switch(county, paper) as running:
        client, _ = running.sign_on("chen")
        assert ask(client, NOBODY).reply.status == "answered"
    goodbye = client.receive()
    assert "stopping" in parse_unavailable(goodbye.reply.body).what
    client.close()


def test_an_unknown_device_of_our_authority_may_not_sign_anybody_on(switch: RunningSwitch) -> None:
    with switch.connect(Mnemonic("CAGHOST1")) as client, pytest.raises(SignOnFailed) as failed:
        client.sign_on(switch.claim("chen"))
    assert parse_refusal(failed.value.told.reply.body).missing == "the device is disabled or unknown"


def unacknowledged_at(device: str) -> set[int]:
    waiting = StoredMessage.objects.filter(device=device, acknowledged_at__isnull=True)
    return set(waiting.values_list("osn", flat=True))


def is_number_of_newest(number: int) -> bool:
    return last_receipt_number() == number


def newest_entry(criteria: Criteria) -> ListedEntry:
    return find_entries(criteria, PageWanted(Sort.NUMBER)).entries[0]


def wait_until(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
