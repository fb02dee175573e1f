"""The numbers of cross-validation, and the threshold they are taken at."""

import unittest

import numpy as np

from nlu.crossvalidate import OUT, Judged
from nlu.quality import numbers, threshold


class Numbers(unittest.TestCase):
    def test_a_refusal_is_a_miss_in_scope_and_a_hit_out_of_scope(self) -> None:
        truth = np.array(["greet", "greet", "thank", "thank", OUT, OUT])
        chances = np.array([[0.9, 0.1, 0], [0.2, 0.1, 0.1], [0.9, 0.1, 0], [0, 0.1, 0.9], [0, 0, 1], [0.9, 0, 0]])
        found = numbers(Judged(truth, ["greet", "thank", OUT], chances), 0.3)
        self.assertEqual(found, {"intent_accuracy": 0.25, "oos_recall": 0.5, "false_fallback": 0.5})

    def test_the_threshold_is_the_assistants(self) -> None:
        self.assertGreater(threshold(), 0)
        self.assertLess(threshold(), 1)
