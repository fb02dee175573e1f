"""Asking the records whether what an audience names exists."""

from core.domain.audience import Audience
from core.domain.errors import AudienceUnknown
from core.ports import UnitOfWork


async def require_known(uow: UnitOfWork, audience: Audience) -> None:
    """Raises AudienceUnknown with the first unit, course, campaign or person that does not exist."""
    units: set[str] | None = None
    for group in audience.groups:
        if group.units and units is None:
            units = {unit.code for unit in await uow.people.units()}
        for code in group.units:
            if code not in (units or ()):
                raise AudienceUnknown(code)
        for code in (*group.enrolled, *group.not_enrolled):
            if await uow.courses.get(code) is None:
                raise AudienceUnknown(code)
        for number in (*group.acknowledged, *group.not_acknowledged):
            if await uow.campaigns.get(number) is None:
                raise AudienceUnknown(str(number))
        known = await uow.people.known_nips(group.nips) if group.nips else set()
        for nip in group.nips:
            if nip not in known:
                raise AudienceUnknown("•" * (len(nip) - 3) + nip[-3:])
