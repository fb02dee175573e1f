"""What the README and the guide for staff say is what the program does: settings, commands, buttons."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from bot import typed_times
from bot.app import COMMANDS
from cli.app import app
from core.settings import ROOT, Settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/panduan-pegawai.md").read_text(encoding="utf-8")
HR_GUIDE = (ROOT / "docs/panduan-hr.md").read_text(encoding="utf-8")
TELEGRAMS_OWN = {"Mulai"}
"""Buttons that are not ours to name."""


def table(title: str) -> list[list[str]]:
    """The cells of the rows of the README's table under this heading."""
    part = README.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split(" | ") for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_table_of_settings_lists_every_setting_and_nothing_else() -> None:
    listed = [name for row in table("Settings") for name in quoted(row[0])]
    assert sorted(listed) == sorted(name.upper() for name in Settings.model_fields)


def test_the_defaults_told_are_those_of_the_program() -> None:
    for names, default, _ in table("Settings"):
        for name in quoted(names):
            value = Settings.model_fields[name.lower()].default
            if isinstance(value, int | float):
                assert re.search(rf"(?<!\d){value:g}(?!\d)", default), name
            elif isinstance(value, Path):
                assert f"`{value.relative_to(ROOT)}`" in default, name
            elif value is not None:
                assert f"`{value}`" in default, name


def test_the_example_of_an_env_file_names_every_setting_with_its_default() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    given = dict(line.removeprefix("#").split("=", 1) for line in lines if re.match(r"#[A-Z_0-9]+=", line))
    assert sorted(given) == sorted(name.upper() for name in Settings.model_fields)
    for name, value in given.items():
        default = Settings.model_fields[name.lower()].default
        if isinstance(default, int | float):
            assert float(value) == default, name


def commands(group: object, before: str = "rekan") -> Iterator[str]:
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        if hasattr(command, "commands"):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}"


def test_the_table_of_commands_lists_every_command_and_nothing_else() -> None:
    known = sorted(commands(get_command(app)))
    listed = [usage for row in table("Commands") for usage in quoted(row[0])]
    assert sorted(re.match(r"rekan( [a-z]+)+", usage)[0] for usage in listed) == known  # type: ignore[index]


@pytest.mark.parametrize("usage", [usage for row in table("Commands") for usage in quoted(row[0])])
def test_the_options_told_exist(usage: str) -> None:
    command: object = get_command(app)
    for word in re.match(r"rekan((?: [a-z]+)+)", usage)[1].split():  # type: ignore[index]
        command = command.commands[word]  # type: ignore[attr-defined]
    options = {name for parameter in command.params for name in parameter.opts}  # type: ignore[attr-defined]
    assert set(re.findall(r"--[a-z-]+", usage)) <= options


def titles() -> set[str]:
    """Every text that stands in the code of the bot and of the actions: a button's title is one of them."""
    files = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("actions/**/*.py")]
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize(
    ("text", "pressed"),
    [
        (README, r"[Pp]ress \*([^*]+)\*"),
        (GUIDE, r"(?:[Tt]ekan|[Tt]ombol) \*\*([^*]+)\*\*"),
        (GUIDE, r"(?:[Tt]ekan|[Tt]ombol) \*\*[^*]+\*\* atau \*\*([^*]+)\*\*"),
        (HR_GUIDE, r"(?:[Tt]ekan|[Tt]ombol)\s\*\*([^*]+)\*\*"),
        (HR_GUIDE, r"(?:[Tt]ekan|[Tt]ombol)\s\*\*[^*]+\*\*,? (?:atau|lalu)(?: tekan)? \*\*([^*]+)\*\*"),
    ],
    ids=["README", "guide", "guide, second button", "HR's guide", "HR's guide, second button"],
)
def test_buttons_are_called_as_they_are_titled(text: str, pressed: str) -> None:
    named = set(re.findall(pressed, text))
    assert named
    assert named <= titles() | TELEGRAMS_OWN


@pytest.mark.parametrize("guide", [GUIDE, HR_GUIDE], ids=["staff", "HR"])
def test_the_guides_name_only_commands_there_are(guide: str) -> None:
    named = {match for match in re.findall(r"`/([a-z]+)", guide)}
    assert named
    assert named <= set(COMMANDS)


def test_the_guide_of_hr_names_only_commands_and_options_of_the_program() -> None:
    known = {command.removeprefix("rekan "): command for command in commands(get_command(app))}
    lines = re.findall(r"rekan ([a-z]+ [a-z]+)([^`\n]*(?:\\\n[^`\n]*)?)", HR_GUIDE)
    assert {name for name, _ in lines} <= known.keys()
    for name, rest in lines:
        group, verb = name.split()
        parameters = get_command(app).commands[group].commands[verb].params  # type: ignore[attr-defined]
        options = {option for parameter in parameters for option in (*parameter.opts, *parameter.secondary_opts)}
        assert set(re.findall(r"--[a-z-]+", rest)) <= options, name


def test_what_hr_types_as_an_example_is_understood() -> None:
    examples = re.findall(r"`(\d\d-\d\d-\d{4} \d\d\.\d\d[^`]*)`", HR_GUIDE)
    assert examples
    assert all(typed_times.read(example) for example in examples)
