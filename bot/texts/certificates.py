"""The words on a certificate, around it, and of its check."""

from datetime import datetime

from bot.texts import dates
from core.domain.courses import Session
from core.domain.people import Person
from core.services.certificates import CertificateCheck, OwnCertificate

ISSUER = "Pemerintah Provinsi Daerah Khusus Jakarta"
TITLE = "Sertifikat Pelatihan"
GIVEN_TO = "diberikan kepada"
HAS_COMPLETED = "yang telah menyelesaikan pelatihan"
SAMPLE_MARK = "CONTOH"
SCAN = "Pindai untuk memeriksa keaslian"
CERTIFICATE_BUTTON = "Unduh sertifikat"


def number_line(number: str) -> str:
    return f"Nomor {number}"


def who(person: Person) -> str:
    """Never the NIP: a certificate is shown around."""
    return f"{person.position}, {person.unit.name}"


def when_and_how_long(session: Session, hours: int) -> tuple[str, str]:
    return dates.period(session.starts_at, session.ends_at), f"{hours} jam pelajaran (JP), {session.place}"


def foot(issued_at: datetime, *, is_sample: bool) -> list[str]:
    lines = [
        f"Diterbitkan secara elektronik oleh Rekan ASN, {dates.day(issued_at)},",
        "berdasarkan daftar hadir yang disahkan tim SDM.",
    ]
    return [*lines, "Dokumen contoh: orang dan pelatihan di dalamnya rekaan."] if is_sample else lines


def caption(own: OwnCertificate) -> str:
    return f"Sertifikat {own.enrollment.session.course.title}, nomor {own.certificate.number}."


def check_text(check: CertificateCheck) -> str:
    """What a stranger with the number may know."""
    facts = (
        f"• Pelatihan: {check.session.course.title}, {check.hours} JP\n"
        f"• Waktu: {dates.period(check.session.starts_at, check.session.ends_at)}\n"
        f"• Nama: {check.masked_name}"
    )
    sample = "\n\nIni data contoh; orangnya rekaan." if check.is_sample else ""
    if not check.is_valid:
        return f"✗ Sertifikat *{check.number}* sudah *dicabut* dan tidak berlaku lagi.{sample}"
    return f"✓ Sertifikat *{check.number}* *sah*.\n\n{facts}\n\nCocokkan dengan yang tertulis di dokumennya.{sample}"
