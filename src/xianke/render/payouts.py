"""How money that came looks, to people and to programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from xianke import gigs, money
from xianke.i18n import _, plural
from xianke.render.console import say
from xianke.render.gigs import date_text, day_text, name_of
from xianke.render.tables import first_step, hours, next_step, note, sentence, table

if TYPE_CHECKING:
    from xianke.commands.receiving import Received
    from xianke.platforms import Catalogue
    from xianke.records import Gig, Payout
    from xianke.unexplained import Explanation

Document = dict[str, Any]

MOST_ON_SCREEN = 40
MOST_GIGS = 3


def document(one: Received) -> Document:
    """Return one payout as the contract's data."""
    payout = one.payout
    return {
        "id": f"p{payout.id}",
        "day": payout.day,
        "amount_fen": payout.amount_fen,
        "platform": payout.platform,
        "source": payout.source,
        "settled_fen": one.settled_fen,
        "settles": [{"gig": f"g{gig}", "amount_fen": fen} for gig, fen in one.shares],
        "sure": one.sure,
        "fixed": payout.fixed,
        "replaced_by": None if payout.replaced_by is None else f"p{payout.replaced_by}",
        "note": payout.note,
    }


def list_document(found: Sequence[Received]) -> Document:
    """Return payouts as the contract's data."""
    return {
        "payouts": [document(one) for one in found],
        "received_fen": sum(one.payout.amount_fen for one in found),
        "unexplained_fen": sum(one.unexplained_fen for one in found),
    }


def removed_document(payout: Payout) -> Document:
    """Return a payout that is gone."""
    return {
        "id": f"p{payout.id}",
        "day": payout.day,
        "amount_fen": payout.amount_fen,
        "platform": payout.platform,
        "source": payout.source,
        "note": payout.note,
    }


def show_list(found: Sequence[Received], catalogue: Catalogue, *, untouched: bool) -> None:
    """Print payouts, the newest last, and what of them nobody has explained."""
    if not found:
        say(_("没有到账记录。"))
        first_step(
            _("导入账单：xianke import 文件；手记一笔：xianke payouts add 闲鱼 300"),
            untouched=untouched,
        )
        return
    shown = found[-MOST_ON_SCREEN:]
    if len(shown) < len(found):
        sentence(
            _("共 {count} 笔，这里是最近 {shown} 笔；用 --from、--to 缩小范围").format(
                count=len(found), shown=len(shown)
            )
        )
    rest = sum(one.unexplained_fen for one in found)
    total = sum(one.payout.amount_fen for one in found)
    table(
        [
            ("", "left"),
            (_("到账"), "left"),
            (_("平台"), "left"),
            (_("金额"), "right"),
            (_("来源"), "left"),
            (_("是哪几单的钱"), "left"),
        ],
        [
            [
                f"p{one.payout.id}",
                date_text(one.payout.day),
                name_of(one.payout.platform, catalogue),
                money.plain_yuan(one.payout.amount_fen),
                _source(one.payout),
                _settles(one),
            ]
            for one in shown
        ],
        total=["", "", _("合计"), money.plain_yuan(total), "", ""] if len(found) > 1 else None,
        flexible=[2, 5],
    )
    guessed = [one.payout.id for one in shown if one.sure is False]
    if guessed:
        note(
            _(
                "「先算」是按先后顺序先算给最早的单；不对就指定：xianke payouts settle p{id} g3，"
                "哪单都不是写 --none"
            ).format(id=guessed[0])
        )
    if rest:
        note(_("有 {amount} 没对上单。").format(amount=money.yuan(rest)))
        next_step(_("把没对上的记成单：xianke payouts explain"))
    else:
        next_step(_("看合计：xianke report"))


def _source(payout: Payout) -> str:
    if payout.gig_id is not None:
        return _("随单")
    return _("账单来的") if payout.source == "imported" else _("手记")


def _settles(one: Received) -> str:
    """Say what a payout settles, and how much of it nothing."""
    names = [f"g{gig}" for gig, _fen in one.shares]
    parts = []
    if names:
        text = _("、").join(names[:MOST_GIGS])
        if len(names) > MOST_GIGS:
            text = _("{gigs} 等 {count} 单").format(gigs=text, count=len(names))
        parts.append(_("先算 {gigs}").format(gigs=text) if one.sure is False else text)
    if one.unexplained_fen:
        parts.append(_("没对上 {amount}").format(amount=money.plain_yuan(one.unexplained_fen)))
    return _("，").join(parts)


def show_added(one: Received, catalogue: Catalogue) -> None:
    """Print a payout that was just typed, and what it turned out to be."""
    payout = one.payout
    sentence(
        _("记下了 p{id}：{name} {amount}，{day} 到账").format(
            id=payout.id,
            name=name_of(payout.platform, catalogue),
            amount=money.yuan(payout.amount_fen),
            day=date_text(payout.day),
        )
    )
    if payout.replaced_by is not None:
        note(_("账单里已经有这笔（p{id}），不会算两遍。").format(id=payout.replaced_by))
        next_step(
            _("不是同一笔：先 xianke payouts settle p{id} …，再定这一笔").format(
                id=payout.replaced_by
            )
        )
        return
    _show_use(one)


def show_settled(one: Received) -> None:
    """Print what a payout settles now."""
    sentence(
        _("p{id} {amount} 定好了").format(
            id=one.payout.id, amount=money.yuan(one.payout.amount_fen)
        )
        if one.payout.fixed
        else _("p{id} {amount} 交回自动对单").format(
            id=one.payout.id, amount=money.yuan(one.payout.amount_fen)
        )
    )
    _show_use(one)


def _show_use(one: Received) -> None:
    if one.shares:
        note(
            _("是这些单的钱：{gigs}").format(
                gigs=_("、").join(f"g{gig} {money.yuan(fen)}" for gig, fen in one.shares)
            )
        )
    if one.unexplained_fen:
        note(_("有 {amount} 没对上单。").format(amount=money.yuan(one.unexplained_fen)))
        next_step(
            _("补记成单：xianke payouts explain；指定：xianke payouts settle p{id} g3").format(
                id=one.payout.id
            )
        )
    elif one.sure is False:
        next_step(
            _("这是按先后先算的，不对就指定：xianke payouts settle p{id} g3").format(
                id=one.payout.id
            )
        )
    else:
        next_step(_("看全部：xianke payouts"))


def show_removed(payout: Payout, catalogue: Catalogue) -> None:
    """Print a payout that is gone."""
    sentence(
        _("删掉了 p{id}：{name} {amount}，{day}").format(
            id=payout.id,
            name=name_of(payout.platform, catalogue),
            amount=money.yuan(payout.amount_fen),
            day=date_text(payout.day),
        )
    )
    next_step(_("删错了就 xianke undo"))


# Explaining


def explanation_document(
    plan: Sequence[Explanation], made: Sequence[Gig], minutes: Mapping[int, int], left_fen: int
) -> Document:
    """Return the gigs that explain money; as long as they are only planned, new ones have no id."""
    return {
        "explained": [
            {
                "platform": one.platform,
                "week": one.week,
                "day": one.day,
                "gig": f"g{made[place].id}"
                if made
                else (None if one.gig is None else f"g{one.gig.id}"),
                "new": one.gig is None,
                "amount_fen": one.fen,
                "minutes": explained_minutes(one, minutes.get(place)),
                "payouts": [{"id": f"p{payout}", "amount_fen": fen} for payout, fen in one.parts],
            }
            for place, one in enumerate(plan)
        ],
        "explained_fen": sum(one.fen for one in plan) if made else 0,
        "unexplained_fen": left_fen,
    }


def explained_minutes(one: Explanation, answered: int | None) -> int | None:
    """Return the minutes of a gig that explains money, None where nobody knows them."""
    if one.gig is None:
        return answered
    return (one.gig.worked_minutes or 0) + one.gig.unpaid_minutes


def show_nothing_to_explain(*, untouched: bool) -> None:
    """Say that all money is explained."""
    say(_("没有要说明的：到账的钱都对上单了。"))
    first_step(_("看到账：xianke payouts"), untouched=untouched)


def show_plan(plan: Sequence[Explanation], catalogue: Catalogue) -> None:
    """Print the gigs that would explain the money."""
    sentence(plural("没对上单的钱可以记成 {count} 单：", len(plan)).format(count=len(plan)))
    _show_explanations(plan, catalogue, {}, None)


def show_preview_end() -> None:
    """Say that nothing has been stored."""
    note(_("这是预览，什么也没记。"))
    next_step(_("照这样记：xianke payouts explain --yes（用时以后可补：xianke gigs edit）"))


def show_explained(
    plan: Sequence[Explanation],
    made: Sequence[Gig],
    minutes: Mapping[int, int],
    catalogue: Catalogue,
) -> None:
    """Print the gigs that explain the money now."""
    sentence(plural("记好了 {count} 单：", len(plan)).format(count=len(plan)))
    _show_explanations(plan, catalogue, minutes, made)
    untimed = [gig for gig in made if gigs.net_fen_per_hour(gig) is None]
    if untimed:
        next_step(_("想起用时再补：xianke gigs edit g{id} --minutes 90").format(id=untimed[0].id))
    else:
        next_step(_("看合计：xianke report"))


def _show_explanations(
    plan: Sequence[Explanation],
    catalogue: Catalogue,
    minutes: Mapping[int, int],
    made: Sequence[Gig] | None,
) -> None:
    rows = []
    for place, one in enumerate(plan):
        spent = explained_minutes(one, minutes.get(place))
        gig = one.gig if made is None else made[place]
        rows.append(
            [
                _("新记") if gig is None else f"g{gig.id}",
                one.week if one.gig is None else day_text(one.gig),
                name_of(one.platform, catalogue),
                money.plain_yuan(one.fen),
                _("不知道") if spent is None else hours(spent),
                _("、").join(f"p{payout}" for payout, _fen in one.parts),
            ]
        )
    table(
        [
            ("", "left"),
            (_("什么时候"), "left"),
            (_("平台"), "left"),
            (_("金额"), "right"),
            (_("用时"), "right"),
            (_("来自"), "left"),
        ],
        rows,
        flexible=[2, 5],
    )
