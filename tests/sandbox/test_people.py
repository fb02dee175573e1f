"""The person's side: writing, pressing, sharing, blocking."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from tests.running_sandbox import RunningSandbox

SITI = 101


async def test_a_typed_command_carries_its_entity_and_a_start_its_payload(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.write(SITI, '/enroll_training{"training":"TIK-01"}')
    sandbox.post(f"users/{SITI}/messages", {"start": "kode-123_x"})
    first, second = [update.message for update in await bot.get_updates()]
    assert [(e.type, e.offset, e.length) for e in first.entities] == [("bot_command", 0, 16)]
    assert second.text == "/start kode-123_x"
    assert first.from_user == second.from_user
    assert first.from_user.language_code == "id"


async def test_sharing_a_contact_tells_whose_it_is(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.post("users", {"id": SITI, "first_name": "Siti", "phone_number": "+6281200000101"})
    sandbox.post(f"users/{SITI}/messages", {"contact": True})
    other = {"phone_number": "+6281299999999", "first_name": "Budi"}
    sandbox.post(f"users/{SITI}/messages", {"contact": other, "forwarded": True})
    own, forwarded = [update.message for update in await bot.get_updates()]
    assert (own.contact.user_id, own.contact.phone_number) == (SITI, "6281200000101")
    assert own.forward_origin is None
    assert (forwarded.contact.user_id, forwarded.contact.first_name) == (None, "Budi")
    assert forwarded.forward_origin is not None


async def test_a_contact_without_an_owner_belongs_to_whom_the_number_tells(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.post("users", {"id": SITI, "first_name": "Siti", "phone_number": "+6281200000101"})
    for number, stated in (("6281200000101", {}), ("6281299999999", {}), ("6281200000101", {"user_id": None})):
        sandbox.post(f"users/{SITI}/messages", {"contact": {"phone_number": number, "first_name": "X", **stated}})
    sandbox.post("users/4242/messages", {"contact": {"phone_number": "+6281299999999"}})
    owners = [update.message.contact.user_id for update in await bot.get_updates()]
    assert owners == [SITI, None, None, None]


@pytest.mark.parametrize("kind", ["sticker", "voice", "photo"])
async def test_what_is_not_text_arrives_as_what_it_is(sandbox: RunningSandbox, bot: Bot, kind: str) -> None:
    sandbox.post(f"users/{SITI}/messages", {kind: True})
    message = (await bot.get_updates())[0].message
    assert getattr(message, kind)
    assert message.text is None
    assert sandbox.phone(SITI)[0]["kind"] == kind


async def test_an_edited_message_is_an_update_of_its_own(sandbox: RunningSandbox, bot: Bot) -> None:
    sent = sandbox.write(SITI, "dafar")
    sandbox.post(f"users/{SITI}/messages", {"edit": sent["message_id"], "text": "daftar"})
    update = (await bot.get_updates())[1]
    assert update.message is None
    assert (update.edited_message.text, update.edited_message.message_id) == ("daftar", sent["message_id"])
    assert sandbox.phone(SITI)[0]["edited"] is True


async def test_a_press_reaches_the_bot_and_its_answer_closes_it(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.write(SITI, "halo")
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Ya", callback_data="ya")]])
    sent = await bot.send_message(SITI, "Setuju?", reply_markup=markup)
    for _ in range(2):
        sandbox.post(f"users/{SITI}/clicks", {"message_id": sent.message_id, "data": "ya"})
    first, second = [update.callback_query for update in (await bot.get_updates())[1:]]
    assert (first.data, first.from_user.id, first.message.message_id) == ("ya", SITI, sent.message_id)
    assert first.id != second.id
    assert first.chat_instance == second.chat_instance
    assert await bot.answer_callback_query(first.id, text="Tercatat")
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("1")


async def test_only_a_button_that_is_there_can_be_pressed_unless_forced(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.write(SITI, "halo")
    sent = await bot.send_message(SITI, "Tanpa tombol")
    press = {"message_id": sent.message_id, "data": "e:TIK-01-A"}
    refused = sandbox.client.post(f"/sandbox/users/{SITI}/clicks", json=press)
    assert (refused.status_code, refused.json()["ok"]) == (400, False)
    sandbox.post(f"users/{SITI}/clicks", {**press, "force": True})
    assert (await bot.get_updates())[-1].callback_query.data == "e:TIK-01-A"


async def test_who_blocks_the_bot_tells_it_and_hears_nothing_until_unblocking(
    sandbox: RunningSandbox, bot: Bot
) -> None:
    sandbox.write(SITI, "halo")
    sandbox.post(f"users/{SITI}/block")
    change = (await bot.get_updates())[-1].my_chat_member
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")
    assert change.from_user.id == SITI
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(SITI, "halo")
    assert sandbox.client.post(f"/sandbox/users/{SITI}/messages", json={"text": "x"}).status_code == 400
    sandbox.post(f"users/{SITI}/unblock")
    assert (await bot.send_message(SITI, "halo")).message_id == 2


async def test_pressing_start_unblocks_first(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.write(SITI, "halo")
    sandbox.post(f"users/{SITI}/block")
    sandbox.post(f"users/{SITI}/messages", {"start": True})
    _, _, unblocked, start = await bot.get_updates()
    assert unblocked.my_chat_member.new_chat_member.status == "member"
    assert start.message.text == "/start"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("users/101/messages", {}),
        ("users/101/messages", {"text": "  "}),
        ("users/101/messages", {"text": "x" * 4097}),
        ("users/101/messages", {"text": 7}),
        ("users/101/messages", {"start": "ada spasi"}),
        ("users/101/messages", {"contact": {"first_name": "Siti"}}),
        ("users/101/messages", {"contact": True}),
        ("users/101/messages", {"text": "x", "chat_id": 5}),
        ("users", {"id": "101", "first_name": "Siti"}),
        ("users", {"id": 101, "first_name": ""}),
        ("faults", {"method": "sendMessage", "error_code": 200}),
        ("faults", {"error_code": 500, "times": 0}),
        ("limits", {"per_second": -1}),
        ("updates/replay", {"update_id": "x"}),
    ],
)
def test_requests_that_make_no_sense_are_refused_with_a_reason(
    sandbox: RunningSandbox, path: str, body: dict[str, object]
) -> None:
    answer = sandbox.client.post(f"/sandbox/{path}", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_foreign_web_page_can_neither_post_nor_rebind(sandbox: RunningSandbox) -> None:
    posted = sandbox.client.post(
        "/sandbox/users/101/messages", content='{"text":"x"}', headers={"Content-Type": "text/plain"}
    )
    assert posted.status_code == 415
    assert sandbox.client.get("/sandbox/people", headers={"Host": "evil.example"}).status_code == 400


async def test_a_reply_brings_the_message_it_answers(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.write(SITI, "/start")
    sent = await bot.send_message(SITI, "Apel Senin pukul 07.00")
    sandbox.post(f"users/{SITI}/messages", {"text": "di mana?", "reply_to": sent.message_id})
    newest = [update.message for update in await bot.get_updates()][-1]
    assert (newest.text, newest.reply_to_message.message_id) == ("di mana?", sent.message_id)
    assert newest.reply_to_message.from_user.id == bot.id
    assert sandbox.phone(SITI)[-1]["quoted"] == "Apel Senin pukul 07.00"
    refused = sandbox.client.post(f"/sandbox/users/{SITI}/messages", json={"text": "?", "reply_to": 999})
    assert refused.status_code == 404
