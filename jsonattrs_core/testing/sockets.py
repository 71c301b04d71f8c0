"""Nothing of a validator talks to a network: the guard that tests hold it to."""

from __future__ import annotations

import sys
import sysconfig
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

__all__ = ["SocketUsed", "no_sockets"]

#: What the interpreter announces before it does it, and what each is called here. Asking for this machine's own name
#: (``socket.gethostname``) is not among it.
_EVENTS = {
    "socket.__new__": "opens a socket",
    "socket.bind": "binds a socket",
    "socket.connect": "connects a socket",
    "socket.sendto": "sends through a socket",
    "socket.sendmsg": "sends through a socket",
    "socket.getaddrinfo": "looks up a host",
    "socket.gethostbyname": "looks up a host",
    "socket.gethostbyaddr": "looks up a host",
    "socket.getnameinfo": "looks up a host",
}
#: Lists of those who are inside of :func:`no_sockets`, the innermost last.
_guards: list[list[str]] = []
_STDLIB = (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), "<frozen ")
_PACKAGES = (sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))


class SocketUsed(AssertionError):
    """Somebody reached for the network where nobody may; the message names the line that did."""


@contextmanager
def no_sockets() -> Iterator[list[str]]:
    """Let nobody in this process open or connect a socket, or look up a host, inside the block.

    Whoever tries gets :class:`SocketUsed`; gives the list of the attempts, for those that catch it. Nothing is
    replaced, so nothing needs to be put back: the interpreter's audit hook (PEP 578) is asked before each attempt,
    however the module got hold of its function, and says nothing once the block is left.
    """
    if not _installed:
        sys.addaudithook(_audit)
        _installed.append(True)
    attempts: list[str] = []
    _guards.append(attempts)
    try:
        yield attempts
    finally:
        _guards[:] = [guard for guard in _guards if guard is not attempts]


#: Whether the hook is there. It cannot be taken away again, so there is one for all.
_installed: list[bool] = []


def _audit(event: str, _arguments: tuple[Any, ...]) -> None:
    if _guards and event in _EVENTS:
        attempt = f"{_culprit(sys._getframe(1))} {_EVENTS[event]}: nothing of a validator may use the network"
        for attempts in _guards:
            attempts.append(attempt)
        raise SocketUsed(attempt)


def _culprit(frame: FrameType | None) -> str:
    """Return module, file and line of the innermost caller that is not of the standard library."""
    inner = frame
    while frame is not None and _is_stdlib(frame.f_code.co_filename):
        frame = frame.f_back
    found = frame or inner
    if found is None:
        return "somebody"
    return f"{found.f_globals.get('__name__', '?')} ({found.f_code.co_filename}:{found.f_lineno})"


def _is_stdlib(filename: str) -> bool:
    return filename.startswith(_STDLIB) and not filename.startswith(_PACKAGES)
