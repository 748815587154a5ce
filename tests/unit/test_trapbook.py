"""The book of traps: every kind is named, dated and followed by what to do, in both languages."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xianke import datafile, i18n, trapbook
from xianke.render.text import width
from xianke.schema_traps import Traps

if TYPE_CHECKING:
    from xianke.trapbook import Kind

KINDS = (
    "task_rebate upfront_fee training_loan money_mule account_rental device_relay pyramid "
    "gambling_promo overseas chat_companion fake_service offplatform info_harvest loan_register "
    "invest_lure illegal_service"
)
# Any: a data file is whatever YAML can hold, also what it should not.
Raw = dict[str, Any]
TEXT = {"zh": "停下", "en": "Stop"}


def _texts(kind: Kind) -> list[str]:
    texts = [kind.name, kind.pitch, kind.why]
    return texts + [law.text for law in kind.laws] + [one.text for one in kind.advice]


def test_the_sixteen_kinds_are_there() -> None:
    """Programs and cues go by these ids: one may be added, none may go."""
    assert set(KINDS.split()) <= set(trapbook.book())


def test_every_kind_is_named_by_something_dated() -> None:
    """A law, a warning or a case with a date; what was only heard of is marked so."""
    for kind in trapbook.book().values():
        assert any(law.date and law.kind != "press" for law in kind.laws), kind.id
        # What is shown first was read, or is a law.
        assert kind.laws[0].seen or kind.laws[0].kind == "law", kind.id


def test_no_date_lies_ahead() -> None:
    """Nothing is cited that came out after the book's own day."""
    as_of = date.fromisoformat(trapbook.as_of())

    for kind in trapbook.book().values():
        for law in kind.laws:
            if law.date is not None:
                earliest = (*map(int, law.date.split("-")), 1, 1)[:3]
                assert date(*earliest) <= as_of, law.id


def test_every_kind_says_what_to_do_before_and_after() -> None:
    """Whoever has paid nothing yet and whoever has are both told, and told first to stop."""
    for kind in trapbook.book().values():
        assert {one.when for one in kind.advice} == {"before", "after"}, kind.id
        assert "stop" in {one.id for one in kind.advice[:2]}, kind.id


def test_grave_harm_leads_to_the_police() -> None:
    """Where somebody may be hurt or prosecuted, the way to the police is shown."""
    ways = {"police_110", "come_forward", "get_away"}

    for kind in trapbook.book().values():
        if kind.severity == 5:
            assert ways & {one.id for one in kind.advice}, kind.id


def test_each_language_stands_by_itself() -> None:
    """English without Chinese but for the name of a service, Chinese with Chinese in it."""
    chinese = re.compile(r"[\u4e00-\u9fff]")
    here = trapbook.book()
    i18n.set_language("en")
    there = trapbook.book()

    for one in here.values():
        assert all(chinese.search(text) for text in _texts(one)), one.id
        for text in _texts(there[one.id]):
            assert not chinese.search(text.replace("一证通查", "")), text
    assert [one.severity for one in here.values()] == [one.severity for one in there.values()]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_said_is_short(language: str) -> None:
    """A screen holds little: a name is a few words, a sentence at most three lines."""
    i18n.set_language("en" if language == "en" else "zh")

    for kind in trapbook.book().values():
        assert width(kind.name) <= 42, kind.name
        assert all(width(text) <= 200 for text in _texts(kind)), kind.id


def test_advice_about_several_kinds_is_given_once() -> None:
    """That of the first kind first, in its order; nobody is told the same thing twice."""
    book = trapbook.book()

    found = trapbook.to_do([book["offplatform"], book["upfront_fee"]], "before")

    assert [one.id for one in found] == ["stay_on_platform", "stop", "line_96110"]


def test_things_to_do_can_be_joined() -> None:
    """They are shown one after the other with a semicolon between, so none has one itself."""
    for language in ("zh", "en"):
        i18n.set_language("en" if language == "en" else "zh")
        for kind in trapbook.book().values():
            assert not [one.text for one in kind.advice if re.search("[;；。]", one.text)]


# The check of the file


def _whole() -> Raw:
    return {
        "as_of": "2026-11-22",
        "laws": [
            {"id": "rule", "kind": "law", "text": TEXT, "date": "2020", "seen": "yes"},
        ],
        "advice": [
            {"id": "stop", "when": "before", "text": TEXT},
            {
                "id": "call", "when": "after", "phone": "110",
                "text": {"zh": "打 110", "en": "Call 110"},
            },
        ],
        "kinds": [
            {
                "id": "lure", "name": TEXT, "pitch": TEXT, "why": TEXT, "severity": "4",
                "laws": ["rule"], "advice": ["stop", "call"],
            }
        ],
    }  # fmt: skip


def _problems(tmp_path: Path, content: Raw) -> list[str]:
    path = tmp_path / "traps.yaml"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return [problem.reason for problem in datafile.check(path, Traps)[1]]


def test_a_whole_file_has_no_faults(tmp_path: Path) -> None:
    """The file that the faults below are made from is in order."""
    assert _problems(tmp_path, _whole()) == []


@pytest.mark.parametrize(
    ("where", "value", "fault"),
    [
        (("kinds", 0, "laws"), ["elsewhere"], "kind lure: no law 'elsewhere'"),
        (("kinds", 0, "advice"), ["stop", "run"], "kind lure: no advice 'run'"),
        (("kinds", 0, "advice"), ["stop"], "kind lure: advice for before and for after is needed"),
        (("kinds", 0, "advice"), ["stop", "call", "stop"], "advice of lure stands twice: 'stop'"),
        (("laws", 0, "date"), "null", "kind lure: no law, warning or case with a date"),
        (("laws", 0, "kind"), "press", "kind lure: no law, warning or case with a date"),
        (("advice", 1, "phone"), "119", "advice.1: advice call: its text does not name 119"),
        (("kinds", 0, "why"), {"zh": "停下"}, "kinds.0.why.en: Field required"),
    ],
)
def test_a_fault_is_named(
    tmp_path: Path, where: tuple[Any, ...], value: object, fault: str
) -> None:
    """What points nowhere, has no date or is in one language only is refused."""
    content = _whole()
    place: Any = content
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = value

    assert fault in _problems(tmp_path, content)


def test_what_nothing_points_at_is_refused(tmp_path: Path) -> None:
    """A law or advice that no kind names would never be read, nor kept up to date."""
    content = _whole()
    content["laws"].append({**content["laws"][0], "id": "spare"})

    assert _problems(tmp_path, content) == ["nothing points at spare"]
