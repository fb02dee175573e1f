"""The measured weights of the search. Made by `python -m cli.fit_search`; never edited by hand."""

SECTION_WEIGHTS = (11.71, 4.36, 4.70, 7.69, 6.07, 4.45)
"""Text, best question, second question, words, other status named, other status than the asker's."""
NONE_WEIGHTS = (1.36, 8.12, 4.29, 8.45, 6.24)
"""Constant, best text, best words, usual text, usual words."""
ANSWER_THRESHOLD = 0.5
"""How likely the sections shown must be together."""
