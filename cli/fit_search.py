"""`python -m cli.fit_search`: fits the weights of the policy search, and says how good it is on questions it has not seen.

Prints the measures of `rekan eval` for each threshold: by cross-validation (weights fitted on four fifths of the
questions, measured on the fifth) and on the policy lines of an evaluation set, if one is named. `--write` puts the
weights into core/services/search/weights.py. Needs neither database nor Rasa; see docs/decisions/0006-search.md.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cli.evaluation.lines import ASK_POLICY, read_lines
from cli.search_material import read_material, settings_embedder, shipped_sections
from core.domain.people import Employment
from core.normalizer import normalize
from core.services.search import weights as held
from core.services.search.fitting import Weights, fit
from core.services.search.held_out import FOLDS, Asked, Material, held_out
from core.services.search.judging import MEASURES, Judged, judged, measure
from core.services.search.section_index import SectionIndex
from core.services.search.unanswerable import UNANSWERABLE
from core.services.search.vectors import embed

THRESHOLDS = (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m cli.fit_search", description=__doc__)
    parser.add_argument(
        "--set", type=Path, help="an evaluation set whose policy lines are measured too, never fitted to"
    )
    parser.add_argument("--write", action="store_true", help="write the weights fitted to all questions")
    given = parser.parse_args()
    sections = shipped_sections()
    material = read_material(sections)
    asked = list(held_out(material, normalize))
    print(f"{len(sections)} sections, {len(material.questions)} questions, {len(UNANSWERABLE)} unanswerable")
    show("cross-validation", cross_validated(asked))
    fitted = fit(asked)
    if given.set:
        show(
            f"{given.set.name}, weights as held",
            judged_set(given.set, material, (_array(held.SECTION_WEIGHTS), _array(held.NONE_WEIGHTS))),
        )
        show(f"{given.set.name}, weights as fitted", judged_set(given.set, material, fitted))
    print(f"SECTION_WEIGHTS = {_rounded(fitted[0])}\nNONE_WEIGHTS = {_rounded(fitted[1])}")
    if given.write:
        write(fitted)
    return 0


def cross_validated(asked: Sequence[Asked]) -> list[Judged]:
    found = []
    for fold in range(FOLDS):
        fitted = fit([one for one in asked if one.fold != fold])
        for one in asked:
            if one.fold == fold:
                right = set() if one.right is None else {one.right}
                found.append(judged(one.evidence, right, fitted[0].tolist(), fitted[1].tolist()))
    return found


def judged_set(file: Path, material: Material, fitted: Weights) -> list[Judged]:
    """As a PNS would be answered who asks each line first thing; what the intent classifier would do is left out."""
    lines = [line for line in read_lines(file.read_text(encoding="utf-8")) if line.intent == ASK_POLICY]
    place = {section.section_id: i for i, section in enumerate(material.sections)}
    index = SectionIndex(
        material.sections, material.texts, material.questions, normalize, material.unanswerable_vectors
    )
    vectors = embed(settings_embedder(), "queries", [normalize(line.text) for line in lines])
    return [
        judged(
            index.evidence(line.text, vector, Employment.PNS),
            {place[fact] for fact in line.facts if fact in place},
            fitted[0].tolist(),
            fitted[1].tolist(),
        )
        for line, vector in zip(lines, vectors, strict=True)
    ]


def show(title: str, found: Sequence[Judged]) -> None:
    """One line a threshold."""
    answerable = sum(one.is_answerable for one in found)
    print(f"\n{title}: {answerable} answerable, {len(found) - answerable} not")
    print("threshold" + "".join(f"{name.removeprefix('policy_'):>19}" for name in MEASURES))
    for threshold in THRESHOLDS:
        shares = measure(found, threshold)
        print(f"{threshold:9.2f}" + "".join(f"{_percent(shares[name]):>19}" for name in MEASURES))


def write(fitted: Weights) -> None:
    file = Path(held.__file__)
    lines = file.read_text(encoding="utf-8").splitlines()
    new = {"SECTION_WEIGHTS": fitted[0], "NONE_WEIGHTS": fitted[1]}
    lines = [f"{name} = {_rounded(new[name])}" if (name := line.partition(" = ")[0]) in new else line for line in lines]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{file.name}: written")


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _rounded(values: NDArray[np.float64]) -> str:
    return f"({', '.join(f'{value:.2f}' for value in values)})"


def _array(values: Sequence[float]) -> NDArray[np.float64]:
    return np.asarray(values, dtype=np.float64)


if __name__ == "__main__":
    raise SystemExit(main())
