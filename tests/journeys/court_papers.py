"""Papers a clerk has in hand: signed orders as scans or PDFs, and court forms filled in by the official fields."""

from __future__ import annotations

import io
from itertools import count
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from tests.simulators.fillable_form import blank_form

_numbers = count(1)

_130_1: Final = "DV-130[0].Page1[0]."
_130_5: Final = "DV-130[0].Page5[0]."
_130_6: Final = "DV-130[0].Page6[0]."

LINES: Final = (
    "Restraining Order After Hearing",
    "Clerk stamps date here when form is filed",
    "Protected person, item 1",
    "Restrained person, item 2",
    "Other protected people, item 3",
    "Expiration date, item 4",
    "Orders of the court follow on the next pages.",
)


def signed_order(title: str, *, pages: int = 2) -> bytes:
    """A scan as PDF, unlike any other."""
    sheets = []
    number = next(_numbers)
    for page in range(1, pages + 1):
        sheet = Image.new("RGB", (850, 1100), "white")
        draw = ImageDraw.Draw(sheet)
        draw.rectangle((40, 40, 810, 1060), outline="black", width=2)
        draw.text((60, 60), f"{title}   page {page} of {pages}   no. {number}", fill="black", font_size=26)
        for line, text in enumerate(LINES):
            top = 150 + 120 * line
            draw.line((60, top, 790, top), fill="gray")
            draw.text((60, top + 12), text, fill="black", font_size=22)
        sheets.append(sheet)
    scan = io.BytesIO()
    sheets[0].save(scan, "PDF", save_all=True, append_images=sheets[1:])
    return scan.getvalue()


def dv130(origin: str, surname: str, *, case_number: str, expires: str) -> bytes:
    """DV-130 as the court filled it for DEREK ALAN of that surname. `origin`: see `blank_form`."""
    restrained = _130_1 + "List2[0].Item2[0]."
    return blank_form("DV-130", origin).filled(
        {
            _130_1 + "RightCaption[0].CRT[0].CourtInfo_ft[0]": "County of Sierra Vista",
            _130_1 + "RightCaption[0].CSN[0].CaseNumber_ft[0]": case_number,
            _130_1 + "TopOrder_cb[0]": True,
            _130_1 + "List1[0].Item1[0].TextFielditem1[0]": f"Maria Elena {surname}",
            restrained + "ParentRel[0]": f"Derek Alan {surname}",
            restrained + "gender_cb[0]": True,
            restrained + "race[0]": "White",
            restrained + "dob[0]": "05/17/1984",
            restrained + "TF2[0]": "5'11\"",
            restrained + "TF3[0]": "185",
            restrained + "TF4[0]": "brown",
            restrained + "TF5[0]": "hazel",
            restrained + "TF8[0]": "former spouse",
            _130_1 + "List4[0].Item4[0].ExpirationDate_dt[0]": expires,
            "DV-130[0].Page2[0].List6[0].Lia[0].NameOfJudicialOfficer_ft[0]": "Rosa Alvarez",
            "DV-130[0].Page9[0].List32[0].Li32b[0].item30abc[0]": True,
            "DV-130[0].Page9[0].SignatureSub[0].SigDate[0]": "11/20/2026",
            _130_5 + "List14[0].FieldName_cb[0]": True,
            _130_5 + "List15[0].FieldName_cb[0]": True,
            _130_5 + "List15[0].Li15a[0].CheckBoxRightCaption[0]": True,
            _130_6 + "List16[0].FieldName_cb[0]": True,
            _130_6 + "List16[0].Li16a[0].NumberOfYardsToStayAway_no[0]": "100",
            _130_6 + "List16[0].Li16a[0].FieldName_cb1[0]": True,
            _130_6 + "List16[0].Li16a[0].FieldName_cb3[0]": True,
        }
    )


_110_1: Final = "DV-110[0].Page1[0]."
_110_3: Final = "DV-110[0].Page3[0]."
_110_4: Final = "DV-110[0].Page4[0]."
_CLETS: Final = "CLETS-001[0].Page1[0]."


def dv110_with_stay_away_denied(origin: str, surname: str) -> bytes:
    """DV-110: no abuse and no contact are granted; staying away, with its distance filled in, is denied until the
    hearing, and so is moving out."""
    return blank_form("DV-110", origin).filled(
        {
            _110_1 + "StampbxSub[0].CaseNumber[0]": "26FL00417",
            _110_1 + "OrigAmen_cb[0]": True,
            _110_1 + "List1[0].Li1[0].TextField[0]": f"Maria Elena {surname}",
            _110_1 + "List2[0].Li1[0].ParentRel[0]": f"Derek Alan {surname}",
            _110_1 + "List2[0].Li1[0].gender_cb[0]": True,
            _110_1 + "List2[0].Li1[0].TF6[0]": "Martian",
            _110_1 + "List4[0].Li1[0].T195[0]": "December 31 or so",
            _110_3 + "List10[0].item7_cb[2]": True,
            _110_4 + "List11[0].item8_cb[2]": True,
            _110_4 + "List12[0].item9_cb[1]": True,
            _110_4 + "List12[0].Li1[0].T161[0]": "100",
            _110_4 + "List13[0].Li1[0].item10_cb[1]": True,
        }
    )


def clets001(origin: str, surname: str) -> bytes:
    """CLETS-001, confidential, for the same people."""
    against = _CLETS + "List1[0].Li1[0]."
    return blank_form("CLETS-001", origin).filled(
        {
            against + "nametf[0]": f"Derek {surname}",
            against + "marktf[0]": "anchor on left forearm",
            against + "item1firearmME[2]": True,
            against + "Yestf[0]": "shotgun in the truck",
            _CLETS + "List2[0].Li1[0].yournametf[0]": f"Maria Elena {surname}",
            _CLETS + "List3[0].Li1[0].agetf[0]": "40",
        }
    )


def written(folder: Path, name: str, data: bytes) -> Path:
    """The paper as a file to choose."""
    path = folder / name
    path.write_bytes(data)
    return path
