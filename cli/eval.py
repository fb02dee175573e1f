"""`rekan eval`: runs an evaluation set through the real path and says how well the assistant did."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cli.evaluation.lines import BadSet, Line, read_lines
from cli.evaluation.measures import LATENCIES, SHARES, Measures, Outcome, confusion, measure, report
from cli.evaluation.page import cell, page
from cli.evaluation.pictures import confusion_matrix
from cli.output import NOT_POSSIBLE, OK, complain, console, say, show_table
from cli.rasa_channel import NotAnswered, RasaChannel, conversation_id
from cli.session import GivenUp, carried_out, settings_or_give_up, with_services
from cli.sheets import read_text
from cli.texts import because
from core.bootstrap import Services
from core.domain.people import Employment

_MOST_SILENT = 3
"""So many lines in a row without an answer mean that the assistant is gone, not that the lines are hard."""


def evaluate(file: Path, json_file: Path | None, report_dir: Path | None) -> int:
    """Exit code 0 whatever the score; 2 for bad lines or an assistant that is not running."""

    def work() -> int:
        lines = lines_or_give_up(file)
        outcomes = outcomes_of(lines)
        result = report(outcomes)
        show(result)
        if json_file:
            write(json_file, json.dumps(result, ensure_ascii=False, indent=2) + "\n")
        if report_dir:
            write(report_dir / "report.html", page(file.name, result, outcomes))
            write(report_dir / "confusion.svg", confusion_matrix(confusion(outcomes)))
            say(f"Laporan: {report_dir / 'report.html'}")
        return OK

    return carried_out(work)


def outcomes_of(lines: Sequence[Line]) -> list[Outcome]:
    """Through the running system. Raises GivenUp if there is none."""
    with RasaChannel.open(settings_or_give_up()) as channel:
        return run(lines, channel, with_services(sample_employee))


def measured(lines: Sequence[Line]) -> Measures:
    return measure(outcomes_of(lines))


def lines_or_give_up(file: Path) -> list[Line]:
    try:
        return read_lines(read_text(file))
    except BadSet as refused:
        for problem in refused.problems:
            complain(f"{file}:{problem.number}: {problem.reason}")
        raise GivenUp(
            f"{file}: {len(refused.problems)} baris tidak dapat dibaca. Perbaiki dahulu, lalu ulangi.", NOT_POSSIBLE
        ) from refused


async def sample_employee(services: Services) -> int:
    """A PNS among the invented employees, one without a Telegram account if there is one: nothing real is touched."""
    async with services.unit_of_work() as unit_of_work:
        fitting: list[tuple[bool, int]] = []
        for person_id in await unit_of_work.people.all_ids():
            person = await unit_of_work.people.get(person_id)
            if person and person.is_sample and person.employment is Employment.PNS and not person.is_hr:
                fitting.append((await unit_of_work.accounts.of_person(person_id) is not None, person_id))
    if not fitting:
        raise GivenUp("Tidak ada pegawai contoh berstatus PNS. Isi dengan `make run` (kotak pasir), lalu ulangi.")
    return min(fitting)[1]


def run(lines: Sequence[Line], channel: RasaChannel, person_id: int) -> list[Outcome]:
    """Each line in a conversation of its own, one after the other: latencies are then those of an idle assistant."""
    outcomes: list[Outcome] = []
    silent = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        for line in progress.track(lines, description="Mengevaluasi"):
            try:
                turn = channel.say(conversation_id(person_id, "eval"), line.text)
                silent = 0
            except NotAnswered:
                turn, silent = None, silent + 1
                if silent == _MOST_SILENT:
                    raise
            outcomes.append(Outcome(line, turn))
    return outcomes


def show(result: dict[str, Any]) -> None:
    registers: dict[str, dict[str, Any]] = result["by_register"]
    parts = [result, *registers.values()]
    rows = [["n", *(part["n"] for part in parts)]]
    rows += [[name, *(cell(name, part[name]) for part in parts)] for name in (*SHARES, *LATENCIES)]
    titles = ("ukuran", "semua", *registers)
    show_table(titles, rows, numbers=titles[1:])


def write(file: Path, content: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    except OSError as error:
        raise GivenUp(f"{file}: tidak dapat ditulis ({because(error.strerror)}). Pilih tempat lain.") from error
