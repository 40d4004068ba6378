"""Documents of orders: kept under their hash, and shown as pictures of their pages alone."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pypdf
import pytest
from django.core.files.storage import storages
from PIL import Image

from openclets.journal.models import Body, Entry
from openclets.orders.images import (
    KeptDocument,
    describe_document,
    describe_kept,
    is_kept,
    keep_document,
    page_picture,
    read_document,
    store_document,
)
from openclets.vocabulary.errors import Refused, Rejected, Unavailable
from tests.county import County
from tests.simulators.documents import acting_pdf, one_page_pdf, pdf_with_pages, picture
from tests.simulators.fillable_form import ORIGINS, blank_form, official_bytes


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png), formats=["PNG"]).convert("L")


def is_black(png: bytes, across: float, down: float) -> bool:
    """Whether the picture is black at this place, both as shares of its sides."""
    sheet = opened(png)
    left, top = int(sheet.width * across), int(sheet.height * down)
    return sheet.crop((left, top, left + 1, top + 1)).tobytes()[0] < 60


def stored_path(name: str) -> Path:
    return Path(storages["documents"].path(name))


def newest() -> int:
    entry = Entry.objects.order_by("-number").first()
    return entry.number if entry else 0


# ---- keeping


def test_the_clerk_keeps_a_document_and_the_entry_holds_its_hash(county: County) -> None:
    before = newest()
    document = one_page_pdf(mark="kept by the clerk")
    kept = keep_document(actor=county.actor("brandt"), now=county.now, data=document, file_name="holloway order.pdf")
    expected = hashlib.sha256(document).hexdigest()
    assert (kept.sha256, kept.media_type, kept.pages) == (expected, "application/pdf", 1)
    assert read_document(expected) == document
    (entry,) = Entry.objects.filter(number__gt=before)
    assert (entry.kind, entry.outcome, entry.user_name) == ("document kept", "done", "brandt")
    assert entry.records == [expected]
    body = Body.objects.get(pk=entry.number)
    assert body.personal == {"file_name": "holloway order.pdf"}
    assert "holloway" not in body.asked + body.answered


def test_a_records_clerk_may_not_keep_a_document_and_nothing_is_stored(county: County) -> None:
    document = one_page_pdf(mark="refused")
    with pytest.raises(Refused, match=r"order\.file"):
        keep_document(actor=county.actor("gupta"), now=county.now, data=document, file_name="x.pdf")
    assert not is_kept(hashlib.sha256(document).hexdigest())


def test_a_rejected_document_is_journalled_and_not_stored(county: County) -> None:
    before = newest()
    with pytest.raises(Rejected):
        keep_document(actor=county.actor("brandt"), now=county.now, data=b"no document", file_name="order.pdf")
    assert [entry.outcome for entry in Entry.objects.filter(number__gt=before)] == ["rejected"]
    assert not is_kept(hashlib.sha256(b"no document").hexdigest())


def test_a_document_kept_is_on_disk_with_the_folders_that_lead_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    really = os.fsync

    def fsync(descriptor: int) -> None:
        written.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        really(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    sha256 = store_document(one_page_pdf(mark="durable"))
    folder = stored_path(f"originals/{sha256[:2]}")
    assert written[0].startswith(f"{folder}/incoming-")
    assert written[1:] == [str(folder), str(folder.parent)]


def test_what_is_said_of_a_document_is_made_again_where_a_power_cut_left_it_empty() -> None:
    sha256 = store_document(pdf_with_pages(3))
    stored_path(f"originals/{sha256[:2]}/{sha256}.json").write_bytes(b"")
    assert describe_kept(sha256) == KeptDocument(sha256, "application/pdf", 3)
    assert stored_path(f"originals/{sha256[:2]}/{sha256}.json").read_bytes() != b""


def test_the_same_document_twice_is_kept_once() -> None:
    document = one_page_pdf(mark="twice")
    sha256 = store_document(document)
    folder = stored_path(f"originals/{sha256[:2]}")
    assert store_document(document) == sha256
    assert [path.name for path in folder.iterdir() if path.name.startswith(sha256)] == [sha256]
    assert not [path for path in folder.iterdir() if path.name.startswith("incoming")]


def test_others_on_the_machine_cannot_read_what_is_kept() -> None:
    sha256 = store_document(one_page_pdf(mark="private"))
    path = stored_path(f"originals/{sha256[:2]}/{sha256}")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_document_changed_after_it_was_kept_is_not_shown_and_keeping_it_again_mends_it() -> None:
    document = one_page_pdf(mark="changed")
    sha256 = store_document(document)
    stored_path(f"originals/{sha256[:2]}/{sha256}").write_bytes(document[:100])
    with pytest.raises(Unavailable, match="does not match its hash"):
        page_picture(sha256, 1, 240)
    store_document(document)
    assert read_document(sha256) == document


@pytest.mark.parametrize("sha256", ["", "0" * 64, "../../etc/passwd", "A" * 64, "0" * 63])
def test_what_is_not_kept_is_not_found(sha256: str) -> None:
    assert not is_kept(sha256)
    with pytest.raises(Rejected) as rejected:
        read_document(sha256)
    assert rejected.value.faults[0].code == "68"
    with pytest.raises(Rejected) as rejected:
        page_picture(sha256, 1, 240)
    assert rejected.value.faults[0].code == "68"


# ---- what it is


@pytest.mark.parametrize(
    ("document", "media_type", "pages"),
    [
        (one_page_pdf(), "application/pdf", 1),
        (pdf_with_pages(12), "application/pdf", 12),
        (b"\r\n" + one_page_pdf(), "application/pdf", 1),
        (picture("JPEG"), "image/jpeg", 1),
        (picture("PNG"), "image/png", 1),
        (picture("TIFF"), "image/tiff", 1),
        (picture("TIFF", pages=3), "image/tiff", 3),
    ],
)
def test_the_type_is_known_by_the_content(document: bytes, media_type: str, pages: int) -> None:
    described = describe_document(document)
    assert (described.media_type, described.pages) == (media_type, pages)


def test_a_picture_named_pdf_is_kept_as_the_picture_it_is(county: County) -> None:
    kept = keep_document(
        actor=county.actor("brandt"), now=county.now, data=picture("JPEG", size=(310, 400)), file_name="order.pdf"
    )
    assert kept.media_type == "image/jpeg"


def encrypted(user_password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(one_page_pdf())))
    writer.encrypt(user_password, owner_password="owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_document_encrypted_without_a_password_is_kept_and_one_with_a_password_is_rejected() -> None:
    assert describe_document(encrypted("")).pages == 1
    with pytest.raises(Rejected) as rejected:
        describe_document(encrypted("secret"))
    assert rejected.value.faults[0].code == "64"


@pytest.mark.official_forms
@pytest.mark.parametrize(("code", "pages"), [("DV-110", 9), ("DV-130", 11), ("CLETS-001", 1), ("DV-100", 13)])
def test_an_official_form_can_be_kept(code: str, pages: int) -> None:
    assert describe_document(official_bytes(code)).pages == pages


# ---- pictures


def test_a_page_is_drawn_in_the_next_of_the_few_widths() -> None:
    sha256 = store_document(one_page_pdf(mark="widths"))
    assert [opened(page_picture(sha256, 1, width)).width for width in (1, 240, 241, 1400, 9_999)] == [
        240,
        240,
        800,
        1400,
        1920,
    ]


def test_what_the_page_shows_is_in_the_picture() -> None:
    # The bar lies from 20 to 220 across and from 20 to 120 up, of 612 by 792.
    shown = page_picture(store_document(one_page_pdf(mark="bar")), 1, 800)
    assert is_black(shown, 0.2, 0.9)
    assert not is_black(shown, 0.2, 0.5)
    assert not is_black(shown, 0.8, 0.9)


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "TIFF"])
def test_a_scan_is_shown(format_name: str) -> None:
    shown = page_picture(store_document(picture(format_name, size=(320, 400))), 1, 800)
    assert is_black(shown, 0.5, 0.075)
    assert not is_black(shown, 0.5, 0.5)


def test_each_page_of_a_scan_of_many_pages_is_its_own_picture() -> None:
    sha256 = store_document(picture("TIFF", pages=3))
    # Page n has n bars, 40 pixels of 400 apart.
    assert [
        [is_black(page_picture(sha256, page, 240), 0.5, 0.075 + 0.1 * bar) for bar in range(3)] for page in (1, 2, 3)
    ] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


@pytest.mark.parametrize("page", [0, -1, 2, 401, 10**9])
def test_a_page_that_is_not_there_is_rejected(page: int) -> None:
    sha256 = store_document(one_page_pdf(mark="pages"))
    with pytest.raises(Rejected) as rejected:
        page_picture(sha256, page, 240)
    assert rejected.value.faults[0].code == "68"


def test_a_picture_is_drawn_once_and_a_broken_one_is_drawn_again() -> None:
    sha256 = store_document(one_page_pdf(mark="cached"))
    first = page_picture(sha256, 1, 240)
    path = stored_path(f"pictures/{sha256[:2]}/{sha256}/1-240.png")
    drawn_at = path.stat().st_mtime_ns
    assert page_picture(sha256, 1, 240) == first
    assert path.stat().st_mtime_ns == drawn_at
    path.write_bytes(first[:50])
    assert page_picture(sha256, 1, 240) == first


@pytest.mark.parametrize("origin", ORIGINS)
def test_what_was_typed_into_a_form_is_in_its_picture(origin: str) -> None:
    form = blank_form("DV-110", origin)
    name = "DV-110[0].Page1[0].List2[0].Li1[0].ParentRel[0]"
    blank = page_picture(store_document(form.filled({})), 1, 800)
    filled = page_picture(store_document(form.filled({name: "Derek Alan Holloway"})), 1, 800)
    assert opened(blank).size == opened(filled).size
    assert blank != filled


# ---- showing what acts


ACTING_WORDS = (
    b"/JavaScript",
    b"/OpenAction",
    b"/Launch",
    b"/EmbeddedFile",
    b"/XFA",
    b"app.alert",
    b"MZ evil",
    b"calc.exe",
)


def test_of_a_document_that_acts_nothing_is_shown_but_a_picture_of_its_page() -> None:
    document = acting_pdf(mark="shown as a picture")
    # Without this the test could not fail.
    assert [word for word in ACTING_WORDS if word not in document] == []
    shown = page_picture(store_document(document), 1, 800)
    assert opened(shown).width == 800
    assert [word for word in ACTING_WORDS if word in shown] == []
    # The one black bar that is printed.
    assert is_black(shown, 0.1, 0.9)
