"""The campaign itself, and what HR is told about it: words and buttons from the facts of a row."""

from dataclasses import replace

from bot.attachments import attachment_of
from bot.callback_data import Press
from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.markup import CAPTION_LIMIT, LIMIT, parse, utf16_length
from bot.texts import campaign_pulse, campaign_questions, campaign_quiz, campaign_series, campaigns
from bot.texts.notice import Facts, Notice
from core.domain.attachments import Attachment
from core.domain.campaign_content import Link
from core.domain.quizzes import Question
from core.domain.series import Step


def campaign(facts: Facts) -> Notice:
    """Also for previews: what everybody sees, with its buttons."""
    text = _below(campaigns.HEADER, facts["text"], facts)
    press = CampaignPress(CampaignVerb.ACKNOWLEDGE, int(facts["campaign_id"]))
    read: tuple[tuple[str, Press], ...] = ((campaigns.ACKNOWLEDGE_BUTTON, press), *_question(facts))
    return Notice(
        text,
        read if facts.get("asks") else offers(facts),
        links=tuple((link["title"], link["url"]) for link in facts.get("links", ())),
        attachment=_attachment(facts),
    )


def offers(facts: Facts) -> tuple[tuple[str, Press], ...]:
    """What can be answered once it is read; of a campaign that asks for a sign of reading, only after that."""
    number = int(facts["campaign_id"])
    quiz = (campaign_quiz.START_BUTTON, CampaignPress(CampaignVerb.START_QUIZ, number))
    pulse = (campaign_pulse.OPEN_BUTTON, CampaignPress(CampaignVerb.OPEN_PULSE, number))
    return (quiz,) * bool(facts.get("questions")) + (pulse,) * bool(facts.get("pulse")) + _question(facts)


def _question(facts: Facts) -> tuple[tuple[str, Press], ...]:
    """Who does not understand it may ask before saying that they did."""
    press = CampaignPress(CampaignVerb.ASK, int(facts["campaign_id"]))
    return ((campaign_questions.ASK_BUTTON, press),) * bool(facts.get("can_ask"))


def chase(facts: Facts) -> Notice:
    """To those who stayed silent: the same once more, below a word about why."""
    notice = campaign(facts)
    text = _below(campaigns.CHASE_HEADER, facts["text"], facts)
    return notice if text == facts["text"] else replace(notice, text=text)


def trial(facts: Facts) -> Notice:
    notice = campaign(facts)
    buttons = tuple(dict.fromkeys((*notice.buttons, *offers(facts)))) if facts.get("asks") else notice.buttons
    header = campaigns.TRIAL_HEADER
    if facts.get("after_days"):
        header = campaigns.trial_step_header(int(facts["step"]), int(facts["after_days"]))
    return replace(notice, text=_below(header, notice.text, facts), buttons=buttons)


def review(facts: Facts) -> Notice:
    number, version = int(facts["campaign_id"]), int(facts["version"])
    return Notice(
        campaigns.review({**facts, "quiz_words": _quiz_words(facts), "step_words": _step_words(facts)}),
        (
            (campaigns.APPROVE_BUTTON, CampaignPress(CampaignVerb.APPROVE, number, version)),
            (campaigns.DECLINE_BUTTON, CampaignPress(CampaignVerb.DECLINE, number, version)),
        ),
        attachment=_attachment(facts),
    )


def correction_review(facts: Facts) -> Notice:
    number, version = int(facts["campaign_id"]), int(facts["version"])
    return Notice(
        campaigns.correction_review(facts),
        (
            (campaigns.APPROVE_BUTTON, CampaignPress(CampaignVerb.APPROVE_CORRECTION, number, version)),
            (campaigns.DECLINE_BUTTON, CampaignPress(CampaignVerb.DECLINE_CORRECTION, number, version)),
        ),
    )


def decided(facts: Facts) -> Notice:
    waits = facts["is_approved"] and not facts.get("scheduled_at")
    press = CampaignPress(CampaignVerb.SEND, int(facts["campaign_id"]))
    return Notice(campaigns.decided(facts), ((campaigns.SEND_BUTTON, press),) if waits else ())


def stopped(facts: Facts) -> Notice:
    press = CampaignPress(CampaignVerb.OPEN, int(facts["campaign_id"]))
    return Notice(campaigns.stopped(facts), ((campaigns.OPEN_BUTTON, press),))


def _below(header: str, text: str, facts: Facts) -> str:
    """A campaign is one message for each person: the header gives way to a text that fills it."""
    limit = CAPTION_LIMIT if "file" in facts else LIMIT
    headed = f"{header}{text}"
    return headed if utf16_length(parse(headed).text) <= limit else text


def _attachment(facts: Facts) -> Attachment | None:
    return attachment_of(facts["file"]) if facts.get("file") else None


def _step_words(facts: Facts) -> str:
    return campaign_series.listed(
        [
            Step(
                step["text"],
                step["after_days"],
                tuple(Link(**link) for link in step["links"]),
                attachment_of(step["attachment"]) if step["attachment"] else None,
            )
            for step in facts.get("steps", ())
        ]
    )


def _quiz_words(facts: Facts) -> str:
    questions = (Question(**{**asked, "options": tuple(asked["options"])}) for asked in facts.get("quiz", ()))
    return campaign_quiz.listed(tuple(questions))
