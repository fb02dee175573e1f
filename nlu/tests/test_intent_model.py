"""The intent model and its Rasa part, on a handful of made-up examples."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.intent_classifier import RegressionIntentClassifier
from nlu.intent_model import IntentModel

TEXTS = ["cuti tahunan", "cuti besar", "cuti sakit", "daftar kelas", "daftar pelatihan", "ikut kelas"]
INTENTS = ["ask_policy"] * 3 + ["enroll_training"] * 3
VECTORS = np.eye(6, 4, dtype=np.float32) + 1


def message(text: str, row: int = 0, **more: str) -> Message:
    features = Features(VECTORS[row : row + 1], FEATURE_TYPE_SENTENCE, TEXT, "e5")
    return Message({TEXT: text, **more}, features=[features])


class TheModelLearns(unittest.TestCase):
    def test_chances_add_up_and_favor_what_was_learned(self) -> None:
        model = IntentModel(fewest_uses=1).fit(TEXTS, VECTORS, INTENTS)
        chances = model.probabilities(["cuti apa saja"], VECTORS[:1])
        self.assertEqual(model.intents, ["ask_policy", "enroll_training"])
        self.assertAlmostEqual(float(chances.sum()), 1.0, places=5)
        self.assertGreater(chances[0, 0], chances[0, 1])

    def test_the_same_examples_give_the_same_model(self) -> None:
        one, two = (IntentModel(fewest_uses=1).fit(TEXTS, VECTORS, INTENTS) for _ in range(2))
        np.testing.assert_array_equal(one.probabilities(TEXTS, VECTORS), two.probabilities(TEXTS, VECTORS))

    def test_every_part_can_be_left_out(self) -> None:
        for part in ("vectors", "pieces", "words"):
            with self.subTest(part):
                model = IntentModel(fewest_uses=1, **{part: 0}).fit(TEXTS, VECTORS, INTENTS)
                self.assertEqual(model.probabilities(TEXTS[:2], VECTORS[:2]).shape, (2, 2))

    def test_an_emoji_is_a_word(self) -> None:
        model = IntentModel(fewest_uses=1, vectors=0).fit(
            ["👍", "ya 👍", "🙏", "makasih 🙏"], VECTORS[:4], list("aabb")
        )
        chances = model.probabilities(["👍", "🙏"], VECTORS[:2])
        self.assertEqual([model.intents[i] for i in chances.argmax(axis=1)], ["a", "b"])


class TheRasaPartKeepsIt(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.setting = (
            RegressionIntentClassifier.get_default_config(),
            LocalModelStorage(Path(folder.name)),
            Resource("classifier"),
            ExecutionContext(GraphSchema({}), node_name="classifier"),
        )

    def trained(self) -> RegressionIntentClassifier:
        examples = [message(text, row, intent=INTENTS[row]) for row, text in enumerate(TEXTS)] * 3
        part = RegressionIntentClassifier.create(*self.setting)
        part.train(TrainingData(examples))
        return part

    def test_what_was_trained_is_what_is_loaded(self) -> None:
        asked = [message("cuti besar"), message("cuti besar")]
        self.trained().process(asked[:1])
        RegressionIntentClassifier.load(*self.setting).process(asked[1:])
        self.assertEqual(asked[0].get("intent_ranking"), asked[1].get("intent_ranking"))
        self.assertEqual(asked[0].get("intent")["name"], "ask_policy")

    def test_a_message_without_text_or_vector_stays_without_intent(self) -> None:
        empty, bare = Message({}), Message({TEXT: "cuti"})
        self.trained().process([empty, bare])
        self.assertEqual((empty.get("intent"), bare.get("intent")), (None, None))
