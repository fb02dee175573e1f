"""/laporan: numbers and a picture for HR, pages of names, a workbook, and nothing for anybody else."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from bot import report_chart
from bot.callback_data import encode
from bot.report_presses import ReportPress, ReportVerb
from bot.texts import campaign_results as results
from bot.texts import reports as texts
from core.bootstrap import Services
from core.domain.messages import DeliveryStatus, Kind
from core.domain.people import HrRole
from core.domain.quizzes import Question
from core.services.campaign_changes import Changes
from tests.bot.conftest import FakeRasa, Running
from tests.factories import NOW, Cast, caller, telegram_id
from tests.fakes import FakeDatabase


class Office:
    """What the officer sees, whether said, shown, or below a picture."""

    def __init__(self, running: Running, who: int) -> None:
        self.running, self.who = running, who

    async def say(self, text: str) -> None:
        await self.running.say(self.who, text)

    async def press(self, title: str) -> None:
        data = next(data for shown, data in self.last.buttons if shown.startswith(title))
        await self.running.press(self.who, data)

    @property
    def last(self) -> Any:
        shown = ("sendMessage", "editMessageText", "sendPhoto", "sendDocument")
        return [call for call in self.running.request.calls if call.method in shown][-1]

    @property
    def words(self) -> str:
        return str(self.last.data.get("caption") or self.last.text)

    @property
    def titles(self) -> list[str]:
        return [title for title, _ in self.last.buttons]


@pytest.fixture
def office(running: Running, cast: Cast) -> Office:
    return Office(running, telegram_id(cast.dewi))


async def released(services: Services, cast: Cast, **changes: Any) -> int:
    """Everybody got it but Tono, who has blocked the bot; Sari read it."""
    desk, author = services.campaign_desk, caller(cast.dewi)
    draft = await desk.draft(author, Changes(text="Jam kerja *berubah*, {nama}", **changes))
    await desk.submit(author, draft.campaign_id)
    await desk.approve(caller(cast.agus), draft.campaign_id, draft.version)
    await desk.send_now(author, draft.campaign_id)
    async with services.unit_of_work() as work:
        for row in await work.outbox.claim(NOW, limit=100, bulk=True, claimed_by="me"):
            is_tono = row.person_id == cast.tono.person_id
            status = DeliveryStatus.UNREACHABLE if is_tono else DeliveryStatus.SENT
            await work.outbox.settle(row.message_id, status, NOW)
        await work.commit()
    if changes.get("needs_acknowledgement"):
        await services.campaigns.acknowledge(caller(cast.sari), draft.campaign_id)
    return draft.campaign_id


async def test_numbers_and_a_picture_with_a_way_to_every_name(office: Office, services: Services, cast: Cast) -> None:
    await released(services, cast, needs_acknowledgement=True)
    await office.say("/laporan")
    await office.press("1 ·")
    assert office.last.method == "sendPhoto"
    assert len(office.last.files["photo"][1]) > 1000
    for said in ("Penerima: 10 orang", "Terkirim: 9 (90%)", "1 memblokir", "paham: 1 (11%)", "Belum menjawab: 8"):
        assert said in office.words
    await office.press(texts.UNITS_BUTTON)
    assert "Disdik: 1 (20%) paham dari 5 terkirim (5 penerima)" in office.words
    await office.press("Disdik")
    await office.press(texts.SILENT_HERE_BUTTON)
    assert "di Disdik dan di bawahnya: 4 orang" in office.words
    assert "Dewi" not in office.words
    await office.press(texts.UNIT_BACK_BUTTON)
    await office.press(texts.UPPER_BUTTON)
    await office.press(texts.BACK_BUTTON)
    await office.press(texts.SILENT_BUTTON)
    assert "8 orang" in office.words
    assert "Joko" in office.words
    assert "Sari" not in office.words
    await office.press(texts.BACK_BUTTON)
    await office.press(texts.LOST_BUTTON)
    assert "Tono" in office.words
    assert "memblokir" in office.words


async def test_the_workbook_has_a_sheet_for_each_question(office: Office, services: Services, cast: Cast) -> None:
    await released(services, cast, needs_acknowledgement=True)
    await office.say("/laporan 1")
    await office.press(texts.FILE_BUTTON)
    name, content, _ = office.last.files["document"]
    assert name == "laporan-sosialisasi-1.xlsx"
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == [
        "Ringkasan",
        "Per unit",
        "Per orang",
        "Belum membaca",
        "Tidak terjangkau",
        "Topik pertanyaan",
    ]
    assert [len(list(book[sheet].rows)) - 1 for sheet in book.sheetnames[1:5]] == [4, 10, 8, 1]
    assert [cell.value for cell in book["Tidak terjangkau"][2]][-1] == "memblokir atau menutup percakapan"
    cells = {cell.value for sheet in book for row in sheet.rows for cell in row}
    assert not cells & {person.nip for person in cast.everybody}
    summary = dict(row[:2] for row in book["Ringkasan"].iter_rows(values_only=True))
    assert (summary["Penerima"], summary["Terkirim"], summary["Sudah baca dan paham"]) == (10, 9, 1)


async def test_a_campaign_that_asks_for_nothing_is_told_as_sent(office: Office, services: Services, cast: Cast) -> None:
    await released(services, cast)
    await office.say("/laporan 1")
    assert "paham" not in office.words
    assert texts.SILENT_BUTTON not in office.titles
    await office.running.press(office.who, "1qs|1|1|")
    assert office.words == texts.ASKS_NOTHING


async def test_the_numbers_come_without_a_picture_that_cannot_be_drawn(
    office: Office, services: Services, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(report_chart, "draw", broken)
    await released(services, cast)
    await office.say("/laporan 1")
    assert office.last.method == "sendMessage"
    assert "Terkirim: 9" in office.words


async def test_an_old_page_of_a_longer_list_shows_the_last_one(office: Office, services: Services, cast: Cast) -> None:
    await released(services, cast, needs_acknowledgement=True)
    await office.running.press(office.who, "1qs|1|99999|")
    assert "8 orang" in office.words


@pytest.mark.parametrize("text", ["/laporan", "/laporan 1", "/laporan 4711", "/laporan abc"])
async def test_the_command_is_for_hr_only(running: Running, services: Services, cast: Cast, text: str) -> None:
    await released(services, cast)
    (answer,) = await running.say(telegram_id(cast.sari), text)
    assert "petugas tim SDM" in answer.text


@pytest.mark.parametrize(
    "data", ["1ql", "1qo|1", "1qp|1", "1qk|1", "1qu|1||1", "1qu|1|DISDIK|1", "1qs|1|1|", "1qt|1|1", "1qf|1"]
)
async def test_forged_buttons_open_nothing_and_are_kept(
    running: Running, services: Services, database: FakeDatabase, cast: Cast, data: str
) -> None:
    await released(services, cast, needs_acknowledgement=True)
    office = Office(running, telegram_id(cast.sari))
    await running.press(office.who, data)
    assert "petugas tim SDM" in office.words
    assert ("campaign_report_refused", f"person:{cast.sari.person_id}") in [row[:2] for row in database.records.audit]


@pytest.mark.parametrize("data", ["1qo|4711", "1qu|1|NOWHERE|1", "1qu|1|../x|1", "1qs|1|0|", "1qs|1", "1qz|1", "1qo|x"])
async def test_buttons_that_lead_nowhere_are_answered_calmly(
    office: Office, services: Services, cast: Cast, data: str
) -> None:
    await released(services, cast)
    before = len(office.running.request.calls)
    await office.running.press(office.who, data)
    assert len(office.running.request.calls) > before
    assert office.words


async def test_a_viewer_may_read_reports(
    office: Office, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    await released(services, cast)
    async with services.unit_of_work() as work:
        await work.people.set_hr_role(cast.dewi.person_id, HrRole.VIEWER)
        await work.commit()
    await office.say("/laporan 1")
    assert office.last.method == "sendPhoto"
    assert Kind.CAMPAIGN in {m.kind for m in database.records.messages.values()}


@pytest.mark.parametrize("verb", list(ReportVerb))
def test_every_button_fits(verb: ReportVerb) -> None:
    from bot.callback_data import decode
    from bot.report_presses import written

    names = len(written(ReportPress(verb))) - 1
    press = ReportPress(verb) if not names else None
    if press is None:
        full = ReportPress(verb, 10**17, 99999, "X" * 31, 9)
        data = "|".join(written(full))
        press = decode(f"1{data}")  # type: ignore[assignment]
    assert press is not None
    assert decode(encode(press)) == press


async def test_topics_are_told_before_and_after(
    office: Office, running: Running, rasa: FakeRasa, services: Services, cast: Cast
) -> None:
    await released(services, cast)
    rasa.reply = {"messages": [{"text": "JP Anda 12."}], "trace": {"intent": "learning_hours", "actions": []}}
    for text in ("jp saya berapa?", "berapa jp saya"):
        await running.say(telegram_id(cast.sari), text)
    await running.say(telegram_id(cast.sari), "/status")
    await office.say("/laporan 1")
    await office.press(texts.TOPICS_BUTTON)
    assert "JP sendiri: 0 → 2 (+2)" in office.words
    assert "tanpa penanyanya" in office.words


async def test_a_quiz_is_told_in_the_report(office: Office, services: Services, cast: Cast) -> None:
    number = await released(services, cast, quiz=(Question("Mulai kapan?", ("Hari ini", "Besok"), 1),))
    await services.campaign_quizzes.answer(caller(cast.sari), number, 1, 1)
    await office.say("/laporan 1")
    assert "Kuis: 1 selesai dari 1 yang mulai; 100% benar" in office.words
    await office.press(results.RESULTS_BUTTON)
    assert "✓ Besok: 1" in office.words
    await office.press(texts.BACK_BUTTON)
    await office.press(texts.FILE_BUTTON)
    book = load_workbook(io.BytesIO(office.last.files["document"][1]))
    assert {"Kuis", "Kuis per orang"} <= set(book.sheetnames)
