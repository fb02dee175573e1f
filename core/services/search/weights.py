"""The measured weights of the search. Made by `python -m cli.fit_search`; never edited by hand."""

SECTION_WEIGHTS = (8.91, 5.48, 2.25, 9.01, 5.81, 4.83)
"""Text, best question, second question, words, other status named, other status than the asker's."""
NONE_WEIGHTS = (1.05, 8.28, 2.98, -1.38, -2.86, 5.86, -0.65, 17.61)
"""Constant; best text, words and question; usual text and words; closest unanswerable question, and the closest three."""
ANSWER_THRESHOLD = 0.45
"""How likely the sections shown must be together."""
