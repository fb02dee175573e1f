"""How a campaign goes out, as HR sets it on the phone: a last moment, reminders, links, trials and corrections."""

from collections.abc import Sequence
from datetime import datetime

from bot.callback_data import Press
from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.texts import dates
from core.domain.campaign_content import LONGEST_TITLE, MOST_LINKS
from core.domain.campaigns import Campaign, CampaignStatus, chases
from core.services.trial_people import MOST, Named

Buttons = list[tuple[str, Press]]

_V = CampaignVerb

OPTIONS_BUTTON = "Pilihan"
LINKS_BUTTON = "Tombol tautan"
TIME_BUTTON = "Waktu kirim"
LATEST_BUTTON = "Batas akhir"
CHASE_BUTTON = "Pengingat"
TRIAL_TO_BUTTON = "Uji coba ke orang lain"
CORRECT_BUTTON = "Ralat isi"
EDIT_BUTTON = "Ubah"
BACK_BUTTON = "Kembali"

DAYS = (1, 2, 3, 5, 7, 14)
TIMES = (1, 2, 3)

ASK_LINKS = (
    f"Tulis tautannya, satu baris satu tautan, paling banyak {MOST_LINKS}: judul tombolnya (paling panjang {LONGEST_TITLE} "
    "huruf), lalu alamatnya.\n\nContoh:\nSurat edaran https://contoh.example/se-12\n\n"
    "Yang lama diganti. Ketik /batal bila tidak jadi."
)
ASK_LATEST = (
    "Sampai kapan boleh dikirim? Sesudah itu tidak ada lagi yang keluar. Sampai saat itu, pegawai yang baru masuk sasaran juga "
    "menerimanya."
)
ASK_LATEST_WORDS = "Tulis batas akhirnya, misalnya: 4-12-2026 17.00. Ketik /batal bila tidak jadi."
LATEST_NOT_READ = "Waktu itu belum saya pahami. Tulis seperti ini: 4-12-2026 17.00. Ketik /batal bila tidak jadi."
ASK_CHASE = (
    "Ingatkan yang belum menjawab sesudah berapa hari? Yang sudah menekan “Sudah baca dan paham” tidak diingatkan lagi. "
    "Tanda bacanya ikut dinyalakan."
)
ASK_TRIAL_TO = (
    f"Kirim uji coba kepada siapa? Tulis nama atau NIP, dipisah koma, paling banyak {MOST} orang.\n"
    "Ketik /batal bila tidak jadi."
)
ASK_CORRECTION = (
    "Tulis isi yang benar dalam satu pesan. Sesudah disetujui petugas lain, pesan yang terkirim dalam 48 jam terakhir "
    "saya ubah, dan yang belum terkirim memakai isi baru.\nKetik /batal bila tidak jadi."
)
EDIT_VOIDS = (
    "*Yang sudah diajukan atau disetujui?* Begitu diubah, sosialisasi ini kembali menjadi konsep dan persetujuannya batal; "
    "petugas lain perlu menyetujuinya lagi."
)


def menu(campaign: Campaign) -> tuple[str, Buttons]:
    """What it asks for and how it goes out, each changed by a press."""
    number, version = campaign.campaign_id, campaign.version
    words = [
        f"*Pilihan sosialisasi nomor {number}*\n",
        f"• Tanda baca: {'ya' if campaign.needs_acknowledgement else 'tidak'}",
        f"• Mendesak: {'ya, juga pada jam tenang' if campaign.is_urgent else 'tidak'}",
        f"• Waktu kirim: {dates.moment(campaign.scheduled_at) if campaign.scheduled_at else 'begitu dilepas'}",
        f"• Tanya tentang ini: {'ya' if campaign.takes_questions else 'tidak'}",
        f"• Batas akhir: {dates.moment(campaign.latest_at) if campaign.latest_at else 'tiga hari sesudah dilepas'}",
        f"• Pengingat: {chase_words(campaign) or 'tidak'}",
    ]
    return "\n".join(words), [
        ("Tanda baca: ganti", CampaignPress(_V.READING, number, version)),
        ("Mendesak: ganti", CampaignPress(_V.URGENCY, number, version)),
        (TIME_BUTTON, CampaignPress(_V.TIME, number)),
        ("Tanya tentang ini: ganti", CampaignPress(_V.QUESTIONS, number, version)),
        (LATEST_BUTTON, CampaignPress(_V.LATEST, number)),
        (CHASE_BUTTON, CampaignPress(_V.CHASE, number)),
        (TRIAL_TO_BUTTON, CampaignPress(_V.TRIAL_TO, number)),
        (BACK_BUTTON, CampaignPress(_V.OPEN, number)),
    ]


def chase_words(campaign: Campaign) -> str:
    """Empty: nobody is reminded."""
    if not chases(campaign):
        return ""
    return f"yang diam {campaign.chase_after_days} hari, paling banyak {campaign.chase_times} kali"


def edit_menu(campaign: Campaign) -> tuple[str, Buttons]:
    number = campaign.campaign_id
    return f"*Sosialisasi nomor {number}*\n\n{EDIT_VOIDS}", [
        ("Ubah isi", CampaignPress(_V.WRITE, number)),
        ("Sasaran", CampaignPress(_V.AUDIENCE, number)),
        ("Tambahan isi", CampaignPress(_V.EXTRAS, number)),
        (OPTIONS_BUTTON, CampaignPress(_V.OPTIONS, number)),
        (BACK_BUTTON, CampaignPress(_V.OPEN, number)),
    ]


def latest_buttons(number: int, ends: Sequence[datetime]) -> Buttons:
    """`ends`: the moments offered; the two behind them are words of one's own and no limit."""
    names = [*(dates.moment(end) for end in ends), "Tulis waktu lain", "Tanpa batas sendiri"]
    found: Buttons = [(name, CampaignPress(_V.LATEST_IS, number, place)) for place, name in enumerate(names, 1)]
    return [*found, *back(number)]


def chase_buttons(campaign: Campaign) -> Buttons:
    number = campaign.campaign_id
    found: Buttons = [(f"Sesudah {days} hari", CampaignPress(_V.CHASE_DAYS, number, days)) for days in DAYS]
    none: Buttons = [("Jangan ingatkan", CampaignPress(_V.CHASE_IS, number, NO_CHASE))]
    return [*found, *(none if chases(campaign) else back(number))]


NO_CHASE = 9
"""`detail` of CHASE_IS: no day and no reminder."""


def times_buttons(number: int, days: int) -> tuple[str, Buttons]:
    found: Buttons = [
        (f"Paling banyak {times} kali", CampaignPress(_V.CHASE_IS, number, 10 * days + times)) for times in TIMES
    ]
    return f"Sesudah {days} hari diam. Berapa kali paling banyak?", [*found, *back(number)]


def back(number: int) -> Buttons:
    return [(BACK_BUTTON, CampaignPress(_V.OPTIONS, number))]


def link_lines(campaign: Campaign) -> list[str]:
    return [f"• Tombol: {link.title.replace('*', '')} → {link.url}" for link in campaign.links]


def trial_sent(found: Named) -> str:
    names = ", ".join(person.name.replace("*", "") for person in found.people)
    return f"Uji coba saya kirim kepada {names}."


def not_found(found: Named) -> str:
    """What to write instead; nothing was sent."""
    lines = ["Belum ada yang saya kirim, karena:"]
    for words, alike in found.unclear:
        if not alike:
            lines.append(f"• “{words}” tidak ada di data kepegawaian")
        else:
            names = "; ".join(f"{p.name} ({p.unit.short_name}, NIP …{p.nip[-3:]})" for p in alike)
            lines.append(f"• “{words}” bisa berarti: {names}")
    return "\n".join([*lines, "Tulis lagi dengan nama lengkap atau NIP, atau ketik /batal bila tidak jadi."])


def correction_proposed(judges: int) -> str:
    if not judges:
        return "Ralat saya simpan, tetapi belum ada petugas lain yang dapat menyetujuinya."
    return f"Ralat diajukan kepada {judges} penyetuju. Isi lama tetap berlaku sampai disetujui."


def correction_line(campaign: Campaign) -> list[str]:
    return ["• Ralat: menunggu persetujuan"] if campaign.correction is not None else []


def can_be_corrected(campaign: Campaign) -> bool:
    is_out = campaign.status in (CampaignStatus.RUNNING, CampaignStatus.PAUSED, CampaignStatus.FINISHED)
    return is_out and campaign.recalled_at is None
