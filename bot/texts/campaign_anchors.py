"""A campaign at each person's own date, as HR chooses it."""

from bot.callback_data import Press
from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.texts.campaign_extras import back
from bot.texts.content_refusals import EXAMPLES
from core.domain.anchors import OPEN_FOR, Anchor
from core.domain.campaigns import Campaign
from core.domain.markup import with_capital

Buttons = list[tuple[str, Press]]

_V = CampaignVerb

USUAL = ("", "0 hari sesudah tertaut", "3 hari sesudah tertaut", "7 hari sesudah tertaut")
"""The choices by button; the first: everybody at once."""
WRITE = len(USUAL) + 1

ASK = f"Tulis waktunya dalam satu baris. Contoh: {EXAMPLES}.\nKetik /batal bila tidak jadi."


def shown(anchor: Anchor | None) -> str:
    return str(anchor) if anchor else "semua sekaligus"


def menu(campaign: Campaign) -> tuple[str, Buttons]:
    number = campaign.campaign_id
    words = (
        f"*Waktu tiap orang, sosialisasi nomor {number}*\n\nSekarang: {shown(campaign.anchor)}.\n\n"
        "Dengan waktu sendiri, setiap orang dalam sasaran menerimanya ketika harinya tiba, pada jam kerja; yang harinya lewat "
        f"sebelum sosialisasi ini dikirim tidak menerimanya. Tanpa batas akhir, penantiannya {OPEN_FOR.days} hari."
    )
    titles = ("Semua sekaligus", "Begitu tertaut", *(with_capital(choice) for choice in USUAL[2:]), "Tulis sendiri")
    presses: Buttons = [(title, CampaignPress(_V.ANCHOR_IS, number, n)) for n, title in enumerate(titles, 1)]
    return words, [*presses, *back(number)]
