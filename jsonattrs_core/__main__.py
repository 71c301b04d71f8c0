"""``python -m jsonattrs_core`` is the command ``jsonattrs``."""

from __future__ import annotations

from jsonattrs_core.cli import main

if __name__ == "__main__":
    main()
