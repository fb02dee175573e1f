"""Why somebody withdraws, in their words or by button. It is asked, never demanded."""

import re

from actions.choices import TAIL, ordinal, words_of
from actions.replies.enrollment import REASONS
from actions.turn import Turn

SKIPPED = "-"
"""In the slot: asked, and not told."""
LIMIT = 300
REASON = re.compile(r"[a-z]{2,12}")

_NO = r"(?:tidak|tdk|nggak|ngga|enggak|gak|ga)"
_SKIPS = re.compile(
    rf"(?:lewati|lewat|skip|tanpa alasan|rahasia|{_NO}(?: (?:ada|usah|perlu|mau|bilang|apa apa|alasan))*)"
    r"(?: (?:aja|saja|dulu|deh|ah|kok|kak|min|ya|pak|bu|alasannya|alasan))*"
)
_STAYS = re.compile(
    r"(?:batal|kembali|stop|berhenti|jangan(?: dibatalkan| dibatalin)?|urung|(?:saya |aku )?tetap ikut"
    r"|(?:tidak|tdk|nggak|ngga|enggak|gak|ga|tak) jadi(?: batal| batalin| dibatalkan)?)"
    r"(?: (?:aja|saja|deh|dulu|kok|kak|min|ya|pak|bu))*"
)
_GOES_ON = re.compile(
    r"(?:ya|iya|yes|y|ok|oke|sip|lanjut\w*|(?:jadi |di)?batal(?:kan|in)|jadi (?:di)?batal\w*)"
    rf"(?: (?:{TAIL}|lanjut\w*|batalkan|batalin|jadi|batal|silakan|langsung))*"
)
_CORRECTS = re.compile(r"(?:eh|ups|oh|maaf)? ?(?:bukan|salah|maksud\w*|yang lain)\b")
_BECAUSE = re.compile(
    r"\b(?:karena|karna|krn|soalnya|sebab|gara[- ]gara|lantaran|berhubung)\s+(\S.*)", re.DOTALL | re.IGNORECASE
)
_ASKS = re.compile(
    r"\?|^(?:apa|apakah|berapa|kapan|di ?mana|bagaimana|gimana|gmn|siapa|kenapa|mengapa|bisakah|bolehkah|tolong|lihat|tampilkan"
    r"|daftar|cek)\b|\b(?:berapa|kapan|gimana|bagaimana)\b"
)
_OTHER_BUSINESS = frozenset(
    {
        "ask_policy", "capabilities", "certificate", "delete_my_data", "enroll_training", "enrollment_status", "greet",
        "learning_hours", "list_trainings", "my_profile", "my_schedule", "opt_in", "opt_out", "pending_approvals",
        "recommend_training", "talk_to_hr", "thank", "ticket_status", "training_details", "verify_bot",
    }
)  # fmt: skip
"""Intents of a question or a wish. The same words without the form of one are a reason ("jadwalnya bentrok")."""
_ALWAYS_OTHER = frozenset({"cancel_dialogue", "delete_my_data", "talk_to_hr", "greet", "thank", "opt_in", "opt_out"})


def pressed_reason(turn: Turn) -> str | None:
    """The words of the pressed reason, SKIPPED for "Lewati" and for a button that is no longer offered."""
    code = turn.pressed("reason", REASON)
    return None if code is None else REASONS.get(code, SKIPPED)


def is_staying(text: str) -> bool:
    """They would rather keep the seat ("batal", "ga jadi", "tetap ikut"), whatever intent it looked like."""
    return _STAYS.fullmatch(words_of(text)) is not None


def is_correcting(text: str) -> bool:
    """They mean another training than the one just named ("eh bukan, yang BerAKHLAK")."""
    return _CORRECTS.match(words_of(text)) is not None


def told_reason(turn: Turn) -> str | None:
    """What was typed in answer to the question; SKIPPED for a no or a mere yes, None where something else is wanted."""
    words = words_of(turn.text)
    if not words or turn.text.rstrip().endswith("?"):
        return None
    if reason := reason_in(turn.text):
        return reason
    if _SKIPS.fullmatch(words) or _GOES_ON.fullmatch(words):
        return SKIPPED
    index = ordinal(turn.text, len(REASONS))
    if index is not None:
        return list(REASONS.values())[index]
    is_other = turn.intent in _OTHER_BUSINESS and _ASKS.search(turn.text.lower()) is not None
    if turn.intent in _ALWAYS_OTHER or is_other:
        return None
    return " ".join(turn.text.split())


def reason_in(text: str) -> str | None:
    """The reason a wish to withdraw brings along ("batalin TIK-02 soalnya ada rapat")."""
    match = _BECAUSE.search(text)
    reason = " ".join(match[1].split()).strip(" .,!") if match else ""
    return reason[:LIMIT] if len(reason) > 2 else None
