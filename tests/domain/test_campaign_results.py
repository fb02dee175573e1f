"""What HR sees of a pulse: averages of many, and no difference that would tell of few."""

from core.domain.campaign_results import pulse_of, shown_units
from core.domain.people import Unit

UNITS = {
    code: Unit(code, code, code, parent)
    for code, parent in {"PEMDA": None, "DISDIK": "PEMDA", "DINKES": "PEMDA", "SDN-1": "DISDIK"}.items()
}


def test_units_with_fewer_than_five_answers_are_left_out() -> None:
    assert shown_units({"PEMDA": 14, "DISDIK": 9, "DINKES": 4, "SDN-1": 3}, UNITS, 14) == {"PEMDA", "DISDIK"}
    assert shown_units({"PEMDA": 20, "DISDIK": 9, "DINKES": 4}, UNITS, 20) == {"PEMDA", "DISDIK"}


def test_a_unit_is_left_out_if_what_remains_above_it_would_tell_of_few() -> None:
    """Of nine answers seven in one school: shown beside the agency's average, it would tell of the other two."""
    assert "SDN-1" not in shown_units({"PEMDA": 9, "DISDIK": 9, "SDN-1": 7}, UNITS, 9)
    assert "SDN-1" in shown_units({"PEMDA": 14, "DISDIK": 14, "SDN-1": 7}, UNITS, 14)
    assert "SDN-1" in shown_units({"PEMDA": 9, "DISDIK": 9, "SDN-1": 9}, UNITS, 9)


def test_a_circle_in_the_registry_or_a_unit_of_nobody_ends_nothing() -> None:
    circle = {"A": Unit("A", "A", "A", "B"), "B": Unit("B", "B", "B", "A")}
    assert shown_units({"A": 9, "B": 9}, circle, 9) == set()
    assert shown_units({}, UNITS, 0) == set()


def test_four_answers_say_nothing_but_how_many_they_are() -> None:
    few = pulse_of("Siap?", (0, 1, 1, 1, 1), {"PEMDA": (4, 14)}, UNITS, ["takut"])
    assert (few.answers, few.counts, few.average, few.units, few.comments) == (4, None, None, (), ())


def test_five_answers_give_a_distribution_an_average_and_comments_in_no_telling_order() -> None:
    found = pulse_of("Siap?", (1, 0, 1, 1, 2), {"PEMDA": (5, 18)}, UNITS, ["ya", "belum"])
    assert (found.counts, found.average) == ((1, 0, 1, 1, 2), 3.6)
    assert [(row.unit.code, row.answers, row.average) for row in found.units] == [("PEMDA", 5, 3.6)]
    assert found.comments == ("belum", "ya")
