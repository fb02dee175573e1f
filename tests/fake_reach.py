"""The fake database's members of staff whom the bot cannot write to."""

from collections import Counter
from datetime import timedelta

from core.domain.campaigns import Unreached
from core.domain.messages import DeliveryStatus
from core.domain.people import TelegramAccount
from core.domain.reach import OutOfReach, is_gone
from tests.fake_records import Records


class FakeOutOfReach:
    _records: Records

    async def out_of_reach_counts(self) -> dict[Unreached, int]:
        counts = Counter(one.why for one in await self.out_of_reach())
        return {why: counts[why] for why in Unreached if counts[why]}

    async def out_of_reach(
        self, why: Unreached | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[OutOfReach]:
        accounts = {account.person_id: account for account in self._records.accounts.values()}
        found = []
        for person in self._records.people.values():
            account = accounts.get(person.person_id)
            if account is None:
                found.append(OutOfReach(person, Unreached.NOT_LINKED))
            elif account.unreachable_since is not None:
                gone = account_is_gone(self._records, account)
                reason = Unreached.NOT_FOUND if gone else Unreached.BLOCKED
                found.append(OutOfReach(person, reason, account.unreachable_since))
            elif account.opted_out_at is not None:
                found.append(OutOfReach(person, Unreached.OPTED_OUT, account.opted_out_at))
        found = [one for one in found if why in (None, one.why)]
        found.sort(key=lambda one: (one.person.unit.code, one.person.name, one.person.person_id))
        return found[offset : None if limit is None else offset + limit]


def account_is_gone(records: Records, account: TelegramAccount | None) -> bool:
    if account is None or account.unreachable_since is None:
        return False
    return any(
        message.person_id == account.person_id
        and message.status is DeliveryStatus.UNREACHABLE
        and is_gone(records.errors.get(message.message_id))
        and records.settled[message.message_id] >= account.unreachable_since - timedelta(minutes=1)
        for message in records.messages.values()
    )
