"""Yes or no to what a form asks before it does something. Nothing happens on a misread word: a doubtful yes is asked again."""

import re

from rasa_sdk.events import EventType, SlotSet

from actions.choices import TAIL, ordinal, words_of
from actions.turn import Turn

_YES = re.compile(
    r"(?:iya+|ya+|yes|y|yup|yoi|ok|oke|okay|okey|sip|siap|betul|benar|bener|setuju|lanjut\w*|gas\w*|boleh|mau)\b.*"
)
_NOT = re.compile(r"\b(?:tidak|tdk|nggak|ngga|enggak|gak|ga|kagak|jangan|bukan|belum|nanti|ntar|stop|urung)\b")
_CALLED_OFF = re.compile(r"\bbatal\w*\b")
_NODDING = frozenset("👍👌✅🆗")
_LONGEST_YES = 40
"""Letters. Who agrees is short; a longer text that looks like a yes says something beside it."""
_MANY = 99
_POINTERS = frozenset({"yang", "yg", "sesi", "pilih", "ambil"})


def settled(turn: Turn, verb: str, *, may_repeat: bool = True) -> list[EventType]:
    """The slot `confirmed` after this turn's answer to the question whether to `verb`: True, False, or None to ask again.

    Empty if the turn holds no answer at all, so that Rasa takes it for an interruption. A button counts as pressed, a typed
    no as understood. A typed yes counts when its words say so, or when it was understood as one and its words leave no
    other meaning. `may_repeat`: the wish said once more is a yes too.
    """
    understood = turn.candidate("confirmed")
    if turn.is_button or understood is False:
        return [SlotSet("confirmed", understood)] if isinstance(understood, bool) else []
    is_repeated = may_repeat and repeats_wish(turn.text, verb)
    if is_repeated or says_yes(turn.text, verb) or (understood is True and _can_be_yes(turn.text, verb)):
        return [SlotSet("confirmed", True)]
    return [SlotSet("confirmed", None)] if understood is not None else []


def says_yes(text: str, verb: str) -> bool:
    """A yes to the question just asked, whatever intent it looked like ("iya daftarin aja")."""
    words = words_of(text)
    return not is_called_off(text, verb) and len(words.split()) <= 4 and _YES.fullmatch(words) is not None


def repeats_wish(text: str, verb: str) -> bool:
    """Nothing but the wish again ("daftarkan saya"): a yes, as long as nothing else was talked about meanwhile.

    `verb` is what was asked about: "daftar", "batal", "kirim" or "hapus". The bare "batal" is never a yes: it may call
    all off.
    """
    form = "kan|in" if verb == "batal" else "kan|in|"
    return re.fullmatch(rf"{verb}(?:{form})(?:\s+(?:saya|aku|{TAIL}))*", words_of(text)) is not None


def is_called_off(text: str, verb: str) -> bool:
    """The words take it back ("ok batalin aja"), whatever intent they looked like. Withdrawing is itself called "batal"."""
    words = words_of(text)
    return bool(_NOT.search(words) or (verb != "batal" and _CALLED_OFF.search(words)))


def _can_be_yes(text: str, verb: str) -> bool:
    words = words_of(text)
    if not words:
        return bool(_NODDING & set(text))
    points_elsewhere = words.split()[0] in _POINTERS or ordinal(text, _MANY) is not None
    return len(words) <= _LONGEST_YES and not is_called_off(text, verb) and not points_elsewhere
