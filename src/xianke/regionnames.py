"""The names by which provinces, cities and counties go: short ones, and how they sound."""

from __future__ import annotations

import re
from typing import Any

_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|"
    "哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|"
    "仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|塔吉克|普米族|怒族|裕固族|保安族|独龙族|"
    "鄂伦春|鄂温克族|各族"
)
_SELF_RULED = re.compile(rf"(?:{_PEOPLES})*自治[州县旗]$")
_KIND = re.compile(r"(?:地区|林区|特区|矿区|新区|[市区县旗盟])$")

Raw = dict[str, Any]  # Any: a data file that was checked against its schema


def short(full: str) -> str:
    """Return a name without what kind of place it is; one character alone is no name."""
    plain = _SELF_RULED.sub("", full)
    if plain == full:
        plain = _KIND.sub("", full)
    return plain if len(plain) > 1 else full


def compiled(data: Raw) -> Raw:
    """Return the regions with short names and sounds, as the program reads them.

    A city is `[full, short, sounds, counties]`, a county `[full, short, sounds]`. Of the counties
    only those that are cities get sounds: of the many districts, hardly one sounds like no other.
    """
    spelt = data.get("spellings", {})

    def sounds(full: str) -> list[str]:
        from pypinyin import lazy_pinyin

        # A name that is spelt in a way of its own is shown so; pinyin is understood as well.
        plain = "".join(lazy_pinyin(short(full))).lower()
        found = [spelt[full]] if full in spelt else []
        # ü is v on a keyboard, and u where people do not care.
        return list(dict.fromkeys([*found, plain, plain.replace("v", "u")]))

    def county(full: str) -> list[Any]:  # Any: see Raw
        return [full, short(full), sounds(full) if full.endswith("市") else []]

    return {
        "as_of": data["as_of"],
        "source": data["source"],
        "ask_back": data.get("ask_back", []),
        "provinces": [
            {
                "full": one["full"],
                "zh": one["name"]["zh"],
                "en": one["name"]["en"],
                "aliases": one.get("aliases", []),
                "cities": [
                    [full, short(full), sounds(full), [county(name) for name in listed.split()]]
                    for full, listed in one["cities"].items()
                ],
            }
            for one in data["provinces"]
        ],
    }
