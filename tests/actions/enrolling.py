"""What the tests of the enroll form share."""

from tests.factories import SPREADSHEET, VALUES, session

MORE = [session(SPREADSHEET, "A", in_days=10), session(SPREADSHEET, "B", in_days=40), session(VALUES, "A", in_days=20)]


async def enrollments_of(database, person):
    async with database() as uow:
        return await uow.enrollments.of_person(person.person_id)
