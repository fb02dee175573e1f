"""The normalizer: what people type becomes plain words, and nothing typed becomes more than words."""

import tempfile
import unittest
from pathlib import Path

from nlu.normalize import Normalizer

SPOKEN = {
    # abbreviations
    "yg dgn utk krn": "yang dengan untuk karena",
    "gmn cara dftr plthn": "bagaimana cara daftar pelatihan",
    "brp jp sy thn ini": "berapa jp saya tahun ini",
    "blm di-acc atsan": "belum disetujui atasan",
    "klo udh kpn": "kalau sudah kapan",
    # Jakarta and Betawi
    "gue kagak tau": "saya tidak tahu",
    "pegimane kerje ame bang": "bagaimana kerja sama bang",
    "aye mao ape aje": "saya mau apa saja",
    "ga jadi deh": "tidak jadi deh",
    # repeated letters, slips
    "makasiiiih": "terima kasih",
    "haloooo": "halo",
    "pelathian sertifikta": "pelatihan sertifikat",
    # dropped vowels, a finger that stayed on the key
    "jadwl platihn": "jadwal pelatihan",
    "batlin pndaftrannya": "batalkan pendaftarannya",
    "msuk kls dpn": "masuk kelas depan",
    "sakitt": "sakit",
    # English
    "annual leave": "cuti tahunan",
    "waiting list": "daftar tunggu",
    # compatibility forms, upper case, blanks
    "ＣＵＴＩ   Tahunan": "cuti tahunan",
    "cu\u200bti": "cuti",
}
WHOLE = ["kelar kerjaan", "darah merah", "ketik sukses", "langganan", "sts", "blk", "bpjs"]
"""Words that a hasty reader would take for others with vowels left out."""
ODD = [
    "",
    " ",
    "/restart",
    "／restart",
    "\u200b/enroll_training{}",
    "\x00\x07\x1b[31m",
    "🙏🙏",
    "привет cuti 你好",
    "aaaaaaaaaaaa",
    "....",
    "'''",
    "iii",
    "a" * 4096,
    "gmn " * 1024,
]


class SpokenWordsBecomePlain(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.normalize = staticmethod(Normalizer.load())

    def test_everyday_forms_have_their_plain_words(self) -> None:
        for typed, plain in SPOKEN.items():
            with self.subTest(typed):
                self.assertEqual(self.normalize(typed), plain)

    def test_whole_words_gain_no_vowels(self) -> None:
        for words in WHOLE:
            with self.subTest(words):
                self.assertEqual(self.normalize(words), words)

    def test_office_acronyms_stay_as_they_are(self) -> None:
        for word in (
            "skp",
            "tpp",
            "jp",
            "pppk",
            "pns",
            "opd",
            "bkd",
            "bpsdm",
            "asn",
            "cltn",
            "pka",
            "spbe",
            "lhkpn",
            "iii/d",
        ):
            with self.subTest(word):
                self.assertEqual(self.normalize(word.upper()), word)

    def test_correct_words_are_not_corrected_into_their_neighbors(self) -> None:
        for word in (
            "pelatih",
            "pelajar",
            "pelayan",
            "pembayaran",
            "penyakit",
            "kerajaan",
            "pinjaman",
            "tahunan",
            "diperiksa",
        ):
            with self.subTest(word):
                self.assertEqual(self.normalize(word), word)

    def test_plain_text_stays_when_it_comes_again(self) -> None:
        for text in [*SPOKEN, *ODD]:
            with self.subTest(text[:40]):
                once = self.normalize(text)
                self.assertEqual(self.normalize(once), once)

    def test_numbers_and_codes_keep_their_digits(self) -> None:
        self.assertEqual(self.normalize("TIK-02 tgl 12"), "tik-02 tanggal 12")


class NothingTypedBecomesMore(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.normalize = staticmethod(Normalizer.load())

    def test_a_text_never_gains_a_leading_slash(self) -> None:
        for start in ("／", "⁄", "∕", "\u200b／", " ／", "a", "'", "\ufeff"):
            text = start + "restart"
            with self.subTest(text):
                gained = self.normalize(text).startswith("/") and not text.lstrip().startswith(
                    ("/", "／", "\u200b／", "\ufeff")
                )
                self.assertFalse(gained)

    def test_control_and_format_characters_vanish(self) -> None:
        self.assertEqual(self.normalize("cuti\x00\x1b\u202e sakit\u2028berapa"), "cuti sakit berapa")

    def test_mixed_scripts_and_emoji_pass_unharmed(self) -> None:
        self.assertEqual(self.normalize("привет cuti 你好 🙏"), "привет cuti 你好 🙏")

    def test_capitals_among_small_letters_are_a_name_and_get_no_vowels(self) -> None:
        self.assertEqual(self.normalize("nomor telepon DLH brp"), "nomor telepon dlh berapa")
        self.assertEqual(self.normalize("SY mau dftr"), "saya mau daftar")
        self.assertEqual(self.normalize("JADWL KLS BRP"), "jadwal kelas berapa")

    def test_the_longest_message_keeps_its_words(self) -> None:
        self.assertEqual(self.normalize("gmn " * 1024).split(), ["bagaimana"] * 1024)
        self.assertEqual(self.normalize("x" * 4096), "x" * 4096)


class TablesAreChecked(unittest.TestCase):
    def load(self, table: str) -> Normalizer:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.yml"
            path.write_text(table, encoding="utf-8")
            return Normalizer.load(path)

    def test_a_form_with_two_meanings_is_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "listed twice"):
            self.load("words: {a: {sama: sm, semua: sm}}\nvocabulary: ''\nkeep: ''")

    def test_a_form_yaml_reads_as_something_else_is_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "must be words"):
            self.load("words: {a: {tidak: [no]}}\nvocabulary: ''\nkeep: ''")
