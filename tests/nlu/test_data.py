"""The training data: enough of it, nothing twice, nothing of the evaluation, nothing that does not exist.

Reads the YAML alone; Rasa's own validation is a step of its own (`make test ONLY=data`).
"""

import csv
import re
from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path

import pytest
import yaml

from core.normalizer import normalize
from nlu.known_words import KNOWN_WORDS, collected
from nlu.policy_questions import FILE, sections
from tests.nlu.evaluation_lines import FOLDER, HASHES, fingerprint, texts

ROOT = Path(__file__).parents[2]
SMALLTALK = {"greet", "goodbye", "thank", "affirm", "deny"}
TASKS = {
    "cancel_dialogue", "capabilities", "ask_policy", "list_trainings", "training_details", "recommend_training",
    "enroll_training", "cancel_enrollment", "enrollment_status", "my_schedule", "learning_hours", "certificate",
    "pending_approvals", "talk_to_hr", "ticket_status", "my_profile", "verify_bot", "opt_out", "opt_in", "delete_my_data",
    "feedback",
}  # fmt: skip
FEWEST = 25
MARKUP = re.compile(r"\[([^\]]+)\]\([^)]+\)")
CODE = re.compile(r"\b[A-Z]{3}-\d{2}\b")


def items(folder: str) -> list[dict[str, str]]:
    files = sorted((ROOT / "nlu" / "data" / folder).glob("*.yml"))
    return [item for path in files for item in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", [])]


def lines(item: dict[str, str]) -> list[str]:
    return [
        MARKUP.sub(r"\1", line.removeprefix("- ").strip()) for line in item["examples"].splitlines() if line.strip()
    ]


@pytest.fixture(scope="module")
def examples() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for item in items("intents"):
        found[item["intent"]] += lines(item)
    return found


def courses() -> set[str]:
    with (ROOT / "sample" / "courses.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file)}


def test_every_intent_people_type_has_examples(examples: dict[str, list[str]]) -> None:
    assert set(examples) == TASKS | SMALLTALK | {"out_of_scope"}


def test_every_task_has_at_least_twenty_five_different_examples(examples: dict[str, list[str]]) -> None:
    counts = {intent: len({normalize(text) for text in examples[intent]}) for intent in TASKS}
    assert {intent: count for intent, count in counts.items() if count < FEWEST} == {}


def test_no_example_stands_under_two_intents(examples: dict[str, list[str]]) -> None:
    intents: dict[str, set[str]] = defaultdict(set)
    for intent, some in examples.items():
        for text in some:
            intents[normalize(text).strip(" ?!.,")].add(intent)
    assert {text: found for text, found in intents.items() if len(found) > 1} == {}


def test_no_example_is_written_twice(examples: dict[str, list[str]]) -> None:
    counts = Counter(text for some in examples.values() for text in some)
    assert [text for text, count in counts.items() if count > 1] == []


def test_no_example_could_be_taken_for_a_payload(examples: dict[str, list[str]]) -> None:
    assert [text for some in examples.values() for text in some if text.startswith("/")] == []


def test_no_example_is_a_line_of_the_evaluation(examples: dict[str, list[str]]) -> None:
    hashes = set(HASHES.read_text(encoding="ascii").split())
    assert len(hashes) >= 160
    assert [text for some in examples.values() for text in some if fingerprint(text) in hashes] == []


def test_where_the_evaluation_lies_beside_the_repository_its_fingerprints_are_complete(
    examples: dict[str, list[str]],
) -> None:
    evaluation = texts(
        sorted(FOLDER.glob("*.jsonl"))
    )  # none elsewhere: the fingerprints above are the check that counts
    assert {fingerprint(text) for text in evaluation} <= set(HASHES.read_text(encoding="ascii").split())
    # short ones like "halo min" are nobody's own wording
    plain = {normalize(text) for text in evaluation if len(text.split()) > 3}
    assert [text for some in examples.values() for text in some if normalize(text) in plain] == []


def test_examples_and_lookups_name_only_courses_of_the_catalogue(examples: dict[str, list[str]]) -> None:
    looked_up = [line for item in items("lookups") if "lookup" in item for line in lines(item)]
    named = {code for text in chain(looked_up, *examples.values()) for code in CODE.findall(text.upper())}
    assert named <= courses()


def test_no_lookup_word_is_listed_twice() -> None:
    listed = Counter((item["lookup"], line) for item in items("lookups") if "lookup" in item for line in lines(item))
    assert [entry for entry, count in listed.items() if count > 1] == []


def test_the_list_of_known_words_is_up_to_date() -> None:
    known = KNOWN_WORDS.read_text(encoding="utf-8").split()
    assert known == collected(), "run `python -m nlu.known_words`"


def test_the_questions_taken_from_the_policy_documents_still_stand_there() -> None:
    """A few edited questions are no reason to train anew; many are."""
    taken = lines(yaml.safe_load(FILE.read_text(encoding="utf-8"))["nlu"][0])
    standing = set(chain(*sections()))
    assert sum(question in standing for question in taken) >= 0.8 * len(taken), "run `python -m nlu.selection --write`"
