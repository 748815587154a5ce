"""What libraries complain of, said in the user's language; the rest is kept out of the sentence."""

from __future__ import annotations

import errno
import json
import os
import re
import sqlite3
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from xianke import faultwords, i18n, yamltext

LETTERS = re.compile("[A-Za-z]{3,}")
OWN = re.compile("YAML|Tab|low|typical|high|xianke|http|https")
"""Words that stay as they are in Chinese."""


def _yaml(text: str) -> str:
    with pytest.raises(yamltext.Unfit) as caught:
        yamltext.composed(text)
    return faultwords.of_yaml(caught.value.reason)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b: c\n", "冒号的位置不对：文字里有冒号就加引号"),
        ("a:\n  - b: c\n   d: e\n", "缩进没有对齐"),
        ("a: - b\n", "列表的「- 」要另起一行"),
        ("a: [b, c\n", "方括号没有关上，或者中间少了逗号"),
        ("a: {b: 1\n", "花括号没有关上，或者中间少了逗号"),
        ('a: "b\n', "引号没有关上"),
        ("a:\n\t- b\n", "这里不能有这个字符：缩进用空格不用 Tab，@ 和 ` 开头的加引号"),
        ("a: @b\n", "这里不能有这个字符：缩进用空格不用 Tab，@ 和 ` 开头的加引号"),
        ("a: 1\n---\nb: 2\n", "一个文件只写一份内容"),
        ("a: &b c\n", "不能用 YAML 的锚和别名，把内容写开"),
        ("a: 1\na: 2\n", "名称 'a' 前面已经有了"),
    ],
)
@pytest.mark.parametrize("built", [True, False])
def test_what_is_wrong_with_yaml_is_said_in_plain_words(
    text: str, said: str, built: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what the reader really says of a text; its two builds have sentences of their own."""
    if not built:
        monkeypatch.delattr(yaml, "CBaseLoader", raising=False)

    assert _yaml(text) == said


def test_the_place_is_named_by_line_and_column() -> None:
    """Both counted from one, as editors count them."""
    with pytest.raises(yamltext.Unfit) as caught:
        yamltext.composed("slots:\n  - when: 工作日: 12\n")

    assert (caught.value.line, caught.value.column) == (2, 14)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": }', "少了值"),
        ('{"a": 1 "b": 2}', "少了逗号"),
        ('{"a" 1}', "少了冒号"),
        ("{a: 1}", "名称要用双引号括起来"),
        ('{"a": 1} b', "后面多出了内容"),
        ('{"a": "b', "引号没有关上"),
    ],
)
def test_what_is_wrong_with_json(text: str, said: str) -> None:
    """As Python's own reader says it."""
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(text)

    assert faultwords.of_checker(caught.value.msg) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("zone Asia\n", "少了等号"),
        ("zone = Asia\n", "等号后面不是一个值：文字要加引号"),
        ('zone = "Asia\n', "引号没有关上"),
        ('zone = "a"\nzone = "b"\n', "这一项前面已经有了"),
        ('zone = "a" b = "c"\n', "一行只能写一项"),
    ],
)
def test_what_is_wrong_with_toml(text: str, said: str) -> None:
    """As the standard reader says it."""
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)

    assert faultwords.of_toml(str(caught.value)) == said


def test_what_sqlite_says_of_a_file(tmp_path: Path) -> None:
    """A text file is no database."""
    path = tmp_path / "x.db"
    path.write_text("not a database at all, " * 100, encoding="utf-8")

    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.DatabaseError) as caught:
        connection.execute("SELECT * FROM sqlite_master")
    connection.close()

    assert faultwords.of_sqlite(str(caught.value)) == "不是数据库文件"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOENT, "没有这个文件或文件夹"),
        (errno.EACCES, "没有权限"),
        (errno.ENOSPC, "磁盘满了"),
        (errno.EISDIR, "那是一个文件夹"),
    ],
)
def test_why_the_system_refused(number: int, said: str) -> None:
    """By its number: the sentence depends on the system."""
    assert faultwords.of_system(OSError(number, os.strerror(number))) == said


@pytest.mark.parametrize(
    "said",
    [
        faultwords.of_yaml,
        faultwords.of_toml,
        faultwords.of_sqlite,
        faultwords.of_checker,
    ],
)
def test_the_rest_is_kept_out_of_a_chinese_sentence(said: Callable[[str], str]) -> None:
    """An English reader gets it as it is."""
    assert not LETTERS.search(OWN.sub("", said("some wondrous new complaint")))

    i18n.set_language("en")
    assert said("some wondrous new complaint") == "some wondrous new complaint"


def test_a_strange_refusal_of_the_system_has_its_number() -> None:
    """So that somebody can look it up."""
    error = OSError(9999, "Wondrous refusal")

    assert faultwords.of_system(error) == "系统不肯（错误 9999）"

    i18n.set_language("en")
    assert faultwords.of_system(error) == "Wondrous refusal"
