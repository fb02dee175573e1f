"""Which officers are told of a question: by topic and by the unit of who asks."""

import pytest

from core.domain.errors import BadImport, NotAnOfficer, UnknownPerson, UnknownTopic, UnknownUnit
from core.domain.people import Person
from core.domain.row_problems import Fault
from core.domain.ticket_routing import Duty
from core.ports import UnitOfWorkFactory
from core.services.catalogue import Catalogue
from core.services.knowledge import Knowledge
from core.services.questions import Questions
from core.services.ticket_officers import TicketOfficers
from core.services.ticket_topics import TicketTopics
from core.services.tickets import Tickets
from tests.factories import NOW, Cast, add_sessions, caller, session
from tests.fakes import FakeEmbedder, FixedClock
from tests.services.ledger import audited
from tests.services.policy import LEAVE, OFFICE


@pytest.fixture
async def officers(unit_of_work: UnitOfWorkFactory, clock: FixedClock, cast: Cast) -> TicketOfficers:
    await Knowledge(unit_of_work, clock, FakeEmbedder()).import_markdown([LEAVE, OFFICE])
    return TicketOfficers(unit_of_work, clock)


@pytest.fixture
def topics(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> TicketTopics:
    embedder = FakeEmbedder()
    return TicketTopics(Questions(unit_of_work, clock, embedder), Catalogue(unit_of_work, clock, embedder))


async def told(unit_of_work: UnitOfWorkFactory, clock: FixedClock, asker: Person, topic: str) -> set[int | None]:
    async def is_about(_: str) -> str:
        return topic

    number = (await Tickets(unit_of_work, clock, is_about).open(caller(asker), "Bagaimana?")).number
    async with unit_of_work() as uow:
        rows = await uow.outbox.claim(NOW, limit=50, bulk=False, claimed_by="test")
    return {row.person_id for row in rows if row.facts["ticket_number"] == number}


async def test_the_officer_of_the_topic_is_told_and_nobody_else(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, officers: TicketOfficers, cast: Cast
) -> None:
    await officers.assign(cast.dewi.nip, ["uji-cuti"], None)
    assert await told(unit_of_work, clock, cast.sari, "uji-cuti") == {cast.dewi.person_id}


async def test_the_officer_of_a_unit_is_told_of_what_those_below_it_ask(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, officers: TicketOfficers, cast: Cast
) -> None:
    await officers.assign(cast.agus.nip, [], "DISDIK")
    await officers.assign(cast.dewi.nip, [], "PEMPROV")
    assert await told(unit_of_work, clock, cast.sari, "lainnya") == {cast.agus.person_id, cast.dewi.person_id}
    assert await told(unit_of_work, clock, cast.tono, "lainnya") == {cast.dewi.person_id}


async def test_a_duty_with_topic_and_unit_asks_for_both(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, officers: TicketOfficers, cast: Cast
) -> None:
    await officers.assign(cast.agus.nip, ["uji-cuti"], "DISDIK")
    await officers.assign(cast.dewi.nip, ["uji-jabatan"], None)
    assert await told(unit_of_work, clock, cast.sari, "uji-cuti") == {cast.agus.person_id}
    both = {cast.agus.person_id, cast.dewi.person_id}
    assert await told(unit_of_work, clock, cast.tono, "uji-cuti") == both  # nobody answers it: all hear of it


async def test_an_officer_is_not_told_of_their_own_question(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, officers: TicketOfficers, cast: Cast
) -> None:
    await officers.assign(cast.dewi.nip, ["uji-cuti"], None)
    assert await told(unit_of_work, clock, cast.dewi, "uji-cuti") == {cast.agus.person_id}


async def test_who_is_no_officer_any_more_is_not_told(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, officers: TicketOfficers, cast: Cast
) -> None:
    async with unit_of_work() as uow:
        await uow.tickets.set_duties(cast.tono.person_id, [Duty(cast.tono.person_id, "uji-cuti")])
        await uow.commit()
    assert cast.tono.person_id not in await told(unit_of_work, clock, cast.sari, "uji-cuti")


async def test_assigning_replaces_what_was_and_is_audited(
    unit_of_work: UnitOfWorkFactory, officers: TicketOfficers, cast: Cast
) -> None:
    await officers.assign(cast.dewi.nip, ["uji-cuti", "uji-jabatan"], "DISDIK")
    await officers.assign(cast.dewi.nip, ["pelatihan"], None)
    listed, topics = await officers.listing()
    duties = {one.person.name: one.duties for one in listed}
    assert duties[cast.dewi.name] == (Duty(cast.dewi.person_id, "pelatihan"),)
    assert duties[cast.agus.name] == ()
    assert list(topics) == ["uji-cuti", "uji-jabatan", "pelatihan", "lainnya"]
    await officers.assign(cast.dewi.nip, [], None)
    assert all(not one.duties for one in (await officers.listing())[0])
    trail = await audited(unit_of_work, f"person:{cast.dewi.person_id}")
    assert trail == [("ticket_duties_set", "hr")] * 3


async def test_what_cannot_be_assigned_is_refused(officers: TicketOfficers, cast: Cast) -> None:
    with pytest.raises(UnknownPerson):
        await officers.assign("1" * 18, [], None)
    with pytest.raises(NotAnOfficer) as refusal:
        await officers.assign(cast.sari.nip, [], None)
    assert cast.sari.nip not in refusal.value.reference
    with pytest.raises(UnknownTopic):
        await officers.assign(cast.dewi.nip, ["cuaca"], None)
    with pytest.raises(UnknownUnit):
        await officers.assign(cast.dewi.nip, [], "BULAN")


async def test_a_file_sets_the_officers_it_names_and_leaves_the_others(officers: TicketOfficers, cast: Cast) -> None:
    await officers.assign(cast.agus.nip, ["uji-jabatan"], None)
    rows = f"nip,topic,unit_code\n{cast.dewi.nip},uji-cuti,disdik\n{cast.dewi.nip},Pelatihan,\n"
    assert await officers.take_in(rows, dry_run=True) == 2
    assert {len(one.duties) for one in (await officers.listing())[0]} == {0, 1}
    assert await officers.take_in(rows) == 2
    duties = {one.person.name: one.duties for one in (await officers.listing())[0]}
    assert duties[cast.dewi.name] == (
        Duty(cast.dewi.person_id, "uji-cuti", "DISDIK"),
        Duty(cast.dewi.person_id, "pelatihan"),
    )
    assert len(duties[cast.agus.name]) == 1


async def test_every_bad_row_of_a_file_is_named_and_nothing_is_set(officers: TicketOfficers, cast: Cast) -> None:
    with pytest.raises(BadImport) as refused:
        await officers.take_in(
            f"nip,topic,unit_code\n{cast.dewi.nip},uji-cuti,\n{cast.sari.nip},,\n,uji-cuti,\n{cast.agus.nip},cuaca,BULAN\n"
        )
    faults = [(problem.line, problem.fault) for problem in refused.value.problems]
    assert faults == [
        (3, Fault.NOT_AN_OFFICER),
        (4, Fault.REQUIRED),
        (5, Fault.NOT_AN_OPTION),
        (5, Fault.UNKNOWN_UNIT),
    ]
    assert all(not one.duties for one in (await officers.listing())[0])


async def test_the_topic_is_the_document_the_question_is_about(topics: TicketTopics, officers: TicketOfficers) -> None:
    assert await topics("jatah cuti tahunan kalau baru masuk bulan Juni") == "uji-cuti"
    assert await topics("kepanjangan ppk dan pyb") == "uji-jabatan"
    assert await topics("🙂") == "lainnya"


async def test_a_training_that_is_named_is_the_topic(
    unit_of_work: UnitOfWorkFactory, topics: TicketTopics, officers: TicketOfficers
) -> None:
    await add_sessions(unit_of_work, session())
    assert await topics("apakah TIK-02 boleh diwakilkan?") == "pelatihan"
