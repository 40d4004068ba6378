"""Calls of the verbs with which an agency keeps its people and devices. See `verb_calls`."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from openclets.agencies import overview, own_access, reminding
from openclets.agencies.certificates import admission, keeping
from openclets.agencies.certificates.paper import AuthorityFiles, fingerprint_of, load_authority
from openclets.agencies.models import Affiliation, Device, User
from openclets.agencies.permissions import Duty
from openclets.agencies.roster import applying
from openclets.agencies.signing_on import Caller
from openclets.config.certificates import make_authority
from openclets.vocabulary.identifiers import Mnemonic, UserName
from tests.architecture.row import Row
from tests.county import County
from tests.own_names import own_letters
from tests.simulators.device_papers import request_of


def _reminded(county: County) -> UserName:
    """Somebody of the coordinator's agency who has an address."""
    names = {"full_name": "Officer Row Reminded", "email": "reminded@example.gov"}
    user, _ = User.objects.get_or_create(user_name="row.reminded", defaults=names)
    Affiliation.objects.get_or_create(user=user, agency_id=county.actor("fox").agency, duty=Duty.OFFICER)
    return UserName("row.reminded")


def _roster() -> bytes:
    """A roster with one new person."""
    name = own_letters(12)
    heading = "user_name,full_name,email,ori,duty,course,passed_on"
    return f"{heading}\nrow.{name.lower()},Officer {name},,CA0990000,officer,,\n".encode()


def _waiting_roster(county: County) -> int:
    checked = applying.check_roster(actor=county.actor("fox"), now=county.now, data=_roster(), ends_absent=False)
    assert checked.number is not None
    return checked.number


def _authority() -> AuthorityFiles:
    """An authority of its own."""
    made = make_authority(Path(tempfile.mkdtemp(dir=settings.DATA_FOLDER)), now=datetime.now(UTC))
    return AuthorityFiles(made.certificate, made.key)


def _own_device(county: County) -> Mnemonic:
    """A device of the coordinator's agency that no other test connects from."""
    names = {"agency_id": county.actor("fox").agency, "place": "rows of verbs"}
    Device.objects.get_or_create(mnemonic="CAROWS01", defaults=names)
    return Mnemonic("CAROWS01")


def _issued(county: County) -> str:
    """A certificate's fingerprint."""
    return keeping.issue_certificate(
        actor=county.actor("fox"),
        now=county.now,
        device=_own_device(county),
        request=request_of("CAROWS01"),
        node_authority=_authority(),
    ).fingerprint


def _trusted(county: County) -> str:
    """An authority of the agency's own that is trusted; its fingerprint."""
    own = _authority()
    keeping.trust_authority(
        actor=county.actor("fox"),
        now=county.now,
        authority=own.certificate.read_text(),
        node_authority=_authority(),
    )
    return fingerprint_of(load_authority(own))


AGENCY_ROWS: Final[dict[str, Row]] = {
    "agencies.overview.people_of_agency": Row(
        allowed=lambda county, _: overview.people_of_agency(actor=county.actor("fox"), now=county.now),
        refused=lambda county, _: overview.people_of_agency(actor=county.actor("chen"), now=county.now),
    ),
    "agencies.own_access.own_access": Row(
        allowed=lambda county, _: own_access.own_access(actor=county.actor("dorn"), now=county.now),
        refused=None,
        why="whoever is refused must be able to learn why",
    ),
    "agencies.reminding.remind_of_training": Row(
        prepare=_reminded,
        allowed=lambda county, user: reminding.remind_of_training(actor=county.actor("fox"), now=county.now, user=user),
        refused=lambda county, user: reminding.remind_of_training(
            actor=county.actor("gupta"), now=county.now, user=user
        ),
    ),
    "agencies.roster.applying.check_roster": Row(
        allowed=lambda county, _: applying.check_roster(
            actor=county.actor("fox"), now=county.now, data=_roster(), ends_absent=False
        ),
        refused=lambda county, _: applying.check_roster(
            actor=county.actor("chen"), now=county.now, data=_roster(), ends_absent=False
        ),
    ),
    "agencies.roster.applying.apply_roster": Row(
        prepare=_waiting_roster,
        allowed=lambda county, number: applying.apply_roster(actor=county.actor("fox"), now=county.now, number=number),
        refused=lambda county, number: applying.apply_roster(actor=county.actor("eze"), now=county.now, number=number),
    ),
    "agencies.certificates.keeping.devices_of_agency": Row(
        allowed=lambda county, _: keeping.devices_of_agency(actor=county.actor("fox"), now=county.now),
        refused=lambda county, _: keeping.devices_of_agency(actor=county.actor("chen"), now=county.now),
    ),
    "agencies.certificates.keeping.issue_certificate": Row(
        prepare=lambda county: (_own_device(county), request_of("CAROWS01"), _authority()),
        allowed=lambda county, given: keeping.issue_certificate(
            actor=county.actor("fox"), now=county.now, device=given[0], request=given[1], node_authority=given[2]
        ),
        refused=lambda county, given: keeping.issue_certificate(
            actor=county.actor("gupta"), now=county.now, device=given[0], request=given[1], node_authority=given[2]
        ),
    ),
    "agencies.certificates.keeping.revoke_certificate": Row(
        prepare=_issued,
        allowed=lambda county, fingerprint: keeping.revoke_certificate(
            actor=county.actor("fox"), now=county.now, fingerprint=fingerprint, reason="lost"
        ),
        refused=lambda county, fingerprint: keeping.revoke_certificate(
            actor=county.actor("eze"), now=county.now, fingerprint=fingerprint, reason="lost"
        ),
    ),
    "agencies.certificates.keeping.trust_authority": Row(
        prepare=lambda county: (_authority(), _authority()),
        allowed=lambda county, two: keeping.trust_authority(
            actor=county.actor("fox"), now=county.now, authority=two[0].certificate.read_text(), node_authority=two[1]
        ),
        refused=lambda county, two: keeping.trust_authority(
            actor=county.actor("brandt"),
            now=county.now,
            authority=two[0].certificate.read_text(),
            node_authority=two[1],
        ),
    ),
    "agencies.certificates.keeping.distrust_authority": Row(
        prepare=_trusted,
        allowed=lambda county, fingerprint: keeping.distrust_authority(
            actor=county.actor("fox"), now=county.now, fingerprint=fingerprint
        ),
        refused=lambda county, fingerprint: keeping.distrust_authority(
            actor=county.actor("chen"), now=county.now, fingerprint=fingerprint
        ),
    ),
    "agencies.certificates.admission.record_turned_away": Row(
        allowed=lambda county, _: admission.record_turned_away(
            actor=Caller(Mnemonic("CAROWS01"), "socket"), now=county.now, reason="the certificate was revoked"
        ),
        refused=None,
        why="records a refusal itself",
    ),
}
