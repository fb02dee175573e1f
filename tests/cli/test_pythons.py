"""Finding a Python 3.10 among shims that answer but do not run."""

import os
from pathlib import Path

import pytest

from cli.pythons import REMEDY, NoPython310, find_python310, version_of


def program(path: Path, script: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def shim(folder: Path) -> None:
    program(folder / "python3.10", "echo 'pyenv: python3.10: command not found' >&2; exit 127")


def real(path: Path, version: str = "3 10") -> str:
    return program(path, f"echo {version}")


def environ(tmp_path: Path, *path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path / "home"), "PATH": os.pathsep.join(map(str, path))}


@pytest.fixture(autouse=True)
def _no_system_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.pythons.SYSTEM", ())


def test_a_real_python_behind_a_failing_shim_is_found(tmp_path: Path) -> None:
    shim(tmp_path / "shims")
    found = real(tmp_path / "bin" / "python3.10")
    assert find_python310(None, environ(tmp_path, tmp_path / "shims", tmp_path / "bin")) == found


def test_the_newest_patch_release_of_pyenv_is_taken(tmp_path: Path) -> None:
    shim(tmp_path / "shims")
    for patch in (2, 13, 9):
        real(tmp_path / "home" / ".pyenv" / "versions" / f"3.10.{patch}" / "bin" / "python3.10")
    found = find_python310(None, environ(tmp_path, tmp_path / "shims"))
    assert "/3.10.13/" in found


def test_uv_is_asked_last(tmp_path: Path) -> None:
    managed = real(tmp_path / "uv" / "python3.10")
    assert find_python310(None, environ(tmp_path, tmp_path), lambda: managed) == managed


def test_without_any_the_remedy_is_one_line(tmp_path: Path) -> None:
    shim(tmp_path / "shims")
    with pytest.raises(NoPython310) as refused:
        find_python310(None, environ(tmp_path, tmp_path / "shims"))
    assert str(refused.value) == REMEDY
    assert "\n" not in REMEDY
    assert "PYTHON310" in REMEDY


def test_a_setting_that_is_no_python_310_is_named_and_not_skipped(tmp_path: Path) -> None:
    other = real(tmp_path / "python3.12", "3 12")
    real(tmp_path / "bin" / "python3.10")
    with pytest.raises(NoPython310, match=r"PYTHON310=.*python3\.12"):
        find_python310(other, environ(tmp_path, tmp_path / "bin"))


def test_a_program_that_hangs_up_or_lies_has_no_version(tmp_path: Path) -> None:
    assert version_of(tmp_path / "missing") is None
    assert version_of(program(tmp_path / "talker", "echo hello")) is None
    assert version_of(program(tmp_path / "failing", "echo 3 10; exit 1")) is None
