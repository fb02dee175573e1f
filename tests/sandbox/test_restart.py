"""What the sandbox still knows after it was stopped, killed, or robbed of its file."""

import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import (
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest, Forbidden

from sandbox import chats, state
from sandbox.app import create_world
from sandbox.records import StateUnusable
from tests.running_sandbox import TOKEN, RunningSandbox, running_sandbox

SITI, BUDI = 101, 102
YES = InlineKeyboardMarkup([[InlineKeyboardButton("Ya", callback_data="ya")]])


@pytest.fixture
def state_file(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


def everything_on(sandbox: RunningSandbox, user_id: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    phone = sandbox.get(f"users/{user_id}")
    return {**phone, "bot": phone["bot"] | {"connected": None}}, sandbox.phone(user_id)


async def test_a_phone_looks_the_same_after_a_restart(state_file: Path) -> None:
    share = ReplyKeyboardMarkup([[KeyboardButton("Bagikan nomor", request_contact=True)]])
    with running_sandbox(state_file=state_file) as sandbox:
        sandbox.post("users", {"id": SITI, "first_name": "Siti", "phone_number": "+628120000"})
        sandbox.post(f"users/{SITI}/messages", {"start": True})
        edited = sandbox.write(SITI, "salah ketik")["message_id"]
        sandbox.post(f"users/{SITI}/messages", {"edit": edited, "text": "sudah benar"})
        sandbox.write(BUDI, "halo")
        sandbox.post(f"users/{BUDI}/block")
        async with sandbox.bot() as bot:
            await bot.set_my_description("Asisten pegawai")
            await bot.set_my_commands([("status", "Status")], scope=BotCommandScopeChat(SITI))
            await bot.send_message(SITI, "Daftar?", reply_markup=YES)
            kept = await bot.send_message(SITI, "Yakin?", reply_markup=YES)
            await bot.edit_message_text("Sudah.", SITI, kept.message_id)
            gone = await bot.send_message(SITI, "Keliru.")
            await bot.delete_message(SITI, gone.message_id)
            document = await bot.send_document(SITI, b"BEGIN:VCALENDAR", filename="jadwal.ics")
            await bot.send_message(SITI, "Nomor Anda?", reply_markup=share)
        before = [everything_on(sandbox, person) for person in (SITI, BUDI)]
    with running_sandbox(state_file=state_file) as sandbox:
        assert [everything_on(sandbox, person) for person in (SITI, BUDI)] == before
        shown = next(message for message in sandbox.phone(SITI) if message["document"])
        assert sandbox.client.get(shown["document"]["url"]).content == b"BEGIN:VCALENDAR"
        async with sandbox.bot() as bot:
            with pytest.raises(Forbidden, match="blocked"):
                await bot.send_message(BUDI, "halo")
            again = await bot.send_document(SITI, document.document.file_id)
            assert again.message_id == before[0][1][-1]["message_id"] + 1
            other = await bot.send_document(SITI, b"lain", filename="lain.ics")
            paths = {(await bot.get_file(one.document.file_id)).file_path for one in (document, other)}
            assert len(paths) == 2


async def test_a_button_sent_before_a_restart_is_pressed_and_answered_after_it(state_file: Path) -> None:
    with running_sandbox(state_file=state_file) as sandbox:
        sandbox.write(SITI, "halo")
        async with sandbox.bot() as bot:
            sent = await bot.send_message(SITI, "Daftar?", reply_markup=YES)
            earlier = sandbox.post(f"users/{SITI}/clicks", {"message_id": sent.message_id, "data": "ya"})
    with running_sandbox(state_file=state_file) as sandbox:
        sandbox.post(f"users/{SITI}/clicks", {"message_id": sent.message_id, "data": "ya"})
        async with sandbox.bot() as bot:
            presses = [update.callback_query for update in await bot.get_updates() if update.callback_query]
            assert [press.data for press in presses] == ["ya", "ya"]
            assert presses[0].id == earlier["callback_query_id"]
            for press in presses:
                assert await bot.answer_callback_query(press.id)
            edited = await bot.edit_message_text("Terdaftar.", SITI, sent.message_id)
            assert edited.text == "Terdaftar."


async def test_only_what_the_bot_has_not_confirmed_is_delivered_after_a_restart(state_file: Path) -> None:
    with running_sandbox(state_file=state_file) as sandbox:
        sandbox.write(SITI, "satu")
        sandbox.write(SITI, "dua")
        async with sandbox.bot() as bot:
            first, second = await bot.get_updates(allowed_updates=["message"])
            await bot.get_updates(offset=second.update_id)
    with running_sandbox(state_file=state_file) as sandbox:
        sandbox.post(f"users/{SITI}/block")
        sandbox.post(f"users/{SITI}/unblock")
        third = sandbox.write(SITI, "tiga")["update_id"]
        async with sandbox.bot() as bot:
            updates = await bot.get_updates(offset=first.update_id)
        assert [(u.update_id, u.message.text) for u in updates] == [(second.update_id, "dua"), (third, "tiga")]


@pytest.mark.parametrize("is_kept", [True, False], ids=["kept", "lost"])
def test_update_ids_never_repeat_whether_the_file_is_kept_or_lost(state_file: Path, is_kept: bool) -> None:
    ids = []
    for _ in range(3):
        world = create_world(TOKEN, state_file=state_file)
        ids += [world.updates.put("message", {}) for _ in range(2)]
        world.records.close()
        if not is_kept:
            state_file.unlink()
    assert ids == sorted(set(ids))


def test_update_ids_go_on_even_if_the_clock_was_set_back(state_file: Path) -> None:
    world = create_world(TOKEN, state_file=state_file, now=lambda: 2_000_000.0)
    last = world.updates.put("message", {})
    world.records.close()
    world = create_world(TOKEN, state_file=state_file, now=lambda: 1_000_000.0)
    assert world.updates.put("message", {}) == last + 1
    world.records.close()


def test_a_webhook_and_its_secret_hold_after_a_restart(state_file: Path) -> None:
    with running_sandbox(state_file=state_file) as sandbox:
        body = {"url": "http://127.0.0.1:9/hook", "secret_token": "rahasia", "allowed_updates": ["message"]}
        assert sandbox.client.post(f"/bot{TOKEN}/setWebhook", json=body).json()["ok"]
        sandbox.write(SITI, "halo")
    with running_sandbox(state_file=state_file) as sandbox:
        webhook = sandbox.world.updates.webhook
        assert webhook is not None
        assert (webhook.url, webhook.secret_token) == ("http://127.0.0.1:9/hook", "rahasia")
        info = sandbox.client.get(f"/bot{TOKEN}/getWebhookInfo").json()["result"]
        assert (info["allowed_updates"], info["pending_update_count"]) == (["message"], 1)


def test_what_was_crowded_out_of_memory_does_not_come_back(state_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chats, "MAX_MESSAGES_PER_CHAT", 3)
    monkeypatch.setattr(state, "MAX_MESSAGES", 5)
    with running_sandbox(state_file=state_file) as sandbox:
        for number in range(4):
            sandbox.write(SITI, f"siti {number}")
        for number in range(3):
            sandbox.write(BUDI, f"budi {number}")
        before = [[message["text"] for message in sandbox.phone(person)] for person in (SITI, BUDI)]
    monkeypatch.undo()
    with running_sandbox(state_file=state_file) as sandbox:
        assert [[message["text"] for message in sandbox.phone(person)] for person in (SITI, BUDI)] == before
        assert before == [["siti 2", "siti 3"], ["budi 0", "budi 1", "budi 2"]]
        assert sandbox.write(SITI, "lagi")["message_id"] == 5


def test_the_samples_keep_their_chats_under_the_names_they_have_now(state_file: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.json"
    people.write_text(json.dumps([{"id": SITI, "name": "Siti Aminah", "phone_number": "+6281"}]), encoding="utf-8")
    with running_sandbox(people, state_file) as sandbox:
        sandbox.write(SITI, "halo")
    people.write_text(json.dumps([{"id": SITI, "name": "Sari Dewi", "phone_number": "+6282"}]), encoding="utf-8")
    with running_sandbox(people, state_file) as sandbox:
        phone = sandbox.get(f"users/{SITI}")
        assert (phone["first_name"], phone["last_name"], phone["phone_number"]) == ("Sari", "Dewi", "+6282")
        assert (phone["started"], len(sandbox.phone(SITI))) == (True, 1)


def broken_bytes(path: Path) -> None:
    path.write_bytes(b"not a database " * 500)


def torn_in_the_middle(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes(len(content) - 4096))


def a_record_that_means_nothing(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE records SET value = '{' WHERE kind = 'message'")


def a_layout_of_another_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    "damage", [broken_bytes, torn_in_the_middle, a_record_that_means_nothing, a_layout_of_another_version]
)
def test_a_damaged_file_is_moved_aside_with_one_line_and_the_sandbox_starts_fresh(
    state_file: Path, damage: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with running_sandbox(state_file=state_file) as sandbox:
        for number in range(30):
            sandbox.write(SITI, f"pesan {number}")
    damage(state_file)
    damaged = state_file.read_bytes()
    with running_sandbox(state_file=state_file) as sandbox:
        assert sandbox.phone(SITI) == []
        sandbox.write(SITI, "halo")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "sandbox.records"]
    (aside,) = state_file.parent.glob("state.db.damaged-*[0-9]")
    assert line.startswith("state.db is damaged (")
    assert aside.name in line
    assert aside.read_bytes() == damaged
    with running_sandbox(state_file=state_file) as sandbox:
        assert [message["text"] for message in sandbox.phone(SITI)] == ["halo"]


def test_a_file_in_use_is_left_alone(state_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.records.PATIENCE_SECONDS", 0.0)
    with running_sandbox(state_file=state_file) as sandbox:
        sandbox.write(SITI, "halo")
        with pytest.raises(StateUnusable, match="locked"):
            create_world(TOKEN, state_file=state_file)
        assert sandbox.write(SITI, "masih jalan")["message_id"] == 2
    assert [path.name for path in state_file.parent.iterdir()] == ["state.db"]


def test_only_its_owner_may_read_the_file(state_file: Path) -> None:
    with running_sandbox(state_file=state_file) as sandbox:
        sandbox.write(SITI, "halo")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in state_file.parent.iterdir()}
    assert modes == {"state.db": 0o600, "state.db-wal": 0o600}


def test_a_file_out_of_reach_is_no_damage(tmp_path: Path) -> None:
    with pytest.raises(StateUnusable, match="No such file or directory"):
        create_world(TOKEN, state_file=tmp_path / "missing" / "state.db")


@contextmanager
def sandbox_process(state_file: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    with running_sandbox() as other:  # only for a port that is free afterwards
        port = other.client.base_url.port
    command = [sys.executable, "-m", "sandbox", "--port", str(port), "--token", TOKEN, "--state", str(state_file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            yield process, client
        process.kill()


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(state_file: Path) -> None:
    with sandbox_process(state_file) as (process, client):
        written = [
            client.post(f"/sandbox/users/{SITI}/messages", json={"text": f"pesan {number}"}).json()
            for number in range(20)
        ]
        os.kill(process.pid, signal.SIGKILL)
    with sandbox_process(state_file) as (_, client):
        shown = client.get(f"/sandbox/users/{SITI}/messages").json()
        assert [message["message_id"] for message in shown] == [answer["message_id"] for answer in written]
        updates = client.get(f"/bot{TOKEN}/getUpdates").json()["result"]
        assert [update["update_id"] for update in updates] == [answer["update_id"] for answer in written]
        sent = client.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": SITI, "text": "halo"}).json()
        assert sent["result"]["message_id"] == written[-1]["message_id"] + 1


async def test_without_a_file_everything_is_forgotten(bot: Any, sandbox: RunningSandbox) -> None:
    sandbox.write(SITI, "halo")
    with running_sandbox() as fresh:
        assert fresh.phone(SITI) == []
        async with fresh.bot() as other:
            with pytest.raises(BadRequest, match="Chat not found"):
                await other.send_message(SITI, "halo")
