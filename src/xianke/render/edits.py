"""What an edit of a platform changed: the fact, safety, warnings, and its place in the advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xianke import fact_words
from xianke.catalogue import FACTS
from xianke.i18n import _
from xianke.render.catalogue import document, flags_text, safety_text
from xianke.render.standing import safety_document
from xianke.render.tables import next_step, note, sentence

if TYPE_CHECKING:
    from xianke.commands.platformbook import Edited
    from xianke.platforms import Catalogue, Standing
    from xianke.rankings import Ranking

Document = dict[str, Any]


def edited_document(edited: Edited) -> Document:
    """Return a platform after an edit, with what was different before."""
    return {
        "platforms": [document(edited.platform, edited.standing)],
        "field": edited.field,
        "unset": edited.unset,
        "before": _side(edited.before, edited.standing_before, edited.ranking_before),
        "after": _side(edited.after, edited.standing, edited.ranking),
    }


def _side(value: str | None, standing: Standing, ranking: Ranking | None) -> Document:
    return {
        "value": value,
        "flags": list(standing.flags),
        "safety": safety_document(standing.safety),
        "verify_first": standing.verify_first,
        "suggest": None
        if ranking is None
        else {
            "block": ranking.block,
            "category": ranking.category,
            "rank": ranking.rank,
            "place": ranking.place,
            "score": ranking.score,
            "code": ranking.code,
        },
    }


def show_edited(known: Catalogue, edited: Edited) -> None:
    """Print what an edit changed: the fact, and what follows for warnings, safety and rank."""
    platform = edited.platform
    before, after = (_value(known, edited.field, one) for one in (edited.before, edited.after))
    text = (
        _("收回了「{name}」的{field}，照目录的算：{before} → {after}")
        if edited.unset
        else _("改好了「{name}」的{field}：{before} → {after}")
    )
    sentence(
        text.format(
            name=platform.name,
            field=fact_words.fact_name(edited.field),
            before=before,
            after=after,
        )
    )
    old, new = edited.standing_before, edited.standing
    _change(_("安全"), safety_text(old.safety), safety_text(new.safety))
    _change(_("留意"), flags_text(old.flags), flags_text(new.flags))
    _show_ranking(edited.ranking_before, edited.ranking)
    next_step(f"xianke platforms show {platform.id}")


def _change(title: str, before: str, after: str) -> None:
    if before != after:
        note(
            _("{title}：{before} → {after}").format(
                title=title, before=before or _("没有"), after=after or _("没有")
            )
        )


def _show_ranking(before: Ranking | None, after: Ranking | None) -> None:
    """Print where a platform stands in the advice, also where that is as it was."""
    if before is None and after is None:
        return
    old, new = _ranking_text(before), _ranking_text(after)
    if old == new:
        note(_("建议里的位置没有变：{place}").format(place=new))
    else:
        _change(_("建议里"), old, new)


def _ranking_text(ranking: Ranking | None) -> str:
    if ranking is None:
        return _("不在建议里")
    if ranking.block == "rejected":
        return _("不在建议里（{text}）").format(text=ranking.text)
    text = (
        _("第 {rank} 行第 {place} 处，{score} 分")
        if ranking.block == "picks"
        else _("没有可信报价的第 {rank} 行第 {place} 处，{score} 分")
    )
    return text.format(rank=ranking.rank, place=ranking.place, score=f"{ranking.score:.1f}")


def _value(known: Catalogue, field: str, value: str | None) -> str:
    if field in FACTS:
        return fact_words.value_text(field, value)
    category = known.categories.get(value or "") if field == "category" else None
    if category is not None:
        return category.name
    return value or _("没有")
