"""The process: how it listens, and one sentence when it cannot start."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx

from actions.__main__ import HOST, listen

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "actions"]


async def test_answers_are_sent_at_once_and_not_held_back():
    held: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def look(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        held.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    listener = listen(0)
    async with await asyncio.start_server(look, sock=listener):
        _, writer = await asyncio.open_connection(HOST, listener.getsockname()[1])
        assert await asyncio.wait_for(held, 5)
        writer.close()
        await writer.wait_closed()


def test_it_listens_on_loopback_only():
    with listen(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def environment(tmp_path: Path, **settings: str) -> dict[str, str]:
    return os.environ | {"DATA_DIR": str(tmp_path)} | settings  # noqa: TID251 - handed on to the process


def start(tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        COMMAND,
        cwd=ROOT,
        env=environment(tmp_path, **settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_port_in_use_is_one_sentence_naming_the_setting(tmp_path):
    with listen(0) as taken:
        port = taken.getsockname()[1]
        ended = start(tmp_path, ACTIONS_PORT=str(port))
    assert ended.returncode == 2
    assert ended.stderr.startswith("ACTIONS_PORT:")
    assert ended.stderr.count("\n") == 1


def test_no_database_is_one_sentence_naming_the_setting(tmp_path):
    with listen(0) as free:
        port = free.getsockname()[1]
    ended = start(tmp_path, ACTIONS_PORT=str(port), DATABASE_URL="postgresql://nobody:geheim@127.0.0.1:1/none")
    assert ended.returncode == 1
    assert "DATABASE_URL" in ended.stderr
    assert "geheim" not in ended.stderr
    assert "Traceback" not in ended.stderr


def test_it_answers_on_the_real_database_and_ends_cleanly_at_a_signal(tmp_path, database_url):
    with listen(0) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        COMMAND,
        cwd=ROOT,
        env=environment(tmp_path, ACTIONS_PORT=str(port), DATABASE_URL=database_url),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            said = next((line for line in process.stderr if "actions ready" in line), "")
            assert f'"port": {port}' in said
            tracker = {"sender_id": "tg-42", "slots": {}, "latest_message": {"text": "halo"}, "events": []}
            call = {"next_action": "action_greet", "sender_id": "tg-42", "tracker": tracker, "domain": {"slots": {}}}
            # the socket has been listening since before the start, so this waits until the server takes it up
            answer = httpx.post(f"http://{HOST}:{port}/webhook", json=call, timeout=30)
            assert "/start" in answer.json()["responses"][0]["text"]
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        finally:
            process.kill()
