"""Documents made to do harm: refused with a number, in bounded time and memory, and the process that asked lives on."""

from __future__ import annotations

import resource
import threading
import time

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openclets.orders import rendering
from openclets.orders.images import describe_document, page_picture, store_document
from openclets.orders.rendering import media_type_of
from openclets.vocabulary.errors import Rejected, Unavailable
from tests.simulators.documents import (
    acting_pdf,
    deflate_bomb,
    image_bomb_pdf,
    one_page_pdf,
    pdf_with_pages,
    picture,
    png_of_size,
    recursive_drawing,
    recursive_page_tree,
)

MEBIBYTE = 1024 * 1024


def rejection(document: bytes) -> str:
    """The number with which the document is not taken; fails when it is."""
    with pytest.raises(Rejected) as rejected:
        describe_document(document)
    (fault,) = rejected.value.faults
    assert fault.field == "document"
    assert fault.text
    assert fault.accepted
    return fault.code


@pytest.mark.parametrize(
    ("document", "code"),
    [
        pytest.param(b"", "60", id="empty"),
        pytest.param(b"MZ\x90\x00", "62", id="program"),
        pytest.param(b"GIF89a", "62", id="another picture"),
        pytest.param(b"PK\x03\x04word/document.xml", "62", id="word processor"),
        pytest.param(b"\x00" * 2000 + b"%PDF-1.7", "62", id="header too late"),
        pytest.param(b"%PDF-1.7\n%%EOF", "65", id="empty pdf"),
        pytest.param(acting_pdf()[:300], "65", id="truncated pdf"),
        pytest.param(picture("JPEG")[:400], "65", id="truncated jpeg"),
        pytest.param(picture("PNG")[:200], "65", id="truncated png"),
        pytest.param(picture("TIFF", pages=3)[:5000], "65", id="truncated tiff"),
        pytest.param(b"\xff\xd8\xff" + b"%PDF-1.7 not a picture", "65", id="not the jpeg it begins as"),
        pytest.param(pdf_with_pages(401), "63", id="401 pages"),
        pytest.param(pdf_with_pages(10_000), "63", id="10,000 pages"),
        pytest.param(picture("TIFF", pages=401, size=(20, 20)), "63", id="tiff of 401 pages"),
        pytest.param(pdf_with_pages(0), "65", id="no page"),
        pytest.param(one_page_pdf(media_box="[0 0 1000000 1000000]"), "67", id="huge sheet"),
        pytest.param(one_page_pdf(media_box="[0 0 1 14000]"), "67", id="thread of a sheet"),
        pytest.param(png_of_size(60_000, 60_000), "67", id="png of 3.6 gigapixels"),
        pytest.param(png_of_size(1, 2_000_000), "67", id="png of one column"),
    ],
)
def test_a_bad_document_is_rejected_with_its_number(document: bytes, code: str) -> None:
    assert rejection(document) == code


def test_the_largest_picture_allowed_is_taken() -> None:
    # 7,000 by 7,000: 49 of 50 million pixels.
    assert describe_document(picture("JPEG", size=(7_000, 7_000))).pages == 1


def test_400_pages_are_taken() -> None:
    assert describe_document(pdf_with_pages(400)).pages == 400


def test_200_megabytes_are_rejected_before_anything_is_opened() -> None:
    document = b"%PDF-1.7\n" + bytes(200 * MEBIBYTE)
    started = time.monotonic()
    assert rejection(document) == "61"
    assert time.monotonic() - started < 1


def test_40_megabytes_are_not_too_large() -> None:
    assert media_type_of(b"%PDF-1.7\n".ljust(40 * MEBIBYTE)) == "application/pdf"
    with pytest.raises(Rejected):
        media_type_of(b"%PDF-1.7\n".ljust(40 * MEBIBYTE + 1))


@pytest.mark.parametrize("mebibytes", [200, 2_000])
def test_a_decompression_bomb_is_rejected_in_bounded_time_and_memory(mebibytes: int) -> None:
    bomb = deflate_bomb(mebibytes)
    assert len(bomb) < 50_000
    started = time.monotonic()
    assert rejection(bomb) == "66"
    assert time.monotonic() - started < rendering.WALL_SECONDS
    largest_child_kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert largest_child_kilobytes < 1_000_000


def test_a_picture_of_400_megapixels_in_a_page_is_shown_or_rejected_in_bounded_time() -> None:
    started = time.monotonic()
    described = describe_document(image_bomb_pdf(20_000))
    assert described.pages == 1
    assert time.monotonic() - started < rendering.WALL_SECONDS


@pytest.mark.parametrize(
    ("document", "codes"), [(recursive_page_tree(), {"63", "65", "66"}), (recursive_drawing(), {"66"})]
)
def test_what_calls_itself_is_rejected(document: bytes, codes: set[str]) -> None:
    assert rejection(document) in codes


def test_a_page_tree_that_claims_two_billion_pages_does_no_harm() -> None:
    started = time.monotonic()
    try:
        describe_document(pdf_with_pages(1, stated=2_000_000_000))
    except Rejected as rejected:
        codes = [fault.code for fault in rejected.faults]
    else:
        codes = []
    assert codes in ([], ["63"], ["65"], ["66"])
    assert time.monotonic() - started < rendering.WALL_SECONDS


def test_a_document_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "WALL_SECONDS", 0.3)
    started = time.monotonic()
    assert rejection(deflate_bomb(400)) == "66"
    assert time.monotonic() - started < 5


def test_after_a_lost_process_the_next_document_is_opened() -> None:
    assert rejection(deflate_bomb(200)) == "66"
    assert describe_document(one_page_pdf()).pages == 1


def test_no_more_documents_are_opened_at_once_than_allowed_and_their_processes_see_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rendering, "WAIT_SECONDS", 0.02)
    monkeypatch.setenv("OPENCLETS_SECRET_KEY", "must not be inherited")
    slow = image_bomb_pdf(20_000)
    busy = [threading.Thread(target=describe_document, args=(slow,)) for _ in range(rendering.AT_ONCE)]
    for thread in busy:
        thread.start()
    children = children_when(rendering.AT_ONCE)
    with pytest.raises(Unavailable, match="too many documents"):
        describe_document(one_page_pdf())
    environments = [set(child.environ()) for child in children if child.is_running()]
    for thread in busy:
        thread.join()
    assert environments
    assert all(names <= {"LD_LIBRARY_PATH", "TMPDIR", "LC_CTYPE"} for names in environments)
    assert describe_document(one_page_pdf()).pages == 1


def children_when(count: int) -> list[psutil.Process]:
    """The processes that open documents, as soon as there are `count`."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        children = [child for child in psutil.Process().children() if "document_child.py" in " ".join(child.cmdline())]
        if len(children) == count:
            return children
        time.sleep(0.01)
    raise AssertionError("the processes that open documents did not start")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(
    st.sampled_from([acting_pdf(), picture("JPEG"), picture("PNG"), picture("TIFF", pages=2)]),
    st.lists(st.tuples(st.integers(0, 10_000_000), st.integers(0, 255)), max_size=40),
    st.integers(0, 4_000),
)
def test_a_broken_document_is_shown_or_rejected(document: bytes, changes: list[tuple[int, int]], cut: int) -> None:
    broken = bytearray(document[: len(document) - min(cut, len(document) // 2)])
    for place, value in changes:
        broken[place % len(broken)] = value
    try:
        described = describe_document(bytes(broken))
    except Rejected as rejected:
        codes = {fault.code for fault in rejected.faults}
    else:
        codes = set()
        assert page_picture(store_document(bytes(broken)), 1, 240)
        assert described.pages >= 1
    assert codes <= {"62", "63", "64", "65", "66", "67"}
