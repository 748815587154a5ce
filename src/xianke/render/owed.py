"""How what is still owed looks, to people and to programs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from xianke import money, settings
from xianke.fact_words import value_text
from xianke.i18n import _, plural
from xianke.render.console import say
from xianke.render.gigs import date_text, name_of
from xianke.render.tables import first_step, heading, next_step, note, sentence, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianke.commands.owed import Owed
    from xianke.commands.spending import Given
    from xianke.owed import Debtor, Item, Usual
    from xianke.platforms import Catalogue
    from xianke.records import Spend
    from xianke.render.tables import Side

Document = dict[str, Any]

MOST_ON_SCREEN = 12


def document(found: Owed, catalogue: Catalogue, gone: Given | None) -> Document:
    """Return what is owed as the contract's data, with what was just given up, if anything."""
    data: Document = {
        "owed": [_debtor_document(one, catalogue) for one in found.debtors],
        "outstanding_fen": found.outstanding_fen,
        "deposit_fen": found.deposit_fen,
        "written_off_fen": found.written_off_fen,
    }
    if gone is not None:
        data["written_off"] = {"id": gone.id, "platform": gone.platform, "amount_fen": gone.fen}
    return data


def _debtor_document(one: Debtor, catalogue: Catalogue) -> Document:
    today = settings.now().date()
    return {
        "platform": one.platform,
        "name": name_of(one.platform, catalogue),
        "gigs": len(one.items),
        "outstanding_fen": one.outstanding_fen,
        "deposit_fen": one.deposit_fen,
        "oldest_days": one.oldest_days,
        "expected_by": _iso(one.expected_by),
        "late": one.late,
        "usual_days": None if one.usual is None else one.usual.days,
        "usual_payments": None if one.usual is None else one.usual.payments,
        "basis": one.basis,
        "items": [item_document(item) for item in one.items],
        "deposits": [
            {
                "id": f"c{spend.id}",
                "day": spend.day,
                "amount_fen": spend.amount_fen,
                "days": (today - date.fromisoformat(spend.day)).days,
            }
            for spend in one.deposits
        ],
    }


def item_document(item: Item) -> Document:
    """Return one gig's open money as the contract's data."""
    return {
        "id": f"g{item.gig.id}",
        "day": item.gig.day,
        "outstanding_fen": item.outstanding_fen,
        "expected_by": _iso(item.expected_by),
        "late": item.late,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def expected_text(item: Item | Debtor) -> str:
    """Return by when money should be there, and in words that it is late."""
    if item.expected_by is None:
        return _("不知道")
    day = date_text(item.expected_by.isoformat())
    return _("{day}，晚了").format(day=day) if item.late else day


def show(found: Owed, catalogue: Catalogue, *, untouched: bool) -> None:
    """Print who owes what, since when, what is usual there, and which gigs they are."""
    count = sum(len(one.items) for one in found.debtors)
    if not found.debtors:
        say(_("没有还欠着的钱。"))
        _show_written_off_sum(found)
        first_step(_("看合计：xianke report"), untouched=untouched)
        return
    if count:
        say(
            plural("还有 {count} 单没到账，共 {fen}", count).format(
                count=count, fen=money.yuan(found.outstanding_fen)
            )
        )
    if found.deposit_fen:
        say(_("押金 {fen} 还没退").format(fen=money.yuan(found.deposit_fen)))
    _show_written_off_sum(found)
    say()
    _show_debtors(found, catalogue)
    _show_usual(found.debtors, catalogue)
    _show_items(found, catalogue)
    say()
    _show_next(found, catalogue)


def _show_written_off_sum(found: Owed) -> None:
    if found.written_off_fen:
        note(_("另有 {fen} 收不回，已经勾销").format(fen=money.yuan(found.written_off_fen)))


def _show_debtors(found: Owed, catalogue: Catalogue) -> None:
    deposits: list[tuple[str, Side]] = [(_("押金"), "right")] if found.deposit_fen else []
    table(
        [
            (_("平台"), "left"),
            (_("单"), "right"),
            (_("没到账"), "right"),
            *deposits,
            (_("最久的"), "right"),
            (_("最早该到"), "left"),
        ],
        [
            [
                name_of(one.platform, catalogue),
                str(len(one.items)) if one.items else "",
                money.plain_yuan(one.outstanding_fen) if one.items else "",
                *(
                    money.plain_yuan(one.deposit_fen) if one.deposits else ""
                    for _column in deposits
                ),
                ""
                if one.oldest_days is None
                else plural("{count} 天", one.oldest_days).format(count=one.oldest_days),
                expected_text(one) if one.items else "",
            ]
            for one in found.debtors
        ],
        flexible=[0],
    )


def _show_usual(debtors: Sequence[Debtor], catalogue: Catalogue) -> None:
    unknown = []
    for one in debtors:
        name = name_of(one.platform, catalogue)
        if not one.items:
            continue
        if one.usual is None:
            unknown.append(name)
        else:
            note(_("{name}：{usual}").format(name=name, usual=_usual_text(one, catalogue)))
    if unknown:
        note(_("多久到账不知道：{names}").format(names=_("、").join(unknown)))


def _usual_text(debtor: Debtor, catalogue: Catalogue) -> str:
    usual = debtor.usual
    assert usual is not None
    days = _days_text(usual)
    if usual.basis == "own":
        return plural("{days}（按你自己的 {count} 笔）", usual.payments).format(
            days=days, count=usual.payments
        )
    fact = catalogue.platforms[debtor.platform].fact("settlement")
    word = value_text("settlement", fact.value)
    if fact.own:
        return _("{days}（你自己查到的：{word}）").format(days=days, word=word)
    return _("{days}（按目录：{word}）").format(days=days, word=word)


def _days_text(usual: Usual) -> str:
    if usual.days == 0:
        return _("一般当天到账")
    return plural("一般 {count} 天到账", usual.days).format(count=usual.days)


def _show_items(found: Owed, catalogue: Catalogue) -> None:
    items = sorted(
        (item for one in found.debtors for item in one.items),
        key=lambda item: (not item.late, item.gig.day, item.gig.id),
    )
    rows = [
        [
            f"g{item.gig.id}",
            date_text(item.gig.day),
            name_of(item.gig.platform, catalogue),
            money.plain_yuan(item.outstanding_fen),
            expected_text(item),
        ]
        for item in items[:MOST_ON_SCREEN]
    ]
    rows += [_deposit_row(spend, catalogue) for spend in _deposits(found)[:MOST_ON_SCREEN]]
    heading(_("哪几笔"))
    table(
        [
            ("", "left"),
            (_("哪天"), "left"),
            (_("平台"), "left"),
            (_("没到账"), "right"),
            (_("该到账"), "left"),
        ],
        rows,
        flexible=[2],
    )
    more = len(items) + len(_deposits(found)) - len(rows)
    if more:
        note(plural("还有 {count} 笔没列出；全部用 xianke owed --json", more).format(count=more))


def _deposits(found: Owed) -> list[Spend]:
    return [spend for one in found.debtors for spend in one.deposits]


def _deposit_row(spend: Spend, catalogue: Catalogue) -> list[str]:
    return [
        f"c{spend.id}",
        date_text(spend.day),
        name_of(spend.platform, catalogue),
        money.plain_yuan(spend.amount_fen),
        _("押金，退了才算"),
    ]


def _show_next(found: Owed, catalogue: Catalogue) -> None:
    late = [one for one in found.debtors if one.late]
    for one in late[:1]:
        name = name_of(one.platform, catalogue)
        known = catalogue.platforms.get(one.platform)
        if known is None or known.kind == "client":
            sentence(_("{name} 晚了：发条消息问一声，写明哪天、多少钱。").format(name=name))
        else:
            sentence(
                _(
                    "{name} 晚了：先在它的 App 里问客服。"
                    "怎么结算、能不能申诉，见 xianke platforms show {id}"
                ).format(name=name, id=one.platform)
            )
    first = next((item for one in [*late, *found.debtors] for item in one.items), None)
    if first is not None:
        gig = f"g{first.gig.id}"
        next_step(
            _("到账了：xianke gigs edit {id} --status paid，或 xianke import 账单").format(id=gig)
        )
        if late:
            next_step(_("收不回了：xianke owed --write-off {id}").format(id=gig))
            return
    for spend in _deposits(found)[:1]:
        next_step(_("押金退了：xianke spend returned c{id}").format(id=spend.id))


def show_written_off(gone: Given, catalogue: Catalogue) -> None:
    """Print what was given up."""
    sentence(
        _("勾销了 {id}：{name} {fen}，{day}").format(
            id=gone.id,
            name=name_of(gone.platform, catalogue),
            fen=money.yuan(gone.fen),
            day=date_text(gone.day),
        )
    )
    if gone.id.startswith("c"):
        note(_("押金没退，今天起算成给这个平台的开支。"))
    else:
        note(_("挣到的还照记，只是不再等这笔钱。"))
    next_step(_("看还欠什么：xianke owed（弄错了：xianke undo）"))
