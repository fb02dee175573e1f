"""The desk of /kampanye: one card for each campaign with what can be done next, and the questions asked on the way."""

from datetime import datetime

from bot.audience_presses import AudiencePress, AudienceVerb
from bot.callback_data import Press, Verb, VerbPress
from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.texts import audience_desk, campaign_extras, campaign_options, campaigns, dates
from core.domain.audience import parse
from core.domain.campaigns import RELEASED, Campaign, CampaignProgress, CampaignStatus, Impact
from core.domain.markup import plain
from core.domain.people import HrRole, Person

Buttons = list[tuple[str, Press]]

_S, _V = CampaignStatus, CampaignVerb
_FIRST_WORDS = 40
MAX_ROWS = 8
"""What Telegram shows well below one message."""

NEW_BUTTON = "Tulis sosialisasi baru"
LIST_BUTTON = "Semua sosialisasi"
BACK_BUTTON = "Kembali"
PROGRESS_BUTTON = "Lihat kemajuan"

LIST = "*Sosialisasi*\n\nPilih salah satu, atau tulis yang baru. Yang lebih lama: /kampanye diikuti nomornya."
LIST_EMPTY = "*Sosialisasi*\n\nBelum ada sosialisasi. Tulis yang pertama dengan tombol di bawah."
ASK_TEXT = (
    "Tulis isi pengumumannya dalam satu pesan, atau kirim foto atau berkas dengan keterangannya.\n\n"
    "Huruf tebal: apit dengan tanda bintang, atau tebalkan di ponsel. "
    "Isian yang saya ganti untuk tiap orang: {nama}, {unit}, {jp_kurang}.\n"
    "Ketik /batal bila tidak jadi."
)
ASK_AUDIENCE = "Siapa penerimanya? Pilih, susun sendiri dengan tombol, atau tulis."
ASK_TIME = "Kapan dikirim?"
ASK_TIME_WORDS = "Tulis waktunya, misalnya: 1-12-2026 09.00. Ketik /batal bila tidak jadi."
TIME_NOT_READ = "Waktu itu belum saya pahami. Tulis seperti ini: 1-12-2026 09.00. Ketik /batal bila tidak jadi."
SURE_CANCEL = "Batalkan sosialisasi ini? Yang belum terkirim tidak akan dikirim lagi."
SURE_RECALL = (
    "Tarik kembali? Yang terkirim dalam 48 jam terakhir saya hapus dari percakapan pegawai, sisanya dibatalkan."
)
TRIAL_SENT = "Uji coba saya kirim kepada Anda; sebentar lagi masuk."
NO_JUDGE = "Belum ada petugas lain dengan peran penyetuju. Minta admin mengatur perannya dengan `rekan people role`."
FILE_GONE = "Lampirannya tidak saya temukan lagi. Kirim ulang lampirannya lewat *Tambahan isi*."
ALREADY_OTHERWISE = "Sosialisasi ini sudah berubah sejak tombol itu; ini keadaannya sekarang."


def submitted(judges: int) -> str:
    return f"Diajukan kepada {judges} penyetuju. Saya kabari Anda begitu diputuskan." if judges else NO_JUDGE


def listed(found: list[Campaign]) -> tuple[str, Buttons]:
    opens: Buttons = [
        (f"{c.campaign_id} · {campaigns.STATUS[c.status]} · {_first_words(c)}", CampaignPress(_V.OPEN, c.campaign_id))
        for c in found
    ]
    return LIST if found else LIST_EMPTY, [(NEW_BUTTON, VerbPress(Verb.NEW_CAMPAIGN)), *opens]


def card(campaign: Campaign, impact: Impact, progress: CampaignProgress, now: datetime) -> str:
    """Short enough for one message whatever the campaign's length: its words are shown by the preview."""
    lines = [
        f"*Sosialisasi nomor {campaign.campaign_id}* · {campaigns.STATUS[campaign.status]}",
        f"“{_first_words(campaign)}”\n",
        f"• Sasaran: {parse(campaign.audience).shown[:300]}",
        *campaign_extras.lines(campaign),
    ]
    if campaign.status in (_S.DRAFT, _S.IN_REVIEW, _S.SCHEDULED):
        lines.append(f"• Dampak: {campaigns.impact(impact.reached, impact.unlinked, impact.duration)}")
        lines.append(f"• Waktu kirim: {_time(campaign.scheduled_at, 'begitu dilepas')}")
        lines.append(f"• Selesai kira-kira: {dates.moment(impact.ends_at)}")
        lines.append(f"• Tanda baca: {'ya' if campaign.needs_acknowledgement else 'tidak'}")
        lines.append(f"• Mendesak: {'ya, juga pada jam tenang' if campaign.is_urgent else 'tidak'}")
    else:
        lines += _progress(campaign, progress, now)
    if chase := campaign_options.chase_words(campaign):
        lines.append(f"• Pengingat: {chase}")
    if campaign.latest_at is not None:
        lines.append(f"• Batas akhir: {dates.moment(campaign.latest_at)}")
    lines += campaign_options.correction_line(campaign)
    return "\n".join(lines)


def buttons(campaign: Campaign, person: Person) -> Buttons:
    """What this officer can do next; never none. A viewer looks."""
    number = campaign.campaign_id
    look: Buttons = [("Lihat seperti penerima", CampaignPress(_V.PREVIEW, number))]
    report: Buttons = [("Laporan", CampaignPress(_V.REPORT, number))] if campaign.status in RELEASED else []
    renew: Buttons = [("Perbarui", CampaignPress(_V.OPEN, number))] if campaign.status is _S.RUNNING else []
    steps = [] if person.hr_role is HrRole.VIEWER else _steps(campaign, person)
    return [*renew, *steps, *report, *look, (LIST_BUTTON, VerbPress(Verb.LIST_CAMPAIGNS))][:MAX_ROWS]


def _steps(campaign: Campaign, person: Person) -> Buttons:
    number, version = campaign.campaign_id, campaign.version
    stop: Buttons = [("Batalkan", CampaignPress(_V.CANCEL, number, 1))]
    take_back: Buttons = [("Tarik kembali", CampaignPress(_V.RECALL, number, 1))]
    edit: Buttons = [(campaign_options.EDIT_BUTTON, CampaignPress(_V.EDIT, number))]
    correct: Buttons = [(campaign_options.CORRECT_BUTTON, CampaignPress(_V.CORRECT, number))]
    if not campaign_options.can_be_corrected(campaign):
        correct = []
    match campaign.status:
        case _S.DRAFT:
            return [
                ("Ubah isi", CampaignPress(_V.WRITE, number)),
                ("Sasaran", CampaignPress(_V.AUDIENCE, number)),
                (campaign_extras.EXTRAS_BUTTON, CampaignPress(_V.EXTRAS, number)),
                (campaign_options.OPTIONS_BUTTON, CampaignPress(_V.OPTIONS, number)),
                ("Uji coba ke saya", CampaignPress(_V.TRIAL, number)),
                ("Ajukan persetujuan", CampaignPress(_V.SUBMIT, number)),
            ]
        case _S.IN_REVIEW:
            judge: Buttons = [
                (campaigns.APPROVE_BUTTON, CampaignPress(_V.APPROVE, number, version)),
                (campaigns.DECLINE_BUTTON, CampaignPress(_V.DECLINE, number, version)),
            ]
            may_judge = person.hr_role is HrRole.APPROVER and person.person_id != campaign.author_id
            return [*(judge if may_judge else []), *edit, *stop]
        case _S.SCHEDULED:
            send: Buttons = [(campaigns.SEND_BUTTON, CampaignPress(_V.SEND, number))]
            return [*send, ("Jadwalkan", CampaignPress(_V.TIME, number)), *edit, *stop]
        case _S.RUNNING:
            return [("Jeda", CampaignPress(_V.PAUSE, number)), *correct, *stop, *take_back]
        case _S.PAUSED:
            return [("Lanjutkan", CampaignPress(_V.RESUME, number)), *correct, *stop, *take_back]
        case _S.FINISHED:
            return [*correct, *take_back]
        case _:
            is_out = campaign.released_at is not None and campaign.recalled_at is None
            return take_back if is_out else []


def audience_buttons(number: int, unit_name: str) -> Buttons:
    names = (
        "Semua pegawai",
        f"{unit_name} dan di bawahnya",
        "PNS",
        "PPPK",
        "JP di bawah 20",
        audience_desk.WRITE_BUTTON,
    )
    choices: Buttons = [(name, CampaignPress(_V.AUDIENCE_IS, number, n)) for n, name in enumerate(names, 1)]
    build: Buttons = [(audience_desk.BUILD_BUTTON, AudiencePress(AudienceVerb.MENU, number))]
    return [*build, *choices, (BACK_BUTTON, CampaignPress(_V.OPEN, number))]


def time_buttons(number: int, next_morning: datetime) -> Buttons:
    names = (dates.moment(next_morning), "Tulis waktu lain", "Tanpa jadwal")
    choices: Buttons = [(name, CampaignPress(_V.TIME_IS, number, n)) for n, name in enumerate(names, 1)]
    return [*choices, (BACK_BUTTON, CampaignPress(_V.OPEN, number))]


def sure_buttons(verb: CampaignVerb, number: int) -> Buttons:
    return [("Ya", CampaignPress(verb, number, 2)), (BACK_BUTTON, CampaignPress(_V.OPEN, number))]


def back_to(number: int, title: str = BACK_BUTTON) -> Buttons:
    return [(title, CampaignPress(_V.OPEN, number))]


def _progress(campaign: Campaign, progress: CampaignProgress, now: datetime) -> list[str]:
    number, done = campaigns.number, progress.recipients - progress.waiting
    lines = [f"• Terkirim: {number(progress.sent)} dari {number(progress.recipients)}"]
    if campaign.status is _S.RUNNING and progress.waiting:
        lines.append(f"{_bar(done, progress.recipients)} {number(progress.waiting)} menunggu")
    lost = progress.unreachable + progress.expired
    lines.append(f"• Tak terjangkau: {number(lost)}")
    if campaign.needs_acknowledgement:
        lines.append(f"• Sudah baca dan paham: {number(progress.acknowledged)}; pengingat: {number(progress.chased)}")
    if campaign.recalled_at is not None:
        lines.append(f"• Ditarik kembali: {number(progress.recalled)}")
    return [*lines, f"• Per {dates.clock(now)}"]


def _bar(done: int, total: int) -> str:
    filled = 10 * done // total if total else 10
    return "▓" * filled + "░" * (10 - filled)


def _first_words(campaign: Campaign) -> str:
    line = " ".join(plain(campaign.text).split()).replace("*", "")
    return line if len(line) <= _FIRST_WORDS else line[: _FIRST_WORDS - 1].rstrip() + "…"


def _time(moment: datetime | None, otherwise: str) -> str:
    return dates.moment(moment) if moment else otherwise
