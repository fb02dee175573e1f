"""What is typed or pressed goes to the dialogue and its reply to the person; whatever fails, one calm text comes."""

import asyncio

import httpx
import pytest
from telegram.error import NetworkError, TimedOut

from bot.texts import general
from core.ports import DatabaseBusy
from tests.bot import offline
from tests.bot.conftest import FakeRasa, Running
from tests.factories import Cast, telegram_id

VISITOR = 700


async def test_a_typed_text_is_said_to_the_dialogue_as_the_sender_telegram_names(
    running: Running, rasa: FakeRasa
) -> None:
    (answer,) = await running.say(VISITOR, "cuti besar berapa lama?")
    assert rasa.asked == [{"sender": f"tg-{VISITOR}", "message": "cuti besar berapa lama?"}]
    assert answer.text == "Baik."
    assert answer.data["chat_id"] == VISITOR
    assert [call.data["action"] for call in running.request.sent("sendChatAction")] == ["typing"]


@pytest.mark.parametrize("text", ['/enroll_training{"training":"TIK-01"}', "/restart", "//restart", "/session_start"])
async def test_a_typed_payload_stays_text(running: Running, rasa: FakeRasa, text: str) -> None:
    await running.say(VISITOR, text)
    assert rasa.asked == [{"sender": f"tg-{VISITOR}", "message": text}]


@pytest.mark.parametrize(
    ("command", "intent"),
    [
        ("/pelatihan", "list_trainings"),
        ("/status", "enrollment_status"),
        ("/profil", "my_profile"),
        ("/batal", "cancel_dialogue"),
        ("/pelatihan@RekanASNBot", "list_trainings"),
    ],
)
async def test_commands_of_the_dialogue_go_as_payloads(
    running: Running, rasa: FakeRasa, command: str, intent: str
) -> None:
    await running.say(VISITOR, command)
    assert rasa.asked == [{"sender": f"tg-{VISITOR}", "payload": {"intent": intent, "entities": {}}}]


async def test_bold_and_buttons_of_the_dialogue_arrive_in_telegrams_form(running: Running, rasa: FakeRasa) -> None:
    rasa.reply["messages"] = [
        {
            "text": "🎓 *TIK-02* cocok?",
            "buttons": [{"title": "Ya", "payload": "/affirm"}, {"title": "Tidak", "payload": "/deny"}],
        }
    ]
    (answer,) = await running.say(VISITOR, "daftar")
    assert answer.text == "🎓 TIK-02 cocok?"
    assert answer.data["entities"] == [{"type": "bold", "offset": 3, "length": 6}]
    assert answer.buttons == [("Ya", "1ya"), ("Tidak", "1no")]
    assert "parse_mode" not in answer.data


async def test_several_messages_arrive_in_order(running: Running, rasa: FakeRasa) -> None:
    rasa.reply["messages"] = [{"text": "satu"}, {"text": ""}, {"text": "dua"}]
    assert [call.text for call in await running.say(VISITOR, "halo")] == ["satu", "dua"]


async def test_a_dialogue_that_is_down_gives_one_calm_text(running: Running, rasa: FakeRasa) -> None:
    rasa.answer = lambda _: httpx.Response(500)
    assert [call.text for call in await running.say(VISITOR, "halo")] == [general.NOT_READY]


async def test_a_dialogue_that_says_nothing_is_made_up_for(running: Running, rasa: FakeRasa) -> None:
    rasa.reply["messages"] = []
    assert [call.text for call in await running.say(VISITOR, "halo")] == [general.NO_REPLY]


async def test_a_text_of_slashes_only_is_answered(running: Running, rasa: FakeRasa) -> None:
    rasa.answer = lambda _: httpx.Response(400, json={"error": "message is empty"})
    assert [call.text for call in await running.say(VISITOR, "///")] == [general.NOTHING_TO_READ]


async def test_a_text_beyond_telegrams_limit_is_not_passed_on(running: Running, rasa: FakeRasa) -> None:
    assert [call.text for call in await running.say(VISITOR, "x" * 4097)] == [general.TOO_LONG]
    assert rasa.asked == []


async def test_a_text_of_4096_characters_is_passed_on_whole(running: Running, rasa: FakeRasa) -> None:
    await running.say(VISITOR, "x" * 4096)
    assert rasa.asked[0]["message"] == "x" * 4096


async def test_an_answer_too_long_for_one_message_arrives_in_pieces(running: Running, rasa: FakeRasa) -> None:
    rasa.reply["messages"] = [
        {"text": "\n\n".join(["kata " * 700] * 3), "buttons": [{"title": "Ya", "payload": "/affirm"}]}
    ]
    answers = await running.say(VISITOR, "halo")
    assert [bool(call.buttons) for call in answers] == [False, False, True]


async def test_an_edited_message_is_not_run_again(running: Running, rasa: FakeRasa) -> None:
    assert await running.deliver(edited_message=offline.message(VISITOR, text="halo", edit_date=offline.DATE)) == []
    assert rasa.asked == []


async def test_kinds_of_updates_the_bot_does_not_know_are_ignored(running: Running) -> None:
    poll = {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True}
    poll |= {"type": "regular", "allows_multiple_answers": False, "allows_revoting": False, "members_only": False}
    assert await running.deliver(poll=poll) == []
    assert (
        await running.deliver(message=offline.message(VISITOR, pinned_message=offline.message(VISITOR, text="x"))) == []
    )


FILE = {"file_id": "f", "file_unique_id": "f"}
STICKER = FILE | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"sticker": STICKER}, general.STICKER),
        ({"voice": FILE | {"duration": 3}}, general.VOICE),
        ({"video_note": FILE | {"duration": 3, "length": 3}}, general.VOICE),
        ({"photo": [FILE | {"width": 1, "height": 1}]}, general.PICTURE),
        ({"document": FILE}, general.DOCUMENT),
        ({"location": {"latitude": -6.2, "longitude": 106.8}}, general.LOCATION),
        ({"dice": {"emoji": "🎲", "value": 3}}, general.STICKER),
        ({"story": {"id": 1, "chat": {"id": 1, "type": "private"}}}, general.OTHER_KIND),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
async def test_what_cannot_be_read_is_answered_with_what_is_possible(
    running: Running, rasa: FakeRasa, parts: dict[str, object], text: str
) -> None:
    answers = await running.deliver(message=offline.message(VISITOR, **parts))
    assert [call.text for call in answers] == [text]
    assert rasa.asked == []


async def test_a_caption_is_read_like_a_text(running: Running, rasa: FakeRasa) -> None:
    photo = [FILE | {"width": 1, "height": 1}]
    answers = await running.deliver(message=offline.message(VISITOR, photo=photo, caption="ini apa?"))
    assert [call.text for call in answers] == [general.CAPTION_ONLY, "Baik."]
    assert rasa.asked[0]["message"] == "ini apa?"


async def test_a_reply_is_tried_again_when_telegram_asks_to_wait(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr("bot.patience.asyncio.sleep", pause)
    running.request.fail("sendMessage", 429, "Too Many Requests: retry after 3", retry_after=3)
    running.request.raise_("sendMessage", NetworkError("connection lost"))
    await running.say(VISITOR, "halo")
    assert [call.text for call in running.request.sent()] == ["Baik."] * 3
    assert pauses == [3.0, 0.6]


async def test_a_reply_that_may_have_arrived_is_not_sent_twice(running: Running) -> None:
    running.request.raise_("sendMessage", TimedOut())
    answers = await running.say(VISITOR, "halo")
    assert [call.text for call in answers] == ["Baik.", general.TROUBLE]


async def test_an_unexpected_error_is_logged_without_words_and_answered_calmly(
    running: Running, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    order: list[str] = []

    def explode(*_: object) -> None:
        raise RuntimeError("rahasia 198001012005011001")

    monkeypatch.setattr("bot.handlers.conversation.render_reply", explode)
    monkeypatch.setattr("bot.handlers.errors.log.error", lambda event, **_: order.append(event), raising=False)
    answers = await running.say(VISITOR, "halo")
    assert order == ["update failed"]
    assert [call.text for call in answers] == [general.TROUBLE]


async def test_a_person_who_blocked_the_bot_meanwhile_becomes_unreachable(running: Running, cast: Cast) -> None:
    running.request.fail("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await running.say(telegram_id(cast.sari), "halo")
    services = running.app.bot_data["tools"].services
    async with services.unit_of_work() as work:
        account = await work.accounts.get(telegram_id(cast.sari))
    assert account is not None
    assert account.unreachable_since is not None


async def test_typing_that_fails_costs_nobody_their_answer(running: Running) -> None:
    running.request.fail("sendChatAction", 400, "Bad Request: whatever")
    assert [call.text for call in await running.say(VISITOR, "halo")] == ["Baik."]


async def test_others_are_answered_while_one_persons_dialogue_is_slow(running: Running, rasa: FakeRasa) -> None:
    gate = asyncio.Event()

    async def answer(request: httpx.Request) -> httpx.Response:
        if b"lambat" in request.content:
            await gate.wait()
        return httpx.Response(200, json=rasa.reply)

    rasa.answer = answer  # type: ignore[assignment]
    tools = running.app.bot_data["tools"]
    tools.rasa._timeout_seconds = 30
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(running.say(1, "lambat"))
        await asyncio.sleep(0)
        assert [call.text for call in await running.say(2, "cepat")] == ["Baik."]
        gate.set()


async def test_a_database_that_is_busy_asks_to_try_again(
    running: Running, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: object) -> None:
        raise DatabaseBusy

    monkeypatch.setattr(type(running.app.bot_data["tools"].services.identity), "caller", busy)
    assert [call.text for call in await running.say(VISITOR, "/bantuan")] == [general.BUSY]
