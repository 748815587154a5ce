"""READMEs and docs as tests see them: pages, headings, links, blocks of code, commands."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.importers import bills

ROOT = Path(__file__).resolve().parents[1]
GENERATED = {"docs/reference.md", "docs/reference.zh-CN.md"}
"""Pages made of the program's own help, whose examples are run where help pages are tested."""
TWIN = ".zh-CN.md"
"""What the Chinese page of two that say the same ends in."""

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:周会\r\n"
    "DTSTART:20261130T010000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CLOCK = re.compile(r"^<!-- now: (\S+) -->$", re.MULTILINE)
_UNSEEN = re.compile(r"^<!-- typed before: (xianke .+) -->$", re.MULTILINE)
_SPAN = re.compile(r"(?<!`)`([^`\n]+(?:\n[^`\n]+)?)`(?!`)")
_LINK = re.compile(
    r"!?\[[^\]]*\]\(([^)\s]+)\)"  # a link, a picture
    r"|(?:src|srcset|href)=\"([^\"]+)\""
)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its lines, and the clock a comment above it has set."""

    kind: str
    lines: tuple[str, ...]
    now: str | None


@dataclass(frozen=True)
class Page:
    """One page, by its path from the root."""

    path: Path

    def __str__(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def text(self) -> str:
        """Return the page as it is written."""
        return self.path.read_text(encoding="utf-8")

    @property
    def prose(self) -> str:
        """Return the page without its fenced blocks."""
        return _FENCE.sub("", self.text)

    @property
    def language(self) -> str:
        """Return the language the page is in: zh or en."""
        return "zh" if self.path.name.endswith(TWIN) else "en"

    @property
    def twin(self) -> Path:
        """Return where the same page in the other language is, or would be."""
        if self.language == "zh":
            return self.path.with_name(self.path.name.removesuffix(TWIN) + ".md")
        return self.path.with_name(self.path.stem + TWIN)

    @property
    def anchors(self) -> set[str]:
        """Return what a link can point at on the page, as GitHub names headings."""
        return {_anchor(heading) for heading in _HEADING.findall(self.prose)}

    @property
    def links(self) -> list[str]:
        """Return where the links and pictures of the page point."""
        return [next(filter(None, found)) for found in _LINK.findall(_SPAN.sub("", self.prose))]

    def blocks(self) -> Iterator[Block]:
        """Yield the fenced blocks in order; a comment may hold a line that was typed before."""
        clocks = [(found.start(), found[1]) for found in _CLOCK.finditer(self.text)]
        found = [
            *((one.start(), one[1], one[2].splitlines()) for one in _FENCE.finditer(self.text)),
            *((one.start(), "console", [f"$ {one[1]}"]) for one in _UNSEEN.finditer(self.text)),
        ]
        for at, kind, lines in sorted(found):
            before = [now for place, now in clocks if place < at]
            yield Block(kind, tuple(lines), before[-1] if before else None)

    def commands(self) -> list[str]:
        """Return every `xianke …` that the page names, in a block or in running text."""
        found = [" ".join(span.split()) for span in _SPAN.findall(self.prose)]
        for block in self.blocks():
            found += [piece for line in block.lines for piece in re.split(r"&&|;|\|", line)]
        named = [re.sub(r"^\s*\$ |^\s*\S*[/\\](?=xianke )|^\w+=\S+ ", "", one) for one in found]
        return [one.strip() for one in named if one.strip().startswith("xianke ")]


@dataclass(frozen=True)
class Example:
    """A line behind a `$`, the words of it, and the lines that are shown below it."""

    line: str
    words: tuple[str, ...]
    shown: tuple[str, ...]
    now: str | None


def pages() -> list[Page]:
    """Return every page that is meant for people."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob(".github/**/*.md")]
    return [Page(path) for path in sorted(found)]


def written_by_hand() -> list[Page]:
    """Return the pages that no tool has written."""
    return [page for page in pages() if str(page) not in GENERATED]


def examples(page: Page) -> list[Example]:
    """Return what the `console` blocks of a page tell a reader to type, in order."""
    found: list[Example] = []
    for block in page.blocks():
        if block.kind != "console":
            continue
        for line in block.lines:
            if line.startswith("$ "):
                words = tuple(shlex.split(line[2:], comments=True))
                found.append(Example(line[2:], words, (), block.now))
            else:
                last = found.pop()
                found.append(Example(last.line, last.words, (*last.shown, line), last.now))
    return found


def _anchor(heading: str) -> str:
    bare = re.sub(r"`|\[([^\]]*)\]\([^)]*\)", lambda link: link[1] or "", heading)
    return re.sub(r"[^\w\- ]", "", bare.strip().lower()).replace(" ", "-")


def lay_out(desk: Path) -> None:
    """Put the invented files that examples name into a new folder."""
    desk.mkdir()
    workbook = bills.xlsx({"Sheet1": bills.wechat_rows([
        bills.wechat_entry(at="2026-11-20 20:31:00", who="示例书店", item="转账备注:海报尾款",
                           amount="150.00", number="4200001000001"),
        bills.wechat_entry(at="2026-11-19 12:40:00", who="示例同事", item="转账备注:饭钱",
                           amount="46.00", number="4200001000002"),
    ])})  # fmt: skip
    for name in ("wechat-bill.xlsx", "微信支付账单.xlsx"):
        (desk / name).write_bytes(workbook)
    for names, text in (
        (("work.ics", "工作.ics"), CALENDAR),
        (("offer.txt", "招工.txt"), "诚聘打字员，日结三百，先交押金二百元，做满退还\n"),
        (("stock.yaml",), "skills:\n- name: Excel\n  level: 4\nassets:\n- name: 相机\n"),
    ):
        for name in names:
            (desk / name).write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "data" / "platforms.yaml", desk / "platforms.yaml")
