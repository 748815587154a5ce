"""Answers to the questions of the first stock-taking: understood, shown, and what they amount to.

An answer is kept in a form that depends on no language: a slot as its Chinese rule, skills and
things by their keys, a choice by its code, and an empty text for 「没有」.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xianke import driving, everyday, lookup, priorities, regions, slots, vocabulary
from xianke.errors import NotUnderstood
from xianke.i18n import _, language
from xianke.starting import LISTS, OTHER, TIMES, Topic, options, preset_of

if TYPE_CHECKING:
    from datetime import date

    from xianke.inventory import Stock
    from xianke.vocabulary import Word

_NONE = {"没有", "没", "无", "不", "跳过", "skip", "none", "no", "nothing", "0", "-"}
_UNLICENSED = "no_licence"
"""What is kept where somebody says that they have no licence."""
_GROUPS = re.compile(r"\s*(?:[,，、;；\n]|\band\b|和)\s*")
_AGREED = {"是", "是的", "对", "对的", "嗯", "好", "y", "yes", "ok"}
"""How somebody agrees to what is proposed for a doubted word."""
_DROVE = "·开车"
"""What marks the stored answer of somebody who drives to work."""
_BETWEEN = "；"
"""What stands between the slots of one stored answer; no rule contains it."""
_MARKS = ",，、;；\n"
_NOON = range(11 * 60, 14 * 60 + 31)
"""A break at work lies within this; other free time by day is something else."""
_MEANT: Mapping[Topic, str] = {
    "commute": "工作日",
    "daytime": "工作日",
    "evenings": "工作日",
    "weekends": "周末",
}
"""The days that are meant where only a time is answered."""
_EXAMPLES: Mapping[Topic, str] = {
    "commute": "工作日 08:00-09:00",
    "daytime": "工作日 12:00-13:00",
    "evenings": "工作日 19:00-21:00",
    "weekends": "周六 14:00-17:00",
}
_PM_HOURS: Mapping[Topic, range] = {
    "daytime": range(1, 7),
    "evenings": range(4, 12),
    "weekends": range(1, 7),
}
"""The hours that are meant after noon where nothing says which half of the day it is."""


def understand(topic: Topic, text: str, today: date) -> str:
    """Return a typed answer in the form in which it is kept.

    Raise NotUnderstood where it means nothing, with a hint that fits the question.
    """
    plain = lookup.readable(text)
    if lookup.folded(plain) in _NONE:
        return OTHER.code if topic == "who" else ""
    if topic == "city":
        return _city(plain)
    if topic == "goal" and not plain.isdigit():
        return _goal(plain)
    if topic in TIMES:
        return _time(topic, plain, today)
    if topic in LISTS:
        if topic == "vehicle":
            owned = _owned(plain)
            if not owned and everyday.things(plain):
                return ""
            plain = owned or plain
        return "、".join(dict.fromkeys(_key(topic, part) for part in _parts(topic, plain)))
    return _choice(topic, plain)


def _city(text: str) -> str:
    try:
        return regions.check(text)
    except NotUnderstood as fault:
        places = regions.understood(text)
        hint = _("写城市名，例如 杭州；不想说就写「没有」")
        if len(places) > 1:
            hint = _("连省名一起写，例如 {place}").format(place=regions.name(places[0]))
        raise NotUnderstood(fault.message, hint) from fault


def _goal(text: str) -> str:
    try:
        return priorities.find(text)
    except NotUnderstood:
        meant = everyday.goal(text)
        if meant is None:
            raise
        return meant


def _owned(text: str) -> str:
    """Return the vehicles of an answer that are there, and of the others that there is no licence.

    The latter is worth keeping: it is asked about elsewhere.
    """
    kept = [
        name if had else _UNLICENSED
        for name, had in everyday.things(text)
        if had or _find("vehicle", name).key == "licence"
    ]
    return ",".join(kept)


def _choice(topic: Topic, text: str) -> str:
    offered = options(topic)
    wanted = lookup.folded(text)
    for number, (code, name) in enumerate(offered, 1):
        if wanted in (str(number), code, lookup.folded(name)):
            return code
    if topic == "who" and (meant := everyday.who(text)) is not None:
        return meant
    raise NotUnderstood(
        _("看不懂「{text}」").format(text=text),
        _("写一个号码，1 到 {most}").format(most=len(offered)),
    )


def _time(topic: Topic, text: str, today: date) -> str:
    time, drove = driving.taken_out(text) if topic == "commute" else (text, False)
    time = time.strip(" ,，、；;")
    fault: NotUnderstood | None = None
    meant = f"{_MEANT[topic]} {time}"
    # The days of the question stand for those of one group only.
    for groups in ([time], _GROUPS.split(time), [meant]):
        try:
            rules = [
                slots.parse(group, today=today, pm_hours=_PM_HOURS.get(topic, range(0)))
                for group in groups
            ]
        except NotUnderstood as error:
            fault = fault or error
        else:
            return _times_kept(rules, drove=drove)
    example = slots.format_rule(slots.parse(_EXAMPLES[topic], today=today), language())
    raise NotUnderstood(
        "" if fault is None else fault.message,
        _("写成 {example} 这样；没空就写「没有」").format(example=example),
    ) from fault


def _parts(topic: Topic, text: str) -> list[str]:
    """Cut a list where its writer meant to: at commas, behind numbers, between known words."""
    found = []
    for part in _cut(text):
        words = part.split()
        while words and words[0].isdigit():
            found.append(words.pop(0))
        name = " ".join(words)
        if words and not _find(topic, name).known and all(_is_one(topic, word) for word in words):
            found.extend(words)
        elif words:
            found.append(name)
    if not found:
        raise NotUnderstood(_("看不懂「{text}」").format(text=text), _list_hint(topic))
    return found


def _find(topic: Topic, text: str) -> Word:
    if topic != "skills" and lookup.folded(text) in ("licence", "license", "驾照", "驾驶证"):
        return vocabulary.Word("licence", _("驾照"), known=True)
    if topic == "vehicle" and text == _UNLICENSED:
        return vocabulary.Word(_UNLICENSED, _("没有驾照"), known=True)
    return vocabulary.find_skill(text) if topic == "skills" else vocabulary.find_asset(text)


def _is_one(topic: Topic, word: str) -> bool:
    return word.isdigit() or _find(topic, word).known


def _key(topic: Topic, text: str) -> str:
    offered = options(topic)
    if text.isdigit():
        if len(text) > 3 or not 1 <= int(text) <= len(offered):
            raise NotUnderstood(_("没有「{text}」号").format(text=text), _list_hint(topic))
        return offered[int(text) - 1][0]
    word = _find(topic, text)
    if topic == "vehicle" and not word.known:
        raise NotUnderstood(_("看不懂「{text}」").format(text=text), _list_hint(topic))
    return word.key


def _list_hint(topic: Topic) -> str:
    most = len(options(topic))
    return _("写 1 到 {most} 的号码，几个就用逗号隔开；也可以直接写名字").format(most=most)


def near(topic: Topic, answer: str) -> dict[str, list[str]]:
    """Return, for each word of an answer that is in no vocabulary, the names it may have meant."""
    if topic not in ("skills", "assets"):
        return {}
    near_of = vocabulary.near_skills if topic == "skills" else vocabulary.near_assets
    return {
        key: [word.name for word in near_of(key)]
        for key in _keys(answer)
        if not _find(topic, key).known
    }


@dataclass(frozen=True, slots=True)
class Doubt:
    """An answer with words that may be misspelt; *near* are the names each may have meant."""

    answer: str
    near: Mapping[str, Sequence[str]]


def doubt(topic: Topic, answer: str) -> Doubt | None:
    """Return what is doubtful about an answer, None where nothing is."""
    if topic == "city":
        name = regions.near(answer) if answer and regions.place_of(answer) is None else None
        return None if name is None else Doubt(answer, {answer: [name]})
    found = {word: names for word, names in near(topic, answer).items() if names}
    return Doubt(answer, found) if found else None


def settled(topic: Topic, doubted: Doubt, text: str) -> str | None:
    """Return the answer that a reply to a doubt comes to; None where it is an answer of its own.

    Enter and yes take the first name proposed, one of the names takes that, and the word written
    again stands; the rest of a list is kept in each case.
    """
    typed = lookup.folded(text)
    if not typed or typed in _AGREED:
        return _replaced(topic, doubted, {word: names[0] for word, names in doubted.near.items()})
    words = {lookup.folded(word): word for word in doubted.near}
    parts = [part for part in map(lookup.folded, _cut(text)) if part]
    if typed == lookup.folded(doubted.answer) or (parts and all(part in words for part in parts)):
        return doubted.answer
    if len(doubted.near) == 1:
        ((word, names),) = doubted.near.items()
        chosen = next((name for name in names if lookup.folded(name) == typed), None)
        if chosen is None and topic != "city":
            known = _find(topic, text)
            chosen = next((name for name in names if known.known and name == known.name), None)
        if chosen is not None:
            return _replaced(topic, doubted, {word: chosen})
    return None


def _replaced(topic: Topic, doubted: Doubt, names: Mapping[str, str]) -> str:
    if topic == "city":
        return names.get(doubted.answer, doubted.answer)
    keys = [_find(topic, names[key]).key if key in names else key for key in _keys(doubted.answer)]
    return "、".join(dict.fromkeys(keys))


def _cut(text: str) -> list[str]:
    """Return the parts of a list between its commas."""
    plain = unicodedata.normalize("NFKC", text)
    return plain.translate(dict.fromkeys(map(ord, _MARKS), ",")).split(",")


def _keys(answer: str) -> list[str]:
    return [key for key in answer.split("、") if key]


def shown(topic: Topic, answer: str, today: date) -> str:
    """Return a kept answer as people read it."""
    if not answer:
        return _("没有")
    if topic in TIMES:
        rules, drove = _rules(answer, today)
        text = _("；").join(slots.format_rule(rule, language()) for rule in rules)
        return _("{text}，开车或骑车").format(text=text) if drove else text
    if topic in LISTS:
        return _("、").join(_find(topic, key).name for key in _keys(answer))
    if topic == "city":
        return regions.shown(answer)
    return dict(options(topic)).get(answer, answer)


def again(topic: Topic, answer: str, today: date) -> str:
    """Return an answer that was kept, or that a preset gives, in the form in which it is kept.

    Raise NotUnderstood where it is none any more.
    """
    if topic not in TIMES or not answer:
        return understand(topic, answer, today) if answer else ""
    rules, drove = _rules(answer, today)
    return _times_kept(rules, drove=drove)


def _times_kept(rules: Sequence[slots.SlotRule], *, drove: bool) -> str:
    """Return the slots of one answer as they are kept: each by its Chinese rule."""
    texts = dict.fromkeys(slots.format_rule(rule, "zh") for rule in rules)
    return _BETWEEN.join(texts) + (_DROVE if drove else "")


def _rules(answer: str, today: date) -> tuple[list[slots.SlotRule], bool]:
    texts = answer.removesuffix(_DROVE).split(_BETWEEN)
    return [slots.parse(text, today=today) for text in texts], answer.endswith(_DROVE)


# What they amount to


def content(answers: Mapping[Topic, str], today: date) -> dict[str, Any]:
    """Return what the answers amount to, in the form of an inventory file."""
    profile = dict(preset_of(answers).profile)
    if answers.get("city"):
        profile["city"] = answers["city"]
    if answers.get("goal"):
        profile["priority"] = answers["goal"]
    things = dict.fromkeys(_keys(answers.get("assets", "")) + _keys(answers.get("vehicle", "")))
    if "licence" in things:
        profile["licence"] = "yes"
        del things["licence"]
    if things.pop(_UNLICENSED, _UNLICENSED) is None:
        profile.setdefault("licence", "no")
    return {
        "slots": [
            slot for topic in TIMES if answers.get(topic) for slot in _slots(topic, answers, today)
        ],
        "skills": [{"name": key} for key in _keys(answers.get("skills", ""))],
        "assets": [{"name": key} for key in things],
        "profile": profile,
    }


def _slots(topic: Topic, answers: Mapping[Topic, str], today: date) -> list[dict[str, Any]]:
    rules, drove = _rules(answers[topic], today)
    names = {"commute": _("通勤"), "evenings": _("晚上"), "weekends": _("周末")}
    label = names.get(topic, _("白天"))
    spans = [span for rule in rules for span in rule.spans]
    at_noon = all(span.start in _NOON and span.end in _NOON for span in spans)
    if topic == "daytime" and at_noon and preset_of(answers).code == "office":
        label = _("午休")
    driven = {"driving": "yes"} if drove else {}
    return [{"when": slots.format_rule(rule, "zh"), "label": label, **driven} for rule in rules]


def commands(added: Stock) -> list[Sequence[str]]:
    """Return the plain commands that would have added the same, without the program's name."""
    lines: list[Sequence[str]] = [
        ("inventory", "set", *_guarded((key, *value.split())))
        for key, value in added.profile.items()
    ]
    for free in added.slots:
        text = slots.format_rule(free.rule, language())
        # A comma means something to some shells, so there all of it goes into quotes.
        time = [text] if "," in text or "、" in text else text.split()
        label = ("--label", free.slot.label) if free.slot.label else ()
        drives = ("--driving",) if free.slot.driving else ()
        lines.append(("inventory", "add", "slot", *time, *label, *drives))
    for kind, items in (("skill", added.skills), ("asset", added.assets)):
        for item in items:
            name = vocabulary.display_name(kind, item.key, item.name)
            lines.append(("inventory", "add", kind, *_guarded(name.split())))
    return lines


def _guarded(words: Sequence[str]) -> Sequence[str]:
    """Return words of the user's own so that none of them is taken for an option."""
    return ("--", *words) if any(word.startswith("-") for word in words) else words
