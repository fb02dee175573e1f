"""Fingerprints of the evaluation lines: the repository checks by itself that none of them became an example.

Run `python -m tests.nlu.evaluation_lines FILE.jsonl …` when an evaluation set is added or changed. The fingerprints are of
what was typed, not of its plain form, so that a better normalizer leaves them valid.
"""

import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

HASHES = Path(__file__).with_name("evaluation_lines.sha256")
FOLDER = Path(__file__).parents[2].parent / "shared" / "eval"


def fingerprint(text: str) -> str:
    """Of letters and digits only: a comma more makes no other sentence."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return hashlib.sha256("".join(filter(str.isalnum, folded)).encode()).hexdigest()


def texts(files: Iterable[Path]) -> list[str]:
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [json.loads(line)["text"] for line in lines]


if __name__ == "__main__":
    HASHES.write_text("\n".join(sorted(set(map(fingerprint, texts(map(Path, sys.argv[1:])))))) + "\n", encoding="ascii")
