"""An answer becomes knowledge once a second officer has checked it: never without a basis, never by its author alone."""

import pytest

from core.domain.errors import (
    BadImport,
    BasisMissing,
    EmptyText,
    EntryChanged,
    EntryIncomplete,
    EntryNotInState,
    NotHR,
    OwnEntry,
    QuestionPersonal,
    TextTooLong,
    TicketNotAnswered,
    TooManyQuestions,
    UnknownEntry,
    UnknownTicket,
)
from core.domain.knowledge import OFFICERS
from core.domain.messages import Kind, Message
from core.domain.people import Caller
from core.domain.ticket_knowledge import EntryStatus, check_basis, check_questions
from core.ports import UnitOfWorkFactory
from core.services.knowledge import Knowledge
from core.services.ticket_desk import TicketDesk
from core.services.ticket_knowledge import TicketKnowledge
from core.services.tickets import Tickets
from tests.factories import NOW, Cast, caller
from tests.fakes import FakeEmbedder, FixedClock
from tests.services.ledger import audited
from tests.services.policy import LEAVE, document, section

BASIS = "Pergub 19/2020 Pasal 21"


@pytest.fixture
def entries(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> TicketKnowledge:
    return TicketKnowledge(unit_of_work, clock, FakeEmbedder())


@pytest.fixture
async def number(unit_of_work: UnitOfWorkFactory, clock: FixedClock, cast: Cast) -> int:
    """A ticket of sari's that dewi answered."""
    ticket = await Tickets(unit_of_work, clock).open(caller(cast.sari), "Kapan TPP cair ya?")
    await TicketDesk(unit_of_work, clock).answer(caller(cast.dewi), ticket.number, "Paling lambat tanggal 10.")
    return ticket.number


async def written(entries: TicketKnowledge, cast: Cast, number: int, *, submit: bool = True) -> int:
    """By dewi; its version."""
    await entries.begin(caller(cast.dewi), number)
    await entries.change(caller(cast.dewi), number, questions="Kapan TPP cair?\n- TPP dibayar tanggal berapa?")
    shown = await entries.change(caller(cast.dewi), number, basis=BASIS)
    if submit:
        await entries.submit(caller(cast.dewi), number)
    return shown.entry.version


async def told(unit_of_work: UnitOfWorkFactory, kind: Kind) -> list[Message]:
    async with unit_of_work() as uow:
        rows = await uow.outbox.claim(NOW, limit=50, bulk=False, claimed_by="test")
    return [row for row in rows if row.kind is kind]


async def test_approved_by_a_second_officer_it_is_a_section_with_its_questions_and_basis(
    unit_of_work: UnitOfWorkFactory, entries: TicketKnowledge, cast: Cast, number: int
) -> None:
    version = await written(entries, cast, number)
    (asked,) = await told(unit_of_work, Kind.ENTRY_REVIEW)
    assert (asked.person_id, asked.facts["version"], asked.facts["basis"]) == (cast.agus.person_id, version, BASIS)
    await entries.approve(caller(cast.agus), number, version)
    async with unit_of_work() as uow:
        found = await uow.knowledge.get(f"TIKET{number}")
        vectors = await uow.knowledge.vectors(FakeEmbedder.name)
    assert found is not None
    assert (found.title, found.text, found.basis) == ("Kapan TPP cair", "Paling lambat tanggal 10.", BASIS)
    assert found.questions == ("Kapan TPP cair?", "TPP dibayar tanggal berapa?")
    assert (found.document_id, found.verification, found.is_checked) == ("jawaban-hr", OFFICERS, False)
    assert found.checked_by == "Agus Salim"
    assert {f"section/TIKET{number}", f"question/TIKET{number}/0", f"question/TIKET{number}/1"} <= vectors.keys()
    (decided,) = await told(unit_of_work, Kind.ENTRY_DECIDED)
    assert (decided.person_id, decided.facts["status"]) == (cast.dewi.person_id, "approved")
    who = {"dewi": f"person:{cast.dewi.person_id}", "agus": f"person:{cast.agus.person_id}"}
    assert await audited(unit_of_work, f"entry:{number}") == [
        ("entry_begun", who["dewi"]),
        ("entry_changed", who["dewi"]),
        ("entry_changed", who["dewi"]),
        ("entry_submitted", who["dewi"]),
        ("entry_approved", who["agus"]),
    ]


async def test_nobody_approves_or_declines_words_of_their_own(
    entries: TicketKnowledge, cast: Cast, number: int
) -> None:
    version = await written(entries, cast, number)
    for call in (
        entries.approve(caller(cast.dewi), number, version),
        entries.decline(caller(cast.dewi), number, version, "Salah"),
    ):
        with pytest.raises(OwnEntry):
            await call
    changed = await entries.change(caller(cast.agus), number, text="Tanggal 11.")  # now they are agus's words
    await entries.submit(caller(cast.agus), number)
    with pytest.raises(OwnEntry):
        await entries.approve(caller(cast.agus), number, changed.entry.version)
    await entries.approve(caller(cast.dewi), number, changed.entry.version)


async def test_an_approval_is_for_the_words_that_were_seen(entries: TicketKnowledge, cast: Cast, number: int) -> None:
    version = await written(entries, cast, number)
    await entries.change(caller(cast.dewi), number, text="Tanggal 11.")
    with pytest.raises(EntryNotInState):
        await entries.approve(caller(cast.agus), number, version)
    await entries.submit(caller(cast.dewi), number)
    with pytest.raises(EntryChanged):
        await entries.approve(caller(cast.agus), number, version)


async def test_declined_it_goes_back_with_the_reason(
    unit_of_work: UnitOfWorkFactory, entries: TicketKnowledge, cast: Cast, number: int
) -> None:
    version = await written(entries, cast, number)
    with pytest.raises(EmptyText):
        await entries.decline(caller(cast.agus), number, version, " ")
    await entries.decline(caller(cast.agus), number, version, "Pasalnya keliru")
    (row,) = await told(unit_of_work, Kind.ENTRY_DECIDED)
    assert (row.person_id, row.facts["reason"]) == (cast.dewi.person_id, "Pasalnya keliru")
    shown = await entries.show(caller(cast.dewi), number)
    assert (shown.entry.status, shown.entry.reason) == (EntryStatus.DRAFT, "Pasalnya keliru")
    await entries.submit(caller(cast.dewi), number)
    async with unit_of_work() as uow:
        assert await uow.knowledge.all() == []


async def test_without_question_answer_and_basis_it_is_not_submitted(
    entries: TicketKnowledge, cast: Cast, number: int
) -> None:
    await entries.begin(caller(cast.dewi), number)
    with pytest.raises(EntryIncomplete):
        await entries.submit(caller(cast.dewi), number)
    await entries.change(caller(cast.dewi), number, questions="Kapan TPP cair?")
    with pytest.raises(EntryIncomplete):
        await entries.submit(caller(cast.dewi), number)


async def test_imports_of_other_documents_leave_it_alone_and_none_takes_its_place(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, entries: TicketKnowledge, cast: Cast, number: int
) -> None:
    await entries.approve(caller(cast.agus), number, await written(entries, cast, number))
    knowledge = Knowledge(unit_of_work, clock, FakeEmbedder())
    await knowledge.import_markdown([LEAVE])
    await knowledge.import_markdown([LEAVE])
    async with unit_of_work() as uow:
        assert await uow.knowledge.get(f"TIKET{number}") is not None
    for bad in (
        document("jawaban-hr", "Tiruan", section("X1", "Tiruan", "Isi.")),
        document("uji", "Tiruan", section(f"TIKET{number}", "Tiruan", "Isi.")),
    ):
        with pytest.raises(BadImport):
            await knowledge.import_markdown([bad])


async def test_withdrawn_it_answers_nobody_and_may_be_written_anew(
    unit_of_work: UnitOfWorkFactory, entries: TicketKnowledge, cast: Cast, number: int
) -> None:
    version = await written(entries, cast, number)
    with pytest.raises(EntryNotInState):
        await entries.withdraw(caller(cast.agus), number)
    await entries.approve(caller(cast.agus), number, version)
    with pytest.raises(EntryNotInState):
        await entries.change(caller(cast.dewi), number, text="Tanggal 11.")
    await entries.withdraw(caller(cast.agus), number)
    async with unit_of_work() as uow:
        assert await uow.knowledge.all() == []
    rows = await told(unit_of_work, Kind.ENTRY_DECIDED)
    assert [(row.person_id, row.facts["status"]) for row in rows] == [
        (cast.dewi.person_id, "approved"),
        (cast.dewi.person_id, "withdrawn"),
    ]
    shown = await entries.change(caller(cast.dewi), number, text="Tanggal 11.")
    await entries.submit(caller(cast.dewi), number)
    await entries.approve(caller(cast.agus), number, shown.entry.version)
    await entries.withdraw(None, number)
    assert (await audited(unit_of_work, f"entry:{number}"))[-1] == ("entry_withdrawn", "hr")


async def test_two_entries_stand_side_by_side(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, entries: TicketKnowledge, cast: Cast, number: int
) -> None:
    other = (await Tickets(unit_of_work, clock).open(caller(cast.joko), "Parkir di mana?")).number
    await TicketDesk(unit_of_work, clock).answer(caller(cast.dewi), other, "Blok G.")
    for one in (number, other):
        await entries.approve(caller(cast.agus), one, await written(entries, cast, one))
    await entries.withdraw(caller(cast.agus), number)
    async with unit_of_work() as uow:
        assert [one.section_id for one in await uow.knowledge.all()] == [f"TIKET{other}"]
    assert [one.ticket_number for one in await entries.recent(caller(cast.dewi))] == [other, number]


async def test_staff_get_nowhere_near_it(
    unit_of_work: UnitOfWorkFactory, entries: TicketKnowledge, cast: Cast, number: int
) -> None:
    version = await written(entries, cast, number)
    for stranger in (caller(cast.sari), Caller(telegram_id=1)):
        for call in (
            entries.begin(stranger, number),
            entries.show(stranger, number),
            entries.recent(stranger),
            entries.change(stranger, number, text="ya"),
            entries.submit(stranger, number),
            entries.approve(stranger, number, version),
            entries.decline(stranger, number, version, "ya"),
            entries.withdraw(stranger, number),
        ):
            with pytest.raises(NotHR):
                await call
    tries = await audited(unit_of_work, f"person:{cast.sari.person_id}")
    assert "entry_approve_refused" in {action for action, _ in tries}


async def test_only_an_answered_ticket_becomes_knowledge(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, entries: TicketKnowledge, cast: Cast
) -> None:
    number = (await Tickets(unit_of_work, clock).open(caller(cast.sari), "Kapan?")).number
    with pytest.raises(TicketNotAnswered):
        await entries.begin(caller(cast.dewi), number)
    with pytest.raises(UnknownTicket):
        await entries.begin(caller(cast.dewi), 4711)
    with pytest.raises(UnknownEntry):
        await entries.show(caller(cast.dewi), number)


@pytest.mark.parametrize(
    "basis",
    [
        "PP 11/2017 Ps 310",
        "UU 20 Tahun 2023 pasal 24 ayat (1)",
        "SE Sekda 12/SE/2024 angka 2",
        "Keputusan Gubernur Nomor 45 Tahun 2023, diktum KETIGA",
        "PermenPANRB 6/2022 Pasal 5 huruf b",
        "Pergub DKI 19/2020 Lampiran II.",
    ],
)
def test_a_regulation_and_its_place_are_a_basis(basis: str) -> None:
    assert check_basis(f"  {basis} ") == basis.rstrip(".")


@pytest.mark.parametrize(
    "basis",
    [
        "tanpa dasar",
        "tidak ada",
        "-",
        "arahan pimpinan",
        "PP 11/2017",
        "Pasal 310",
        "peraturan yang berlaku pasal 3",
        "..",
    ],
)
def test_anything_less_is_none(basis: str) -> None:
    with pytest.raises((BasisMissing, EmptyText)):
        check_basis(basis)


def test_questions_stand_one_a_line_and_hold_no_numbers_of_people() -> None:
    assert check_questions(" 1. Kapan TPP cair?\n\n- Kapan TPP cair?\n•  TPP  kapan? ") == (
        "Kapan TPP cair?",
        "TPP kapan?",
    )
    with pytest.raises(QuestionPersonal):
        check_questions("NIP 19901301 201903 1001 kapan naik pangkat?")
    with pytest.raises(TooManyQuestions):
        check_questions("\n".join(f"Apa {n}?" for n in range(9)))
    with pytest.raises(TextTooLong):
        check_questions("x" * 201)
    with pytest.raises(EmptyText):
        check_questions(" \n ")
