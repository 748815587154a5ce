"""The first day of a stranger, at a real terminal, in each language.

From the ten questions to a suggestion, a gig, a bill, an offer and a plan: what README promises,
one command after the other in one folder, as somebody types them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from xianke.render.text import width

if sys.platform == "win32":
    pytest.skip("no pseudo terminal there", allow_module_level=True)

from tests.cli.terminals import COLUMNS, Terminal
from tests.importers import bills

OFFER = "招聘刷单员，日结300，先垫付100元做任务，做完连本带利返还，加微信 abc123"
LIVES = {
    "zh": ("3", "成都", "", "", "", "周六下午", "做饭，2", "", "电动自行车", "稳定"),
    "en": ("2", "Chengdu", "", "", "", "Sat 2-6pm", "Slide decks", "1 2", "", "quick cash"),
}
"""Who answers: a parent at home, a student."""


class Stranger:
    """Somebody who has only the program, and types one command after the other."""

    def __init__(self, language: str) -> None:
        self.language = language

    def types(self, *words: str, code: int = 0, **answers: str) -> str:
        """Run one command, answer what it asks, and return what stood on the terminal."""
        session = Terminal(*words, XIANKE_LANG=self.language)
        for prompt, answer in answers.items():
            session.wait_for(PROMPTS[prompt])
            session.answer(answer)
        assert session.finish() == code, session.text
        assert "Traceback" not in session.text
        shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", session.text).replace("\r", "")
        # A line to copy is kept in one piece, whatever its length.
        lines = [line for line in shown.splitlines() if "xianke " not in line]
        assert [line for line in lines if width(line) > COLUMNS] == []
        return shown

    def answers_the_questions(self) -> str:
        """Go through `init` and return what it ends with."""
        session = Terminal("init", XIANKE_LANG=self.language)
        for line in LIVES[self.language]:
            session.wait_for("\n> ")
            session.answer(line)
        assert session.finish() == 0, session.text
        return session.text


PROMPTS = {"confirm": "[y/N]"}


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    """Return a WeChat bill with one payment for work, as it is sent by mail."""
    path = tmp_path / "bill.xlsx"
    entry = bills.wechat_entry(who="王同学")
    path.write_bytes(bills.xlsx({"Sheet1": bills.wechat_rows([entry])}))
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_nothing_to_a_planned_week(language: str, bill: Path) -> None:
    """Each step works by itself, at once, and the next one builds on it."""
    somebody = Stranger(language)

    ended = somebody.answers_the_questions()
    assert re.search(r"\d+–\d+ (元|yuan)", ended)  # a range, with its unit

    advice = somebody.types("suggest")
    assert "→ " in advice and "xianke suggest --explain" in advice

    somebody.types("log", "self", "60", "--minutes", "50", "--category", "local_service")
    assert "72.00" in somebody.types("rates")

    assert bill.name in somebody.types("import", str(bill), confirm="y")
    assert "王同学" in somebody.types("bills")

    offer = somebody.types("check", OFFER, code=10)
    assert "110" in offer

    week = somebody.types("plan")
    assert re.search(r"\d\d:\d\d-\d\d:\d\d", week)
    assert "60.00" in somebody.types("report")
