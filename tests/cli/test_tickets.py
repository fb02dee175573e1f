"""`rekan tickets`: who answers what, set one by one or by a file, and the knowledge made of answers."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import tickets
from cli.app import app
from core.bootstrap import Services, wire
from core.domain.ticket_routing import Duty
from tests.factories import NOW, Cast, add_people, caller
from tests.fakes import FakeDatabase, FakeEmbedder, FixedClock
from tests.services.policy import LEAVE


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Services:
    made = wire(FakeDatabase(), FixedClock(NOW), FakeEmbedder())
    monkeypatch.setattr(tickets, "with_services", lambda work: asyncio.run(work(made)))
    asyncio.run(made.knowledge.import_markdown([LEAVE]))
    return made


@pytest.fixture
def cast(services: Services) -> Cast:
    return asyncio.run(add_people(services.unit_of_work))


def rekan(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["tickets", *words])
    assert result.exit_code == code, result.output
    return result.output


def duties(services: Services) -> list[Duty]:
    listed, _ = asyncio.run(services.ticket_officers.listing())
    return [duty for one in listed for duty in one.duties]


def test_an_officer_is_given_topics_and_a_unit_and_seen_with_them(services: Services, cast: Cast) -> None:
    said = rekan("assign", cast.dewi.nip, "--topic", "uji-cuti", "--topic", "pelatihan", "--unit", "disdik")
    assert "Dewi Anggraini menjawab: uji-cuti dari DISDIK dan di bawahnya; pelatihan" in said
    assert cast.dewi.nip not in said
    shown = rekan("officers")
    assert "Agus Salim" in shown
    assert "yang tidak dijawab petugas lain" in shown
    assert "Cuti untuk uji" in shown
    found = json.loads(rekan("officers", "--json"))
    assert {"topic": "pelatihan", "unit": "DISDIK"} in found["officers"][1]["duties"]
    assert cast.dewi.nip not in str(found)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--topic", "cuaca"), "Topik 'cuaca' tidak ada. Yang ada: uji-cuti, pelatihan, lainnya."),
        (("--unit", "BULAN"), "Unit 'BULAN' tidak ada"),
    ],
)
def test_what_is_not_known_is_said_in_a_sentence(
    services: Services, cast: Cast, words: tuple[str, ...], said: str
) -> None:
    assert said in rekan("assign", cast.dewi.nip, *words, code=1)
    assert "bukan petugas SDM" in rekan("assign", cast.sari.nip, code=1)
    assert duties(services) == []


def test_a_file_is_checked_first_and_taken_in_whole(services: Services, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "petugas.csv"
    file.write_text(f"nip,topic,unit_code\n{cast.dewi.nip},uji-cuti,\n{cast.agus.nip},,DINKES\n")
    assert "2 baris siap diimpor" in rekan("officers", str(file), "--dry-run")
    assert duties(services) == []
    assert "2 baris diimpor" in rekan("officers", str(file))
    assert len(duties(services)) == 2
    file.write_text(f"nip,topic,unit_code\n{cast.sari.nip},uji-cuti,\n")
    assert "bukan petugas SDM" in rekan("officers", str(file), code=1)
    assert len(duties(services)) == 2


def test_knowledge_of_tickets_is_listed_and_taken_back(services: Services, cast: Cast) -> None:
    async def publish() -> None:
        number = (await services.tickets.open(caller(cast.sari), "Kapan TPP cair?")).number
        await services.ticket_desk.answer(caller(cast.dewi), number, "Tanggal 10.")
        entries = services.ticket_knowledge
        await entries.begin(caller(cast.dewi), number)
        await entries.change(caller(cast.dewi), number, questions="Kapan TPP cair?")
        shown = await entries.change(caller(cast.dewi), number, basis="Pergub 19/2020 Pasal 21")
        await entries.submit(caller(cast.dewi), number)
        await entries.approve(caller(cast.agus), number, shown.entry.version)

    asyncio.run(publish())
    assert "dipakai menjawab" in rekan("entries")
    (found,) = json.loads(rekan("entries", "--json"))
    assert (found["section"], found["status"]) == ("TIKET1", "approved")
    assert "tidak dipakai menjawab lagi" in rekan("withdraw", "1")
    assert "ditarik" in rekan("withdraw", "1", code=1)
    assert "Belum ada pengetahuan dari tiket 2" in rekan("withdraw", "2", code=1)
