"""From account to person: whose contact counts, what a code does, and the way back."""

from typing import Any

import pytest

from bot.texts import linking as texts
from core.bootstrap import Services
from core.domain.people import Caller, Person
from tests.bot import offline
from tests.bot.conftest import FakeRasa, Running
from tests.factories import Cast, telegram_id

NEWCOMER = 700


async def who(services: Services, account: int) -> Person | None:
    return (await services.identity.caller(f"tg-{account}")).person


def contact(sender: int, phone: str, *, of: int | None, **parts: Any) -> dict[str, Any]:
    card: dict[str, Any] = {"phone_number": phone, "first_name": "X"} | ({"user_id": of} if of else {})
    return offline.message(sender, contact=card, **parts)


def commands_of(running: Running, account: int) -> list[str]:
    scoped = [
        call
        for call in running.request.sent("setMyCommands")
        if call.data["scope"] == {"type": "chat", "chat_id": account}
    ]
    return [command["command"] for command in scoped[-1].data["commands"]] if scoped else []


async def test_start_tells_a_newcomer_about_the_data_and_offers_the_number_button(running: Running) -> None:
    (answer,) = await running.say(NEWCOMER, "/start")
    assert "UU 27/2022" in answer.text
    assert answer.data["reply_markup"]["keyboard"] == [[{"text": "Bagikan nomor", "request_contact": True}]]


async def test_the_own_contact_links_and_takes_the_button_away(
    running: Running, services: Services, cast: Cast
) -> None:
    assert cast.sari.phone is not None
    (answer,) = await running.deliver(message=contact(NEWCOMER, cast.sari.phone, of=NEWCOMER))
    assert await who(services, NEWCOMER) == cast.sari
    assert "Terima kasih, Sari" in answer.text
    assert cast.sari.nip not in answer.text
    assert answer.data["reply_markup"] == {"remove_keyboard": True}
    own = "pelatihan status hadir tiket profil bantuan batal berhenti"
    assert commands_of(running, NEWCOMER) == own.split()


@pytest.mark.parametrize("of", [None, 42])
async def test_somebody_elses_contact_links_nobody(
    running: Running, services: Services, cast: Cast, of: int | None
) -> None:
    assert cast.sari.phone is not None
    (answer,) = await running.deliver(message=contact(NEWCOMER, cast.sari.phone, of=of))
    assert "bukan nomor akun Anda sendiri" in answer.text
    assert answer.data["reply_markup"]["keyboard"][0][0]["request_contact"]
    assert await who(services, NEWCOMER) is None


async def test_a_forwarded_contact_links_nobody(running: Running, services: Services, cast: Cast) -> None:
    assert cast.sari.phone is not None
    origin = {"type": "user", "date": offline.DATE, "sender_user": offline.user(42)}
    (answer,) = await running.deliver(message=contact(NEWCOMER, cast.sari.phone, of=NEWCOMER, forward_origin=origin))
    assert "bukan nomor akun Anda sendiri" in answer.text
    assert await who(services, NEWCOMER) is None


@pytest.mark.parametrize(
    ("phone", "words"), [("+6281299999999", "belum ada di data kepegawaian"), ("tidak ada", "tidak dapat saya baca")]
)
async def test_a_number_that_leads_to_nobody_is_answered_with_the_way_on(
    running: Running, phone: str, words: str
) -> None:
    (answer,) = await running.deliver(message=contact(NEWCOMER, phone, of=NEWCOMER))
    assert words in answer.text
    assert "/kode" in answer.text


@pytest.mark.parametrize("form", ["/start {0}", "/kode {0}", "/kode {1}", "{0}", "{1}", "  {0} "])
async def test_hrs_code_links_however_it_is_sent(
    running: Running, services: Services, cast: Cast, rasa: FakeRasa, form: str
) -> None:
    issued = await services.identity.issue_code(cast.yatim.nip)
    plain = issued.code.replace("-", "")
    # a code of letters only, typed alone, is told from a word by its capitals
    await running.say(NEWCOMER, form.format(issued.code, plain))
    assert await who(services, NEWCOMER) == cast.yatim
    assert rasa.asked == []


async def test_a_wrong_code_tells_the_tries_left_and_the_fifth_locks(running: Running) -> None:
    answers = [(await running.say(NEWCOMER, "/kode ZZZZZ-ZZZZ2"))[0].text for _ in range(6)]
    assert "masih ada 4 kesempatan" in answers[0]
    assert "Terlalu banyak kode yang salah" in answers[-1]
    assert "WIB" in answers[-1]


async def test_kode_without_a_code_explains_itself(running: Running) -> None:
    assert [call.text for call in await running.say(NEWCOMER, "/kode")] == [texts.CODE_WANTED]


@pytest.mark.parametrize("text", ["pendidikan", "masyarakat", "0812345678", "cuti 12 hari", "KEPEGAWAIAN", "TIK-02"])
async def test_words_and_numbers_are_not_taken_for_codes(running: Running, rasa: FakeRasa, text: str) -> None:
    await running.say(NEWCOMER, text)
    assert [asked["message"] for asked in rasa.asked] == [text]


async def test_a_linked_person_who_types_something_like_a_code_talks_to_the_dialogue(
    running: Running, cast: Cast, rasa: FakeRasa
) -> None:
    await running.say(telegram_id(cast.sari), "ABCDE-23456")
    assert len(rasa.asked) == 1


async def test_start_greets_a_linked_person_by_first_name(running: Running, cast: Cast) -> None:
    (answer,) = await running.say(telegram_id(cast.sari), "/start")
    assert "Sari" in answer.text
    assert "Puspita" not in answer.text
    assert "reply_markup" in answer.data


async def test_command_menus_follow_the_role(running: Running, cast: Cast) -> None:
    for person, extra in (
        (cast.sari, set()),
        (cast.bambang, {"persetujuan", "delegasi", "belumbaca"}),
        (cast.dewi, {"persetujuan", "kelas", "kehadiran", "kampanye", "laporan", "jawab"}),
    ):
        await running.say(telegram_id(person), "/start")
        assert set(commands_of(running, telegram_id(person))) - {
            "pelatihan", "status", "hadir", "tiket", "profil", "bantuan", "batal", "berhenti",
        } == extra  # fmt: skip


async def test_help_lists_the_commands_of_the_role(running: Running, cast: Cast) -> None:
    (visitor,) = await running.say(NEWCOMER, "/bantuan")
    (officer,) = await running.say(telegram_id(cast.dewi), "/bantuan")
    assert "/jawab" not in visitor.text
    assert "/start" in visitor.text
    assert "/jawab" in officer.text


async def test_berhenti_asks_first_and_then_unlinks(running: Running, services: Services, cast: Cast) -> None:
    account = telegram_id(cast.sari)
    (question,) = await running.say(account, "/berhenti")
    assert [title for title, _ in question.buttons] == [texts.UNLINK_BUTTON, texts.KEEP_BUTTON]
    assert await who(services, account) == cast.sari

    await running.press(account, question.buttons[0][1])
    assert await who(services, account) is None
    (edit,) = running.request.sent("editMessageText")
    assert texts.UNLINKED in edit.text
    assert edit.buttons == []
    assert running.request.sent("deleteMyCommands")[0].data == {"scope": {"type": "chat", "chat_id": account}}


async def test_berhenti_can_be_taken_back(running: Running, services: Services, cast: Cast) -> None:
    account = telegram_id(cast.sari)
    (question,) = await running.say(account, "/berhenti")
    await running.press(account, question.buttons[1][1])
    assert await who(services, account) == cast.sari
    assert texts.LINK_KEPT in running.request.sent("editMessageText")[0].text


async def test_unlinking_twice_is_harmless(running: Running, cast: Cast) -> None:
    account = telegram_id(cast.sari)
    (question,) = await running.say(account, "/berhenti")
    await running.press(account, question.buttons[0][1])
    (second,) = await running.press(account, question.buttons[0][1])
    assert "/start" in second.text


async def test_berhenti_of_a_visitor_says_there_is_nothing_to_end(running: Running) -> None:
    assert [call.text for call in await running.say(NEWCOMER, "/berhenti")] == [texts.NO_PERSON_YET]


async def test_erasing_ones_data_in_the_dialogue_resets_the_menu(
    running: Running, services: Services, cast: Cast, rasa: FakeRasa
) -> None:
    account = telegram_id(cast.sari)
    await services.identity.delete_my_data(Caller(account, cast.sari))
    rasa.reply["trace"] = {"actions": ["action_delete_my_data"]}
    await running.say(account, "ya")
    assert running.request.sent("deleteMyCommands")[0].data["scope"]["chat_id"] == account


async def test_a_menu_that_telegram_refuses_does_not_spoil_the_linking(
    running: Running, services: Services, cast: Cast
) -> None:
    assert cast.sari.phone is not None
    running.request.fail("setMyCommands", 400, "Bad Request: whatever")
    answers = await running.deliver(message=contact(NEWCOMER, cast.sari.phone, of=NEWCOMER))
    assert len(answers) == 1
    assert await who(services, NEWCOMER) == cast.sari
