"""What wants checking again, and what is wrong with a catalogue file: screens and documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from xianke import fact_words, faultwords
from xianke.i18n import _, plural
from xianke.render import envelope
from xianke.render.catalogue import document as platform_document
from xianke.render.catalogue import name_text
from xianke.render.columns import grouped
from xianke.render.console import say, tell
from xianke.render.tables import next_step, note, pairs
from xianke.render.text import command_line, harmless
from xianke.verification import ACTION_DAYS, OTHER_DAYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xianke.datafile import Problem
    from xianke.platforms import Catalogue, Standing
    from xianke.verification import Check, Due

_PLACE = re.compile(r"(?:[\w-]+(?:\.[\w-]+)*: )+(?=\S)")
"""Names and numbers on the way to a fault, at its beginning."""

Document = dict[str, Any]


def document(known: Catalogue, due: Sequence[Due], standings: Mapping[str, Standing]) -> Document:
    """Return every platform with facts to check, in the order in which to check them."""
    return {
        "as_of": known.as_of,
        "platforms": [
            {
                **platform_document(one.platform, standings[one.platform.id]),
                "own_gigs": one.own_gigs,
                "checks": [_check_document(one, check) for check in one.checks],
            }
            for one in due
        ],
    }


def _check_document(one: Due, check: Check) -> Document:
    return {
        "field": check.field,
        "value": None if check.field == "pay" else one.platform.fact(check.field).value,
        "date": check.date,
        "age_days": check.days,
        "doubts": list(check.doubts),
        "text": fact_words.question(check.field),
    }


def show(known: Catalogue, due: Sequence[Due], older_than: int | None = None) -> None:
    """Print what wants checking, own platforms first."""
    if not due:
        say(_("没有要核对的"))
        return
    groups: dict[str, list[list[str]]] = {}
    for one in due:
        category = known.categories.get(one.platform.category)
        if one.own_gigs:
            name = _("你做过的")
        else:
            name = category.name if category is not None else _("没有分类的")
        groups.setdefault(name, []).append([name_text(one.platform), checks_text(one.checks)])
    grouped([_("平台"), _("要核对的，为什么")], groups, flexible=(0, 1))
    say()
    count = len(due)
    text = plural("{count} 个平台，共 {facts} 件事要核对。", count)
    note(text.format(count=count, facts=sum(len(one.checks) for one in due)), indent=0)
    note(_rule(older_than), indent=0)
    asked = dict.fromkeys(check.field for one in due for check in one.checks)
    pairs([(fact_words.fact_name(field), fact_words.question(field)) for field in asked])
    next_step(_("查到了就记：xianke platforms edit {id} 哪一项 值").format(id=due[0].platform.id))


def _rule(older_than: int | None) -> str:
    """Return in words what counts as too old."""
    if older_than is not None:
        return plural("列的是过了 {days} 天的，和没有日期的。", older_than).format(days=older_than)
    return _(
        "现状、结算、起提额、平台抽成、先付钱过 {short} 天，别的过 {long} 天，就该重新核对。"
    ).format(short=ACTION_DAYS, long=OTHER_DAYS)


def checks_text(checks: Sequence[Check]) -> str:
    """Return facts with why they want checking, those of one reason together.

    For example 「现状、结算（214 天前）；起提额（一个来源）」.
    """
    fields: dict[str, list[str]] = {}
    for check in checks:
        fields.setdefault(_doubts(check), []).append(fact_words.fact_name(check.field))
    return _("；").join(
        _("{fields}（{doubts}）").format(fields=_("、").join(names), doubts=doubts)
        for doubts, names in fields.items()
    )


def _doubts(check: Check) -> str:
    words = {
        "old": plural("{days} 天前", check.days or 0).format(days=check.days),
        "undated": _("没有日期"),
        "single_source": _("一个来源"),
    }
    return _("、").join(words[doubt] for doubt in check.doubts)


# A catalogue file


def _counts(content: Mapping[str, Any]) -> dict[str, int]:
    platforms = content["platforms"]
    return {
        "categories": len(content["categories"]),
        "platforms": len(platforms),
        "sources": sum(len(one["sources"]) for one in platforms),
    }


def emit_checked(
    file: Path, content: Mapping[str, Any] | None, problems: Sequence[Problem]
) -> None:
    """Print the document of a check; it says error where the file has faults."""
    data: Document = {
        "file": str(file),
        "as_of": content["as_of"] if content else None,
        "counts": _counts(content) if content else None,
        "platforms": [{"id": one["id"], "name": one["name"]["zh"]} for one in content["platforms"]]
        if content
        else [],
        "problems": [
            {"file": str(file), "line": one.line, "reason": one.reason} for one in problems
        ],
    }
    faults = [
        {"code": "not_understood", "message": problem_text(file, one), "hint": _hint()}
        for one in problems
    ]
    envelope.emit(data, status="error" if problems else "ok", errors=faults)
    if problems:
        _tell_failed(file, problems)


def show_checked(
    file: Path, content: Mapping[str, Any] | None, problems: Sequence[Problem]
) -> None:
    """Print each fault with its line, or what the file holds."""
    if content is not None:
        say(
            _(
                "{file} 没有毛病：{categories} 类、{platforms} 个平台、{sources} 条来源，截至 {day}"
            ).format(file=harmless(str(file)), day=content["as_of"], **_counts(content))
        )
        again = command_line(("platforms", "update", "--from", str(file)))
        next_step(_("换上这一份：{command}").format(command=again))
        return
    for one in problems:
        say(harmless(problem_text(file, one)))
    _tell_failed(file, problems)


def problem_text(file: Path | str, problem: Problem) -> str:
    """Return a fault with its place; what is wrong in the user's language."""
    place = _PLACE.match(problem.reason)
    where, what = (place[0], problem.reason[place.end() :]) if place else ("", problem.reason)
    values = {
        "file": file,
        "line": problem.line,
        "column": problem.column,
        "reason": where + faultwords.of_checker(what),
    }
    if problem.column is None:
        return _("{file} 第 {line} 行：{reason}").format(**values)
    return _("{file} 第 {line} 行第 {column} 列：{reason}").format(**values)


def _tell_failed(file: Path, problems: Sequence[Problem]) -> None:
    message = plural("「{file}」有 {count} 处毛病", len(problems)).format(
        file=file, count=len(problems)
    )
    tell(harmless(_("错误：{message}").format(message=message)))
    tell(_("提示：{hint}").format(hint=_hint()))


def _hint() -> str:
    return _("按行号改好再查一遍；整份文件对了才会用")
