"""Reads a document in a child process with little memory and little time: a hostile file can hurt nothing but itself.

`python -m core.documents.isolated pdf|docx` is that child: the file on standard input, JSON on standard output.
"""

import json
import subprocess
import sys
from pathlib import Path, PurePath

from core.documents.lines import Reading, Unreadable
from core.domain.row_problems import Fault

LARGEST = 30_000_000
"""Bytes."""
SECONDS = 120
MEMORY = 1_500_000_000
_ROOT = Path(__file__).parents[2]
KINDS = {".docx": "docx", ".docm": "docx", ".doc": "docx", ".pdf": "pdf"}


def read_document(name: str, content: bytes) -> Reading:
    """By the ending of its name. Raises Unreadable."""
    kind = KINDS.get(PurePath(name).suffix.lower())
    if kind is None:
        raise Unreadable(Fault.DOCUMENT_KIND)
    if len(content) > LARGEST:
        raise Unreadable(Fault.DOCUMENT_TOO_LARGE, limit=LARGEST // 1_000_000)
    command = [sys.executable, "-m", "core.documents.isolated", kind]
    try:
        child = subprocess.run(command, input=content, capture_output=True, cwd=_ROOT, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(Fault.DOCUMENT_TOO_COSTLY) from error
    if child.returncode:
        raise Unreadable(Fault.DOCUMENT_TOO_COSTLY)
    told = json.loads(child.stdout)
    if "fault" in told:
        raise Unreadable(Fault(told["fault"]), **told["facts"])
    return Reading.from_json(told)


def _read(kind: str, content: bytes) -> Reading:
    if kind == "pdf":
        from core.documents.pdf_reader import read_pdf

        return read_pdf(content)
    from core.documents.docx_reader import read_docx

    return read_docx(content)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not on Windows; the time limit holds there, too
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def main() -> int:
    _limit()
    try:
        told = _read(sys.argv[1], sys.stdin.buffer.read()).as_json()
    except Unreadable as refused:
        told = {"fault": refused.fault.value, "facts": refused.facts}
    except MemoryError:
        told = {"fault": Fault.DOCUMENT_TOO_COSTLY.value, "facts": {}}
    sys.stdout.write(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
