"""Guns, articles, boats, securities, and pictures of what is on file."""

from __future__ import annotations

from openclets.vocabulary.answers import File
from openclets.vocabulary.cross_edits import AtLeastOne
from openclets.vocabulary.messages.families import HotFile, entered, supplement, upkeep, with_endings
from openclets.vocabulary.messages.groups import ASKING, FILE, KEYS, REMARKS
from openclets.vocabulary.messages.row import (
    Act,
    Direction,
    Family,
    FieldUse,
    MessageKey,
    WrongExample,
    along,
    may,
    must,
)

RIGHT = "inquiry.property"

_NOT_DESCRIBED = f"{KEYS}, which does not describe it"
_TAKEN = must("DOT OCA", FILE)
_FOUND = may("RPP", "NIEM NCIC codes RPP")

GUNS = HotFile(
    File.GUNS,
    "a gun",
    "stolen gun",
    "G",
    (
        *must("SER", FILE),
        *must("MAK CAL", f"{FILE}; NIEM NCIC codes of those names"),
        *may("MOD", "published sample of a national reply"),
        *must("TYP", f"{FILE}; NIEM NCIC codes TYP", kind="gun"),
        *_TAKEN,
        *REMARKS,
    ),
    ("SER",),
    "SER/A12345",
    "MOD/10",
    reason="RPP",
    found=_FOUND,
    found_example=".RPP/HIT STATE",
)
_GUN = "SER/A12345.MAK/SW.CAL/38.MOD/10.TYP/PI.DOT/20260101.OCA/26-02001"

ARTICLES = HotFile(
    File.ARTICLES,
    "an article",
    "stolen article",
    "A",
    (
        *must("TYP", f"{FILE}; NIEM NCIC codes TYP", kind="article"),
        *may("SER OAN", FILE),
        *may("BRA", "NIEM NCIC codes, list of brands", kind="article"),
        *_TAKEN,
        *REMARKS,
    ),
    ("SER", "OAN"),
    "SER/55X",
    "TYP/DCOMPUT",
    (AtLeastOne(FILE, ("SER", "OAN"), "number on the article"),),
    reason="RPP",
    found=_FOUND,
    found_example=".RPP/OTHER MEANS",
)
_ARTICLE = "TYP/DCOMPUT.SER/55X.BRA/ALPINE.DOT/20261001.OCA/26-02101"

BOATS = HotFile(
    File.BOATS,
    "a boat",
    "stolen boat",
    "B",
    (
        *may("REG BHN", FILE),
        *may("BMA BTY HUL HSP PRO BCO", "NIEM NCIC codes of those names"),
        *_TAKEN,
        *REMARKS,
    ),
    ("REG", "BHN"),
    "REG/CF1234AB",
    "HUL/WD",
    (AtLeastOne(FILE, ("REG", "BHN"), "number of the boat"),),
    reason="RPP",
    found=_FOUND,
    found_example=".RPP/HIT LOCAL",
)
_BOAT = "REG/CF1234AB.BHN/ABC12345D404.BTY/SAL.HUL/PL.DOT/20260901.OCA/26-02201"

SECURITIES = HotFile(
    File.SECURITIES,
    "a security",
    "stolen security",
    "S",
    (
        *must("TYP", f"{FILE}; NIEM NCIC codes TYP", kind="security"),
        *must("SER DEN", f"{FILE}; NIEM 2.1 NCIC codes DEN"),
        *may("ISS", FILE),
        *may("RMI", "NIEM NCIC codes RMI"),
        *_TAKEN,
        *REMARKS,
    ),
    ("SER",),
    "SER/L12345678A",
    "RMI/C",
    reason="RPP",
    found=_FOUND,
    found_example=".RPP/HIT NCIC",
)
_SECURITY = "TYP/FR.SER/L12345678A.DEN/100.DOT/20260801.OCA/26-02301"


def _gun(key: str, record: str, purpose: str, wrong: WrongExample) -> MessageKey:
    return entered(GUNS, key, purpose, _GUN, wrong, record=record)


_ENTRIES: tuple[MessageKey, ...] = (
    *with_endings(
        _gun("EG", "stolen gun", "Enters a stolen gun.", WrongExample(_GUN.replace(".MAK/SW", ""), "14", "MAK")), "-P"
    ),
    _gun(
        "EFG",
        "felony gun",
        "Enters a gun used in a felony.",
        WrongExample(_GUN.replace("CAL/38", "CAL/3Q"), "31", "CAL"),
    ),
    _gun("ELG", "lost gun", "Enters a lost gun.", WrongExample(_GUN.replace("SER/A12345.", ""), "14", "SER")),
    _gun(
        "ERG",
        "recovered gun",
        "Enters a gun that was found and that nobody has reported.",
        WrongExample(_GUN.replace(".DOT/20260101", ""), "14", "DOT"),
    ),
    *upkeep(GUNS, "MG XG CG LG"),
    *with_endings(
        entered(
            ARTICLES,
            "EA",
            "Enters a stolen article.",
            _ARTICLE,
            WrongExample(_ARTICLE.replace(".SER/55X", ""), "14", "SER"),
        ),
        "-P",
    ),
    entered(
        ARTICLES,
        "EAA",
        "Enters a stolen article of the list's second form.",
        _ARTICLE,
        WrongExample(_ARTICLE.replace("TYP/DCOMPUT", "TYP/QQQQ"), "31", "TYP"),
        record="stolen article, second form",
        source=_NOT_DESCRIBED,
    ),
    entered(
        ARTICLES,
        "ELA",
        "Enters a lost article.",
        _ARTICLE,
        WrongExample(_ARTICLE.replace("TYP/DCOMPUT.", ""), "14", "TYP"),
        record="lost article",
    ),
    *upkeep(ARTICLES, "MA XA CA LA", ruled="MA XA CA LA"),
    entered(
        BOATS, "EB", "Enters a stolen boat.", _BOAT, WrongExample("BTY/SAL.DOT/20260901.OCA/26-02201", "14", "REG")
    ),
    *(
        supplement(
            BOATS,
            key,
            Act.SUPPLEMENT,
            f"Adds to a stolen boat: {what}.",
            may("BMA BTY HUL HSP PRO BCO", "NIEM NCIC codes of those names"),
            "BHN/ABC12345D405.BCO/WHI",
            WrongExample("NIC/B000000001.BCO/WHI", "14", "REG"),
            record=f"additions to a boat: {what}",
            source=_NOT_DESCRIBED,
        )
        for key, what in (
            ("EBS", "further description"),
            ("EBT", "its trailer"),
            *((f"EBP{number}", f"its part number {number}") for number in range(1, 8)),
        )
    ),
    *upkeep(BOATS, "MB XB CB LB", ruled="MB XB CB LB"),
    entered(
        SECURITIES,
        "ES",
        "Enters a stolen security or money.",
        _SECURITY,
        WrongExample(_SECURITY.replace("DEN/100", "DEN/7Q"), "31", "DEN"),
    ),
    entered(
        SECURITIES,
        "ESS",
        "Enters a run of securities of the list's second form.",
        _SECURITY,
        WrongExample(_SECURITY.replace("TYP/FR.", ""), "14", "TYP"),
        record="stolen securities, second form",
        source=_NOT_DESCRIBED,
    ),
    *upkeep(SECURITIES, "MS XS CS LS", ruled="MS XS CS LS"),
)

_BY_RECORD = may("NIC", f"{FILE}: by the number of the record")


def _asked(
    key: str,
    act: Act,
    purpose: str,
    hot: HotFile,
    fields: tuple[FieldUse, ...],
    ways: tuple[tuple[str, ...], ...],
    example: str,
    wrong: WrongExample,
) -> MessageKey:
    return MessageKey(
        key,
        purpose,
        Direction.IN,
        Family.INQUIRY,
        (*fields, *_BY_RECORD, *ASKING),
        KEYS,
        act=act,
        record=hot.record,
        alternatives=(*ways, ("NIC",)),
        files=hot.files,
        right="hotfile.maintain" if act is Act.ASK_FOR_UPKEEP else RIGHT,
        has_training_twin=True,
        example=example,
        wrong=wrong,
    )


_GUN_ASKED = (*may("SER", KEYS), *along("MAK CAL", "SER", FILE), *along("TYP", "SER", FILE, kind="gun"))
_ARTICLE_ASKED = (*may("TYP", KEYS, kind="article"), *may("SER OAN", KEYS))
_ARTICLE_WAYS = (("TYP", "SER"), ("TYP", "OAN"))

PROPERTY: tuple[MessageKey, ...] = (
    *_ENTRIES,
    _asked(
        "QG",
        Act.ASK,
        "Asks whether a gun is stolen, lost or wanted.",
        GUNS,
        _GUN_ASKED,
        (("SER",),),
        "SER/A12345.MAK/SW.CAL/38",
        WrongExample("MAK/SW.NIC/G000000001", "22", "MAK"),
    ),
    _asked(
        "QGB",
        Act.ASK_IN_BATCH,
        "Asks for guns off line, many questions at once.",
        GUNS,
        _GUN_ASKED,
        (("SER",),),
        "SER/A12345",
        WrongExample("SER/A12345.NIC/G000000001", "22", "NIC"),
    ),
    _asked(
        "ZG",
        Act.ASK_FOR_UPKEEP,
        "Looks up guns for upkeep of the file.",
        GUNS,
        _GUN_ASKED,
        (("SER",),),
        "NIC/G000000001.PUR/A",
        WrongExample("PUR/A", "14", "SER"),
    ),
    _asked(
        "QA",
        Act.ASK,
        "Asks whether an article is stolen or lost.",
        ARTICLES,
        _ARTICLE_ASKED,
        _ARTICLE_WAYS,
        "TYP/DCOMPUT.SER/55X",
        WrongExample("SER/55X", "14", "TYP"),
    ),
    _asked(
        "QAB",
        Act.ASK_IN_BATCH,
        "Asks for articles off line, many questions at once.",
        ARTICLES,
        _ARTICLE_ASKED,
        _ARTICLE_WAYS,
        "TYP/DCOMPUT.OAN/SMITH-1",
        WrongExample("OAN/SMITH-1", "14", "TYP"),
    ),
    _asked(
        "ZA",
        Act.ASK_FOR_UPKEEP,
        "Looks up articles for upkeep of the file.",
        ARTICLES,
        _ARTICLE_ASKED,
        _ARTICLE_WAYS,
        "NIC/A000000001.PUR/A",
        WrongExample("NIC/A000000001.TYP/DCOMPUT", "22", "NIC"),
    ),
    _asked(
        "QB",
        Act.ASK,
        "Asks whether a boat is stolen.",
        BOATS,
        may("REG BHN", KEYS),
        (("REG",), ("BHN",)),
        "REG/CF1234AB",
        WrongExample("REG/CF1234AB.BHN/ABC12345D404", "22", "BHN"),
    ),
    _asked(
        "QS",
        Act.ASK,
        "Asks whether a security or bank note is stolen.",
        SECURITIES,
        (*may("TYP", KEYS, kind="security"), *may("SER", KEYS), *along("DEN", "SER", FILE)),
        (("TYP", "SER"),),
        "TYP/FR.SER/L12345678A.DEN/100",
        WrongExample("TYP/FR", "14", "SER"),
    ),
)
