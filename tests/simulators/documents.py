"""Documents for the tests, harmless and hostile, each made here byte by byte or by Pillow."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageDraw

from tests.simulators.fillable_form import PdfFile


def picture(format_name: str, *, pages: int = 1, size: tuple[int, int] = (300, 400)) -> bytes:
    """A scan: grey pages, each with its own number of black bars."""
    sheets = []
    for page in range(1, pages + 1):
        sheet = Image.new("RGB", size, (200, 200, 200))
        draw = ImageDraw.Draw(sheet)
        for bar in range(page):
            draw.rectangle((size[0] // 10, 20 + 40 * bar, size[0] * 9 // 10, 40 + 40 * bar), fill=(0, 0, 0))
        sheets.append(sheet)
    out = io.BytesIO()
    if pages > 1:
        sheets[0].save(out, format=format_name, save_all=True, append_images=sheets[1:])
    else:
        sheets[0].save(out, format=format_name)
    return out.getvalue()


def one_page_pdf(content: bytes = b"20 20 200 100 re f", *, media_box: str = "[0 0 612 792]", mark: str = "") -> bytes:
    """One page with this content. `mark` makes it a document of its own."""
    return pdf_with_pages(1, content, media_box=media_box, mark=mark)


def pdf_with_pages(
    count: int, content: bytes = b"", *, media_box: str = "[0 0 612 792]", mark: str = "", stated: int | None = None
) -> bytes:
    """`count` pages that share one content stream; `stated` is the number the file claims."""
    file = PdfFile()
    catalog, pages = file.reserve(), file.reserve()
    stream = file.add_stream(content)
    page = f"<< /Type /Page /Parent {pages} 0 R /MediaBox {media_box} /Resources << >> /Contents {stream} 0 R >>"
    kids = [file.add(page) for _ in range(count)]
    listed = " ".join(f"{number} 0 R" for number in kids)
    file.put(pages, f"<< /Type /Pages /Count {count if stated is None else stated} /Kids [{listed}] >>")
    file.put(catalog, f"<< /Type /Catalog /Pages {pages} 0 R /Mark ({mark}) >>")
    return file.written(catalog)


def deflate_bomb(mebibytes: int) -> bytes:
    """A page whose content is a few kilobytes that unpack to `mebibytes` of drawing, packed twice."""
    packer = zlib.compressobj(1)
    block = b"0 0 m 1 1 l S " * 74_898
    once = b"".join(packer.compress(block) for _ in range(mebibytes)) + packer.flush()
    twice = zlib.compress(once, 9)
    file = PdfFile()
    catalog, pages, page = file.reserve(), file.reserve(), file.reserve()
    stream = file.add_stream(twice, "/Filter [/FlateDecode /FlateDecode]")
    file.put(page, f"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 612 792] /Contents {stream} 0 R >>")
    file.put(pages, f"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>")
    file.put(catalog, f"<< /Type /Catalog /Pages {pages} 0 R >>")
    return file.written(catalog)


def image_bomb_pdf(side: int) -> bytes:
    """A page that shows one picture of `side` by `side` pixels, all of one colour, packed to next to nothing."""
    packer = zlib.compressobj(1)
    row = b"\x00" * side
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    file = PdfFile()
    catalog, pages, page = file.reserve(), file.reserve(), file.reserve()
    image = file.add_stream(
        data,
        f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /ColorSpace /DeviceGray /BitsPerComponent 8 "
        "/Filter /FlateDecode",
    )
    stream = file.add_stream(b"612 0 0 792 0 0 cm /I Do")
    file.put(
        page,
        f"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 612 792] /Contents {stream} 0 R "
        f"/Resources << /XObject << /I {image} 0 R >> >> >>",
    )
    file.put(pages, f"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>")
    file.put(catalog, f"<< /Type /Catalog /Pages {pages} 0 R >>")
    return file.written(catalog)


def recursive_page_tree() -> bytes:
    """A page tree whose branch holds itself."""
    file = PdfFile()
    catalog, pages = file.reserve(), file.reserve()
    file.put(pages, f"<< /Type /Pages /Count 3 /Kids [{pages} 0 R {pages} 0 R] >>")
    file.put(catalog, f"<< /Type /Catalog /Pages {pages} 0 R >>")
    return file.written(catalog)


def circular_fields() -> bytes:
    """A form whose one field has itself for an ancestor."""
    file = PdfFile()
    catalog, pages, page, parent, widget = (file.reserve() for _ in range(5))
    file.put(parent, f"<< /T (DV-110[0]) /Parent {parent} 0 R /Kids [{widget} 0 R] >>")
    file.put(widget, f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (x) /Parent {parent} 0 R /Rect [0 0 9 9] /F 4 >>")
    file.put(
        page, f"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 612 792] /Resources << >> /Annots [{widget} 0 R] >>"
    )
    file.put(pages, f"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>")
    file.put(catalog, f"<< /Type /Catalog /Pages {pages} 0 R /AcroForm << /Fields [{parent} 0 R] >> >>")
    return file.written(catalog)


def recursive_drawing() -> bytes:
    """A page whose drawing calls two forms that each call the other twice."""
    file = PdfFile()
    catalog, pages, page, first, second = (file.reserve() for _ in range(5))

    def calling(number: int, other: int) -> None:
        body = b"/F Do /F Do"
        file.put(
            number,
            f"<< /Length {len(body)} /Type /XObject /Subtype /Form /BBox [0 0 612 792] "
            f"/Resources << /XObject << /F {other} 0 R >> >> >>\nstream\n".encode()
            + body
            + b"\nendstream",
        )

    calling(first, second)
    calling(second, first)
    stream = file.add_stream(b"/F Do")
    file.put(
        page,
        f"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 612 792] /Contents {stream} 0 R "
        f"/Resources << /XObject << /F {first} 0 R >> >> >>",
    )
    file.put(pages, f"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>")
    file.put(catalog, f"<< /Type /Catalog /Pages {pages} 0 R >>")
    return file.written(catalog)


def acting_pdf(mark: str = "") -> bytes:
    """A PDF that acts in every way known: scripts at opening, per page and per field, a started program, an attached
    file, links and an XFA script. Its page shows one black bar."""
    file = PdfFile()
    catalog, pages, page, form, widget, link, names, attached, embedded = (file.reserve() for _ in range(9))
    script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    chained = f"<< /S /GoTo /D [{page} 0 R /Fit] /Next {script} >>"
    stream = file.add_stream(b"20 20 200 100 re f")
    xfa = file.add_stream(b"<template><script>xfa.host.messageBox(1)</script></template>")
    long_script = file.add_stream(b"this.exportDataObject({cName:'x', nLaunch:2});")
    file.put(embedded, "<< /Length 8 /Type /EmbeddedFile >>\nstream\nMZ evil.\nendstream")
    file.put(attached, f"<< /Type /Filespec /F (evil.exe) /EF << /F {embedded} 0 R >> >>")
    file.put(
        names,
        f"<< /JavaScript << /Names [(a) << /S /JavaScript /JS {long_script} 0 R >>] >> "
        f"/EmbeddedFiles << /Names [(evil.exe) {attached} 0 R] >> >>",
    )
    file.put(
        widget,
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (Name) /V (Holloway) /Rect [20 300 200 320] /F 4 "
        f"/A {chained} /AA << /K {script} /F {script} >> >>",
    )
    file.put(link, "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (calc.exe) >> >>")
    file.put(
        page,
        f"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 612 792] /Contents {stream} 0 R /Resources << >> "
        f"/Annots [{widget} 0 R {link} 0 R << /Subtype /FileAttachment /FS {attached} 0 R /Rect [0 0 9 9] >>] "
        f"/AA << /O {script} >> >>",
    )
    file.put(pages, f"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>")
    file.put(form, f"<< /Fields [{widget} 0 R] /XFA [(template) {xfa} 0 R] /DA (/Helv 9 Tf 0 g) >>")
    file.put(
        catalog,
        f"<< /Type /Catalog /Pages {pages} 0 R /AcroForm {form} 0 R /Names {names} 0 R /OpenAction {script} "
        f"/AA << /WC {script} >> /AF [{attached} 0 R] /Mark ({mark}) >>",
    )
    return file.written(catalog)


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that claims this size and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 64))
        + chunk(b"IEND", b"")
    )
