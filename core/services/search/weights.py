"""The measured weights of the search. Made by `python -m cli.fit_search`; never edited by hand."""

SECTION_WEIGHTS = (8.53, 5.34, 4.64, 10.87, 4.64, 5.11)
"""Text, best question, second question, words, other status named, other status than the asker's."""
NONE_WEIGHTS = (-0.87, 9.66, 5.87, -0.41, -1.72, 5.40, 0.31, 19.26)
"""Constant; best text, words and question; usual text and words; closest unanswerable question, and the closest three."""
ANSWER_THRESHOLD = 0.45
"""How likely the sections shown must be together."""
