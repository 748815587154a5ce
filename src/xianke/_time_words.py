"""The vocabulary of dates and clock times, Chinese and English, one table.

Each word has a kind, which the grammar looks at, and a value. A word that is not here is not
understood, and says so: nothing is skipped.
"""

from __future__ import annotations

from typing import Final

Meaning = tuple[tuple[str, int | str], ...]
"""What one word stands for: mostly one (kind, value), two for 今晚 (今天 + 晚上)."""


def _table(rows: list[tuple[str, int | str, str]]) -> dict[str, Meaning]:
    """Return word → meaning from rows of kind, value and words parted by `|`."""
    return {word: ((kind, value),) for kind, value, words in rows for word in words.split("|")}


_CHINESE: Final = (
    _table(
        [
            # Numerals are read one sign at a time: 周一三五 is no number, 二十 is.
            *(("zh", value, sign) for value, sign in enumerate("零一二三四五六七八九十")),
            ("zh", 0, "〇"),
            ("zh", 2, "两"),
            ("zh", 100, "百"),
            ("week", 0, "周|週|星期|礼拜"),
            ("ri", 7, "日"),
            ("tian", 7, "天"),
            ("mo", 0, "末"),
            ("clock", 0, "点|點|点钟|时|時"),
            ("min", 0, "分"),
            ("minutes", 0, "分钟"),
            ("hours", 0, "小时|钟头"),
            ("quarter", 0, "刻"),
            ("quarters", 0, "刻钟"),
            ("half", 0, "半"),
            ("sharp", 0, "整"),
            ("ge", 0, "个"),
            ("hao", 0, "号|號"),
            ("month", 0, "月|月份"),
            ("year", 0, "年"),
            ("di", 0, "第"),
            ("last", 0, "最后"),
            ("monthly", 0, "每月|每个月|每月的|每个月的"),
            ("every", 0, "每|每个|每逢|逢"),
            ("kind", "workday", "工作日|上班日"),
            ("kind", "weekend", "周末|双休日|双休"),
            ("kind", "holiday", "法定节假日|法定假日|法定假期|法定节日|节假日|公众假期"),
            ("kind", "every", "每天|每日|天天|每一天"),
            ("holiday", "元旦", "元旦|元旦节"),
            ("holiday", "春节", "春节|过年"),
            ("holiday", "清明", "清明|清明节"),
            ("holiday", "劳动节", "劳动节|五一|五一节|五一劳动节"),
            ("holiday", "端午", "端午|端午节"),
            ("holiday", "中秋", "中秋|中秋节"),
            ("holiday", "国庆节", "国庆|国庆节|十一长假|十一假期"),
            ("break", 0, "期间|假期|长假|放假"),
            ("alt", 1, "隔周|每隔一周|单周|单数周|两周一次"),
            ("alt", 2, "双周|双数周"),
            ("from", 0, "从|自"),
            ("start", 0, "起|开始"),
            ("for", 0, "持续|共"),
            *(
                ("rel", value, words)
                for value, words in enumerate(
                    ["大前天", "前天", "昨天|昨日", "今天|今日", "明天|明日", "后天", "大后天"],
                    start=-3,
                )
            ),
            ("thisweek", -2, "上上周|上上星期"),
            ("thisweek", -1, "上周|上星期|上礼拜|上个星期|上个礼拜"),
            ("thisweek", 0, "本周|这周|这个周|本星期|这星期|这个星期|这礼拜"),
            ("thisweek", 1, "下周|下星期|下礼拜"),
            ("thisweek", 2, "下下周|下下星期"),
            ("thismonth", -1, "上月|上个月"),
            ("thismonth", 0, "本月|这个月|这月"),
            ("thismonth", 1, "下月|下个月"),
            ("thisyear", -1, "去年"),
            ("thisyear", 0, "今年"),
            ("thisyear", 1, "明年"),
            ("monthstart", -1, "上月初|上个月初"),
            ("monthstart", 0, "月初|本月初|这个月初"),
            ("monthstart", 1, "下月初|下个月初"),
            ("monthend", -1, "上月底|上个月底|上月末"),
            ("monthend", 0, "月底|月末|本月底|这个月底"),
            ("monthend", 1, "下月底|下个月底|下月末"),
            ("ago", 0, "前|之前|以前"),
            ("later", 0, "后|之后|以后"),
            ("now", 0, "现在|刚才|刚刚|此刻"),
            ("part", "early", "早上|早晨|清晨|清早|早间|早"),
            ("part", "morning", "上午|午前"),
            ("part", "noon", "中午|正午|午间"),
            ("part", "afternoon", "下午|午后"),
            ("part", "evening", "晚上|晚间|晚"),
            ("part", "allday", "全天|整天|一整天"),
            ("part", "dawn", "凌晨"),
            ("part", "dusk", "傍晚|黄昏"),
            ("part", "night", "夜里|深夜|半夜|夜间|夜晚|午夜|夜"),
            ("part", "daytime", "白天"),
            ("to", 0, "到|至|~|〜|–|—|−|‐"),
            ("to", 0, "-"),
            ("sep", 0, "、|,|;|/|&|+|和|及|与|跟|以及|还有"),
            ("except", 0, "除|除了|除去|排除"),
            ("outside", 0, "外|以外|之外"),
            ("excepted", 0, "除外"),
            ("soft", 0, "的"),
            ("on", 0, "在|于"),
            ("nextday", 0, "次日|第二天|翌日"),
            ("open", 0, "("),
            ("close", 0, ")"),
            ("colon", 0, ":"),
            ("dot", 0, "."),
            # Not time, and often typed: known only so that the refusal names the whole word.
            (
                "label",
                0,
                "通勤|午休|下班后|下班路上|下班|上班路上|上班|睡前|午饭|午餐|早餐|早饭|晚饭",
            ),
            (
                "label",
                0,
                "晚饭后|午饭后|饭后|晚餐|课间|路上|地铁|公交|有空|空闲|左右|大概|大约|早班",
            ),
            (
                "label",
                0,
                "晚班|夜班|早高峰|晚高峰|晚自习|寒假|暑假|隔天|隔日|平时|平日|大小周|单休",
            ),
        ]
    )
    | {
        f"{day}{part}": (("rel", offset), ("part", name))
        for offset, day in ((-1, "昨"), (0, "今"), (1, "明"))
        for part, name in (("早", "early"), ("晚", "evening"))
    }
    | {
        "每晚": (("kind", "every"), ("part", "evening")),
        "每早": (("kind", "every"), ("part", "early")),
    }
)

_WEEKDAYS: Final = (
    "mon|monday|mondays",
    "tue|tues|tuesday|tuesdays",
    "wed|weds|wednesday|wednesdays",
    "thu|thur|thurs|thursday|thursdays",
    "fri|friday|fridays",
    "sat|saturday|saturdays",
    "sun|sunday|sundays",
)
_MONTHS: Final = (
    "jan|january",
    "feb|february",
    "mar|march",
    "apr|april",
    "may",
    "jun|june",
    "jul|july",
    "aug|august",
    "sep|sept|september",
    "oct|october",
    "nov|november",
    "dec|december",
)

_ENGLISH: Final = _table(
    [
        *(("name", value, words) for value, words in enumerate(_WEEKDAYS, start=1)),
        *(("monthname", value, words) for value, words in enumerate(_MONTHS, start=1)),
        *(
            ("ordinal", value, word)
            for value, word in enumerate(("first", "second", "third", "fourth", "fifth"), start=1)
        ),
        ("suffix", 0, "st|nd|rd|th"),
        ("last", 0, "last"),
        ("next", 1, "next"),
        ("this", 0, "this"),
        ("monthly", 0, "monthly"),
        ("ofmonth", 0, "of the month|of every month|of each month|every month|each month"),
        ("every", 0, "every|each"),
        ("kind", "workday", "weekday|weekdays|workday|workdays|work days|working days"),
        ("kind", "workday", "working day|business days|business day"),
        ("kind", "weekend", "weekend|weekends"),
        ("kind", "holiday", "holidays|public holidays|public holiday|statutory holidays"),
        ("kind", "every", "daily|every day|everyday|each day"),
        ("holiday", "元旦", "new year's day"),
        ("holiday", "春节", "spring festival|chinese new year"),
        ("holiday", "清明", "qingming|qingming festival|tomb sweeping day"),
        ("holiday", "劳动节", "labour day|labor day"),
        ("holiday", "端午", "dragon boat|dragon boat festival"),
        ("holiday", "中秋", "mid autumn|mid autumn festival|mid-autumn|mid-autumn festival"),
        ("holiday", "国庆节", "national day"),
        ("alt", 1, "every other|every two weeks on|every 2 weeks on|biweekly|fortnightly"),
        ("alt", 1, "alternate|every other week|every two weeks|every 2 weeks|odd weeks"),
        ("alt", 2, "even weeks"),
        ("from", 0, "from|starting|since|starting from"),
        ("for", 0, "for"),
        ("rel", -2, "day before yesterday|the day before yesterday"),
        ("rel", -1, "yesterday"),
        ("rel", 0, "today"),
        ("rel", 1, "tomorrow"),
        ("rel", 2, "day after tomorrow|the day after tomorrow"),
        ("thisweek", -1, "last week"),
        ("thisweek", 0, "this week"),
        ("thisweek", 1, "next week"),
        ("ago", 0, "ago"),
        ("later", 0, "later|from now"),
        ("days", 0, "day|days"),
        ("weeks", 0, "week|weeks"),
        ("one", 1, "a|an|one"),
        ("now", 0, "now|just now"),
        ("part", "early", "early morning|early mornings"),
        ("part", "morning", "morning|mornings"),
        ("part", "noon", "midday"),
        ("part", "afternoon", "afternoon|afternoons"),
        ("part", "evening", "evening|evenings"),
        ("part", "allday", "all day|whole day|full day|all day long"),
        ("part", "dawn", "dawn"),
        ("part", "dusk", "dusk"),
        ("part", "night", "night|nights|late night"),
        ("part", "daytime", "daytime"),
        ("ampm", "am", "am|a.m."),
        ("ampm", "pm", "pm|p.m."),
        ("noon", 0, "noon"),
        ("midnight", 0, "midnight"),
        ("clock", 0, "o'clock"),
        ("minutes", 0, "minute|minutes|min|mins|m"),
        ("hours", 0, "hour|hours|hr|hrs|h"),
        ("half", 0, "half"),
        ("to", 0, "to|until|till|through|thru"),
        ("sep", 0, "and"),
        ("except", 0, "except|excluding|except for|but not"),
        ("soft", 0, "the"),
        ("on", 0, "on"),
        ("at", 0, "at"),
        ("of", 0, "of"),
        ("in", 0, "in"),
        ("nextday", 0, "next day|the next day|following day|the following day"),
        ("t", 0, "t"),
        ("w", 0, "w"),
        ("label", 0, "lunch|commute|lunch break|after work|before bed|bedtime|free|about|around"),
        ("label", 0, "every second|every other day"),
    ]
) | {
    "tonight": (("rel", 0), ("part", "evening")),
    "last night": (("rel", -1), ("part", "evening")),
    "this morning": (("rel", 0), ("part", "morning")),
    "this afternoon": (("rel", 0), ("part", "afternoon")),
    "this evening": (("rel", 0), ("part", "evening")),
    "every morning": (("kind", "every"), ("part", "morning")),
    "every afternoon": (("kind", "every"), ("part", "afternoon")),
    "every evening": (("kind", "every"), ("part", "evening")),
}

WORDS: Final[dict[str, Meaning]] = _CHINESE | _ENGLISH
"""Every word the grammar knows, in NFKC and lower case."""

LONGEST: Final = max(map(len, _CHINESE))
"""Signs in the longest Chinese word: how far the reader looks ahead."""

PHRASES: Final[dict[str, list[tuple[str, ...]]]] = {}
"""English expressions of several words by their first word, the longest first."""
for _phrase in sorted(_ENGLISH, key=len, reverse=True):
    _head, *_rest = _phrase.replace("-", " - ").split()
    if _rest:
        PHRASES.setdefault(_head, []).append(tuple(_rest))
