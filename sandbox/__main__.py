"""`python -m sandbox`: Telegram's stand-in, with token, port and people from the settings or the command line."""

import argparse
import os
import socket
import sys
from pathlib import Path

from core.settings import load_settings
from sandbox.app import create_world
from sandbox.records import StateUnusable
from sandbox.server import LOOPBACK, create_server

DEFAULT_TOKEN = "100000001:token-of-the-local-sandbox"
PEOPLE_FILE = "sandbox-people.json"


def main() -> int:
    settings = load_settings()
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else DEFAULT_TOKEN
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default=LOOPBACK, help=f"only {LOOPBACK} is accepted")
    parser.add_argument("--port", type=int, default=settings.sandbox_port)
    parser.add_argument("--token", default=token, help="the bot's token")
    parser.add_argument("--username", default=settings.official_bot_username, help="the bot's user name")
    parser.add_argument("--people", type=Path, default=settings.data_dir / PEOPLE_FILE, help="JSON or CSV")
    parser.add_argument("--state", type=Path, metavar="FILE", help="remember everything here; left out: nothing")
    given = parser.parse_args()
    try:
        world = create_world(given.token, people_file=given.people, username=given.username, state_file=given.state)
        server = create_server(world, given.port, host=given.host)
    except ValueError as error:
        print(f"sandbox: {error}", file=sys.stderr)
        return 2
    except StateUnusable as error:
        print(f"sandbox: cannot use the file of --state: {error}", file=sys.stderr)
        return 1
    try:
        listening = socket.create_server((LOOPBACK, given.port))
    except OSError as error:
        world.records.close()
        reason = os.strerror(error.errno or 0)
        print(f"sandbox: cannot listen on port {given.port} (SANDBOX_PORT): {reason}", file=sys.stderr)
        return 1
    print(f"sandbox: http://{LOOPBACK}:{given.port}/", flush=True)
    with listening:
        server.run(sockets=[listening])
    return 0


if __name__ == "__main__":
    sys.exit(main())
