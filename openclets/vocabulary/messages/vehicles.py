"""Stolen and felony vehicles, plates and parts."""

from __future__ import annotations

from openclets.vocabulary.answers import File
from openclets.vocabulary.cross_edits import AtLeastOne, CrossEdit
from openclets.vocabulary.messages.families import HotFile, entered, supplement, upkeep, with_endings
from openclets.vocabulary.messages.groups import ASKING, FILE, KEYS, PLATE, PLATE_WHOLE, REMARKS
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

RIGHT = "inquiry.vehicle"

_NOT_DESCRIBED = f"{KEYS}, which does not describe it"
_TAKEN = must("DOT OCA", FILE)
_NUMBER = AtLeastOne(FILE, ("LIC", "VIN"), "plate or vehicle number")
_SETS: tuple[CrossEdit, ...] = (PLATE_WHOLE,)

STOLEN_VEHICLES = HotFile(
    File.VEHICLES,
    "a stolen vehicle",
    "stolen vehicle",
    "V",
    (
        *PLATE,
        *may("VIN", FILE),
        *must("VYR VMA", FILE),
        *may("VMO", FILE),
        *must("VST", FILE),
        *may("VCO", FILE),
        *_TAKEN,
        *may("VOW", "NIEM NCIC codes VOW"),
        *REMARKS,
    ),
    ("LIC", "VIN"),
    "VIN/1HGCM82633A004352",
    "VCO/BLK/WHI",
    (_NUMBER, *_SETS),
    reason="RPP",
    found=may("RPP", "NIEM NCIC codes RPP"),
    found_example=".RPP/HIT STATE",
)
_VEHICLE = (
    "LIC/8ABC123.LIS/CA.LIY/2027.LIT/PC.VIN/1HGCM82633A004352.VYR/2003.VMA/HOND.VMO/ACC.VST/4D.VCO/SIL"
    ".DOT/20261112.OCA/26-01189"
)

STOLEN_PLATES = HotFile(
    File.PLATES,
    "a stolen plate",
    "stolen plate",
    "P",
    (*must("LIC LIS LIY LIT", FILE), *_TAKEN, *REMARKS),
    ("LIC",),
    "LIC/8ABC123",
    "LIY/2028",
    reason="RPP",
    found=may("RPP", "NIEM NCIC codes RPP"),
    found_example=".RPP/HIT LOCAL",
)
_PLATE = "LIC/8ABC123.LIS/CA.LIY/2027.LIT/PC.DOT/20261112.OCA/26-01190"

STOLEN_PARTS = HotFile(
    File.PARTS,
    "a stolen part",
    "stolen vehicle or boat part",
    "V",
    (
        *must("SER", FILE),
        *must("BRA", f"{FILE}; NIEM NCIC codes BRA", kind="part"),
        *must("CAT", f"{FILE}; NIEM NCIC codes CAT"),
        *_TAKEN,
        *REMARKS,
    ),
    ("SER",),
    "SER/55A1234",
    "CAT/AG",
    reason="RPP",
    found=may("RPP", "NIEM NCIC codes RPP"),
    found_example=".RPP/HIT NCIC",
)
_PART = "SER/55A1234.BRA/BERE.CAT/AG.DOT/20261112.OCA/26-01191"

VEHICLES: tuple[MessageKey, ...] = (
    *with_endings(
        entered(
            STOLEN_VEHICLES,
            "EV",
            "Enters a stolen vehicle.",
            _VEHICLE,
            WrongExample(_VEHICLE.replace(".LIY/2027", ""), "22", "LIY"),
        ),
        "-A -P -F",
    ),
    *with_endings(
        entered(
            STOLEN_VEHICLES,
            "EF",
            "Enters a vehicle used in a felony.",
            _VEHICLE,
            WrongExample(_VEHICLE.replace("VST/4D", "VST/ZZ"), "31", "VST"),
            record="felony vehicle",
        ),
        "-A -P -F",
    ),
    *(
        supplement(
            STOLEN_VEHICLES,
            key,
            Act.SUPPLEMENT,
            f"Adds a further plate or number to a stolen vehicle, {which} form of the addition.",
            may("LIS LIY LIT VYR VMA VMO VST VCO", FILE),
            f"LIC/8ABC124.LIS/CA.LIY/2027.LIT/{plate}",
            WrongExample(f"VIN/1HGCM82633A004352.LIC/8ABC124.LIS/CA.LIY/2027.LIT/{plate}", "14", "NIC"),
            record=f"additions to a stolen vehicle, {which} form",
            source=_NOT_DESCRIBED,
        )
        for key, which, plate in (("EVS1", "first", "PC"), ("EVS2", "second", "TK"))
    ),
    *upkeep(STOLEN_VEHICLES, "MV XV CV LV"),
    *with_endings(
        entered(
            STOLEN_PLATES,
            "EL",
            "Enters a stolen plate.",
            _PLATE,
            WrongExample(_PLATE.replace(".LIT/PC", ""), "14", "LIT"),
        ),
        "-A -P -F",
    ),
    *upkeep(STOLEN_PLATES, "ML XL CL LL", ruled="ML XL CL LL"),
    *with_endings(
        entered(
            STOLEN_PARTS,
            "EP",
            "Enters a stolen part of a vehicle or boat.",
            _PART,
            WrongExample(_PART.replace("CAT/AG", "CAT/9"), "31", "CAT"),
        ),
        "-P",
    ),
    *upkeep(STOLEN_PARTS, "MP XP CP LP", ruled="MP XP CP LP"),
)

_ASKED = (
    *may("LIC LIS", f"{KEYS}: by plate"),
    *along("LIY LIT", "LIC", KEYS),
    *may("VIN", f"{KEYS}: by vehicle number"),
    *along("VMA VYR", "VIN", KEYS),
    *may("NIC", f"{FILE}: by the number of the record"),
)
_FILES = (File.VEHICLES, File.PLATES, File.PARTS)
_WAYS = (("LIC", "LIS"), ("VIN",), ("NIC",))


def _asked(key: str, act: Act, purpose: str, example: str, wrong: WrongExample) -> MessageKey:
    fields: tuple[FieldUse, ...] = (*_ASKED, *ASKING)
    return MessageKey(
        key,
        purpose,
        Direction.IN,
        Family.INQUIRY,
        fields,
        KEYS,
        act=act,
        record="vehicle, plate or part",
        alternatives=_WAYS,
        files=(*_FILES, File.NATIONAL),
        right="hotfile.maintain" if act is Act.ASK_FOR_UPKEEP else RIGHT,
        has_training_twin=True,
        example=example,
        wrong=wrong,
    )


VEHICLE_QUESTIONS: tuple[MessageKey, ...] = (
    _asked(
        "QV",
        Act.ASK,
        "Asks whether a vehicle, plate or part is stolen or wanted.",
        "LIC/8ABC123.LIS/CA",
        WrongExample("LIC/8ABC123", "14", "LIS"),
    ),
    _asked(
        "QVB",
        Act.ASK_IN_BATCH,
        "Asks for vehicles off line, many questions at once; the answers come later.",
        "VIN/1HGCM82633A004352.VYR/2003",
        WrongExample("VYR/2003.LIC/8ABC123.LIS/CA", "22", "VYR"),
    ),
    _asked(
        "ZV",
        Act.ASK_FOR_UPKEEP,
        "Looks up vehicles, plates and parts for upkeep of the file.",
        "NIC/V000000001.PUR/A",
        WrongExample("VIN/1HGCM82633A004352.NIC/V000000001", "22", "NIC"),
    ),
)
