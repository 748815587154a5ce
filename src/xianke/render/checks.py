"""How the reading of an offer looks, to people and to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xianke import trapbook
from xianke.findings import LIKENESS, STRENGTHS, VERDICTS
from xianke.i18n import _, plural
from xianke.render.check_reasons import excuse_names, reasons, strength_names, sum_text
from xianke.render.console import say
from xianke.render.tables import heading, next_step, note, sentence
from xianke.render.text import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xianke.commands.texts import Checked
    from xianke.findings import Finding, Judgement, Offer, Verdict
    from xianke.trapbook import Advice, Kind, Law

Document = dict[str, Any]

MOST_KINDS = 2
"""So many kinds of trap are laid out on one screen; the others are named."""
MOST_QUOTES = 2
"""Of one kind alone; where there are more kinds, one each."""
MOST_TO_DO = 4


def worst(checked: Sequence[Checked]) -> Verdict:
    """Return the worst verdict of several texts."""
    return max((one.judgement.verdict for one in checked), key=VERDICTS.index)


# For programs


def document(checked: Sequence[Checked]) -> Document:
    """Return what all texts come to, and each by itself, as data."""
    book = trapbook.book()
    return {
        "verdict": worst(checked),
        "as_of": trapbook.as_of(),
        "findings": [
            {"where": one.name, **_full_document(finding, book[finding.type])}
            for one in checked
            for finding in one.judgement.findings
        ],
        "texts": [
            {
                "name": one.name,
                "verdict": one.judgement.verdict,
                "chinese": one.chinese,
                "offers": [_offer_document(offer, book) for offer in one.judgement.offers],
            }
            for one in checked
        ],
    }


def _full_document(finding: Finding, kind: Kind) -> Document:
    return {
        **finding_document(finding, kind),
        "name": kind.name,
        "pitch": kind.pitch,
        "why": kind.why,
        "advice": advice_text(kind.advice),
        "advice_ids": [one.id for one in kind.advice],
        "laws": [
            {"id": law.id, "kind": law.kind, "text": law.text, "date": law.date, "seen": law.seen}
            for law in kind.laws
        ],
    }


def finding_document(finding: Finding, kind: Kind) -> Document:
    """Return one sign as data."""
    return {
        "rule": finding.rule,
        "type": finding.type,
        "strength": finding.strength,
        "severity": kind.severity,
        "start": finding.start,
        "end": finding.end,
        "quote": finding.quote,
        "text": finding.text,
    }


def _offer_document(offer: Offer, book: Mapping[str, Kind]) -> Document:
    excuses = excuse_names()
    return {
        "start": offer.start,
        "end": offer.end,
        "verdict": offer.verdict,
        "findings": [finding_document(one, book[one.type]) for one in offer.findings],
        "set_aside": [
            {
                **finding_document(one.finding, book[one.finding.type]),
                "excuse": one.excuse,
                "excuse_text": excuses[one.excuse],
                "by": one.by,
            }
            for one in offer.set_aside
        ],
        "sums": [
            {
                "code": one.code,
                "values": dict(one.values),
                "category": one.category,
                "quote": one.quote,
                "text": sum_text(one),
            }
            for one in offer.sums
        ],
        "reads": None
        if offer.reads is None
        else {
            "hundredths": offer.reads.hundredths,
            "towards": list(offer.reads.towards),
            "away": list(offer.reads.away),
        },
    }


def advice_text(advice: Sequence[Advice]) -> str:
    """Return several things to do as one text."""
    return _("；").join(one.text for one in advice)


# For people


def show(checked: Sequence[Checked], *, explain: bool) -> None:
    """Print the verdict on every text, what it rests on, and what to do now."""
    book = trapbook.book()
    several = len(checked) > 1
    for number, one in enumerate(checked):
        if number:
            say()
        _show_one(one, book, named=several, explain=explain)
    if several:
        say()
        sentence(_counted(checked))
    kinds = list(dict.fromkeys(kind for one in checked for kind in _kinds(one.judgement, book)))
    if kinds:
        _show_to_do(kinds, whole=explain)
    if worst(checked) == "ok":
        _show_next_harmless(checked)
    elif not explain and _has_reasons(checked):
        next_step(_("为什么这样判：xianke check --explain 再贴一遍"))
    else:
        next_step(_("有据可查的路：xianke suggest"))


def _show_next_harmless(checked: Sequence[Checked]) -> None:
    if any(map(_is_unread, checked)):
        next_step(_("贴上中文原话再看：xianke check"))
    else:
        next_step(_("再查它在哪个平台、钱怎么结：xianke platforms --search 名字"))


def _has_reasons(checked: Sequence[Checked]) -> bool:
    return any(
        offer.findings or offer.set_aside or offer.sums
        for one in checked
        if not _is_unread(one)
        for offer in one.judgement.offers
    )


def _counted(checked: Sequence[Checked]) -> str:
    counts = {
        verdict: sum(one.judgement.verdict == verdict for one in checked) for verdict in VERDICTS
    }
    unread = sum(map(_is_unread, checked))
    text = plural("共 {all} 份：是坑 {trap}，当心 {warn}，没看出坑 {ok}", len(checked)).format(
        all=len(checked), **{**counts, "ok": counts["ok"] - unread}
    )
    return _("{text}，没看懂 {unread}").format(text=text, unread=unread) if unread else text


def _is_unread(one: Checked) -> bool:
    """Return whether a text is ok only because nothing in it could be read."""
    return one.judgement.verdict == "ok" and not one.chinese


def _show_one(one: Checked, book: Mapping[str, Kind], *, named: bool, explain: bool) -> None:
    kinds = _kinds(one.judgement, book)
    unread = _is_unread(one)
    text = _unread_text() if unread else _verdict_text(one.judgement, kinds)
    if named:
        text = _("{name}：{text}").format(name=shortened(one.name, 40), text=text)
    sentence(text)
    if unread:
        return
    for kind in kinds if explain else kinds[:MOST_KINDS]:
        heading(_("{name}（危害 {severity}/5）").format(name=kind.name, severity=kind.severity))
        if explain:
            note(_("常这样来：{pitch}。").format(pitch=kind.pitch))
        else:
            _show_signs(one.judgement, kind, most=MOST_QUOTES if len(kinds) == 1 else 1)
        if _is_only_alike(one.judgement, kind):
            note(_("只是整段话读起来最像这一类，是不是这一类不一定。"))
            continue
        note(_("{why}。").format(why=kind.why))
        for law in kind.laws if explain else kind.laws[:1]:
            note(law_text(law))
    if len(kinds) > MOST_KINDS and not explain:
        names = _("、").join(kind.name for kind in kinds[MOST_KINDS:])
        note(_("还像：{names}").format(names=names))
    if explain:
        reasons(one.judgement, book)
        return
    if not kinds:
        _show_common_words(one.judgement)
    sums = [found for offer in one.judgement.offers for found in offer.sums]
    for found in sums[: MOST_QUOTES if len(kinds) < MOST_KINDS else 1]:
        note(sum_text(found))


def _verdict_text(judgement: Judgement, kinds: Sequence[Kind]) -> str:
    names = _("、").join(kind.name for kind in kinds[:MOST_KINDS])
    verdict = judgement.verdict
    if verdict == "trap" and kinds and _is_only_alike(judgement, kinds[0]):
        return _("是坑，别做。读起来最像：{names}").format(names=names)
    if verdict == "trap":
        return _("是坑，别做：{names}").format(names=names) if names else _("是坑，别做")
    if verdict == "warn":
        if not names:
            return _("当心：先问清楚，问清之前别付钱、别借账户、别给证件")
        return _("当心，像是{names}：问清之前别付钱、别借账户、别给证件").format(names=names)
    return _(
        "没看出坑。这只是说没有已知的迹象，不是担保：要先付钱、借账户、替人转钱的都别做，"
        "拿不准打 96110 问。"
    )


def _unread_text() -> str:
    return _(
        "没看懂，说不出是不是坑：里面没多少中文，只看得懂中文的招工。"
        "要先付钱、借账户、替人转钱的都别做，拿不准打 96110 问。"
    )


def _kinds(judgement: Judgement, book: Mapping[str, Kind]) -> list[Kind]:
    """Return the kinds of trap that a text shows: the surest first, of equals the gravest.

    Of equally grave ones first what more signs speak for; what the text reads like is no sign.
    Words that honest offers use as well stand for a kind only where there is nothing else.
    """
    rank: dict[str, int] = {}
    signs: dict[str, int] = {}
    for offer in judgement.offers:
        for one in trapbook.telling(offer):
            rank[one.type] = max(rank.get(one.type, 0), STRENGTHS.index(one.strength))
            counts = one.strength != "weak" and one.rule != LIKENESS
            signs[one.type] = signs.get(one.type, 0) + counts
    shown = [one for one, sure in rank.items() if sure] or list(rank)
    return [
        book[one]
        for one in sorted(shown, key=lambda one: (-rank[one], -book[one].severity, -signs[one]))
    ]


def _is_only_alike(judgement: Judgement, kind: Kind) -> bool:
    """Return whether no word says so, only what the whole text reads like."""
    return all(one.rule == LIKENESS for one in _signs(judgement, kind.id))


def _signs(judgement: Judgement, type: str) -> list[Finding]:
    """Return the signs of one kind, the surest first, each quote once."""
    found = {
        one.quote: one
        for offer in judgement.offers
        for one in reversed(trapbook.telling(offer))
        if one.type == type
    }
    return sorted(found.values(), key=lambda one: (-STRENGTHS.index(one.strength), one.start))


def _show_signs(judgement: Judgement, kind: Kind, most: int) -> None:
    names = strength_names()
    for one in _signs(judgement, kind.id)[:most]:
        strength = names[one.strength]
        if judgement.verdict == "warn" and one.strength == "decisive":
            # Asked about, not offered.
            strength = _("真是这样，就是坑")
        note(
            _("「{quote}」：{text}（{strength}）").format(
                quote=shortened(one.quote), text=one.text, strength=strength
            )
        )


def law_text(law: Law) -> str:
    """Return a law, warning, case or report with its date, and whether it was looked at again."""
    kinds = {"law": "", "official_warning": _("官方提醒"), "case": _("案例"), "press": _("报道")}
    since = _("{date} 起") if law.kind == "law" else "{date}"
    known = [
        kinds[law.kind],
        since.format(date=law.date) if law.date else "",
        "" if law.seen else _("原文没有再核对"),
    ]
    facts = _("，").join(filter(None, known))
    return _("{text}（{known}）").format(text=law.text, known=facts) if facts else law.text


def _show_common_words(judgement: Judgement) -> None:
    words = dict.fromkeys(shortened(one.quote, 20) for one in judgement.findings)
    if words:
        quoted = _("、").join(_("「{quote}」").format(quote=word) for word in words)
        note(_("{words}：诚实的招工也这样写，单凭它们不算。").format(words=quoted))


def _show_to_do(kinds: Sequence[Kind], *, whole: bool) -> None:
    heading(_("现在怎么办"))
    for label, when in (
        (_("还什么都没给"), "before"),
        (_("已经给了钱、卡、验证码或证件"), "after"),
    ):
        steps = trapbook.to_do(kinds, "before" if when == "before" else "after")
        note(
            _("{label}：{text}").format(
                label=label, text=advice_text(steps if whole else steps[:MOST_TO_DO])
            )
        )
