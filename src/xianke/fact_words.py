"""The facts of a platform in words: what each is called, what its values mean, what people type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianke import lookup
from xianke.i18n import _, language

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPED_FIELDS: Mapping[str, tuple[str, ...]] = {
    "status": ("现状", "状态"),
    "settlement": ("结算", "到账"),
    "upfront": ("先付", "押金", "先付钱"),
    "escrow": ("担保", "托管"),
    "public_ratings": ("评价", "公开评价"),
    "id_verification": ("实名", "实名认证"),
    "category": ("类别",),
    "name": ("名字", "名称"),
    "note": ("备注",),
}

_TYPED_VALUES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "status": {
        "active": ("在", "还在", "运营", "运营中", "正常"),
        "restricted": ("收缩", "受限"),
        "closed": ("停", "停了", "停运", "关", "关了"),
    },
    "settlement": {
        "daily": ("日结", "每天", "当天"),
        "per_visit": ("当次", "当面", "做完就付"),
        "1_to_3_days": ("1到3天", "1-3天", "一到三天"),
        "daily_or_weekly": ("日结或周结",),
        "weekly": ("周结", "每周"),
        "monthly": ("月结", "每月"),
        "milestone": ("按阶段", "分期", "分阶段"),
        "on_acceptance": ("验收后", "审核后"),
        "on_buyer_confirmation": ("确认收货后", "买家确认后"),
    },
    "upfront": {
        "none": ("不用", "不要", "没有", "无", "不用付", "no"),
        "possible": ("可能", "可能要"),
        "required": ("要", "需要", "要付", "要先付", "yes"),
    },
    "escrow": {
        "yes": ("有", "有担保"),
        "partial": ("部分", "一部分"),
        "no": ("没有", "无", "没担保"),
        "not_applicable": ("不涉及", "平台直接付"),
    },
    "public_ratings": {"yes": ("有",), "no": ("没有", "无")},
    "id_verification": {
        "yes": ("要", "需要", "要实名"),
        "optional": ("可选", "随意"),
        "no": ("不要", "不用", "不用实名"),
    },
}
"""What people may type for a value, besides its code and the words it is shown with."""


def fact_name(name: str) -> str:
    """Return what a fact, or another thing that can be edited, is called."""
    return {
        "status": _("现状"),
        "settlement": _("结算"),
        "min_withdrawal": _("起提额"),
        "fee": _("平台抽成"),
        "upfront": _("先付钱"),
        "escrow": _("担保"),
        "public_ratings": _("公开评价"),
        "id_verification": _("实名"),
        "pay": _("报酬"),
        "category": _("类别"),
        "name": _("名字"),
        "note": _("备注"),
    }[name]


def value_names(name: str) -> Mapping[str, str]:
    """Return the words for the values of a fact; empty where its value is a text itself."""
    names: Mapping[str, Mapping[str, str]] = {
        "status": {
            "active": _("在运营"),
            "restricted": _("在收缩"),
            "closed": _("已停"),
        },
        "settlement": {
            "daily": _("当天到账"),
            "per_visit": _("做完当次付"),
            "1_to_3_days": _("1 到 3 天到账"),
            "daily_or_weekly": _("日结或周结"),
            "weekly": _("周结"),
            "monthly": _("月结"),
            "milestone": _("按阶段付"),
            "on_acceptance": _("验收后付，几天不一定"),
            "on_buyer_confirmation": _("买家确认收货后付"),
        },
        "upfront": {
            "none": _("不用先付"),
            "possible": _("可能要先付"),
            "required": _("要先付"),
        },
        "escrow": {
            "yes": _("钱由平台担保"),
            "partial": _("部分有担保"),
            "no": _("没有担保"),
            "not_applicable": _("平台自己付，用不着担保"),
        },
        "public_ratings": {"yes": _("有"), "no": _("没有")},
        "id_verification": {"yes": _("要实名"), "optional": _("可以不实名"), "no": _("不用实名")},
    }
    return names.get(name, {})


def value_text(name: str, value: str | None) -> str:
    """Return a fact's value in words; what is not known says so."""
    if value is None:
        return _("不知道")
    if name == "min_withdrawal":
        return _("{yuan} 元").format(yuan=value)
    return value_names(name).get(value, value)


def typed_name(name: str) -> str:
    """Return the short word that can be typed for a fact."""
    return name if language() == "en" else _TYPED_FIELDS[name][0]


def typed_value(name: str, value: str) -> str:
    """Return the short word that can be typed for a value of a fact."""
    return value if language() == "en" else _TYPED_VALUES[name][value][0]


def basis_text(basis: str) -> str:
    """Return on what kind of source a status rests."""
    return {
        "press_or_official": _("媒体或官方"),
        "community_list_plus_others": _("社区清单，另有别的来源"),
        "community_list_only": _("只有一份社区清单"),
    }[basis]


def question(name: str) -> str:
    """Return what to look up when a fact has to be checked again."""
    return {
        "status": _("官方 App 或官网还在不在，还收不收人"),
        "settlement": _("做完几天到账"),
        "min_withdrawal": _("满多少才能提"),
        "fee": _("平台抽多少"),
        "upfront": _("要不要押金、会员费，要不要自己买装备"),
        "escrow": _("钱是不是先放在平台那里"),
        "public_ratings": _("有没有公开的评价，出了事能不能申诉"),
        "id_verification": _("要不要实名"),
        "pay": _("现在给多少"),
    }[name]


def field_of(text: str) -> str | None:
    """Return the field a text names, by its code or in words; None for anything else."""
    wanted = lookup.folded(text)
    for name, words in _TYPED_FIELDS.items():
        if wanted in (name, lookup.folded(fact_name(name)), *words):
            return name
    return None


def value_of(name: str, text: str) -> str | None:
    """Return the value a text means for a fact, by its code or in words; None for anything else."""
    wanted = lookup.folded(text)
    shown = value_names(name)
    for value, words in _TYPED_VALUES[name].items():
        if wanted in (value, lookup.folded(shown[value]), *words):
            return value
    return None
