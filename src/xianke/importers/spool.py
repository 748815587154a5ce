"""Rows of a long bill, kept on disk rather than in memory."""

from __future__ import annotations

import pickle
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from typing import IO, TypeVar, overload

T = TypeVar("T")

CHUNK = 2_000
"""Rows that are kept in memory, and written at once: about two megabytes."""


class Spool(Sequence[T]):
    """A sequence that grows at its end and takes no more memory than a chunk.

    State: the rows of the last chunk, and a temporary file with the others that has no name and
    goes with the process. Only rows of this very process are ever read back.
    """

    def __init__(self) -> None:
        self._tail: list[T] = []
        self._places: list[int] = []
        self._file: IO[bytes] | None = None

    def append(self, row: T) -> None:
        """Add a row at the end."""
        self._tail.append(row)
        if len(self._tail) < CHUNK:
            return
        if self._file is None:
            # Open as long as the spool is held by somebody.
            self._file = tempfile.TemporaryFile()  # noqa: SIM115
            weakref.finalize(self, self._file.close)
        self._places.append(self._file.seek(0, 2))
        pickle.dump(self._tail, self._file, pickle.HIGHEST_PROTOCOL)
        self._tail = []

    def _chunk(self, number: int) -> list[T]:
        if number == len(self._places):
            return self._tail
        assert self._file is not None  # there are chunks in it
        self._file.seek(self._places[number])
        rows: list[T] = pickle.load(self._file)
        return rows

    def __len__(self) -> int:
        return len(self._places) * CHUNK + len(self._tail)

    def __iter__(self) -> Iterator[T]:
        for number in range(len(self._places) + 1):
            yield from self._chunk(number)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        return self._chunk(place // CHUNK)[place % CHUNK]

    def finished(self) -> Sequence[T]:
        """Return the rows: as a tuple where they are few, as this spool where they are many."""
        return self if self._places else tuple(self._tail)
