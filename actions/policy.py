"""Policy questions: an answer with its basis, or an honest "not known" with ways on. Open to everybody."""

from rasa_sdk.events import EventType

from actions.base import UseCaseAction
from actions.replies import policy as words
from actions.turn import Turn, UnreadableButton


class ActionAnswerPolicy(UseCaseAction):
    action_name = "action_answer_policy"
    needs_person = False

    async def act(self, turn: Turn) -> list[EventType]:
        if not turn.text:
            turn.say(words.ASK_FOR_QUESTION)
            return []
        answer = await turn.services.questions.answer(turn.caller, turn.text)
        suggestions = [found.section for found in answer.suggestions]
        if answer.is_answered:
            turn.say(words.answer([found.section for found in answer.sections], suggestions))
        else:
            turn.say(words.not_known(suggestions))
        return []


class ActionShowSection(UseCaseAction):
    """A suggestion the person picked: told like an answer."""

    action_name = "action_show_section"
    needs_person = False

    async def act(self, turn: Turn) -> list[EventType]:
        section = await turn.services.questions.section(_section_id(turn))
        turn.say(words.answer([section], ()))
        return []


class ActionShowSource(UseCaseAction):
    action_name = "action_show_source"
    needs_person = False

    async def act(self, turn: Turn) -> list[EventType]:
        turn.say(words.source(await turn.services.questions.section(_section_id(turn))))
        return []


def _section_id(turn: Turn) -> str:
    section_id = turn.pressed("section")
    if section_id is None:
        raise UnreadableButton("section")
    return section_id
