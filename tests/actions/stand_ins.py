"""Stand-ins for the services that are being written, over the same unit of work. To be deleted when those have landed."""

from core.domain.errors import UnknownCourse, UnknownSession
from core.services.catalogue import CourseDetails, Match


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
