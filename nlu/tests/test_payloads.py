"""The allow list of buttons."""

import unittest

import yaml

from nlu.known_words import ROOT
from nlu.payloads import ALLOWED, PayloadRefused, parse_data_for


class ButtonsCarryOnlyWhatIsListed(unittest.TestCase):
    def test_every_listed_intent_parses_with_certainty(self) -> None:
        for intent in ALLOWED:
            with self.subTest(intent):
                parsed = parse_data_for({"intent": intent})
                self.assertEqual(parsed["intent_ranking"], [{"name": intent, "confidence": 1.0}])
                self.assertEqual(parsed["text"], f"/{intent}")

    def test_every_listed_intent_and_entity_stands_in_the_domain(self) -> None:
        domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
        entities = {name for entity in domain["entities"] for name in entity}
        self.assertLessEqual(set(ALLOWED), set(domain["intents"]))
        self.assertLessEqual({name for form in ALLOWED.values() for name in form}, entities)

    def test_other_intents_are_refused(self) -> None:
        for intent in (
            "restart",
            "session_start",
            "nlu_fallback",
            "out_of_scope",
            "",
            "EXTERNAL_x",
            None,
            1,
            ["affirm"],
        ):
            with self.subTest(intent), self.assertRaisesRegex(PayloadRefused, "intent"):
                parse_data_for({"intent": intent})

    def test_other_fields_are_refused(self) -> None:
        for payload in (None, "affirm", [], {"intent": "affirm", "confidence": 1}, {"intent": "affirm", "text": "x"}):
            with self.subTest(payload), self.assertRaisesRegex(PayloadRefused, "malformed"):
                parse_data_for(payload)

    def test_entities_an_intent_does_not_carry_are_refused(self) -> None:
        for entities in ({"course": "TIK-02"}, {"nip": "1"}, {"sender": "x"}):
            with self.subTest(entities), self.assertRaisesRegex(PayloadRefused, "entity"):
                parse_data_for({"intent": "affirm", "entities": entities})

    def test_values_of_another_form_are_refused(self) -> None:
        for value in ("", "a b", "../x", "x" * 37, 'T"}', "TIK\n", 2, None, ["TIK-02"], "ＴＩＫ"):
            with self.subTest(value), self.assertRaisesRegex(PayloadRefused, "entity"):
                parse_data_for({"intent": "show_course", "entities": {"course": value}})

    def test_entities_must_be_an_object(self) -> None:
        with self.assertRaisesRegex(PayloadRefused, "malformed"):
            parse_data_for({"intent": "show_course", "entities": ["course"]})
