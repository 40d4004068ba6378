"""Californian superior courts: one per county, named by the county in an ORI. Where no ORI is known, names are all."""

from __future__ import annotations

from openclets.vocabulary.codes import code_table
from openclets.vocabulary.identifiers import Ori, ori_parts


def superior_court_of(county: str) -> str:
    """The court of the county with those three digits; '' for digits that are no county's.

    Source: Cal. Const. art. VI, section 4.
    """
    return code_table("COURT").meanings.get(county, "")


def court_of_ori(ori: Ori) -> str:
    """The superior court a Californian court's ORI belongs to, by its structure; '' for any other ORI."""
    parts = ori_parts(ori)
    return superior_court_of(parts.county) if parts.state == "CA" and parts.is_court else ""
