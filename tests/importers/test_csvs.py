"""Text tables: encodings, and rows of CSVs that keep the rules and of those that do not."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xianke.errors import Unreadable
from xianke.importers import cells, csvs


def _cells(text: str) -> list[list[str]]:
    return [line.cells for line in csvs.lines(text.encode(), "utf-8-sig", "账单")]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("交易,甲".encode(), "utf-8-sig"),
        ("\ufeff交易,甲".encode(), "utf-8-sig"),
        ("交易,镕\U00020000".encode("gb18030"), "gb18030"),
        (b"plain,ascii", "utf-8-sig"),
    ],
)
def test_the_encoding(data: bytes, encoding: str) -> None:
    """UTF-8 before GB18030, which has characters that GBK lacks."""
    assert csvs.encoding_of(data, "账单") == encoding


def test_the_encoding_of_a_long_text() -> None:
    """A character that lies across two pieces is whole."""
    text = "a" + "交易" * 70_000

    assert csvs.encoding_of(text.encode(), "账单") == "utf-8-sig"
    assert csvs.encoding_of(text.encode("gb18030"), "账单") == "gb18030"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_that_ends_in_half_a_character(encoding: str) -> None:
    """It was not downloaded to its end, and the message says so."""
    data = ("交易时间,金额\n" * 9).encode(encoding) + "易".encode(encoding)[-2:][:1]

    with pytest.raises(Unreadable, match="在半个字处断了"):
        csvs.encoding_of(data, "账单")


@pytest.mark.parametrize(
    "data", [b"\xfa\xff" * 9, "交易".encode("utf-16"), b"a,b\0c", b"\x81\x20" * 9]
)
def test_no_text(data: bytes) -> None:
    """Neither encoding fits: it is no table."""
    with pytest.raises(Unreadable, match="不是表格"):
        csvs.encoding_of(data, "账单")


def test_lines_of_every_system() -> None:
    """LF, CRLF and CR end a line; empty lines are counted."""
    found = list(csvs.lines(b"a,b\r\nc\n\rd", "utf-8", "账单"))

    assert [(line.number, line.cells) for line in found] == [
        (1, ["a", "b"]),
        (2, ["c"]),
        (3, [""]),
        (4, ["d"]),
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('"a","b"', ["a", "b"]),
        ('"a"\t,"b"\t', ["a", "b"]),
        ('"a, b",c', ["a, b", "c"]),
        ('"a ""b"", c",d', ['a "b", c', "d"]),
        ('""', [""]),
        ('"","",', ["", "", ""]),
        ('a"b"c,d', ['a"b"c', "d"]),
        ('"a"b"c",d', ['a"b"c', "d"]),
        ('"a"b",c', ['a"b', "c"]),
        ('"a"b"",c', ['a"b"', "c"]),
        ('"a,b', ['"a', "b"]),
        ('a,"b', ["a", '"b']),
        ('"a"b",', ['a"b', ""]),
    ],
)
def test_quotes(line: str, found: list[str]) -> None:
    """Kept rules are followed; broken ones are read the way they were meant."""
    assert _cells(line) == [found]


def test_an_open_quote_swallows_no_rows() -> None:
    """The rows after a stray quote are rows."""
    text = 'a,b,c\n1,"x,y\n2,x,"y\n3,x,y\n'

    assert _cells(text) == [["a", "b", "c"], ["1", '"x', "y"], ["2", "x", '"y'], ["3", "x", "y"]]


def test_a_quote_is_closed_within_some_lines_or_not_at_all() -> None:
    """A cell of twenty lines is one cell; what goes on longer was a stray quote."""
    cell = "\n".join(["x"] * csvs.MOST_JOINED)

    assert _cells(f'a,b\n1,"{cell}"') == [["a", "b"], ["1", cell.replace("\n", " ")]]
    assert len(_cells(f'a,b\n1,"{cell}\nx\ny"')) == csvs.MOST_JOINED + 3


def test_a_line_without_end_is_no_table() -> None:
    """Memory is not filled with it."""
    with pytest.raises(Unreadable, match="不是表格"):
        _cells("x" * (csvs.LONGEST_LINE + 1))


@given(
    st.lists(
        st.lists(st.text(st.sampled_from(list('ab甲,"\n /')), max_size=6), min_size=3, max_size=3),
        min_size=1,
        max_size=5,
    )
)
def test_what_python_writes_is_read_back(rows: list[list[str]]) -> None:
    """Whoever keeps the rules is understood to the letter, but for blanks at the ends.

    Only where a line inside a cell looks like a row by itself the two cannot be told apart.
    """
    written = []
    for row in rows:
        buffer = io.StringIO()
        csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(row)
        written.append(buffer.getvalue())
        _first, *inside = written[-1].splitlines()
        assume(not any(csvs._is_whole_row(line, 3) for line in inside))

    assert _cells("".join(written)) == [[cells.tidy(cell) for cell in row] for row in rows]


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    """Any text gives rows, one at most per line."""
    data = text.encode("utf-8", "replace")

    assert len(list(csvs.lines(data, "utf-8", "账单"))) <= len(text) + 1
