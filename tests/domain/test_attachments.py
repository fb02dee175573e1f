"""Files for campaigns: judged by their bytes, shown as pictures only where Telegram would."""

import io
import struct
import zipfile

import pytest

from core.domain.attachments import FILE_LIMIT, LONGEST_NAME, PHOTO_LIMIT, AttachmentKind, checked
from core.domain.errors import BadFile, FileFault

PNG = b"\x89PNG\r\n\x1a\n" + bytes(8)


def png(width: int, height: int) -> bytes:
    return PNG + struct.pack(">II", width, height) + bytes(8)


def jpeg(width: int, height: int) -> bytes:
    """With a segment before the frame, as cameras write it."""
    note = b"\xff\xe1" + struct.pack(">H", 6) + b"Exif"
    return b"\xff\xd8" + note + b"\xff\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + bytes(9)


def office(*parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for part in parts:
            made.writestr(part, "isi")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("peta.png", png(800, 600), AttachmentKind.PHOTO),
        ("foto.JPG", jpeg(4000, 3000), AttachmentKind.PHOTO),
        ("panjang.png", png(9000, 1001), AttachmentKind.DOCUMENT),
        ("pita.jpeg", jpeg(2100, 100), AttachmentKind.DOCUMENT),
        ("berat.png", png(800, 600) + bytes(PHOTO_LIMIT), AttachmentKind.DOCUMENT),
        ("terpotong.jpg", b"\xff\xd8\xff", AttachmentKind.DOCUMENT),
        ("se.pdf", b"%PDF-1.7", AttachmentKind.DOCUMENT),
        ("se.docx", office("[Content_Types].xml", "word/document.xml"), AttachmentKind.DOCUMENT),
        ("jadwal.xlsx", office("xl/workbook.xml"), AttachmentKind.DOCUMENT),
    ],
)
def test_each_kind_goes_out_as_telegram_shows_it(name: str, content: bytes, kind: AttachmentKind) -> None:
    assert checked(name, content) == (kind, name)


def test_a_picture_sent_as_a_document_stays_one() -> None:
    assert checked("peta.png", png(800, 600), as_photo=False)[0] is AttachmentKind.DOCUMENT


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("se.pdf", b"", FileFault.EMPTY),
        ("se.pdf", b"%PDF-" + bytes(FILE_LIMIT), FileFault.TOO_LARGE),
        ("jahat.exe", b"MZ", FileFault.KIND),
        ("halaman.html", b"<script>", FileFault.KIND),
        ("tanpa", b"%PDF-1.7", FileFault.KIND),
        ("se.docm", office("word/document.xml"), FileFault.KIND),
        ("se.pdf", b"MZ", FileFault.NOT_AS_NAMED),
        ("peta.png", jpeg(10, 10), FileFault.NOT_AS_NAMED),
        ("se.docx", b"PK\x03\x04 bukan zip", FileFault.NOT_AS_NAMED),
        ("se.docx", office("xl/workbook.xml"), FileFault.NOT_AS_NAMED),
        ("se.docx", office("word/document.xml", "word/vbaProject.bin"), FileFault.MACROS),
    ],
)
def test_what_is_not_sent_to_staff(name: str, content: bytes, fault: FileFault) -> None:
    with pytest.raises(BadFile) as refusal:
        checked(name, content)
    assert refusal.value.fault is fault


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/se.pdf", "se.pdf"), ("C:\\surat\\se.pdf", "se.pdf"), ("se\n\u202efdp.pdf", "se fdp.pdf")],
)
def test_a_name_is_one_line_and_no_path(given: str, kept: str) -> None:
    assert checked(given, b"%PDF-1.7")[1] == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = checked("x" * 300 + ".pdf", b"%PDF-1.7")[1]
    assert len(name) == LONGEST_NAME
    assert name.endswith(".pdf")
