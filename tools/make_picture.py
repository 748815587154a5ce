"""Write `docs/suggest.svg` and `docs/suggest.zh-CN.svg`: what `xianke suggest` says, as a picture.

The real program answers, on a frozen day, for an invented life in a folder that is thrown away.
The picture is one file without fonts, scripts or addresses; every character stands at its own
place, so that Chinese ones take exactly two cells in whatever font a reader has. With `--check`
nothing is written; the exit status says whether a picture is stale.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from html import escape, unescape
from io import StringIO
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

DOCS = Path(__file__).resolve().parent.parent / "docs"
PICTURES = {"en": DOCS / "suggest.svg", "zh": DOCS / "suggest.zh-CN.svg"}

NOW = "2026-11-22T10:00:00+08:00"
COLUMNS = 80
BLOCKS = 3
"""How much of the answer is shown, counted in pieces between empty lines; the rest is `…`."""

LIFE = (
    ("inventory", "add", "slot", "weekdays 12:00-13:00", "--place", "office"),
    ("inventory", "add", "slot", "Mon-Thu 19:30-21:30", "--place", "home"),
    ("inventory", "add", "slot", "Sat 09:00-12:00", "--place", "neighbourhood"),
    ("inventory", "add", "skill", "PPT", "--level", "4"),
    ("inventory", "add", "skill", "家教"),
    ("inventory", "add", "asset", "computer"),
    ("inventory", "set", "education", "bachelor"),
    ("inventory", "set", "birth_year", "1994"),
    ("inventory", "set", "city", "Hangzhou"),
    *(
        ("log", "xianyu", amount, "--minutes", minutes, "--unpaid", waited,
         "--category", "skill_service", "--at", at)
        for amount, minutes, waited, at in (
            ("120", "90", "20", "2026-11-03 20:00"),
            ("80", "75", "15", "2026-11-10 20:00"),
            ("100", "60", "25", "2026-11-17 20:00"),
            ("150", "100", "20", "2026-11-19 20:00"),
        )
    ),
)  # fmt: skip
"""An invented office worker in Hangzhou: lunch, evenings, Saturday; slides, and school children."""

ASKED = ("suggest", "--limit", "4")

THEME = TerminalTheme(
    (24, 28, 34),
    (222, 226, 230),
    [(139, 148, 158), (255, 123, 114), (126, 210, 131), (227, 179, 65),
     (121, 192, 255), (210, 168, 255), (118, 227, 234), (222, 226, 230)],
)  # fmt: skip

TEMPLATE = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix, .{unique_id}-title {{
font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono",
"PingFang SC", "Microsoft YaHei", "Noto Sans Mono CJK SC", "Noto Sans CJK SC",
"WenQuanYi Micro Hei", monospace;
font-size: {char_height}px;
}}
.{unique_id}-title {{ font-size: 16px; }}
{styles}
</style>
{chrome}
<g class="{unique_id}-matrix" transform="translate({terminal_x}, {terminal_y})">
{matrix}</g>
</svg>
"""
ASPECT = 0.6
"""How wide a cell is for its height: about what the usual fonts for terminals have."""
CELL = 20 * ASPECT

_TEXT = re.compile(
    r'<text class="([\w-]+)" x="([\d.]+)" y="([\d.]+)" textLength="[^"]*" clip-path="[^"]*">'
    r"(.*?)</text>",
    re.DOTALL,
)
_LONG = re.compile(r"\d+\.\d{4,}")


def main(arguments: list[str]) -> int:
    """Write both pictures, or with `--check` compare them."""
    stale = []
    for language, path in PICTURES.items():
        drawn = picture(answer(language))
        if "--check" in arguments:
            if not path.exists() or path.read_text(encoding="utf-8") != drawn:
                stale.append(path.name)
        else:
            path.write_text(drawn, encoding="utf-8", newline="\n")
    if stale:
        print(f"{', '.join(stale)}: stale; make picture")
    return 1 if stale else 0


def answer(language: str) -> str:
    """Return what the program says to the invented life, with the escapes of a terminal."""
    with tempfile.TemporaryDirectory() as home:
        for words in LIFE:
            _run(words, home, "en")
        return _run(ASKED, home, language)


def _run(words: tuple[str, ...], home: str, language: str) -> str:
    around = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("XIANKE_") and name not in ("NO_COLOR", "COLORTERM")
    }
    done = subprocess.run(
        [sys.executable, "-m", "xianke", *words],
        env={
            **around,
            "XIANKE_HOME": home,
            "XIANKE_LANG": language,
            "XIANKE_NOW": NOW,
            "COLUMNS": str(COLUMNS),
            "TERM": "xterm-256color",
            "FORCE_COLOR": "1",
            "PYTHONUTF8": "1",
        },
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def picture(said: str) -> str:
    """Return the picture of a terminal in which the program was asked and said that."""
    pieces = said.strip("\n").split("\n\n")
    shown = pieces[:BLOCKS] + ["…"] * (len(pieces) > BLOCKS)
    asked = " ".join(("xianke", *ASKED))
    console = Console(
        record=True, width=COLUMNS, file=StringIO(), force_terminal=True, legacy_windows=False
    )
    console.print(Text.assemble(("$ ", "black"), (asked, "bold")))
    console.print()
    console.print(Text.from_ansi("\n\n".join(shown)))
    drawn = console.export_svg(
        title="xianke", theme=THEME, code_format=TEMPLATE, font_aspect_ratio=ASPECT,
        unique_id="xianke",
    )  # fmt: skip
    rounded = _LONG.sub(lambda number: f"{float(number[0]):.1f}", drawn)
    lines = _TEXT.sub(_placed, rounded).splitlines()
    return "".join(f"{line.strip()}\n" for line in lines if line.strip())


def _placed(tag: re.Match[str]) -> str:
    """Return a run of text with a place for every character; rules are drawn through."""
    look, left, down = tag[1], float(tag[2]), tag[3]
    text = unescape(tag[4]).replace("\xa0", " ")
    if set(text.strip()) == {"─"}:
        end = CELL * cell_len(text.strip())
        return (
            f'<text class="{look}" x="{left:g}" y="{down}" textLength="{end:g}"'
            f' lengthAdjust="spacingAndGlyphs">{text.strip()}</text>\n'
        )
    kept = text.rstrip()
    places = " ".join(f"{left + CELL * cell_len(kept[:at]):g}" for at in range(len(kept)))
    words = escape(kept).replace(" ", "&#160;")
    return f'<text class="{look}" x="{places}" y="{down}">{words}</text>\n' if kept else ""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
