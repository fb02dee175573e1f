"""A sender under test with its messenger, clock and ledger."""

from core.domain.messages import Kind, Message, NewMessage
from core.domain.people import Person
from core.ports import UnitOfWorkFactory
from core.services.delivery import Delivery
from core.services.pacing import Pace
from tests.factories import NOW
from tests.fakes import FakeTime, FixedClock, RecordingMessenger


class Sender:
    """A delivery with its messenger, and the ledger read back."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: FixedClock, time: FakeTime) -> None:
        self.unit_of_work = unit_of_work
        self.clock = clock
        self.time = time
        self.messenger = RecordingMessenger()
        self.delivery = self.another()

    def another(self, **options: int) -> Delivery:
        """A sender started after the first one died, or beside it."""
        return Delivery(
            self.unit_of_work,
            self.clock,
            self.messenger,
            worker="test",
            pace=Pace(25, monotonic=self.time, sleep=self.time.sleep),
            chance=lambda: 0.0,
            **options,
        )

    async def queue(self, key: str, someone: Person, *, bulk: bool = False, **other: object) -> None:
        row = NewMessage(
            key=key,
            kind=Kind.CAMPAIGN if bulk else Kind.TICKET_ANSWERED,
            facts={"text": key},
            due_at=other.pop("due_at", NOW),  # type: ignore[arg-type]
            person_id=someone.person_id,
            is_bulk=bulk,
            **other,  # type: ignore[arg-type]
        )
        async with self.unit_of_work() as uow:
            assert await uow.outbox.add([row]) == 1
            await uow.commit()

    async def queue_bulk(self, someone: Person, size: int) -> None:
        async with self.unit_of_work() as uow:
            await uow.outbox.add(
                NewMessage(f"bulk:{n}", Kind.CAMPAIGN, {}, NOW, person_id=someone.person_id, is_bulk=True)
                for n in range(size)
            )
            await uow.commit()

    def refuse(self, *failures: BaseException | None) -> None:
        """Answers the next sends with these; None lets one through. After them everything goes through."""
        left = list(failures)

        def answer(message: Message) -> None:
            failure = left.pop(0) if left else None
            if failure is not None:
                raise failure

        self.messenger.answer = answer

    @property
    def keys(self) -> list[str]:
        return [message.key for message in self.messenger.sent]

    async def run_dry(self) -> None:
        while (await self.delivery.send_due()).any:
            pass
