"""The pipeline parts: plain words inside, typed words outside, one vector a text."""

import base64
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu import vectors
from nlu.components.e5_featurizer import E5Featurizer
from nlu.components.normalizer import PLAIN_TEXT, ChatNormalizer, TypedTextRestorer
from nlu.vectors import NAME


class TheNormalizerWrapsThePipeline(unittest.TestCase):
    def test_parts_see_plain_words_and_actions_the_typed_ones(self) -> None:
        message = Message({TEXT: "GMN cara dftr"})
        ChatNormalizer().process([message])
        self.assertEqual(message.get(TEXT), "bagaimana cara daftar")
        TypedTextRestorer().process([message])
        self.assertEqual((message.get(TEXT), message.get(PLAIN_TEXT)), ("GMN cara dftr", "bagaimana cara daftar"))

    def test_examples_are_seen_in_the_same_words_as_messages(self) -> None:
        data = TrainingData([Message({TEXT: "brp jp sy", "intent": "learning_hours"})])
        ChatNormalizer().process_training_data(data)
        self.assertEqual(data.training_examples[0].get(TEXT), "berapa jp saya")

    def test_the_payloads_of_test_stories_are_left_alone(self) -> None:
        message = Message({TEXT: "/GREET"})
        ChatNormalizer().process([message])
        self.assertEqual(message.get(TEXT), "/GREET")

    def test_a_message_without_text_passes(self) -> None:
        message = Message({})
        TypedTextRestorer().process(ChatNormalizer().process([message]))
        self.assertIsNone(message.get(TEXT))


class TheEmbeddingIsAFeature(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.part = E5Featurizer({**E5Featurizer.get_default_config(), "cached_texts": 2}, "e5")

    def features_of(self, text: str) -> Message:
        message = Message({TEXT: text})
        WhitespaceTokenizer(WhitespaceTokenizer.get_default_config()).process([message])
        self.part.process([message])
        return message

    def test_a_text_has_one_sentence_vector_and_none_for_its_words(self) -> None:
        sequence, sentence = self.features_of("cuti tahunan berapa hari").get_dense_features(TEXT)
        self.assertEqual((sequence, sentence.features.shape), (None, (1, 384)))

    def test_vectors_have_length_one(self) -> None:
        self.assertAlmostEqual(float(np.linalg.norm(self.part.embed("cuti sakit"))), 1.0, places=3)

    def test_near_meanings_are_nearer_than_far_ones(self) -> None:
        near, same, far = (
            self.part.embed(text) for text in ("cuti sakit", "izin tidak masuk karena sakit", "resep rendang")
        )
        self.assertGreater(float(near @ same), float(near @ far))

    def test_examples_get_the_vectors_that_messages_get(self) -> None:
        texts = ["cuti tahunan", "jadwal kelas", "kapan gajian", "terima kasih"]
        data = TrainingData([Message({TEXT: text, "intent": "any"}) for text in texts] + [Message({"intent": "any"})])
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(vectors, "KEPT", Path(folder, "vectors.npz")):
            self.part.process_training_data(data)
        with_text = [example for example in data.training_examples if example.get(TEXT)]
        self.assertEqual(len(with_text), len(texts))
        for example in with_text:
            vector = example.get_dense_features(TEXT)[1].features[0]
            np.testing.assert_array_equal(vector, self.part.embed(example.get(TEXT)))

    def test_the_cache_forgets_the_text_asked_for_longest_ago(self) -> None:
        self.part._cache.clear()
        for text in ("satu", "dua", "satu", "tiga"):
            self.part.embed(text)
        self.assertEqual(list(self.part._cache), ["satu", "tiga"])

    def test_the_vector_goes_along_for_the_search(self) -> None:
        message = self.features_of("cuti sakit")
        carried = message.as_dict(only_output_properties=True)["vector"]
        self.assertEqual(carried["model"], NAME)
        values = np.frombuffer(base64.b64decode(carried["values"]), dtype="<f2")
        np.testing.assert_allclose(values, self.part.embed("cuti sakit"), atol=1e-3)

    def test_the_vector_of_a_text_read_in_part_stays_here(self) -> None:
        self.assertIsNone(self.features_of("cuti " * 200).get("vector"))

    def test_the_same_text_gives_the_same_vector(self) -> None:
        first = self.part.embed("halo")
        self.part._cache.clear()
        np.testing.assert_array_equal(first, self.part.embed("halo"))

    def test_a_long_text_is_read_to_its_limit(self) -> None:
        longest = self.part._config["longest_text"]
        np.testing.assert_array_equal(self.part.embed("a" * longest), self.part.embed("a" * 4096))

    def test_a_message_without_text_gets_no_features(self) -> None:
        self.assertEqual(self.part.process([Message({})])[0].features, [])
