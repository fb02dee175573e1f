"""Processes die; people must not notice more than a calm sentence, and nothing is lost or doubled."""

import os
import signal

from tests.e2e.conftest import SamplePerson, add_session_with_reminder_due, share_own_contact
from tests.e2e.system import Phone, System, wait_for


def test_a_message_sent_while_the_bot_is_dead_is_answered_when_it_is_back(system: System) -> None:
    phone = Phone(system, 799_000_201)
    phone.send({"start": ""})
    phone.wait_for_text("Rekan ASN")
    os.kill(system.pid_of("bot"), signal.SIGKILL)
    posted = phone.post({"text": "halo"})
    wait_for(
        lambda: [m for m in phone.from_bot() if m["message_id"] > posted["message_id"]],
        "the answer of the restarted bot",
        seconds=60,
    )


def test_with_the_action_server_dead_there_is_one_calm_sentence_and_then_the_answer_again(system: System) -> None:
    phone = Phone(system, 799_000_202)
    phone.send({"start": ""})
    phone.wait_for_text("Rekan ASN")
    os.kill(system.pid_of("actions"), signal.SIGKILL)
    calm = phone.say("cuti tahunan pns berapa hari?")
    assert calm["text"]

    def answered() -> bool:
        return "12 hari" in (phone.say("cuti tahunan pns berapa hari?")["text"] or "")

    wait_for(answered, "the answer once the action server is back", seconds=60)


def test_a_message_due_while_the_scheduler_is_dead_arrives_once_it_is_back(
    system: System, sample_people: list[SamplePerson]
) -> None:
    person = next(p for p in sample_people if p.role == "petugas HR")
    phone = Phone(system, person.user_id)
    phone.send({"start": ""})
    share_own_contact(phone, person)
    os.kill(system.pid_of("scheduler"), signal.SIGKILL)
    text = "Pesan yang ditulis saat penjadwal mati."
    assert system.rekan("campaign", "send", "--to", "all", "--yes", "--urgent", text).returncode == 0
    phone.wait_for_text(text, seconds=60)
    assert sum(text in (m["text"] or "") for m in phone.from_bot()) == 1


def test_a_person_talks_on_and_is_reminded_after_the_sandbox_was_killed(
    system: System, sample_people: list[SamplePerson]
) -> None:
    person = next(p for p in reversed(sample_people) if p.role == "pegawai")
    phone = Phone(system, person.user_id)
    phone.send({"start": ""})
    share_own_contact(phone, person)
    add_session_with_reminder_due(system, "TIK-05-B", needs_approval=False)
    phone.say("saya mau daftar TIK-05-B")
    before = phone.all_messages()
    os.kill(system.pid_of("sandbox"), signal.SIGKILL)
    wait_for(system.sandbox_answers, "the sandbox to be started again", seconds=60)
    assert phone.all_messages() == before
    after = phone.newest_id()
    phone.press("Ya")  # on the message from before
    phone.wait_for_text("Pengingat pelatihan", after=after, seconds=60)
    assert phone.say("halo")["message_id"] > after
