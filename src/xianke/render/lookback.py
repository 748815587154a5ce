"""How `rates --check` looks: earlier ranges against what came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xianke import backtest
from xianke.i18n import _, plural
from xianke.render.tables import first_step, next_step, note, sentence, table

if TYPE_CHECKING:
    from xianke.backtest import Check, Score

Document = dict[str, Any]


def document(check: Check) -> Document:
    """Return the look back as data."""
    return {
        "since": check.first,
        **_score_document(check.whole),
        "by_known": [
            {"known_from": low, "known_to": high, **_score_document(score)}
            for (low, high), score in check.by_known
        ],
        "gigs": [
            {
                "day": one.day,
                "platform": one.platform,
                "fen_per_hour": one.rate,
                "low_fen_per_hour": one.low,
                "mid_fen_per_hour": one.mid,
                "high_fen_per_hour": one.high,
                "own_gigs": one.gigs,
                "held": one.held,
            }
            for one in check.told
        ],
    }


def _score_document(score: Score) -> Document:
    return {
        "foretold": score.gigs,
        "held": score.held,
        "below": score.below,
        "above": score.above,
        "held_percent": round(100 * score.held / score.gigs) if score.enough else None,
        "error_factor": _rounded(score.error),
        "own_mean_error_factor": _rounded(score.mean_error),
        "catalogue_error_factor": _rounded(score.stated_error),
    }


def _rounded(factor: float | None) -> float | None:
    return None if factor is None else round(factor, 3)


def show(check: Check, *, untouched: bool) -> None:
    """Print how often ranges held, and how far off their middles were."""
    if not check.whole.gigs:
        sentence(_("还说不了：要先有一周的记录，再有后来的单，才能拿后来的比以前的范围。"))
        first_step(_("做完一单：xianke log 平台 金额 --minutes 分钟"), untouched=untouched)
        return
    sentence(
        _("从 {day} 起，每周只用那周以前的记录算范围，再看那周的单落在哪里").format(day=check.first)
    )
    table(
        [
            (_("当时自己做过"), "left"),
            (_("单"), "right"),
            (_("在范围内"), "right"),
            (_("低于"), "right"),
            (_("高于"), "right"),
            (_("中位差"), "right"),
            (_("平均差"), "right"),
            (_("行情差"), "right"),
        ],
        [[_span(span), *_cells(score)] for span, score in check.by_known if score.gigs],
        total=[_("合计"), *_cells(check.whole)],
    )
    note(_("范围应当罩住大约八成。差：说的和来的相差几倍的中位数，1.00 是一点不差；"))
    note(_("「平均差」是拿自己以前的平均数猜，「行情差」是只看目录猜。"))
    if not check.whole.enough:
        note(
            plural(
                "一共才 {count} 单，少于 {least} 单，比例还说明不了什么。", check.whole.gigs
            ).format(count=check.whole.gigs, least=backtest.LEAST_GIGS)
        )
    next_step(_("现在的范围：xianke rates"))


def _span(span: tuple[int, int | None]) -> str:
    low, high = span
    if high is None:
        return _("{low} 单以上").format(low=low)
    return _("{low}–{high} 单").format(low=low, high=high)


def _cells(score: Score) -> list[str]:
    share = (
        f"{score.held} ({100 * score.held / score.gigs:.0f}%)" if score.enough else str(score.held)
    )
    factors = (score.error, score.mean_error, score.stated_error)
    return [
        str(score.gigs),
        share,
        str(score.below),
        str(score.above),
        *(_("不知道") if factor is None else f"{factor:.2f}" for factor in factors),
    ]
