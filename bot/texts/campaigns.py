"""Campaigns, as staff and HR read them: the message itself, what releasing it would do, and where it stands."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.texts import dates
from core.domain.campaigns import CampaignStatus, Unreached
from core.domain.people import HrRole

HEADER = "*Pengumuman dari tim SDM*\n\n"
TRIAL_HEADER = "*Uji coba, hanya untuk Anda*\n\n"
ACKNOWLEDGE_BUTTON = "Sudah baca dan paham"
CHASE_HEADER = f"*Pengingat: pengumuman ini belum Anda tandai “{ACKNOWLEDGE_BUTTON}”*\n\n"
APPROVE_BUTTON = "Setujui"
DECLINE_BUTTON = "Tolak"
SEND_BUTTON = "Kirim sekarang"
OPEN_BUTTON = "Buka sosialisasi ini"

STATUS: dict[str, str] = {
    CampaignStatus.DRAFT: "konsep",
    CampaignStatus.IN_REVIEW: "menunggu persetujuan",
    CampaignStatus.SCHEDULED: "disetujui",
    CampaignStatus.RUNNING: "berjalan",
    CampaignStatus.PAUSED: "dijeda",
    CampaignStatus.FINISHED: "selesai",
    CampaignStatus.CANCELLED: "dibatalkan",
}

ROLE: dict[str, str] = {HrRole.VIEWER: "pembaca", HrRole.AUTHOR: "penulis", HrRole.APPROVER: "penyetuju"}

UNREACHED = {
    Unreached.NOT_LINKED: "belum menautkan akun",
    Unreached.BLOCKED: "memblokir atau menutup percakapan",
    Unreached.NOT_FOUND: "akun Telegram-nya tidak ditemukan",
    Unreached.OPTED_OUT: "tidak mau menerima pengumuman",
    Unreached.FAILED: "gagal terkirim berkali-kali",
    Unreached.TOO_LATE: "lewat batas akhir",
}

AUDIENCE_HELP = (
    "Contoh: semua kecuali unit=BKD; unit=DISDIK status=PNS jenjang=pelaksana jp<20; "
    "ikut=TIK-02 atau tidak-ikut=SOS-01; belum-paham=3; nip=199001012019031001."
)
NOTHING_TO_ACKNOWLEDGE = "Pengumuman itu tidak meminta tanda baca dari Anda, jadi tidak ada yang dicatat."


def trial_step_header(number: int, after_days: int) -> str:
    return f"*Uji coba, hanya untuk Anda: langkah {number}, {after_days} hari sesudah langkah {number - 1}*\n\n"


def acknowledged(now: datetime) -> str:
    return f"✓ Anda menyatakan *sudah baca dan paham*, {dates.moment(now)}. Terima kasih."


def impact(reached: int, unlinked: int, duration: timedelta) -> str:
    """6.214 orang, 312 belum tertaut, kira-kira 4 menit 9 detik"""
    return f"{number(reached)} orang, {number(unlinked)} belum tertaut, kira-kira {length(duration)}"


def number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def length(duration: timedelta) -> str:
    """The two largest units that are not empty."""
    seconds = int(duration.total_seconds())
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "jam"), (minutes, "menit"), (seconds, "detik")]
    named = [f"{count} {unit}" for count, unit in parts if count]
    return " ".join(named[:2]) or "0 detik"


def review(facts: Mapping[str, Any]) -> str:
    """What the second person sees. The campaign's own words stand last, fields and all, as they were written."""
    duration = timedelta(seconds=facts["seconds"])
    lines = [
        f"*Mohon persetujuan: sosialisasi nomor {facts['campaign_id']}*\n",
        f"• Penulis: {facts['author']}",
        f"• Sasaran: {facts['audience']}",
        f"• Dampak: {impact(facts['reached'], facts['unlinked'], duration)}",
    ]
    if scheduled_at := _moment(facts, "scheduled_at"):
        lines.append(f"• Waktu kirim: {dates.moment(scheduled_at)}")
    lines.append(f"• Selesai kira-kira: {dates.moment(datetime.fromisoformat(facts['ends_at']))}")
    if latest_at := _moment(facts, "latest_at"):
        lines.append(f"• Batas akhir: {dates.moment(latest_at)}")
    if facts["is_urgent"]:
        lines.append("• *Mendesak*: dikirim juga pada jam tenang dan hari libur. Persetujuan Anda mencakup hal ini.")
    if facts.get("asks"):
        lines.append(f"• Meminta tanda “{ACKNOWLEDGE_BUTTON}”")
    if facts.get("can_ask"):
        lines.append("• Dengan tombol “Tanya tentang ini”")
    if chase := facts.get("chase"):
        lines.append(f"• Pengingat: yang diam {chase[0]} hari, paling banyak {chase[1]} kali")
    if facts.get("file"):
        lines.append(f"• Lampiran: {facts['file']['name'].replace('*', '')}, di atas")
    if facts.get("anchor"):
        lines.append(f"• Waktu tiap orang: {facts['anchor']}; dampak di atas adalah yang terbanyak")
    if facts.get("pulse_question"):
        lines.append(f"• Pertanyaan pendapat: {facts['pulse_question']}")
    lines += [f"• Tombol: {link['title']} → {link['url']}" for link in facts["links"]]
    quiz = f"\n\n*Kuis*, dengan jawabannya:\n\n{facts['quiz_words']}" if facts.get("quiz_words") else ""
    steps = f"\n\n{facts['step_words']}" if facts.get("step_words") else ""
    return "\n".join(lines) + f"\n\n{facts['text']}{steps}{quiz}"


def decided(facts: Mapping[str, Any]) -> str:
    number_ = facts["campaign_id"]
    if not facts["is_approved"]:
        return (
            f"Sosialisasi nomor {number_} *belum disetujui* oleh {facts['by']} dan kembali menjadi konsep. "
            "Bicarakan dengan beliau, perbaiki, lalu ajukan lagi."
        )
    if scheduled_at := _moment(facts, "scheduled_at"):
        return f"✓ Sosialisasi nomor {number_} *disetujui* oleh {facts['by']}. Dikirim {dates.moment(scheduled_at)}."
    return f"✓ Sosialisasi nomor {number_} *disetujui* oleh {facts['by']} dan siap dikirim."


def stopped(facts: Mapping[str, Any]) -> str:
    return (
        f"⚠ Sosialisasi nomor {facts['campaign_id']} saya *jeda*: {facts['failed']} dari {facts['tried']} pengiriman gagal. "
        "Minta admin memeriksa dengan `rekan doctor`; setelah beres, buka sosialisasinya lalu tekan *Lanjutkan*. "
        "Tidak ada yang hilang."
    )


def approved_below(now: datetime) -> str:
    return f"✓ *Disetujui* oleh Anda, {dates.moment(now)}. Penulisnya saya kabari."


def declined_below(now: datetime) -> str:
    return f"✗ *Ditolak* oleh Anda, {dates.moment(now)}. Kembali menjadi konsep; penulisnya saya kabari."


def correction_review(facts: Mapping[str, Any]) -> str:
    return (
        f"*Mohon persetujuan: ralat sosialisasi nomor {facts['campaign_id']}*\n\n"
        f"{facts['author']} mengusulkan isi baru di bawah ini. Bila Anda setuju, pesan yang sudah terkirim dalam 48 jam "
        f"terakhir saya ubah, dan yang belum terkirim memakai isi baru.\n\n{facts['text']}"
    )


def correction_judged(now: datetime, *, is_approved: bool) -> str:
    if is_approved:
        return f"✓ *Ralat disetujui* oleh Anda, {dates.moment(now)}. Pesan yang sudah terkirim sedang diubah."
    return f"✗ *Ralat ditolak* oleh Anda, {dates.moment(now)}. Isi yang lama tetap berlaku."


def released_below(now: datetime, *, starts_at: datetime) -> str:
    """`starts_at` is later than `now` in quiet hours."""
    if starts_at > now:
        return f"✓ Dilepas. Sekarang jam tenang, jadi pengiriman dimulai {dates.moment(starts_at)}."
    return "✓ *Pengiriman dimulai.*"


def _moment(facts: Mapping[str, Any], name: str) -> datetime | None:
    return datetime.fromisoformat(facts[name]) if facts.get(name) else None
