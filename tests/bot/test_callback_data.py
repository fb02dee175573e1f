"""Buttons are compact, allow-listed, and read back strictly."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.audience_presses import AudienceVerb
from bot.callback_data import (
    HAS_CHOICE,
    HAS_COURSE,
    HAS_DAY,
    HAS_PERSON,
    HAS_ROW,
    HAS_SESSION,
    INTENTS,
    LIMIT,
    DialoguePress,
    NotEncodable,
    Verb,
    VerbPress,
    decode,
    encode,
    parse_payload,
)
from bot.campaign_presses import CampaignVerb
from bot.entry_presses import EntryVerb
from bot.report_presses import ReportVerb
from bot.ticket_presses import TicketVerb
from nlu.payloads import ALLOWED

# the longest value each form takes
LONGEST = {"page": "9999", "filter": "kompetensi " + "x" * 29}
LARGEST_ID = 10**18 - 1


def everything_with_one_value() -> list[DialoguePress]:
    presses = [DialoguePress(intent) for intent in INTENTS]
    for intent, (_, forms) in INTENTS.items():
        presses += [DialoguePress(intent, {name: LONGEST.get(name, "X" * 36)}) for name in forms]
    return [*presses, DialoguePress("more_trainings", LONGEST)]


def test_the_allow_list_is_the_one_of_the_rasa_channel() -> None:
    theirs = {intent: {name: form.pattern for name, form in entities.items()} for intent, entities in ALLOWED.items()}
    ours = {intent: {name: form.pattern for name, form in forms.items()} for intent, (_, forms) in INTENTS.items()}
    assert ours == theirs


def test_short_codes_are_unique() -> None:
    families = (Verb, CampaignVerb, AudienceVerb, ReportVerb, TicketVerb, EntryVerb)
    codes = [code for code, _ in INTENTS.values()] + [verb.value for family in families for verb in family]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("press", everything_with_one_value(), ids=str)
def test_the_longest_button_of_the_dialogue_fits_and_comes_back(press: DialoguePress) -> None:
    data = encode(press)
    assert len(data.encode()) <= LIMIT
    assert decode(data) == press


@pytest.mark.parametrize("verb", list(Verb))
def test_every_verb_fits_and_comes_back(verb: Verb) -> None:
    press = VerbPress(
        verb,
        enrollment_id=LARGEST_ID if verb in HAS_ROW else 0,
        choice=9 if verb in HAS_CHOICE else 0,
        session_code="X" * 36 if verb in HAS_SESSION else "",
        course_code="X" * 36 if verb in HAS_COURSE else "",
        person_id=LARGEST_ID if verb in HAS_PERSON else 0,
        day=date(2026, 12, 31) if verb in HAS_DAY else None,
    )
    data = encode(press)
    assert len(data.encode()) <= LIMIT
    assert decode(data) == press


@pytest.mark.parametrize(
    "press",
    [
        DialoguePress("restart"),
        DialoguePress("affirm", {"session": "TIK-01-A"}),
        DialoguePress("choose_session", {"session": "TIK|01"}),
        DialoguePress("choose_session", {"session": "é"}),
        DialoguePress("enroll_training", {"course": "X" * 36, "session": "Y" * 36}),
        VerbPress(Verb.APPROVE),
        VerbPress(Verb.APPROVE, -1),
    ],
    ids=str,
)
def test_a_button_off_the_list_or_too_long_is_not_made(press: DialoguePress | VerbPress) -> None:
    with pytest.raises(NotEncodable):
        encode(press)


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        "",
        "1",
        "0ap|1",
        "1ap",
        "1ap|",
        "1ap|0",
        "1ap|01",
        "1ap|-1",
        "1ap|1|2",
        "1ap|١",
        "1db|1",
        "1du|1|20260231",
        "1du|1|19991231",
        "1du|1",
        "1db|1|0",
        "1db|1|10",
        "1db|1|1|1",
        "1ul|1",
        "1cs|../etc",
        "1ya|x",
        "1cs|",
        "1zz",
        "/restart",
        '/choose_session{"session":"TIK-01-A"}',
        "1cs|" + "X" * 80,
        "1ap|9" + "9" * 40,
    ],
)
def test_data_that_no_button_of_ours_carries_is_nothing(data: object) -> None:
    assert decode(data) is None


@given(st.one_of(st.text(), st.text(alphabet="1|acdelopstxy0189-"), st.binary().map(lambda b: b.decode("latin-1"))))
def test_hostile_data_never_raises_and_never_widens_the_list(data: str) -> None:
    press = decode(data)
    if press is not None:
        assert encode(press) == data


@given(st.text())
def test_hostile_payloads_never_raise(payload: str) -> None:
    parse_payload(payload)


def test_a_payload_of_the_actions_is_read() -> None:
    assert parse_payload('/choose_session{"session": "TIK-01-A"}') == DialoguePress(
        "choose_session", {"session": "TIK-01-A"}
    )
    assert parse_payload('/choose_enrollment{"enrollment": 12}') == DialoguePress(
        "choose_enrollment", {"enrollment": "12"}
    )
    assert parse_payload("/affirm") == DialoguePress("affirm")


@pytest.mark.parametrize("payload", ["affirm", "/restart", '/affirm{"x"', '/affirm{"x": []}', "/affirm[]", "//affirm"])
def test_other_payloads_are_left_out(payload: str) -> None:
    assert parse_payload(payload) is None
