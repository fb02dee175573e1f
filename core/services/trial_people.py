"""Whom an HR officer means when they name people for a trial of a campaign: by NIP, or by name."""

import re
from dataclasses import dataclass

from core.domain.people import Caller, HrRole, Person
from core.ports import UnitOfWorkFactory
from core.services.campaign_steps import officer

MOST = 10
ALIKE = 5
_NIP = re.compile(r"\d{18}")
_BETWEEN = re.compile(r"[,;\n]+")


@dataclass(frozen=True)
class Named:
    """`people` are meant beyond doubt; of each of `unclear`, the words and those they may mean (none: nobody)."""

    people: list[Person]
    unclear: list[tuple[str, list[Person]]]


class TrialPeople:
    def __init__(self, unit_of_work: UnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def find(self, caller: Caller, text: str) -> Named:
        """Commas or lines between them; at most ten. Raises NotHR, RoleMissing."""
        found: dict[int, Person] = {}
        unclear: list[tuple[str, list[Person]]] = []
        async with self._unit_of_work() as uow:
            await officer(uow, caller, HrRole.AUTHOR)
            for words in [part.strip() for part in _BETWEEN.split(text) if part.strip()][:MOST]:
                if _NIP.fullmatch(re.sub(r"[ .-]", "", words)):
                    person = await uow.people.by_nip(re.sub(r"[ .-]", "", words))
                    alike = [person] if person is not None else []
                else:
                    alike = await uow.people.named(words, ALIKE)
                    exact = [person for person in alike if person.name.lower() == " ".join(words.lower().split())]
                    alike = exact if len(exact) == 1 else alike
                if len(alike) == 1:
                    found[alike[0].person_id] = alike[0]
                else:
                    unclear.append((words, alike))
        return Named(list(found.values()), unclear)
