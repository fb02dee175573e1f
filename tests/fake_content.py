"""What goes along with campaigns, in the fake database."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from core.domain.attachments import Attachment, AttachmentKind
from core.domain.campaign_results import PersonQuiz, UnitQuiz
from core.domain.messages import NEWS, DeliveryStatus, Kind
from core.domain.people import Unit
from core.domain.pulses import PulseAnswer
from tests.fake_campaigns import units_above
from tests.fake_records import Records, next_id


class FakeAttachments:
    def __init__(self, records: Records) -> None:
        self._records = records

    async def add(
        self, kind: AttachmentKind, name: str, content: bytes, now: datetime, telegram_file_id: str | None = None
    ) -> Attachment:
        stored = self._records.attachments
        number = next((n for n, (a, c) in stored.items() if (a.kind, a.name, c) == (kind, name, content)), None)
        attachment = Attachment(number or next_id(stored), kind, name, len(content))
        stored[attachment.attachment_id] = (attachment, content)
        self._records.given_at[attachment.attachment_id] = now
        if telegram_file_id is not None:
            self._records.telegram_files[attachment.attachment_id] = telegram_file_id
        return attachment

    async def content(self, attachment_id: int) -> bytes | None:
        return self._records.attachments[attachment_id][1] if attachment_id in self._records.attachments else None

    async def telegram_file_id(self, attachment_id: int) -> str | None:
        return self._records.telegram_files.get(attachment_id)

    async def remember(self, attachment_id: int, telegram_file_id: str) -> None:
        if attachment_id in self._records.attachments:
            self._records.telegram_files[attachment_id] = telegram_file_id

    async def forget_unused(self, before: datetime) -> int:
        used = {c.attachment for c in self._records.campaigns.values()}
        used |= {step.attachment for c in self._records.campaigns.values() for step in c.steps}
        given = self._records.given_at
        gone = [n for n, (a, _) in self._records.attachments.items() if a not in used and given[n] < before]
        for number in gone:
            del self._records.attachments[number]
        return len(gone)


class FakeAnswers:
    def __init__(self, records: Records) -> None:
        self._records = records

    async def has_got(self, campaign_id: int, person_id: int) -> bool:
        return any(
            m.campaign_id == campaign_id
            and m.person_id == person_id
            and m.kind in NEWS
            and m.status in (DeliveryStatus.SENT, DeliveryStatus.SENDING)
            for m in self._records.messages.values()
        )

    async def add_choice(
        self, campaign_id: int, person_id: int, number: int, choice: int, now: datetime, *, is_right: bool
    ) -> None:
        self._records.choices.setdefault((campaign_id, person_id, number), (choice, is_right))

    async def choices(self, campaign_id: int, person_id: int) -> dict[int, int]:
        found = self._records.choices.items()
        return {
            n: choice for (campaign, person, n), (choice, _) in found if (campaign, person) == (campaign_id, person_id)
        }

    async def choice_counts(self, campaign_id: int) -> dict[tuple[int, int], int]:
        found = self._records.choices.items()
        return dict(Counter((n, choice) for (campaign, _, n), (choice, _) in found if campaign == campaign_id))

    def _each(self, campaign_id: int) -> dict[int, tuple[int, int]]:
        each: dict[int, tuple[int, int]] = {}
        for (campaign, person, _), (_, is_right) in self._records.choices.items():
            if campaign == campaign_id:
                answers, right = each.get(person, (0, 0))
                each[person] = answers + 1, right + is_right
        return each

    async def scores(self, campaign_id: int) -> list[tuple[int, int, int]]:
        return [(*score, number) for score, number in Counter(self._each(campaign_id).values()).items()]

    async def quiz_by_unit(self, campaign_id: int, questions: int) -> list[UnitQuiz]:
        found: dict[str, list[int]] = {}
        for person, (answers, right) in self._each(campaign_id).items():
            for code in units_above(self._records, self._records.people[person]):
                count = found.setdefault(code, [0, 0, 0, 0])
                for place, more in enumerate((1, answers >= questions, answers, right)):
                    count[place] += more
        return [UnitQuiz(self._records.units[code], *found[code]) for code in sorted(found)]

    async def quiz_people(self, campaign_id: int) -> list[PersonQuiz]:
        found = [PersonQuiz(self._records.people[p], *score) for p, score in self._each(campaign_id).items()]
        return sorted(found, key=lambda row: (row.person.unit.code, row.person.name, row.person.person_id))

    async def messages_got(self, campaign_id: int, person_id: int) -> int:
        return sum(
            (row.campaign_id, row.person_id) == (campaign_id, person_id)
            and row.kind in (Kind.CAMPAIGN, Kind.CAMPAIGN_STEP)
            and row.status in (DeliveryStatus.SENT, DeliveryStatus.SENDING)
            for row in self._records.messages.values()
        )

    async def add_reply(self, campaign_id: int, person_id: int, now: datetime) -> None:
        self._records.replies.setdefault((campaign_id, person_id), now)

    async def add_pulse(self, campaign_id: int, person_id: int, value: int, now: datetime) -> None:
        self._records.pulses.setdefault((campaign_id, person_id), PulseAnswer(value))

    async def pulse(self, campaign_id: int, person_id: int) -> PulseAnswer | None:
        return self._records.pulses.get((campaign_id, person_id))

    async def set_pulse_comment(self, campaign_id: int, person_id: int, comment: str) -> bool:
        answer = self._records.pulses.get((campaign_id, person_id))
        if answer is None or answer.comment is not None:
            return False
        self._records.pulses[campaign_id, person_id] = replace(answer, comment=comment)
        return True

    def _pulses(self, campaign_id: int) -> dict[int, PulseAnswer]:
        return {person: answer for (number, person), answer in self._records.pulses.items() if number == campaign_id}

    async def pulse_counts(self, campaign_id: int) -> dict[int, int]:
        return dict(Counter(answer.value for answer in self._pulses(campaign_id).values()))

    async def pulse_by_unit(self, campaign_id: int) -> list[tuple[Unit, int, int]]:
        found: dict[str, list[int]] = {}
        for person, answer in self._pulses(campaign_id).items():
            for code in units_above(self._records, self._records.people[person]):
                found.setdefault(code, []).append(answer.value)
        return [(self._records.units[code], len(found[code]), sum(found[code])) for code in sorted(found)]

    async def pulse_comments(self, campaign_id: int) -> list[str]:
        return [answer.comment for answer in self._pulses(campaign_id).values() if answer.comment is not None]
