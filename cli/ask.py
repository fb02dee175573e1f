"""`rekan ask`: one line in, the reply out."""

from cli.output import OK, say, say_reply, show_json
from cli.rasa_channel import RasaChannel, Turn, conversation_id, person_id_of
from cli.session import carried_out, settings_or_give_up


def ask(text: str, nip: str | None, *, as_json: bool) -> int:
    def work() -> int:
        settings = settings_or_give_up()
        conversation = conversation_id(person_id_of(nip))
        with RasaChannel.open(settings) as channel:
            turn = channel.say(conversation, text)
        if as_json:
            show_json(turn.as_json())
        else:
            show_turn(turn)
        return OK

    return carried_out(work)


def show_turn(turn: Turn) -> None:
    """The reply as plain text, with its buttons numbered."""
    say_reply(turn.reply or "(tidak ada jawaban)")
    for number, button in enumerate(turn.buttons, start=1):
        say(f"  [{number}] {button.title}")
