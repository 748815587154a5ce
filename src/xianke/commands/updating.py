"""From a file or an address to a catalogue that may stand in the place of the present one."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from xianke import (
    catalogue,
    differences,
    notices,
    payers,
    platforms,
    settings,
    shelf,
    store,
    updates,
    wording,
)
from xianke.catalogue import Catalogue, Platform
from xianke.differences import Differences
from xianke.errors import NotUnderstood, Refused, Unreadable
from xianke.i18n import _, plural

_LONGEST = 160
"""Letters of a fault in the file that are quoted; a file may hold a word of a million."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A catalogue that passed every check, and what it would change; None where it is the same.

    `contested` are the facts that the user found out and of which it says otherwise, and later:
    platforms with the user's own word over them, each with the name of the fact.
    """

    origin: str
    sha256: str
    compiled: bytes
    before: Catalogue
    after: Catalogue
    changes: Differences | None
    contested: tuple[tuple[Platform, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SteppedBack:
    """A way back that was gone: days before and after, and platforms that lost their entry."""

    before: str
    after: str
    lost: tuple[str, ...]


def examine(origin: str, sha256: str | None) -> Candidate:
    """Return the catalogue at *origin* with all that speaks for taking it; change nothing.

    *sha256* is what its bytes must have, in hex. Refused is what is older than the present one, of
    the same day but different, or of a day to come; what lacks a category; and what lacks a
    platform that records or rules name: ids are permanent, and one that stopped is `closed`.
    Raise as `updates.fetch` does, too, and Unreadable or NotUnderstood for a bad file.
    """
    wanted = None if sha256 is None else _digest(sha256)
    content = updates.fetch(origin) if updates.is_address(origin) else _file(Path(origin))
    found = hashlib.sha256(content).hexdigest()
    if wanted is not None and found != wanted:
        raise Unreadable(
            _("文件的 sha256 对不上：是 {found}").format(found=found),
            _("文件变了或被换过；从可信的地方再核对一遍这串数"),
        )
    data = _checked(origin, content)
    compiled = _compiled(data)
    present = shelf.in_force()
    newer = json.loads(compiled)
    before = catalogue.of_data(wording.levelled(present, newer))
    after = catalogue.of_data(wording.levelled(newer, present))
    if newer == present:
        return Candidate(origin, found, compiled, before, after, None)
    _refuse_day(before.as_of, after.as_of)
    _refuse_missing(before, after)
    changes = differences.compare(before, after)
    return Candidate(origin, found, compiled, before, after, changes, _contested(compiled))


def _contested(compiled: bytes) -> tuple[tuple[Platform, str], ...]:
    with store.read() as db:
        own, evidence = db.own_platforms(), db.evidence()
    known = catalogue.of_data(json.loads(compiled), own, evidence)
    found = dict.fromkeys((one.platform, one.field) for one in evidence)
    return tuple(
        (known.platforms[identity], field)
        for identity, field in found
        if identity in known.platforms
        and platforms.newer_statement(known.platforms[identity].fact(field)) is not None
    )


def put(candidate: Candidate) -> None:
    """Put a candidate in the place of the present catalogue."""
    shelf.put(candidate.compiled)
    # A damaged one that it replaces is no news any more.
    notices.taken()


def step_back() -> SteppedBack:
    """Go back to the catalogue before; raise Refused where only the shipped one is there."""
    before = catalogue.of_data(shelf.in_force())
    shelf.step_back()
    notices.taken()
    after = catalogue.of_data(shelf.in_force())
    lost = sorted(_used() & before.platforms.keys() - after.platforms.keys())
    return SteppedBack(before.as_of, after.as_of, tuple(before.platforms[one].name for one in lost))


def _digest(text: str) -> str:
    plain = text.strip().lower()
    if re.fullmatch(r"[0-9a-f]{64}", plain) is None:
        raise NotUnderstood(
            _("「{text}」不是 sha256").format(text=text), _("sha256 是 64 位的 0-9、a-f")
        )
    return plain


def _file(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise Unreadable(
                _("{path} 不是普通文件").format(path=path), _("写出目录文件的名字，或 https 网址")
            )
        with path.open("rb") as file:
            content = file.read(updates.MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(
            _("文件读不出来：{path}").format(path=path), _("确认文件存在，并存成 UTF-8")
        ) from error
    if len(content) > updates.MOST_BYTES:
        raise Unreadable(
            _("文件太大：{path}").format(path=path),
            _("目录文件不超过 {megabytes} MB").format(megabytes=updates.MOST_BYTES // 1_000_000),
        )
    return content


def _checked(origin: str, content: bytes) -> dict[str, Any]:  # Any: whatever the schema lets in
    """Return the content of a catalogue file that `platforms validate` would pass as well."""
    from xianke import datafile, schema

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("文件读不出来：{path}").format(path=origin), _("确认文件存在，并存成 UTF-8")
        ) from error
    data, problems = datafile.check_text(origin, text, schema.Catalogue)
    if any(one.reason.endswith(schema.NEWER) for one in problems):
        raise Unreadable(
            _("这份目录要更新的 xianke 才能用"), _("升级 xianke 后再更新目录；现在的没有动")
        )
    if data is None:
        from xianke.render import verification

        said = verification.problem_text(origin, problems[0])
        raise NotUnderstood(
            plural("这份目录有 {count} 处毛病，没有换：{first}", len(problems)).format(
                count=len(problems), first=said[:_LONGEST]
            ),
            _("存成文件后逐处看：xianke platforms validate FILE"),
        )
    return data


def _compiled(data: dict[str, Any]) -> bytes:  # Any: see _checked
    from xianke import datafile

    return datafile.compiled("platforms", data).encode("utf-8")


def _refuse_day(before: str, after: str) -> None:
    tomorrow = (settings.now().date() + timedelta(days=1)).isoformat()
    if after > tomorrow:
        raise Refused(
            _("这份目录写着截至 {day}，那天还没有到").format(day=after),
            _("问问是谁写的；也看看电脑的日期对不对"),
        )
    if after < before:
        raise Refused(
            _("这份目录截至 {after}，比现在的（{before}）旧").format(after=after, before=before),
            _("要退回上一份：xianke platforms update --rollback"),
        )
    if after == before:
        raise Refused(
            _("这份目录和现在的一样截至 {day}，内容却不同，分不出哪份新").format(day=after),
            _("改过的目录要写上新的 as_of"),
        )


def _refuse_missing(before: Catalogue, after: Catalogue) -> None:
    categories = differences.missing_categories(before, after)
    if categories:
        raise Refused(
            _("这份目录少了类别：{names}").format(
                names=_listed([before.categories[one].name for one in categories])
            ),
            _("类别的 id 是永久的；这份不完整，换一份"),
        )
    used = _used() & before.platforms.keys() - after.platforms.keys()
    if used:
        raise Refused(
            _("这份目录少了你或规则用着的平台：{names}").format(
                names=_listed([before.platforms[one].name for one in sorted(used)])
            ),
            _("平台的 id 是永久的：停了的该写成已停，不该删掉；换一份"),
        )


def _used() -> set[str]:
    """Return the platforms that records name, and those the shipped rules give money to."""
    with store.read() as db:
        named = db.named_platforms()
    return named | {rule.target for rule in payers.shipped() if rule.target is not None}


def _listed(names: list[str]) -> str:
    shown = _("、").join(names[:5])
    return (
        shown
        if len(names) <= 5
        else _("{names}等 {count} 个").format(names=shown, count=len(names))
    )
