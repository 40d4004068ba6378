"""Rights in words, for those who are told what they may do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from openclets.agencies.permissions import Right

_WORDS: Final = {
    Right.FILE_ORDER: "file orders",
    Right.READ_COURT_FORM: "have court forms read",
    Right.SEE_FILED_ORDERS: "see the court's orders",
    Right.ASK_PERSON: "ask about people",
    Right.ASK_ORDERS: "ask for orders",
    Right.ASK_HISTORY: "ask for criminal history",
    Right.ASK_DRIVER: "ask about drivers",
    Right.ASK_VEHICLE: "ask about vehicles",
    Right.ASK_PROPERTY: "ask about property",
    Right.SEE_ORDER_IMAGE: "see signed orders",
    Right.RESOLVE_DUPLICATES: "decide about duplicates",
    Right.READ_JOURNAL: "read the journal",
    Right.READ_OWN_JOURNAL: "read the agency's journal",
    Right.SEE_PEOPLE: "see the agency's people",
    Right.REMIND_OF_TRAINING: "send reminders",
    Right.APPLY_ROSTER: "upload a roster",
    Right.RELEASE_SIGN_ON: "release locked names",
    Right.KEEP_CERTIFICATES: "keep device certificates",
    Right.LEARN: "take courses",
    Right.KEEP_TRAINING: "record courses passed elsewhere",
    Right.APPLY_FOR_AGENCY: "enter applications of agencies",
    Right.PROPOSE_AGREEMENT: "propose agreements",
    Right.DECIDE_ON_AGENCIES: "decide about agencies",
    Right.KEEP_PEOPLE: "propose, vet and let go people",
    Right.DECIDE_ON_PRIVILEGES: "grant and review privileges",
    Right.REVIEW_FELONIES: "review felonies",
}


def in_words(rights: Iterable[Right]) -> str:
    """`ask about people, ask for orders`; a right without words by its own name; '' for none."""
    return ", ".join(_WORDS.get(right, right.value) for right in rights)
