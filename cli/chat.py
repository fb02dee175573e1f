"""`rekan chat`: the assistant in the terminal. A number presses the button of that number; an empty line or Ctrl-D ends."""

from cli.ask import show_turn
from cli.output import OK, say
from cli.rasa_channel import Button, RasaChannel, Turn, conversation_id, person_id_of
from cli.session import GivenUp, carried_out, settings_or_give_up

GREETING = "Ketik pesan Anda; nomor memilih tombol; /keluar atau Ctrl-D untuk selesai."
ENDINGS = {"/keluar", "/exit", "/quit"}


def chat(nip: str | None) -> int:
    def work() -> int:
        settings = settings_or_give_up()
        conversation = conversation_id(person_id_of(nip))
        with RasaChannel.open(settings) as channel:
            talk(channel, conversation)
        return OK

    return carried_out(work)


def talk(channel: RasaChannel, conversation: str) -> None:
    """Until the person ends it. Input that the channel refuses is said and the talk goes on."""
    say(GREETING)
    buttons: list[Button] = []
    while True:
        try:
            typed = input("\nAnda> ").strip()
        except (EOFError, KeyboardInterrupt):
            say("")
            return
        if typed in ENDINGS:
            return
        if not typed:
            continue
        try:
            turn = answer(channel, conversation, typed, buttons)
        except GivenUp as refusal:
            say(str(refusal))
            continue
        show_turn(turn)
        buttons = turn.buttons


def answer(channel: RasaChannel, conversation: str, typed: str, buttons: list[Button]) -> Turn:
    """A number that stands on a button presses it; anything else is words."""
    if typed.isdecimal() and 1 <= int(typed) <= len(buttons):
        return channel.press(conversation, buttons[int(typed) - 1])
    return channel.say(conversation, typed)
