"""Withdrawing in conversation."""

import pytest

from core.domain.enrollment import Status
from tests.factories import SPREADSHEET, VALUES, add_sessions, caller, session

TWO = [session(SPREADSHEET, "A", in_days=10), session(VALUES, "A", in_days=20)]


@pytest.fixture
async def enrolled(database, cast, services):
    """Sari is in both sessions; returns the row ids as texts."""
    await add_sessions(database, *TWO)
    rows = [await services.enrollments.enroll(caller(cast.sari), s.code) for s in TWO]
    return [str(row.enrollment.enrollment_id) for row in rows]


async def row_of(database, row_id):
    async with database() as uow:
        return await uow.enrollments.get(int(row_id))


async def status_of(database, row_id):
    return (await row_of(database, row_id)).status


async def test_the_button_leads_to_the_confirmation_and_a_yes_withdraws(talk, cast, database, enrolled):
    chat = talk(cast.sari)
    chat.press(f'/cancel_enrollment{{"enrollment": "{enrolled[0]}"}}')
    [why] = await chat.start("cancel_enrollment_form", enrollment=enrolled[0])
    assert why.custom["session"] == "TIK-02-A"
    assert "Lewati" in why.titles
    chat.press('/choose_reason{"reason": "work"}')
    [asked] = await chat.answer()
    assert "Alasan: Bentrok pekerjaan" in asked.text
    [told] = await chat.yes()
    assert told.custom["status"] == "cancelled"
    row = await row_of(database, enrolled[0])
    assert (row.status, row.reason) == (Status.CANCELLED, "Bentrok pekerjaan")
    assert chat.slots["enrollment"] is None
    assert chat.slots["cancel_reason"] is None


async def test_words_name_the_enrollment(talk, cast, database, enrolled):
    chat = talk(cast.sari)
    chat.hear("batalin yang berakhlak", "cancel_enrollment")
    [asked] = await chat.start("cancel_enrollment_form")
    assert asked.custom["session"] == "SOS-01-A"


async def test_several_enrollments_are_asked_and_an_ordinal_answers(talk, cast, database, enrolled):
    chat = talk(cast.sari)
    chat.hear("mau batal dong", "cancel_enrollment")
    [asked] = await chat.start("cancel_enrollment_form")
    assert asked.payloads[:2] == [f'/choose_enrollment{{"enrollment": "{row}"}}' for row in enrolled]
    chat.hear("yang kedua", "training_details")
    [confirm] = await chat.answer(enrollment="yang kedua")
    assert confirm.custom["session"] == "SOS-01-A"


async def test_a_training_not_taken_is_not_exchanged_for_another(talk, cast, database, services):
    await add_sessions(database, *TWO)
    await services.enrollments.enroll(caller(cast.sari), "TIK-02-A")
    chat = talk(cast.sari)
    chat.hear("batal SOS-01", "cancel_enrollment")
    [told] = await chat.start("cancel_enrollment_form")
    assert "belum terdaftar" in told.text
    assert chat.form is None


async def test_a_no_keeps_the_seat(talk, cast, database, enrolled):
    chat = talk(cast.sari)
    chat.press(f'/cancel_enrollment{{"enrollment": "{enrolled[0]}"}}')
    await chat.start("cancel_enrollment_form", enrollment=enrolled[0])
    await chat.no()
    assert await status_of(database, enrolled[0]) is Status.CONFIRMED


async def test_nothing_to_withdraw_from_is_said(talk, cast, database):
    await add_sessions(database, *TWO)
    chat = talk(cast.sari)
    chat.hear("batalin", "cancel_enrollment")
    [told] = await chat.start("cancel_enrollment_form")
    assert "tidak punya pendaftaran" in told.text
    assert chat.form is None


async def test_who_has_nothing_to_withdraw_is_told_about_the_training_they_named(talk, cast, database):
    await add_sessions(database, *TWO)
    chat = talk(cast.sari)
    chat.hear("batal ikut SOS-01", "cancel_enrollment")
    [told] = await chat.start("cancel_enrollment_form")
    assert "belum terdaftar" in told.text
    assert told.custom["course"] == "SOS-01"
    assert chat.form is None


async def test_the_enrollment_of_somebody_else_is_as_unknown_as_none(talk, cast, database, enrolled):
    chat = talk(cast.budi)
    chat.press(f'/cancel_enrollment{{"enrollment": "{enrolled[0]}"}}')
    [told] = await chat.start("cancel_enrollment_form", enrollment=enrolled[0])
    assert "Analisis" not in told.text
    assert chat.form is None
    chat.slots |= {"enrollment": enrolled[0], "confirmed": True}
    [refused] = await chat.run("action_cancel_enrollment")
    assert "bukan atas nama Anda" in refused.text
    assert await status_of(database, enrolled[0]) is Status.CONFIRMED


async def test_a_session_that_began_cannot_be_left(talk, cast, database, enrolled, clock):
    clock.pass_by(days=11)
    chat = talk(cast.sari)
    chat.press(f'/cancel_enrollment{{"enrollment": "{enrolled[0]}"}}')
    [told] = await chat.start("cancel_enrollment_form", enrollment=enrolled[0])
    assert "sudah dimulai" in told.text
    assert "/talk_to_hr" in told.payloads


@pytest.mark.parametrize("value", ["0", "-1", "9" * 30, "1; drop", "", None, {"id": 1}, 1])
async def test_hostile_enrollment_values_end_in_a_calm_text(talk, cast, database, enrolled, value):
    chat = talk(cast.sari)
    chat.hear("/cancel_enrollment{}", "cancel_enrollment", enrollment=value)
    [told] = await chat.start("cancel_enrollment_form", enrollment=value)
    assert told.text
    assert [await status_of(database, row) for row in enrolled] == [Status.CONFIRMED, Status.CONFIRMED]
