"""What libraries and the system complain of in English, said in the user's language.

YAML, JSON and TOML readers, the checker of catalogue files, SQLite and the file system each have
their own sentences. The common ones are said anew; of the rest a Chinese user is told only that
something is wrong at that place, for half a sentence in English helps nobody.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable

from xianke.i18n import _, language

Saying = tuple[str, Callable[[re.Match[str]], str]]
"""A pattern for a library's sentence, and what is said in its place."""

_ERRNO: dict[int, Callable[[], str]] = {
    errno.ENOENT: lambda: _("没有这个文件或文件夹"),
    errno.EACCES: lambda: _("没有权限"),
    errno.EPERM: lambda: _("没有权限"),
    errno.EROFS: lambda: _("那里只能读，不能写"),
    errno.ENOSPC: lambda: _("磁盘满了"),
    errno.EDQUOT: lambda: _("磁盘配额用完了"),
    errno.EISDIR: lambda: _("那是一个文件夹"),
    errno.ENOTDIR: lambda: _("路径中间有一段不是文件夹"),
    errno.ENAMETOOLONG: lambda: _("名字太长"),
    errno.ELOOP: lambda: _("链接绕成了圈"),
    errno.EEXIST: lambda: _("那里已经有了"),
    errno.EBUSY: lambda: _("正被别的程序占用"),
    errno.EIO: lambda: _("磁盘读写出错"),
    errno.EMFILE: lambda: _("打开的文件太多"),
    errno.EINVAL: lambda: _("这个名字不能用"),
}

_YAML: tuple[Saying, ...] = (
    (r"could not find expected ':'|expected ':'", lambda _m: _("少了冒号")),
    (r"mapping values are not allowed", lambda _m: _("冒号的位置不对：文字里有冒号就加引号")),
    (
        r"expected ',' or '\]'",
        lambda _m: _("方括号没有关上，或者中间少了逗号"),
    ),
    (r"expected ',' or '\}'", lambda _m: _("花括号没有关上，或者中间少了逗号")),
    (
        r"sequence entries are not allowed",
        lambda _m: _("列表的「- 」要另起一行"),
    ),
    (
        r"expected key|expected '-' indicator|<block end>|<block mapping start>",
        lambda _m: _("缩进没有对齐"),
    ),
    (
        r"cannot start any token|tab character",
        lambda _m: _("这里不能有这个字符：缩进用空格不用 Tab，@ 和 ` 开头的加引号"),
    ),
    (r"unexpected end of stream|unexpected document separator", lambda _m: _("引号没有关上")),
    (r"unknown escape character", lambda _m: _("双引号里的反斜杠要写两个")),
    (
        r"(?:control|special) characters are not allowed|half a character",
        lambda _m: _("有看不见的字符"),
    ),
    (
        r"expected (?:a single|<document start>)|another document",
        lambda _m: _("一个文件只写一份内容"),
    ),
    (r"expected (?:the )?node content", lambda _m: _("少了值，或者多了一个符号")),
    (r"found undefined tag handle|undefined alias|tag", lambda _m: _("不能用「!」标签和「*」别名")),
    (r"anchors and aliases are not allowed", lambda _m: _("不能用 YAML 的锚和别名，把内容写开")),
    (r"nested more than (\d+) levels", lambda m: _("套了 {count} 层以上").format(count=m[1])),
    (r"more than (\d+) entries", lambda m: _("超过 {count} 项").format(count=m[1])),
    (r"a key has to be a text", lambda _m: _("冒号前面要是一个名称")),
    (r"key stands twice: (.*)$", lambda m: _("名称 {name} 前面已经有了").format(name=m[1])),
)

_JSON: tuple[Saying, ...] = (
    (r"Expecting value", lambda _m: _("少了值")),
    (r"Expecting property name", lambda _m: _("名称要用双引号括起来")),
    (r"Expecting ',' delimiter", lambda _m: _("少了逗号")),
    (r"Expecting ':' delimiter", lambda _m: _("少了冒号")),
    (r"[Tt]railing comma", lambda _m: _("最后一项后面多了逗号")),
    (r"Extra data", lambda _m: _("后面多出了内容")),
    (r"Unterminated string", lambda _m: _("引号没有关上")),
    (r"Invalid control character", lambda _m: _("有看不见的字符")),
    (r"Invalid \\", lambda _m: _("反斜杠后面不能是这个")),
)

_TOML: tuple[Saying, ...] = (
    (r"Expected '=' after a key", lambda _m: _("少了等号")),
    (r"Invalid value", lambda _m: _("等号后面不是一个值：文字要加引号")),
    (r"Unterminated string|Illegal character", lambda _m: _("引号没有关上")),
    (r"Unclosed array", lambda _m: _("方括号没有关上")),
    (r"Cannot (?:overwrite|declare)", lambda _m: _("这一项前面已经有了")),
    (r"Expected newline or end of document", lambda _m: _("一行只能写一项")),
    (r"Invalid (?:statement|initial character)", lambda _m: _("这一行不是「名称 = 值」")),
)

_CHECKER: tuple[Saying, ...] = (
    (r"^Field required$", lambda _m: _("少了这一项")),
    (r"^Extra inputs are not permitted$", lambda _m: _("没有这一项，看看是不是拼错了")),
    (r"^must not be blank$", lambda _m: _("不能空着")),
    (r"^Input should be ('.*')$", lambda m: _("只能是 {names}").format(names=_either(m[1]))),
    (r"valid string", lambda _m: _("要写成文字")),
    (r"valid (?:list|tuple|set)", lambda _m: _("要写成列表")),
    (r"valid dictionary|instance of", lambda _m: _("要写成「名称: 值」几行")),
    (
        r"valid date|valid datetime|day is out of range|month must be",
        lambda _m: _("要写成日期，如 2026-11-22"),
    ),
    (r"^String should match pattern", lambda _m: _("写法不合规定")),
    (r"should have at least (\d+)", lambda m: _("至少要有 {count} 个").format(count=m[1])),
    (r"should have at most (\d+)", lambda m: _("最多只能有 {count} 个").format(count=m[1])),
    (
        r"should be (?:greater|less) than",
        lambda _m: _("超出了允许的范围"),
    ),
    (r"^not a (?:whole )?number", lambda _m: _("要写成数字")),
    (r"^larger than anything", lambda _m: _("数太大")),
    (r"control character|not printable in GBK", lambda _m: _("有终端显示不了的字符")),
    (r"(?<!key) stands twice", lambda _m: _("和前面的重复了")),
    (r"pay without low", lambda _m: _("报酬没有写 low、typical 或 high")),
    (r"^low <= typical <= high", lambda _m: _("low、typical、high 要从小到大")),
    (r"url starts with http", lambda _m: _("网址要以 http:// 或 https:// 开头")),
    (r"points at a source that is not", lambda _m: _("指的来源不在来源列表里")),
    (r"no source is named", lambda _m: _("写了内容，却没有写来源")),
    (r"no category|no factor", lambda _m: _("指的类别或系数不在文件里")),
    (r"platform id has a meaning", lambda _m: _("这个 id 另有用处，换一个")),
)

_SQLITE: tuple[Saying, ...] = (
    (r"not a database|unsupported file format", lambda _m: _("不是数据库文件")),
    (r"malformed|corrupt", lambda _m: _("内容坏了")),
    (r"unable to open", lambda _m: _("打不开")),
    (r"readonly", lambda _m: _("只能读，不能写")),
    (r"disk I/O error", lambda _m: _("磁盘读写出错")),
    (r"full", lambda _m: _("磁盘满了")),
    (r"locked", lambda _m: _("正被别的程序占用")),
    (r"no such table|already exists", lambda _m: _("里面的表不是 xianke 的样子")),
    (r"decode to UTF-8|codec can't decode", lambda _m: _("里面有读不出的文字")),
    (r"FOREIGN KEY", lambda _m: _("所指的那一行不在")),
    (r"UNIQUE", lambda _m: _("和另一行重复")),
    (r"NOT NULL", lambda _m: _("少了一项")),
    (r"CHECK", lambda _m: _("有一项的值不合规定")),
)


def of_system(error: OSError) -> str:
    """Return why the system refused: no rights, no room, no such file."""
    said = _ERRNO.get(error.errno or 0)
    if said is not None:
        return said()
    if language() == "en" and error.strerror:
        return error.strerror
    return _("系统不肯（错误 {number}）").format(number=error.errno)


def of_yaml(text: str) -> str:
    """Return what a reader of YAML stumbled over."""
    return _said(text, _YAML, _("这里的写法不对"))


def of_toml(text: str) -> str:
    """Return what a reader of TOML stumbled over."""
    return _said(text, _TOML, _("这里的写法不对"))


def of_sqlite(text: str) -> str:
    """Return what SQLite says of a file."""
    return _said(text, _SQLITE, _("内部的结构不对"))


def of_checker(text: str) -> str:
    """Return what is wrong with a catalogue file, be it in its signs or in what they say."""
    return _said(text, (*_CHECKER, *_YAML, *_JSON), _("不合目录的格式"))


def _said(text: str, sayings: tuple[Saying, ...], rest: str) -> str:
    for pattern, said in sayings:
        match = re.search(pattern, text)
        if match is not None:
            return said(match)
    # An English reader gets more out of the library's own sentence.
    return text if language() == "en" else rest


def _either(text: str) -> str:
    """Return `'a', 'b' or 'c'` with commas alone."""
    return text.replace(" or ", ", ").replace("'", "")
