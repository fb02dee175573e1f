"""Whatever officers, staff, senders and clocks do in whatever order, a campaign keeps its promises.

Runs on the fake, which the other service tests hold to PostgreSQL's behaviour.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from core.domain.calendar import at_jakarta, jakarta
from core.domain.campaigns import Campaign, CampaignStatus
from core.domain.errors import CoreError
from core.domain.messages import NEWS, DeliveryStatus, Kind, Message
from core.domain.people import Person
from core.domain.sending_times import CAP, CAP_WINDOW
from core.domain.series import Step
from core.domain.working_days import is_office_time, next_office_time
from core.ports import SendFailed
from core.services.campaign_desk import Changes
from tests.factories import NOW, add_people, caller, telegram_id
from tests.fake_campaigns import matching_people
from tests.fakes import FakeDatabase, FakeTime, FixedClock
from tests.services.campaign_office import Office

S = CampaignStatus
NUMBERS = st.integers(1, 6)
OFFICERS = st.sampled_from(["dewi", "agus", "sari"])  # sari is none
STAFF = st.sampled_from(["sari", "joko", "budi", "tono", "yatim"])
SERIES = st.sampled_from([(), (), (1,), (1, 2)])
"""Days before each later step."""
AUDIENCES = st.sampled_from(["semua", "unit=DISDIK", "unit=DINKES atau status=PPPK", "semua kecuali unit=DISDIK"])


class CampaignMachine(RuleBasedStateMachine):
    @initialize()
    def open_office(self) -> None:
        self.runner = asyncio.Runner()
        self.database, self.clock = FakeDatabase(), FixedClock(NOW)
        self.cast = self.wait(add_people(self.database))
        self.office = Office(self.database, self.clock, FakeTime(), self.cast)
        self.office.sender.messenger.answer = self.watch
        self.trouble: list[SendFailed | None] = []
        self.broken: list[str] = []
        self.delivered: list[tuple[datetime, Message]] = []
        self.the_usual_way("semua", False, 100, 1, (1, 2), "left")

    def teardown(self) -> None:
        if hasattr(self, "runner"):
            self.runner.close()

    def wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    def attempt(self, work: Coroutine[Any, Any, Any]) -> None:
        """A refusal is an answer too."""
        with suppress(CoreError):
            self.wait(work)

    def officer(self, name: str) -> Any:
        return caller(self.person(name))

    def person(self, name: str) -> Person:
        found: Person = self.database.records.people[getattr(self.cast, name).person_id]
        return found

    def watch(self, message: Message) -> None:
        """Telegram's side: what is about to be shown must be allowed now. The sender survives any error, so they are kept."""
        if message.kind not in NEWS:
            return
        self.broken += self.broken_promises(message)
        if self.trouble and (failure := self.trouble.pop()):
            raise failure
        self.delivered.append((self.clock.now(), message))

    def broken_promises(self, message: Message) -> list[str]:
        now, records = self.clock.now(), self.database.records
        campaign = records.campaigns[message.campaign_id or 0]
        mine = [at for at, m in self.delivered if m.person_id == message.person_id and at > now - CAP_WINDOW]
        has_read = (campaign.campaign_id, message.person_id) in records.acknowledgements
        is_chase = message.kind is Kind.CAMPAIGN_CHASE
        promises = {
            "sent while it does not run": campaign.status in (S.RUNNING, S.FINISHED),
            "one person's doing": campaign.approved_by not in (None, campaign.author_id),
            "too late": campaign.latest_at is None or now < campaign.latest_at,
            "to somebody who opted out": records.accounts[message.telegram_id or 0].opted_out_at is None,
            "a reminder of what was read": not (is_chase and has_read),
            "in quiet hours": campaign.is_urgent or is_office_time(now, ()),
            "more than anybody's share": campaign.is_urgent or len(mine) < CAP,
            "a step out of turn": message.kind is not Kind.CAMPAIGN_STEP or self.is_its_turn(campaign, message),
        }
        return [words for words, is_kept in promises.items() if not is_kept]

    def is_its_turn(self, campaign: Campaign, message: Message) -> bool:
        """The step before reached this person, long enough ago; and it says what was approved."""
        number = message.facts["step"]
        before = [
            at
            for at, m in self.delivered
            if (m.campaign_id, m.person_id) == (message.campaign_id, message.person_id)
            and m.kind is not Kind.CAMPAIGN_CHASE
            and m.facts.get("step", 1) == number - 1
        ]
        step = campaign.steps[number - 2]
        is_due = any(at + timedelta(days=step.after_days) <= self.clock.now() for at in before)
        return is_due and message.facts["text"] == step.text

    @rule(
        who=OFFICERS,
        audience=AUDIENCES,
        urgent=st.booleans(),
        hours=st.sampled_from([None, 3, 30, 100]),
        chases=st.integers(0, 2),
        days=SERIES,
    )
    def draft(
        self, who: str, audience: str, urgent: bool, hours: int | None, chases: int, days: tuple[int, ...]
    ) -> None:
        changes = Changes(
            text="Halo",
            audience=audience,
            is_urgent=urgent,
            latest_at=self.clock.now() + timedelta(hours=hours) if hours else None,
            needs_acknowledgement=chases > 0,
            chase_after_days=1 if chases else None,
            chase_times=chases,
            steps=tuple(Step(f"Langkah {number}", wait) for number, wait in enumerate(days, 2)),
        )
        self.attempt(self.office.desk.draft(self.officer(who), changes))

    @rule(
        audience=AUDIENCES,
        urgent=st.sampled_from([False, False, True]),
        hours=st.sampled_from([None, 3, 30, 100]),
        chases=st.integers(0, 2),
        days=SERIES,
        then=st.sampled_from(["sent", "sent", "interrupted", "paused", "at night", "a day later", "left"]),
    )
    def the_usual_way(
        self, audience: str, urgent: bool, hours: int | None, chases: int, days: tuple[int, ...], then: str
    ) -> None:
        """Rules drawn one by one seldom come this far."""
        self.draft("dewi", audience, urgent, hours, chases, days)
        number = len(self.database.records.campaigns)
        self.submit("dewi", number)
        self.approve("dewi", number, 0)
        self.approve("agus", number, 0)
        self.send("dewi", number)
        if then == "interrupted":
            self.a_sender_dies_with_rows_in_its_hands()
        elif then == "paused":
            self.a_sender_dies_with_rows_in_its_hands()
            self.interfere("agus", number, "pause")
            self.clock.pass_by(minutes=2)
        elif then == "at night":
            self.clock.moment = at_jakarta(jakarta(self.clock.now()).date(), time(23, 30))
        if then in ("sent", "paused", "at night", "a day later"):
            self.the_sender_works([])
        if then == "a day later":
            self.a_working_day_passes()

    @rule()
    def the_office_opens(self) -> None:
        self.clock.moment = next_office_time(self.clock.now(), ())

    @rule(who=OFFICERS, number=NUMBERS, audience=AUDIENCES)
    def edit(self, who: str, number: int, audience: str) -> None:
        self.attempt(self.office.desk.edit(self.officer(who), number, Changes(audience=audience)))

    @rule(who=OFFICERS, number=NUMBERS)
    def submit(self, who: str, number: int) -> None:
        self.attempt(self.office.desk.submit(self.officer(who), number))

    @rule(who=OFFICERS, number=NUMBERS, older=st.integers(0, 1))
    def approve(self, who: str, number: int, older: int) -> None:
        campaign = self.database.records.campaigns.get(number)
        version = campaign.version - older if campaign else 1
        self.attempt(self.office.desk.approve(self.officer(who), number, version))

    @rule(who=OFFICERS, number=NUMBERS)
    def send(self, who: str, number: int) -> None:
        self.attempt(self.office.desk.send_now(self.officer(who), number))

    @rule(who=OFFICERS, number=NUMBERS, hours=st.integers(-1, 40))
    def schedule(self, who: str, number: int, hours: int) -> None:
        moment = self.clock.now() + timedelta(hours=hours)
        self.attempt(self.office.desk.schedule(self.officer(who), number, moment))

    @rule(who=OFFICERS, number=NUMBERS, name=st.sampled_from(["pause", "resume", "cancel", "recall"]))
    def interfere(self, who: str, number: int, name: str) -> None:
        self.attempt(getattr(self.office.desk, name)(self.officer(who), number))

    @rule(hours=st.sampled_from([0.02, 0.02, 1, 3, 9, 14, 25, 60]))
    def time_passes(self, hours: float) -> None:
        self.clock.pass_by(hours=hours)

    @rule()
    def a_working_day_passes(self) -> None:
        """With everything a day brings; rules drawn one by one seldom come to the later steps of a series."""
        self.clock.pass_by(hours=24)
        self.the_office_opens()
        self.the_scheduler_tends()
        self.the_sender_works([])

    @rule(trouble=st.lists(st.sampled_from(["", "500", "blocked"]), max_size=6))
    def the_sender_works(self, trouble: list[str]) -> None:
        self.trouble = [SendFailed(word, permanent=word == "blocked") if word else None for word in trouble]
        self.wait(self.office.sender.run_dry())
        self.trouble = []

    @rule()
    def a_sender_dies_with_rows_in_its_hands(self) -> None:
        async def claim() -> None:
            async with self.database() as uow:
                quiet = None if is_office_time(self.clock.now(), ()) else self.clock.now() + timedelta(hours=1)
                await uow.outbox.claim(self.clock.now(), limit=4, bulk=True, claimed_by="dead", quiet_until=quiet)
                await uow.commit()

        self.wait(claim())

    @rule(name=STAFF, unit=st.sampled_from(["BKD", "DISDIK", "DINKES"]))
    def somebody_moves(self, name: str, unit: str) -> None:
        async def move() -> None:
            async with self.database() as uow:
                await uow.people.upsert(replace(self.person(name), unit=self.database.records.units[unit]))
                await uow.commit()

        self.wait(move())
        self.the_scheduler_tends()

    @rule(name=STAFF, out=st.booleans())
    def somebody_opts_out_or_in(self, name: str, out: bool) -> None:
        async def opt() -> None:
            async with self.database() as uow:
                at = self.clock.now() if out else None
                await uow.accounts.set_opted_out(telegram_id(self.person(name)), at)
                await uow.commit()

        self.wait(opt())

    @rule(name=STAFF, number=NUMBERS)
    def somebody_reads(self, name: str, number: int) -> None:
        self.attempt(self.office.campaigns.acknowledge(caller(self.person(name)), number))

    @rule()
    def the_scheduler_tends(self) -> None:
        """Afterwards everybody who belongs to an open campaign has their row, late joiners included."""
        self.wait(self.office.rounds.tend())
        records, now = self.database.records, self.clock.now()
        opted_out = {a.person_id for a in records.accounts.values() if a.opted_out_at is not None}
        for campaign in records.campaigns.values():
            if campaign.status is S.RUNNING and (campaign.latest_at is None or campaign.latest_at > now):
                rows = {m.person_id for m in records.messages.values() if m.campaign_id == campaign.campaign_id}
                belong = {p.person_id for p in matching_people(records, campaign.audience, now)}
                assert belong - opted_out <= rows

    @invariant()
    def nothing_is_released_by_one_person(self) -> None:
        if not hasattr(self, "database"):
            return
        for campaign in self.database.records.campaigns.values():
            has_rows = any(m.campaign_id == campaign.campaign_id for m in self.database.records.messages.values())
            if has_rows or campaign.status in (S.SCHEDULED, S.RUNNING, S.PAUSED, S.FINISHED):
                assert campaign.author_id is not None
                assert campaign.approved_by not in (None, campaign.author_id)

    @invariant()
    def no_promise_is_broken(self) -> None:
        assert getattr(self, "broken", []) == []

    @invariant()
    def nobody_gets_the_same_message_twice(self) -> None:
        if hasattr(self, "delivered"):
            keys = [message.key for _, message in self.delivered]
            assert len(keys) == len(set(keys))

    @invariant()
    def the_ledger_says_what_telegram_saw(self) -> None:
        if hasattr(self, "delivered"):
            rows = self.database.records.messages.values()
            sent = {m.key for m in rows if m.kind in NEWS and m.status is DeliveryStatus.SENT}
            assert sent == {message.key for _, message in self.delivered}


TestCampaignMachine = CampaignMachine.TestCase
TestCampaignMachine.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
