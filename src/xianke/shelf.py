"""The catalogue that the user fetched: kept beside the store, believed only while it is whole.

`catalogue/platforms.json` holds the compiled catalogue and, in the same file, the sha256 of its
bytes: one rename puts both in place, so that no crash and no second process can part them.
`platforms.previous.json` is the one before it, for the way back.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from xianke import faultwords, notices, settings
from xianke.errors import Refused, Unreadable
from xianke.i18n import _

SHIPPED = Path(__file__).parent / "_data" / "platforms.json"

_DAY = re.compile(rb'\{"as_of":"(\d{4}-\d{2}-\d{2})",')
"""How a compiled catalogue begins: keys are sorted, so its day can be read without the rest."""
FORMAT = 1
"""The form of a catalogue that this program understands. One more whenever another version would
stumble over what this one may keep: what it does not know, or what it misses."""

_BEFORE = b'{"format":%d,"catalogue":' % FORMAT
_MIDDLE, _AFTER = b',"sha256":"', b'"}\n'
_OTHER_FORMAT = re.compile(rb'\{"format":\d+,')
_HEX_DIGITS = 64
_TAIL = len(_MIDDLE) + _HEX_DIGITS + len(_AFTER)


class Damaged(Exception):
    """A kept catalogue is not as it was written."""


def in_force() -> Any:  # Any: a compiled catalogue was checked against its schema
    """Return the catalogue as data: the kept one where it is whole and newer than the shipped one.

    A newer program brings a newer catalogue: then the shipped one counts, whatever is kept. One
    that was damaged is set aside with a notice; nothing is lost by that but its news.
    """
    path = current_path()
    try:
        status = path.stat()
    except OSError:
        return _shipped()
    try:
        kept = _kept(path, status.st_mtime_ns, status.st_size)
    except Damaged:
        notices.leave(_damaged())
        kept = None
    return _shipped() if kept is None else kept


@cache
def _shipped() -> Any:  # Any: see in_force
    return json.loads(SHIPPED.read_bytes())


@lru_cache(maxsize=1)
def _kept(_path: Path, _changed_at: int, _size: int) -> Any:  # Any: see in_force
    kept = _newer_than_shipped(read(current_path()))
    return None if kept is None else json.loads(kept)


def kept_in_force() -> bytes | None:
    """Return the kept catalogue as it was compiled, or None where the shipped one counts."""
    try:
        return _newer_than_shipped(read(current_path()))
    except Damaged:
        notices.leave(_damaged())
        return None


def _newer_than_shipped(kept: bytes | None) -> bytes | None:
    return kept if kept is not None and day_of(kept) > shipped_day() else None


def _damaged() -> str:
    return _(
        "更新来的平台目录坏了，先用随程序来的那份。"
        "重新更新，或退回去：xianke platforms update --rollback"
    )


def current_path() -> Path:
    """Return where the catalogue lies that was put in place last."""
    return settings.home() / "catalogue" / "platforms.json"


def previous_path() -> Path:
    """Return where the one before it lies."""
    return settings.home() / "catalogue" / "platforms.previous.json"


def shipped_day() -> str:
    """Return the day up to which the catalogue of the program is true, by its first bytes."""
    with SHIPPED.open("rb") as file:
        return day_of(file.read(40))


def day_of(compiled: bytes) -> str:
    """Return the `as_of` of a compiled catalogue; raise Damaged where it does not begin with it."""
    found = _DAY.match(compiled)
    if found is None:
        raise Damaged
    return found[1].decode()


def read(path: Path) -> bytes | None:
    """Return the compiled catalogue that a file keeps, None where there is no such file.

    One that another version of the program kept in a form of its own is as good as none.
    Raise Damaged where it cannot be read, or is not, to the byte, what was written.
    """
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Damaged from error
    if not content.startswith(_BEFORE) and _OTHER_FORMAT.match(content):
        return None
    compiled = content[len(_BEFORE) : -_TAIL]
    if content != _sealed(compiled):
        raise Damaged
    day_of(compiled)
    return compiled


def put(compiled: bytes) -> None:
    """Put a compiled catalogue in place; the kept one that was in force stays as the previous.

    Raise Unreadable where it cannot be written: then all is as it was.
    """
    before = kept_in_force()
    if before is not None:
        _write(previous_path(), before)
    else:
        _remove(previous_path())
    _write(current_path(), compiled)
    _kept.cache_clear()


def step_back() -> None:
    """Go back to the previous catalogue, and from the last kept one to the shipped one.

    A previous one that is damaged, or that the program has overtaken, is passed over. Raise
    Refused where nothing but the shipped one is there, Unreadable where it cannot be written.
    """
    try:
        now = read(current_path())
    except Damaged:
        now = b""
    if now is None:
        raise Refused(
            _("正在用的就是随程序来的目录（截至 {day}），没有可退的").format(day=shipped_day()),
            _("要更新：xianke platforms update --from 文件或网址"),
        )
    try:
        before = read(previous_path())
    except Damaged:
        before = None
    # The same one twice is what a process that died half-way left behind.
    if before is not None and before != now and day_of(before) > shipped_day():
        _write(current_path(), before)
    else:
        _remove(current_path())
    _remove(previous_path())
    _kept.cache_clear()


def _sealed(compiled: bytes) -> bytes:
    digest = hashlib.sha256(compiled).hexdigest().encode()
    return b"".join((_BEFORE, compiled, _MIDDLE, digest, _AFTER))


def _write(path: Path, compiled: bytes) -> None:
    """Write a file whole or not at all, for the user alone."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made with the rights 0600, beside the file that it is to replace.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_sealed(compiled))
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise _not_written(path, error) from error


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _not_written(path, error) from error


def _sync_folder(folder: Path) -> None:
    """Let a rename outlive a power cut, where a folder can be opened for that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _not_written(path: Path, error: OSError) -> Unreadable:
    return Unreadable(
        _("写不了 {path}：{reason}").format(path=path, reason=faultwords.of_system(error)),
        _("看看这个文件夹能不能写、磁盘是不是满了；目录没有换"),
    )
