"""One row for every verb: how it is called by somebody who may, and by somebody who may not.

A new verb needs a row here; `test_verbs` names the verbs that lack one. `prepare` runs before the journal is counted
and gives the calls what they need; each call must call the verb exactly once.
"""

from __future__ import annotations

from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import Final

from pypdf import PdfWriter

from openclets.agencies import releasing, signing_on
from openclets.agencies.models import Affiliation, Attempts, User
from openclets.agencies.signing_on import Caller, Claim
from openclets.inquiry import journal_export, journal_message, journal_search, pictures, same_person
from openclets.inquiry.ask import ask
from openclets.inquiry.question import Question
from openclets.journal.search import Criteria, PageWanted
from openclets.orders import filing, images
from openclets.orders.court_forms import reading
from openclets.orders.entry import Contact, OrderEntry, ProtectedPerson, RestrainedPerson, Sex, Terms
from openclets.people.person import RecordPerson
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName
from openclets.vocabulary.persons import PersonName
from openclets.wire.message import Message
from openclets.wire.parse import read_message
from tests.architecture.agency_calls import AGENCY_ROWS
from tests.architecture.joining_calls import JOINING_ROWS
from tests.architecture.row import Row
from tests.architecture.training_calls import TRAINING_ROWS
from tests.county import County
from tests.own_names import own_letters
from tests.simulators.sealed_journal import seal_the_journal


def _claim(county: County, user: str, code: str) -> Claim:
    return Claim(user=UserName(user), agency=Ori("CA0990100"), password=county.password, code=code)


def _locked_name(county: County) -> UserName:
    """The name of a person of the sheriff who only exists to be locked."""
    person, _ = User.objects.get_or_create(user_name="ogden", defaults={"full_name": "Deputy Lou Ogden"})
    Affiliation.objects.get_or_create(user=person, agency_id="CA0990000", duty="officer")
    locked = {"wrong_at": [county.now], "last_at": county.now, "locked_at": county.now}
    Attempts.objects.update_or_create(subject="person:ogden", defaults=locked)
    return UserName("ogden")


def _sealed(county: County) -> tuple[int, Path]:
    """An entry and the folder of the log in which it is sealed."""
    number = signing_on.record_sign_off(actor=county.actor("chen"), now=county.now).number
    return number, seal_the_journal()


def _journal_query() -> Message:
    text = "NLQ.CA0990000.TYP/ALL.BEG/20261120.END/20261120.NAM/NOBODY"
    message = read_message(text, today=date(2026, 11, 22)).message
    assert message is not None
    return message


def _searched(county: County) -> int:
    """The entry of a search of the journal."""
    found = journal_search.search_journal(
        actor=county.actor("eze"), now=county.now, criteria=Criteria(user_name="chen", kind="sign-off")
    )
    return found.receipt.number


def _paper() -> bytes:
    """A PDF of one empty page like no other."""
    writer = PdfWriter()
    writer.add_blank_page(width=612, height=792)
    writer.add_metadata({"/Title": own_letters(32)})
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _kept(county: County) -> str:
    """The hash of a document that is kept."""
    kept = images.keep_document(actor=county.actor("brandt"), now=county.now, data=_paper(), file_name="order.pdf")
    return kept.sha256


def _entry(county: County) -> OrderEntry:
    """An order of a case and for a person of its own, its document kept."""
    unlike = own_letters(12)
    kept = images.keep_document(actor=county.actor("brandt"), now=county.now, data=_paper(), file_name="order.pdf")
    return OrderEntry(
        order_type="TRO",
        case_number=f"26-{unlike[:6]}",
        court=Ori("CA099013J"),
        county="099",
        restrained=RestrainedPerson(PersonName(unlike, "DEREK"), Sex.MALE, birth_date=date(1984, 5, 17)),
        protected=(ProtectedPerson(PersonName(unlike, "MARIA"), Sex.FEMALE),),
        terms=Terms(no_abuse=True, contact=Contact.NO_CONTACT, firearms_prohibited=True),
        issued_on=date(2026, 11, 20),
        documents=(kept.sha256,),
        judge="Rosa Alvarez",
        hearing_on=date(2026, 12, 10),
        hearing_time=time(8, 30),
        expires_on=date(2026, 12, 10),
    )


def _filed(county: County) -> str:
    """The number of an order on file."""
    return filing.file_order(actor=county.actor("brandt"), now=county.now, entry=_entry(county)).fcn


def _two_filed(county: County) -> tuple[RecordPerson, RecordPerson]:
    """The restrained people of two orders of their own."""
    one, other = (same_person.restrained_person_of(_filed(county)) for _ in range(2))
    return one, other


def _two_linked(county: County) -> tuple[RecordPerson, RecordPerson]:
    """The same, linked."""
    one, other = _two_filed(county)
    same_person.link_records(actor=county.actor("gupta"), now=county.now, one=one, other=other, reason="same licence")
    return one, other


def _question() -> Question:
    return Question(
        key="QW", text="QW.CA0990100.NAM/NOBODY,ATALL", name=PersonName("NOBODY", "ATALL"), birth_date=date(1980, 1, 1)
    )


ROWS: Final[dict[str, Row]] = {
    **AGENCY_ROWS,
    **TRAINING_ROWS,
    **JOINING_ROWS,
    "agencies.signing_on.sign_on": Row(
        prepare=lambda county: county.code("chen"),
        allowed=lambda county, code: signing_on.sign_on(
            actor=Caller(Mnemonic("CADEMO01"), "socket"), claim=_claim(county, "chen", code), now=county.now
        ),
        refused=lambda county, code: signing_on.sign_on(
            actor=Caller(Mnemonic("CADEMO01"), "socket"), claim=_claim(county, "dorn", code), now=county.now
        ),
    ),
    "agencies.signing_on.record_page_sign_on": Row(
        allowed=lambda county, _: signing_on.record_page_sign_on(
            actor=county.actor("chen", channel="web"), now=county.now
        ),
        refused=None,
        why="records what the sign-in library has proven",
    ),
    "agencies.signing_on.record_page_refusal": Row(
        allowed=lambda county, _: signing_on.record_page_refusal(
            actor=Caller(Mnemonic(""), "web"), now=county.now, user_name="chen", refusal="the password is not right"
        ),
        refused=None,
        why="records a refusal itself",
    ),
    "agencies.signing_on.record_unlocking": Row(
        allowed=lambda county, _: signing_on.record_unlocking(
            actor=county.actor("chen", channel="web"), now=county.now
        ),
        refused=None,
        why="records what the sign-in library has proven",
    ),
    "agencies.signing_on.record_sign_off": Row(
        allowed=lambda county, _: signing_on.record_sign_off(actor=county.actor("chen"), now=county.now),
        refused=None,
        why="anybody may leave",
    ),
    "agencies.signing_on.record_credential_change": Row(
        # Of somebody without a terminal: it ends their tickets.
        allowed=lambda county, _: signing_on.record_credential_change(
            actor=county.actor("fox", channel="web"), now=county.now, what="a new password"
        ),
        refused=None,
        why="records what the sign-in library has allowed",
    ),
    "agencies.releasing.locked_names": Row(
        allowed=lambda county, _: releasing.locked_names(actor=county.actor("fox"), now=county.now),
        refused=lambda county, _: releasing.locked_names(actor=county.actor("chen"), now=county.now),
    ),
    "agencies.releasing.release_by_operator": Row(
        prepare=_locked_name,
        allowed=lambda county, name: releasing.release_by_operator(
            actor=Caller(Mnemonic(""), "command"), now=county.now, user_name=name, operator="root", reason="asked"
        ),
        refused=None,
        why="who may run commands on the machine may",
    ),
    "agencies.releasing.release_name": Row(
        prepare=_locked_name,
        allowed=lambda county, name: releasing.release_name(actor=county.actor("fox"), now=county.now, user_name=name),
        refused=lambda county, name: releasing.release_name(actor=county.actor("eze"), now=county.now, user_name=name),
    ),
    "inquiry.ask.ask": Row(
        allowed=lambda county, _: ask(actor=county.actor("chen"), now=county.now, question=_question()),
        refused=lambda county, _: ask(actor=county.actor("dorn"), now=county.now, question=_question()),
    ),
    "inquiry.journal_export.export_search": Row(
        prepare=lambda county: (_searched(county), _sealed(county)[1]),
        allowed=lambda county, given: journal_export.export_search(
            actor=county.actor("eze"), now=county.now, search=given[0], wanted=PageWanted(), folder=given[1], form="zip"
        ),
        refused=lambda county, given: journal_export.export_search(
            actor=county.actor("chen"),
            now=county.now,
            search=given[0],
            wanted=PageWanted(),
            folder=given[1],
            form="zip",
        ),
    ),
    "inquiry.journal_message.answer_journal_query": Row(
        allowed=lambda county, _: journal_message.answer_journal_query(
            actor=county.actor("eze"), now=county.now, message=_journal_query()
        ),
        refused=lambda county, _: journal_message.answer_journal_query(
            actor=county.actor("chen"), now=county.now, message=_journal_query()
        ),
    ),
    "inquiry.journal_search.search_journal": Row(
        allowed=lambda county, _: journal_search.search_journal(
            actor=county.actor("eze"), now=county.now, criteria=Criteria(user_name="chen")
        ),
        refused=lambda county, _: journal_search.search_journal(
            actor=county.actor("chen"), now=county.now, criteria=Criteria(user_name="chen")
        ),
    ),
    "inquiry.journal_search.search_again": Row(
        prepare=_searched,
        allowed=lambda county, search: journal_search.search_again(
            actor=county.actor("eze"), now=county.now, search=search, wanted=PageWanted()
        ),
        refused=lambda county, search: journal_search.search_again(
            actor=county.actor("chen"), now=county.now, search=search, wanted=PageWanted()
        ),
    ),
    "inquiry.journal_search.open_entry": Row(
        prepare=lambda county: signing_on.record_sign_off(actor=county.actor("chen"), now=county.now).number,
        allowed=lambda county, number: journal_search.open_entry(
            actor=county.actor("eze"), now=county.now, number=number
        ),
        refused=lambda county, number: journal_search.open_entry(
            actor=county.actor("chen"), now=county.now, number=number
        ),
    ),
    "inquiry.journal_search.prove_entry": Row(
        prepare=_sealed,
        allowed=lambda county, sealed: journal_search.prove_entry(
            actor=county.actor("eze"), now=county.now, number=sealed[0], folder=sealed[1]
        ),
        refused=lambda county, sealed: journal_search.prove_entry(
            actor=county.actor("chen"), now=county.now, number=sealed[0], folder=sealed[1]
        ),
    ),
    "inquiry.journal_search.read_log_entries": Row(
        prepare=_sealed,
        allowed=lambda county, sealed: journal_search.read_log_entries(
            actor=county.actor("eze"), now=county.now, folder=sealed[1], tile=0, width=1
        ),
        refused=lambda county, sealed: journal_search.read_log_entries(
            actor=county.actor("chen"), now=county.now, folder=sealed[1], tile=0, width=1
        ),
    ),
    "inquiry.pictures.show_page": Row(
        prepare=_filed,
        allowed=lambda county, fcn: pictures.show_page(actor=county.actor("chen"), now=county.now, fcn=fcn, page=1),
        refused=lambda county, fcn: pictures.show_page(actor=county.actor("dorn"), now=county.now, fcn=fcn, page=1),
    ),
    "inquiry.same_person.possible_duplicates": Row(
        allowed=lambda county, _: same_person.possible_duplicates(actor=county.actor("gupta"), now=county.now),
        refused=lambda county, _: same_person.possible_duplicates(actor=county.actor("chen"), now=county.now),
    ),
    "inquiry.same_person.two_records": Row(
        prepare=_two_filed,
        allowed=lambda county, two: same_person.two_records(
            actor=county.actor("gupta"), now=county.now, one=two[0], other=two[1]
        ),
        refused=lambda county, two: same_person.two_records(
            actor=county.actor("chen"), now=county.now, one=two[0], other=two[1]
        ),
    ),
    "inquiry.same_person.link_records": Row(
        prepare=_two_filed,
        allowed=lambda county, two: same_person.link_records(
            actor=county.actor("gupta"), now=county.now, one=two[0], other=two[1], reason="same licence"
        ),
        refused=lambda county, two: same_person.link_records(
            actor=county.actor("chen"), now=county.now, one=two[0], other=two[1], reason="same licence"
        ),
    ),
    "inquiry.same_person.keep_apart": Row(
        prepare=_two_filed,
        allowed=lambda county, two: same_person.keep_apart(
            actor=county.actor("gupta"), now=county.now, one=two[0], other=two[1], reason="brothers"
        ),
        refused=lambda county, two: same_person.keep_apart(
            actor=county.actor("eze"), now=county.now, one=two[0], other=two[1], reason="brothers"
        ),
    ),
    "inquiry.same_person.undo_decision": Row(
        prepare=_two_linked,
        allowed=lambda county, two: same_person.undo_decision(
            actor=county.actor("gupta"), now=county.now, one=two[0], other=two[1], reason="mistaken"
        ),
        refused=lambda county, two: same_person.undo_decision(
            actor=county.actor("chen"), now=county.now, one=two[0], other=two[1], reason="mistaken"
        ),
    ),
    "inquiry.same_person.decisions_made": Row(
        allowed=lambda county, _: same_person.decisions_made(actor=county.actor("gupta"), now=county.now),
        refused=lambda county, _: same_person.decisions_made(actor=county.actor("alvarez"), now=county.now),
    ),
    "orders.court_forms.reading.read_court_form": Row(
        allowed=lambda county, _: reading.read_court_form(
            actor=county.actor("brandt"), now=county.now, data=_paper(), file_name="dv110.pdf"
        ),
        refused=lambda county, _: reading.read_court_form(
            actor=county.actor("chen"), now=county.now, data=_paper(), file_name="dv110.pdf"
        ),
    ),
    "orders.images.keep_document": Row(
        allowed=lambda county, _: images.keep_document(
            actor=county.actor("brandt"), now=county.now, data=_paper(), file_name="order.pdf"
        ),
        refused=lambda county, _: images.keep_document(
            actor=county.actor("gupta"), now=county.now, data=_paper(), file_name="order.pdf"
        ),
    ),
    "orders.images.show_kept_page": Row(
        prepare=_kept,
        allowed=lambda county, sha256: images.show_kept_page(
            actor=county.actor("brandt"), now=county.now, sha256=sha256, page=1
        ),
        refused=lambda county, sha256: images.show_kept_page(
            actor=county.actor("chen"), now=county.now, sha256=sha256, page=1
        ),
    ),
    "orders.filing.open_filing": Row(
        allowed=lambda county, _: filing.open_filing(actor=county.actor("brandt"), now=county.now),
        refused=lambda county, _: filing.open_filing(actor=county.actor("alvarez"), now=county.now),
    ),
    "orders.filing.file_order": Row(
        prepare=_entry,
        allowed=lambda county, entry: filing.file_order(actor=county.actor("brandt"), now=county.now, entry=entry),
        refused=lambda county, entry: filing.file_order(actor=county.actor("alvarez"), now=county.now, entry=entry),
    ),
    "orders.filing.orders_filed": Row(
        allowed=lambda county, _: filing.orders_filed(actor=county.actor("alvarez"), now=county.now),
        refused=lambda county, _: filing.orders_filed(actor=county.actor("chen"), now=county.now),
    ),
    "orders.filing.order_for_court": Row(
        prepare=_filed,
        allowed=lambda county, fcn: filing.order_for_court(actor=county.actor("alvarez"), now=county.now, fcn=fcn),
        refused=lambda county, fcn: filing.order_for_court(actor=county.actor("chen"), now=county.now, fcn=fcn),
    ),
}
