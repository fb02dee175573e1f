"""Tickets on phones: taken by one officer, answered with a yes or handed on, opened again by who asked. Restarts lose nothing."""

from dataclasses import replace
from typing import Any

import pytest

from bot.callback_data import decode, encode
from bot.context import Memory, Tools
from bot.texts import tickets as texts
from bot.texts.notices import compose
from bot.ticket_presses import TicketPress, TicketVerb
from core.bootstrap import Services
from core.domain.messages import DeliveryStatus, Kind
from core.domain.people import Person
from core.domain.tickets import Ticket
from tests.bot import offline
from tests.bot.conftest import FakeRasa, Running
from tests.factories import NOW, Cast, add_crowd, caller, telegram_id
from tests.fakes import FakeDatabase, FixedClock

QUESTION = "Kapan *TPP* cair?"


class Phone:
    """What one person was shown last, and its buttons."""

    def __init__(self, running: Running, database: FakeDatabase, person: Person) -> None:
        self.running, self.database, self.who = running, database, telegram_id(person)
        self.person_id = person.person_id
        self.last: Any = None

    async def say(self, text: str) -> None:
        await self.sees(self.running.say(self.who, text))

    async def press(self, title: str) -> None:
        data = next(data for shown, data in self.last.buttons if shown.startswith(title))
        await self.press_data(data)

    async def press_data(self, data: str, message_id: int = 77) -> None:
        await self.sees(self.running.press(self.who, data, message_id=message_id))

    async def open_notice(self, kind: Kind, title: str) -> None:
        """Presses a button of the newest row of the ledger of this kind to this person."""
        rows = [m for m in self.database.records.messages.values() if m.kind is kind and m.person_id == self.person_id]
        notice = compose(kind, rows[-1].facts)
        await self.press_data(encode(dict(notice.buttons)[title]))

    async def sees(self, deed: Any) -> None:
        await deed
        shown = ("sendMessage", "editMessageText")
        self.last = [call for call in self.running.request.calls if call.method in shown][-1]

    @property
    def message_id(self) -> int:
        """Of the newest message sent; the offline Telegram counts from 1000."""
        return 999 + len(self.running.request.sent())

    @property
    def titles(self) -> list[str]:
        return [title for title, _ in self.last.buttons]


@pytest.fixture
def officer(running: Running, database: FakeDatabase, cast: Cast) -> Phone:
    return Phone(running, database, cast.dewi)


@pytest.fixture
def second(running: Running, database: FakeDatabase, cast: Cast) -> Phone:
    return Phone(running, database, cast.agus)


@pytest.fixture
def asker(running: Running, database: FakeDatabase, cast: Cast) -> Phone:
    return Phone(running, database, cast.sari)


@pytest.fixture
async def ticket(services: Services, cast: Cast) -> Ticket:
    return await services.tickets.open(caller(cast.sari), QUESTION)


def restart(running: Running) -> None:
    old = running.app.bot_data["tools"]
    running.app.bot_data["tools"] = Tools(old.services, old.rasa, Memory())


async def test_from_the_notice_to_the_answer_with_a_restart_at_every_step(
    running: Running, services: Services, officer: Phone, asker: Phone, cast: Cast, ticket: Ticket, rasa: FakeRasa
) -> None:
    await officer.open_notice(Kind.TICKET_OPENED, texts.CLAIM_BUTTON)
    assert texts.CLAIMED in officer.last.text
    assert "Sari Puspita" in officer.last.text
    assert cast.sari.nip not in officer.last.text
    assert QUESTION in officer.last.text
    restart(running)
    await officer.say("Tanggal 5.\nLewat *bank*.")
    assert "Tanggal 5.\nLewat *bank*." in officer.last.text
    assert officer.titles == [texts.SEND_BUTTON, texts.REWRITE_BUTTON, texts.DROP_BUTTON]
    assert (await services.tickets.mine(caller(cast.sari)))[0].answer is None
    restart(running)
    data = dict(officer.last.buttons)[texts.SEND_BUTTON]
    await officer.press_data(data, officer.message_id)
    assert "sudah saya kirim" in officer.last.text
    (mine,) = await services.tickets.mine(caller(cast.sari))
    assert mine.answer == "Tanggal 5.\nLewat *bank*."
    await asker.say("/tiket")
    assert "sudah dijawab" in asker.last.text
    assert rasa.asked == []


async def test_two_taps_on_the_yes_send_one_answer(officer: Phone, database: FakeDatabase, ticket: Ticket) -> None:
    await officer.open_notice(Kind.TICKET_OPENED, texts.CLAIM_BUTTON)
    await officer.say("Tanggal 5.")
    data, message_id = dict(officer.last.buttons)[texts.SEND_BUTTON], officer.message_id
    for _ in range(3):
        await officer.press_data(data, message_id)
    assert sum(m.kind is Kind.TICKET_ANSWERED for m in database.records.messages.values()) == 1


async def test_a_yes_under_older_words_sends_nothing(
    officer: Phone, services: Services, cast: Cast, ticket: Ticket
) -> None:
    await officer.open_notice(Kind.TICKET_OPENED, texts.CLAIM_BUTTON)
    await officer.say("Tanggal 5.")
    data, message_id = dict(officer.last.buttons)[texts.SEND_BUTTON], officer.message_id
    await officer.say("Tanggal 6.")
    await officer.press_data(data, message_id)
    assert texts.ANSWER_FORGOTTEN in officer.last.text
    assert (await services.tickets.mine(caller(cast.sari)))[0].answer is None


@pytest.mark.parametrize("way_out", ["batal", "/batal", "later", "another button"])
async def test_what_is_typed_after_other_business_is_a_question_again(
    officer: Phone, services: Services, ticket: Ticket, rasa: FakeRasa, way_out: str
) -> None:
    await officer.open_notice(Kind.TICKET_OPENED, texts.CLAIM_BUTTON)
    if way_out == "later":
        assert isinstance(services.clock, FixedClock)
        services.clock.pass_by(minutes=30)
    elif way_out == "another button":
        await officer.press_data("1lt")
    else:
        await officer.say(way_out)
    asked = len(rasa.asked)
    await officer.say("Cuti besar berapa lama?")
    assert len(rasa.asked) == asked + 1


async def test_the_second_officer_is_told_who_has_it(officer: Phone, second: Phone, ticket: Ticket) -> None:
    await officer.open_notice(Kind.TICKET_OPENED, texts.CLAIM_BUTTON)
    await second.open_notice(Kind.TICKET_OPENED, texts.CLAIM_BUTTON)
    assert "sedang ditangani Dewi Anggraini" in second.last.text
    assert "Sari" not in second.last.text
    assert second.titles == [texts.ALL_BUTTON]


async def test_handed_to_a_colleague_by_button_who_then_answers(
    officer: Phone, second: Phone, services: Services, cast: Cast, ticket: Ticket
) -> None:
    await officer.say("/tiket")
    await officer.press(f"{ticket.number} ·")
    await officer.press(texts.HAND_BUTTON)
    assert officer.titles == ["Agus Salim (BKD)", texts.BACK_BUTTON]
    await officer.press("Agus")
    assert "sekarang pada Agus Salim" in officer.last.text
    await second.open_notice(Kind.TICKET_HANDED, texts.WRITE_BUTTON)
    await second.say("Tanggal 5.")
    await second.press_data(dict(second.last.buttons)[texts.SEND_BUTTON], second.message_id)
    assert (await services.tickets.mine(caller(cast.sari)))[0].answer == "Tanggal 5."


async def test_let_go_it_waits_for_all_again(officer: Phone, second: Phone, ticket: Ticket) -> None:
    await officer.open_notice(Kind.TICKET_OPENED, texts.CLAIM_BUTTON)
    await officer.press(texts.RELEASE_BUTTON)
    assert texts.RELEASED in officer.last.text
    assert texts.CLAIM_BUTTON in officer.titles
    await second.open_notice(Kind.TICKET_OPENED, texts.CLAIM_BUTTON)
    assert texts.CLAIMED in second.last.text


async def test_who_asked_opens_it_again_once_and_adds_words(
    officer: Phone, asker: Phone, services: Services, cast: Cast, ticket: Ticket
) -> None:
    await services.ticket_desk.answer(caller(cast.dewi), ticket.number, "Tanggal 5.")
    await asker.open_notice(Kind.TICKET_ANSWERED, texts.REOPEN_BUTTON)
    assert f"Tiket {ticket.number} saya buka lagi" in asker.last.text
    await asker.press(texts.ADD_BUTTON)
    await asker.say("Untuk bulan Oktober.")
    assert "sudah saya tambahkan" in asker.last.text
    await officer.open_notice(Kind.TICKET_ADDED, texts.WRITE_BUTTON)
    await officer.say("Tanggal 6.")
    await officer.press_data(dict(officer.last.buttons)[texts.SEND_BUTTON], officer.message_id)
    await asker.press_data(encode(TicketPress(TicketVerb.REOPEN, ticket.number)), 78)
    assert "sudah pernah dibuka lagi" in asker.last.text
    await asker.press_data(encode(TicketPress(TicketVerb.ADD, ticket.number)), 79)
    assert "sudah dijawab" in asker.last.text


async def test_words_too_long_are_asked_for_again(officer: Phone, ticket: Ticket) -> None:
    await officer.open_notice(Kind.TICKET_OPENED, texts.CLAIM_BUTTON)
    await officer.say("x" * 1801)
    assert "paling banyak 1800" in officer.last.text
    await officer.say("Tanggal 5.")
    assert texts.SEND_BUTTON in officer.titles


async def test_an_employee_sees_number_and_state_of_their_own(
    asker: Phone, second: Phone, services: Services, cast: Cast, ticket: Ticket
) -> None:
    await asker.say("/tiket")
    assert f"Tiket {ticket.number}" in asker.last.text
    assert "menunggu petugas" in asker.last.text
    await services.ticket_desk.claim(caller(cast.agus), ticket.number)
    await asker.say("/tiket")
    assert "sedang ditangani petugas" in asker.last.text
    assert "Agus" not in asker.last.text


async def test_who_has_asked_nothing_is_told_how(running: Running, cast: Cast) -> None:
    (answer,) = await running.say(telegram_id(cast.joko), "/tiket")
    assert answer.text == texts.NONE_OF_MINE


@pytest.mark.parametrize("verb", list(TicketVerb))
async def test_forged_buttons_of_staff_change_and_show_nothing(
    running: Running, database: FakeDatabase, cast: Cast, ticket: Ticket, verb: TicketVerb
) -> None:
    before = database.records.tickets[ticket.number]
    detail = cast.agus.person_id if verb in (TicketVerb.HAND_TO, TicketVerb.HAND_PAGE) else 0
    await running.press(telegram_id(cast.joko), encode(TicketPress(verb, ticket.number, detail)))
    assert database.records.tickets[ticket.number] == before
    shown = [call.text for call in running.request.calls if call.method in ("sendMessage", "editMessageText")]
    assert not any("TPP" in text for text in shown)
    assert database.records.accounts[telegram_id(cast.joko)].awaits is None
    assert any(action.endswith("_refused") for action, *_ in database.records.audit)


@pytest.mark.parametrize(
    "data", ["1tk", "1tk|0", "1tk|-1", "1tk|1|2", "1tp|1", "1tp|1|x", "1tk|1e3", "1tk|" + "9" * 19]
)
def test_data_no_button_carries_is_no_button(data: str) -> None:
    assert decode(data) is None


async def test_a_ticket_that_is_gone_is_said_calmly(officer: Phone) -> None:
    await officer.press_data(encode(TicketPress(TicketVerb.CLAIM, 4711)))
    assert "4711 tidak ada" in officer.last.text


async def test_a_long_queue_and_many_colleagues_come_in_pages(
    running: Running, officer: Phone, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    for number in range(1, 9):
        await services.tickets.open(caller(cast.sari), f"Pertanyaan {number}")
    crowd = await add_crowd(database, 8)
    for number, person in enumerate(crowd, 1):
        async with database() as uow:
            await uow.people.upsert(replace(person, is_hr=True))
            await uow.accounts.link(10_000 + number, person.person_id, NOW)
            await uow.commit()
    await officer.say("/tiket")
    assert "8 tiket terbuka · halaman 1 dari 2" in officer.last.text
    await officer.press(texts.MORE_BUTTON)
    assert "Pertanyaan 8" in officer.last.text
    await officer.press("8 ·")
    await officer.press(texts.HAND_BUTTON)
    first = set(officer.titles)
    await officer.press(texts.MORE_COLLEAGUES_BUTTON)
    assert first & set(officer.titles) == {texts.MORE_COLLEAGUES_BUTTON, texts.BACK_BUTTON}
    assert len(first | set(officer.titles)) == 9 + 2


async def test_an_officer_may_answer_by_replying_to_the_notice(
    running: Running, officer: Phone, services: Services, database: FakeDatabase, cast: Cast, ticket: Ticket
) -> None:
    async with services.unit_of_work() as work:
        for row in await work.outbox.claim(NOW, limit=10, bulk=False, claimed_by="me"):
            await work.outbox.settle(row.message_id, DeliveryStatus.SENT, NOW, telegram_message_id=500)
        await work.commit()

    async def reply(who: int, words: str) -> None:
        shown = offline.shown(who, "Tiket baru", [], 500)
        await running.deliver(message=offline.message(who, text=words, reply_to_message=shown))

    await officer.sees(reply(officer.who, "Tanggal 5."))
    assert officer.titles == [texts.SEND_BUTTON, texts.REWRITE_BUTTON, texts.DROP_BUTTON]
    await officer.press_data(dict(officer.last.buttons)[texts.SEND_BUTTON], officer.message_id)
    assert (await services.tickets.mine(caller(cast.sari)))[0].answer == "Tanggal 5."
    await reply(telegram_id(cast.joko), "Tanggal 6.")  # the same number in another chat
    assert (await services.tickets.mine(caller(cast.sari)))[0].answer == "Tanggal 5."


async def test_one_ticket_is_shown_in_full_to_its_asker_and_to_hr_only(
    running: Running, services: Services, cast: Cast, ticket: Ticket
) -> None:
    long = "Paling lambat tanggal 10. " * 20
    await services.ticket_desk.answer(caller(cast.dewi), ticket.number, long)
    for person in (cast.sari, cast.agus):
        (shown,) = await running.say(telegram_id(person), f"/tiket {ticket.number}")
        assert long.strip() in shown.text
    (refused,) = await running.say(telegram_id(cast.joko), f"/tiket {ticket.number}")
    assert "bukan milik Anda" in refused.text
