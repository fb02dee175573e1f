"""Who may do what, and what is not there. The whole tree stands in `core.domain.errors`."""

from dataclasses import dataclass

from core.domain.errors.base import CoreError


class NotAllowed(CoreError):
    """The caller may not do this."""


class NotLinked(NotAllowed):
    """The Telegram account is not linked to a member of staff."""


class NotYours(NotAllowed):
    """The record belongs to somebody else."""


class NotSupervisor(NotAllowed):
    """The request is for another supervisor to decide."""


class NotHR(NotAllowed):
    """Only HR officers may do this."""


@dataclass(eq=False)
class RoleMissing(NotAllowed):
    role: str


@dataclass(eq=False)
class OwnCampaign(NotAllowed):
    campaign_id: int


class NotFound(CoreError):
    """Nothing is known under this name."""


@dataclass(eq=False)
class UnknownPerson(NotFound):
    reference: str


@dataclass(eq=False)
class UnknownSession(NotFound):
    session_code: str


@dataclass(eq=False)
class UnknownCourse(NotFound):
    reference: str


@dataclass(eq=False)
class UnknownEnrollment(NotFound):
    reference: str


@dataclass(eq=False)
class UnknownSection(NotFound):
    section_id: str


@dataclass(eq=False)
class UnknownTicket(NotFound):
    number: int


@dataclass(eq=False)
class UnknownCampaign(NotFound):
    campaign_id: int


@dataclass(eq=False)
class NothingToAcknowledge(NotFound):
    campaign_id: int


class UnknownCertificate(NotFound):
    """No certificate has this number. What was typed may be anything and is not kept."""
