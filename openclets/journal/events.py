"""The one catalogue of what is journalled: every kind of entry, when it is left, and how long its body is kept.

docs/reference/events.md is made from it, and a test compares it with the code: a kind that is recorded and not listed,
or listed and recorded nowhere, fails. Source of the classes: CJIS Security Policy AU-2, what must be logged.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

KEPT_YEARS: Final = 3
"""How long a body is kept unless its kind or the operator says otherwise. Source: CLETS PPP 1.6.4 D, three years; CJIS
Security Policy AU-11 asks for one."""


BODIES_ERASED: Final = "bodies erased"
"""Its first record is a hash over the numbers of the entries whose bodies were erased (`absence.erased_hash`)."""

ENTRIES_ARCHIVED: Final = "entries archived"
"""Its records are the name of a file and the file's SHA-256."""


class Audited(StrEnum):
    """Which duty of AU-2 an event fulfils."""

    SIGN_ON = "sign-on, successful or not"
    RIGHTS = "use of rights on accounts, files and resources"
    PASSWORD = "change of a password or other factor"  # noqa: S105 (a class of events)
    PRIVILEGED = "privileged action"
    JOURNAL = "access to, change or erasure of the audit record"
    TRANSACTION = "operational transaction"


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of entry. `left` says when it is left; refused, rejected and failed attempts leave it too."""

    kind: str
    audited: Audited
    left: str
    kept_years: int = KEPT_YEARS


EVENTS: Final = (
    Event("sign-on", Audited.SIGN_ON, "A person signs on at a device or at the pages, or is not let in."),
    Event("screen unlocked", Audited.SIGN_ON, "A person opens a locked screen of the pages with their password."),
    Event("sign-off", Audited.SIGN_ON, "A person signs off, or a session ends."),
    Event("sign-in secret changed", Audited.PASSWORD, "A person's password or second factor is changed."),
    Event("agency people listed", Audited.RIGHTS, "A coordinator looks at who may what at their agency."),
    Event("own access seen", Audited.RIGHTS, "Somebody looks at where their own access stands."),
    Event("roster looked through", Audited.RIGHTS, "A roster is read and shown line by line; changes nobody."),
    Event("roster applied", Audited.PRIVILEGED, "A roster's changes are made: people join, get and lose duties."),
    Event("agency devices listed", Audited.RIGHTS, "A coordinator looks at the agency's devices and certificates."),
    Event("certificate issued", Audited.PRIVILEGED, "A device is given a certificate; older ones end a week later."),
    Event("certificate revoked", Audited.PRIVILEGED, "A certificate no longer counts; holds the reason."),
    Event("authority trusted", Audited.PRIVILEGED, "An agency's own certificate authority is trusted for its devices."),
    Event("authority distrusted", Audited.PRIVILEGED, "An agency's own authority is no longer trusted."),
    Event("device turned away", Audited.SIGN_ON, "A device's certificate no longer counts; its connection is ended."),
    Event("training reminder sent", Audited.PRIVILEGED, "A coordinator reminds somebody of a course by e-mail."),
    Event("locked names listed", Audited.RIGHTS, "A coordinator looks whose names are locked after wrong sign-ons."),
    Event("name released", Audited.PRIVILEGED, "A coordinator lets a person sign on again whose name was locked."),
    Event("question", Audited.TRANSACTION, "Somebody asks about a person or an order; holds question and answer."),
    Event("rejected message", Audited.TRANSACTION, "A message could not be read or its sender is not known."),
    Event("filing opened", Audited.RIGHTS, "Somebody opens the pages for filing an order."),
    Event("order filed", Audited.TRANSACTION, "A court files a protective order."),
    Event("orders listed", Audited.RIGHTS, "A court looks at the orders it filed."),
    Event("order opened", Audited.RIGHTS, "A court opens one of its orders."),
    Event("order image seen", Audited.RIGHTS, "The scanned image of an order is looked at."),
    Event("court form read", Audited.RIGHTS, "The fields of a court form are read to fill in an order."),
    Event("document kept", Audited.RIGHTS, "A document is taken in beside an order."),
    Event("document page seen", Audited.RIGHTS, "A page of a document taken in is looked at before it is filed."),
    Event("duplicates listed", Audited.RIGHTS, "Records staff look at pairs of records that may be of one person."),
    Event("records compared", Audited.RIGHTS, "Two records are looked at side by side."),
    Event("records linked", Audited.TRANSACTION, "Two records are decided to be of one person; holds the reason."),
    Event("records kept apart", Audited.TRANSACTION, "Two records are decided to be of two people; holds the reason."),
    Event("identity decision undone", Audited.TRANSACTION, "Such a decision is taken back; holds the reason."),
    Event("identity decisions listed", Audited.RIGHTS, "Records staff look at the decisions made."),
    Event("training looked at", Audited.RIGHTS, "A person looks at their own training."),
    Event("exam begun", Audited.RIGHTS, "A person begins the exam of a course, or goes on with the one begun."),
    Event("exam opened", Audited.RIGHTS, "A person looks at the paper of the exam they have begun."),
    Event("exam handed in", Audited.RIGHTS, "A paper is marked; a course that is passed is recorded with it."),
    Event("certificate taken", Audited.RIGHTS, "The certificate of a course passed is made."),
    Event(
        "training recorded", Audited.PRIVILEGED, "A coordinator records a course passed elsewhere; says on what proof."
    ),
    Event("agency applied", Audited.PRIVILEGED, "An agency is put on file as having applied."),
    Event("agency step taken", Audited.PRIVILEGED, "An agency is reviewed, approved, let in, stopped or let go."),
    Event("agencies listed", Audited.RIGHTS, "The list of agencies and what they wait for is looked at."),
    Event("agency opened", Audited.RIGHTS, "One agency's application, steps and agreements are looked at."),
    Event(
        "agreement proposed", Audited.PRIVILEGED, "An agreement signed by an agency's head waits to be countersigned."
    ),
    Event("agreement decided", Audited.PRIVILEGED, "A proposed agreement is countersigned or turned down."),
    Event("agreement ended", Audited.PRIVILEGED, "An agreement is ended before its day."),
    Event("privilege proposed", Audited.PRIVILEGED, "Somebody is proposed for a duty at an agency."),
    Event("privilege decided", Audited.PRIVILEGED, "A proposed duty is granted or turned down by somebody else."),
    Event("duties ended", Audited.PRIVILEGED, "A duty is taken from somebody, or all because they left."),
    Event("vetting recorded", Audited.PRIVILEGED, "What fingerprints and background check found is recorded."),
    Event("felony reviewed", Audited.PRIVILEGED, "Somebody barred by a felony is let in or kept out, with the reason."),
    Event("felonies listed", Audited.RIGHTS, "A reviewer looks at who is barred by a felony and who was let in."),
    Event("person opened", Audited.RIGHTS, "A coordinator looks at one person's duties, vetting and courses."),
    Event("own agreements listed", Audited.RIGHTS, "An agency's coordinator looks at its agreements."),
    Event("invitation issued", Audited.PRIVILEGED, "Somebody is given the code for their first sign-in."),
    Event("invitation used", Audited.PASSWORD, "A person sets their first password and authenticator by that code."),
    Event("statement signed", Audited.RIGHTS, "A person signs the confidentiality statement."),
    Event("privileges listed", Audited.RIGHTS, "The work list of the yearly review of privileges is looked at."),
    Event("privilege reviewed", Audited.PRIVILEGED, "A duty is looked at and kept or taken away."),
    Event("unused account disabled", Audited.PRIVILEGED, "An account is disabled that nobody used for 90 days."),
    Event("synthetic data loaded", Audited.PRIVILEGED, "Made-up people and orders are put into a database."),
    Event("journal searched", Audited.JOURNAL, "The journal is searched; holds what was looked for."),
    Event("journal entry opened", Audited.JOURNAL, "One entry of the journal is read."),
    Event("journal exported", Audited.JOURNAL, "Found entries are taken out with their proofs; holds the lines' hash."),
    Event("journal proof given", Audited.JOURNAL, "The proof of an entry is handed out."),
    Event("log entries read", Audited.JOURNAL, "A bundle of entries is fetched from the log."),
    Event("bodies erased", Audited.JOURNAL, "Bodies are erased after their keeping time; names them by a hash.", 100),
    Event("entries archived", Audited.JOURNAL, "Entries without bodies are moved into a file; names it by hash.", 100),
    Event("figures published", Audited.JOURNAL, "Public figures of months are counted and published.", 100),
    Event("hold placed", Audited.JOURNAL, "Bodies are held: they may not be erased, whatever their age.", 100),
    Event("hold ended", Audited.JOURNAL, "A hold is ended.", 100),
    Event("journal outage ended", Audited.JOURNAL, "Entries can be made durable again; holds how many could not.", 100),
)

KEPT_BY_KIND: Final = {event.kind: event.kept_years for event in EVENTS}

LOOKS: Final = (
    "journal searched",
    "journal entry opened",
    "journal exported",
    "journal proof given",
    "log entries read",
)
"""Kinds that are themselves looks at the journal."""
