"""The pages of docs/reference/messages and `openclets explain`: one page, made from the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from openclets.config.commands.docs import docs
from openclets.config.commands.explain import explain
from openclets.config.message_pages import index_page, message_page, page_name, pages, row_of
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.messages import MESSAGE_KEYS


def page(key: str) -> str:
    row = row_of(key)
    assert row is not None
    return message_page(row)


def test_every_key_that_is_no_twin_has_a_page_of_its_own_and_a_line_in_the_list() -> None:
    live = [row for row in MESSAGE_KEYS if not row.training]
    names = {f"reference/messages/{page_name(row)}" for row in live}
    assert set(pages()) == names | {"reference/messages/README.md"}
    assert len({name.lower() for name in names}) == len(live)
    assert [row.key for row in live if f"[`{row.key}`]({page_name(row)})" not in index_page()] == []


def test_a_page_says_field_by_field_what_is_taken_and_from_which_source() -> None:
    lines = page("EPO").splitlines()
    (order_number,) = [line for line in lines if line.startswith("| 20 | `BRD`")]
    assert "| needed |" in order_number
    assert "Y yes, N no, U unknown (1)" in order_number
    assert any(line.startswith("| EXP not before ISD |") for line in lines)
    assert any(line.startswith("| MIS with PCO/07 or 08 |") for line in lines)


def test_a_page_shows_an_example_that_is_taken_and_one_that_is_not() -> None:
    assert "MPO.CA0990100.NIC/H000000001.NAM/DOE,JOHN QUINCY.SVC/1.SVD/20260303\n" in page("MPO")
    assert "Rejected with `ER` 22 at `SVD`" in page("MPO")


def test_explain_prints_the_page_of_a_key_in_small_letters() -> None:
    done = CliRunner().invoke(explain, ["qpo"], standalone_mode=False)
    assert done.output == page("QPO") + "\n"


def test_explain_names_the_nearest_key() -> None:
    done = CliRunner().invoke(explain, ["EPOO"], standalone_mode=False)
    assert isinstance(done.exception, Rejected)
    (fault,) = done.exception.faults
    assert (fault.code, fault.accepted.split(",")[0]) == ("02", "the nearest: EPO")


@pytest.mark.parametrize("harm", ["changed", "missing", "left over"])
def test_pages_that_are_not_current_are_found(tmp_path: Path, harm: str) -> None:
    assert CliRunner().invoke(docs, ["--folder", str(tmp_path)], standalone_mode=False).return_value == 0
    check = ["--check", "--folder", str(tmp_path)]
    assert CliRunner().invoke(docs, check, standalone_mode=False).return_value == 0
    messages = tmp_path / "reference" / "messages"
    if harm == "changed":
        (messages / "QW.md").write_text("# QW\n", encoding="utf-8")
    elif harm == "missing":
        (messages / "QW.md").unlink()
    else:
        (messages / "QQQ.md").write_text("# QQQ\n", encoding="utf-8")
    assert CliRunner().invoke(docs, check, standalone_mode=False).return_value == 1
