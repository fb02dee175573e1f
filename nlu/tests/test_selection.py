"""Only what the others explain is left out, and vectors are made once."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np

from nlu import selection, vectors
from nlu.selection import Line, explained, leave_out, written
from nlu.vectors import kept_vectors_of, vectors_of

LEAVE = ["cuti tahunan", "cuti sakit", "cuti besar", "cuti melahirkan", "cuti bersama", "cuti penting"]
HELLO = ["halo kak", "halo min", "halo bot", "halo admin", "halo semua", "halo rekan"]
DATA = """version: "3.1"

nlu:
  - intent: ask_policy
    examples: |
      - cuti tahunan
      - cuti [Januari](period)
  # a remark
  - intent: greet
    examples: |
      - halo kak
      - cuti tahunan
"""


class InAFolder(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        patched = mock.patch.object(vectors, "KEPT", self.folder / "vectors.npz")
        patched.start()
        self.addCleanup(patched.stop)


class NeedlessExamplesAreLeftOut(InAFolder):
    def test_what_the_others_explain_is_found_and_what_nothing_explains_is_not(self) -> None:
        lines = [Line("ask_policy", text) for text in LEAVE * 4] + [Line("greet", text) for text in HELLO * 4]
        odd = Line("greet", "cuti dulu ah kak")
        found = explained([*lines, odd])
        self.assertIn(Line("greet", "halo kak"), found)
        self.assertNotIn(odd, found)

    def test_only_their_lines_leave_the_files(self) -> None:
        path = self.folder / "policy.yml"
        path.write_text(DATA, encoding="utf-8")
        with mock.patch.object(selection, "FOLDER", self.folder):
            self.assertEqual(
                list(written()),
                [Line("ask_policy", "cuti tahunan"), Line("greet", "halo kak"), Line("greet", "cuti tahunan")],
            )
            leave_out({Line("ask_policy", "cuti tahunan")})
        self.assertEqual(path.read_text(encoding="utf-8"), DATA.replace("      - cuti tahunan\n", "", 1))


class VectorsAreMadeOnce(InAFolder):
    def test_they_are_those_of_the_model_and_only_new_texts_are_embedded(self) -> None:
        first = kept_vectors_of(["cuti", "jadwal", "cuti"])
        np.testing.assert_array_equal(first["cuti"], vectors_of(["cuti"])["cuti"])
        with mock.patch.object(vectors, "vectors_of", wraps=vectors_of) as made:
            again = kept_vectors_of(["jadwal", "sertifikat", "cuti"])
            kept_vectors_of(["sertifikat"])
        made.assert_called_once_with(["sertifikat"])
        self.assertEqual(list(again), ["jadwal", "sertifikat", "cuti"])
        np.testing.assert_array_equal(again["jadwal"], first["jadwal"])
