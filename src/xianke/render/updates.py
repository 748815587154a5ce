"""What a newer catalogue changes, and the way back, to people and to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xianke import differences, fact_words, money, shelf
from xianke.i18n import _, plural
from xianke.render import envelope
from xianke.render.console import say
from xianke.render.platform_page import figure, item, plain
from xianke.render.tables import heading, next_step, place, sentence
from xianke.render.text import command_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke.catalogue import Catalogue, Fact, Pay, Platform
    from xianke.commands.updating import Candidate, SteppedBack
    from xianke.differences import Differences, FactChange, PayChange

Document = dict[str, Any]

MOST_SHOWN = 12
"""Changes of one kind on the screen; a program gets them all."""


# For programs


def emit(candidate: Candidate, *, applied: bool) -> None:
    """Print the document of an update: ok where it is done or nothing is new, else partial."""
    changes = candidate.changes
    data: Document = {
        "source": candidate.origin,
        "sha256": candidate.sha256,
        "as_of": {"before": candidate.before.as_of, "after": candidate.after.as_of},
        "new": changes is not None,
        "applied": applied,
        "in_force": _in_force(),
        "changes": None if changes is None else _changes(candidate.after, changes),
    }
    envelope.emit(data, status="ok" if applied or changes is None else "partial")


def emit_step_back(done: SteppedBack) -> None:
    """Print the document of a way back."""
    envelope.emit(
        {
            "as_of": {"before": done.before, "after": done.after},
            "in_force": _in_force(),
            "lost": list(done.lost),
        }
    )


def _in_force() -> Document:
    kept = shelf.kept_in_force()
    return {
        "origin": "shipped" if kept is None else "updated",
        "as_of": shelf.shipped_day() if kept is None else shelf.day_of(kept),
    }


def _changes(after: Catalogue, changes: Differences) -> Document:
    return {
        "added": [_named(one) for one in changes.added],
        "removed": [_named(one) for one in changes.removed],
        "facts": [_fact_change(one) for one in changes.facts],
        "confirmed": [_fact_change(one) for one in changes.confirmed],
        "pay": [
            {
                **_named(one.platform),
                "gone": [_pay(pay) for pay in one.gone],
                "come": [_pay(pay) for pay in one.come],
            }
            for one in changes.pay
        ],
        "described": [_named(one) for one in changes.described],
        "categories": [
            {"id": one, "name": after.categories[one].name} for one in changes.categories
        ],
        "factors": list(changes.factors),
    }


def _named(platform: Platform) -> Document:
    return {"id": platform.id, "name": platform.name, "category": platform.category}


def _fact_change(change: FactChange) -> Document:
    return {
        **_named(change.platform),
        "field": change.field,
        "before": _fact(change.field, change.before),
        "after": _fact(change.field, change.after),
        "sources": list(change.sources),
        "cited": change.cited,
    }


def _fact(name: str, fact: Fact) -> Document:
    return {
        "value": fact.value,
        "text": _words(name, fact),
        "date": fact.date if fact.value is not None else None,
        "note": fact.note,
    }


def _pay(pay: Pay) -> Document:
    return {
        "unit": pay.unit,
        "low": pay.low,
        "typical": pay.typical,
        "high": pay.high,
        "measure": pay.measure,
        "grade": pay.grade,
        "by": pay.by,
        "date": pay.date,
        "text": figure(pay),
        "note": pay.note,
    }


# For people


def show(candidate: Candidate) -> None:
    """Print what an update would change, in words."""
    changes = candidate.changes
    if changes is None:
        sentence(_("没有新的：和现在用的目录一样，截至 {day}").format(day=candidate.after.as_of))
        next_step(_("看目录：xianke platforms"))
        return
    sentence(
        _("平台目录：截至 {before} → 截至 {after}").format(
            before=candidate.before.as_of, after=candidate.after.as_of
        )
    )
    place(_("来自 {origin}").format(origin=candidate.origin))
    place(f"sha256 {candidate.sha256}")
    if differences.is_empty(changes):
        say()
        sentence(_("内容没有变，只换了日期。"))
    count = len(changes.added)
    _list(
        plural("多了 {count} 个平台", count),
        [_placed(candidate.after, one) for one in changes.added],
    )
    count = len(changes.removed)
    _list(
        plural("少了 {count} 个平台", count),
        [_placed(candidate.before, one) for one in changes.removed],
    )
    _list(
        plural("{count} 件事变了", len(changes.facts)), [_fact_text(one) for one in changes.facts]
    )
    _list(
        plural("{count} 个平台的报酬说法变了", len(changes.pay)),
        [_pay_text(one) for one in changes.pay],
    )
    _show_rest(candidate.after, changes)


def _show_rest(after: Catalogue, changes: Differences) -> None:
    """Print what needs no detail: what was only looked up again, and what else is different."""
    names = [after.categories[one].name for one in changes.categories]
    _list(plural("{count} 个类别的说法变了", len(names)), names)
    lines = []
    if changes.confirmed:
        count = len(changes.confirmed)
        lines.append(plural("{count} 件事只换了日期，值没有变", count).format(count=count))
    if changes.described:
        count = len(changes.described)
        lines.append(plural("{count} 个平台只改了介绍、条件或来源", count).format(count=count))
    if changes.factors:
        count = len(changes.factors)
        lines.append(plural("{count} 个估算系数变了", count).format(count=count))
    if lines:
        say()
    for line in lines:
        sentence(line)


def _list(title: str, items: Sequence[str]) -> None:
    if not items:
        return
    heading(title.format(count=len(items)))
    for text in items[:MOST_SHOWN]:
        item(text)
    if len(items) > MOST_SHOWN:
        more = len(items) - MOST_SHOWN
        item(plural("还有 {count} 处，全部：--json", more).format(count=more))


def _placed(known: Catalogue, platform: Platform) -> str:
    category = known.categories[platform.category]
    return _("{name}（{category}）").format(name=platform.name, category=category.name)


def _fact_text(change: FactChange) -> str:
    before, after = _words(change.field, change.before), _words(change.field, change.after)
    if before == after:
        before, after = _beside(change)
    text = _("{name} {fact}：{before} → {after}").format(
        name=change.platform.name,
        fact=fact_words.fact_name(change.field),
        before=before,
        after=after,
    )
    if change.after.value is None:
        return text
    said = (change.after.date or _("日期不明"), _source_text(change))
    return _("{text}（{said}）").format(text=text, said=_("，").join(said))


def _beside(change: FactChange) -> tuple[str, str]:
    """Return what changed beside a fact's value: a fee's percentages, what it rests on, a note."""
    old, new = change.before, change.after
    if old.percent != new.percent:
        return _percent_text(old), _percent_text(new)
    if old.basis != new.basis:
        return _basis(old), _basis(new)
    return _("说明变了"), new.note or _("没有")


def _percent_text(fact: Fact) -> str:
    ends = dict.fromkeys(plain(one) for one in fact.percent or () if one is not None)
    return f"{'–'.join(ends)}%" if ends else _("没写百分之几")


def _basis(fact: Fact) -> str:
    return fact_words.basis_text(fact.basis) if fact.basis else _("没有")


def _source_text(change: FactChange) -> str:
    if not change.cited or not change.sources:
        return _("没注明是哪个来源")
    if len(change.sources) == 1:
        return change.sources[0]
    return _("{source}等 {count} 个来源").format(
        source=change.sources[0], count=len(change.sources)
    )


def _words(name: str, fact: Fact) -> str:
    text = fact_words.value_text(name, fact.value)
    if name == "upfront" and fact.amount_fen is not None:
        amount = plain(fact.amount_fen / money.FEN_PER_YUAN)
        return _("{value}（{amount} 元）").format(value=text, amount=amount)
    return text


def _pay_text(change: PayChange) -> str:
    return _("{name}：{before} → {after}").format(
        name=change.platform.name, before=_pays(change.gone), after=_pays(change.come)
    )


def _pays(pays: Sequence[Pay]) -> str:
    said = [
        _("{figure}（{by}，{day}）").format(
            figure=figure(pay), by=pay.by, day=pay.date or _("日期不明")
        )
        for pay in pays
    ]
    return _("；").join(said) or _("没有")


def show_put(candidate: Candidate) -> None:
    """Print that the update is in force, and the way back."""
    say()
    sentence(
        _("换好了：现在用的目录截至 {day}。你自己查到的事实照旧盖在上面。").format(
            day=candidate.after.as_of
        )
    )
    next_step(_("不想要了：xianke platforms update --rollback（xianke undo 管不到它）"))


def show_not_put(candidate: Candidate) -> None:
    """Print that nothing was changed, and how to go on."""
    say()
    sentence(_("只是看看，没有换。"))
    again = command_line(("platforms", "update", "--from", candidate.origin, "--yes"))
    next_step(_("要换：{command}").format(command=again))


def show_step_back(done: SteppedBack) -> None:
    """Print which catalogue is in force now, and what went with the other one."""
    if _in_force()["origin"] == "shipped":
        sentence(
            _("退回来了：现在用随程序来的目录，截至 {after}（刚才的截至 {before}）").format(
                before=done.before, after=done.after
            )
        )
    else:
        sentence(
            _("退回来了：现在用上一份目录，截至 {after}（刚才的截至 {before}）").format(
                before=done.before, after=done.after
            )
        )
    if done.lost:
        sentence(
            _("这份目录里没有你用着的：{names}。记录都在，只是不再有介绍。").format(
                names=_("、").join(done.lost)
            )
        )
    next_step(_("看目录：xianke platforms"))
