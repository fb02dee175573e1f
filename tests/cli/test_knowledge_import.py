"""`rekan knowledge import`: looked at first, saved only on demand, and every problem named with what to do."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cli import knowledge_files, knowledge_import
from cli.knowledge_files import Given
from cli.knowledge_import import Wanted, import_documents
from core.bootstrap import Services, wire
from core.domain.knowledge import Section
from tests.documents import samples
from tests.factories import NOW
from tests.fakes import FakeDatabase, FakeEmbedder, FixedClock
from tests.services import policy


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> FakeDatabase:
    database = FakeDatabase()

    def run(work: Any) -> Any:
        services: Services = wire(database, FixedClock(NOW), FakeEmbedder())
        return asyncio.run(work(services))

    monkeypatch.setattr(knowledge_import, "with_services", run)
    return database


def sections(database: FakeDatabase) -> dict[str, Section]:
    return dict(database.records.sections)


def regulation(folder: Path, *, whole: bool = True) -> Path:
    lines = samples.REGULATION if whole else samples.REGULATION[5:22]
    file = folder / "pergub-99-2026.docx"
    file.write_bytes(samples.word([("Normal", text) for text in lines]))
    return file


def markdown(folder: Path, document: tuple[str, str]) -> Path:
    file = folder / document[0]
    file.write_text(document[1], encoding="utf-8")
    return file


def test_without_yes_sections_and_effect_are_shown_and_nothing_is_saved(
    database: FakeDatabase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_documents([regulation(tmp_path)], Wanted()) == 0
    told = capsys.readouterr().out
    assert "Pergub 99/2026 tentang Uang saku magang antariksa" in told
    assert "policy_confidently_wrong" in told
    assert "belum punya contoh pertanyaan" in told
    assert "--yes" in told
    assert sections(database) == {}


def test_with_yes_a_word_file_answers_at_once_with_its_own_basis_and_day(
    database: FakeDatabase, tmp_path: Path
) -> None:
    assert (
        import_documents(
            [regulation(tmp_path)], Wanted(yes=True, checks_effect=False, given=Given(checked_by="Rina, BKD"))
        )
        == 0
    )
    section = sections(database)["PERGUB02"]
    assert (section.basis, section.as_of) == ("Pergub 99/2026 Ps 2", date(2026, 3, 5))
    assert (section.verification, section.checked_by, section.checked_at) == ("secondary", "Rina, BKD", NOW.date())


def test_a_basis_and_a_day_that_are_not_written_are_asked_for_never_made_up(
    database: FakeDatabase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = regulation(tmp_path, whole=False)
    assert import_documents([file], Wanted(yes=True, checks_effect=False)) == 1
    told = capsys.readouterr().out
    assert "--basis" in told
    assert "--as-of" in told
    assert sections(database) == {}
    given = Given(basis="Pergub 1/2026", as_of=date(2026, 1, 2))
    assert import_documents([file], Wanted(yes=True, checks_effect=False, given=given)) == 0
    assert sections(database)["PERGUB01"].basis == "Pergub 1/2026 Ps 1"


def test_at_a_terminal_what_is_not_written_is_asked(
    database: FakeDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"dasar hukum": " Pergub 1/2026 ", "keadaan per": "2026-01-02"}
    monkeypatch.setattr(knowledge_files.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(
        knowledge_files.typer,
        "prompt",
        lambda asked, **_: next(said for words, said in answers.items() if words in asked),
    )
    assert import_documents([regulation(tmp_path, whole=False)], Wanted(yes=True, checks_effect=False)) == 0
    section = sections(database)["PERGUB01"]
    assert (section.basis, section.as_of) == ("Pergub 1/2026 Ps 1", date(2026, 1, 2))
    answers["dasar hukum"] = ""
    assert import_documents([regulation(tmp_path, whole=False)], Wanted(yes=True, checks_effect=False)) == 1


def test_a_document_said_to_have_no_basis_is_taken_without_one(database: FakeDatabase, tmp_path: Path) -> None:
    given = Given(has_basis=False, as_of=date(2026, 1, 2))
    assert (
        import_documents([regulation(tmp_path, whole=False)], Wanted(yes=True, checks_effect=False, given=given)) == 0
    )
    assert {section.basis for section in sections(database).values()} == {None}


def test_a_scan_is_refused_with_what_to_do_and_so_are_its_neighbors(
    database: FakeDatabase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scan = tmp_path / "pindai.pdf"
    scan.write_bytes(samples.scan())
    assert import_documents([scan, markdown(tmp_path, policy.LEAVE)], Wanted(yes=True, checks_effect=False)) == 1
    assert "OCR" in " ".join(capsys.readouterr().out.split())
    assert sections(database) == {}


def test_an_evaluation_set_is_asked_before_and_after(
    database: FakeDatabase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = tmp_path / "set.jsonl"
    asked.write_text(
        '{"text": "jatah cuti tahunan pns", "intent": "ask_policy", "register": "casual", "facts": ["X01"]}\n',
        encoding="utf-8",
    )
    assert import_documents([markdown(tmp_path, policy.LEAVE)], Wanted(set_file=asked)) == 0
    assert "jatah cuti tahunan pns" in capsys.readouterr().out


def test_the_markdown_can_be_written_completed_and_imported(database: FakeDatabase, tmp_path: Path) -> None:
    assert import_documents([regulation(tmp_path)], Wanted(folder=tmp_path / "out", checks_effect=False)) == 0
    written = tmp_path / "out" / "pergub-99-2026.md"
    completed = written.read_text(encoding="utf-8").replace(
        "- basis: Pergub 99/2026 Ps 2\n", "- basis: Pergub 99/2026 Ps 2\n- questions: berapa uang saku?\n"
    )
    written.write_text(completed, encoding="utf-8")
    assert import_documents([written], Wanted(yes=True, checks_effect=False)) == 0
    assert sections(database)["PERGUB02"].questions == ("berapa uang saku?",)


def test_a_title_for_several_documents_at_once_is_refused(
    database: FakeDatabase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = regulation(tmp_path)
    assert import_documents([file, file], Wanted(given=Given(title="Sama"))) == 2
    assert "--title" in capsys.readouterr().err


def test_a_missing_file_is_named(database: FakeDatabase, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert import_documents([tmp_path / "tidak.docx"], Wanted()) == 2
    assert "tidak.docx" in capsys.readouterr().err
