"""A series of messages, as HR writes and approves it."""

from collections.abc import Sequence

from bot.callback_data import Press
from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.texts.campaign_extras import attachment, back
from core.domain.campaigns import Campaign
from core.domain.series import MOST_STEPS, Step

Buttons = list[tuple[str, Press]]

_V = CampaignVerb
_WAITS = (1, 2, 3, 7, 14, 30)
"""Days offered; others by the command line."""
_FIRST_WORDS = 60

MENU_BUTTON = "Langkah lanjutan"
ADD_BUTTON = "Tambah langkah"
REMOVE_BUTTON = "Hapus langkah terakhir"

ASK_STEP = (
    "Tulis isi langkah berikutnya dalam satu pesan, atau kirim foto atau berkas dengan keterangannya. Huruf tebal dan isian "
    "seperti pada isi pertama.\nKetik /batal bila tidak jadi."
)


def menu(campaign: Campaign) -> tuple[str, Buttons]:
    number = campaign.campaign_id
    steps = campaign.steps
    told = "\n".join(f"• Langkah {n}, {wait(step)}: {first_words(step)}" for n, step in enumerate(steps, 2))
    words = (
        f"*Langkah lanjutan sosialisasi nomor {number}*\n\n"
        + (told or "Belum ada: sosialisasi ini hanya satu pesan.")
        + "\n\nTiap orang menerima langkah berikutnya sekian hari sesudah langkah sebelumnya sampai kepadanya, pada jam kerja. "
        "Yang menyusul mulai dari langkah pertama. Kuis dan pertanyaan pendapat berada di bawah langkah terakhir."
    )
    presses: Buttons = []
    if len(steps) < MOST_STEPS:
        presses.append((ADD_BUTTON, CampaignPress(_V.ADD_STEP, number)))
    if steps:
        presses.append(("Atur jeda langkah terakhir", CampaignPress(_V.ASK_WAIT, number)))
        presses.append((REMOVE_BUTTON, CampaignPress(_V.REMOVE_STEP, number, campaign.version)))
    return words, [*presses, *back(number)]


def ask_wait(campaign: Campaign) -> tuple[str, Buttons]:
    number, last = campaign.campaign_id, len(campaign.steps) + 1
    presses: Buttons = [(f"{days} hari", CampaignPress(_V.WAIT_IS, number, 100 * last + days)) for days in _WAITS]
    now = wait(campaign.steps[-1]) if campaign.steps else "belum ada"
    return (
        f"Berapa hari sesudah langkah {last - 1} langkah {last} dikirim? Sekarang: {now}.",
        [*presses, ("Kembali", CampaignPress(_V.STEPS, number))],
    )


def listed(steps: Sequence[Step]) -> str:
    """In full, for whoever approves."""
    return "\n\n".join(_whole(number, step) for number, step in enumerate(steps, 2))


def heading(number: int, step: Step) -> str:
    return f"*Langkah {number}*, {wait(step)}"


def wait(step: Step) -> str:
    return f"{step.after_days} hari sesudahnya"


def first_words(step: Step) -> str:
    line = " ".join(step.text.split()).replace("*", "")
    return line if len(line) <= _FIRST_WORDS else line[: _FIRST_WORDS - 1].rstrip() + "…"


def _whole(number: int, step: Step) -> str:
    lines = [heading(number, step)]
    if step.attachment:
        lines.append(f"Lampiran: {attachment(step.attachment)}")
    lines += [f"Tombol: {link.title} → {link.url}" for link in step.links]
    return "\n".join([*lines, step.text])
