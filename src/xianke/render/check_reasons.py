"""What spoke for and against an offer, in sentences: for `check --explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianke import money
from xianke.i18n import _, plural
from xianke.render.tables import heading, hours, note
from xianke.render.text import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xianke.findings import Excuse, Finding, Judgement, Offer, Strength, Sum, Verdict
    from xianke.trapbook import Kind

LEAST_READ = 16
"""Of a shorter offer it is not said what it reads like. Judgement."""


def strength_names() -> Mapping[Strength, str]:
    """Return how sure a sign is, in words."""
    return {
        "decisive": _("有这一条就够了"),
        "strong": _("可疑"),
        "weak": _("常见的字眼"),
    }


def excuse_names() -> Mapping[Excuse, str]:
    """Return why a sign does not count, in words."""
    return {
        "denied": _("说了没有这回事"),
        "warning": _("这是在提醒人"),
        "told": _("这是在说、在问一件事，不是在招人"),
        "honest": _("前后的话说明是正常的做法"),
    }


def verdict_names() -> Mapping[Verdict, str]:
    """Return the verdicts in a word or two."""
    return {"trap": _("是坑"), "warn": _("当心"), "ok": _("没看出坑")}


def reasons(judgement: Judgement, book: Mapping[str, Kind]) -> None:
    """Print, offer by offer, what counts, what does not and why, and the sums."""
    if not any(one.findings or one.set_aside or one.sums for one in judgement.offers):
        note(_("里面没有见到一个已知的迹象。"))
    several = len(judgement.offers) > 1
    for number, offer in enumerate(judgement.offers, 1):
        if not (offer.findings or offer.set_aside or offer.sums or any(_reading(offer))):
            continue
        if several:
            heading(
                _("第 {number} 段（第 {first}-{last} 个字）：{verdict}").format(
                    number=number,
                    first=offer.start + 1,
                    last=offer.end,
                    verdict=verdict_names()[offer.verdict],
                )
            )
        else:
            heading(_("全部理由"))
        _show_offer(offer, book)


def _show_offer(offer: Offer, book: Mapping[str, Kind]) -> None:
    names = strength_names()
    for one in offer.findings:
        note(
            _("算：{sign}（{strength}）").format(
                sign=_sign(one, book), strength=names[one.strength]
            )
        )
    excuses = excuse_names()
    for aside in offer.set_aside:
        text = _("不算：{sign}。{excuse}").format(
            sign=_sign(aside.finding, book), excuse=excuses[aside.excuse]
        )
        if aside.by.strip():
            text = _("{text}：「{by}」").format(text=text, by=shortened(aside.by))
        note(text)
    for found in offer.sums:
        note(_("账：{text}").format(text=sum_text(found)))
    for text, passages in (
        (_("读着像坑的：{quotes}"), _reading(offer)[0]),
        (_("读着像正经招工的：{quotes}"), _reading(offer)[1]),
    ):
        if passages:
            note(text.format(quotes=_quoted(passages)))


def _reading(offer: Offer) -> tuple[Sequence[str], Sequence[str]]:
    """Return the passages that read like traps and like honest offers, where that is a reason.

    A few words read like anything; and what a sign rests on is nowhere called honest.
    """
    if offer.reads is None or offer.end - offer.start < LEAST_READ:
        return (), ()
    sure = [one.quote for one in offer.findings if one.strength != "weak"]
    honest = [
        one for one in offer.reads.away if not any(sign in one or one in sign for sign in sure)
    ]
    return offer.reads.towards, honest


def _quoted(passages: Sequence[str]) -> str:
    return _("、").join(_("「{quote}」").format(quote=shortened(one, 30)) for one in passages)


def _sign(finding: Finding, book: Mapping[str, Kind]) -> str:
    return _("「{quote}」{name}：{text}").format(
        quote=shortened(finding.quote), name=book[finding.type].name, text=finding.text
    )


def sum_text(found: Sum) -> str:
    """Return what the figures of an offer come to, as a sentence."""
    values = found.values
    if found.code == "first_against_promise":
        return _("先要你拿出 {first}，说好给你 {promised}：出钱在前，拿钱在后。").format(
            first=money.yuan(values["first_fen"]), promised=money.yuan(values["promised_fen"])
        )
    if found.code == "above_market":
        return _("照它说的每小时 {claimed}；{work}已知最高的是每小时 {known}。").format(
            claimed=money.yuan(values["claimed_fen_per_hour"]),
            work=_category_name(found.category),
            known=money.yuan(values["known_high_fen_per_hour"]),
        )
    low, high = values["orders_low"], values["orders_high"]
    if values["minutes_at_pace"]:
        text = plural(
            "每单 {each}，要拿到 {claimed} 得做 {orders} 单，照它说的快慢要 {hours}。", high
        )
    else:
        text = plural("每单 {each}，要拿到 {claimed} 得做 {orders} 单。", high)
    return text.format(
        each=money.yuan(values["fen_each"]),
        claimed=money.yuan(values["fen_claimed"]),
        orders=low if low == high else f"{low}-{high}",
        hours=hours(values["minutes_at_pace"]),
    )


def _category_name(category: str | None) -> str:
    if category is not None:
        from xianke import catalogue

        known = catalogue.catalogue().categories.get(category)
        if known is not None:
            return known.name
    return _("这类活")
