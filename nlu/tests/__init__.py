"""Tests of the Rasa side, for its own environment: `python -m unittest discover -s nlu/tests -t .` (`make test ONLY=nlu`)."""
