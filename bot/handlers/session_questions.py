"""The questions about a session to be opened, each with the answers that can be pressed."""

from bot.callback_data import Verb, VerbPress
from bot.context import Context
from bot.render import Button
from bot.session_draft import SEATS, Draft, Part
from bot.texts import session_drafts as texts
from core.domain.courses import Course, Session
from core.domain.people import Caller

_PAGE = 5
_LAST_PAGE = 9
_STOP = Button(texts.STOP_BUTTON, VerbPress(Verb.DRAFT_STOP))
_BACK = Button(texts.BACK_BUTTON, VerbPress(Verb.DRAFT_BACK))


async def question(context: Context, caller: Caller, draft: Draft, page: int) -> tuple[str, list[Button]]:
    """Raises NotHR, UnknownCourse."""
    services = context.tools.services
    if draft.asks is Part.COURSE:
        return _courses(await services.sessions.courses(caller), page)
    course, _ = await services.sessions.plan(caller, draft.course)
    if draft.asks is Part.SUMMARY:
        session = draft.session(course)
        return texts.summary(session, services.holidays), _edits(session)
    choices: list[tuple[int, str]] = []
    if draft.asks is Part.PLACE:
        choices = list(enumerate(await services.sessions.places(caller), 1))
    elif draft.asks is Part.SEATS:
        choices = list(enumerate(map(texts.seats_title, SEATS), 1))
    elif draft.asks is Part.DEADLINE:
        choices = [(days, texts.deadline_title(days, at)) for days, at in draft.deadlines(services.clock.now())]
    elif draft.asks is Part.APPROVAL:
        choices = list(enumerate(texts.APPROVAL_BUTTONS, 1))
    buttons = [Button(title, VerbPress(Verb.DRAFT_VALUE, choice=number)) for number, title in choices]
    return texts.question(draft, course), [*buttons, _BACK, _STOP]


def _courses(courses: list[Course], page: int) -> tuple[str, list[Button]]:
    if not courses:
        return texts.NO_COURSES, [_STOP]
    pages = min(_LAST_PAGE, texts.pages_of(courses, _PAGE))
    page = min(max(page, 1), pages)
    shown = courses[(page - 1) * _PAGE : page * _PAGE]
    buttons = [Button(texts.course_title(one), VerbPress(Verb.DRAFT_COURSE, course_code=one.code)) for one in shown]
    if page > 1:
        buttons.append(Button(texts.PREVIOUS_BUTTON, VerbPress(Verb.DRAFT_COURSES, choice=page - 1)))
    if page < pages:
        buttons.append(Button(texts.NEXT_BUTTON, VerbPress(Verb.DRAFT_COURSES, choice=page + 1)))
    return texts.ask_course(page, pages), [*buttons, _STOP]


def _edits(session: Session) -> list[Button]:
    titles = [*(title for _, title in texts.EDITS), texts.approval_title(session), texts.waiting_title(session)]
    changes = [Button(title, VerbPress(Verb.DRAFT_EDIT, choice=number)) for number, title in enumerate(titles, 1)]
    return [Button(texts.OPEN_BUTTON, VerbPress(Verb.DRAFT_OPEN)), *changes, _STOP]
