"""“Jadikan pengetahuan” on phones: written by one officer, checked by another on a second phone, over a restart."""

import pytest

from bot.callback_data import decode, encode
from bot.entry_presses import EntryPress, EntryVerb
from bot.texts import ticket_entries as texts
from core.bootstrap import Services
from core.domain.messages import Kind
from core.domain.ticket_knowledge import EntryStatus
from core.domain.tickets import Ticket
from tests.bot.conftest import FakeRasa, Running
from tests.bot.test_ticket_desk import Phone, restart
from tests.factories import Cast, caller, telegram_id
from tests.fakes import FakeDatabase

QUESTION = "Kapan *TPP* cair?"


@pytest.fixture
def officer(running: Running, database: FakeDatabase, cast: Cast) -> Phone:
    return Phone(running, database, cast.dewi)


@pytest.fixture
def second(running: Running, database: FakeDatabase, cast: Cast) -> Phone:
    return Phone(running, database, cast.agus)


@pytest.fixture
async def ticket(services: Services, cast: Cast) -> Ticket:
    number = (await services.tickets.open(caller(cast.sari), QUESTION)).number
    return await services.ticket_desk.answer(caller(cast.dewi), number, "Paling lambat tanggal 10.")


async def write(officer: Phone, ticket: Ticket) -> None:
    await officer.press_data(encode(EntryPress(EntryVerb.BEGIN, ticket.number)))
    await officer.say("Kapan TPP cair?\nTPP tanggal berapa?")
    await officer.say("Pergub 19/2020 Pasal 21")


async def test_question_and_basis_are_asked_for_and_a_second_officer_lets_it_answer(
    running: Running,
    officer: Phone,
    second: Phone,
    services: Services,
    database: FakeDatabase,
    ticket: Ticket,
    rasa: FakeRasa,
) -> None:
    await officer.say(f"/jawab {ticket.number} Paling lambat tanggal 10.")
    await officer.press(texts.MAKE_BUTTON)
    assert QUESTION in officer.last.text
    restart(running)
    await officer.say("Kapan TPP cair?\nTPP tanggal berapa?")
    assert officer.last.text == texts.ASK_BASIS
    restart(running)
    await officer.say("tanpa dasar")
    assert "Tanpa dasar tidak bisa" in officer.last.text
    await officer.say("Pergub 19/2020 Pasal 21")
    for words in ("Kapan TPP cair?", "TPP tanggal berapa?", "Paling lambat tanggal 10.", "Pergub 19/2020 Pasal 21"):
        assert words in officer.last.text
    await officer.press(texts.SUBMIT_BUTTON)
    assert "1 petugas lain" in officer.last.text
    assert texts.APPROVE_BUTTON not in officer.titles
    await second.open_notice(Kind.ENTRY_REVIEW, texts.APPROVE_BUTTON)
    assert "Mulai sekarang dipakai menjawab" in second.last.text
    assert f"TIKET{ticket.number}" in database.records.sections
    assert rasa.asked == []
    await second.open_notice(Kind.ENTRY_REVIEW, texts.APPROVE_BUTTON)  # an old button
    assert "dipakai menjawab, jadi langkah itu tidak bisa" in second.last.text


async def test_the_own_words_of_who_asked_may_be_used(officer: Phone, database: FakeDatabase, ticket: Ticket) -> None:
    await officer.press_data(encode(EntryPress(EntryVerb.BEGIN, ticket.number)))
    await officer.press(texts.OWN_QUESTION_BUTTON)
    assert officer.last.text == texts.ASK_BASIS
    assert database.records.entries[ticket.number].questions == (QUESTION,)


async def test_declined_with_a_reason_it_is_put_right_and_submitted_again(
    officer: Phone, second: Phone, database: FakeDatabase, ticket: Ticket
) -> None:
    await write(officer, ticket)
    await officer.press(texts.SUBMIT_BUTTON)
    await second.open_notice(Kind.ENTRY_REVIEW, texts.DECLINE_BUTTON)
    await second.say("Pasalnya keliru")
    assert second.last.text == texts.DECLINED
    await officer.open_notice(Kind.ENTRY_DECIDED, "Lihat")
    assert "Ditolak karena: Pasalnya keliru" in officer.last.text
    await officer.press(texts.BASIS_BUTTON)
    await officer.say("Pergub 19/2020 Pasal 22")
    await officer.press(texts.SUBMIT_BUTTON)
    assert database.records.entries[ticket.number].status is EntryStatus.IN_REVIEW
    await second.open_notice(Kind.ENTRY_REVIEW, texts.APPROVE_BUTTON)
    assert database.records.entries[ticket.number].basis == "Pergub 19/2020 Pasal 22"


async def test_the_author_cannot_approve_with_a_forged_button(
    officer: Phone, database: FakeDatabase, ticket: Ticket
) -> None:
    await write(officer, ticket)
    await officer.press(texts.SUBMIT_BUTTON)
    version = database.records.entries[ticket.number].version
    for verb in (EntryVerb.APPROVE, EntryVerb.DECLINE):
        await officer.press_data(encode(EntryPress(verb, ticket.number, version)))
        assert "bukan penulisnya" in officer.last.text
    assert database.records.entries[ticket.number].status is EntryStatus.IN_REVIEW


async def test_it_is_found_and_withdrawn_after_a_question(
    officer: Phone, second: Phone, database: FakeDatabase, ticket: Ticket
) -> None:
    await write(officer, ticket)
    await officer.press(texts.SUBMIT_BUTTON)
    await second.open_notice(Kind.ENTRY_REVIEW, texts.APPROVE_BUTTON)
    await second.say("/tiket")
    await second.press(texts.ALL_BUTTON)
    assert "dipakai menjawab" in second.last.text
    await second.press(f"{ticket.number} ·")
    await second.press(texts.WITHDRAW_BUTTON)
    assert f"TIKET{ticket.number}" in database.records.sections
    await second.press(texts.WITHDRAW_NOW_BUTTON)
    assert database.records.sections == {}


async def test_words_may_be_called_off(officer: Phone, rasa: FakeRasa, ticket: Ticket) -> None:
    await officer.press_data(encode(EntryPress(EntryVerb.BEGIN, ticket.number)))
    await officer.say("batal")
    assert officer.last.text == texts.NOT_WRITTEN
    await officer.say("Cuti besar berapa lama?")
    assert len(rasa.asked) == 1


@pytest.mark.parametrize("verb", list(EntryVerb))
async def test_forged_buttons_of_staff_change_and_show_nothing(
    running: Running, officer: Phone, database: FakeDatabase, cast: Cast, ticket: Ticket, verb: EntryVerb
) -> None:
    await write(officer, ticket)
    before = database.records.entries[ticket.number]
    running.request.calls.clear()
    version = before.version if verb in (EntryVerb.APPROVE, EntryVerb.DECLINE) else 0
    await running.press(telegram_id(cast.joko), encode(EntryPress(verb, ticket.number, version)))
    assert database.records.entries[ticket.number] == before
    shown = [call.text for call in running.request.calls if call.method in ("sendMessage", "editMessageText")]
    assert not any("TPP" in text for text in shown)
    assert database.records.accounts[telegram_id(cast.joko)].awaits is None


@pytest.mark.parametrize("data", ["1tn", "1tn|0", "1tv|1", "1tv|1|0", "1tn|1|1", "1tm|1"])
def test_data_no_button_carries_is_no_button(data: str) -> None:
    assert decode(data) is None
