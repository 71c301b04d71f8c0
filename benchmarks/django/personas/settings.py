"""Settings of these benchmarks: the example's own in earnest, with a model of native columns beside its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from benchmarks.django.settings import DATABASES as THEIRS

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
sys.path.extend(str(EXAMPLES / name) for name in ("landregistry", "personas", "demo"))
os.environ.setdefault("SECRET_KEY", "a secret of nobody's, which is long enough for tokens")

from demo.settings.base import *  # noqa: E402, F403 - the point is to have all of them
from demo.settings.base import INSTALLED_APPS as OTHERS  # noqa: E402 - the project can be found only now

DATABASES = THEIRS
INSTALLED_APPS = [*OTHERS, "benchmarks.django.personas"]
ALLOWED_HOSTS = ["testserver"]
