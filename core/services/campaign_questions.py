"""Questions about a campaign: answered with its own words where they answer, so that the usual search comes second."""

import asyncio
from dataclasses import dataclass, replace

from core.domain.campaign_content import title_of
from core.domain.markup import plain as without_stars
from core.domain.people import Caller
from core.domain.tickets import Ticket
from core.ports import Clock, Embedder, UnitOfWorkFactory, Vectors
from core.services.campaign_steps import personal, received
from core.services.search.passages import best, sentences
from core.services.search.vectors import LONGEST_EMBEDDED, embed, stored_vectors
from core.services.search.words import Normalize, plain
from core.services.tickets import Tickets


@dataclass(frozen=True)
class CampaignAnswer:
    """`excerpt`: the words of the campaign that the question is about, as this person got them; None: they do not say."""

    campaign_id: int
    title: str
    excerpt: str | None = None


class CampaignQuestions:
    """Every method but `of_message` raises NotLinked, and NothingToAnswer for a campaign that the caller never got."""

    def __init__(
        self,
        unit_of_work: UnitOfWorkFactory,
        clock: Clock,
        tickets: Tickets,
        embedder: Embedder,
        normalize: Normalize = plain,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._tickets = tickets
        self._embedder = embedder
        self._normalize = normalize

    async def of_message(self, caller: Caller, telegram_message_id: int) -> int | None:
        """The campaign that this message of the caller's chat brought; None: none, or it was taken back."""
        if caller.person is None:
            return None
        async with self._unit_of_work() as uow:
            number = await uow.outbox.campaign_of(caller.person.person_id, telegram_message_id)
            campaign = await uow.campaigns.get(number) if number is not None else None
        return campaign.campaign_id if campaign is not None and campaign.recalled_at is None else None

    async def open(self, caller: Caller, campaign_id: int) -> CampaignAnswer:
        """What is about to be asked about; nothing is asked yet."""
        async with self._unit_of_work() as uow:
            campaign, _ = await received(uow, caller, campaign_id, self._clock.now())
            return CampaignAnswer(campaign_id, title_of(campaign.text))

    async def ask(self, caller: Caller, campaign_id: int, text: str) -> CampaignAnswer:
        """Counted as a reply to it, once for each person, whatever comes of it."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            campaign, person = await received(uow, caller, campaign_id, now)
            await uow.answers.add_reply(campaign_id, person.person_id, now)
            # as written, without the fields filled in: the same vectors serve everybody
            got = await uow.answers.messages_got(campaign_id, person.person_id)
            texts = [campaign.text, *(step.text for step in campaign.steps[: max(0, got - 1)])]
            parts = sentences(without_stars("\n".join(texts)))
            keys = {f"campaign/{campaign_id}/{place}": self._normalize(one) for place, one in enumerate(parts)}
            vectors = await stored_vectors(uow, self._embedder, "passages", keys)
            await uow.commit()
        place = await self._best(parts, vectors, text)
        if place is None:
            return CampaignAnswer(campaign_id, title_of(campaign.text))
        async with self._unit_of_work() as uow:
            told = await personal(uow, replace(campaign, text=_whole(parts, place)), person, now)
        return CampaignAnswer(campaign_id, title_of(campaign.text), told.text)

    async def _best(self, parts: list[str], vectors: Vectors, text: str) -> int | None:
        asked = self._normalize(text[:LONGEST_EMBEDDED])
        vector = (await asyncio.to_thread(embed, self._embedder, "queries", [asked]))[0]
        near = [float(one) for one in vectors @ vector] if parts else []
        found = best(parts, text, near)
        return found if found is not None else best([self._normalize(one) for one in parts], asked, near)

    async def to_ticket(self, caller: Caller, campaign_id: int, text: str) -> Ticket:
        """The question goes to HR with the campaign's title."""
        async with self._unit_of_work() as uow:
            campaign, _ = await received(uow, caller, campaign_id, self._clock.now())
        return await self._tickets.open(caller, text, campaign)


def _whole(parts: list[str], place: int) -> str:
    """A heading says little without what stands below it."""
    is_heading = not parts[place].endswith((".", "!", "?", ":"))
    return "\n".join(parts[place : place + 1 + is_heading])
