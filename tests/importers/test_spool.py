"""Rows of long bills: a sequence like any other, of which memory holds a chunk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianke.importers import spool
from xianke.importers.spool import CHUNK, Spool


@given(st.integers(0, 3 * CHUNK), st.integers(-3, 3 * CHUNK))
def test_a_spool_is_the_sequence_of_its_rows(count: int, place: int) -> None:
    """Length, order, single rows and slices are those of a list; twice over."""
    rows = list(range(count))
    found = Spool[int]()
    for row in rows:
        found.append(row)

    assert (len(found), list(found), list(found)) == (count, rows, rows)
    assert list(found[place : place + 3]) == rows[place : place + 3]
    if -count <= place < count:
        assert found[place] == rows[place]
    else:
        with pytest.raises(IndexError):
            found[place]


def test_few_rows_are_a_tuple_and_many_stay_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory never holds more than a chunk, however many there are."""
    monkeypatch.setattr(spool, "CHUNK", 3)
    few, many = Spool[str](), Spool[str]()
    held = 0
    for number in range(20):
        many.append(str(number))
        held = max(held, len(many._tail))
    few.append("a")

    assert few.finished() == ("a",)
    assert many.finished() is many
    assert held < 3
