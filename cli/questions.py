"""`rekan questions`: what staff asked in vain, as suggestions in files, and those a person has looked over taken in."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from cli.output import OK, REFUSED, say, show_json, show_table
from cli.session import GivenUp, carried_out, with_services
from cli.sheets import read_text
from cli.suggestions import (
    INTENTS_FILE,
    SECTIONS_FILE,
    BadSuggestions,
    add_examples,
    as_markdown,
    as_yaml,
    read_markdown,
    read_yaml,
)
from cli.texts import because
from core.bootstrap import Services
from core.domain.kept_questions import KeptKind
from core.services.kept_questions import Group
from core.settings import ROOT

SHOWN_WORDINGS = 3
KINDS = {KeptKind.REFUSED: "belum terjawab", KeptKind.UNCLEAR: "belum dipahami"}
FROM_USE = ROOT / "nlu" / "data" / "intents" / "from_use.yml"


def show(days: int, least: int, folder: Path | None, *, as_json: bool) -> int:
    def work() -> int:
        async def find(services: Services) -> list[Group]:
            return await services.kept_questions.groups(timedelta(days=days), least)

        groups = with_services(find)
        if as_json:
            show_json([_facts(group) for group in groups])
        elif groups:
            rows = [
                (group.count, KINDS[group.kind], _suggestion(group), " | ".join(group.texts[:SHOWN_WORDINGS]))
                for group in groups
            ]
            show_table(("Kali", "Keadaan", "Usulan", "Contoh"), rows, numbers=("Kali",))
        else:
            say("Tidak ada pertanyaan yang belum terjawab dalam waktu itu.")
        if folder and groups:
            write(folder, groups)
        return OK

    return carried_out(work)


def write(folder: Path, groups: Sequence[Group]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in ((INTENTS_FILE, as_yaml(groups)), (SECTIONS_FILE, as_markdown(groups))):
            if text:
                (folder / name).write_text(text, encoding="utf-8")
                say(f"Ditulis: {folder / name}. Periksa, hapus yang tidak cocok, lalu `rekan questions accept`.")
    except OSError as error:
        raise GivenUp(f"{folder}: tidak dapat ditulis ({because(error.strerror)}). Pilih folder lain.") from error


def accept(file: Path) -> int:
    def work() -> int:
        text = read_text(file)
        try:
            if file.suffix.lower() in (".yml", ".yaml"):
                return _accept_examples(text)
            return _accept_questions(text)
        except BadSuggestions as refused:
            for problem in refused.problems:
                say(f"{file}: {problem}")
            say("Tidak ada yang diterima. Perbaiki dahulu, lalu ulangi.")
            return REFUSED

    return carried_out(work)


def _accept_examples(text: str) -> int:
    examples = read_yaml(text)
    added = add_examples(FROM_USE, examples)
    _forget([example for some in examples.values() for example in some])
    say(
        f"{added} contoh ditambahkan ke {FROM_USE.relative_to(ROOT)}. Model dilatih ulang oleh `rekan train` atau `make run`."
    )
    return OK


def _accept_questions(text: str) -> int:
    questions = read_markdown(text)

    async def take_in(services: Services) -> int:
        return await services.knowledge.add_questions(questions)

    added = with_services(take_in)
    _forget([question for some in questions.values() for question in some])
    say(f"{added} pertanyaan ditambahkan pada {len(questions)} bagian dan langsung dipakai mencari.")
    say("Tulis juga di `- questions:` dokumennya, agar tidak hilang saat dokumen itu diimpor lagi.")
    return OK


def _forget(texts: Sequence[str]) -> None:
    async def forget(services: Services) -> None:
        await services.kept_questions.forget_texts(texts)

    with_services(forget)


def _suggestion(group: Group) -> str:
    if group.kind is KeptKind.UNCLEAR and group.intent:
        return f"maksud {group.intent}"
    if group.section is not None:
        return f"bagian {group.section.section_id} {group.section.title}"
    return "belum ada bagiannya"


def _facts(group: Group) -> dict[str, object]:
    return {
        "kind": group.kind.value,
        "count": group.count,
        "intent": group.intent or None,
        "section": group.section.section_id if group.section else None,
        "texts": group.texts,
    }
