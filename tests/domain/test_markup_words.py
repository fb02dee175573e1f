"""Words that begin a line."""

from core.domain.markup import with_capital


def test_a_capital_begins_and_names_keep_theirs() -> None:
    assert with_capital("kursi ditawarkan, jawab paling lambat Senin pukul 14.00 WIB") == (
        "Kursi ditawarkan, jawab paling lambat Senin pukul 14.00 WIB"
    )
    assert with_capital("") == ""
