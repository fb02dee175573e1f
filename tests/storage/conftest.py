"""A second server, for the tests that stop it, kill it and spoil its files."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.storage import embedded


@pytest.fixture(scope="session")
def spare_cluster() -> Iterator[Path]:
    """A data directory (with a blank in its path) whose cluster is set up; made once, as that takes longest."""
    directory = Path(tempfile.mkdtemp(prefix="rekan tests "))
    embedded.start(directory, durable=False).stop()
    yield directory
    shutil.rmtree(directory)


@pytest.fixture
def home(spare_cluster: Path) -> Iterator[Path]:
    """The data directory, its server stopped before and after."""
    yield spare_cluster
    embedded.start(spare_cluster, durable=False).stop()
