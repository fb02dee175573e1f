"""The numbers Word shows but does not write: "Pasal 5", "(1)" and "a." of automatic lists."""

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbering:
    """Counts as Word does while the paragraphs go by, in their order."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[int, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[int, dict[int, int]] = defaultdict(dict)
        self._abstract: dict[int, int] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):  # python-docx has no word for "there is none"
            return
        for abstract in root.findall(qn("w:abstractNum")):
            levels = {int(one.get(qn("w:ilvl"))): _level(one) for one in abstract.findall(qn("w:lvl"))}
            self._levels[int(abstract.get(qn("w:abstractNumId")))] = levels
        for number in root.findall(qn("w:num")):
            pointed = number.find(qn("w:abstractNumId"))
            if pointed is not None:
                self._abstract[int(number.get(qn("w:numId")))] = int(pointed.get(qn("w:val")))

    def of(self, paragraph: Any) -> str:
        """What stands before the paragraph's text; "•" for a bullet, nothing if it is not in a list."""
        found = _list_of(paragraph)
        if found is None or found[0] not in self._abstract:
            return ""
        abstract, level = self._abstract[found[0]], found[1]
        levels, counts = self._levels.get(abstract, {}), self._counts[abstract]
        if level not in levels:
            return ""
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        form, text, _ = levels[level]
        if form == "bullet":
            return "•"

        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            place_form, _, start = levels.get(place, ("decimal", "", 1))
            return _numeral(counts.get(place, start), place_form)

        return re.sub(r"%(\d)", number, text)


def _level(element: Any) -> tuple[str, str, int]:
    def value(name: str, default: str) -> str:
        child = element.find(qn(name))
        return default if child is None else str(child.get(qn("w:val"), default))

    start = value("w:start", "1")
    return value("w:numFmt", "decimal"), value("w:lvlText", ""), int(start) if start.isdecimal() else 1


def _list_of(paragraph: Any) -> tuple[int, int] | None:
    """(list, level), its own or its style's."""
    holders = [paragraph._p.pPr]
    style = paragraph.style
    while style is not None and len(holders) < 10:
        holders.append(style.element.find(qn("w:pPr")))
        style = style.base_style
    for holder in holders:
        number = holder.find(qn("w:numPr")) if holder is not None else None
        if number is not None:
            pointed, level = number.find(qn("w:numId")), number.find(qn("w:ilvl"))
            if pointed is not None:
                return int(pointed.get(qn("w:val"))), int(level.get(qn("w:val"))) if level is not None else 0
    return None


def _numeral(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        numeral = _roman(count)
        return numeral.upper() if form == "upperRoman" else numeral
    return str(count)


def _roman(count: int) -> str:
    for value, sign in _ROMAN:
        if count >= value:
            return sign + _roman(count - value)
    return ""
