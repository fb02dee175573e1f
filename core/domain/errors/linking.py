"""Why an account is not linked. The whole tree stands in `core.domain.errors`."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.errors.base import CoreError


class LinkRefused(CoreError):
    """The account could not be linked."""


class ContactNotOwn(LinkRefused):
    """Somebody else's contact, or a forwarded one."""


class PhoneNotReadable(LinkRefused):
    """The contact holds no telephone number."""


class PhoneNotRegistered(LinkRefused):
    """Nobody in the registry has this number."""


class PhoneAmbiguous(LinkRefused):
    """Several people in the registry have this number."""


@dataclass(eq=False)
class CodeWrong(LinkRefused):
    tries_left: int


class CodeExpired(LinkRefused):
    """The code was right once; HR must issue a new one."""


@dataclass(eq=False)
class CodeLocked(LinkRefused):
    opens_at: datetime
