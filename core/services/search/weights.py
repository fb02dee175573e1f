"""The measured weights of the search. Made by `python -m cli.fit_search`; never edited by hand."""

SECTION_WEIGHTS = (11.49, 4.39, 5.38, 7.58, 6.08, 4.36)
"""Text, best question, second question, words, other status named, other status than the asker's."""
NONE_WEIGHTS = (0.07, 8.10, 3.76, -1.78, -0.22, 4.36, -3.12, 21.95)
"""Constant; best text, words and question; usual text and words; closest unanswerable question, and the closest three."""
ANSWER_THRESHOLD = 0.4
"""How likely the sections shown must be together."""
