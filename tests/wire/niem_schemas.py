"""The schemas of the two NIEM releases with our wrapper's, from the folder named by OPENCLETS_TEST_NIEM.

They are published by others and not ours to hand out; where there are none, the tests that need them are skipped, which
is shown.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

_WRAPPERS = Path(__file__).parents[2] / "docs" / "schemas"


def check_validity(release: str, document: str) -> None:
    """That the document is valid by the schemas of that release (`2.1`, `6.0`). Skips where there are none."""
    folder = os.environ.get("OPENCLETS_TEST_NIEM", "")
    if not folder:
        pytest.skip("OPENCLETS_TEST_NIEM does not name a folder with the schemas of NIEM 2.1 and 6.0")
    schema = _schema(folder, release)
    schema.assertValid(etree.fromstring(document.encode()))


@cache
def _schema(folder: str, release: str) -> etree.XMLSchema:
    wrapper = (_WRAPPERS / f"order-exchange-niem-{release}.xsd").read_text(encoding="utf-8")
    place = (Path(folder) / release).resolve().as_uri()
    return etree.XMLSchema(etree.fromstring(wrapper.replace(f"niem-{release}/", f"{place}/").encode()))
