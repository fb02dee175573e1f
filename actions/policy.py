"""Policy questions: an answer with its basis, or an honest "not known" with ways on. Open to everybody."""

from rasa_sdk.events import EventType

from actions.base import UseCaseAction
from actions.details import told_of_class
from actions.follow_ups import asked_for, asks_for_basis, other_status
from actions.replies import policy as words
from actions.turn import Turn, UnreadableButton
from actions.wishes import course_named
from core.domain.calendar import jakarta
from core.domain.ticket_knowledge import DOCUMENT
from core.services.questions import Answer

MOST_SOURCES = 2


class ActionAnswerPolicy(UseCaseAction):
    action_name = "action_answer_policy"
    needs_person = False
    leans = True

    async def act(self, turn: Turn) -> list[EventType]:
        if (events := await told_of_class(turn)) is not None:
            return events
        if not turn.text:
            turn.say(words.ASK_FOR_QUESTION)
        elif not await told_as_follow_up(turn):
            await tell_answer(turn, turn.text)
        return []


class ActionShowSection(UseCaseAction):
    """A suggestion the person picked: told like an answer."""

    action_name = "action_show_section"
    needs_person = False

    async def act(self, turn: Turn) -> list[EventType]:
        section = await turn.services.questions.section(_section_id(turn))
        is_due = section.is_expired(jakarta(turn.services.clock.now()).date())
        turn.say(words.due_for_check([section]) if is_due else words.answer([section], ()))
        return []


class ActionShowSource(UseCaseAction):
    action_name = "action_show_source"
    needs_person = False

    async def act(self, turn: Turn) -> list[EventType]:
        turn.say(words.source(await turn.services.questions.section(_section_id(turn))))
        return []


async def told_as_follow_up(turn: Turn) -> bool:
    """Answers "dasarnya apa?" and "kalau PPPK?" from what was told and asked before; False if it is neither."""
    if turn.is_button:
        return False
    if asks_for_basis(turn.plain_text):  # means nothing else, so what was talked about since does not matter
        sources = turn.history.told_lately()
        for section_id in sources[:MOST_SOURCES]:
            turn.say(words.source(await turn.services.questions.section(section_id)))
        return bool(sources)
    if not turn.history.last_sources():
        return False
    status = other_status(turn.plain_text)
    question = next((text for _, text in turn.history.earlier_questions() if not _leans(text)), None)
    if status is None or question is None:
        return False
    await tell_answer(turn, asked_for(question, status))
    return True


async def told_as_policy(turn: Turn) -> bool:
    """Answers words that were taken for something else, if a fact answers them beyond doubt."""
    answer = await turn.services.questions.sure_answer(turn.caller, turn.text) if turn.text else None
    if answer:
        _tell(turn, answer)
    return answer is not None


async def told_by_officers(turn: Turn) -> bool:
    """Answers with what HR has answered to somebody before, beyond doubt, whatever the words were taken for."""
    answer = await turn.services.questions.sure_answer(turn.caller, turn.text) if turn.text else None
    if answer is None or answer.sections[0].section.document_id != DOCUMENT:
        return False
    _tell(turn, answer)
    return True


async def tell_answer(turn: Turn, question: str) -> None:
    """The answer, or what may be meant; the training too, when the words name one and no fact answers them."""
    answer = await turn.services.questions.answer(turn.caller, question)
    suggestions = [found.section for found in answer.suggestions]
    if answer.is_answered:
        _tell(turn, answer)
    elif answer.due:
        turn.say(words.due_for_check([found.section for found in answer.due], suggestions))
    else:
        turn.say(words.not_known(suggestions, await course_named(turn)))


def _tell(turn: Turn, answer: Answer) -> None:
    suggestions = [found.section for found in (*answer.due, *answer.suggestions)]
    turn.say(words.answer([found.section for found in answer.sections], suggestions))


def _leans(text: str) -> bool:
    return asks_for_basis(text) or other_status(text) is not None


def _section_id(turn: Turn) -> str:
    section_id = turn.pressed("section")
    if section_id is None:
        raise UnreadableButton("section")
    return section_id
