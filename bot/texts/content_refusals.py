"""Sentences for what cannot go along with a campaign. Part of the table of `bot.texts.refusals`."""

from collections.abc import Callable
from typing import Any

from core.domain import errors
from core.domain.attachments import ENDINGS, FILE_LIMIT
from core.domain.errors import CoreError, FileFault

_KINDS = ", ".join(ending for ending in ENDINGS if ending != "jpeg")

_FILE = {
    FileFault.EMPTY: "kosong. Kirim berkas yang ada isinya.",
    FileFault.TOO_LARGE: f"terlalu besar; paling besar {FILE_LIMIT // 1024 // 1024} MB. Kecilkan, atau pakai tautan.",
    FileFault.KIND: f"bukan jenis yang dapat dilampirkan. Yang bisa: {_KINDS}.",
    FileFault.NOT_AS_NAMED: "isinya tidak sesuai dengan jenisnya. Simpan ulang dari aplikasinya, lalu kirim lagi.",
    FileFault.MACROS: "berisi makro, jadi tidak saya teruskan kepada pegawai. Simpan tanpa makro, atau kirim PDF.",
}

TEXTS: dict[type[CoreError], str | Callable[[Any], str]] = {
    errors.CaptionTooLong: lambda e: (
        f"Dengan lampiran, teksnya paling banyak {e.limit} karakter, sedangkan yang ini sampai {e.length} bila isiannya "
        "panjang. Ringkaskan teksnya, atau lepaskan lampirannya dan pakai tombol tautan."
    ),
    errors.BadFile: lambda e: f"Berkas “{e.name}” {_FILE[e.fault]}",
}
