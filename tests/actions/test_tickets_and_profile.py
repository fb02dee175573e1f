"""Questions to HR, and a person's own data."""

import pytest

from tests.factories import telegram_id


async def tickets_of(database, person):
    async with database() as uow:
        return [ticket.question for ticket in await uow.tickets.of_person(person.person_id)]


async def test_an_unanswered_question_need_not_be_typed_again(talk, cast, database):
    chat = talk(cast.sari)
    chat.hear("apakah guru honorer dapat TPP?", "ask_policy")
    chat.press("/talk_to_hr")
    [asked] = await chat.start("ticket_form")
    assert "apakah guru honorer dapat TPP?" in asked.text
    assert asked.payloads == ["/affirm", "/talk_to_hr", "/deny"]
    [told] = await chat.yes()
    assert told.custom == {"ticket": 1}
    assert await tickets_of(database, cast.sari) == ["apakah guru honorer dapat TPP?"]


async def test_looking_at_a_suggestion_in_between_keeps_the_question(talk, cast):
    chat = talk(cast.sari)
    chat.hear("apakah guru honorer dapat TPP?", "ask_policy")
    chat.press('/show_section{"section": "G01"}')
    chat.press("/talk_to_hr")
    [asked] = await chat.start("ticket_form")
    assert "honorer" in asked.text


async def test_otherwise_the_question_is_asked_for_and_confirmed(talk, cast, database):
    chat = talk(cast.sari)
    chat.hear("mau ngomong sama orang HR", "talk_to_hr")
    [asked] = await chat.start("ticket_form")
    assert asked.payloads == ["/cancel_dialogue"]
    chat.hear("kapan SK saya terbit?", "ask_policy")
    [confirm] = await chat.answer(question="kapan SK saya terbit?")
    assert "kapan SK saya terbit?" in confirm.text
    await chat.no()
    assert await tickets_of(database, cast.sari) == []


async def test_a_request_that_says_what_it_is_about_is_the_question(talk, cast):
    chat = talk(cast.sari)
    chat.hear("tolong tanyakan ke HR apakah cuti besar bisa dipakai umrah tahun depan", "talk_to_hr")
    [asked] = await chat.start("ticket_form")
    assert "umrah" in asked.text


async def test_writing_it_anew_asks_again(talk, cast):
    chat = talk(cast.sari)
    chat.hear("apakah guru honorer dapat TPP?", "ask_policy")
    chat.press("/talk_to_hr")
    await chat.start("ticket_form")
    chat.press("/talk_to_hr")
    [asked] = await chat.answer()
    assert asked.payloads == ["/cancel_dialogue"]
    assert chat.slots["question"] is None


async def test_a_pressed_button_never_becomes_the_question(talk, cast):
    chat = talk(cast.sari)
    chat.press("/talk_to_hr")
    await chat.start("ticket_form")
    chat.press("/list_trainings")
    [asked] = await chat.answer(question="/list_trainings")
    assert asked.payloads == ["/cancel_dialogue"]


async def test_a_question_too_long_is_asked_for_again(talk, cast, database):
    chat = talk(cast.sari)
    chat.press("/talk_to_hr")
    await chat.start("ticket_form")
    chat.hear("a" * 2001, "ask_policy")
    too_long, asked = await chat.answer(question="a" * 2001)
    assert "2000" in too_long.text
    assert asked.payloads == ["/cancel_dialogue"]


async def test_feedback_can_be_passed_on(talk, cast):
    chat = talk(cast.sari)
    chat.hear("botnya lambat banget", "feedback")
    [told] = await chat.run("action_record_feedback")
    assert told.payloads == ["/talk_to_hr"]
    chat.press("/talk_to_hr")
    [asked] = await chat.start("ticket_form")
    assert "botnya lambat banget" in asked.text


async def test_stars_of_others_do_not_become_markup(talk, cast):
    chat = talk(cast.sari)
    chat.hear("apa itu *TPP* ya", "ask_policy")
    chat.press("/talk_to_hr")
    [asked] = await chat.start("ticket_form")
    assert "*TPP*" not in asked.text


async def test_tickets_are_listed_with_their_state(talk, cast, database):
    chat = talk(cast.sari)
    chat.hear("tiket saya", "ticket_status")
    [none] = await chat.run("action_ticket_status")
    assert none.payloads == ["/talk_to_hr"]
    chat.slots |= {"question": "kapan SK terbit?", "confirmed": True}
    await chat.run("action_create_ticket")
    [told] = await chat.run("action_ticket_status")
    assert "Tiket 1" in told.text
    assert "Belum dijawab" in told.text


async def test_the_nip_and_phone_are_never_shown_in_full(talk, cast):
    chat = talk(cast.sari)
    chat.hear("data saya", "my_profile")
    [told] = await chat.run("action_my_profile")
    assert "Sari Puspita" in told.text
    assert cast.sari.nip not in told.text
    assert cast.sari.nip[:8] not in told.text
    assert cast.sari.phone not in told.text


async def test_broadcasts_are_stopped_and_resumed(talk, cast, database):
    chat = talk(cast.sari)
    for action, opted_out in (("action_opt_out", True), ("action_opt_in", False)):
        chat.hear("siaran", "opt_out")
        await chat.run(action)
        async with database() as uow:
            account = await uow.accounts.get(telegram_id(cast.sari))
        assert (account.opted_out_at is not None) is opted_out


async def test_deleting_needs_a_yes(talk, cast, database):
    chat = talk(cast.sari)
    chat.hear("hapus data saya", "delete_my_data")
    [asked] = await chat.start("delete_data_form")
    assert asked.payloads == ["/affirm", "/deny"]
    [kept] = await chat.no()
    assert "tidak dihapus" in kept.text
    async with database() as uow:
        assert await uow.accounts.get(telegram_id(cast.sari)) is not None


async def test_a_yes_deletes_and_unlinks(talk, cast, database):
    chat = talk(cast.sari)
    chat.hear("hapus data saya", "delete_my_data")
    await chat.start("delete_data_form")
    [told] = await chat.yes()
    assert "sudah dihapus" in told.text
    async with database() as uow:
        assert await uow.accounts.get(telegram_id(cast.sari)) is None


async def test_a_yes_that_takes_itself_back_deletes_nothing(talk, cast, database):
    chat = talk(cast.sari)
    chat.hear("hapus data saya", "delete_my_data")
    await chat.start("delete_data_form")
    chat.hear("ya nggak jadi", "affirm")
    await chat.answer(confirmed=True)
    async with database() as uow:
        assert await uow.accounts.get(telegram_id(cast.sari)) is not None


@pytest.mark.parametrize("value", ["true", 1, {"yes": True}, []])
async def test_only_a_real_yes_deletes(talk, cast, database, value):
    chat = talk(cast.sari)
    chat.slots["confirmed"] = value
    chat.hear("/affirm", "affirm")
    await chat.run("action_delete_my_data")
    async with database() as uow:
        assert await uow.accounts.get(telegram_id(cast.sari)) is not None
