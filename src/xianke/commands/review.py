"""`import --review`: decide with single keys whose the money is that waits for a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xianke import lookup, payers, platforms, settings, store
from xianke.assigning import Proposal
from xianke.catalogue import Catalogue
from xianke.commands import deciding, keys
from xianke.errors import Refused, XiankeError
from xianke.i18n import _
from xianke.records import PRIVATE, BillRow
from xianke.render import review as screen
from xianke.render.console import is_interactive
from xianke.render.tables import sentence

MOST_USUAL = 5
MOST_FOUND = 9


@dataclass(frozen=True, slots=True)
class Case:
    """What is decided at once: rows of one payer, and whose they may be."""

    rows: tuple[BillRow, ...]
    proposal: Proposal | None

    @property
    def proposed(self) -> str | None:
        """Return the target that enter takes, None where nobody can tell."""
        return None if self.proposal is None else self.proposal.target


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done, and the queue before it; `entry` is None where a case was only skipped."""

    queue: tuple[tuple[int, ...], ...]
    entry: int | None
    decided: deciding.Decided | None


def check(*, as_json: bool) -> None:
    """Raise Refused where nobody sits at a terminal, or a program reads along."""
    if as_json or not is_interactive():
        raise Refused(
            _("逐个认领要在终端里做"),
            _("脚本里用 xianke bills --json 看，用 xianke bills assign b12 平台 定"),
        )


def review() -> None:
    """Show what waits, case by case, and store each decision at once."""
    with store.read() as db:
        known = deciding.desk(db)
        queue = grouped(deciding.candidates(db))
        usual = _usual(db, known.catalogue)
    if not queue:
        screen.show_nothing()
        return
    with keys.keyboard() as board:
        screen.show_intro(at_once=not isinstance(board, keys.Lines))
        session = Session(board, queue, usual)
        try:
            session.run()
        except KeyboardInterrupt:
            screen.show_interrupted()
            raise
    session.show_end()


def grouped(rows: Sequence[BillRow]) -> tuple[tuple[int, ...], ...]:
    """Return the ids of rows by payer, the largest sums first.

    Whoever cannot be told from others is a case alone; what came in is kept from what was paid
    back.
    """
    groups: dict[tuple[str, str], list[BillRow]] = {}
    for row in rows:
        named = payers.is_learnable(row.counterparty)
        who = lookup.folded(row.counterparty) if named else f"\0{row.id}"
        groups.setdefault((who, "out" if row.direction == "out" else "in"), []).append(row)
    ordered = sorted(groups.values(), key=lambda group: -sum(row.amount_fen for row in group))
    return tuple(tuple(row.id for row in group) for group in ordered)


def _usual(db: store.Queries, catalogue: Catalogue) -> list[str]:
    """Return the targets that the keys 1 to 5 stand for."""
    clients = [one.id for one in catalogue.platforms.values() if one.kind == "client"]
    found = dict.fromkeys([*db.usual_platforms(), *clients])
    return [one for one in found if one in catalogue.platforms][:MOST_USUAL]


class Session:
    """One sitting at the keyboard.

    State: the cases still to come, what was done so far, and whether the next decision shall
    hold for good.
    """

    def __init__(
        self, board: keys.Keyboard, queue: tuple[tuple[int, ...], ...], usual: list[str]
    ) -> None:
        self._board = board
        self._queue = queue
        self._usual = usual
        self._steps: list[Step] = []
        self._always = False

    def run(self) -> None:
        """Go through the cases until none is left or the user has had enough."""
        while self._queue:
            with store.read() as db:
                known = deciding.desk(db)
                rows = [db.bill_row(one) for one in self._queue[0]]
            # A client that was added may be gone again with the decision taken back.
            self._usual = [one for one in self._usual if one in known.catalogue.platforms]
            # Another window, or a rule that came of a decision, may have been faster.
            open_rows = tuple(row for row in rows if row is not None and row.assigned is None)
            if not open_rows:
                self._queue = self._queue[1:]
                continue
            case = Case(open_rows, proposal_of(known, open_rows))
            # What was meant for one case shall not slip into the next.
            self._always = False
            screen.show_case(case.rows, case.proposal, known.catalogue, len(self._queue))
            if not self._turn(case, known.catalogue):
                return

    def _turn(self, case: Case, catalogue: Catalogue) -> bool:
        """Read keys until the case is done with; return whether to go on."""
        actions: dict[str, Callable[[Case, Catalogue], bool]] = {
            keys.ENTER: self._take,
            "p": self._private,
            "n": self._new_client,
            "/": self._search,
            "e": self._split,
            "s": self._skip,
            "u": self._undo,
        }
        while True:
            screen.show_keys(
                case.proposed, self._usual, catalogue, many=len(case.rows) > 1, always=self._always
            )
            key = self._board.key()
            if key in (keys.END, "q"):
                sentence(_("结束"))
                return False
            if key == "a":
                self._always = not self._always
                sentence(_("以后都这样：开") if self._always else _("以后都这样：关"))
            elif key.isascii() and key.isdigit() and 1 <= int(key) <= len(self._usual):
                if self._decide(case, self._usual[int(key) - 1]):
                    return True
            elif key in actions:
                if actions[key](case, catalogue):
                    return True
            elif key in ("?", "h"):
                screen.show_help(case.proposed, len(self._usual))
            else:
                sentence(_("没有这个键，按 ? 看各键的意思"))

    # What keys do: each returns whether the case is done with

    def _take(self, case: Case, _catalogue: Catalogue) -> bool:
        if case.proposed is None:
            sentence(_("没有建议可取"))
            screen.show_help(None, len(self._usual))
            return False
        return self._decide(case, case.proposed)

    def _private(self, case: Case, _catalogue: Catalogue) -> bool:
        return self._decide(case, PRIVATE)

    def _new_client(self, case: Case, _catalogue: Catalogue) -> bool:
        first = case.rows[0].counterparty
        named = payers.is_learnable(first)
        question = _("新客户的名字（回车就叫「{name}」）：").format(name=first) if named else None
        answer = self._board.line(question or _("新客户的名字："))
        name = answer or (first if named and answer is not None else "")
        if not name:
            return False
        category = case.proposal.category if case.proposal is not None else None
        return self._decide(case, name, new=True, category=category)

    def _search(self, case: Case, catalogue: Catalogue) -> bool:
        text = self._board.line(_("找平台或客户：")) or ""
        if not text:
            return False
        found = (
            platforms.candidates(catalogue, text)
            or platforms.select(catalogue, None, text)
            or platforms.near(catalogue, text)
        )[:MOST_FOUND]
        if not found:
            sentence(_("没有找到；是新客户就按 n"))
            return False
        if len(found) == 1:
            return self._decide(case, found[0].id)
        screen.show_found([one.name for one in found])
        key = self._board.key()
        if key.isascii() and key.isdigit() and 1 <= int(key) <= len(found):
            return self._decide(case, found[int(key) - 1].id)
        sentence(_("没有选"))
        return False

    def _split(self, case: Case, _catalogue: Catalogue) -> bool:
        if len(case.rows) == 1:
            sentence(_("这里只有一笔"))
            return False
        sentence(_("逐笔看"))
        self._queue = (*((row.id,) for row in case.rows), *self._queue[1:])
        return True

    def _skip(self, _case: Case, _catalogue: Catalogue) -> bool:
        sentence(_("跳过"))
        self._steps.append(Step(self._queue, None, None))
        self._queue = self._queue[1:]
        return True

    def _undo(self, _case: Case, _catalogue: Catalogue) -> bool:
        if not self._steps:
            sentence(_("还没有可以撤回的"))
            return False
        step = self._steps[-1]
        if step.entry is not None:
            with store.write("undo", "", settings.now()) as db:
                last = db.last_entry()
                if last is None or last.id != step.entry:
                    sentence(_("这之后别处又改过数据：先结束，再用 xianke undo 一步步撤"))
                    return False
                db.undo_last()
        self._steps.pop()
        self._queue = step.queue
        sentence(_("撤回了上一个"))
        return True

    def _decide(
        self, case: Case, target: str, *, new: bool = False, category: str | None = None
    ) -> bool:
        """Store one decision, as one entry of the journal; return whether that went well."""
        always = self._always
        try:
            try:
                self._write(case, target, always=always, new=new, category=category)
            except Refused:
                if not always:
                    raise
                sentence(_("没有可以认人的名字，记不成规则，只定这一次"))
                self._write(case, target, always=False, new=new, category=category)
        except XiankeError as error:
            screen.show_error(error)
            return False
        return True

    def _write(
        self, case: Case, target: str, *, always: bool, new: bool, category: str | None
    ) -> None:
        now = settings.now()
        with store.write("bill.assign", target, now) as db:
            catalogue = deciding.desk(db).catalogue
            whose = deciding.target_of(db, catalogue, target, category, now, new=new)
            rows = [row for one in case.rows if (row := db.bill_row(one.id)) is not None]
            decided = deciding.decide(db, rows, whose, now, always=always, sweep=True)
            catalogue = deciding.desk(db).catalogue
            entry = db.last_entry()
        self._steps.append(Step(self._queue, entry.id if entry is not None else None, decided))
        self._queue = self._queue[1:]
        if whose != PRIVATE and whose not in self._usual and len(self._usual) < MOST_USUAL:
            self._usual.append(whose)
        screen.show_step(decided, catalogue)

    def show_end(self) -> None:
        """Print what was decided, what is left, and what comes next."""
        with store.read() as db:
            catalogue = deciding.desk(db).catalogue
            left = deciding.candidates(db)
            unexplained = any(one.payout.amount_fen > one.settled_fen for one in db.payouts())
        decided = [step.decided for step in self._steps if step.decided is not None]
        screen.show_end(decided, left, catalogue, unexplained=unexplained)


def proposal_of(known: deciding.Desk, rows: Sequence[BillRow]) -> Proposal | None:
    """Return what is proposed for rows that are decided at once: nobody unless all agree."""
    found = [known.proposal(row) for row in rows]
    least = min((one for one in found if one is not None), key=_trust, default=None)
    if least is None or all(one is not None and one.target == least.target for one in found):
        return least
    return Proposal(None, 0, least.rule, _("这几笔看起来不是一回事：按 e 逐笔看"))


def _trust(proposal: Proposal) -> int:
    return proposal.confidence
