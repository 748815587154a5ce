"""Money: whole fen inside, yuan as people write them at the edges. Never a float."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, localcontext

from xianke.errors import NotUnderstood
from xianke.i18n import _, language

FEN_PER_YUAN = 100

MAX_FEN = 10**12
"""Ten billion yuan: more than anyone's side income, and far inside SQLite's 64-bit integers."""

_AMOUNT = re.compile(
    r"(?P<sign>[-+]?)\s*(?:￥|RMB|CNY)?\s*"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*"
    r"(?P<scale>万|千|k|w)?\s*(?:元|块|块钱|yuan|rmb|cny)?",
    re.IGNORECASE,
)
_SCALES = {"万": 10_000, "w": 10_000, "千": 1_000, "k": 1_000}


def parse(text: str, *, minimum_fen: int = 0) -> int:
    """Return the fen in an amount such as `85`, `￥1,234.50`, `12元` or `1.2万`.

    Raise NotUnderstood for anything else, for parts of a fen, and below *minimum_fen*.
    Blanks may stand around the number but not in it: `8 5` may be two answers.
    """
    plain = unicodedata.normalize("NFKC", text).replace("¥", "￥").strip()
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        raise NotUnderstood(
            _("看不懂金额「{text}」").format(text=text), _("写成阿拉伯数字，例如 12.5 或 85")
        )
    yuan = Decimal(match["number"].replace(",", ""))
    # Room for every digit: the default precision would round a part of a fen away.
    with localcontext(prec=len(plain) + 8):
        fen = yuan * FEN_PER_YUAN * _SCALES.get((match["scale"] or "").lower(), 1)
    if fen != fen.to_integral_value():
        raise NotUnderstood(
            _("金额「{text}」细于一分").format(text=text), _("最多写两位小数，例如 12.35")
        )
    amount = int(fen) if match["sign"] != "-" else -int(fen)
    if amount < minimum_fen:
        raise NotUnderstood(
            _("金额「{text}」不能小于 {minimum} 元").format(
                text=text, minimum=plain_yuan(minimum_fen)
            ),
            _("亏损请写成收入加成本：金额写收到的钱，成本用 --cost"),
        )
    if abs(amount) > MAX_FEN:
        raise NotUnderstood(
            _("金额「{text}」大得不合理").format(text=text), _("看看是不是多打了几个零")
        )
    return amount


def plain_yuan(fen: int) -> str:
    """Return *fen* as yuan with two decimals and no sign of currency: `-1234.50`."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{sign}{yuan}.{rest:02d}"


def yuan(fen: int) -> str:
    """Return *fen* as a person reads them: thousands grouped, `￥1,234.50`, `-￥3.00`.

    The full-width sign is used because GBK terminals lack U+00A5.
    """
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{sign}￥{whole:,}.{rest:02d}"


def rounded_yuan(fen: int) -> str:
    """Return *fen* as whole yuan, rounded down: an estimate must never flatter."""
    return f"{fen // FEN_PER_YUAN:,}"


def axis_yuan(fen: int) -> str:
    """Return the whole yuan of a round step on an axis, from ten thousand on in large units."""
    yuan = fen // FEN_PER_YUAN
    units: tuple[tuple[int, str], ...]
    if language() == "en":
        units = ((10**9, "B"), (10**6, "M"), (10**3, "k"))
    else:
        units = ((10**8, _("亿")), (10**4, _("万")))
    for size, unit in units:
        if abs(yuan) >= max(size, 10**4):
            return f"{Decimal(yuan) / size:,f}{unit}"
    return f"{yuan:,}"
