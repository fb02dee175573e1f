"""A small knowledge base for the tests of search: invented rules, so that nobody takes them for real ones."""

HEADER = '---\nid: {id}\ntitle: "{title}"\nas_of: 2026-11-24\n---\n'


def document(document_id: str, title: str, *sections: str) -> tuple[str, str]:
    return f"{document_id}.md", "\n\n".join([HEADER.format(id=document_id, title=title), *sections])


def section(section_id: str, title: str, text: str, *questions: str, verification: str = "primary") -> str:
    asked = f"\n- questions: {' | '.join(questions)}" if questions else ""
    return f"## {section_id} · {title}\n\n{text}\n\n- basis: Aturan Uji 1\n- verification: {verification}{asked}"


ANNUAL = section(
    "X01",
    "Cuti tahunan",
    "PNS berhak atas 12 hari kerja cuti tahunan.",
    "berapa hari cuti tahunan pns?",
    "jatah cuti tahunan",
)
ANNUAL_PPPK = section(
    "X02",
    "Cuti tahunan PPPK",
    "PPPK berhak atas 9 hari kerja cuti tahunan.",
    "berapa hari cuti tahunan pppk?",
    "jatah cuti tahunan pppk",
)
GRADE = section(
    "X03",
    "Golongan II",
    "Golongan II terdiri atas II/a, II/b, II/c, dan II/d.",
    "2c pangkatnya apa?",
    "arti golongan ii/c",
)
PPK = section(
    "X04", "Pejabat pembina", "PPK adalah pejabat pembina kepegawaian.", "ppk itu siapa?", "apa kepanjangan ppk?"
)
PYB = section(
    "X05", "Pejabat berwenang", "PyB adalah pejabat yang berwenang.", "pyb itu siapa?", "kepanjangan pyb apa?"
)
VALUES = section(
    "X06",
    "Tiga nilai",
    "Nilai kerja ada tiga: harmonis, loyal, dan adaptif.",
    "apa saja nilai kerja?",
    "sebutkan tiga nilai",
)
HARMONY = section("X07", "Harmonis", "Harmonis berarti saling menghargai.", "contoh harmonis apa?")
LOYALTY = section("X08", "Loyal", "Loyal berarti setia.", "contoh loyal apa?")
ADAPTIVE = section("X09", "Adaptif", "Adaptif berarti menyesuaikan diri.", "contoh adaptif apa?")

LEAVE = document("uji-cuti", "Cuti untuk uji", ANNUAL, ANNUAL_PPPK)
OFFICE = document("uji-jabatan", "Jabatan untuk uji", GRADE, PPK, PYB, VALUES, HARMONY, LOYALTY, ADAPTIVE)
