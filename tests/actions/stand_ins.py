"""Stand-ins for the services that are being written, over the same unit of work. To be deleted when those have landed."""

from core.domain.errors import UnknownCourse, UnknownSection, UnknownSession
from core.domain.learning import HoursSummary
from core.services.catalogue import CourseDetails, Match
from core.services.questions import Answer, Found


class StandInCatalogue:
    def __init__(self, unit_of_work, clock, embedder):
        self._unit_of_work, self._clock = unit_of_work, clock

    async def find(self, text, *, limit=3):
        async with self._unit_of_work() as uow:
            courses = await uow.courses.all()
        text = text.lower()
        named = [c for c in courses if c.code.lower() in text]
        words = {w for w in text.split() if len(w) > 3 and w not in {"daftar", "pelatihan", "batal", "yang"}}
        return [Match(c, 1.0) for c in named or courses if named or words & set(c.title.lower().split())][:limit]

    async def search(self, text):
        async with self._unit_of_work() as uow:
            found = await uow.courses.availability(self._clock.now())
        return [a for a in found if not text or set(text.lower().split()) & set(a.session.course.title.lower().split())]

    async def details(self, reference):
        async with self._unit_of_work() as uow:
            course = await uow.courses.get(reference)
            if course is None:
                session = await uow.courses.session(reference)
                if session is None:
                    raise UnknownCourse(reference)
                course = session.course
            sessions = await uow.courses.sessions_of(course.code)
            found = [await uow.courses.availability_of(s.code) for s in sessions if s.starts_at > self._clock.now()]
        return CourseDetails(course, tuple(found))

    async def session(self, session_code):
        async with self._unit_of_work() as uow:
            session = await uow.courses.session(session_code)
        if session is None:
            raise UnknownSession(session_code)
        return session

    async def recommend(self, caller, text=""):
        return (await self.search(""))[:3]


class StandInQuestions:
    def __init__(self, unit_of_work, clock, embedder, threshold=None):
        self._unit_of_work = unit_of_work

    async def answer(self, caller, text):
        near = await self.suggestions(text)
        known = [f for f in near if f.confidence > 0.5]
        return Answer(tuple(known[:1]), tuple(f for f in near if f not in known[:1]))

    async def section(self, section_id):
        async with self._unit_of_work() as uow:
            section = await uow.knowledge.get(section_id)
        if section is None:
            raise UnknownSection(section_id)
        return section

    async def suggestions(self, text, limit=3):
        words = set(text.lower().split())
        async with self._unit_of_work() as uow:
            sections = await uow.knowledge.all()
        scored = [Found(s, len(words & set(s.title.lower().split())) / 2) for s in sections]
        return sorted((f for f in scored if f.confidence), key=lambda f: -f.confidence)[:limit]


class StandInHours:
    def __init__(self, unit_of_work, clock):
        self._unit_of_work = unit_of_work

    async def summary(self, caller):
        async with self._unit_of_work() as uow:
            entries = await uow.hours.of_person(caller.person.person_id, 2026)
        return HoursSummary(2026, caller.person.employment, sum(e.hours for e in entries), 0, tuple(entries))


class StandInTickets:
    def __init__(self, unit_of_work, clock):
        self._unit_of_work, self._clock = unit_of_work, clock

    async def open(self, caller, question):
        async with self._unit_of_work() as uow:
            ticket = await uow.tickets.create(caller.person.person_id, question, self._clock.now())
            await uow.commit()
        return ticket

    async def mine(self, caller):
        async with self._unit_of_work() as uow:
            return await uow.tickets.of_person(caller.person.person_id)
