"""The report of an evaluation as one HTML page that needs nothing beside it."""

from collections.abc import Sequence
from html import escape
from typing import Any

from cli.evaluation.measures import LATENCIES, SHARES, Outcome, confusion, is_wrong, reliability
from cli.evaluation.pictures import confusion_matrix, reliability_curve

_WORST = 40
_STYLE = """
:root { --ink: #1d2733; --paper: #fff; --soft: #f2f4f6; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --paper: #15191e; --soft: #20262d; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto;
  max-width: 70rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; } .scroll { overflow-x: auto; }
th, td { padding: .3rem .6rem; text-align: left; border-bottom: 1px solid var(--soft); vertical-align: top; }
thead th { background: var(--soft); } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
"""


def page(name: str, result: dict[str, Any], outcomes: Sequence[Outcome]) -> str:
    """`result` is that of `measures.report`. Every text of the set is escaped: it is what somebody typed."""
    return f"""<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evaluasi {escape(name)}</title><style>{_STYLE}</style></head><body>
<h1>Evaluasi {escape(name)}</h1>
<p>{result["n"]} baris, masing-masing sebagai percakapan baru seorang pegawai PNS contoh.</p>
<h2>Ukuran</h2>{_table_of_measures(result)}
<h2>Matriks kekeliruan</h2><p>Baris: maksud menurut label. Kolom: maksud yang dikerjakan asisten.</p>
<div class="scroll">{confusion_matrix(confusion(outcomes))}</div>
<h2>Apakah keyakinan dapat dipercaya</h2>{reliability_curve(reliability(outcomes))}
<h2>Kekeliruan terburuk</h2><p>Yang paling diyakini lebih dulu, paling banyak {_WORST} tiap ragam.</p>
{_worst(outcomes)}
</body></html>
"""


def cell(name: str, value: float | None) -> str:
    """A measure as people read it: a share in percent, a latency in milliseconds."""
    if value is None:
        return "–"
    return f"{value:.0f} ms" if name in LATENCIES else f"{value * 100:.1f}%"


def _table_of_measures(result: dict[str, Any]) -> str:
    registers: dict[str, dict[str, Any]] = result["by_register"]
    head = "".join(f'<th class="number">{escape(register)}</th>' for register in ("semua", *registers))
    rows = [_row("n", [str(part["n"]) for part in (result, *registers.values())])]
    for name in (*SHARES, *LATENCIES):
        rows.append(_row(name, [cell(name, part[name]) for part in (result, *registers.values())]))
    return f'<div class="scroll"><table><thead><tr><th>ukuran</th>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _row(name: str, cells: Sequence[str]) -> str:
    return f"<tr><th>{name}</th>" + "".join(f'<td class="number">{text}</td>' for text in cells) + "</tr>"


def _worst(outcomes: Sequence[Outcome]) -> str:
    wrong = sorted(
        (one for one in outcomes if is_wrong(one)), key=lambda one: -(one.turn.confidence if one.turn else 1)
    )
    parts = []
    for register in dict.fromkeys(one.line.register for one in outcomes):
        rows = [one for one in wrong if one.line.register == register][:_WORST]
        if rows:
            parts.append(f"<h3>{escape(register)}</h3>{_table_of_errors(rows)}")
    return "".join(parts) or "<p>Tidak ada.</p>"


def _table_of_errors(rows: Sequence[Outcome]) -> str:
    body = "".join(
        "<tr>"
        + f'<td class="number">{one.line.number}</td><td>{escape(one.line.text)}</td>'
        + f"<td>{escape(_expected(one))}</td><td>{escape(_done(one))}</td>"
        + f'<td class="number">{one.turn.confidence if one.turn else 0:.2f}</td></tr>'
        for one in rows
    )
    head = "<tr><th>baris</th><th>teks</th><th>seharusnya</th><th>dikerjakan</th><th>keyakinan</th></tr>"
    return f'<div class="scroll"><table><thead>{head}</thead><tbody>{body}</tbody></table></div>'


def _expected(one: Outcome) -> str:
    return " · ".join(filter(None, [one.line.intent, one.line.training, ", ".join(one.line.facts)]))


def _done(one: Outcome) -> str:
    if one.turn is None:
        return "tidak menjawab"
    suggested = f"saran {', '.join(one.turn.suggestions)}" if one.turn.suggestions and not one.sources else None
    return " · ".join(filter(None, [one.intent, one.turn.course, ", ".join(one.sources), suggested]))
