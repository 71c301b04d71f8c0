"""The wheel of the root distribution, and environments with it, made once for all tests that use them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packaging.environments import Environment, build_wheel, made_once, new_environment

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """The wheel of the root distribution."""
    [found] = made_once(tmp_path_factory, "wheel", lambda folder: build_wheel(ROOT, folder)).glob("*.whl")
    return found


@pytest.fixture(scope="session")
def installed(tmp_path_factory, wheel):
    """An environment with that wheel and what it requires."""
    return Environment(made_once(tmp_path_factory, "root", lambda folder: new_environment(folder).install(wheel)))
