"""Who a campaign is for, in one line HR can type, and back."""

import pytest

from core.domain.audience import Audience, Group, parse
from core.domain.errors import AudienceNotReadable
from core.domain.people import Employment, PositionLevel

NIP = "199013012019031001"


@pytest.mark.parametrize("text", ["", "semua", "ALL", "  Semua "])
def test_everybody_has_several_names(text: str) -> None:
    assert parse(text) == Audience()
    assert str(parse(text)) == "semua"


def test_conditions_hold_together_and_values_are_alternatives() -> None:
    assert parse("unit=disdik,DINKES status=pppk jenjang=Fungsional jp<20 tidak-ikut=tik-02 belum-paham=3") == Audience(
        (
            Group(
                units=("DISDIK", "DINKES"),
                employments=(Employment.PPPK,),
                levels=(PositionLevel.FUNGSIONAL,),
                hours_below=20,
                not_enrolled=("TIK-02",),
                not_acknowledged=(3,),
            ),
        )
    )


def test_groups_are_joined_and_others_left_out() -> None:
    found = parse(f"unit=DISDIK atau nip={NIP} kecuali jenjang=jpt atau unit=BKD")
    assert found.include == (Group(units=("DISDIK",)), Group(nips=(NIP,)))
    assert found.exclude == (Group(levels=(PositionLevel.JPT,)), Group(units=("BKD",)))


@pytest.mark.parametrize(
    "text",
    [
        "semua kecuali unit=BKD",
        "unit=A,B status=PNS,PPPK jenjang=jpt ikut=X tidak-ikut=Y paham=1,2 belum-paham=3 jp<5",
        f"nip={NIP} atau unit=A kecuali jp<1 atau unit=B",
    ],
)
def test_what_is_written_is_read_back(text: str) -> None:
    assert parse(str(parse(text))) == parse(text)


def test_shown_is_without_anybodys_nip() -> None:
    assert parse(f"unit=BKD atau nip={NIP},{NIP[:-1]}2").shown == "unit=BKD atau nip=2 orang"


@pytest.mark.parametrize(
    "text",
    [
        "disdik",
        "unit=",
        "unit=A unit=B",
        "status=honorer",
        "jenjang=raja",
        "jp<banyak",
        "jp<0",
        "jp<²",
        "jp<99999999999999999999",
        "paham=satu",
        "semua unit=A",
        "unit=A atau",
        "atau unit=A",
        "unit=A kecuali",
        "unit=A kecuali unit=B kecuali unit=C",
    ],
)
def test_what_is_not_understood_is_named(text: str) -> None:
    with pytest.raises(AudienceNotReadable) as refusal:
        parse(text)
    assert refusal.value.word in text


def test_half_a_nip_is_not_repeated() -> None:
    with pytest.raises(AudienceNotReadable) as refusal:
        parse("nip=19901301")
    assert refusal.value.word == "nip"
