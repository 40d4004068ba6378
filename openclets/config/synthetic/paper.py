"""A picture of a made-up signed order, for demo and tests: black on white, one page, marked as a specimen."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

_PAGE = (850, 1100)
_FONT = ImageFont.load_default()


def order_picture(lines: tuple[str, ...], *, judge: str) -> bytes:
    """A PNG of a letter page at 100 dots per inch with the lines and a signature of `judge`."""
    picture = Image.new("1", (_PAGE[0] // 2, _PAGE[1] // 2), 1)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((10, 10, picture.width - 10, picture.height - 10), outline=0)
    draw.text((24, 20), "SUPERIOR COURT, COUNTY OF SIERRA VISTA (FICTIONAL)", font=_FONT, fill=0)
    draw.text((24, 36), "SPECIMEN - SYNTHETIC PEOPLE - NOT A REAL ORDER", font=_FONT, fill=0)
    for position, line in enumerate(lines):
        draw.text((24, 70 + 18 * position), line[:66], font=_FONT, fill=0)
    bottom = picture.height - 60
    draw.line((24, bottom, 210, bottom), fill=0)
    draw.text((24, bottom - 16), f"s/ {judge}", font=_FONT, fill=0)
    draw.text((24, bottom + 6), "Judicial Officer", font=_FONT, fill=0)
    out = io.BytesIO()
    picture.resize(_PAGE).save(out, "PNG", compress_level=1)
    return out.getvalue()
