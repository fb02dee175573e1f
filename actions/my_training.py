"""A person's own trainings: states, schedule, learning hours, certificates, and the requests of their staff."""

from rasa_sdk.events import EventType, SlotSet

from actions.base import UseCaseAction
from actions.replies import my_training as words
from actions.turn import Turn
from core.domain.courses import Availability
from core.domain.enrollment import Status
from core.domain.learning import PPPK_CEILING, HoursSummary
from core.domain.people import Employment

_FINISHED = {Status.ATTENDED, Status.COMPLETED}


class ActionEnrollmentStatus(UseCaseAction):
    """The state of everything, or of the one training the words name."""

    action_name = "action_enrollment_status"

    async def act(self, turn: Turn) -> list[EventType]:
        views = await turn.services.enrollments.mine(turn.caller)
        if not views:
            turn.say(words.NO_ENROLLMENTS)
            return []
        matches = await turn.services.catalogue.find(turn.text) if turn.text else []
        if len(matches) != 1:
            turn.say(words.statuses(views, None))
            return []
        course = matches[0].course
        named = [view for view in views if view.enrollment.session.course.code == course.code]
        turn.say(words.statuses(named, course.title) if named else words.not_enrolled_in(course.title))
        return [SlotSet("course", course.code)]


class ActionMySchedule(UseCaseAction):
    action_name = "action_my_schedule"

    async def act(self, turn: Turn) -> list[EventType]:
        upcoming = await turn.services.enrollments.upcoming(turn.caller)
        turn.say(words.schedule(upcoming) if upcoming else words.NO_SCHEDULE)
        return []


class ActionLearningHours(UseCaseAction):
    """Hours against the yearly yardstick, with open trainings that would close the gap."""

    action_name = "action_learning_hours"

    async def act(self, turn: Turn) -> list[EventType]:
        summary = await turn.services.learning_hours.summary(turn.caller)
        closers = await _closers(turn, summary) if summary.missing_after_booked else []
        turn.say(words.learning_hours(summary, closers))
        return []


async def _closers(turn: Turn, summary: HoursSummary) -> list[Availability]:
    """Up to three; none that would take a PPPK over their ceiling, which is a rule and not a yardstick."""
    room = PPPK_CEILING - summary.done - summary.booked if summary.employment is Employment.PPPK else None
    found = await turn.services.catalogue.recommend(turn.caller)
    if room is not None:
        found = [item for item in found if item.session.course.hours <= room]
    return list(found[:3])


class ActionCertificate(UseCaseAction):
    action_name = "action_certificate"

    async def act(self, turn: Turn) -> list[EventType]:
        views = await turn.services.enrollments.mine(turn.caller)
        turn.say(words.certificates([v.enrollment for v in views if v.enrollment.status in _FINISHED]))
        return []


class ActionPendingApprovals(UseCaseAction):
    action_name = "action_pending_approvals"

    async def act(self, turn: Turn) -> list[EventType]:
        pending = await turn.services.approvals.pending(turn.caller)
        turn.say(words.requests(pending) if pending else words.NO_REQUESTS)
        return []
