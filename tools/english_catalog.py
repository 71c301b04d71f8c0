"""Make the English catalog say what the code says: `make messages` runs this after an update.

The messages in the code are English, so nobody translates them; yet a catalog that is complete lets tests and tools
treat English like every other language.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.pofile import read_po, write_po


def main(path: Path) -> None:
    """Give each message of the catalog at ``path`` its own id as its text."""
    with path.open("rb") as file:
        catalog = read_po(file, locale="en")
    for message in catalog:
        if message.id:
            message.string = message.id
    with path.open("wb") as file:
        write_po(file, catalog, width=76)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
