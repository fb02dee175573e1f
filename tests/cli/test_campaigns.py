"""`rekan campaign send`: the impact first, nothing without a yes, and the numbers at the end."""

import asyncio
import json
from dataclasses import replace
from datetime import date

import pytest

from bot.texts.campaigns import STATUS as CAMPAIGN_STATUS
from cli import campaigns
from core.domain.campaigns import Campaign, CampaignProgress, CampaignStatus
from core.domain.working_days import is_office_time
from tests.factories import NOW
from tests.fakes import FixedClock

CAMPAIGN = Campaign(3, "Apel Senin pukul 07.30", "all", CampaignStatus.RUNNING, NOW)


FINISHED = replace(CAMPAIGN, status=CampaignStatus.FINISHED)


class Campaigns:
    """Ten people, two of them without an account; all is sent at the first look, and finished at the second."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.looks = 0
        self.campaigns = self
        self.clock = FixedClock(NOW)
        self.holidays: frozenset[date] = frozenset()
        self.urgent: list[bool] = []

    async def audience_size(self, audience: str) -> tuple[int, int]:
        return 8, 2

    async def send(self, text: str, audience: str, *, actor: str, is_urgent: bool) -> Campaign:
        self.sent.append(text)
        self.urgent.append(is_urgent)
        return CAMPAIGN

    async def progress(self, campaign_id: int) -> CampaignProgress | None:
        if campaign_id != 3:
            return None
        self.looks += 1
        if self.is_held:
            return CampaignProgress(CAMPAIGN, recipients=10, sent=0, waiting=8, unreachable=2, expired=0)
        campaign = CAMPAIGN if self.looks == 1 else FINISHED
        return CampaignProgress(campaign, recipients=10, sent=8, waiting=0, unreachable=2, expired=0)

    @property
    def is_held(self) -> bool:
        return not is_office_time(self.clock.now(), self.holidays) and self.urgent[-1:] != [True]

    async def recent(self, limit: int = 10) -> list[CampaignProgress]:
        return []


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> Campaigns:
    made = Campaigns()
    monkeypatch.setattr(campaigns, "with_services", lambda work: asyncio.run(work(made)))
    return made


def test_the_impact_says_how_many_and_how_long() -> None:
    words = "Akan terkirim ke 62.000 orang, 310 belum tertaut, kira-kira 41 menit 20 detik."
    assert campaigns.impact(62_000, 310, 25.0) == words


def test_with_yes_it_goes_out_and_the_numbers_are_json(records: Campaigns, capsys: pytest.CaptureFixture[str]) -> None:
    assert campaigns.send("Apel Senin", "all", yes=True, as_json=True) == 0
    shown = json.loads(capsys.readouterr().out)
    assert records.sent == ["Apel Senin"]
    assert (shown["campaign_id"], shown["recipients"], shown["sent"], shown["unreachable"]) == (3, 10, 8, 2)
    assert shown["status"] == "finished"


def test_in_quiet_hours_it_says_when_it_begins_and_does_not_wait_for_the_morning(
    records: Campaigns, capsys: pytest.CaptureFixture[str]
) -> None:
    records.clock.pass_by(hours=12)
    assert campaigns.send("Apel Senin", "all", yes=True, as_json=False) == 0
    said = capsys.readouterr().out
    assert said.count("Rabu, 25 November 2026 pukul 07.00 WIB") == 2
    assert "8 pesan" in said
    assert records.urgent == [False]


def test_what_is_urgent_goes_out_at_night_too(records: Campaigns, capsys: pytest.CaptureFixture[str]) -> None:
    records.clock.pass_by(hours=12)
    assert campaigns.send("Apel Senin", "all", yes=True, as_json=False, urgent=True) == 0
    assert "Selesai: 8 terkirim" in capsys.readouterr().out
    assert records.urgent == [True]


def test_without_a_terminal_and_without_yes_nothing_goes_out(
    records: Campaigns, capsys: pytest.CaptureFixture[str]
) -> None:
    assert campaigns.send("Apel Senin", "all", yes=False, as_json=False) == 2
    said = capsys.readouterr()
    assert "Akan terkirim ke 8 orang, 2 belum tertaut" in said.out
    assert "--yes" in said.err
    assert records.sent == []


def test_a_no_sends_nothing(records: Campaigns, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "t")
    assert campaigns.send("Apel Senin", "all", yes=False, as_json=False) == 1
    assert records.sent == []


@pytest.mark.parametrize(("text", "audience"), [("   ", "all"), ("x" * 4097, "all"), ("Apel", "disdik")])
def test_what_cannot_be_sent_is_refused_before_anything_is_asked(records: Campaigns, text: str, audience: str) -> None:
    assert campaigns.send(text, audience, yes=True, as_json=False) in {1, 2}
    assert records.sent == []


def test_an_unknown_campaign_is_one_sentence(records: Campaigns, capsys: pytest.CaptureFixture[str]) -> None:
    assert campaigns.status(99, as_json=False) == 1
    assert "nomor 99" in capsys.readouterr().err


def test_the_status_says_in_words_where_a_campaign_stands(
    records: Campaigns, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ("berjalan", "selesai"):
        assert campaigns.status(3, as_json=False) == 0
        assert words in capsys.readouterr().out


def test_every_state_of_a_campaign_has_words() -> None:
    assert set(CAMPAIGN_STATUS) == set(CampaignStatus)
