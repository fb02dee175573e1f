"""Who is asking, and how a Telegram account is linked to a member of staff."""

from dataclasses import dataclass
from datetime import timedelta

from core.domain.people import Caller, Person
from core.ports import Clock, UnitOfWorkFactory

CODE_LASTS = timedelta(hours=72)
TRIES = 5
LOCK_LASTS = timedelta(hours=1)


@dataclass(frozen=True)
class IssuedCode:
    """Shown once to HR and stored only as a hash."""

    code: str
    person: Person


class Identity:
    """Linking, unlinking, consent. Every method is one transaction."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def caller(self, conversation_id: str) -> Caller:
        """The caller behind `tg-<telegram id>` or `cli-<person id>-<random>`; a visitor for anything else or unlinked."""
        raise NotImplementedError

    async def link_by_contact(
        self, telegram_id: int, phone: str, *, contact_user_id: int | None, forwarded: bool
    ) -> Person:
        """Links by a shared contact. Raises ContactNotOwn, PhoneNotReadable, PhoneNotRegistered, PhoneAmbiguous.

        A person's former account is unlinked and told (ACCOUNT_REPLACED to it); an account's former person loses it.
        Messages that could not reach the person before are queued again.
        """
        raise NotImplementedError

    async def link_by_code(self, telegram_id: int, code: str) -> Person:
        """Links by HR's one-time code, typed with any case, blanks or dashes. Raises CodeWrong, CodeExpired, CodeLocked.

        Wrong tries are counted per account and committed although the call raises; the fifth locks for an hour.
        """
        raise NotImplementedError

    async def issue_code(self, nip: str) -> IssuedCode:
        """A new code for the person; any earlier one ends. Raises UnknownPerson. 10 characters without look-alikes."""
        raise NotImplementedError

    async def unlink(self, telegram_id: int) -> None:
        """Ends the link (/berhenti). Raises NotLinked. The registry and the enrollments stay."""
        raise NotImplementedError

    async def set_opted_out(self, caller: Caller, opted_out: bool) -> None:
        """Stops or resumes campaign messages; those about a seat taken still come. Raises NotLinked."""
        raise NotImplementedError

    async def delete_my_data(self, caller: Caller) -> None:
        """Unlinks and erases what the assistant holds beside the registry (UU 27/2022). Raises NotLinked."""
        raise NotImplementedError

    async def reachable(self, telegram_id: int, reachable: bool) -> None:
        """Telegram told us the person blocked (False) or unblocked (True) the bot; unblocking queues what waited."""
        raise NotImplementedError
