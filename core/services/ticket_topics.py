"""What a question to HR is about: a document of the knowledge base, the catalogue, or neither. Decides who is told of it."""

from core.domain.ticket_routing import OTHER, TRAININGS
from core.ports import UnitOfWork
from core.services.catalogue import Catalogue
from core.services.questions import Questions

_NAMED = 1.0
_MEANT = 0.7
"""Courses are named after what they teach, so a question about the subject looks like one about the course: only a near
certain match counts, and after the documents."""


class TicketTopics:
    """A guess that may be wrong: whoever is told can hand the ticket on."""

    def __init__(self, questions: Questions, catalogue: Catalogue) -> None:
        self._questions = questions
        self._catalogue = catalogue

    async def __call__(self, text: str) -> str:
        courses = await self._catalogue.find(text)
        score = courses[0].score if courses else 0.0
        if score >= _NAMED:
            return TRAININGS
        return await self._questions.document_about(text) or (TRAININGS if score >= _MEANT else OTHER)


async def topics_known(uow: UnitOfWork) -> dict[str, str]:
    """Title by topic: those of the documents, in their order; the other two have no more than their name."""
    documents = {section.document_id: section.document_title for section in await uow.knowledge.all()}
    return {**documents, TRAININGS: TRAININGS, OTHER: OTHER}
