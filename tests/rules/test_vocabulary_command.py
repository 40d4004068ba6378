"""`openclets codes`: tables listed, codes looked up, for people and for programs."""

from __future__ import annotations

import json

from click.testing import CliRunner

from openclets.config.commands.codes import codes


def test_a_word_finds_its_code_in_a_table() -> None:
    result = CliRunner().invoke(codes, ["vma", "honda"])
    assert result.exit_code == 0
    assert "HOND  HONDA MOTOR" in result.output
    assert "NIEM 5.0.1" in result.output


def test_a_word_alone_is_looked_for_in_every_table() -> None:
    result = CliRunner().invoke(codes, ["failure", "to", "appear"])
    assert result.exit_code == 0
    assert "OFF: offence" in result.output
    assert "5015  failure to appear, see the text" in result.output


def test_programs_get_one_object() -> None:
    found = json.loads(CliRunner().invoke(codes, ["--json", "PCO", "06"]).output)["found"]
    assert [(one["table"], one["edition"]) for one in found] == [("PCO", "2019")]
    assert found[0]["codes"] == [
        {
            "code": "06",
            "meaning": "PERMISSION, not a restraint: the restrained person has visitation or custody",
            "kind": "permission, never shown as a restraint",
        }
    ]
    tables = json.loads(CliRunner().invoke(codes, ["--json"]).output)["tables"]
    assert {"name": "SVC", "title": "service of an order", "codes": 3} in [
        {key: row[key] for key in ("name", "title", "codes")} for row in tables
    ]


def test_a_whole_table_is_printed_only_when_asked_for() -> None:
    assert len(CliRunner().invoke(codes, ["OFF"]).output.splitlines()) == 52
    assert len(CliRunner().invoke(codes, ["OFF", "--all"]).output.splitlines()) == 466


def test_nothing_found_is_said_and_is_not_success() -> None:
    result = CliRunner().invoke(codes, ["zzqqxx"])
    assert (result.exit_code, result.output) == (1, "no code found\n")
