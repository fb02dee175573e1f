"""Opening a session on a phone: question after question, the whole shown back, and nothing opened before the yes."""

from datetime import timedelta

import pytest

from bot.callback_data import DialoguePress, Verb, VerbPress, encode
from bot.texts import session_drafts as texts
from core.bootstrap import Services
from core.domain.courses import Session
from core.domain.people import Person
from tests.bot.conftest import FakeRasa, Running
from tests.bot.offline import Call
from tests.factories import VALUES, Cast, add_sessions, caller, session, telegram_id
from tests.fakes import FakeDatabase, FixedClock

TIMES = "10-12-2026 08.00 sampai 11-12-2026 16.00"


class Officer:
    """Presses what stands under the latest message, and types."""

    def __init__(self, running: Running, person: Person) -> None:
        self.running, self.id = running, telegram_id(person)
        self.latest: Call | None = None
        self.message_id = 0

    async def say(self, words: str) -> str:
        (*_, self.latest) = await self.running.say(self.id, words)
        self.message_id = self.running.newest
        return self.latest.text

    async def press(self, title: str) -> str:
        assert self.latest is not None
        data = dict(self.latest.buttons)[title]
        sent = await self.running.press(self.id, data, message_id=self.message_id)
        if sent:
            self.latest, self.message_id = sent[-1], self.running.newest
        else:
            self.latest = self.running.request.sent("editMessageText")[-1]
        return self.latest.text

    @property
    def titles(self) -> list[str]:
        return [title for title, _ in self.latest.buttons] if self.latest else []


@pytest.fixture
async def officer(running: Running, database: FakeDatabase, cast: Cast) -> Officer:
    await add_sessions(database, session(), session(VALUES, in_days=30, place="BPSDM, Aula 2"))
    return Officer(running, cast.dewi)


async def up_to_the_summary(officer: Officer) -> str:
    await officer.say("/kelas")
    await officer.press(texts.NEW_BUTTON)
    await officer.press("TIK-02 Analisis Data dengan Spreadsheet")
    await officer.say(TIMES)
    await officer.press("BPSDM, Aula 2")
    await officer.press("30 kursi")
    await officer.press("Sehari sebelumnya, Rabu, 9 Desember 2026 pukul 08.00 WIB")
    return await officer.press("Perlu persetujuan atasan")


async def opened(services: Services, code: str = "TIK-02-B") -> Session:
    return await services.catalogue.session(code)


async def test_a_session_is_opened_by_buttons_one_typed_line_and_a_yes(
    officer: Officer, services: Services, database: FakeDatabase, cast: Cast, rasa: FakeRasa
) -> None:
    whole = await up_to_the_summary(officer)
    for words in (
        "(TIK-02-B) akan dibuka",
        "10–11 Desember 2026, 08.00–16.00 WIB",
        "BPSDM, Aula 2",
        "16 JP, 30 kursi",
        "Persetujuan atasan: perlu",
    ):
        assert words in whole
    assert "TIK-02-B" not in database.records.sessions
    done = await officer.press(texts.OPEN_BUTTON)
    assert "Kelas TIK-02-B dibuka" in done
    session_now = await opened(services)
    assert (session_now.seats, session_now.needs_approval, session_now.has_waiting_list) == (30, True, True)
    assert ("session_opened", f"person:{cast.dewi.person_id}", "session:TIK-02-B", {}) in database.records.audit
    assert (await services.enrollments.enroll(caller(cast.sari), "TIK-02-B")).is_new
    assert rasa.asked == []
    await officer.say("cuti berapa hari")
    assert len(rasa.asked) == 1  # the dialogue has the floor again


async def test_everything_can_be_typed_and_a_restart_in_between_loses_nothing(
    officer: Officer, services: Services
) -> None:
    await officer.say("/kelas")
    await officer.press(texts.NEW_BUTTON)
    for words in ("TIK-02", TIMES, "https://rapat.contoh.example/tik02", "25 kursi", "08-12-2026 12.00", "tidak perlu"):
        await officer.say(words)
        officer.running.restart()
    await officer.press(texts.OPEN_BUTTON)
    session_now = await opened(services)
    assert session_now.place == "https://rapat.contoh.example/tik02"
    assert (session_now.seats, session_now.needs_approval) == (25, False)
    assert session_now.closes_at.isoformat() == "2026-12-08T05:00:00+00:00"


async def test_what_cannot_be_read_is_asked_again_with_the_reason(officer: Officer) -> None:
    await officer.say("/kelas")
    await officer.press(texts.NEW_BUTTON)
    assert "belum saya temukan" in await officer.say("qwertyuiop")
    await officer.say("TIK-02")
    for words, answer in (
        ("besok saja", "belum bisa saya baca"),
        ("10-12-2026 08.00", "belum bisa saya baca"),
        ("10-12-2025 08.00 sampai 16.00", "sudah lewat"),
        ("10-12-2026 16.00 sampai 08.00", "sesudah waktu mulai"),
    ):
        said = await officer.say(words)
        assert answer in said
        assert "Kapan?" in said
    await officer.say(TIMES)
    assert "paling banyak 300" in await officer.say("x" * 301)
    await officer.say("Aula")
    assert "belum bisa saya baca" in await officer.say("banyak")
    await officer.say("20")
    assert "sudah lewat" in await officer.say("01-11-2026 08.00")
    assert "sebelum kelas mulai" in await officer.say("12-12-2026 08.00")
    await officer.say("09-12-2026 08.00")
    assert "Tulis perlu atau tidak" in await officer.say("terserah")
    await officer.say("perlu")
    assert "Ya, buka" in await officer.say("oke sip")


async def test_one_goes_back_and_changes_parts_of_the_whole(officer: Officer, services: Services) -> None:
    await up_to_the_summary(officer)
    await officer.press("Ubah kursi")
    assert "40 kursi" in await officer.press("40 kursi")
    assert "Persetujuan atasan: tidak perlu" in await officer.press("Persetujuan atasan: perlu (ganti)")
    assert "Daftar tunggu: tidak ada" in await officer.press("Daftar tunggu: ada (ganti)")
    await officer.press("Ubah tempat")
    assert "Kapan?" in await officer.press(texts.BACK_BUTTON)
    assert "Pelatihan mana?" in await officer.say("kembali")
    assert "(SOS-01-B) akan dibuka" in await officer.press("SOS-01 Internalisasi BerAKHLAK")
    # earlier than the deadline, which is asked for anew
    await officer.press("Ubah waktu")
    assert "Sampai kapan" in await officer.say("8 Desember 2026 08.00-16.00")
    await officer.say("kembali")
    await officer.press("30 kursi")
    await officer.press("Sehari sebelumnya, Senin, 7 Desember 2026 pukul 08.00 WIB")
    await officer.press(texts.OPEN_BUTTON)
    session_now = await opened(services, "SOS-01-B")
    assert (session_now.seats, session_now.needs_approval, session_now.has_waiting_list) == (30, False, False)


@pytest.mark.parametrize("word", ["batal", "Tidak jadi.", None])
async def test_stopping_opens_nothing(
    officer: Officer, database: FakeDatabase, rasa: FakeRasa, word: str | None
) -> None:
    await up_to_the_summary(officer)
    said = await officer.say(word) if word else await officer.press(texts.STOP_BUTTON)
    assert said == texts.STOPPED
    assert set(database.records.sessions) == {"TIK-02-A", "SOS-01-A"}
    await officer.say("jadwal saya")
    assert len(rasa.asked) == 1


async def test_buttons_under_an_older_question_change_nothing(
    officer: Officer, running: Running, database: FakeDatabase
) -> None:
    await up_to_the_summary(officer)
    old = encode(VerbPress(Verb.DRAFT_OPEN))
    await running.press(officer.id, old, message_id=officer.message_id - 1)
    assert texts.OUTDATED in running.request.sent("editMessageText")[-1].text
    assert "TIK-02-B" not in database.records.sessions
    await officer.press(texts.OPEN_BUTTON)
    await running.press(officer.id, old, message_id=officer.message_id)
    assert texts.FORGOTTEN in running.request.sent("editMessageText")[-1].text
    assert set(database.records.sessions) == {"TIK-02-A", "SOS-01-A", "TIK-02-B"}


async def test_a_code_taken_meanwhile_gives_way_to_the_next(
    officer: Officer, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    await up_to_the_summary(officer)
    await services.sessions.open(caller(cast.agus), session(letter="B", in_days=50))
    assert texts.CODE_TAKEN in await officer.press(texts.OPEN_BUTTON)
    await officer.press(texts.OPEN_BUTTON)
    assert "TIK-02-C" in database.records.sessions


async def test_a_summary_overtaken_by_time_asks_for_another(officer: Officer, services: Services) -> None:
    await officer.say("/kelas")
    await officer.press(texts.NEW_BUTTON)
    now = services.clock.now() + timedelta(minutes=20)
    soon = f"{now + timedelta(hours=7):%d-%m-%Y %H.%M} sampai {now + timedelta(hours=15):%d-%m-%Y %H.%M}"
    closes = f"{now + timedelta(hours=7, minutes=-5):%d-%m-%Y %H.%M}"
    for words in ("TIK-02", soon, "Aula", "20", closes, "tidak"):
        await officer.say(words)
    assert isinstance(services.clock, FixedClock)
    services.clock.pass_by(minutes=25)
    said = await officer.press(texts.OPEN_BUTTON)
    assert "sudah lewat" in said
    assert "Kapan?" in said


@pytest.mark.parametrize("verb", [Verb.OPEN_SESSION, Verb.DRAFT_OPEN, Verb.DRAFT_STOP, Verb.DRAFT_BACK])
async def test_only_officers_open_sessions(
    running: Running, database: FakeDatabase, cast: Cast, officer: Officer, verb: Verb
) -> None:
    await up_to_the_summary(officer)
    await running.press(telegram_id(cast.sari), encode(VerbPress(verb)), message_id=officer.message_id)
    assert "akan dibuka" not in running.request.sent("editMessageText")[-1].text
    assert "TIK-02-B" not in database.records.sessions


async def test_an_officer_who_is_none_any_more_opens_nothing(
    officer: Officer, database: FakeDatabase, cast: Cast
) -> None:
    await up_to_the_summary(officer)
    people = database.records.people
    people[cast.dewi.person_id] = type(cast.dewi)(**{**vars(cast.dewi), "is_hr": False})
    await officer.press(texts.OPEN_BUTTON)
    assert "TIK-02-B" not in database.records.sessions


async def test_a_button_of_the_dialogue_ends_it_and_other_business_does_not(
    officer: Officer, running: Running, rasa: FakeRasa
) -> None:
    await up_to_the_summary(officer)
    await running.press(officer.id, encode(VerbPress(Verb.LIST_SESSIONS, choice=1)), message_id=5)
    assert "Ya, buka" in await officer.say("hm")
    await running.press(officer.id, encode(DialoguePress("list_trainings")), message_id=6)
    rasa.asked.clear()
    await officer.say("jp saya")
    assert len(rasa.asked) == 1
