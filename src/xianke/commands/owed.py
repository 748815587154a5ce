"""`owed` and `spend`: money that is still to come, and money that was paid for platforms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from xianke import settings, store
from xianke.commands.shell import Command, JsonFlag, new_app, untouched
from xianke.errors import NotUnderstood
from xianke.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from xianke.owed import Debtor, Item, Usual
    from xianke.platforms import Catalogue

app = new_app()


@app.command(
    "owed",
    cls=Command,
    help=_(
        "谁还欠着：哪几单没到账，晚了没有，哪些押金没退。\n\n"
        "例：\n"
        "  xianke owed\n"
        "  xianke owed --write-off g12"
    ),
)
def owed(
    write_off: Annotated[
        str | None,
        typer.Option(
            "--write-off", metavar="ID", help=_("收不回了，勾销：一单 g12，或一笔押金 c5")
        ),
    ] = None,
    json: JsonFlag = False,
) -> None:
    from xianke import platforms
    from xianke.commands import spending
    from xianke.render import envelope
    from xianke.render import owed as screen

    gone = None if write_off is None else spending.write_off(write_off)
    with store.read() as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        found = load(db, catalogue, settings.now().date())
    if json:
        envelope.emit(screen.document(found, catalogue, gone))
    elif gone is not None:
        screen.show_written_off(gone, catalogue)
    else:
        screen.show(found, catalogue, untouched=not found.debtors and untouched())


@dataclass(frozen=True, slots=True)
class Owed:
    """All that is still to come: who owes it, and what was given up of it, in fen."""

    debtors: tuple[Debtor, ...]
    written_off_fen: int

    @property
    def outstanding_fen(self) -> int:
        """Return what is still to come of all gigs."""
        return sum(one.outstanding_fen for one in self.debtors)

    @property
    def deposit_fen(self) -> int:
        """Return the deposits that are out."""
        return sum(one.deposit_fen for one in self.debtors)


def load(db: store.Queries, catalogue: Catalogue, today: date) -> Owed:
    """Return who owes what today."""
    from xianke import owed as core

    usual_of = _usual(db, catalogue)
    waiting = core.items(db.claims(only_open=True), usual_of, today)
    deposits = core.deposits_out(db.spends())
    return Owed(
        tuple(core.debtors(waiting, deposits, usual_of, today)),
        db.written_off(),
    )


def waiting(db: store.Queries, catalogue: Catalogue, today: date) -> list[Item]:
    """Return the gigs of which money is still to come, late ones first."""
    from xianke import owed as core

    claims = db.claims(only_open=True)
    return core.items(claims, _usual(db, catalogue), today) if claims else []


def _usual(db: store.Queries, catalogue: Catalogue) -> Callable[[str], Usual | None]:
    from xianke import owed as core
    from xianke.platforms import FAST_DAYS

    def stated(platform: str) -> int | None:
        known = catalogue.platforms.get(platform)
        return None if known is None else FAST_DAYS.get(known.fact("settlement").value or "")

    return core.usual_days(db.delays(), stated)


@app.command(
    "spend",
    cls=Command,
    help=_(
        "给平台花的钱：装备、会员、押金；只写 xianke spend，看花了多少、回本没有。\n\n"
        "例：\n"
        "  xianke spend 美团众包 199 --note 头盔和箱子\n"
        "  xianke spend 闪送 300 --deposit --at 昨天\n"
        "  xianke spend returned c12 --amount 250\n"
        "  xianke spend rm c12"
    ),
)
def spend(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PLATFORM AMOUNT | returned ID | rm ID]",
            help=_("给哪个平台、多少元；押金退了写 returned 和编号；记错了写 rm 和编号"),
        ),
    ] = None,
    deposit: Annotated[bool, typer.Option("--deposit", help=_("是押金，会退的"))] = False,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="X", help=_("退回多少，没写就是全退"))
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="WHEN", help=_("哪天，没写就是今天"))
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="T", help=_("备注"))] = None,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import notes, spending
    from xianke.render import envelope
    from xianke.render import spends as screen

    options = {"--deposit": deposit, "--amount": amount, "--at": at, "--note": note}
    given = {name for name, value in options.items() if value}
    match words or []:
        case []:
            _refuse(given, "xianke spend")
            found = spending.load()
            if json:
                envelope.emit(screen.document(found))
            else:
                screen.show(found, untouched=not found.spends and untouched())
            return
        case ["returned", identity]:
            _refuse(given - {"--amount", "--at"}, "xianke spend returned")
            done = spending.give_back(identity, amount, at)
        case ["rm", identity]:
            _refuse(given, "xianke spend rm")
            done = spending.remove(identity)
        case ["returned" | "rm" as verb]:
            raise NotUnderstood(_("少了编号"), _("例如 xianke spend {verb} c12").format(verb=verb))
        case [platform]:
            raise NotUnderstood(
                _("少了金额"), _("例如 xianke spend {platform} 199").format(platform=platform)
            )
        case [platform, text]:
            _refuse(given - {"--deposit", "--at", "--note"}, "xianke spend")
            done = spending.pay(spending.Words(platform, text, at, note), deposit=deposit)
        case [_first, _second, extra, *_rest]:
            raise NotUnderstood(_("多了「{text}」").format(text=extra), _("名字里有空格就加引号"))
    read = notes.reading(note)
    if json:
        envelope.emit({**screen.spend_document(done.spend), **notes.document(read)})
    else:
        screen.show_done(done)
        notes.warn(read)


def _refuse(options: set[str], command: str) -> None:
    """Raise NotUnderstood for an option that would be lost."""
    for option in sorted(options):
        raise NotUnderstood(
            _("{command} 用不上 {option}").format(command=command, option=option),
            _("看用法：xianke spend --help"),
        )
