"""Check `data/*.yaml` and write the compiled catalogue below `src/xianke/_data`.

Run as `python tools/make_data.py`; with `--check` nothing is written and the exit status says
whether the compiled files are current.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from xianke import datafile, regionnames
from xianke._trap_cues import cues_of
from xianke._trap_likeness import sort_of, taught
from xianke.schema import MODELS

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "data"
TARGET = ROOT / "src" / "xianke" / "_data"


def written_out(word: str) -> list[str]:
    """Return every text that *word* stands for: `(a|b)`, `[xy]`, and `c?` with and without c."""

    def alternatives(place: int) -> tuple[list[str], int]:
        whole: list[str] = []
        texts = [""]
        while place < len(word) and word[place] != ")":
            character = word[place]
            if character == "|":
                whole, texts, place = whole + texts, [""], place + 1
                continue
            if character == "(":
                options, place = alternatives(place + 1)
                place += 1
            elif character == "[":
                end = word.index("]", place)
                options, place = list(word[place + 1 : end]), end + 1
            else:
                options, place = [character], place + 1
            if word[place : place + 1] == "?":
                options, place = [*options, ""], place + 1
            texts = [text + option for text in texts for option in options]
        return whole + texts, place

    return [text for text in alternatives(0)[0] if text]


def compiled_cues(data: dict[str, Any]) -> dict[str, Any]:
    """Return the cues with every word written out, so that reading needs no patterns."""
    return {
        "traditional": {pair[0]: pair[1] for pair in data["traditional"].split()},
        "spellings": {
            written.lower(): meant
            for meant, listed in data["spellings"].items()
            for written in listed.split()
        },
        "masked": data["masked"].split(),
        "words": {
            concept: sorted({text for word in listed.split() for text in written_out(word)})
            for concept, listed in data["words"].items()
        },
        "work": {category: listed.split() for category, listed in data["work"].items()},
        "signs": [
            {
                **sign,
                "needs": sign["needs"].split(),
                "unless": sign.get("unless", "").split(),
                "beside": sign.get("beside", "").split(),
            }
            for sign in data["signs"]
        ],
    }


def compiled(name: str) -> tuple[str | None, list[str]]:
    """Return the JSON of one data file, or the problems found in it."""
    data, problems = datafile.check(SOURCE / f"{name}.yaml", MODELS[name])
    if data is None:
        return None, [str(problem) for problem in problems]
    if name == "cues":
        data = compiled_cues(data)
    elif name == "regions":
        data = regionnames.compiled(data)
    return datafile.compiled(name, data), []


def compiled_offers() -> str:
    """Return the JSON of the weights that the invented offers teach."""
    cues = cues_of(json.loads((TARGET / "cues.json").read_text(encoding="utf-8")), "zh")
    weights = taught(
        (
            cues.levels.read(offer["text"]).plain,
            offer["label"] == "trap",
            offer["kind"],
            sort_of(path.stem),
        )
        for path in sorted((SOURCE / "offers").glob("*.jsonl"))
        for offer in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    )
    kinds = sorted({kind for _weight, kind in weights.pieces.values()})
    pieces = {
        piece: (weight, kinds.index(kind)) for piece, (weight, kind) in weights.pieces.items()
    }
    written = {"kinds": kinds, "pieces": pieces}
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def main() -> int:
    """Compile every data file, or check that the compiled ones are current."""
    failed = False
    for name in MODELS:
        text, problems = compiled(name)
        for problem in problems:
            print(f"data/{problem}", file=sys.stderr)
        if text is None:
            failed = True
            continue
        failed = not kept(name, text) or failed
    # Last: the offers are read by the cues just written.
    if not failed:
        failed = not kept("offers", compiled_offers())
    return 1 if failed else 0


def kept(name: str, text: str) -> bool:
    """Write a compiled file, or tell whether it is current where nothing is to be written."""
    target = TARGET / f"{name}.json"
    if "--check" not in sys.argv:
        target.write_text(text, encoding="utf-8")
    elif not target.exists() or target.read_text(encoding="utf-8") != text:
        print(f"{target.name} is stale: run `make data`", file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
