"""“Jadikan pengetahuan”: an answer to a ticket becomes a section of the knowledge base, once a second officer has checked it.

All approved entries are one document of their own, so that an import of other documents leaves them alone.
"""

from dataclasses import dataclass

from core.domain import ticket_knowledge as rules
from core.domain.calendar import jakarta
from core.domain.campaign_content import check_text
from core.domain.errors import TicketNotAnswered, UnknownEntry, UnknownTicket
from core.domain.people import Caller, Person
from core.domain.ticket_knowledge import DOCUMENT, EntryStatus, KnowledgeEntry
from core.domain.tickets import Ticket
from core.ports import Clock, Embedder, UnitOfWork, UnitOfWorkFactory
from core.services import entry_messages as messages
from core.services.rights import DESK, actor
from core.services.search.section_search import section_vectors
from core.services.search.words import Normalize, plain
from core.services.ticket_steps import officer, officers_for

REASON_LIMIT = 500


@dataclass(frozen=True)
class EntryCard:
    """`question`: what was asked, for whoever writes the entry."""

    entry: KnowledgeEntry
    author: Person | None
    question: str
    is_mine: bool


class TicketKnowledge:
    def __init__(
        self, unit_of_work: UnitOfWorkFactory, clock: Clock, embedder: Embedder, normalize: Normalize = plain
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._embedder = embedder
        self._normalize = normalize

    async def begin(self, caller: Caller, number: int) -> EntryCard:
        """The entry of an answered ticket, with its answer as the text; the one there is, if it was begun before.

        Raises NotHR, UnknownTicket, TicketNotAnswered.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            me = await officer(uow, caller, "entry_begin", number, now)
            ticket = await _ticket(uow, number)
            entry = await uow.entries.lock(number)
            if entry is None:
                if ticket.answer is None:
                    raise TicketNotAnswered(number)
                entry = KnowledgeEntry(number, me.person_id, EntryStatus.DRAFT, now, text=ticket.answer)
                await self._save(uow, "entry_begun", me, entry)
                await uow.commit()
            return await _card(uow, me, entry, ticket)

    async def show(self, caller: Caller, number: int) -> EntryCard:
        """Raises NotHR, UnknownEntry, UnknownTicket."""
        async with self._unit_of_work() as uow:
            me = await officer(uow, caller, "entry_look", number, self._clock.now())
            entry = await uow.entries.get(number)
            if entry is None:
                raise UnknownEntry(number)
            return await _card(uow, me, entry, await uow.tickets.get(number))

    async def recent(self, caller: Caller | None, limit: int = 7) -> list[KnowledgeEntry]:
        """Newest ticket first; `caller` None: HR's command line. Raises NotHR."""
        async with self._unit_of_work() as uow:
            if caller is not None:
                await officer(uow, caller, "entry_look", 0, self._clock.now())
            return await uow.entries.recent(limit)

    async def change(
        self,
        caller: Caller,
        number: int,
        *,
        questions: str | None = None,
        text: str | None = None,
        basis: str | None = None,
    ) -> EntryCard:
        """Whoever changes it becomes its author.

        Raises NotHR, UnknownEntry, EntryNotInState, and what is wrong with the words.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            me = await officer(uow, caller, "entry_change", number, now)
            entry = rules.edited(
                await _locked(uow, number),
                me,
                questions=None if questions is None else rules.check_questions(questions),
                text=None if text is None else check_text(text, rules.TEXT_LIMIT),
                basis=None if basis is None else rules.check_basis(basis),
            )
            await self._save(uow, "entry_changed", me, entry)
            shown = await _card(uow, me, entry, await uow.tickets.get(number))
            await uow.commit()
        return shown

    async def submit(self, caller: Caller, number: int) -> tuple[EntryCard, int]:
        """To the other officers who answer such questions; also how many are asked.

        Raises NotHR, UnknownEntry, EntryNotInState, EntryIncomplete.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            me = await officer(uow, caller, "entry_submit", number, now)
            entry = rules.submitted(await _locked(uow, number))
            ticket = await uow.tickets.get(number)
            first = await officers_for(uow, ticket) if ticket is not None else []
            judges = _but(first, entry) or _but(await uow.people.hr_officers(), entry)
            await self._save(uow, "entry_submitted", me, entry)
            author = await uow.people.get(entry.author_id)
            await uow.outbox.add(messages.review(entry, author or me, judges, now))
            shown = await _card(uow, me, entry, ticket)
            await uow.commit()
        return shown, len(judges)

    async def approve(self, caller: Caller, number: int, version: int) -> KnowledgeEntry:
        """It answers from this moment on. Raises NotHR, UnknownEntry, OwnEntry, EntryChanged, EntryNotInState."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            me = await officer(uow, caller, "entry_approve", number, now)
            await uow.entries.hold()
            entry = rules.approved(await _locked(uow, number), me, version, now)
            await self._save(uow, "entry_approved", me, entry)
            await self._publish(uow)
            await uow.outbox.add(messages.decided(entry, me, now))
            await uow.commit()
        return entry

    async def decline(self, caller: Caller, number: int, version: int, reason: str) -> KnowledgeEntry:
        """Back to its author, who is told why. Raises as `approve`, EmptyText, TextTooLong (500)."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            me = await officer(uow, caller, "entry_decline", number, now)
            reason = check_text(reason, REASON_LIMIT)
            entry = rules.declined(await _locked(uow, number), me, version, reason)
            await self._save(uow, "entry_declined", me, entry)
            await uow.outbox.add(messages.decided(entry, me, now))
            await uow.commit()
        return entry

    async def withdraw(self, caller: Caller | None, number: int) -> KnowledgeEntry:
        """It answers nobody any more; `caller` None: HR's command line. Raises NotHR, UnknownEntry, EntryNotInState."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            me = await officer(uow, caller, "entry_withdraw", number, now) if caller is not None else None
            await uow.entries.hold()
            entry = rules.withdrawn(await _locked(uow, number))
            await self._save(uow, "entry_withdrawn", me, entry)
            await self._publish(uow)
            await uow.outbox.add(messages.withdrawn(entry, me, now))
            await uow.commit()
        return entry

    async def _publish(self, uow: UnitOfWork) -> None:
        """The document as the approved entries are now; embedded before the commit, so that the next question finds them."""
        sections = []
        for entry in await uow.entries.approved():
            judge = await uow.people.get(entry.approved_by) if entry.approved_by is not None else None
            day = jakarta(entry.approved_at or entry.created_at).date()
            sections.append(rules.section_of(entry, day, judge.name if judge is not None else None))
        await uow.knowledge.replace_document(DOCUMENT, sections)
        await section_vectors(uow, self._embedder, sections, self._normalize)

    async def _save(self, uow: UnitOfWork, action: str, by: Person | None, entry: KnowledgeEntry) -> None:
        await uow.entries.save(entry)
        who = DESK if by is None else actor(by)
        facts = {"version": entry.version}
        await uow.audit.record(action, self._clock.now(), actor=who, subject=entry.subject, facts=facts)


async def _ticket(uow: UnitOfWork, number: int) -> Ticket:
    ticket = await uow.tickets.get(number)
    if ticket is None:
        raise UnknownTicket(number)
    return ticket


async def _locked(uow: UnitOfWork, number: int) -> KnowledgeEntry:
    entry = await uow.entries.lock(number)
    if entry is None:
        raise UnknownEntry(number)
    return entry


async def _card(uow: UnitOfWork, me: Person, entry: KnowledgeEntry, ticket: Ticket | None) -> EntryCard:
    author = await uow.people.get(entry.author_id)
    question = ticket.question if ticket is not None else ""  # erased since
    return EntryCard(entry, author, question, entry.author_id == me.person_id)


def _but(officers: list[Person], entry: KnowledgeEntry) -> list[Person]:
    return [person for person in officers if person.person_id != entry.author_id]
