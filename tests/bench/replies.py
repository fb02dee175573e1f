"""Reply latency beside a bare call of the Rasa channel with the same words, and the memory of every process.

A reply is timed from the moment the sandbox is asked to post the message to the moment the bot's sendMessage (or edit) reaches
the sandbox, by the sandbox's own clock. The bare call goes straight to the channel; the two alternate, so that both see
the same machine.
"""

import json
import time
from collections import defaultdict
from typing import Any

import httpx
import psutil

from tests.bench.measure import Measure, percentile
from tests.e2e.system import Phone, System, wait_for

ROUNDS = 60
WARM_UP = 5
QUESTIONS = {
    "policy question": [
        "cuti tahunan pns berapa hari ya",
        "berapa minimal jp pns setahun",
        "batas usia pensiun pejabat administrator",
        "boleh gak asn like postingan calon",
        "gimana cara naik pangkat pns",
    ],
    "catalogue question": [
        "pelatihan apa saja yang masih dibuka",
        "ada kelas daring bulan depan?",
        "diklat tentang keuangan dong",
        "daftar pelatihan bulan ini",
        "kelas apa aja yg lagi buka",
    ],
}
PRESS = "show_course"


class Stopwatch:
    """Times replies on one sample phone."""

    def __init__(self, system: System, user_id: int) -> None:
        self.phone = Phone(system, user_id)
        self.user_id = user_id
        self._sandbox = httpx.Client(base_url=f"{system.sandbox_url}/sandbox", timeout=15)

    def _last_call(self) -> int:
        calls = self._sandbox.get("/calls", params={"limit": 1}).json()
        return int(calls[-1]["call_id"]) if calls else 0

    def time(self, path: str, body: dict[str, Any]) -> float:
        """Milliseconds from posting to the bot's answer."""
        after = self._last_call()
        started = time.time()
        self._sandbox.post(f"/users/{self.user_id}/{path}", json=body).raise_for_status()

        def answer() -> float | None:
            for call in self._sandbox.get("/calls", params={"after": after}).json():
                answers = call["method"] in ("sendMessage", "editMessageText")
                if answers and str(call["body"].get("chat_id")) == str(self.user_id):
                    return float(call["at"])
            return None

        return 1000 * (wait_for(answer, "the bot's answer") - started)


class BareChannel:
    """The Rasa channel without bot and sandbox: the baseline."""

    def __init__(self, system: System) -> None:
        token = json.loads((system.data_dir / "secrets.json").read_text(encoding="utf-8"))["rasa_channel_token"]
        self._client = httpx.Client(base_url=system.rasa_url, headers={"Authorization": f"Bearer {token}"}, timeout=15)

    def time(self, body: dict[str, Any]) -> float:
        started = time.perf_counter()
        self._client.post("/webhooks/rekan/webhook", json={"sender": "cli-0-bench", **body}).raise_for_status()
        return 1000 * (time.perf_counter() - started)


def run(system: System) -> list[Measure]:
    watch, bare = Stopwatch(system, 799_100_001), BareChannel(system)
    watch.phone.send({"start": ""})
    measures: list[Measure] = []
    for name, texts in QUESTIONS.items():
        replies, calls = [], []
        for turn in range(WARM_UP + ROUNDS):
            text = texts[turn % len(texts)]
            replies.append(watch.time("messages", {"text": text}))
            calls.append(bare.time({"message": text}))
        measures += _pair(name, replies[WARM_UP:], calls[WARM_UP:])
    return [*measures, *_presses(watch, bare)]


def _presses(watch: Stopwatch, bare: BareChannel) -> list[Measure]:
    """Presses the first training of the list again and again."""
    watch.phone.say("pelatihan apa saja yang dibuka")
    message, button = watch.phone.find_button("")
    replies, calls = [], []
    for _ in range(WARM_UP + ROUNDS):
        replies.append(watch.time("clicks", {"message_id": message["message_id"], "data": button["data"]}))
        calls.append(bare.time({"payload": {"intent": PRESS, "entities": {"course": "TIK-01"}}}))
    return _pair("button press", replies[WARM_UP:], calls[WARM_UP:])


def _pair(name: str, replies: list[float], calls: list[float]) -> list[Measure]:
    return [
        Measure(f"reply to a {name}, p50", percentile(replies, 0.5), "ms", percentile(calls, 0.5), "ratio ≤ 2"),
        Measure(
            f"reply to a {name}, p95", percentile(replies, 0.95), "ms", percentile(calls, 0.95), "≤ 250 ms, ratio ≤ 2"
        ),
    ]


def memory(system: System) -> list[Measure]:
    """Peak resident memory of each component (VmHWM, summed over its processes); the total counts shared pages once (PSS)."""
    peaks: defaultdict[str, float] = defaultdict(float)
    total = 0.0
    for process in _all(system):
        try:
            name, peak = _name(process), _peak(process)
            total += process.memory_full_info().pss / 1e6
        except psutil.NoSuchProcess:
            continue
        peaks[name] += peak
    measures = [
        Measure(f"memory of {name}, peak", peak, "MB", None, "≤ 900 MB" if name == "rasa" else "")
        for name, peak in peaks.items()
    ]
    return [*measures, Measure("memory in all, now (shared pages once)", total, "MB", None, "≤ 1800 MB")]


def _all(system: System) -> list[psutil.Process]:
    family = system.processes()
    postmaster = system.data_dir / "postgres" / "postmaster.pid"
    if postmaster.exists():
        server = psutil.Process(int(postmaster.read_text().splitlines()[0]))
        family += [p for p in (server, *server.children()) if p not in family]
    return family


def _name(process: psutil.Process) -> str:
    command = process.cmdline()
    if "-m" in command:
        return command[command.index("-m") + 1]
    return process.name()


def _peak(process: psutil.Process) -> float:
    status = open(f"/proc/{process.pid}/status", encoding="utf-8").read()  # noqa: SIM115
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1000
