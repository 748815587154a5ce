"""How the review looks: one case at a time, the keys beneath it, and the sum at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xianke.i18n import _, plural
from xianke.records import PRIVATE
from xianke.render.bills import (
    amount_text,
    day_text,
    payer_of,
    proposal_text,
    target_name,
    total_text,
    words_of,
)
from xianke.render.console import prompt, say, tell, terminal_width
from xianke.render.tables import next_step, note, sentence
from xianke.render.text import harmless, padded, width, wrapped

if TYPE_CHECKING:
    from xianke.assigning import Proposal
    from xianke.catalogue import Catalogue
    from xianke.commands.deciding import Decided
    from xianke.errors import XiankeError
    from xianke.records import BillRow

MOST_ROWS = 6
GAP = "  "


def show_nothing() -> None:
    """Print that nothing waits."""
    sentence(_("没有等着认领的进账。"))
    next_step(_("看合计：xianke report"))


def show_intro(*, at_once: bool) -> None:
    """Say how keys work here, before the first one is read."""
    sentence(
        _("按一个键就算，不用回车；按错了按 u；各键的意思按 ?")
        if at_once
        else _("打一个键再回车；按错了按 u；各键的意思按 ?")
    )


def show_help(proposed: str | None, usual: int) -> None:
    """Say what each key does here; *usual* is how many numbers stand for somebody."""
    say()
    if proposed is not None:
        note(_("回车：就照建议的"))
    if usual:
        numbers = "1" if usual == 1 else f"1-{usual}"
        note(_("{numbers}：归这个数字后面的平台或客户").format(numbers=numbers))
    note(_("p：是私人的钱，不算副业"))
    note(_("n：是新客户的；/：打字找平台或客户"))
    note(_("e：同一个人的几笔分开看；a：以后他的都照这样"))
    note(_("s：先跳过；u：撤回上一个；q：结束，定过的都记好了"))


def _left(title: str) -> int:
    """Return how many signs fill the line of a title."""
    cells = terminal_width() - width(f"── {title} ")
    return max(0, cells) // width("─")


def show_case(
    rows: Sequence[BillRow], proposal: Proposal | None, catalogue: Catalogue, left: int
) -> None:
    """Print who paid what, and whose it may be."""
    title = plural("还有 {count} 个", left).format(count=left)
    say()
    say(f"── {title} " + "─" * _left(title))
    sentence(_("{name}：{total}").format(name=payer_of(rows[0]), total=total_text(rows)))
    days = [day_text(row.at) for row in rows[:MOST_ROWS]]
    amounts = [amount_text(row) for row in rows[:MOST_ROWS]]
    days_room, amounts_room = max(map(width, days)), max(map(width, amounts))
    for row, day, amount in zip(rows, days, amounts, strict=False):
        begin = f"  {padded(day, days_room)}  {amount:>{amounts_room}}  "
        first, *rest = wrapped(harmless(words_of(row)), terminal_width() - width(begin))
        say(begin + first)
        for line in rest:
            say(" " * width(begin) + line)
    if len(rows) > MOST_ROWS:
        more = len(rows) - MOST_ROWS
        note(plural("还有 {count} 笔", more).format(count=more))
    if rows[0].direction == "out":
        note(_("这是你退给买家的钱：归到平台，就是那里的成本。"))
    if proposal is None:
        note(_("没有线索：是谁的钱？"))
    elif proposal.target is None:
        note(proposal.reason)
    else:
        note(
            _("可能是{name}：{reason}").format(
                name=proposal_text(proposal, catalogue), reason=proposal.reason
            )
        )


def show_keys(
    proposed: str | None, usual: Sequence[str], catalogue: Catalogue, *, many: bool, always: bool
) -> None:
    """Print what the keys do, as far as they do anything here, and wait behind it."""
    items = [
        _("{number} {name}").format(number=number, name=target_name(one, catalogue))
        for number, one in enumerate(usual, 1)
    ]
    if proposed is not None:
        items.insert(0, _("回车 {name}").format(name=target_name(proposed, catalogue)))
    items += [_("p 私人"), _("n 新客户"), _("/ 找平台")]
    if many:
        items.append(_("e 逐笔"))
    items.append(_("a 以后都这样：开") if always else _("a 以后都这样：关"))
    items += [_("s 跳过"), _("u 撤回"), _("q 结束")]
    line = ""
    for item in map(harmless, items):
        if line and width(line) + len(GAP) + width(item) > terminal_width() - 2:
            say(line)
            line = ""
        line = f"{line}{GAP}{item}" if line else item
    say(line)
    prompt("> ")


def show_found(names: Sequence[str]) -> None:
    """Print platforms to choose from by number."""
    for number, name in enumerate(names, 1):
        say(f"  {number}. {harmless(name)}")
    prompt(_("选哪个（数字，别的键放弃）："))


def show_step(decided: Decided, catalogue: Catalogue) -> None:
    """Print one decision behind its key."""
    sentence(
        _("{name}，{total}").format(
            name=target_name(decided.target, catalogue), total=total_text(decided.rows)
        )
    )
    for rule in decided.rules:
        note(_("以后都这样，规则 {id}：「{text}」").format(id=rule.id, text=rule.text))
    if decided.others:
        note(_("照这条规则又归了 {total}").format(total=total_text(decided.others)))


def show_error(error: XiankeError) -> None:
    """Print why a decision was not stored."""
    say()
    tell(_("没记：{message}").format(message=error.message))
    if error.hint:
        tell(_("提示：{hint}").format(hint=error.hint))


def show_interrupted() -> None:
    """Print that nothing is lost."""
    say()
    sentence(_("停下了。定过的都已经记好。"))


def show_end(
    decided: Sequence[Decided],
    left: Sequence[BillRow],
    catalogue: Catalogue,
    *,
    unexplained: bool,
) -> None:
    """Print what was decided in this sitting, what is left, and what comes next."""
    say()
    rows: dict[str | None, list[BillRow]] = {}
    for one in decided:
        rows.setdefault(one.target, []).extend((*one.rows, *one.others))
    if not rows:
        sentence(_("这次什么也没定。"))
    for target, found in rows.items():
        sentence(
            _("{name}：{total}").format(
                name=target_name(target, catalogue), total=total_text(found)
            )
        )
    if left:
        sentence(_("还没认领的有 {total}").format(total=total_text(left)))
    if any(target not in (None, PRIVATE) for target in rows) and unexplained:
        next_step(_("把到账的钱对到单上：xianke payouts explain"))
    elif left:
        next_step(_("接着认领：xianke import --review"))
    else:
        next_step(_("看合计：xianke report"))
