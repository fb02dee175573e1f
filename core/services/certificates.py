"""Certificates: issued with completion, shown to their owner, checked by anybody who holds the number."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.calendar import year_of
from core.domain.certificates import ALPHABET, LETTERS, Certificate, masked_name, number_of, read_number
from core.domain.courses import Session
from core.domain.enrollment import Enrollment
from core.domain.errors import NoCertificate, NotLinked, NotYours, UnknownCertificate, UnknownEnrollment
from core.domain.people import Caller, Person
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services.rights import keep_refusal


@dataclass(frozen=True)
class OwnCertificate:
    """All that stands on the document. `hours` are those that count now, corrections included."""

    certificate: Certificate
    enrollment: Enrollment
    person: Person
    hours: int


@dataclass(frozen=True)
class CertificateCheck:
    """What a stranger with the number may know."""

    number: str
    is_valid: bool
    session: Session
    masked_name: str
    hours: int
    is_sample: bool


class Certificates:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def of_mine(self, caller: Caller, enrollment_id: int) -> OwnCertificate:
        """Raises NotLinked, UnknownEnrollment, NotYours, NoCertificate."""
        if caller.person is None:
            raise NotLinked
        async with self._unit_of_work() as uow:
            enrollment = await uow.enrollments.get(enrollment_id)
            if enrollment is None:
                raise UnknownEnrollment(str(enrollment_id))
            person = await uow.people.get(caller.person.person_id)
            if person is None or enrollment.person_id != person.person_id:
                await keep_refusal(uow, caller, "see_certificate", enrollment_id, self._clock.now())
                raise NotYours
            certificate = await uow.certificates.of_enrollment(enrollment_id)
            if certificate is None or not certificate.is_valid:
                raise NoCertificate(enrollment.session.course.title, enrollment.status)
            return OwnCertificate(certificate, enrollment, person, await _hours(uow, enrollment_id))

    async def issued(self, enrollment_id: int) -> OwnCertificate | None:
        """For the one sender, whose rows were addressed when they were written. None: there is none, or it was revoked."""
        async with self._unit_of_work() as uow:
            certificate = await uow.certificates.of_enrollment(enrollment_id)
            enrollment = await uow.enrollments.get(enrollment_id)
            person = await uow.people.get(enrollment.person_id) if enrollment is not None else None
            if certificate is None or not certificate.is_valid or enrollment is None or person is None:
                return None
            return OwnCertificate(certificate, enrollment, person, await _hours(uow, enrollment_id))

    async def mine(self, caller: Caller) -> list[Enrollment]:
        """The caller's enrollments that have a valid certificate, newest session first. Raises NotLinked."""
        if caller.person is None:
            raise NotLinked
        async with self._unit_of_work() as uow:
            held = {c.enrollment_id for c in await uow.certificates.of_person(caller.person.person_id) if c.is_valid}
            rows = await uow.enrollments.of_person(caller.person.person_id)
        return [row for row in rows if row.enrollment_id in held]

    async def check(self, typed: str) -> CertificateCheck:
        """For anybody, linked or not. Raises UnknownCertificate."""
        number = read_number(typed)
        async with self._unit_of_work() as uow:
            certificate = await uow.certificates.get(number) if number else None
            enrollment = await uow.enrollments.get(certificate.enrollment_id) if certificate else None
            person = await uow.people.get(enrollment.person_id) if enrollment else None
            if certificate is None or enrollment is None or person is None:
                raise UnknownCertificate
            return CertificateCheck(
                number=certificate.number,
                is_valid=certificate.is_valid,
                session=enrollment.session,
                masked_name=masked_name(person.name),
                hours=await _hours(uow, enrollment.enrollment_id),
                is_sample=person.is_sample,
            )


async def issue(uow: UnitOfWork, enrollment: Enrollment, now: datetime) -> Certificate:
    """The enrollment's certificate; a revoked one is valid again under its number."""
    return (await issue_all(uow, [enrollment.enrollment_id], now))[enrollment.enrollment_id]


async def issue_all(uow: UnitOfWork, enrollment_ids: Sequence[int], now: datetime) -> dict[int, Certificate]:
    """As `issue`, for many; by enrollment id."""
    return await uow.certificates.issue_all({number: _new_number(now) for number in enrollment_ids}, now)


def _new_number(now: datetime) -> str:
    return number_of(year_of(now), [secrets.choice(ALPHABET) for _ in range(LETTERS)])


async def _hours(uow: UnitOfWork, enrollment_id: int) -> int:
    return sum(entry.hours for entry in await uow.hours.of_enrollment(enrollment_id))
