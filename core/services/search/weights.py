"""The measured weights of the search. Made by `python -m cli.fit_search`; never edited by hand."""

SECTION_WEIGHTS = (8.71, 5.71, 2.21, 9.12, 5.82, 4.85)
"""Text, best question, second question, words, other status named, other status than the asker's."""
NONE_WEIGHTS = (1.11, 8.01, 3.34, -1.02, -2.75, 5.32, -0.05, 16.61)
"""Constant; best text, words and question; usual text and words; closest unanswerable question, and the closest three."""
ANSWER_THRESHOLD = 0.45
"""How likely the sections shown must be together."""
