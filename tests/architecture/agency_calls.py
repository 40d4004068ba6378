"""Calls of the verbs with which an agency keeps its people and devices. See `verb_calls`."""

from __future__ import annotations

from typing import Final

from openclets.agencies import overview, own_access, reminding
from openclets.agencies.models import Affiliation, User
from openclets.agencies.permissions import Duty
from openclets.vocabulary.identifiers import UserName
from tests.architecture.row import Row
from tests.county import County


def _reminded(county: County) -> UserName:
    """Somebody of the coordinator's agency who has an address."""
    names = {"full_name": "Officer Row Reminded", "email": "reminded@example.gov"}
    user, _ = User.objects.get_or_create(user_name="row.reminded", defaults=names)
    Affiliation.objects.get_or_create(user=user, agency_id=county.actor("fox").agency, duty=Duty.OFFICER)
    return UserName("row.reminded")


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
}
