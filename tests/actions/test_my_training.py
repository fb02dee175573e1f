"""A person's own trainings in conversation."""

from datetime import date

import pytest

from core.domain.learning import HoursEntry
from tests.factories import NOW, SPREADSHEET, VALUES, add_sessions, caller, session


async def test_the_state_of_everything_is_told(talk, cast, database, services):
    await add_sessions(database, session(SPREADSHEET, seats=1), session(VALUES, in_days=20, needs_approval=True))
    await services.enrollments.enroll(caller(cast.budi), "TIK-02-A")
    await services.enrollments.enroll(caller(cast.sari), "TIK-02-A")
    await services.enrollments.enroll(caller(cast.sari), "SOS-01-A")
    chat = talk(cast.sari)
    chat.hear("status pendaftaran saya", "enrollment_status")
    [told] = await chat.run("action_enrollment_status")
    assert "daftar tunggu, urutan ke-1" in told.text
    assert "enunggu persetujuan atasan" in told.text


async def test_the_state_of_one_training_is_told(talk, cast, database, services):
    await add_sessions(database, session(SPREADSHEET), session(VALUES, in_days=20))
    await services.enrollments.enroll(caller(cast.sari), "TIK-02-A")
    chat = talk(cast.sari)
    chat.hear("status TIK-02 gimana", "enrollment_status")
    [told] = await chat.run("action_enrollment_status")
    assert "TIK-02-A" in told.text
    chat.hear("status SOS-01 gimana", "enrollment_status")
    [none] = await chat.run("action_enrollment_status")
    assert "belum terdaftar" in none.text
    assert '/enroll_training{"course": "SOS-01"}' in none.payloads
    assert none.custom["course"] == chat.slots["course"] == "SOS-01"


async def test_who_is_enrolled_in_nothing_is_still_told_which_training_was_understood(talk, cast, database):
    await add_sessions(database, session(SPREADSHEET))
    chat = talk(cast.sari)
    chat.hear("status TIK-02 gimana", "enrollment_status")
    [told] = await chat.run("action_enrollment_status")
    assert "belum terdaftar di *Analisis Data" in told.text
    assert told.custom["course"] == "TIK-02"


async def test_of_the_schedule_only_what_was_named_is_told(talk, cast, database, services):
    await add_sessions(database, session(SPREADSHEET), session(VALUES, in_days=20))
    for code in ("TIK-02-A", "SOS-01-A"):
        await services.enrollments.enroll(caller(cast.sari), code)
    chat = talk(cast.sari)
    chat.hear("jadwal saya di SOS-01 kapan", "my_schedule")
    [told] = await chat.run("action_my_schedule")
    assert "SOS-01-A" in told.text
    assert "TIK-02-A" not in told.text


async def test_the_schedule_offers_calendar_files(talk, cast, database, services):
    await add_sessions(database, session(SPREADSHEET))
    await services.enrollments.enroll(caller(cast.sari), "TIK-02-A")
    chat = talk(cast.sari)
    chat.hear("jadwal saya", "my_schedule")
    [told] = await chat.run("action_my_schedule")
    assert "Jumat, 4 – Sabtu, 5 Desember 2026, mulai 10.00 WIB" in told.text
    assert told.payloads[0] == '/calendar_file{"session": "TIK-02-A"}'


async def test_missing_hours_come_with_trainings_that_close_the_gap(talk, cast, database):
    await add_sessions(database, session(SPREADSHEET))
    async with database() as uow:
        await uow.hours.add(HoursEntry(cast.sari.person_id, 8, date(2026, 3, 1), "BerAKHLAK"))
        await uow.commit()
    chat = talk(cast.sari)
    chat.hear("jp saya berapa", "learning_hours")
    [told] = await chat.run("action_learning_hours")
    assert "Selesai: 8 JP" in told.text
    assert "Kurang *12 JP*" in told.text
    assert '/show_course{"course": "TIK-02"}' in told.payloads


async def test_pppk_are_told_their_ceiling(talk, cast, database):
    await add_sessions(database, session(SPREADSHEET))
    chat = talk(cast.joko)
    chat.hear("jp saya", "learning_hours")
    [told] = await chat.run("action_learning_hours")
    assert "24 JP" in told.text


async def test_pppk_are_not_sent_over_their_ceiling(talk, cast, database):
    await add_sessions(database, session(SPREADSHEET), session(VALUES, in_days=20))
    async with database() as uow:
        await uow.hours.add(HoursEntry(cast.joko.person_id, 12, date(2026, 3, 1), "Bimtek"))
        await uow.commit()
    chat = talk(cast.joko)
    chat.hear("jp saya", "learning_hours")
    [told] = await chat.run("action_learning_hours")
    assert '/show_course{"course": "SOS-01"}' in told.payloads
    assert '/show_course{"course": "TIK-02"}' not in told.payloads


async def test_without_a_finished_training_it_is_told_when_certificates_come(talk, cast, database):
    chat = talk(cast.sari)
    chat.hear("sertifikat saya mana", "certificate")
    [told] = await chat.run("action_certificate")
    assert "Belum ada sertifikat" in told.text
    assert "disahkan petugas" in told.text
    assert "/talk_to_hr" in told.payloads


async def test_a_certificate_has_a_button_and_what_is_not_confirmed_yet_is_named(talk, cast, database, services, clock):
    first, second = session(VALUES, in_days=3), session(SPREADSHEET, in_days=6)
    await add_sessions(database, first, second)
    for room in (first, second):
        clock.moment = NOW
        await services.enrollments.enroll(caller(cast.sari), room.code)
    clock.moment = first.ends_at
    await services.attendance_lists.confirm(None, first.code, everybody_came=True)
    clock.moment = second.starts_at
    await services.attendance_lists.mark_all_present(None, second.code)
    chat = talk(cast.sari)
    chat.hear("sertifikat saya mana", "certificate")
    [told] = await chat.run("action_certificate")
    assert told.payloads[0] == '/certificate_file{"enrollment": "1"}'
    assert "Menunggu daftar hadir disahkan petugas:\n• Analisis Data" in told.text
    chat.hear("sertifikat TIK-02 mana", "certificate")
    [told] = await chat.run("action_certificate")
    assert "belum tercatat menyelesaikan *Analisis Data" in told.text
    assert "Menunggu daftar hadir" in told.text
    assert told.payloads[0] == "/talk_to_hr"


async def test_the_certificate_of_one_training_is_answered_about_that_training(talk, cast, database):
    await add_sessions(database, session(SPREADSHEET))
    chat = talk(cast.sari)
    chat.hear("sertifikat TIK-02 mana", "certificate")
    [told] = await chat.run("action_certificate")
    assert "belum tercatat menyelesaikan *Analisis Data" in told.text
    assert told.custom["course"] == "TIK-02"


async def test_a_supervisor_sees_the_requests_and_where_to_decide(talk, cast, database, services):
    await add_sessions(database, session(SPREADSHEET, needs_approval=True))
    await services.enrollments.enroll(caller(cast.sari), "TIK-02-A")
    chat = talk(cast.bambang)
    chat.hear("ada yang nunggu persetujuan?", "pending_approvals")
    [told] = await chat.run("action_pending_approvals")
    assert "Sari Puspita" in told.text
    assert "/persetujuan" in told.text
    assert cast.sari.nip not in told.text
    chat = talk(cast.lina)
    chat.hear("ada yang nunggu persetujuan?", "pending_approvals")
    [none] = await chat.run("action_pending_approvals")
    assert "Tidak ada permintaan" in none.text


@pytest.mark.parametrize(
    "action",
    [
        "action_enrollment_status",
        "action_my_schedule",
        "action_learning_hours",
        "action_certificate",
        "action_pending_approvals",
        "action_ticket_status",
        "action_my_profile",
        "action_opt_out",
        "action_opt_in",
        "action_delete_my_data",
        "action_create_ticket",
        "action_enroll",
        "action_cancel_enrollment",
    ],
)
async def test_a_visitor_is_told_how_to_link(talk, database, action):
    chat = talk(None)
    chat.slots |= {"confirmed": True, "session": "TIK-02-A", "enrollment": "1", "question": "apa?"}
    chat.hear("punya saya", "my_profile")
    [told] = await chat.run(action)
    assert "/start" in told.text


async def test_the_hours_tell_what_they_are_made_of(talk, cast, database):
    async with database() as uow:
        for entry in (
            HoursEntry(cast.sari.person_id, 20, date(2025, 3, 1), "Lokakarya"),
            HoursEntry(cast.sari.person_id, 16, date(2026, 3, 1), "Analisis Data"),
            HoursEntry(cast.sari.person_id, -8, date(2026, 3, 1), "Analisis Data", "hadir satu hari"),
        ):
            await uow.hours.add(entry)
        await uow.commit()
    chat = talk(cast.sari)
    chat.hear("jp saya berapa", "learning_hours")
    [told] = await chat.run("action_learning_hours")
    assert "1 Maret 2026: Analisis Data, 16 JP" in told.text
    assert "-8 JP (koreksi: hadir satu hari)" in told.text
    assert "Tahun sebelumnya: 2025: 20 JP" in told.text
    assert "/certificate" in told.payloads


async def test_what_waits_for_the_confirmed_list_is_told_apart(talk, cast, database, services, clock):
    room = session(VALUES, in_days=4)
    await add_sessions(database, room)
    await services.enrollments.enroll(caller(cast.sari), room.code)
    clock.moment = room.starts_at
    await services.attendance_lists.mark_all_present(None, room.code)
    chat = talk(cast.sari)
    chat.hear("jp saya berapa", "learning_hours")
    [told] = await chat.run("action_learning_hours")
    assert "Terjadwal: 0 JP" in told.text
    assert "menunggu daftar hadir disahkan: 8 JP" in told.text
