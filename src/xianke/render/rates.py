"""How hourly rates look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianke import money
from xianke.i18n import _, plural
from xianke.render.advice import mid_text, rate_text
from xianke.render.console import say
from xianke.render.tables import first_step, next_step, note, sentence, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke.rates import Line


def show(lines: Sequence[Line], by: str, *, untouched: bool) -> None:
    """Print hourly rates: own ones first, then what the catalogue says."""
    own = [line for line in lines if line.rate.own_gigs]
    stated = [line for line in lines if not line.rate.own_gigs]
    waiting = sum(line.rate.waiting for line in own)
    if own:
        sentence(_("你自己的（每小时净得）"))
        table(
            [
                (_("平台") if by == "platform" else _("类别"), "left"),
                (_("单数"), "right"),
                (_("收到钱的*") if waiting else _("收到钱的"), "right"),
                (_("实际"), "right"),
                (_("下一单"), "right"),
                (_("中位"), "right"),
            ],
            [
                [
                    line.name,
                    str(line.rate.own_gigs),
                    "" if line.rate.paid_share is None else f"{line.rate.paid_share:.0%}",
                    money.plain_yuan(line.rate.own_net_fen_per_hour)
                    if line.rate.own_net_fen_per_hour is not None
                    else "",
                    rate_text(line.rate),
                    mid_text(line.rate),
                ]
                for line in own
            ],
            flexible=[0],
            fold=[5, 2, 1, 3],
        )
        note(_("「下一单」是十次里大约八次会落在其中的范围，不是承诺"))
        if waiting:
            text = plural("* 只算有结果的；还有 {count} 单在等钱：xianke owed", waiting)
            note(text.format(count=waiting))
        say()
    if stated:
        sentence(_("目录里的行情（没有你自己的记录）"))
        table(
            [
                (_("平台") if by == "platform" else _("类别"), "left"),
                (_("每小时净得"), "right"),
                (_("中位"), "right"),
                (_("证据截至"), "left"),
            ],
            [
                [
                    line.name,
                    rate_text(line.rate),
                    mid_text(line.rate),
                    line.rate.as_of or _("日期不明"),
                ]
                for line in stated
            ],
            flexible=[0],
            fold=[2, 3],
        )
    if not own:
        first_step(_("记一单就有你自己的：xianke log 闲鱼 85 --minutes 40"), untouched=untouched)
    else:
        next_step("xianke suggest")
