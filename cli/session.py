"""Runs one piece of work with the services of the running system, and turns what goes wrong into a sentence and an exit code."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from cli.findings import read_settings
from cli.output import NOT_POSSIBLE, REFUSED, complain
from cli.texts import NOT_RUNNING, database_unreachable, embedder_unavailable, words_for
from core.domain.errors import CoreError
from core.settings import Settings

if TYPE_CHECKING:
    from core.bootstrap import Services

T = TypeVar("T")


class GivenUp(Exception):
    """The text is one sentence for the person; `code` is the exit code."""

    def __init__(self, message: str, code: int = NOT_POSSIBLE) -> None:
        super().__init__(message)
        self.code = code


def settings_or_give_up() -> Settings:
    settings, findings = read_settings()
    fatal = [finding.sentence for finding in findings if not finding.is_ok and finding.is_fatal]
    if settings is None or fatal:
        raise GivenUp("\n".join(fatal))
    return settings


def carried_out(work: Callable[[], int]) -> int:
    """The exit code of a command's work; refusals and trouble are said in one sentence, without a traceback."""
    from core.ports import DatabaseBusy, DatabaseOutdated, DatabaseUnreachable, EmbedderUnavailable

    try:
        return work()
    except GivenUp as error:
        complain(str(error))
        return error.code
    except CoreError as error:
        complain(words_for(error))
        return REFUSED
    except EmbedderUnavailable as error:
        complain(embedder_unavailable(error))
        return NOT_POSSIBLE
    except DatabaseBusy:
        complain("Basis data sedang sibuk; tidak ada yang berubah. Ulangi perintah ini sebentar lagi.")
        return REFUSED
    except DatabaseOutdated:
        complain("Skema basis data belum sesuai versi ini. Jalankan `make run`, yang memperbaruinya, lalu ulangi.")
        return NOT_POSSIBLE
    except DatabaseUnreachable as error:
        is_ours = settings_or_give_up().database_url is None
        complain(NOT_RUNNING if is_ours else database_unreachable(error.address, error.reason))
        return NOT_POSSIBLE


def with_services(work: "Callable[[Services], Awaitable[T]]") -> T:
    """The result of the work. Starts no database: without a running system the person is told to start it."""
    settings = settings_or_give_up()
    if settings.database_url is None:
        from core.storage.embedded import running_url

        running_url(settings.data_dir)
    from core.bootstrap import build

    async def connected() -> T:
        async with build(settings) as services:
            return await work(services)

    return asyncio.run(connected())
