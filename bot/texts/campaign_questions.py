"""“Tanya tentang ini”: what is said to who asks about a campaign."""

from bot.callback_data import Press
from bot.campaign_presses import CampaignPress, CampaignVerb
from core.domain.tickets import Ticket

ASK_BUTTON = "Tanya tentang ini"
HR_BUTTON = "Tanya tim SDM"
NOT_ASKED = "Baik, tidak ada yang ditanyakan."
FORGOTTEN = "Pertanyaan di pesan itu sudah tidak saya pegang. Balas lagi pesannya dengan pertanyaan Anda."
STOP_WORDS = frozenset({"batal", "tidak jadi", "gak jadi", "nggak jadi"})


def ask(title: str) -> str:
    return f"Silakan tulis pertanyaan Anda tentang pesan “{title}” dalam satu pesan, atau ketik “batal”."


def from_campaign(title: str, excerpt: str) -> str:
    return f"Menurut pesan “{title}”:\n\n{excerpt}\n\nBelum menjawab? Teruskan saja kepada tim SDM."


def offer(title: str) -> str:
    return f"Pesan “{title}” tidak menyebutkannya. Pertanyaan Anda dapat saya teruskan kepada tim SDM, beserta judul pesannya."


def buttons(number: int) -> tuple[tuple[str, Press], ...]:
    return ((HR_BUTTON, CampaignPress(CampaignVerb.ASK_HR, number)),)


def opened(ticket: Ticket) -> str:
    return (
        f"✓ Diteruskan kepada tim SDM sebagai *tiket nomor {ticket.number}*. "
        "Jawabannya saya sampaikan di sini; lihat juga /tiket."
    )
