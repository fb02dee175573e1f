"""Rows of the ledger go out worded and with their buttons; Telegram's refusals are told apart for the sender."""

from dataclasses import replace
from typing import Any

import pytest
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot.messenger import TelegramMessenger
from core.domain.messages import DeliveryStatus, Kind, Message
from core.ports import SendFailed
from tests.bot.offline import OfflineRequest
from tests.bot.test_texts import FACTS
from tests.factories import NOW


def row(kind: Kind, **facts: Any) -> Message:
    return Message(
        message_id=1,
        key="k",
        kind=kind,
        facts={**FACTS, **facts},
        due_at=NOW,
        status=DeliveryStatus.SENDING,
        attempts=1,
        person_id=3,
        telegram_id=700,
        expires_at=None,
        is_bulk=kind is Kind.CAMPAIGN,
    )


@pytest.fixture
def messenger(request_: OfflineRequest) -> TelegramMessenger:
    return TelegramMessenger(Bot("123456:offline", request=request_, get_updates_request=request_))


async def test_an_approval_request_goes_out_with_its_buttons(
    messenger: TelegramMessenger, request_: OfflineRequest
) -> None:
    assert await messenger.send(row(Kind.APPROVAL_REQUEST)) == 1000
    (call,) = request_.sent()
    assert call.data["chat_id"] == 700
    assert "Sari Puspita (Dinas Pendidikan)" in call.text
    assert call.buttons == [("Setujui", "1ap|12"), ("Tolak", "1de|12")]


@pytest.mark.parametrize(
    "kind", [kind for kind in Kind if kind not in (Kind.CAMPAIGN_RECALL, Kind.CAMPAIGN_CORRECTION)]
)
async def test_every_kind_goes_out_as_one_message(
    messenger: TelegramMessenger, request_: OfflineRequest, kind: Kind
) -> None:
    await messenger.send(row(kind))
    assert len(request_.sent()) + len(request_.sent("sendDocument")) == 1


async def test_a_moved_session_brings_its_calendar_file_and_the_way_out(
    messenger: TelegramMessenger, request_: OfflineRequest
) -> None:
    await messenger.send(row(Kind.SESSION_MOVED))
    (call,) = request_.sent("sendDocument")
    assert "Ruang 3" in call.data["caption"]
    assert "Daring (Zoom)" in call.data["caption"]
    assert [title for title, _ in call.buttons] == ["Simpan ke kalender", "Batalkan"]
    ((name, content, _),) = call.files.values()
    assert (name, content) == ("TIK-02-A.ics", b"BEGIN:VCALENDAR")


async def test_words_too_long_to_stand_below_a_file_go_without_it(
    messenger: TelegramMessenger, request_: OfflineRequest
) -> None:
    await messenger.send(row(Kind.SESSION_MOVED, place="x" * 300, was_place="y" * 300, title="z" * 300))
    assert request_.sent("sendDocument") == []
    (call,) = request_.sent()
    assert [title for title, _ in call.buttons] == ["Simpan ke kalender", "Batalkan"]


async def test_a_campaign_of_the_longest_text_goes_out_as_one_message(
    messenger: TelegramMessenger, request_: OfflineRequest
) -> None:
    await messenger.send(row(Kind.CAMPAIGN, text="😀" * 2048))
    assert [call.text for call in request_.sent()] == ["😀" * 2048]


async def test_the_old_account_loses_its_menu(messenger: TelegramMessenger, request_: OfflineRequest) -> None:
    await messenger.send(row(Kind.ACCOUNT_REPLACED))
    assert [call.data["scope"]["chat_id"] for call in request_.sent("deleteMyCommands")] == [700]


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (400, "Bad Request: chat not found"),
    ],
)
async def test_a_chat_that_is_gone_is_permanent(
    messenger: TelegramMessenger, request_: OfflineRequest, code: int, description: str
) -> None:
    request_.fail("sendMessage", code, description)
    with pytest.raises(SendFailed) as failure:
        await messenger.send(row(Kind.CAMPAIGN))
    assert failure.value.permanent


async def test_too_many_requests_tells_how_long_to_wait(messenger: TelegramMessenger, request_: OfflineRequest) -> None:
    request_.fail("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7)
    with pytest.raises(SendFailed) as failure:
        await messenger.send(row(Kind.CAMPAIGN))
    assert failure.value.retry_after == 7
    assert not failure.value.permanent


@pytest.mark.parametrize("error", [NetworkError("lost"), TimedOut()])
async def test_a_broken_line_may_be_tried_again(
    messenger: TelegramMessenger, request_: OfflineRequest, error: Exception
) -> None:
    request_.raise_("sendMessage", error)
    with pytest.raises(SendFailed) as failure:
        await messenger.send(row(Kind.CAMPAIGN))
    assert not failure.value.permanent
    assert failure.value.retry_after is None


@pytest.mark.parametrize(
    ("code", "description"), [(500, "Internal Server Error"), (400, "Bad Request: message is too long")]
)
async def test_other_refusals_are_not_blamed_on_the_person(
    messenger: TelegramMessenger, request_: OfflineRequest, code: int, description: str
) -> None:
    request_.fail("sendMessage", code, description)
    with pytest.raises(SendFailed) as failure:
        await messenger.send(row(Kind.CAMPAIGN))
    assert not failure.value.permanent


async def test_a_row_with_wrong_facts_fails_alone(messenger: TelegramMessenger, request_: OfflineRequest) -> None:
    with pytest.raises(SendFailed):
        await messenger.send(replace(row(Kind.SEAT_OFFERED), facts={}))
    assert request_.calls == []


async def test_a_recalled_message_is_deleted_and_one_that_is_gone_counts_as_deleted(
    messenger: TelegramMessenger, request_: OfflineRequest
) -> None:
    assert await messenger.send(row(Kind.CAMPAIGN_RECALL, message_id=55)) == 55
    assert [(c.data["chat_id"], c.data["message_id"]) for c in request_.sent("deleteMessage")] == [(700, 55)]
    request_.fail("deleteMessage", 400, "Bad Request: message to delete not found")
    assert await messenger.send(row(Kind.CAMPAIGN_RECALL, message_id=56)) == 56
    assert request_.sent() == []


async def test_a_message_too_old_to_be_deleted_is_not_blamed_on_the_person(
    messenger: TelegramMessenger, request_: OfflineRequest
) -> None:
    request_.fail("deleteMessage", 400, "Bad Request: message can't be deleted for everyone")
    with pytest.raises(SendFailed) as failure:
        await messenger.send(row(Kind.CAMPAIGN_RECALL, message_id=55))
    assert not failure.value.permanent


async def test_a_corrected_message_is_edited_with_its_buttons(
    messenger: TelegramMessenger, request_: OfflineRequest
) -> None:
    assert await messenger.send(row(Kind.CAMPAIGN_CORRECTION, message_id=55)) == 55
    (edit,) = request_.sent("editMessageText")
    assert (edit.data["chat_id"], edit.data["message_id"]) == (700, 55)
    assert edit.text == "Pengumuman dari tim SDM\n\nHalo semua"
    assert edit.data["reply_markup"]["inline_keyboard"][1][0]["text"] == "Sudah baca dan paham"
    for words in ("message is not modified", "message to edit not found"):
        request_.fail("editMessageText", 400, f"Bad Request: {words}")
        assert await messenger.send(row(Kind.CAMPAIGN_CORRECTION, message_id=55)) == 55
    assert request_.sent() == []
