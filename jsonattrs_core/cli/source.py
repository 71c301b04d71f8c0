"""Where data comes from: a file or standard input, in any encoding, given on as one stream of UTF-8 bytes.

Bytes that the encoding does not know become 0xFF, which UTF-8 never holds: whoever decodes a line finds it damaged,
and the lines around it are whole.
"""

from __future__ import annotations

import codecs
import io
import json
import os
import stat
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from jsonattrs_core.cli.errors import CannotRun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Source", "open_source"]

BLOCK = 64 * 1024
BOM = codecs.BOM_UTF8
#: What spreadsheets write under Windows in western countries when they are not asked for UTF-8.
WINDOWS = "cp1252"

_MARKED = "jsonattrs.damaged"


def _mark(error: UnicodeError) -> tuple[str | bytes, int]:
    if isinstance(error, UnicodeDecodeError):
        return "\udcff", error.end
    if isinstance(error, UnicodeEncodeError):
        return b"\xff", error.end
    raise error


codecs.register_error(_MARKED, _mark)


class _Decoder(Protocol):
    encoding: str

    def decode(self, data: bytes, final: bool = False) -> str: ...


class _Known:
    """Decodes one encoding, marking what it does not know."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.decode = codecs.getincrementaldecoder(encoding)(_MARKED).decode


class _Guess:
    """Decodes a stream that can be read but once: the first block with more than ASCII says what it is."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self._decoder: _Known | None = None

    def decode(self, data: bytes, final: bool = False) -> str:
        if self._decoder is None:
            if data.isascii():
                return data.decode("ascii")
            self.encoding = _utf8_or_windows([data])
            self._decoder = _Known(self.encoding)
        return self._decoder.decode(data, final)


def _utf8_or_windows(blocks: Iterable[bytes]) -> str:
    """Return the encoding of a text without a byte order mark.

    Text of another encoding hardly ever looks like UTF-8. So a text with more good than bad sequences is UTF-8 with
    damaged places, and those are reported line by line; any other that is not UTF-8 is taken for Windows-1252.
    """
    decoder = codecs.getincrementaldecoder("utf-8")(_MARKED)
    bad = good = 0
    for block in blocks:
        text = decoder.decode(block)
        if not text.isascii():
            bad += text.count("\udcff")
            good += len(text.encode("utf-8", _MARKED)) - len(text)
    return WINDOWS if bad > good else "utf-8"


class _Metered(io.RawIOBase):
    """The bytes as they are, telling how many have been read; ``head`` is what was read to look at it."""

    def __init__(self, raw: Any, head: bytes, on_read: Callable[[int], None]) -> None:
        self._fill: Callable[[Any], int | None] = getattr(raw, "readinto1", raw.readinto)
        self._head = head
        self._on_read = on_read
        self._total = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        if self._head:
            count = min(len(buffer), len(self._head))
            buffer[:count], self._head = self._head[:count], self._head[count:]
        else:
            count = self._fill(buffer) or 0
        self._total += count
        self._on_read(self._total)
        return count


class _Recoded(io.RawIOBase):
    """The text of a decoder as UTF-8."""

    def __init__(self, raw: io.RawIOBase, decoder: _Decoder) -> None:
        self._raw = raw
        self._decoder = decoder
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        while not self._ready and not self._ended:
            block = self._raw.read(BLOCK) or b""
            self._ended = not block
            self._ready = self._decoder.decode(block, self._ended).encode("utf-8", _MARKED)
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count


class Source:
    """An open stream of data."""

    def __init__(self, stream: io.BufferedReader[Any], decoder: _Decoder | None, size: int | None) -> None:
        self.stream = stream  #: UTF-8 without a byte order mark
        self.size = size  #: bytes to read, where that can be known
        self._decoder = decoder

    @property
    def encoding(self) -> str:
        """What it was found to be written in; sure only at the end of a stream that is not a file."""
        return self._decoder.encoding if self._decoder else "utf-8"


@contextmanager
def open_source(
    path: str, *, encoding: str | None = None, guess: bool = False, on_read: Callable[[int], None] = lambda _: None
) -> Iterator[Source]:
    """Open a file, or standard input for ``-``, as UTF-8.

    ``encoding`` is that of the data; without it a byte order mark decides, then UTF-8, or with ``guess`` UTF-8 or
    Windows-1252. ``on_read`` is called with the number of bytes read so far, some 64 kB apart. Raises OSError where
    there is nothing to read, CannotRun for an unknown encoding.
    """
    if encoding is not None:
        _refuse_unknown(encoding)
    with _opened(path) as raw:
        head = _head(raw)
        decoder = _decoder(raw, head, encoding, guess)
        metered = _Metered(raw, head, on_read)
        stream = io.BufferedReader(metered if decoder is None else _Recoded(metered, decoder), BLOCK)
        if stream.peek(len(BOM)).startswith(BOM):
            stream.read(len(BOM))
        yield Source(stream, decoder, _size(raw))


@contextmanager
def _opened(path: str) -> Iterator[Any]:
    if path == "-":
        if sys.stdin is None:
            raise CannotRun("standard input is closed")
        yield sys.stdin.buffer
    else:
        with open(path, "rb", buffering=0) as raw:
            yield raw


def _refuse_unknown(encoding: str) -> None:
    try:
        b"a".decode(encoding, "replace")
        codecs.getincrementaldecoder(encoding)
    except (LookupError, UnicodeError):
        raise CannotRun(f"unknown encoding {encoding!r}: say one such as utf-8, utf-16, cp1252 or latin-1") from None


def _head(raw: Any) -> bytes:
    """Read until there is enough to see a byte order mark, which a pipe may bring in pieces."""
    read = getattr(raw, "read1", raw.read)
    head = block = read(BLOCK)
    while block and len(head) < 4:
        block = read(BLOCK)
        head += block
    return bytes(head)


def _decoder(raw: Any, head: bytes, encoding: str | None, guess: bool) -> _Decoder | None:
    found = encoding or json.detect_encoding(head)
    if codecs.lookup(found).name not in ("utf-8", "utf-8-sig"):
        return _Known(found)
    if encoding or not guess or head.startswith(BOM):
        return None
    if not _is_file(raw):
        return _Guess()
    verdict = _utf8_or_windows(_again(raw, head))
    return None if verdict == "utf-8" else _Known(verdict)


def _again(raw: Any, head: bytes) -> Iterator[bytes]:
    """Yield the whole file, and go back to where it was."""
    position = raw.tell()
    yield head
    while block := raw.read(BLOCK):
        yield block
    raw.seek(position)


def _is_file(raw: Any) -> bool:
    return _size(raw) is not None


def _size(raw: Any) -> int | None:
    try:
        status = os.fstat(raw.fileno())
    except OSError:  # no file behind it
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None
