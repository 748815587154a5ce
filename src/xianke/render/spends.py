"""How money paid for platforms looks, to people and to programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from xianke import money
from xianke.i18n import _, plural
from xianke.render.console import say
from xianke.render.gigs import date_text, name_of
from xianke.render.tables import first_step, heading, next_step, note, sentence, table

if TYPE_CHECKING:
    from xianke.commands.spending import Done, Spends
    from xianke.platforms import Catalogue
    from xianke.records import Spend
    from xianke.spends import PayBack

Document = dict[str, Any]

MOST_ON_SCREEN = 20


def document(found: Spends) -> Document:
    """Return all spends and how far they have come back, as the contract's data."""
    return {
        "spends": [spend_document(spend) for spend in found.spends],
        "payback": [
            {**asdict(one), "name": name_of(one.platform, found.catalogue)}
            for one in found.pay_backs
        ],
    }


def spend_document(spend: Spend) -> Document:
    """Return one spend as the contract's data."""
    return {
        "id": f"c{spend.id}",
        "day": spend.day,
        "platform": spend.platform,
        "amount_fen": spend.amount_fen,
        "kind": spend.kind,
        "returned_day": spend.returned_day,
        "returned_fen": spend.returned_fen,
        "note": spend.note,
    }


def show(found: Spends, *, untouched: bool) -> None:
    """Print the latest spends, and per platform whether its gigs have brought them back."""
    if not found.spends:
        say(_("还没有记过给平台花的钱。"))
        first_step(_("记一笔：xianke spend 美团众包 199 --note 头盔"), untouched=untouched)
        return
    shown = found.spends[-MOST_ON_SCREEN:]
    if len(shown) < len(found.spends):
        note(
            _("共 {count} 笔，这里是最近 {shown} 笔；全部用 xianke spend --json").format(
                count=len(found.spends), shown=len(shown)
            ),
            indent=0,
        )
    table(
        [
            ("", "left"),
            (_("哪天"), "left"),
            (_("平台"), "left"),
            (_("花了"), "right"),
            (_("是什么"), "left"),
            (_("备注"), "left"),
        ],
        [_cells(spend, found.catalogue) for spend in shown],
        flexible=[2, 5],
    )
    if found.pay_backs:
        heading(_("回本没有（开支和之后做的单；押金不算）"))
        for one in found.pay_backs:
            name = name_of(one.platform, found.catalogue)
            note(_("{name}：{text}").format(name=name, text=pay_back_text(one)))
    say()
    out = next(
        (one for one in found.spends if one.kind == "deposit" and not one.returned_day), None
    )
    if out is not None:
        next_step(_("押金退了：xianke spend returned c{id}").format(id=out.id))
    next_step(_("记错了：xianke spend rm c{id}").format(id=shown[-1].id))


def _cells(spend: Spend, catalogue: Catalogue) -> list[str]:
    return [
        f"c{spend.id}",
        date_text(spend.day),
        name_of(spend.platform, catalogue),
        money.plain_yuan(spend.amount_fen),
        _kind_text(spend),
        spend.note or "",
    ]


def _kind_text(spend: Spend) -> str:
    if spend.kind == "refund":
        return _("退给买家的")
    if spend.kind == "plain":
        return _("开支")
    if spend.returned_fen is None:
        return _("押金，没退")
    if spend.returned_fen == spend.amount_fen:
        return _("押金，已退")
    if spend.returned_fen == 0:
        return _("押金，退不回")
    return _("押金，退了 {fen}").format(fen=money.plain_yuan(spend.returned_fen))


def pay_back_text(one: PayBack) -> str:
    """Return how far a platform has paid back what was spent to begin there."""
    text = _("花了 {spent}，之后 {count} 单净得 {net}").format(
        spent=money.yuan(one.spent_fen), count=one.gigs, net=money.yuan(one.net_fen)
    )
    if one.paid_back_on is not None:
        return _("{text}，{day} 已回本").format(text=text, day=date_text(one.paid_back_on))
    if one.gigs_needed is not None:
        rest = plural("照这样再做 {count} 单回本", one.gigs_needed).format(count=one.gigs_needed)
        return _("{text}，{rest}").format(text=text, rest=rest)
    return _("{text}，多久回本还不知道").format(text=text)


def show_done(done: Done) -> None:
    """Print what was paid, came back, or was taken out of the list."""
    spend = done.spend
    values = {
        "id": spend.id,
        "name": name_of(spend.platform, done.catalogue),
        "fen": money.yuan(spend.amount_fen),
        "day": date_text(spend.day),
    }
    if done.verb == "removed":
        sentence(_("删掉了 c{id}：{name} {fen}，{day}").format(**values))
        next_step(_("删错了就 xianke undo"))
        return
    if done.verb == "returned":
        _show_returned(spend, values["name"])
        return
    if spend.kind == "deposit":
        sentence(_("记下了 c{id}：{name} 押金 {fen}，{day}").format(**values))
        note(_("押金不算成本；没退之前在 xianke owed 里。"))
        next_step(_("押金退了：xianke spend returned c{id}").format(id=spend.id))
        return
    sentence(_("记下了 c{id}：给{name} {fen}，{day}").format(**values))
    note(_("算这个平台的成本，不分摊到哪一单。"))
    if done.pay_back is not None and done.pay_back.gigs:
        note(pay_back_text(done.pay_back))
    next_step(_("看回本没有：xianke spend（记错了：xianke undo）"))


def _show_returned(spend: Spend, name: object) -> None:
    returned = spend.returned_fen or 0
    sentence(
        _("押金 c{id} 退回 {fen}：{name}，{day}").format(
            id=spend.id,
            fen=money.yuan(returned),
            name=name,
            day=date_text(spend.returned_day or spend.day),
        )
    )
    if returned < spend.amount_fen:
        note(
            _("少退的 {fen} 从这天起算成给这个平台的开支。").format(
                fen=money.yuan(spend.amount_fen - returned)
            )
        )
    next_step(_("看还欠什么：xianke owed（弄错了：xianke undo）"))
