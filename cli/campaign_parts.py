"""The parts of a campaign as YAML and options write them. Raises GivenUp with a sentence for what cannot be read."""

from collections.abc import Iterable
from typing import Any

from cli.session import GivenUp
from core.domain.attachments import Attachment
from core.domain.campaign_content import Link
from core.domain.quizzes import Question
from core.domain.series import Step

_QUESTION = ("question", "options", "answer", "explanation")
_STEP = ("after", "text", "links", "attachment")


def links_of(given: Iterable[object]) -> list[Link]:
    found = [link if isinstance(link, dict) else _pair(str(link)) for link in given]
    return [Link(str(link.get("title", "")), str(link.get("url", ""))) for link in found]


def quiz_of(given: object) -> list[Question]:
    """`answer` counts the options from 1."""
    questions = []
    for asked in given if isinstance(given, list) else [given]:
        if (
            not isinstance(asked, dict)
            or not asked.keys() <= set(_QUESTION)
            or not isinstance(asked.get("options"), list)
        ):
            raise GivenUp(f"quiz: tiap pertanyaan berisi {', '.join(_QUESTION)}. Lihat contoh di docs/campaigns.md.")
        right = whole(asked.get("answer"), "answer") or 0
        options = tuple(str(option) for option in asked["options"])
        questions.append(
            Question(str(asked.get("question", "")), options, right - 1, str(asked.get("explanation", "")))
        )
    return questions


def steps_in(given: object) -> list[dict[str, Any]]:
    """The steps as they are written."""
    found: list[dict[str, Any]] = []
    for step in given if isinstance(given, list) else [] if given is None else [given]:
        if not isinstance(step, dict) or not step.keys() <= set(_STEP):
            raise GivenUp(f"steps: tiap langkah berisi {', '.join(_STEP)}. Lihat contoh di docs/campaigns.md.")
        found.append(step)
    return found


def step_of(step: dict[str, Any], attachment: Attachment | None) -> Step:
    links = tuple(links_of(step.get("links") or ()))
    return Step(str(step.get("text", "")), whole(step.get("after"), "after") or 0, links, attachment)


def whole(value: object, name: str) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise GivenUp(f"{name}: tulis sebuah bilangan bulat.")


def _pair(text: str) -> dict[str, str]:
    title, _, url = text.partition("=")
    return {"title": title, "url": url}
