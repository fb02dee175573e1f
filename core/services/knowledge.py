"""Bringing policy documents into the knowledge base."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.domain.calendar import jakarta
from core.domain.errors import BadImport, UnknownSection
from core.domain.knowledge import Section, parse_document
from core.domain.row_problems import Fault, RowProblem
from core.domain.ticket_knowledge import DOCUMENT, SECTION_PREFIX
from core.ports import Clock, Embedder, UnitOfWorkFactory
from core.services.search.section_search import section_vectors
from core.services.search.words import Normalize, plain


@dataclass(frozen=True)
class ImportedDocument:
    document_id: str
    sections: int


class Knowledge:
    def __init__(
        self, unit_of_work: UnitOfWorkFactory, clock: Clock, embedder: Embedder, normalize: Normalize = plain
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._embedder = embedder
        self._normalize = normalize

    def read(self, documents: Sequence[tuple[str, str]]) -> list[list[Section]]:
        """The sections of each (name, Markdown), nothing saved. Raises BadImport naming every bad line of all of them."""
        return parse_all(documents)

    async def import_markdown(self, documents: Sequence[tuple[str, str]]) -> list[ImportedDocument]:
        """(name, Markdown) pairs, live at once, nothing retrained. All or nothing: BadImport names every bad line."""
        parsed = parse_all(documents)
        async with self._unit_of_work() as unit_of_work:
            stored = {section.section_id: section for section in await unit_of_work.knowledge.all()}
            parsed = [[_with_newer_check(one, stored.get(one.section_id)) for one in some] for some in parsed]
            for sections in parsed:
                await unit_of_work.knowledge.replace_document(sections[0].document_id, sections)
            # Embedded before the commit: the first question afterwards need not wait for it.
            await section_vectors(
                unit_of_work, self._embedder, [one for sections in parsed for one in sections], self._normalize
            )
            document_ids = [sections[0].document_id for sections in parsed]
            await unit_of_work.audit.record(
                "knowledge_imported",
                self._clock.now(),
                actor="system",
                subject="knowledge",
                facts={"documents": document_ids, "sections": sum(map(len, parsed))},
            )
            await unit_of_work.commit()
        return [ImportedDocument(sections[0].document_id, len(sections)) for sections in parsed]

    async def missing(self, documents: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those that say something the stored sections do not; questions accepted since are no reason to read one again."""
        async with self._unit_of_work() as unit_of_work:
            stored = await unit_of_work.knowledge.all()
        by_document: dict[str, list[Section]] = {}
        for section in stored:
            by_document.setdefault(section.document_id, []).append(section)
        return [
            document
            for document, sections in zip(documents, parse_all(documents), strict=True)
            if not _says_all(by_document.get(sections[0].document_id, []), sections)
        ]

    async def mark_checked(self, section_ids: Sequence[str], by: str, expires: date | None) -> None:
        """Somebody looked at these today and found them valid, until `expires` if that is given. Raises UnknownSection."""
        now = self._clock.now()
        async with self._unit_of_work() as unit_of_work:
            found = await unit_of_work.knowledge.mark_checked(section_ids, by, jakarta(now).date(), expires)
            if missing := next((one for one in section_ids if one not in found), None):
                raise UnknownSection(missing)
            facts = {"sections": list(section_ids), "expires": expires.isoformat() if expires else None}
            await unit_of_work.audit.record("knowledge_checked", now, actor="system", subject="knowledge", facts=facts)
            await unit_of_work.commit()

    async def add_questions(self, questions: Mapping[str, Sequence[str]]) -> int:
        """Ways to ask for sections, by section, live at once; those it has are left out. Returns how many are new.

        Raises UnknownSection.
        """
        async with self._unit_of_work() as unit_of_work:
            stored = await unit_of_work.knowledge.all()
            known = {section.section_id: section for section in stored}
            if missing := next((one for one in questions if one not in known), None):
                raise UnknownSection(missing)
            changed = {one: _with_questions(known[one], some) for one, some in questions.items()}
            for document_id in {known[one].document_id for one in questions}:
                sections = [changed.get(one.section_id, one) for one in stored if one.document_id == document_id]
                await unit_of_work.knowledge.replace_document(document_id, sections)
                await section_vectors(unit_of_work, self._embedder, sections, self._normalize)
            added = {one: len(section.questions) - len(known[one].questions) for one, section in changed.items()}
            await unit_of_work.audit.record(
                "questions_accepted", self._clock.now(), actor="system", subject="knowledge", facts={"sections": added}
            )
            await unit_of_work.commit()
        return sum(added.values())


def _says_all(stored: Sequence[Section], wanted: Sequence[Section]) -> bool:
    """The same sections with the same facts, at least these questions, and the same check or a newer one."""
    if [one.section_id for one in stored] != [one.section_id for one in wanted]:
        return False
    return all(
        set(new.questions) <= set(old.questions)
        and replace(_with_newer_check(new, old), questions=old.questions) == old
        for old, new in zip(stored, wanted, strict=True)
    )


def _with_questions(section: Section, questions: Sequence[str]) -> Section:
    return replace(section, questions=tuple(dict.fromkeys([*section.questions, *questions])))


def _with_newer_check(section: Section, stored: Section | None) -> Section:
    """A check noted since the document was written stands, as long as what was checked is the same."""
    if stored is None or stored.checked_at is None or (stored.text, stored.basis) != (section.text, section.basis):
        return section
    if section.checked_at is not None and section.checked_at >= stored.checked_at:
        return section
    return replace(section, checked_by=stored.checked_by, checked_at=stored.checked_at, expires=stored.expires)


def _kept_for_tickets(sections: Sequence[Section]) -> list[RowProblem]:
    """Ids of the document and the sections that answered tickets live in; a file must not take their place."""
    taken = [section.section_id for section in sections if section.section_id.startswith(SECTION_PREFIX)]
    if sections[0].document_id == DOCUMENT:
        taken.insert(0, "id")
    return [RowProblem(1, column, Fault.ID_HELD, {"holder": DOCUMENT}) for column in taken]


def parse_all(documents: Sequence[tuple[str, str]]) -> list[list[Section]]:
    """Every document's sections. Raises BadImport with the problems of all of them, each naming its document."""
    parsed: list[list[Section]] = []
    problems: list[RowProblem] = []
    held: dict[str, str] = {}
    imported: dict[str, str] = {}
    for name, markdown in documents:
        try:
            sections = parse_document(markdown)
        except BadImport as refused:
            problems += [replace(problem, file=name) for problem in refused.problems]
            continue
        parsed.append(sections)
        document_id = sections[0].document_id
        problems += [replace(problem, file=name) for problem in _kept_for_tickets(sections)]
        if document_id in imported:
            holder = {"holder": imported[document_id]}
            problems.append(RowProblem(1, "id", Fault.ID_HELD, holder, file=name))
        imported[document_id] = name
        for section in sections:
            if section.section_id in held and held[section.section_id] != name:
                holder = {"holder": held[section.section_id]}
                problems.append(RowProblem(1, section.section_id, Fault.ID_HELD, holder, file=name))
            held[section.section_id] = name
    if problems:
        raise BadImport(tuple(problems))
    return parsed
