"""Zip files as the wallets send them: passwords, names in any encoding, and limits.

Members are read in memory and never written anywhere: a name such as `../x` is only a name.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from xianke.errors import Unreadable
from xianke.i18n import _
from xianke.importers.cells import tidy

MOST_MEMBERS = 200
MOST_BYTES = 256 << 20
"""Of all members together, unpacked: the XML of a workbook is ten times the text in it."""
MOST_MEMBER_BYTES = 64 << 20
"""Of one file that was packed for sending."""
HIGHEST_RATIO = 200
"""Unpacked to packed. Tables of text come to about thirty; a bomb has a thousand."""
SMALL_BYTES = 1 << 20
"""Below this the ratio says nothing."""
MOST_TRIES = 3

_AES = 99
"""The compression method that stands for WinZip's AES; the standard library does not know it."""
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_CHUNK = 1 << 20

_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    ValueError,
    IndexError,
)
"""What the readers of zip files raise over damaged ones."""

Password = Callable[[], str | None]
"""Asks for the password of a zip; None where nobody knows it."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a zip, unpacked."""

    name: str
    data: bytes


def is_zip(data: bytes) -> bool:
    """Return whether the bytes begin as a zip does, an empty one included."""
    return data.startswith((b"PK\3\4", b"PK\5\6"))


def listing(data: bytes, name: str) -> list[zipfile.ZipInfo]:
    """Return the files of a zip; raise Unreadable where it is damaged, or would burst."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except NotImplementedError as fault:
        raise _unsupported(name) from fault
    except _DAMAGED as fault:
        raise _broken(name) from fault
    unpacked = sum(info.file_size for info in infos)
    dense = any(
        info.file_size > max(SMALL_BYTES, info.compress_size * HIGHEST_RATIO) for info in infos
    )
    if len(infos) > MOST_MEMBERS or unpacked > MOST_BYTES or dense:
        raise _bursting(name)
    return infos


def members(data: bytes, name: str, password: Password | None) -> list[Member]:
    """Return the files of a zip, unpacked in memory; those that systems add are left out."""
    infos = [info for info in listing(data, name) if not _is_added(_name(info))]
    if any(info.file_size > MOST_MEMBER_BYTES for info in infos):
        raise _bursting(name)
    locked = [info for info in infos if info.flag_bits & _ENCRYPTED]
    word = _tried(data, locked[0], name, password) if locked else None
    return [Member(_name(info), _unpacked(data, info, name, word)) for info in infos]


def chunks(data: bytes, info: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """Yield one member piece by piece; its checksum is verified at the end."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(info) as file:
            while piece := file.read(_CHUNK):
                yield piece
    except NotImplementedError as fault:
        raise _unsupported(name) from fault
    except (*_DAMAGED, RuntimeError) as fault:
        raise _broken(name) from fault


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member: vendors write UTF-8 or GB18030 without saying which."""
    if info.flag_bits & _UTF8_NAME:
        return tidy(info.filename)
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return tidy(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return tidy(info.filename)


def _is_added(name: str) -> bool:
    *folders, last = name.replace("\\", "/").split("/")
    return "__MACOSX" in folders or last.startswith((".", "~$"))


def _tried(data: bytes, info: zipfile.ZipInfo, name: str, password: Password | None) -> bytes:
    """Return the password that opens the member; ask again while the answers change."""
    tried: set[str] = set()
    for _try in range(MOST_TRIES):
        word = password() if password is not None else None
        if not word:
            break
        if word in tried:
            break
        tried.add(word)
        try:
            _read(data, info, word.encode("utf-8", "surrogateescape"))
        except NotImplementedError as fault:
            raise _unsupported(name) from fault
        except _damaged():
            # A wrong password may pass the short check of the old method and fail later.
            continue
        return word.encode("utf-8", "surrogateescape")
    hint = _(
        "密码是六位数字：支付宝在 App 的服务消息里，微信在「微信支付」公众号里；"
        "写进环境变量后用 --password-env 变量名"
    )
    if tried:
        raise Unreadable(_("「{name}」的密码不对，或者压缩包坏了").format(name=name), hint)
    raise Unreadable(_("「{name}」有密码").format(name=name), hint)


def _unpacked(data: bytes, info: zipfile.ZipInfo, name: str, word: bytes | None) -> bytes:
    try:
        return _read(data, info, word)
    except NotImplementedError as fault:
        raise _unsupported(name) from fault
    except _damaged() as fault:
        raise _broken(name) from fault


def _read(data: bytes, info: zipfile.ZipInfo, word: bytes | None) -> bytes:
    if info.compress_type != _AES:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(info, pwd=word) as file:
            return _limited(file, info)
    import pyzipper  # type: ignore[import-untyped]  # it brings no types

    with pyzipper.AESZipFile(io.BytesIO(data)) as archive:
        # Its own list: the records of the standard library lack what AES needs.
        same = next(one for one in archive.infolist() if one.header_offset == info.header_offset)
        with archive.open(same, pwd=word) as file:
            return _limited(file, info)


def _limited(file: IO[bytes], info: zipfile.ZipInfo) -> bytes:
    """Return the whole member; the size it declares is the size it may have."""
    found = file.read(info.file_size + 1)
    if len(found) != info.file_size:
        raise zipfile.BadZipFile
    return found


def _damaged() -> tuple[type[Exception], ...]:
    """Return what can be raised over damage, the twin classes of the AES reader included."""
    import pyzipper

    return (*_DAMAGED, RuntimeError, pyzipper.BadZipFile)


def _bursting(name: str) -> Unreadable:
    return Unreadable(
        _("「{name}」解开后大得不像账单，没有打开").format(name=name),
        _("只把账单文件单独拿出来再导入"),
    )


def _broken(name: str) -> Unreadable:
    return Unreadable(
        _("「{name}」坏了，或者没有下载完整").format(name=name), _("重新下载或导出一次")
    )


def _unsupported(name: str) -> Unreadable:
    return Unreadable(
        _("「{name}」的压缩方法不认识").format(name=name), _("先用解压软件解开，再导入里面的文件")
    )
