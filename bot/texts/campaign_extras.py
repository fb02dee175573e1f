"""What goes along with a campaign's text, as HR writes it on the phone: the menu, what is asked, and what came of it."""

from bot.callback_data import Press
from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.texts import campaign_options
from core.domain.attachments import CAPTION_LIMIT, FILE_LIMIT, Attachment
from core.domain.campaigns import Campaign

Buttons = list[tuple[str, Press]]

_V = CampaignVerb

EXTRAS_BUTTON = "Tambahan isi"
BACK_TO_EXTRAS = "Kembali ke tambahan isi"
FILE_BUTTON = "Lampiran"

_MEGABYTES = FILE_LIMIT // 1024 // 1024
ASK_FILE = (
    "Kirim satu foto, atau satu berkas PDF, Word, Excel atau PowerPoint, paling besar "
    f"{_MEGABYTES} MB.\n\nTeks di bawahnya paling panjang {CAPTION_LIMIT} karakter; bila Anda menulis keterangan pada "
    "fotonya, keterangan itu menjadi isinya.\nKetik /batal bila tidak jadi."
)
FILE_WANTS_WORDS = (
    "Lampirannya saya terima, tetapi isinya belum ada. Kirim sekali lagi bersama keterangannya, atau tulis dulu isinya "
    f"lalu tekan *{EXTRAS_BUTTON}*."
)
NOT_A_FILE = "Itu bukan foto atau berkas. Kirim sebagai foto atau berkas, atau ketik /batal bila tidak jadi."
FILE_TAKEN = "Lampiran saya simpan."
FILE_REMOVED = "Lampiran saya lepas dari konsep ini."


def size(number: int) -> str:
    """1.234.567 bytes as "1,2 MB"."""
    if number < 1024 * 1024:
        return f"{max(1, round(number / 1024))} KB"
    return f"{number / 1024 / 1024:.1f} MB".replace(".", ",")


def attachment(found: Attachment) -> str:
    return f"{found.name} ({size(found.size)})".replace("*", "")


def menu(campaign: Campaign) -> tuple[str, Buttons]:
    number = campaign.campaign_id
    lines = [
        f"*Tambahan isi sosialisasi nomor {number}*\n",
        f"• Lampiran: {attachment(campaign.attachment) if campaign.attachment else 'belum ada'}",
        *(campaign_options.link_lines(campaign) or ["• Tombol tautan: belum ada"]),
    ]
    lines.append(f"• Kuis: {questions(campaign)}")
    lines.append(f"• Pertanyaan pendapat: {campaign.pulse or 'belum ada'}")
    lines.append(f"• Langkah lanjutan: {steps(campaign)}")
    lines.append(f"• Waktu tiap orang: {campaign.anchor or 'semua sekaligus'}")
    buttons: Buttons = [("Ganti lampiran" if campaign.attachment else FILE_BUTTON, CampaignPress(_V.FILE, number))]
    buttons.append(("Kuis", CampaignPress(_V.QUIZ, number)))
    name = "Ganti tombol tautan" if campaign.links else campaign_options.LINKS_BUTTON
    buttons.append((name, CampaignPress(_V.LINKS, number)))
    if campaign.links:
        buttons.append(("Hapus tombol tautan", CampaignPress(_V.REMOVE_LINKS, number, campaign.version)))
    buttons.append(("Pertanyaan pendapat", CampaignPress(_V.PULSE, number)))
    buttons.append(("Langkah lanjutan", CampaignPress(_V.STEPS, number)))
    buttons.append(("Waktu tiap orang", CampaignPress(_V.ANCHOR, number)))
    buttons.append(("Kembali", CampaignPress(_V.OPEN, number)))
    return "\n".join(lines), buttons


def asked_for_file(campaign: Campaign) -> Buttons:
    """Under the question for a file."""
    number = campaign.campaign_id
    remove: Buttons = [("Hapus lampiran", CampaignPress(_V.REMOVE_FILE, number, campaign.version))]
    return [*(remove if campaign.attachment else []), *back(number)]


def lines(campaign: Campaign) -> list[str]:
    """What the card of the campaign says of it; nothing of what is not there."""
    found = [f"• Lampiran: {attachment(campaign.attachment)}"] if campaign.attachment else []
    if campaign.quiz:
        found.append(f"• Kuis: {questions(campaign)}")
    if campaign.pulse is not None:
        found.append(f"• Pertanyaan pendapat: {campaign.pulse}")
    if campaign.steps:
        found.append(f"• Langkah lanjutan: {steps(campaign)}")
    if campaign.anchor is not None:
        found.append(f"• Waktu tiap orang: {campaign.anchor}")
    return [*found, *campaign_options.link_lines(campaign)]


def steps(campaign: Campaign) -> str:
    """2 (3 dan 7 hari)"""
    if not campaign.steps:
        return "belum ada"
    return f"{len(campaign.steps)}, berjeda {', '.join(str(step.after_days) for step in campaign.steps)} hari"


def questions(campaign: Campaign) -> str:
    return f"{len(campaign.quiz)} pertanyaan" if campaign.quiz else "belum ada"


def back(number: int) -> Buttons:
    return [(BACK_TO_EXTRAS, CampaignPress(_V.EXTRAS, number))]
