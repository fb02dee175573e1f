"""The lean way to Telegram answers and fails as PTB's own does."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress

import pytest
from telegram import Bot, InputFile
from telegram.error import Forbidden, NetworkError, RetryAfter, TimedOut
from telegram.request import HTTPXRequest

from bot import lean_request
from bot.lean_request import LeanRequest
from tests.running_sandbox import TOKEN, RunningSandbox, running_sandbox

PHONE = 870_000_001


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running:
        running.write(PHONE, "/start")
        yield running


@asynccontextmanager
async def lean_bot(url: str) -> AsyncIterator[Bot]:
    polling, request = HTTPXRequest(connection_pool_size=1), LeanRequest(2)
    try:
        yield Bot(TOKEN, base_url=f"{url}/bot", get_updates_request=polling, request=request)
    finally:
        await request.shutdown()
        await polling.shutdown()


async def test_words_and_files_arrive_as_they_were_sent(sandbox: RunningSandbox) -> None:
    async with lean_bot(sandbox.url) as bot:
        sent = await bot.send_message(PHONE, "Yth. Ibu & Bapak: 100% hadir + 😀")
        await bot.send_document(PHONE, InputFile(b"isi", filename="surat.txt"), caption="Surat")
    words, file = sandbox.phone(PHONE)[-2:]
    assert (words["message_id"], words["text"]) == (sent.message_id, "Yth. Ibu & Bapak: 100% hadir + 😀")
    assert file["document"]["file_name"] == "surat.txt"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"error_code": 429, "retry_after": 3}, RetryAfter),
        ({"error_code": 403, "description": "Forbidden: bot was blocked by the user"}, Forbidden),
        ({"error_code": 502}, NetworkError),
        ({"error_code": 0}, NetworkError),
    ],
)
async def test_a_refusal_is_the_one_ptb_knows(
    sandbox: RunningSandbox, fault: dict[str, object], error: type[Exception]
) -> None:
    sandbox.post("faults", {"method": "sendMessage", **fault})
    async with lean_bot(sandbox.url) as bot:
        with pytest.raises(error):
            await bot.send_message(PHONE, "Halo")
        assert (await bot.send_message(PHONE, "Halo")).text == "Halo"


async def test_who_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lean_request, "ANSWER_SECONDS", 0.01)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        async with lean_bot(f"http://127.0.0.1:{silent.getsockname()[1]}") as bot:
            with pytest.raises(TimedOut):
                await bot.send_message(PHONE, "Halo")


async def test_nobody_listening_is_a_failure_of_the_network_and_shows_no_token() -> None:
    async with lean_bot("http://127.0.0.1:9") as bot:
        with pytest.raises(NetworkError) as failure:
            await bot.send_message(PHONE, "Halo")
    assert TOKEN not in str(failure.value)


async def test_behind_a_proxy_the_usual_way_is_taken(sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lean_request, "getproxies", lambda: {"https": "http://proxy.example:3128"})
    async with lean_bot(sandbox.url) as bot:
        await bot.send_message(PHONE, "Halo")
    assert sandbox.phone(PHONE)[-1]["text"] == "Halo"


@pytest.mark.parametrize("closes", [False, True])
async def test_an_answer_in_pieces_is_put_together_and_a_connection_is_kept_as_long_as_it_may(closes: bool) -> None:
    connections, ended = 0, 0
    body = b'{"ok":true,"result":{"message_id":5,"date":1,"chat":{"id":1,"type":"private"},"text":"Halo"}}'

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections, ended
        connections += 1
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(int(head.lower().partition(b"content-length:")[2]))
                end = b"Connection: close\r\n" if closes else b""
                writer.write(b"HTTP/1.1 200 OK\r\n" + end + b"Transfer-Encoding: chunked\r\n\r\n")
                for piece in (body[:7], body[7:]):
                    writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                    await writer.drain()
                writer.write(b"0\r\n\r\n")
                if closes:
                    break
        writer.close()
        ended += 1

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server, lean_bot(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}") as bot:
        for _ in range(3):
            assert (await bot.send_message(1, "Halo")).message_id == 5
    while ended < connections:  # noqa: ASYNC110 - the server's side notices a moment later
        await asyncio.sleep(0)
    assert connections == (3 if closes else 1)
