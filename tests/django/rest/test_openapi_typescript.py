"""openapi-typescript makes a client of the OpenAPI document; right uses of it compile, and wrong ones do not.

Node.js and npm have to be there. What ``typescript/package.json`` names is installed once into a folder of the user's
cache, or of ``JSONATTRS_TEST_TYPESCRIPT``.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.django.rest.openapi_world import (
    DescribedSchemaViewSet,
    FlatTreeSerializer,
    FullTreeViewSet,
    TreeSerializer,
    TreeViewSet,
    configured,
    document,
    plant_trees,
)

FILES = Path(__file__).parent / "typescript"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("npm") is None, reason="needs Node.js with npm, to make a client and compile it"),
]


class GroveSerializer(TreeSerializer):
    pass


class GroveViewSet(TreeViewSet):
    """Trees of two kinds and no others."""

    serializer_class = GroveSerializer
    attribute_scopes = (("oak",), ("red pine",))


class FlatGroveSerializer(FlatTreeSerializer):
    pass


class FlatGroveViewSet(GroveViewSet):
    """The same, with the attributes among the other fields."""

    serializer_class = FlatGroveSerializer


def run(*command, cwd):
    """Run a command to its end; what it says is the reason why the test fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"


def installed():
    """Return the folder of the packages, in which they are installed unless they are there."""
    package = (FILES / "package.json").read_bytes()
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jsonattrs"
    root = Path(os.environ.get("JSONATTRS_TEST_TYPESCRIPT") or caches)
    folder = root / f"typescript-{hashlib.sha256(package).hexdigest()[:12]}"
    if not (folder / "done").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_bytes(package)
        run("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", cwd=folder)
        (folder / "done").touch()
    return folder / "node_modules"


@pytest.fixture
def project(tmp_path):
    """Return a folder with the client that openapi-typescript makes of a document, and the use of it."""
    plant_trees()
    with configured():
        made = document(
            trees=FullTreeViewSet, groves=GroveViewSet, flat=FlatGroveViewSet, schemas=DescribedSchemaViewSet
        )
    (tmp_path / "openapi.json").write_text(json.dumps(made), encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(installed())
    for name in ("tsconfig.json", "use.ts"):
        shutil.copy(FILES / name, tmp_path / name)
    run("node_modules/.bin/openapi-typescript", "openapi.json", "-o", "api.d.ts", cwd=tmp_path)
    return tmp_path


def test_a_client_compiles_in_its_right_uses_and_in_no_wrong_one(project):
    run("node_modules/.bin/tsc", "--project", "tsconfig.json", cwd=project)
