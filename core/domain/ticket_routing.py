"""Which HR officers a question is for: by what it is about and by the unit of who asks."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from core.domain.people import Person, Unit

TRAININGS = "pelatihan"
"""The topic of questions about the catalogue. The other topics are the documents of the knowledge base, by id."""
OTHER = "lainnya"
"""The topic of all that fits none."""


@dataclass(frozen=True)
class Duty:
    """What one officer answers: a topic, in a unit and everything below it. None: any topic, any unit."""

    person_id: int
    topic: str | None = None
    unit_code: str | None = None

    def covers(self, topic: str, units: Collection[str]) -> bool:
        """`units`: the asker's own and all above it."""
        return self.topic in (None, topic) and (self.unit_code is None or self.unit_code in units)


def and_above(unit_code: str, units: Mapping[str, Unit]) -> set[str]:
    """The unit and all those it belongs to."""
    found: set[str] = set()
    code: str | None = unit_code
    while code is not None and code not in found:
        found.add(code)
        code = units[code].parent if code in units else None
    return found


def responsible(
    officers: Iterable[Person], duties: Iterable[Duty], topic: str, units: Collection[str], asker_id: int
) -> list[Person]:
    """The officers whose duties cover it; all of them where nobody's do.

    Whoever asks is not told of their own question, unless nobody else is there.
    """
    everybody = list(officers)
    others = [person for person in everybody if person.person_id != asker_id]
    charged = {duty.person_id for duty in duties if duty.covers(topic, units)}
    return [person for person in others if person.person_id in charged] or others or everybody
