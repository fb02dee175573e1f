"""Repositories of what is sent unasked: the one ledger, and the campaigns in it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from core.domain.campaign_results import StepProgress
from core.domain.campaigns import Campaign, CampaignProgress, CampaignStatus, UnitReading, Unreached
from core.domain.messages import DeliveryStatus, Kind, Message, NewMessage, Settlement
from core.domain.readings import Reading, Recipient


class OutboxRepository(Protocol):
    """The one ledger."""

    async def add(self, messages: Iterable[NewMessage]) -> int:
        """Writes rows whose key is new (others are left alone), notifies the sender on commit; returns how many were new."""

    async def claim(
        self, now: datetime, *, limit: int, bulk: bool | None, claimed_by: str, quiet_until: datetime | None = None
    ) -> list[Message]:
        """Marks due rows `sending` (queued, failed and due, or whose lease ran out) and returns them. Skips rows others hold.

        Bulk rows, personal ones, or (`bulk` None) personal ones and then as many bulk ones as the limit leaves.

        Rows past `expires_at` become `expired`; rows whose person has no account, or an unreachable one, become
        `unreachable`; rows of campaigns to people who opted out become `withdrawn`. None of these is returned.
        `attempts` counts the claims, this one included.

        News of campaigns (`messages.NEWS`) goes out only while its campaign runs or is finished: of a cancelled one it becomes
        `withdrawn`, of a paused one it stays `queued` until let go. What is not urgent is put off until `quiet_until` if
        that is set, and for a person who had their share of campaigns until a day after the first of them.
        """

    async def settle(
        self,
        message_id: int,
        status: DeliveryStatus,
        now: datetime,
        *,
        due_at: datetime | None = None,
        telegram_message_id: int | None = None,
        error: str | None = None,
        claimed_by: str | None = None,
    ) -> bool:
        """Marks a row that is `sending`; False if it was no longer (withdrawn, or claimed by another after the lease).

        Whether another claimed it is known only to a caller who says who they are in `claimed_by`.
        `queued` puts the row back unsent until `due_at`, and its claim does not count as an attempt.
        """

    async def settle_all(self, settlements: Collection[Settlement], now: datetime, *, claimed_by: str) -> int:
        """Marks rows that are `sending` and were claimed by this sender, all in one statement; returns how many still were."""

    async def withdraw(self, enrollment_id: int, kinds: Collection[str], now: datetime) -> int:
        """Withdraws rows of these kinds about this enrollment that are not `sent`: in flight and unreachable ones too."""

    async def withdraw_all(self, enrollment_ids: Sequence[int], kinds: Collection[str], now: datetime) -> int:
        """As `withdraw`, about many."""

    async def revive(self, person_id: int, now: datetime) -> int:
        """Queues again what could not reach the person before an account was linked and has not expired."""

    async def hold(self, campaign_id: int, now: datetime) -> int:
        """The campaign's waiting news waits for `let_go`, or expires."""

    async def let_go(self, campaign_id: int, now: datetime) -> int:
        """The campaign's waiting news is due now, what failed before as if it had never been tried."""

    async def withdraw_campaign(self, campaign_id: int, now: datetime) -> int:
        """Withdraws the campaign's news that is not `sent`; what is in flight becomes what it becomes."""

    async def campaign_of(self, person_id: int, telegram_message_id: int) -> int | None:
        """The campaign that this message of the person's present chat brought."""

    async def ticket_of(self, person_id: int, telegram_message_id: int) -> int | None:
        """The number of the ticket that this message of the person's present chat is about."""

    async def next_due_at(self) -> datetime | None: ...
    async def last_due(self, kind: Kind, person_ids: Collection[int]) -> dict[int, datetime]:
        """When the latest row of this kind to each of these people is or was due; withdrawn ones do not count."""

    async def of_enrollment(self, enrollment_id: int) -> list[Message]: ...


class CampaignRepository(Protocol):
    async def create(self, campaign: Campaign) -> Campaign:
        """`campaign.campaign_id` is ignored; the campaign comes back with its number."""

    async def save(self, campaign: Campaign) -> None:
        """All but number and time of creation."""

    async def get(self, campaign_id: int) -> Campaign | None: ...
    async def lock(self, campaign_id: int) -> Campaign | None:
        """As `get`, locked until commit: every step of a campaign's life starts with this call."""

    async def recent(self, limit: int, statuses: Collection[CampaignStatus] = tuple(CampaignStatus)) -> list[Campaign]:
        """Newest first."""

    async def in_status(self, statuses: Collection[CampaignStatus]) -> list[Campaign]: ...
    async def progress(self, campaign_id: int) -> CampaignProgress | None: ...

    async def audience_size(self, audience: str, now: datetime) -> tuple[int, int]:
        """(people with an account who have not opted out, people without an account), counted in one query."""

    async def open_deliveries(self, campaign: Campaign, now: datetime, expires_at: datetime) -> int:
        """One ledger row for everybody in the audience who has not opted out and has none, in one statement.

        Of a campaign with an anchor, only for those whose own date has come since its release.

        Returns how many are new.
        """

    async def finish_done(self, now: datetime) -> list[int]:
        """Ends (`finished`) the running campaigns none of whose rows will be tried again; returns their ids.

        One with a `latest_at` stays open until then.
        """

    async def failures(self, campaign_id: int) -> tuple[int, int]:
        """(rows that failed and wait for another try, rows tried in all)."""

    async def open_chases(self, campaign: Campaign, now: datetime) -> int:
        """One more reminder for everybody who got it, stayed silent for its days, and had fewer than its times."""

    async def open_steps(self, campaign: Campaign, now: datetime, expires_at: datetime) -> int:
        """The next step of its series for everybody who got the one before so many days ago. Returns how many are new."""

    async def step_progress(self, campaign: Campaign) -> list[StepProgress]:
        """Of every step, the first message included, in their order."""

    async def open_recalls(self, campaign_id: int, now: datetime) -> int:
        """A deletion for every message of the last 48 hours, in the chat it went to. Returns how many are new."""

    async def open_corrections(self, campaign_id: int, version: int, now: datetime) -> int:
        """As `open_recalls`: each of those messages is made to say the campaign's present text, once for each version."""

    async def recalled_since(self, moment: datetime) -> list[Campaign]: ...

    async def by_unit(self, campaign_id: int) -> list[UnitReading]:
        """Every unit with recipients at or below it, by code."""

    async def unreached_counts(self, campaign: Campaign) -> dict[Unreached, int]:
        """How many did not get it and will not unless something changes, by why; who opted out of all news before counts too."""

    async def recipients(
        self,
        campaign: Campaign,
        reading: Reading | None = None,
        *,
        unit: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Recipient]:
        """By unit and name, at or below `unit`; those counted by `unreached_counts` are among them."""

    async def staff_recipients(self, campaign: Campaign, supervisor_id: int) -> list[Recipient]:
        """By name: this supervisor's own staff among those it was opened for."""

    async def staff_readings(self, supervisor_id: int, since: datetime, limit: int) -> list[tuple[int, int, int]]:
        """(campaign, staff it was opened for, those of them who have not answered), newest first.

        Of campaigns that ask for an answer, released since then, not cancelled or recalled.
        """

    async def silent_by_supervisor(self, campaign_id: int) -> list[tuple[int, int, int]]:
        """(supervisor, staff it was opened for, those of them who have not answered) of supervisors with silent staff."""

    async def has_chased_all(self, campaign: Campaign, now: datetime) -> bool:
        """Nobody whom it reached and who stays silent will be reminded any more, and the last had their days to answer."""

    async def acknowledge(self, campaign_id: int, person_id: int, now: datetime) -> bool:
        """Once for each person; False if the campaign asks for nothing or never went to them."""
