"""What the switch and the national index send unasked, and what the switch sends instead of an answer."""

from __future__ import annotations

from openclets.vocabulary.messages.groups import OWN
from openclets.vocabulary.messages.row import Act, Direction, Family, MessageKey, must

_NOTICES = "public list of the national system's unsolicited notices"

NOTICE_MEANINGS: tuple[tuple[str, str, str], ...] = (
    ("$.1", "Says that all files are out of service.", "ALL FILES OUT OF SERVICE"),
    ("$.2", "Says that the hot files are back in full service.", "HOT FILES IN SERVICE"),
    ("$.3", "Says that a transmission went wrong.", "TRANSMISSION ERROR"),
    ("$.4", "Says that service is restricted to questions.", "RESTRICTED SERVICE"),
    ("$.5", "Says that service is still restricted.", "STILL RESTRICTED"),
    ("$.6", "Says that the line is open again in full service.", "LINE OPEN, FULL SERVICE"),
    ("$.7", "Says that the line is open again in restricted service.", "LINE OPEN, RESTRICTED SERVICE"),
    ("$.8", "Tells a record's owner of an inquiry or act of another state.", "YOUR RECORD WAS ASKED ABOUT"),
    ("$.10", "Says that the fingerprint matcher is out of service.", "FINGERPRINT MATCHER OUT"),
    ("$.11", "Says that the fingerprint matcher is back.", "FINGERPRINT MATCHER IN"),
    ("$.A", "Brings an administrative text of the national system.", "SYSTEM NEWS"),
    ("$.B", "Says that a batch or file is ready for transfer.", "BATCH READY"),
    ("$.C", "Asks the owner to validate records.", "PLEASE VALIDATE H000000001"),
    ("$.D", "Tells that another agency entered the same vehicle.", "DUPLICATE OF V000000001 ENTERED"),
    ("$.E", "Tells the owner that a record was purged for a serious error.", "W000000001 PURGED, SERIOUS ERROR"),
    ("$.F", "Tells the owner that a record was purged because it was not validated.", "W000000001 PURGED"),
    ("$.G", "Tells of the ownership of a gang record.", "GANG RECORD Z000000001"),
    ("$.H", "Tells of a delayed hit: a question of the last days finds a record entered since.", "DELAYED HIT"),
    ("$.H.TTP", "Tells of a delayed hit on a threat to somebody protected.", "DELAYED HIT, THREAT TO PROTECTEE"),
    ("$.I", "Tells of the ownership of a picture.", "PICTURE OF W000000001"),
    ("$.J", "Tells that a missing juvenile has come of age.", "M000000001 IS OF AGE"),
    ("$.K", "Asks the owner for a field that was left out and has to follow.", "M000000001 LACKS DENTAL DATA"),
    ("$.L", "Tells the owner that another agency found what is on record.", "W000000001 LOCATED"),
    ("$.M", "Tells of a match between a missing and an unidentified person.", "M000000001 MATCHES U000000001"),
    ("$.N", "Tells that no missing person matches an unidentified one.", "NO MATCH FOR U000000001"),
    ("$.NICS", "Says that the background check is up or down.", "BACKGROUND CHECK UP"),
    ("$.O", "Tells a supervising officer of an inquiry about a released person.", "C000000001 WAS ASKED ABOUT"),
    ("$.P", "Brings the list of retired records.", "RETIRED: W000000001"),
    ("$.Q", "Tells of a registered sex offender.", "X000000001 WAS ASKED ABOUT"),
    ("$.R", "Asks for the benefit a record brought.", "BENEFIT OF W000000001 PLEASE"),
    ("$.S", "Says that statistics are being made.", "STATISTICS"),
    ("$.U", "Says that the history index is out of service.", "HISTORY INDEX OUT"),
    ("$.V", "Says that the history index is in full service.", "HISTORY INDEX IN FULL SERVICE"),
    ("$.W", "Says that the history index is in restricted service.", "HISTORY INDEX RESTRICTED"),
    ("$.X", "Says that the history index is still in restricted service.", "HISTORY INDEX STILL RESTRICTED"),
    ("$.Y", "Says that the line is open again, hot files in full and histories in restricted service.", "LINE OPEN"),
    ("$.Z", "Says that the line is open again, hot files in restricted and histories in full service.", "LINE OPEN"),
)
"""Code, meaning, an example. Source: public list of the national system's unsolicited notices."""

MUST_BE_ACKNOWLEDGED: frozenset[str] = frozenset(
    {"$.C", "$.D", "$.E", "$.F", "$.H", "$.H.TTP", "$.J", "$.K", "$.L", "$.M", "$.8"}
)
"""Notices that a person has to see. Source: own decision, by what they ask an agency to do."""

NOTICES: tuple[MessageKey, ...] = tuple(
    MessageKey(
        code,
        purpose,
        Direction.OUT,
        Family.NOTICE,
        must("TXT", f"{OWN}: what a notice says comes as text"),
        _NOTICES,
        act=Act.TELL,
        record=f"notice {code}",
        text_field="TXT",
        example=example,
    )
    for code, purpose, example in NOTICE_MEANINGS
)

INSTEAD_OF_AN_ANSWER: tuple[MessageKey, ...] = tuple(
    MessageKey(
        key,
        purpose,
        Direction.OUT,
        Family.REPLY,
        must("TXT", f"{OWN}: its body is text"),
        source,
        act=Act.TELL,
        record=record,
        text_field="TXT",
        example=example,
    )
    for key, purpose, source, record, example in (
        (
            "ER",
            "Rejects a message: the input is wrong.",
            "Nlets key ER: only the switch sends it",
            "rejection",
            "ER - REJECTED, NOTHING WAS DONE",
        ),
        ("RF", "Refuses a message: not allowed.", OWN, "refusal", "RF - REFUSED, NOTHING WAS DONE"),
        ("SM", "Says that a part or a neighbour is out of service.", "Nlets key SM", "status", "SM - UNAVAILABLE"),
    )
)
