"""The campaign itself, and what HR is told about it: words and buttons from the facts of a row."""

from dataclasses import replace

from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.markup import LIMIT, parse, utf16_length
from bot.texts import campaigns
from bot.texts.notice import Facts, Notice


def campaign(facts: Facts) -> Notice:
    """Also for previews: what everybody sees, with its buttons."""
    text = f"{campaigns.HEADER}{facts['text']}"
    # a campaign is one message for each person: the header gives way to a text that fills it
    if utf16_length(parse(text).text) > LIMIT:
        text = facts["text"]
    press = CampaignPress(CampaignVerb.ACKNOWLEDGE, int(facts["campaign_id"]))
    return Notice(
        text,
        ((campaigns.ACKNOWLEDGE_BUTTON, press),) if facts.get("asks") else (),
        links=tuple((link["title"], link["url"]) for link in facts.get("links", ())),
    )


def chase(facts: Facts) -> Notice:
    """To those who stayed silent: the same once more, below a word about why."""
    notice = campaign(facts)
    text = f"{campaigns.CHASE_HEADER}{facts['text']}"
    return replace(notice, text=text) if utf16_length(parse(text).text) <= LIMIT else notice


def trial(facts: Facts) -> Notice:
    notice = campaign(facts)
    text = f"{campaigns.TRIAL_HEADER}{notice.text}"
    return replace(notice, text=text) if utf16_length(parse(text).text) <= LIMIT else notice


def review(facts: Facts) -> Notice:
    number, version = int(facts["campaign_id"]), int(facts["version"])
    return Notice(
        campaigns.review(facts),
        (
            (campaigns.APPROVE_BUTTON, CampaignPress(CampaignVerb.APPROVE, number, version)),
            (campaigns.DECLINE_BUTTON, CampaignPress(CampaignVerb.DECLINE, number, version)),
        ),
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
    return Notice(campaigns.stopped(facts))
