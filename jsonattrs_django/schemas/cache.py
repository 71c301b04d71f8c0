"""A bounded cache that threads share."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

__all__ = ["BoundedCache"]

V = TypeVar("V")


class BoundedCache(Generic[V]):
    """The values that were used last. Its lock is held for moving an entry, never while a value is made."""

    def __init__(self, size: Callable[[], int]) -> None:
        self._size = size  # asked at each addition, so that a change of the settings counts
        self._entries: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Hashable) -> V | None:
        """Return the value of ``key``, and count it as used; None where there is none."""
        with self._lock:
            found = self._entries.get(key)
            if found is not None:
                self._entries.move_to_end(key)
            return found

    def put(self, key: Hashable, value: V) -> V:
        """Keep a value, and let go of those used longest ago; return the value that is kept."""
        with self._lock:
            kept = self._entries.setdefault(key, value)
            self._entries.move_to_end(key)
            while len(self._entries) > self._size():
                self._entries.popitem(last=False)
            return kept

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
