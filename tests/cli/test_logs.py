"""Logs: the last words of a process, and no log that fills the disk."""

from pathlib import Path

from cli.processes import cut_short, last_lines, rotate


def test_the_last_words_leave_out_empty_lines_and_what_an_earlier_process_said(tmp_path: Path) -> None:
    log = tmp_path / "bot.log"
    log.write_text("before\n")
    since = log.stat().st_size
    log.write_text("before\nTraceback\n\n  refused\n")
    assert last_lines(log, 5, since=since) == ["Traceback", "  refused"]
    assert last_lines(tmp_path / "missing.log") == []


def test_a_log_that_was_cut_short_meanwhile_still_has_last_words(tmp_path: Path) -> None:
    log = tmp_path / "bot.log"
    log.write_text("new words\n")
    assert last_lines(log, since=10_000) == ["new words"]


def test_only_a_log_that_grew_too_large_is_cut_short(tmp_path: Path) -> None:
    log = tmp_path / "bot.log"
    log.write_text("x" * 100)
    cut_short(log, largest=100)
    assert log.stat().st_size == 100
    with log.open("a") as running:
        running.write("y")
        running.flush()
        cut_short(log, largest=100)
        running.write("on")
    assert log.read_text() == "on"
    assert (tmp_path / "bot.log.1").read_text() == "x" * 100 + "y"


def test_five_earlier_logs_are_kept(tmp_path: Path) -> None:
    log = tmp_path / "bot.log"
    for number in range(8):
        log.write_text(str(number))
        rotate(log)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"bot.log.{n}" for n in range(1, 6)]
    assert (tmp_path / "bot.log.1").read_text() == "7"
