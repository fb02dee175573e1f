"""Who is meant by the names an officer types for a trial: one person beyond doubt, or nobody yet."""

import pytest

from core.domain.errors import NotHR, RoleMissing
from core.domain.people import HrRole
from core.services.trial_people import MOST, TrialPeople
from tests.factories import add_crowd, caller
from tests.services.campaign_office import Office


@pytest.fixture
def people(office: Office) -> TrialPeople:
    return TrialPeople(office.unit_of_work)


async def test_names_and_numbers_are_found_in_any_writing(office: Office, people: TrialPeople) -> None:
    joko = office.cast.joko.nip
    spaced = f"{joko[:8]} {joko[8:14]} {joko[14]} {joko[15:]}"
    found = await people.find(office.author, f"PUSPITA sari; {spaced},\nsari puspita")
    assert [person.person_id for person in found.people] == [office.cast.sari.person_id, office.cast.joko.person_id]
    assert found.unclear == []


async def test_nobody_is_guessed(office: Office, people: TrialPeople) -> None:
    await add_crowd(office.unit_of_work, 8)
    found = await people.find(office.author, "a, Zaenab, 199013012019039999, %")
    assert found.people == []
    assert [(words, len(alike)) for words, alike in found.unclear] == [
        ("a", 5),
        ("Zaenab", 0),
        ("199013012019039999", 0),
        ("%", 0),
    ]


async def test_no_more_than_ten_at_once(office: Office, people: TrialPeople) -> None:
    found = await people.find(office.author, "\n".join(["Zaenab"] * 30))
    assert len(found.unclear) == MOST


async def test_only_those_who_may_send_look_people_up(office: Office, people: TrialPeople) -> None:
    with pytest.raises(NotHR):
        await people.find(caller(office.cast.sari), "Joko")
    async with office.unit_of_work() as uow:
        await uow.people.set_hr_role(office.cast.dewi.person_id, HrRole.VIEWER)
        await uow.commit()
    with pytest.raises(RoleMissing):
        await people.find(office.author, "Joko")
