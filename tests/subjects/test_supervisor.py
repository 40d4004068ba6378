"""Programs under the demo's care."""

from __future__ import annotations

from pathlib import Path

from openclets.config.supervisor import Program


def test_of_a_program_that_does_not_start_only_what_it_said_this_time_is_told(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("of an earlier start\n", encoding="utf-8")
    program = Program("codes", ("codes", "--wrong"), log)
    program.start()
    assert program.process is not None
    assert program.process.wait(60) == 2
    assert "No such option" in program.said()
    assert "earlier" not in program.said()
    assert log.read_text(encoding="utf-8").startswith("of an earlier start\n")
