"""How the catalogue looks, to people and to programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from xianke import fact_words, money, platforms, settings
from xianke.catalogue import FACTS
from xianke.i18n import _, plural
from xianke.reasons import FLAG_ORDER, flag_text
from xianke.render.columns import grouped
from xianke.render.console import say
from xianke.render.standing import record_document, safety_document
from xianke.render.tables import next_step, note, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xianke.platforms import Catalogue, Fact, Pay, Platform, Safety, Standing

Document = dict[str, Any]


# For programs


def document(platform: Platform, standing: Standing) -> Document:
    """Return all that is known of a platform; what is not known is null."""
    return {
        "id": platform.id,
        "name": platform.name,
        "kind": platform.kind,
        "category": platform.category or None,
        "income": platform.income,
        "what": platform.what,
        "aliases": list(platform.aliases),
        "operator": platform.operator,
        "website": platform.website,
        "not_for_workers": platform.not_for_workers,
        "status": platform.fact("status").value,
        "facts": {name: fact_document(platform, name) for name in FACTS},
        "pay": [_pay_document(platform, pay) for pay in platform.pay],
        "complaints": list(platform.complaints),
        "note": platform.note,
        "confidence": platform.confidence,
        "conditions": {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(platform.conditions).items()
        },
        "flags": list(standing.flags),
        "safety": safety_document(standing.safety),
        "own_record": record_document(platform.record),
        "verify_first": standing.verify_first,
        "sources": [_source_document(source) for source in platform.sources],
    }


def fact_document(platform: Platform, name: str) -> Document:
    """Return one fact; `cited` says whether it is noted which of the sources says it."""
    fact = platform.fact(name)
    known = fact.value is not None
    sources = _sources(platform, fact.sources) if known and not fact.own else []
    found: Document = {
        "value": fact.value,
        "text": fact_words.value_text(name, fact.value),
        "date": fact.date if known else None,
        "confidence": fact.confidence if known else None,
        "own": fact.own,
        "source": own_source(fact) if fact.own else _titles(sources),
        "sources": [_source_document(source) for source in sources],
        "cited": bool(fact.sources),
        "note": fact.note,
        "old": platforms.is_old_finding(fact, settings.now().date()),
        "stated": _stated_document(platform, name, fact),
    }
    if name == "status":
        found["basis"] = fact.basis
    elif name in ("upfront", "min_withdrawal"):
        found["amount_fen"] = fact.amount_fen
    elif name == "fee":
        found["low_percent"], found["high_percent"] = fact.percent or (None, None)
    return found


def _stated_document(platform: Platform, name: str, fact: Fact) -> Document | None:
    """Return what the catalogue says where the user found out for themselves."""
    stated = fact.stated
    if stated is None:
        return None
    sources = _sources(platform, stated.sources) if stated.value is not None else []
    return {
        "value": stated.value,
        "text": fact_words.value_text(name, stated.value),
        "date": stated.date if stated.value is not None else None,
        "source": _titles(sources),
        "newer": platforms.newer_statement(fact) is not None,
    }


def found_text(name: str, fact: Fact) -> str:
    """Return what the user found out, when, and what the catalogue says beside it."""
    day = fact.date or _("日期不明")
    text = _("{value}；{whose}；{day}").format(
        value=fact_words.value_text(name, fact.value), whose=own_source(fact), day=day
    )
    if platforms.is_old_finding(fact, settings.now().date()):
        text = _("{text}，一年多了，该再看一次").format(text=text)
    stated = fact.stated
    if stated is None or stated.value is None:
        return text
    said = _("{value}，{day}").format(
        value=fact_words.value_text(name, stated.value), day=stated.date or _("日期不明")
    )
    if platforms.newer_statement(fact) is not None:
        return _("{text}；目录有更新的说法：{said}").format(text=text, said=said)
    return _("{text}；目录说：{said}").format(text=text, said=said)


def own_source(fact: Fact) -> str:
    """Return on what of the user's own a fact rests: what they looked up, or their payments."""
    if fact.payments:
        return plural("按你自己 {count} 笔到账", fact.payments).format(count=fact.payments)
    return _("你自己查到的")


def _pay_document(platform: Platform, pay: Pay) -> Document:
    sources = _sources(platform, pay.sources)
    return {
        "unit": pay.unit,
        "low": pay.low,
        "typical": pay.typical,
        "high": pay.high,
        "low_fen": _fen(pay, pay.low),
        "typical_fen": _fen(pay, pay.typical),
        "high_fen": _fen(pay, pay.high),
        "minutes": pay.minutes,
        "measure": pay.measure,
        "grade": pay.grade,
        "hearsay": is_hearsay(pay),
        "by": pay.by,
        "date": pay.date,
        "confidence": platform.confidence,
        "single_case": pay.single_case,
        "derived": pay.derived,
        "unpaid_included": pay.unpaid_included,
        "note": pay.note,
        "source": _titles(sources),
        "sources": [_source_document(source) for source in sources],
        "cited": bool(pay.sources),
    }


def is_hearsay(pay: Pay) -> bool:
    """Return whether only a community says so: it is shown, and counts for nothing."""
    return pay.grade == "community_estimate"


def _fen(pay: Pay, amount: float | None) -> int | None:
    """Return an amount in fen; a share or a foreign currency has none."""
    if amount is None or not pay.unit.startswith("yuan_"):
        return None
    return round(amount * money.FEN_PER_YUAN)


def _sources(platform: Platform, numbers: Sequence[int]) -> Sequence[Mapping[str, str]]:
    """Return the sources with these numbers, or all of them where none is noted."""
    return [platform.sources[number] for number in numbers] or platform.sources


def _titles(sources: Sequence[Mapping[str, str]]) -> str | None:
    return "; ".join(source["title"] for source in sources) or None


def _source_document(source: Mapping[str, str]) -> Document:
    return {"title": source["title"], "date": source.get("date"), "url": source.get("url")}


# For people


def show_all(
    known: Catalogue,
    found: Sequence[Platform],
    standings: Mapping[str, Standing],
    near: Sequence[Platform],
) -> None:
    """Print the list, category by category; or what may have been meant where nothing fits."""
    if not found:
        sentence(_("没有找到"))
        if near:
            note(_("是不是：{names}？").format(names=_("、").join(one.name for one in near)))
        next_step(_("目录里没有就自己添：xianke platforms add 名字"))
        return
    grouped(
        [_("平台"), _("现状"), _("安全"), _("留意")],
        {
            name: [_row(platform, standings[platform.id]) for platform in group]
            for name, group in by_category(known, found).items()
        },
        flexible=(0, 3),
        fold=(3, 1, 2),
    )
    say()
    note(
        plural("共 {count} 个，目录截至 {day}。现状后面是消息的日期。", len(found)).format(
            count=len(found), day=known.as_of
        ),
        indent=0,
    )
    note(
        _("安全看四件事：担保、结算、公开评价、要不要先付；知道三件以上才给等级，A 最好。"),
        indent=0,
    )
    sound = next((one for one in found if not standings[one.id].verify_first), found[0])
    next_step(f"xianke platforms show {sound.id}")


def by_category(known: Catalogue, found: Sequence[Platform]) -> dict[str, list[Platform]]:
    """Return platforms under the names of their categories."""
    groups: dict[str, list[Platform]] = {}
    for platform in found:
        category = known.categories.get(platform.category)
        name = category.name if category is not None else _("没有分类的")
        groups.setdefault(name, []).append(platform)
    return groups


def _row(platform: Platform, standing: Standing) -> list[str]:
    status = platform.fact("status")
    words = fact_words.value_text("status", status.value)
    return [
        name_text(platform),
        f"{words} {status.date}" if status.value is not None and status.date else words,
        safety_text(standing.safety),
        warnings_text(platform, standing),
    ]


def warnings_text(platform: Platform, standing: Standing) -> str:
    """Return what speaks against a platform, leaving out what its status says already."""
    said = {platform.fact("status").value or "status_unknown"}
    words = []
    if platform.not_for_workers is not None:
        words.append(_("不收个人"))
        said.add("closed")
    words += [flag_text(flag) for flag in FLAG_ORDER if flag in standing.flags and flag not in said]
    return _("、").join(words)


def name_text(platform: Platform) -> str:
    """Return a platform's name, with its kind where it is not simply a platform."""
    if platform.kind == "channel":
        return _("{name}（渠道）").format(name=platform.name)
    if platform.kind == "client":
        return _("{name}（客户）").format(name=platform.name)
    if platform.kind == "own":
        return _("{name}（自己添的）").format(name=platform.name)
    return platform.name


def safety_text(safety: Safety) -> str:
    """Return the letter with how much is known, and the worst of it: 「2/4 已知·需先付」."""
    known = f"{safety.known}/{safety.total}"
    if safety.letter is not None:
        text = f"{safety.letter} {known}"
    else:
        text = _("{known} 已知").format(known=known)
    return text if safety.worst is None else f"{text}·{worst_text(safety)}"


def worst_text(safety: Safety) -> str:
    """Return in two to four characters what is wrong with the worst thing that is known."""
    if safety.worst == "upfront":
        return _("可能先付") if safety.halfway else _("需先付")
    if safety.worst == "escrow":
        return _("半担保") if safety.halfway else _("无担保")
    return {
        "settlement": _("到账慢"),
        "public_ratings": _("难申诉"),
        "own_unpaid": _("没给钱"),
        "own_late": _("常晚到"),
        "own_rejections": _("常被拒"),
    }[safety.worst or ""]


def flags_text(flags: Sequence[str]) -> str:
    """Return what speaks against a platform, worst first."""
    return _("、").join(flag_text(flag) for flag in FLAG_ORDER if flag in flags)


def show_added(platform: Platform) -> None:
    """Print a new platform or client and how to go on."""
    sentence(_("添上了 {id}：{name}").format(id=platform.id, name=name_text(platform)))
    if not platform.category:
        note(
            _("还没有类别，配活时用不上；补上：xianke platforms edit {id} category 类别").format(
                id=platform.id
            )
        )
    next_step(_("做了就记：xianke log {id} 金额 --minutes 分钟").format(id=platform.id))


def show_removed(platform: Platform) -> None:
    """Print what was removed."""
    sentence(_("删掉了 {id}：{name}").format(id=platform.id, name=name_text(platform)))
    next_step(_("删错了就 xianke undo"))
