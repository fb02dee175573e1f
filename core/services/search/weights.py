"""The measured weights of the search. Made by `python -m cli.fit_search`; never edited by hand."""

SECTION_WEIGHTS = (9.63, 5.85, 6.12, 9.83, 4.59, 5.02)
"""Text, best question, second question, words, other status named, other status than the asker's."""
NONE_WEIGHTS = (-0.75, 8.19, 4.53, -0.90, 6.36, 5.09, 3.22, 15.57)
"""Constant; best text, words and question; usual text and words; closest unanswerable question, and the closest three."""
ANSWER_THRESHOLD = 0.6
"""How likely the sections shown must be together."""
