"""Building a campaign's audience by buttons, as HR reads it: what holds now, whom it reaches, and what can be added."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.audience_presses import EXCLUDED, INCLUDED, AudiencePress, AudienceVerb
from bot.callback_data import Press
from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.texts import campaigns
from bot.texts.reports import NEXT_BUTTON, PREVIOUS_BUTTON
from core.domain.audience import parse
from core.domain.audience_building import Condition
from core.domain.campaigns import Campaign, Impact

Buttons = list[tuple[str, Press]]

_V = AudienceVerb
SHOWN = 5
_LONGEST = 200
CONDITIONS = tuple(Condition)
"""In the order in which a button counts them."""

BUILD_BUTTON = "Susun dengan tombol"
ADD_BUTTON = "Tambah syarat"
EXCLUDE_BUTTON = "Kecualikan"
CLEAR_BUTTON = "Hapus semua syarat"
CLEAR_EXCLUDED_BUTTON = "Hapus pengecualian"
WRITE_BUTTON = "Tulis sendiri atau unggah daftar NIP"
DONE_BUTTON = "Selesai"
BACK_BUTTON = "Kembali"

_KINDS = {
    Condition.UNIT: "Unit kerja",
    Condition.STATUS: "PNS atau PPPK",
    Condition.LEVEL: "Jenjang jabatan",
    Condition.HOURS: "JP tahun ini",
    Condition.ENROLLED: "Ikut pelatihan",
    Condition.NOT_ENROLLED: "Tidak ikut pelatihan",
    Condition.ACKNOWLEDGED: "Sudah paham sosialisasi lain",
    Condition.NOT_ACKNOWLEDGED: "Belum paham sosialisasi lain",
}
_TWINS = {Condition.ACKNOWLEDGED: Condition.NOT_ACKNOWLEDGED, Condition.NOT_ACKNOWLEDGED: Condition.ACKNOWLEDGED}
_QUESTIONS = {
    Condition.UNIT: "Unit mana? Unit di bawahnya ikut.",
    Condition.STATUS: "Status kepegawaian yang mana?",
    Condition.LEVEL: "Jenjang yang mana?",
    Condition.HOURS: "JP tahun ini kurang dari berapa?",
    Condition.ENROLLED: "Yang ikut pelatihan mana?",
    Condition.NOT_ENROLLED: "Yang tidak ikut pelatihan mana?",
    Condition.ACKNOWLEDGED: "Yang sudah menyatakan paham sosialisasi mana?",
    Condition.NOT_ACKNOWLEDGED: "Yang belum menyatakan paham sosialisasi mana?",
}
NOTHING_TO_CHOOSE = "Belum ada yang dapat dipilih untuk syarat ini."
ASK_LIST = (
    "Kirim daftarnya sebagai berkas .xlsx, .csv, atau .txt (NIP 18 angka; di Excel kolomnya diatur sebagai teks), atau tulis "
    f"sasarannya dalam satu baris. {campaigns.AUDIENCE_HELP}\nKetik /batal bila tidak jadi."
)


@dataclass(frozen=True)
class Choice:
    """`opens`: pressing it shows what is below instead of choosing it."""

    value: str
    title: str
    is_chosen: bool = False
    opens: bool = False


def menu(campaign: Campaign, impact: Impact) -> tuple[str, Buttons]:
    number, audience = campaign.campaign_id, parse(campaign.audience)
    words = [
        f"*Sasaran sosialisasi nomor {number}*\n",
        f"• Sekarang: {_shown(audience.shown)}",
        f"• Dampak: {campaigns.impact(impact.reached, impact.unlinked, impact.duration)}",
        "\nSyarat berlaku bersama-sama; beberapa nilai dalam satu syarat berarti salah satunya. "
        "Setiap pengecualian berlaku sendiri.",
    ]
    buttons: Buttons = [
        (ADD_BUTTON, AudiencePress(_V.KINDS, number, INCLUDED)),
        (EXCLUDE_BUTTON, AudiencePress(_V.KINDS, number, EXCLUDED)),
    ]
    if audience.include:
        buttons.append((CLEAR_BUTTON, AudiencePress(_V.CLEAR, number, INCLUDED)))
    if audience.exclude:
        buttons.append((CLEAR_EXCLUDED_BUTTON, AudiencePress(_V.CLEAR, number, EXCLUDED)))
    buttons.append((WRITE_BUTTON, CampaignPress(CampaignVerb.AUDIENCE_IS, number, 6)))
    return "\n".join(words), [*buttons, (DONE_BUTTON, CampaignPress(CampaignVerb.OPEN, number))]


def kinds(number: int, side: int) -> tuple[str, Buttons]:
    """The second of two that are each other's opposite is reached from the first."""
    question = "Siapa yang dikecualikan?" if side == EXCLUDED else "Syarat apa?"
    found: Buttons = [
        (_KINDS[condition], _choose(number, side, condition))
        for condition in CONDITIONS
        if condition is not Condition.NOT_ACKNOWLEDGED
    ]
    return question, [*found, (BACK_BUTTON, AudiencePress(_V.MENU, number))]


def choices(
    campaign: Campaign, impact: Impact, side: int, condition: Condition, found: Sequence[Choice], here: str, page: int
) -> tuple[str, Buttons]:
    """`here`: the unit whose page this is."""
    number, pages = campaign.campaign_id, max(1, -(-len(found) // SHOWN))
    page = min(page, pages)
    words = [
        f"*{'Kecualikan' if side == EXCLUDED else 'Syarat'}: {_KINDS[condition].lower()}*\n",
        _QUESTIONS[condition] if found else NOTHING_TO_CHOOSE,
        f"\n• Sekarang: {_shown(parse(campaign.audience).shown)}",
        f"• Dampak: {campaigns.impact(impact.reached, impact.unlinked, impact.duration)}",
    ]
    buttons: Buttons = []
    for one in found[(page - 1) * SHOWN : page * SHOWN]:
        if one.opens:
            buttons.append((f"{_mark(one)}{one.title} ›", _choose(number, side, condition, one.value)))
        else:
            kind = CONDITIONS.index(condition) + 1
            buttons.append((f"{_mark(one)}{one.title}", AudiencePress(_V.SET, number, side, kind, one.value)))
    if page > 1:
        buttons.append((PREVIOUS_BUTTON, _choose(number, side, condition, here, page - 1)))
    if page < pages:
        buttons.append((NEXT_BUTTON, _choose(number, side, condition, here, page + 1)))
    if condition in _TWINS:
        buttons.append((_KINDS[_TWINS[condition]], _choose(number, side, _TWINS[condition])))
    back = _choose(number, side, condition) if here else AudiencePress(_V.KINDS, number, side)
    return "\n".join(words), [*buttons[:7], (BACK_BUTTON, back)]


def list_taken(count: int, unknown: int) -> str:
    if not unknown:
        return f"{campaigns.number(count)} NIP saya pakai sebagai sasaran."
    return (
        f"{campaigns.number(count)} NIP saya pakai sebagai sasaran; {campaigns.number(unknown)} NIP lain tidak ada di data "
        "kepegawaian dan saya lewati."
    )


def _choose(number: int, side: int, condition: Condition, value: str = "", page: int = 1) -> AudiencePress:
    return AudiencePress(_V.CHOOSE, number, side, CONDITIONS.index(condition) + 1, value, page)


def _mark(one: Choice) -> str:
    return "✓ " if one.is_chosen else ""


def _shown(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
