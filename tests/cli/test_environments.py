"""An environment is built again when its requirements, its place or its Python changed, and only then."""

import sys
from pathlib import Path

import pytest

from cli import environments
from cli.environments import content_hash, is_fresh, stamp


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    made = tmp_path / ".venv"
    (made / "bin").mkdir(parents=True)
    (made / "bin/python").symlink_to(sys.executable)
    stamp(made, "abc")
    return made


def test_a_finished_environment_is_fresh_for_its_hash_only(environment: Path) -> None:
    assert is_fresh(environment, "abc")
    assert is_fresh(environment, "xyz", "abc")
    assert not is_fresh(environment, "xyz")


def test_an_interrupted_installation_is_not_fresh(environment: Path) -> None:
    (environment / "rekan-stamp.json").unlink()
    assert not is_fresh(environment, "abc")


def test_a_moved_environment_is_not_fresh_as_its_scripts_hold_the_old_path(environment: Path) -> None:
    moved = environment.rename(environment.with_name("moved"))
    assert not is_fresh(moved, "abc")


def test_an_environment_whose_python_is_gone_is_not_fresh(environment: Path) -> None:
    (environment / "bin/python").unlink()
    (environment / "bin/python").symlink_to("/nowhere/python3")
    assert not is_fresh(environment, "abc")


def test_a_linked_environment_belongs_to_somebody_else_and_is_used_as_it_is(environment: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(environment)
    assert is_fresh(link, "whatever")


def test_the_hash_follows_content(tmp_path: Path) -> None:
    file = tmp_path / "runtime.txt"
    file.write_text("httpx==1")
    before = content_hash(file)
    file.write_text("httpx==2")
    assert content_hash(file) != before


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("PYTHON310=/opt/py/bin/python3.10", "/opt/py/bin/python3.10"),
        ("export PYTHON310='/opt/with blank/python'", "/opt/with blank/python"),
        ("#PYTHON310=/no", None),
        ("PYTHON310=", None),
    ],
)
def test_python310_is_read_from_the_env_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, value: str | None
) -> None:
    (tmp_path / ".env").write_text(line + "\n")
    monkeypatch.setattr(environments, "ROOT", tmp_path)
    monkeypatch.delenv("PYTHON310", raising=False)
    assert environments.python310_setting() == value


def test_the_first_step_runs_before_anything_is_installed() -> None:
    """Standard library only, in these two and in the package around them."""
    import ast

    allowed = set(sys.stdlib_module_names) | {"cli"}
    folder = Path(environments.__file__).parent
    for name in ("__init__.py", "environments.py", "pythons.py", "guardian.py"):
        for node in ast.walk(ast.parse((folder / name).read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert {module.split(".")[0] for module in names} <= allowed
