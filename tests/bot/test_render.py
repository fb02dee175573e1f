"""From the dialogue's messages to Telegram's form."""

from bot.callback_data import DialoguePress, Verb, VerbPress
from bot.rasa_client import RasaMessage
from bot.render import Button, keyboard, render, render_reply, title_of


def titles(board: object) -> list[list[str]]:
    return [[key.text for key in row] for row in board.inline_keyboard] if board else []  # type: ignore[attr-defined]


def press(number: int = 1) -> VerbPress:
    return VerbPress(Verb.APPROVE, number)


def test_two_short_buttons_stand_side_by_side() -> None:
    assert titles(keyboard([Button("Setujui", press()), Button("Tolak", press())])) == [["Setujui", "Tolak"]]


def test_a_long_button_gets_a_row_of_its_own() -> None:
    board = keyboard([Button("Analisis Data dengan Spreadsheet", press()), Button("Lain", press())])
    assert titles(board) == [["Analisis Data dengan Spreadsheet"], ["Lain"]]


def test_no_more_than_eight_rows() -> None:
    assert len(titles(keyboard([Button(str(n), press(n)) for n in range(1, 20)]))) == 8


def test_a_very_long_title_is_shortened() -> None:
    (row,) = titles(keyboard([Button("kata " * 40, press())]))
    assert len(row[0]) <= 60
    assert row[0].endswith("…")


def test_buttons_stand_under_the_last_piece_of_a_long_text() -> None:
    pieces = render("kata " * 2000, [Button("Ya", DialoguePress("affirm"))])
    assert [piece.keyboard is not None for piece in pieces] == [False, False, True]


def test_a_payload_off_the_list_is_left_out_and_the_others_stay() -> None:
    message = RasaMessage(
        "Pilih:", (("Ya", "/affirm"), ("Ulang", "/restart"), ("Rusak", '/choose_session{"x'), ("", "/deny"))
    )
    (outgoing,) = render_reply(message)
    assert titles(outgoing.keyboard) == [["Ya"]]


def test_a_blank_text_is_no_message() -> None:
    assert render_reply(RasaMessage(" \n ")) == []


def test_the_pressed_button_is_found_by_its_data() -> None:
    board = keyboard([Button("Ya", DialoguePress("affirm")), Button("Tidak", DialoguePress("deny"))])
    assert title_of(board, "1no") == "Tidak"
    assert title_of(board, "1xx") is None
    assert title_of(None, "1no") is None


def test_words_of_people_keep_their_stars() -> None:
    (outgoing,) = render("harga *naik*", is_marked_up=False)
    assert outgoing.text == "harga *naik*"
    assert outgoing.entities == ()
