"""Who speaks in an offer and how: what is denied, what somebody warns of, what is only told."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xianke._trap_cues import Token, by_concept

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xianke._trap_text import Reading
    from xianke.findings import Excuse

# How far before a word its denial may stand, in characters.
_NEAR = re.compile(
    r"(?:不|没|无|免|非|零|莫|勿|别|未|0)"
    r"(?:得|要|能|可|会|必|准|许|用|再|需|是|有|收|走|带|让|给|跟|做|必要|办|推荐|推|搞|碰|涉及|谈|接|压|留|扣|押|垫|出|交|付|下载|用下载|得私自|外|替|帮|帮人|向|发展|拉|招|问|看|拍|查|存|留|记|发)?$"
)
_FAR = re.compile(
    r"(?:不用|不需要?|无需|无须|不收取?|不要求?|不会(?:要求?|让|向)?|没有|从不|绝不|决不|不必|免交|拒绝|谢绝|禁止|不得|"
    r"不准|不接受|不存在|并非|不是|不涉及|不碰|不做|不问|不看|不拍|不查|不存|不留|不记|不发|不经手|不以|不向|不提供|不办理|没有任何|不允许|不搞|不押|不需|不占用|杜绝|严禁|无任何)"
    r"[^，,。；;！!？?\n]{0,9}$"
)
_AFTER = re.compile(
    r"^[^，,。；;！!？?\n]{0,5}(?:没有|不用|不收|全免|免收|为零|均免|都不|一概不|一律不|不需要|免费|由?(?:公司|机构|平台|商家|馆里|店里|学校|站里|主办方?|我们|甲方|单位)"
    r"(?:承担|出|负责|报销|包))"
)
# Words that begin with a denial and deny nothing of what follows.
_NO_DENIAL = re.compile(
    r"(?:不用|不需要|无需|没有?|不要|不限)(?:经验|学历|技能|基础|门槛|出门|坐班|上班|加班|面试|见面|电脑|露脸|打卡|时间|地点|任何经验)[^，,]{0,6}$"
)

# What somebody does not do at all: 代写论文不接.
_NOT_DONE = re.compile(r"^[^，,。；;！!？?\n]{0,4}(?:的?(?:不接|不做|免谈|别来|不干))")

# What may be denied by what follows it (保证金没有, 押金不用).
_PAID = frozenset({"FEE", "MONEY", "JOB_FEE", "DEPOSIT", "SELLER_BOND", "TRAIN_FEE"})


def denied(plain: str, token: Token, clause: tuple[int, int]) -> tuple[int, int] | None:
    """Return where *token* is denied in its clause, or None."""
    before = plain[clause[0] : token.start]
    found = _NEAR.search(before)
    if found is None:
        found = _FAR.search(before)
        if found is not None and _NO_DENIAL.search(before[found.start() :]):
            found = None
    if found is not None:
        return clause[0] + found.start(), clause[0] + found.end()
    after = _NOT_DONE.match(plain[token.end : clause[1]])
    if after is None and token.concept in _PAID:
        after = _AFTER.match(plain[token.end : clause[1]])
    if after is not None:
        return token.end, token.end + after.end()
    return None


@dataclass(frozen=True, slots=True)
class Stance:
    """How an offer speaks: `excuses` by the number of the sentence, with the words that say so.

    `asked` where somebody asks about it or doubts it, `invites` where somebody is offered work.
    """

    excuses: Mapping[int, tuple[Excuse, int, int]]
    asked: bool = False
    invites: bool = False


def stance(tokens: Sequence[Token], sentences: range) -> Stance:
    """Tell which sentences of an offer warn or only tell.

    A warning sentence takes the weight of what it quotes. Where nobody is asked to join in, a
    warning or a story takes it from the whole offer: a notice of the police, a friend's question.
    """
    found = by_concept(token for token in tokens if token.denied is None)
    reassured = {t.sentence for t in found.get("DENY_WARN", [])}
    # Who speaks of the reader's own account does not warn in general, whatever he calls himself.
    labels = [
        token
        for token in found.get("WARN_LABEL", ())
        if token.sentence not in reassured and not found.get("YOUR_MONEY")
    ]
    excuses: dict[int, tuple[Excuse, int, int]] = {
        token.sentence: ("warning", token.start, token.end) for token in reversed(labels)
    }

    # 有人让你交服装费，不要给: who says so offers no such thing.
    someone = {t.sentence for t in found.get("SOMEONE", ())}
    for token in found.get("DONT", ()):
        if token.sentence in someone:
            excuses.setdefault(token.sentence, ("warning", token.start, token.end))

    def live(name: str) -> list[Token]:
        return [token for token in found.get(name, ()) if token.sentence not in excuses]

    warnings: list[Token] = [t for t in found.get("WARN", []) if t.sentence not in reassured]
    asked = found.get("ASK", [])
    whole: tuple[Excuse, int, int] | None = None
    notice = found.get("NOTICE", []) + found.get("AUTHORITY", [])
    refused = found.get("REFUSE", []) + found.get("STORY_END", [])
    invited = live("PUSH") or _pays_you(found, excuses)
    if not live("INVITE"):
        about_others = found.get("OTHERS_DO") and not live("YOUR_MONEY")
        if len({t.start for t in notice}) >= 2 and about_others:
            whole = ("warning", notice[0].start, notice[0].end)
        elif refused and (not invited or found.get("KIN") or len(refused) + len(labels) >= 2):
            whole = ("warning", refused[0].start, refused[0].end)
        elif labels and len(warnings) >= 2 and not invited:
            whole = ("warning", labels[0].start, labels[0].end)
        elif asked and not live("PUSH"):
            whole = ("told", asked[0].start, asked[0].end)
    if whole is None and found.get("DOUBT") and len(live("INVITE")) < 2:
        first = found["DOUBT"][0]
        whole = ("told", first.start, first.end)
    if whole is not None:
        for number in sentences:
            excuses.setdefault(number, whole)
    offered = any(found.get(name) for name in ("PUSH", "SOLICIT", "SIDE_JOB", "PER_PAY", "TASK"))
    return Stance(excuses, bool(asked or found.get("DOUBT")), offered)


def _pays_you(found: Mapping[str, Sequence[Token]], excuses: Mapping[int, object]) -> bool:
    """Tell whether somebody offers the reader a sum: a notice and a friend's question do not."""
    money = {t.clause for name in ("AMOUNT", "NUMBER") for t in found.get(name, ())}
    return any(
        token.clause in money and token.sentence not in excuses
        for name in ("TO_YOU", "PER_PAY")
        for token in found.get(name, ())
    )


def with_denials(reading: Reading, tokens: Sequence[Token]) -> list[Token]:
    """Return *tokens*, those that their clause denies marked."""
    return [
        replace(token, denied=denied(reading.plain, token, reading.clauses[token.clause]))
        for token in tokens
    ]
