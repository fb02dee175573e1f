"""The channel's door: typed text is never a payload, and what is no message is refused."""

import json
import unittest
from typing import Any

from rasa.shared.exceptions import RasaException

from nlu.channel import MAX_TEXT, SLASHES, BadRequest, RekanChannel, clean_text, read_message
from nlu.payloads import PayloadRefused


def body(**request: Any) -> bytes:
    return json.dumps({"sender": "tg-1", **request}).encode()


class TypedTextIsOnlyText(unittest.TestCase):
    def test_leading_slashes_of_every_kind_are_stripped(self) -> None:
        for slash in SLASHES:
            with self.subTest(hex(ord(slash))):
                self.assertEqual(clean_text(f"{slash}restart"), "restart")
                self.assertEqual(clean_text(f" \u00a0{slash} {slash}restart"), "restart")

    def test_invisible_characters_do_not_hide_a_slash(self) -> None:
        for hidden in ("\u200b", "\ufeff", "\u202e", "\u0301", "\x00", "\u2060", "\n", "\u20dd"):
            with self.subTest(hex(ord(hidden))):
                self.assertEqual(clean_text(f"{hidden}/{hidden}restart"), "restart")

    def test_slashes_inside_a_text_stay(self) -> None:
        self.assertEqual(clean_text("pangkat III/d itu apa?"), "pangkat III/d itu apa?")

    def test_control_characters_become_blanks_and_line_breaks_stay(self) -> None:
        self.assertEqual(clean_text("satu\x07dua\ntiga "), "satu dua\ntiga")

    def test_lone_surrogates_are_replaced(self) -> None:
        self.assertEqual(clean_text("a\ud800b"), "a?b")

    def test_the_longest_text_passes_and_a_longer_one_does_not(self) -> None:
        self.assertEqual(len(clean_text("x" * MAX_TEXT)), MAX_TEXT)
        with self.assertRaisesRegex(BadRequest, "too long"):
            clean_text("x" * (MAX_TEXT + 1))

    def test_what_holds_no_text_is_refused(self) -> None:
        for nothing in ("", " \n", "///", "\u200b\ufeff", "／⁄"):
            with self.subTest(repr(nothing)), self.assertRaisesRegex(BadRequest, "empty"):
                clean_text(nothing)
        for odd in (None, 1, ["halo"], {"text": "halo"}):
            with self.subTest(odd), self.assertRaisesRegex(BadRequest, "not a text"):
                clean_text(odd)


class RequestsAreRead(unittest.TestCase):
    def test_a_typed_message_is_left_to_the_parser(self) -> None:
        message = read_message(body(message="/enroll_training{}"))
        self.assertEqual(message.text, "enroll_training{}")
        self.assertIsNone(message.parse_data)
        self.assertEqual((message.sender_id, message.input_channel), ("tg-1", "rekan"))

    def test_a_pressed_button_comes_parsed(self) -> None:
        message = read_message(body(payload={"intent": "show_course", "entities": {"course": "TIK-02"}}))
        self.assertEqual(message.parse_data["intent"], {"name": "show_course", "confidence": 1.0})
        self.assertEqual(message.parse_data["entities"], [{"entity": "course", "value": "TIK-02"}])

    def test_bodies_of_another_form_are_refused(self) -> None:
        bodies = [b"", b"halo", b"[]", b'"halo"', b"\xff\xfe", b"[" * 100_000, b"null"]
        for odd in bodies:
            with self.subTest(odd[:10]), self.assertRaises(BadRequest):
                read_message(odd)

    def test_message_and_payload_exclude_each_other(self) -> None:
        for fields in ({}, {"message": "a", "payload": {"intent": "affirm"}}):
            with self.subTest(fields), self.assertRaisesRegex(BadRequest, "exactly one"):
                read_message(body(**fields))

    def test_a_sender_must_look_like_one(self) -> None:
        for sender in (None, 1, "", "a b", "../x", "x" * 97, "a\n"):
            with self.subTest(sender), self.assertRaisesRegex(BadRequest, "sender"):
                read_message(json.dumps({"sender": sender, "message": "halo"}).encode())

    def test_a_payload_outside_the_list_is_refused(self) -> None:
        with self.assertRaises(PayloadRefused):
            read_message(body(payload={"intent": "restart"}))


class TheTokenIsDemanded(unittest.TestCase):
    def test_a_missing_short_or_unfilled_token_stops_the_server(self) -> None:
        for credentials in (None, {}, {"token": ""}, {"token": "short"}, {"token": "${RASA_CHANNEL_TOKEN}"}):
            with self.subTest(credentials), self.assertRaises(RasaException):
                RekanChannel.from_credentials(credentials)

    def test_a_long_token_is_taken(self) -> None:
        self.assertIsInstance(RekanChannel.from_credentials({"token": "x" * 32}), RekanChannel)
