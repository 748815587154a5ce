"""What the page is made of once its figures are words: sections with charts, tables and notes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """The figures behind a chart; the first column names the rows, all others are numbers."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """An SVG with the keys to its colours: (class of style, meaning)."""

    svg: str
    keys: tuple[tuple[str, str], ...] = ()
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One question of the page: what it answers, drawn and in figures, and what to bear in mind.

    `command` is a next step to type, where there is one.
    """

    key: str
    title: str
    lead: str
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    command: str = ""
