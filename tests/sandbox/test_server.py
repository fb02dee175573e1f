"""Where the sandbox may listen, and for which tokens."""

import socket
import sys

import pytest

from sandbox.__main__ import main
from sandbox.app import create_world
from sandbox.server import create_server
from tests.running_sandbox import TOKEN, RunningSandbox


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "localhost"])
def test_any_address_but_loopback_is_refused(host: str) -> None:
    with pytest.raises(ValueError, match=r"127\.0\.0\.1 only"):
        create_server(create_world(TOKEN), 8081, host=host)


@pytest.mark.parametrize("token", ["", "abc", "123", "123:", "x:secret"])
def test_a_token_without_a_bot_id_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="a bot token looks like"):
        create_world(token)


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        (["--port", "{taken}"], 1, "SANDBOX_PORT"),
        (["--host", "0.0.0.0"], 2, "127.0.0.1 only"),
        (["--token", "abc"], 2, "a bot token looks like"),
    ],
)
def test_a_start_that_cannot_work_ends_with_one_sentence(
    arguments: list[str],
    status: int,
    complaint: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        monkeypatch.setattr(sys, "argv", ["sandbox", *(one.format(taken=port) for one in arguments)])
        assert main() == status
    said = capsys.readouterr().err
    assert complaint in said
    assert said.count("\n") == 1


def test_the_page_runs_no_script_but_its_own(sandbox: RunningSandbox) -> None:
    page = sandbox.client.get("/")
    policy = page.headers["content-security-policy"]
    assert page.status_code == 200
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
