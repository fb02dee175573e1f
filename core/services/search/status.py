"""Whether a text speaks of PNS, of PPPK, or of neither in particular: rights differ between the two."""

import re

from core.domain.people import Employment

_PPPK = re.compile(r"\b(?:pppk|p3k|perjanjian kerja)\b")
_PNS = re.compile(r"\b(?:pns|cpns|pegawai negeri)\b")


def status_named(text: str) -> tuple[Employment | None, bool]:
    """(the one status named, whether any is named): both named gives (None, True). Expects lower case."""
    pns, pppk = bool(_PNS.search(text)), bool(_PPPK.search(text))
    if pns == pppk:
        return None, pns
    return (Employment.PNS if pns else Employment.PPPK), True


def status_of(title_and_text: str, document_title: str) -> Employment | None:
    """Whom a section is about: as its words say, else as its document's title says; None for both."""
    status, named = status_named(title_and_text)
    return status if named else status_named(document_title)[0]
