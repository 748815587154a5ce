"""How rules about payers look, to people and to programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xianke.i18n import _, plural
from xianke.render.bills import (
    amount_text,
    day_text,
    payer_of,
    proposal_document,
    target_name,
    total_text,
)
from xianke.render.console import say
from xianke.render.tables import heading, next_step, note, sentence, table

if TYPE_CHECKING:
    from xianke.assigning import Proposal
    from xianke.catalogue import Catalogue
    from xianke.payers import Field, Rule
    from xianke.records import BillRow

Document = dict[str, Any]
Taken = Sequence[tuple["BillRow", "Proposal"]]

MOST_TAKEN = 15


def document(rule: Rule) -> Document:
    """Return one rule as data."""
    return {
        "id": rule.id,
        "field": rule.field,
        "text": rule.text,
        "target": rule.target,
        "confidence": rule.confidence,
        "origin": rule.origin,
        "hits": rule.hits,
        "misses": rule.misses,
        "enabled": rule.enabled,
        "source": rule.source,
        "date": rule.date,
    }


def taken_document(found: Taken) -> list[Document]:
    """Return rows with what a rule makes of each as data."""
    return [
        {
            "id": f"b{row.id}",
            "amount_fen": row.amount_fen,
            "counterparty": row.counterparty,
            **proposal_document(proposal),
        }
        for row, proposal in found
    ]


def field_name(kind: Field) -> str:
    """Return where a rule looks."""
    return {
        "counterparty": _("对方名字里有"),
        "payer": _("对方就叫"),
        "words": _("账单里有"),
        "merchant_number": _("商家订单号开头是"),
    }[kind]


def rule_text(rule: Rule, catalogue: Catalogue) -> str:
    """Return a rule as one sentence."""
    whose = _("问你") if rule.target is None else target_name(rule.target, catalogue)
    text = _("{field}「{text}」→ {target}").format(
        field=field_name(rule.field), text=rule.text, target=whose
    )
    if rule.target is not None:
        text = _("{text}，把握 {confidence}%").format(text=text, confidence=rule.confidence)
    return text if rule.enabled else _("{text}（关着）").format(text=text)


def show_list(rules: Sequence[Rule], catalogue: Catalogue) -> None:
    """Print all rules: the user's own, those learned, those that came with the program."""
    own = [rule for rule in rules if not rule.is_shipped and rule.origin == "user"]
    learned = [rule for rule in rules if rule.origin == "learned"]
    shipped = [rule for rule in rules if rule.is_shipped]
    sentence(_("先看你的规则，再看学到的，最后看自带的；把握到 80% 的自动归，其余的问你。"))
    if own:
        heading(_("你的规则"))
        for rule in own:
            _show(rule, catalogue, None)
    if learned:
        heading(_("从你的决定里学到的"))
        for rule in learned:
            _show(rule, catalogue, _counted(rule))
    heading(_("自带的规则"))
    for rule in shipped:
        _show(rule, catalogue, _origin(rule))
    next_step(_("添一条：xianke rules add 文字 平台；关掉一条：xianke rules rm 编号"))


def _show(rule: Rule, catalogue: Catalogue, remark: str | None) -> None:
    sentence(f"{rule.id}  {rule_text(rule, catalogue)}")
    if remark is not None:
        note(remark, indent=4)


def _counted(rule: Rule) -> str:
    text = plural("你这样定过 {count} 次", rule.hits).format(count=rule.hits)
    if rule.misses:
        other = plural("定成别的 {count} 次", rule.misses).format(count=rule.misses)
        text = _("{text}，{other}").format(text=text, other=other)
    return text


def _origin(rule: Rule) -> str:
    text = _("来源：{source}（{date}）").format(source=rule.source, date=rule.date)
    if rule.also:
        text = _("还要有「{words}」；{text}").format(words=_("、").join(rule.also), text=text)
    if rule.unless:
        text = _("不能有「{words}」；{text}").format(words=_("、").join(rule.unless), text=text)
    return _("{text}；你改过").format(text=text) if rule.stored is not None else text


def show_added(rule: Rule, found: Taken, catalogue: Catalogue, *, applied: bool) -> None:
    """Print a new rule and how many of the waiting rows it takes, or has taken."""
    sentence(_("添了规则 {id}：{text}").format(id=rule.id, text=rule_text(rule, catalogue)))
    if not found:
        note(_("等着认领的里面没有合它的；以后导入的会照它归。"))
        next_step(_("看全部规则：xianke rules（添错了：xianke undo）"))
        return
    total = total_text([row for row, _proposal in found])
    if applied:
        note(_("照它归了 {total}").format(total=total))
        next_step(_("归错了就 xianke undo"))
    else:
        note(_("等着认领的有 {total} 合它").format(total=total))
        next_step(_("照它归：xianke rules apply"))


def show_edited(rule: Rule, catalogue: Catalogue) -> None:
    """Print a rule as it is now."""
    sentence(_("改好了 {id}：{text}").format(id=rule.id, text=rule_text(rule, catalogue)))
    if rule.enabled:
        next_step(_("用到等着认领的进账上：xianke rules apply"))
    else:
        next_step(_("再打开：xianke rules edit {id} --on").format(id=rule.id))


def show_removed(rule: Rule) -> None:
    """Print that a rule is gone, or switched off."""
    if rule.is_shipped:
        sentence(_("关掉了 {id}：「{text}」").format(id=rule.id, text=rule.text))
        next_step(_("再打开：xianke rules edit {id} --on").format(id=rule.id))
    else:
        sentence(_("删掉了 {id}：「{text}」").format(id=rule.id, text=rule.text))
        next_step(_("删错了就 xianke undo"))


def show_taken(found: Taken, catalogue: Catalogue) -> None:
    """Print which rows the rules would take, and why."""
    if not found:
        say(_("等着认领的里面，没有规则能定的。"))
        next_step(_("用键盘逐个认领：xianke import --review"))
        return
    table(
        [
            ("", "left"),
            (_("日期"), "left"),
            (_("对方"), "left"),
            (_("金额"), "right"),
            (_("归谁"), "left"),
            (_("为什么"), "left"),
        ],
        [
            [
                f"b{row.id}",
                day_text(row.at),
                payer_of(row),
                amount_text(row),
                target_name(proposal.target, catalogue),
                proposal.reason,
            ]
            for row, proposal in found[:MOST_TAKEN]
        ],
        flexible=[2, 4, 5],
    )
    rest = len(found) - MOST_TAKEN
    if rest > 0:
        note(plural("还有 {count} 笔", rest).format(count=rest))
    note(_("合计 {total}").format(total=total_text([row for row, _proposal in found])))


def show_applied(found: Taken, *, done: bool) -> None:
    """Print whether the rows were assigned, and what comes next."""
    if not found:
        return
    if done:
        sentence(_("照规则归好了 {total}").format(total=total_text([row for row, _why in found])))
        next_step(_("看合计：xianke report（归错了：xianke undo）"))
    else:
        next_step(_("只是预览，还没有归；照着归：xianke rules apply --yes"))
