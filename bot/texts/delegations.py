"""Letting somebody else decide for a while."""

from datetime import date

from bot.texts import dates
from core.services.delegations import DelegationView

END_BUTTON = "Akhiri sekarang"
LISTED_AT_ONCE = 8
NOBODY = "Belum ada staf atau rekan seatasan yang dapat menerima delegasi. Bila perlu bantuan, ketik “tanya tim SDM”."
NOT_FOUND = "Nama itu tidak ada di antara staf Anda atau rekan dengan atasan yang sama. Ketik /delegasi untuk melihat pilihannya."
WHO = (
    "*Siapa yang memutuskan permohonan selama Anda berhalangan?*\n"
    "Anda tetap menerimanya juga. Pilih di bawah ini, atau ketik misalnya: /delegasi Sari sampai 5 Desember"
)
NOTHING_TO_END = "Tidak ada delegasi yang sedang berjalan."


def until_when(name: str) -> str:
    return f"*Sampai kapan {name} memutuskan untuk Anda?* Tanggal lain: ketik /delegasi, namanya, lalu tanggal terakhirnya."


def until_button(label: str, last_day: date) -> str:
    return f"{label}, {dates.date_words(last_day)}"


def running(view: DelegationView) -> str:
    return (
        f"Sampai *{dates.date_words(view.delegation.last_day)}*, permohonan staf Anda juga dikirim kepada "
        f"*{view.delegate.name}*, yang boleh memutuskannya. Sesudah itu berakhir sendiri.\n\n"
        "Mengganti orang atau tanggal: ketik /delegasi, namanya, lalu tanggal terakhirnya."
    )


def started(view: DelegationView) -> str:
    return f"✓ *Dititipkan.* {running(view)}"


def ended(view: DelegationView) -> str:
    return f"✓ Delegasi kepada {view.delegate.name} *berakhir*. Permohonan kembali hanya kepada Anda."
