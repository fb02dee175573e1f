"""Who is asking, and how a Telegram account is linked to a member of staff."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.errors import (
    CodeExpired,
    CodeLocked,
    CodeWrong,
    ContactNotOwn,
    NotLinked,
    PhoneAmbiguous,
    PhoneNotReadable,
    PhoneNotRegistered,
    UnknownPerson,
)
from core.domain.messages import Kind, NewMessage
from core.domain.people import Caller, Person, TelegramAccount
from core.domain.tries import locked_until, tries_left
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services.link_codes import hash_code, new_code
from core.services.phones import read_phone

CODE_LASTS = timedelta(hours=72)
TRIES = 5
LOCK_LASTS = timedelta(hours=1)

_REPLACED_LASTS = timedelta(days=7)
# ASCII digits only, and no more than the database holds
_TELEGRAM = re.compile(r"tg-([0-9]{1,15})")
_TERMINAL = re.compile(r"cli-([0-9]{1,9})-.+")


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
        async with self._unit_of_work() as uow:
            if match := _TELEGRAM.fullmatch(conversation_id):
                account = await uow.accounts.get(int(match[1]))
                person = await uow.people.get(account.person_id) if account else None
                return _caller(int(match[1]), person, account)
            if match := _TERMINAL.fullmatch(conversation_id):
                person = await uow.people.get(int(match[1]))
                account = await uow.accounts.of_person(person.person_id) if person else None
                return _caller(account.telegram_id if account else None, person, account)
        return Caller()

    async def keep_refused_press(self, caller: Caller, button: str) -> None:
        """Audits a button for officers pressed by somebody who is none; `button`: its data, which holds codes and ids only."""
        who = f"person:{caller.person.person_id}" if caller.person is not None else f"tg:{caller.telegram_id}"
        async with self._unit_of_work() as uow:
            await uow.audit.record("press_refused", self._clock.now(), actor=who, subject=who, facts={"button": button})
            await uow.commit()

    async def supervisor_of(self, caller: Caller) -> Person | None:
        """Whoever decides about the caller's requests by the registry; None for a visitor and where none is on record."""
        if caller.person is None or caller.person.supervisor_id is None:
            return None
        async with self._unit_of_work() as uow:
            return await uow.people.get(caller.person.supervisor_id)

    async def link_by_contact(
        self, telegram_id: int, phone: str, *, contact_user_id: int | None, forwarded: bool
    ) -> Person:
        """Links by a shared contact. Raises ContactNotOwn, PhoneNotReadable, PhoneNotRegistered, PhoneAmbiguous.

        A person's former account is unlinked and told (ACCOUNT_REPLACED to it); an account's former person loses it.
        Messages that could not reach the person before are queued again.
        """
        if forwarded or contact_user_id != telegram_id:
            raise ContactNotOwn
        number = read_phone(phone)
        if number is None:
            raise PhoneNotReadable
        async with self._unit_of_work() as uow:
            found = await uow.people.by_phone(number)
            if not found:
                raise PhoneNotRegistered
            if len(found) > 1:
                raise PhoneAmbiguous
            await self._link(uow, telegram_id, found[0], self._clock.now(), by="contact")
            await uow.commit()
        return found[0]

    async def link_by_code(self, telegram_id: int, code: str) -> Person:
        """Links by HR's one-time code, typed with any case, blanks or dashes. Raises CodeWrong, CodeExpired, CodeLocked.

        Wrong tries are counted per account and committed although the call raises; the fifth locks for an hour.
        While locked, even the right code is refused, and it stays unused.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            # twice the time of the lock: the try that locked may be an hour old and its first an hour older
            tries = await uow.accounts.wrong_tries(telegram_id, now - 2 * LOCK_LASTS)
            opens_at = locked_until(tries, TRIES, LOCK_LASTS)
            if opens_at is not None and now < opens_at:
                raise CodeLocked(opens_at)
            taken = await uow.accounts.take_code(hash_code(code))
            if taken is None:
                await uow.accounts.record_wrong_try(telegram_id, now)
                await uow.audit.record("code_refused", now, actor=f"tg:{telegram_id}", subject=f"tg:{telegram_id}")
                await uow.commit()
                tries.append(now)
                opens_at = locked_until(tries, TRIES, LOCK_LASTS)
                if opens_at is not None and now < opens_at:
                    raise CodeLocked(opens_at)
                raise CodeWrong(tries_left(tries, now, TRIES, LOCK_LASTS))
            person_id, expires_at = taken
            if expires_at <= now:
                raise CodeExpired
            person = await uow.people.get(person_id)
            if person is None:
                raise UnknownPerson(f"person:{person_id}")
            await uow.accounts.clear_wrong_tries(telegram_id)
            await self._link(uow, telegram_id, person, now, by="code")
            await uow.commit()
        return person

    async def issue_code(self, nip: str) -> IssuedCode:
        """A new code for the person; any earlier one ends. Raises UnknownPerson. 10 characters without look-alikes."""
        now = self._clock.now()
        nip = "".join(nip.split())
        async with self._unit_of_work() as uow:
            person = await uow.people.by_nip(nip)
            if person is None:
                raise UnknownPerson(f"NIP …{nip[-3:]}")
            code = new_code()
            await uow.accounts.save_code(person.person_id, hash_code(code), now + CODE_LASTS)
            await uow.audit.record("code_issued", now, actor="hr", subject=f"person:{person.person_id}")
            await uow.commit()
        return IssuedCode(code, person)

    async def unlink(self, telegram_id: int) -> None:
        """Ends the link (/berhenti). Raises NotLinked. The registry and the enrollments stay."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            account = await uow.accounts.get(telegram_id)
            if account is None:
                raise NotLinked
            await uow.accounts.unlink(telegram_id)
            await uow.audit.record(
                "account_unlinked", now, actor=f"tg:{telegram_id}", subject=f"person:{account.person_id}"
            )
            await uow.commit()

    async def set_opted_out(self, caller: Caller, opted_out: bool) -> None:
        """Stops or resumes campaign messages; those about a seat taken still come. Raises NotLinked."""
        if caller.person is None or caller.telegram_id is None:
            raise NotLinked
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            account = await uow.accounts.get(caller.telegram_id)
            if account is None:
                raise NotLinked
            if (account.opted_out_at is not None) == opted_out:
                return
            await uow.accounts.set_opted_out(caller.telegram_id, now if opted_out else None)
            await uow.audit.record(
                "opted_out" if opted_out else "opted_in",
                now,
                actor=f"tg:{caller.telegram_id}",
                subject=f"person:{account.person_id}",
            )
            await uow.commit()

    async def delete_my_data(self, caller: Caller) -> None:
        """Unlinks and erases what the assistant holds beside the registry (UU 27/2022). Raises NotLinked."""
        if caller.person is None or caller.telegram_id is None:
            raise NotLinked
        now = self._clock.now()
        person_id = caller.person.person_id
        async with self._unit_of_work() as uow:
            await uow.personal_data.erase(person_id, caller.telegram_id, now)
            # the proof that the right was honored names the person by id only, not by their Telegram account
            await uow.audit.record("data_erased", now, actor=f"person:{person_id}", subject=f"person:{person_id}")
            await uow.commit()

    async def reachable(self, telegram_id: int, reachable: bool) -> None:
        """The person blocked the bot (False), or unblocked it or was heard from (True), which queues what waited.

        Nothing for an account not linked, or known to be so already: cheap enough to be called for every update.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            account = await uow.accounts.get(telegram_id)
            if account is None or (account.unreachable_since is None) == reachable:
                return
            await uow.accounts.set_unreachable(telegram_id, None if reachable else now)
            if reachable:
                await uow.outbox.revive(account.person_id, now)
            await uow.audit.record(
                "account_reachable" if reachable else "account_unreachable",
                now,
                actor="telegram",
                subject=f"person:{account.person_id}",
            )
            await uow.commit()

    async def _link(self, uow: UnitOfWork, telegram_id: int, person: Person, now: datetime, *, by: str) -> None:
        subject = f"person:{person.person_id}"
        before = await uow.accounts.get(telegram_id)
        if before is not None and before.person_id == person.person_id:
            # linked already; sharing the contact again only says that they can be reached
            await uow.accounts.set_unreachable(telegram_id, None)
            await uow.outbox.revive(person.person_id, now)
            return
        former = await uow.accounts.link(telegram_id, person.person_id, now)
        await uow.audit.record("account_linked", now, actor=f"tg:{telegram_id}", subject=subject, facts={"by": by})
        if before is not None:
            await uow.audit.record(
                "account_unlinked", now, actor=f"tg:{telegram_id}", subject=f"person:{before.person_id}"
            )
        if former is not None:
            number = len(await uow.audit.of_subject(subject))
            await uow.outbox.add(
                [
                    NewMessage(
                        key=f"{Kind.ACCOUNT_REPLACED}:{person.person_id}:{number}",
                        kind=Kind.ACCOUNT_REPLACED,
                        facts={},
                        due_at=now,
                        expires_at=now + _REPLACED_LASTS,
                        telegram_id=former.telegram_id,
                    )
                ]
            )
        await uow.outbox.revive(person.person_id, now)


def _caller(telegram_id: int | None, person: Person | None, account: TelegramAccount | None) -> Caller:
    return Caller(telegram_id, person, opted_out=account is not None and account.opted_out_at is not None)
