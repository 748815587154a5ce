"""How `suggest --explain` and `--why-not` look, to people and to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xianke import fact_words, money
from xianke.catalogue import FACTS, SELF
from xianke.i18n import _, plural
from xianke.reasons import check_text, own_record_text
from xianke.render.advice import income_text, mid_text, rate_text, safety_text, warnings
from xianke.render.advice_data import income_document, rate_document
from xianke.render.catalogue import fact_document, found_text
from xianke.render.standing import record_document, safety_document
from xianke.render.stock import week_text
from xianke.render.tables import gap, heading, hours, next_step, note, sentence, table

if TYPE_CHECKING:
    from xianke.catalogue import Platform
    from xianke.costs import Costs
    from xianke.explaining import ClaimCheck, Explanation, WhyNot
    from xianke.scoring import Candidate

Document = dict[str, Any]


def explanation_document(found: Explanation) -> Document:
    """Return the components of a score and each number's origin."""
    candidate = found.candidate
    return {
        "category": candidate.platform.category,
        "platform": candidate.platform.id,
        "name": candidate.platform.name,
        "score": candidate.score,
        "components": [
            {
                "name": part.name,
                "value": round(part.value, 4),
                "weight": part.weight,
                "points": round(100 * part.value * part.weight, 2),
                "known": part.known,
            }
            for part in candidate.components
        ],
        "rate": rate_document(candidate.rate),
        "steps": [
            {"text": step.text, "source": step.source, "date": step.date}
            for step in candidate.rate.steps
        ],
        "income": None if candidate.income is None else income_document(candidate.income),
        "usable_minutes_per_week": candidate.usable_minutes_per_week,
        "costs": None if found.costs is None else _costs_document(found.costs),
        "flags": list(candidate.flags),
        "safety": safety_document(candidate.safety),
        "own_record": record_document(candidate.platform.record),
        "own_findings": {
            name: fact_document(candidate.platform, name) for name in _found(candidate.platform)
        },
        "checks": [{"code": check, "text": check_text(check)} for check in candidate.checks],
        "claims": [_claim_document(claim) for claim in found.claims],
        "others": [{"id": one.platform.id, "score": one.score} for one in found.others],
    }


def _costs_document(costs: Costs) -> Document:
    return {
        "block_minutes": costs.block_minutes,
        "items": [
            {
                "code": item.code,
                "fen_per_hour": item.fen_per_hour,
                "text": item.text,
                "source": item.source,
            }
            for item in costs.items
        ],
        "expected_fen_per_hour": costs.expected_fen_per_hour,
        "investments": [
            {
                "code": one.code,
                "fen": one.fen,
                "days": one.days,
                "gigs_to_pay_back": one.gigs,
                "text": one.text,
            }
            for one in costs.investments
        ],
    }


def _claim_document(claim: ClaimCheck) -> Document:
    low, high = claim.day_minutes
    hours_low, hours_high = claim.month_hours
    return {
        "text": claim.text,
        "source": claim.source,
        "minutes_per_piece": round(claim.minutes_per_piece, 2),
        "own": claim.own,
        "minutes_per_day_low": low,
        "minutes_per_day_high": high,
        "hours_per_month_low": hours_low,
        "hours_per_month_high": hours_high,
        "fen_per_hour": int(claim.yuan_per_hour * 100),
    }


def why_not_document(answer: WhyNot) -> Document:
    """Return the conditions that are not met."""
    return {
        "id": answer.id,
        "name": answer.name,
        "suggested": bool(answer.eligible),
        "conditions": [
            {"kind": one.kind, "id": one.id, "code": one.code, "text": one.text}
            for one in answer.rejections
        ],
    }


def show_explanation(found: Explanation) -> None:
    """Print where a score and its numbers come from."""
    candidate = found.candidate
    sentence(
        _("{category} · {platform}：{score:.0f} 分").format(
            category=found.category_name, platform=candidate.platform.name, score=candidate.score
        )
    )
    note(candidate.platform.what)
    names = {
        "pay": _("报酬"),
        "time": _("时间合适"),
        "skill": _("技能合适"),
        "safety": _("安全"),
        "evidence": _("证据"),
        "cash": _("到账快慢"),
        "growth": _("能成长"),
    }
    heading(_("分数怎么来的"))
    table(
        [
            (_("项"), "left"),
            (_("分值"), "right"),
            (_("权重"), "right"),
            (_("得分"), "right"),
            ("", "left"),
        ],
        [
            [
                names[part.name],
                f"{part.value:.2f}",
                f"{part.weight:.2f}",
                f"{100 * part.value * part.weight:.1f}",
                "" if part.known else _("不知道，按偏低的算"),
            ]
            for part in candidate.components
            if part.weight
        ],
        total=[_("合计"), "", "", f"{candidate.score:.1f}", ""],
        flexible=[4],
    )  # fmt: skip
    if candidate.platform.income == "time":
        span, mid = rate_text(candidate.rate), mid_text(candidate.rate)
        heading(
            _("每小时净得：{span}（{mid}）").format(span=span, mid=mid)
            if mid
            else _("每小时净得：{span}").format(span=span)
        )
    else:
        heading(_("收入：{text}").format(text=income_text(candidate.income)))
    for step in candidate.rate.steps:
        note(
            _("· {text}　——{source}（{date}）").format(
                text=step.text, source=step.source, date=step.date or _("日期不明")
            )
        )
    if candidate.rate.own_gigs:
        note(_("· 你自己的 {count} 单，按单放在一起算").format(count=candidate.rate.own_gigs))
    if found.costs is not None:
        _show_costs(found.costs)
    if candidate.platform.income == "time":
        note(
            _("每周合适的时间：{hours}；安全：{safety}").format(
                hours=week_text(candidate.usable_minutes_per_week), safety=safety_text(candidate)
            )
        )
    warning = warnings(candidate)
    if warning:
        note(_("当心：{warnings}").format(warnings=warning))
    for name in _found(candidate.platform):
        text = found_text(name, candidate.platform.fact(name))
        note(_("{fact}：{text}").format(fact=fact_words.fact_name(name), text=text))
    for check in candidate.checks:
        note(_("先确认：{checks}").format(checks=check_text(check)))
    _show_record(candidate)
    note(_("这一类的风险：{risks}").format(risks=_("；").join(found.risks)))
    note(_("什么时候单多：{peak}").format(peak=found.peak))
    for claim in found.claims:
        _show_claim(claim)
    gap()
    next_step(
        _("这个平台的全部事实：xianke platforms show {id}").format(id=candidate.platform.id)
        if candidate.platform.kind != "self"
        else "xianke suggest"
    )


def _found(platform: Platform) -> list[str]:
    """Return the facts that the user found out, in their order; not that of an own platform."""
    if platform.kind == "own":
        return []
    return [name for name in FACTS if platform.fact(name).own]


def _show_record(candidate: Candidate) -> None:
    """Print how the platform has treated the user, and what that took from safety."""
    record = candidate.platform.record
    if record is None or not (told := own_record_text(record)):
        return
    note(_("你自己的记录：{record}").format(record=told))
    if record.trouble:
        note(
            _("所以安全分只算 {percent}%，等级最高 {letter}").format(
                percent=round(100 * record.share_left), letter=record.best_letter
            ),
            indent=4,
        )


def _show_costs(costs: Costs) -> None:
    if costs.expected_fen_per_hour is not None and costs.items:
        heading(_("常被忘掉的成本（按一段 {minutes} 分钟）").format(minutes=costs.block_minutes))
        for item in costs.items:
            note(
                _("· {text}：每小时 {yuan} 元　——{source}").format(
                    text=item.text, yuan=money.plain_yuan(item.fen_per_hour), source=item.source
                )
            )
        note(
            _("上面的每小时净得没扣这几项；连它们也扣掉，花掉的一小时大约剩 {yuan} 元").format(
                yuan=money.rounded_yuan(costs.expected_fen_per_hour)
            )
        )
    if costs.investments:
        heading(_("要先投入的"))
        for one in costs.investments:
            text = one.text
            if one.gigs is not None:
                text = plural("{text}（大约 {count} 单回本）", one.gigs).format(
                    text=text, count=one.gigs
                )
            note(f"· {text}")


def _show_claim(claim: ClaimCheck) -> None:
    low, high = claim.day_minutes
    hours_low, hours_high = claim.month_hours
    heading(_("流传的说法：{text}").format(text=claim.text))
    note(_("出处：{source}").format(source=claim.source))
    note(
        _(
            "每件 {minutes:.1f} 分钟（{basis}），一天就是 {low} 到 {high} 小时，"
            "一个月天天做是 {month_low} 到 {month_high} 小时。"
        ).format(
            minutes=claim.minutes_per_piece,
            basis=claim.basis,
            low=hours(low),
            high=hours(high),
            month_low=hours_low,
            month_high=hours_high,
        )
    )
    note(
        _("价钱就算是真的，一小时最多 {rate:.1f} 元，还没算找活、返工和被退。").format(
            rate=claim.yuan_per_hour
        )
    )


def show_why_not(answer: WhyNot) -> None:
    """Print the conditions that are not met."""
    if answer.eligible:
        sentence(
            _("{name} 在建议里：{routes}").format(
                name=answer.name, routes=_("、").join(answer.eligible)
            )
        )
        if answer.rejections:
            heading(_("其中不合适的"))
    else:
        sentence(_("{name} 眼下不合适").format(name=answer.name))
    for rejection in answer.rejections:
        name = answer.names.get(rejection.id, rejection.id)
        if rejection.id == SELF:
            # The route without a platform has a name, and no id that anybody could use.
            note(_("{name}：{value}").format(name=name, value=rejection.text))
            continue
        note(_("{name}（{id}）  {text}").format(name=name, id=rejection.id, text=rejection.text))
    gap()
    next_step(
        _("全部理由：xianke suggest --explain {id}").format(id=answer.id)
        if answer.eligible
        else "xianke inventory"
    )
