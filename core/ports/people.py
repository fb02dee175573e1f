"""Repositories of people: the registry, their Telegram accounts, what is kept of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from core.domain.campaigns import Unreached
from core.domain.delegation import Delegation
from core.domain.people import Awaited, HrRole, Person, TelegramAccount, Unit
from core.domain.reach import OutOfReach


class PeopleRepository(Protocol):
    async def get(self, person_id: int) -> Person | None: ...

    async def lock(self, person_id: int) -> Person | None:
        """Locks the person's row until commit, so that one person's enrollments are decided one after the other.

        Always taken after the session's lock, never before it.
        """

    async def by_nip(self, nip: str) -> Person | None: ...
    async def known_nips(self, nips: Collection[str]) -> set[str]:
        """Those of them that are somebody's."""

    async def named(self, words: str, limit: int) -> list[Person]:
        """By name: those whose name holds each of these words, in any order and case."""

    async def by_phone(self, phone: str) -> list[Person]: ...
    async def staff_of(self, supervisor_id: int) -> list[Person]: ...
    async def hr_officers(self) -> list[Person]: ...
    async def all_ids(self) -> list[int]: ...

    async def names_sharing(self, words: Collection[str]) -> list[str]:
        """Names that have one of these (lower-case) words; some thousands at most."""

    async def hierarchy(self) -> dict[str, str | None]:
        """Everybody's NIP with their supervisor's, in one query."""

    async def out_of_reach_counts(self) -> dict[Unreached, int]:
        """How many cannot be written to, by why; everybody is counted under one reason."""

    async def out_of_reach(
        self, why: Unreached | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[OutOfReach]:
        """Those counted by `out_of_reach_counts`, by unit and name."""

    async def units(self) -> list[Unit]: ...
    async def upsert_unit(self, unit: Unit) -> None: ...

    async def upsert(self, person: Person) -> int:
        """By NIP; `person.person_id` is ignored, all else is written, `supervisor_id` too. Returns the id."""

    async def upsert_all(self, persons: Sequence[Person]) -> dict[str, int]:
        """As `upsert`, for many at once (no NIP twice); returns the ids by NIP."""

    async def set_supervisor(self, person_id: int, supervisor_id: int | None) -> None: ...
    async def set_hr_role(self, person_id: int, role: HrRole) -> None:
        """The only way to change it: `upsert` leaves roles alone, and so does every import."""


class AccountRepository(Protocol):
    async def get(self, telegram_id: int) -> TelegramAccount | None: ...
    async def of_person(self, person_id: int) -> TelegramAccount | None: ...

    async def link(self, telegram_id: int, person_id: int, now: datetime) -> TelegramAccount | None:
        """Links the two, ending any other link of either. Returns the person's former account if it was another one.

        That the person opted out goes along to the new account.
        """

    async def unlink(self, telegram_id: int) -> None: ...
    async def set_opted_out(self, telegram_id: int, at: datetime | None) -> None: ...
    async def set_awaited(self, telegram_id: int, awaited: Awaited | None) -> None: ...
    async def set_unreachable(self, telegram_id: int, since: datetime | None) -> None: ...
    async def save_code(self, person_id: int, code_hash: str, expires_at: datetime) -> None:
        """Replaces any earlier code of the person."""

    async def take_code(self, code_hash: str) -> tuple[int, datetime] | None:
        """(person_id, expires_at) of an unused code, which is used up by this call."""

    async def wrong_tries(self, telegram_id: int, since: datetime) -> list[datetime]:
        """Times of wrong codes typed from this account since then, oldest first. Locks the account's tries until commit."""

    async def record_wrong_try(self, telegram_id: int, at: datetime) -> None: ...
    async def clear_wrong_tries(self, telegram_id: int) -> None: ...


class DelegationRepository(Protocol):
    async def add(self, supervisor_id: int, delegate_id: int, starts_at: datetime, ends_at: datetime) -> Delegation: ...
    async def active_of(self, supervisor_id: int, now: datetime) -> Delegation | None: ...
    async def held_by(self, delegate_id: int, now: datetime) -> list[Delegation]:
        """Active ones in which others let this person decide."""

    async def end(self, delegation_id: int, now: datetime) -> None: ...


class PersonalDataRepository(Protocol):
    async def erase(self, person_id: int, telegram_id: int, now: datetime) -> None:
        """Unlinks and removes what the assistant holds beside the registry: messages, tickets' texts, codes, tries."""
