"""The picture of /laporan: how far a campaign was read, in all and unit by unit, as a PNG made for a phone.

Okabe and Ito's colors, which people with any color vision tell apart, and a hatching beside them for grey copies.
matplotlib takes a second to import, so the first picture does it; its fonts are shared by all threads, so one is drawn at a time.
"""

import io
import threading
from dataclasses import dataclass

from bot.texts import reports as texts
from core.domain.campaigns import UnitReading
from core.domain.readings import children_of
from core.services.campaign_reports import CampaignReport

MOST_UNITS = 10
_WIDTH, _DOTS = 5.4, 200
"""Inches and dots an inch: 1080 px, the width of a phone."""
_HEAD, _ROW = 1.5, 0.62
_BLUE, _ORANGE, _GREY = "#0072B2", "#E69F00", "#C4C4C4"
_WIDE_ENOUGH = 11.0
"""Percent of the width that holds a number."""

_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Bar:
    """One row; the parts are counts of people and add up to `recipients`."""

    name: str
    recipients: int
    read: int
    silent: int
    missing: int


def bars_of(found: CampaignReport) -> list[Bar]:
    """All recipients first, then the units where they part, what does not fit summed in a last one."""
    progress = found.progress
    rows = [_bar(texts.ALL_UNITS, progress.recipients, progress.sent, progress.acknowledged)]
    _, units = children_of(found.units)
    shown, rest = (units, []) if len(units) <= MOST_UNITS else (units[: MOST_UNITS - 1], units[MOST_UNITS - 1 :])
    rows += [_unit_bar(row) for row in shown]
    if rest:
        counts = [sum(getattr(row, name) for row in rest) for name in ("recipients", "sent", "acknowledged")]
        rows.append(_bar(texts.other_units(len(rest)), *counts))
    return rows


def draw(found: CampaignReport) -> bytes:
    """Blocking work of a quarter of a second: call it in a thread."""
    with _one_at_a_time:
        return _draw(found)


def _draw(found: CampaignReport) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    rows, asks = bars_of(found), found.progress.campaign.needs_acknowledgement
    height = _HEAD + _ROW * len(rows)
    figure = Figure(figsize=(_WIDTH, height), dpi=_DOTS, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.045, 0.12 / height, 0.91, 1 - (_HEAD + 0.12) / height))
    axes.set_xlim(0, 100)
    axes.set_ylim(len(rows), 0)
    axes.axis("off")
    names = texts.parts(found)
    styles = [(_BLUE, "white", ""), (_ORANGE, "black", ""), (_GREY, "black", "///")]
    for place, row in enumerate(rows):
        counts = (row.read, row.silent, row.missing) if asks else (row.read + row.silent, 0, row.missing)
        axes.text(0, place + 0.36, row.name, fontsize=12, fontweight="bold" if place == 0 else "normal", va="bottom")
        axes.text(
            100, place + 0.36, texts.people(row.recipients), fontsize=11, color="#444444", ha="right", va="bottom"
        )
        start = 0.0
        for count, (color, ink, hatch) in zip(counts, styles, strict=True):
            share = 100 * count / row.recipients if row.recipients else 0.0
            axes.barh(
                place + 0.62, share, left=start, height=0.44, color=color, hatch=hatch, edgecolor="white", linewidth=0.8
            )
            if share >= _WIDE_ENOUGH:
                axes.text(
                    start + share / 2, place + 0.63, f"{share:.0f}%", fontsize=11, color=ink, ha="center", va="center"
                )
            start += share
    figure.text(0.045, 1 - 0.14 / height, texts.chart_title(found), fontsize=15, fontweight="bold", va="top")
    figure.text(0.045, 1 - 0.50 / height, texts.chart_line(found), fontsize=11.5, color="#444444", va="top")
    shown = [(name, style) for name, style in zip(names, styles, strict=True) if name]
    figure.legend(
        handles=[
            Patch(facecolor=color, hatch=hatch, edgecolor="white", label=name) for name, (color, _, hatch) in shown
        ],
        loc="upper left",
        bbox_to_anchor=(0.03, 1 - 0.80 / height),
        ncols=len(shown),
        frameon=False,
        fontsize=11,
        handlelength=1.2,
        handletextpad=0.5,
        columnspacing=1.2,
    )
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _unit_bar(row: UnitReading) -> Bar:
    return _bar(texts.short(row.unit.short_name), row.recipients, row.sent, row.acknowledged)


def _bar(name: str, recipients: int, sent: int, acknowledged: int) -> Bar:
    read = min(acknowledged, recipients)
    silent = min(max(0, sent - acknowledged), recipients - read)
    return Bar(name, recipients, read, silent, recipients - read - silent)
