"""A person's own trainings: states, schedule, learning hours, certificates, and the requests of their staff."""

from collections.abc import Sequence

from rasa_sdk.events import EventType, SlotSet

from actions.base import UseCaseAction
from actions.replies import my_training as words
from actions.turn import Turn
from actions.wishes import course_named
from core.domain.courses import Availability, Course
from core.domain.enrollment import Enrollment, Status
from core.domain.learning import PPPK_CEILING, HoursSummary
from core.domain.people import Employment


class ActionEnrollmentStatus(UseCaseAction):
    """The state of everything, or of the one training the words name."""

    action_name = "action_enrollment_status"

    async def act(self, turn: Turn) -> list[EventType]:
        views = await turn.services.enrollments.mine(turn.caller)
        course = await course_named(turn, {view.enrollment.session.course.code for view in views})
        if course is None:
            turn.say(words.statuses(views, None) if views else words.NO_ENROLLMENTS)
            return []
        named = [view for view in views if view.enrollment.session.course == course]
        turn.say(words.statuses(named, course) if named else words.not_enrolled_in(course))
        return [SlotSet("course", course.code)]


class ActionMySchedule(UseCaseAction):
    action_name = "action_my_schedule"
    leans = True

    async def act(self, turn: Turn) -> list[EventType]:
        upcoming = await turn.services.enrollments.upcoming(turn.caller)
        course = await course_named(turn, {enrollment.session.course.code for enrollment in upcoming})
        named = [enrollment for enrollment in upcoming if enrollment.session.course == course]
        # a course that is named but not held is no reason to hide what is held
        turn.say(words.schedule(named or upcoming) if upcoming else words.NO_SCHEDULE)
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
    return [one.availability for one in await turn.services.recommendations.of(turn.caller, longest_hours=room)]


class ActionCertificate(UseCaseAction):
    """Finished trainings, or the one named, each with a button that brings its certificate."""

    action_name = "action_certificate"

    async def act(self, turn: Turn) -> list[EventType]:
        certified = await turn.services.certificates.mine(turn.caller)
        views = await turn.services.enrollments.mine(turn.caller)
        attended = [view.enrollment for view in views if view.enrollment.status is Status.ATTENDED]
        course = await course_named(turn, {enrollment.session.course.code for enrollment in (*certified, *attended)})
        turn.say(words.certificates(_of(course, certified), _of(course, attended), course))
        return [SlotSet("course", course.code)] if course else []


def _of(course: Course | None, enrollments: Sequence[Enrollment]) -> list[Enrollment]:
    return [one for one in enrollments if course in (None, one.session.course)]


class ActionPendingApprovals(UseCaseAction):
    action_name = "action_pending_approvals"

    async def act(self, turn: Turn) -> list[EventType]:
        pending = await turn.services.approvals.pending(turn.caller)
        if pending:
            turn.say(words.requests(pending))
        else:
            turn.say(words.no_requests(await turn.services.identity.supervisor_of(turn.caller)))
        return []
