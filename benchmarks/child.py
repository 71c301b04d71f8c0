"""Run a command, and tell how long it took and how much memory it held: a script, run in an interpreter of its own.

The most memory that a process held is counted from before it became the command, while it still was a copy of who
started it. Started from here, a small program, that does not count; started from the benchmarks with all their
libraries, it might.
"""

from __future__ import annotations

import json
import os
import sys
from time import perf_counter


def main(command: list[str]) -> None:
    """Run the command with its output discarded; print exit code, seconds (clock and processor), and bytes at most."""
    output = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = perf_counter()
    process = os.posix_spawn(command[0], command, os.environ, file_actions=output)
    _, status, usage = os.wait4(process, 0)
    seconds = perf_counter() - start
    unit = 1 if sys.platform == "darwin" else 1024
    code = os.waitstatus_to_exitcode(status)
    processor = usage.ru_utime + usage.ru_stime
    print(json.dumps({"code": code, "seconds": seconds, "processor": processor, "bytes": usage.ru_maxrss * unit}))


if __name__ == "__main__":
    main(sys.argv[1:])
