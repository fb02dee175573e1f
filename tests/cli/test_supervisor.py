"""The supervisor over real processes: it starts, restarts, gives up, and leaves nobody behind."""

import os
import signal

from tests.cli.conftest import Watched, is_running, stub, until


async def test_a_component_that_dies_is_started_again(watched: Watched) -> None:
    supervisor = watched.start(stub("bot"))
    await watched.all_up()
    first = watched.pid("bot")
    os.kill(first, signal.SIGKILL)
    await until(lambda: supervisor.statuses["bot"].pid not in (first, None))
    await watched.all_up()
    assert supervisor.statuses["bot"].restarts == 1
    assert ("bot", "waiting", "dihentikan oleh SIGKILL; dimulai lagi dalam 0.01 dtk") in watched.reports


async def test_a_component_that_keeps_dying_is_given_up_with_its_last_words(watched: Watched) -> None:
    supervisor = watched.start(stub("bot", life='sys.exit("token refused")'), stub("scheduler"))
    await until(supervisor.failed.is_set)
    status = supervisor.statuses["bot"]
    assert (status.state, status.reason, status.restarts) == ("failed", "berhenti dengan kode 1", 2)
    assert status.lines[-1] == "token refused"
    assert is_running(watched.pid("scheduler"))


async def test_one_that_blames_a_setting_is_not_started_again(watched: Watched) -> None:
    supervisor = watched.start(stub("bot", life="sys.exit(2)"))
    await until(supervisor.failed.is_set)
    assert supervisor.statuses["bot"].restarts == 0


async def test_a_component_waits_until_what_it_needs_is_up(watched: Watched) -> None:
    watched.start(stub("bot", needs=frozenset({"sandbox"})), stub("sandbox"))
    await watched.all_up()
    states = [(name, state) for name, state, _ in watched.reports]
    assert states.index(("sandbox", "up")) < states.index(("bot", "starting"))
    assert ("bot", "waiting", "menunggu sandbox") in watched.reports


async def test_one_that_never_gets_ready_is_stopped_and_named(watched: Watched) -> None:
    async def never(_: object) -> bool:
        return False

    supervisor = watched.start(stub("rasa", ready=never, start_within=0.05), pauses=())
    await until(supervisor.failed.is_set)
    assert supervisor.statuses["rasa"].reason == "tidak siap dalam 0.05 dtk"


async def test_a_program_that_is_not_there_is_named(watched: Watched) -> None:
    supervisor = watched.start(stub("rasa", command=("/nowhere/python",)), pauses=())
    await until(supervisor.failed.is_set)
    assert "/nowhere/python" in supervisor.statuses["rasa"].reason


async def test_stopping_goes_from_the_highest_stage_down(watched: Watched) -> None:
    watched.start(stub("sandbox", stage=1), stub("bot", stage=3), stub("rasa", stage=2))
    await watched.all_up()
    pids = [watched.pid(name) for name in ("sandbox", "bot", "rasa")]
    await watched.ended()
    assert [name for name, state, _ in watched.reports if state == "stopped"] == ["bot", "rasa", "sandbox"]
    assert not any(map(is_running, pids))


async def test_one_that_ignores_sigterm_is_killed(watched: Watched) -> None:
    deaf = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    watched.start(stub("bot", setup=deaf, stop_within=0.1))
    await watched.all_up()
    pid = watched.pid("bot")
    await watched.ended()
    assert not is_running(pid)


async def test_grandchildren_go_with_their_component(watched: Watched) -> None:
    spawning = "child = os.fork() or signal.pause(); print('child', child, flush=True)"
    supervisor = watched.start(stub("rasa", setup=spawning))
    await watched.all_up()
    log = watched._folder / "logs" / "rasa.log"
    child = int(log.read_text().split()[1])
    assert is_running(child)
    await watched.ended()
    await until(lambda: not is_running(child))
    assert supervisor.statuses["rasa"].state == "stopped"


async def test_logs_of_the_run_before_are_kept_aside(watched: Watched) -> None:
    log = watched._folder / "logs" / "bot.log"
    log.parent.mkdir()
    log.write_text("yesterday\n")
    watched.start(stub("bot"))
    await watched.all_up()
    assert "yesterday" not in log.read_text()
    assert log.with_name("bot.log.1").read_text() == "yesterday\n"
