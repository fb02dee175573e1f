"""The whole way on phones, every process running: a question nobody can answer, HR's answer, and an answer for the next."""

from tests.e2e.conftest import SamplePerson, share_own_contact
from tests.e2e.system import Phone, System

ASKED = "AC di ruangan kantor kami mati, lapor ke siapa ya?"
ANSWER = "Laporkan kepada pengurus barang di sekretariat unit Anda."


def linked(system: System, person: SamplePerson) -> Phone:
    phone = Phone(system, person.user_id)
    phone.send({"start": ""})
    share_own_contact(phone, person)
    phone.say("/batal")  # whatever another test left open
    return phone


def test_a_refused_question_becomes_a_ticket_an_answer_and_knowledge_for_the_next(
    system: System, sample_people: list[SamplePerson]
) -> None:
    first, second = (linked(system, p) for p in [p for p in sample_people if p.role == "pegawai"][:2])
    officer, judge = (linked(system, p) for p in [p for p in sample_people if p.role == "petugas HR"][:2])

    assert ANSWER not in first.say(ASKED)["text"]
    first.press("Tanya HR")
    before = officer.newest_id(), judge.newest_id()
    assert "tiket nomor" in first.press("Ya, kirim")["text"]
    officer.wait_for_text("Tiket baru nomor", "AC di ruangan", after=before[0])
    judge.wait_for_text("Tiket baru nomor", "AC di ruangan", after=before[1])

    assert "Tiket ini Anda tangani" in officer.press("Saya tangani")["text"]
    assert "sedang ditangani" in judge.press("Saya tangani")["text"]
    assert ANSWER in officer.say(ANSWER)["text"]
    before = (first.newest_id(), 0)
    assert "sudah saya kirim" in officer.press("Kirim jawaban")["text"]
    first.wait_for_text("Jawaban tim SDM untuk tiket", ANSWER, after=before[0])
    assert "sudah dijawab" in first.say("/tiket")["text"]

    assert "secara umum" in officer.press("Jadikan pengetahuan")["text"]
    officer.say("Kerusakan AC kantor dilaporkan kepada siapa?\nAC ruangan mati lapor ke siapa")
    assert "Tanpa dasar tidak bisa" in officer.say("tidak ada dasarnya")["text"]
    assert "Pergub 7/2022 Pasal 3" in officer.say("Pergub 7/2022 Pasal 3")["text"]
    before = (judge.newest_id(), 0)
    assert "petugas lain" in officer.press("Ajukan pemeriksaan")["text"]
    judge.wait_for_text("Mohon diperiksa", ANSWER, "Pergub 7/2022 Pasal 3", after=before[0])
    assert "Mulai sekarang dipakai menjawab" in judge.press("Setujui")["text"]

    told = second.say(ASKED)["text"]
    assert ANSWER in told
    assert "Pergub 7/2022 Pasal 3" in told
    assert "diperiksa dua petugas" in told


def test_a_reply_to_a_campaign_is_answered_with_its_own_words(
    system: System, sample_people: list[SamplePerson]
) -> None:
    phone = linked(system, next(p for p in sample_people if p.role == "pegawai"))
    before = phone.newest_id()
    text = "*Vaksinasi pegawai*\nVaksinasi gratis diadakan di Blok G lantai 3. Bawa kartu pegawai."
    sent = system.rekan("campaign", "send", "--to", "all", "--yes", "--urgent", text)
    assert sent.returncode == 0, sent.stdout + sent.stderr
    news = phone.wait_for_text("Vaksinasi gratis", after=before)
    told = phone.send({"text": "tempatnya di mana?", "reply_to": news["message_id"]})
    assert "Menurut pesan “Vaksinasi pegawai”" in told["text"]
    assert "Blok G lantai 3" in told["text"]
    assert "tiket nomor" in phone.press("Tanya tim SDM")["text"]
