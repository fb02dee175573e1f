"""The confusion matrix and the reliability curve as SVG; colors come from the page or from their own defaults."""

from collections import Counter
from collections.abc import Sequence
from html import escape

_CELL = 22
_LABELS = 150
_INK = "var(--ink, #222)"
_PAPER = "var(--paper, #fff)"
_RIGHT = "#2a7f62"
_WRONG = "#c0392b"


def confusion_matrix(counts: Counter[tuple[str, str]]) -> str:
    """Rows are the labels, columns what was acted on; green on the diagonal, red beside it, darker is a larger share."""
    rows = sorted({label for label, _ in counts})
    columns = sorted({acted for _, acted in counts} | set(rows))
    totals: Counter[str] = Counter()
    for (label, _), count in counts.items():
        totals[label] += count
    width, height = _LABELS + _CELL * len(columns) + 10, _LABELS + _CELL * len(rows) + 10
    parts = [_open(width, height, "Matriks kekeliruan: baris label, kolom yang dikerjakan asisten")]
    for place, name in enumerate(columns):
        x = _LABELS + _CELL * place + _CELL * 0.7
        parts.append(
            f'<text x="{x:.0f}" y="{_LABELS - 6}" transform="rotate(-60 {x:.0f} {_LABELS - 6})">{escape(name)}</text>'
        )
    for place, label in enumerate(rows):
        y = _LABELS + _CELL * place
        parts.append(f'<text x="{_LABELS - 6}" y="{y + 15}" text-anchor="end">{escape(label)}</text>')
        for column, acted in enumerate(columns):
            count = counts[label, acted]
            x = _LABELS + _CELL * column
            color = _RIGHT if label == acted else _WRONG
            strength = 0.15 + 0.85 * count / totals[label] if count else 0.04
            parts.append(
                f'<rect x="{x}" y="{y}" width="{_CELL - 1}" height="{_CELL - 1}" fill="{color if count else _INK}"'
                f' fill-opacity="{strength:.2f}"><title>{escape(label)} → {escape(acted)}: {count}</title></rect>'
            )
            if count:
                ink = "#fff" if strength > 0.6 else _INK
                parts.append(f'<text x="{x + 10.5}" y="{y + 15}" text-anchor="middle" fill="{ink}">{count}</text>')
    return "".join([*parts, "</svg>"])


def reliability_curve(points: Sequence[tuple[float, float, int]]) -> str:
    """Share right against confidence; on the diagonal, confidence means what it says. Larger dots stand for more lines."""
    size, margin = 300, 40
    parts = [_open(size + 2 * margin, size + 2 * margin, "Keyakinan dan kebenaran")]

    def at(confidence: float, right: float) -> tuple[float, float]:
        return margin + size * confidence, margin + size * (1 - right)

    parts.append(
        f'<rect x="{margin}" y="{margin}" width="{size}" height="{size}" fill="none" stroke="{_INK}" stroke-opacity=".3"/>'
    )
    (x1, y1), (x2, y2) = at(0, 0), at(1, 1)
    parts.append(
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{_INK}" stroke-opacity=".4" stroke-dasharray="4"/>'
    )
    placed = [(*at(confidence, right), count) for confidence, right, count in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in placed)
    parts.append(f'<polyline points="{line}" fill="none" stroke="{_RIGHT}" stroke-width="2"/>')
    for (x, y, count), (confidence, right, _) in zip(placed, points, strict=True):
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + min(9, count**0.5):.1f}" fill="{_RIGHT}" fill-opacity=".7">'
            f"<title>keyakinan {confidence:.2f}, benar {right:.2f}, {count} baris</title></circle>"
        )
    for tick in (0, 0.5, 1):
        x, y = at(tick, tick)
        parts.append(f'<text x="{x}" y="{margin + size + 16}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{margin - 6}" y="{y + 4}" text-anchor="end">{tick:g}</text>')
    parts.append(
        f'<text x="{margin + size / 2}" y="{margin + size + 32}" text-anchor="middle">keyakinan asisten</text>'
    )
    parts.append(f'<text x="{margin}" y="{margin - 10}">bagian yang benar</text>')
    return "".join([*parts, "</svg>"])


def _open(width: float, height: float, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}"'
        f' height="{height:.0f}" font-family="system-ui, sans-serif" font-size="11" fill="{_INK}" role="img">'
        f'<title>{title}</title><rect width="100%" height="100%" fill="{_PAPER}"/>'
    )
