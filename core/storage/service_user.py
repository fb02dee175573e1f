"""PostgreSQL refuses to run as root; then an ordinary user owns the cluster and must be able to reach its files."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import TypedDict

from core.ports import DatabaseUnreachable

NAME = "pgserver"

Owner = pwd.struct_passwd | None
"""None: we are an ordinary user and own everything ourselves."""


class Identity(TypedDict, total=False):
    """Arguments of `subprocess.run` that make it run as the owner."""

    user: int
    group: int
    extra_groups: list[int]


def find() -> Owner:
    """The user the server runs as when we are root, made at first use."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        program = shutil.which("useradd")
    if program is None:
        raise DatabaseUnreachable("embedded", f"running as root needs an operating system user named {NAME}")
    command = [program, "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return pwd.getpwnam(NAME)  # another process may have made it at the same moment
    except KeyError:
        raise DatabaseUnreachable("embedded", f"the user {NAME} could not be made: {done.stderr.strip()}") from None


def identity(owner: Owner) -> Identity:
    return {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def open_the_way(owner: Owner, directory: Path) -> None:
    """Lets the owner pass through the directories down to this one; nothing more can be read by doing so."""
    if owner is None:
        return
    for step in (directory, *directory.parents):
        mode = step.stat().st_mode
        if not mode & stat.S_IXOTH:
            step.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def make_readable(owner: Owner, directory: Path) -> None:
    """Lets the owner read and run the files below, which an installation under a strict umask does not."""
    if owner is None:
        return
    for path in (directory, *directory.rglob("*")):
        mode = path.stat().st_mode
        wanted = stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if mode & wanted != wanted:
            path.chmod(stat.S_IMODE(mode) | wanted)


def make_private(owner: Owner, directory: Path) -> None:
    """A directory that only the owner (and root) can enter. Raises DatabaseUnreachable if it is somebody else's."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    uid, gid = (owner.pw_uid, owner.pw_gid) if owner else (os.geteuid(), os.getegid())
    if directory.is_symlink() or directory.stat().st_uid not in {uid, os.geteuid()}:
        raise DatabaseUnreachable(str(directory), "the directory belongs to another user")
    if owner is not None:
        os.chown(directory, uid, gid)
    directory.chmod(0o700)
