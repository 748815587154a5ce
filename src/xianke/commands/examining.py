"""What `doctor` looks at in the store, brought into the order in which it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianke import settings
from xianke.ailments import Ailment, Looked
from xianke.i18n import _, plural
from xianke.store import copies, opening, soundness

if TYPE_CHECKING:
    from xianke.store.soundness import Examined


def store_looked() -> list[Looked]:
    """Look at the store, its sums, its journal and its copies; nothing is written."""
    path = settings.database_path()
    found = soundness.examine(path)
    kept, broken = soundness.examine_copies(path)
    looked = [Looked("store", _store_fact(found), found.store)]
    if found.summary is not None:
        looked.append(Looked("money", _("分毫不差"), found.money))
        looked.append(Looked("journal", _("能撤销"), found.journal))
    lacking = found.summary is not None and found.summary.rows > 0 and not (kept or broken)
    none = (_no_copy(),) if lacking else ()
    return [*looked, Looked("copies", _copies_fact(kept), (*broken, *none))]


def _store_fact(found: Examined) -> str:
    if found.summary is None and found.version is None:
        return "" if found.store else _("还没有数据")
    if found.version is not None and 0 < found.version < opening.SCHEMA_VERSION:
        return _("旧格式，下一条命令会先备份再升级")
    if found.summary is None or found.summary.rows == 0:
        return "" if found.store else _("还没有数据")
    return _("，").join(
        [
            plural("{count} 单", found.summary.gigs).format(count=found.summary.gigs),
            plural("{count} 笔到账", found.summary.payouts).format(count=found.summary.payouts),
        ]
    )


def _copies_fact(kept: list[copies.Copy]) -> str:
    if not kept:
        return _("还没有备份")
    return _("{count} 份，最新 {at}").format(count=len(kept), at=f"{kept[-1].at:%Y-%m-%d %H:%M}")


def _no_copy() -> Ailment:
    return Ailment("no_copy", "warning", _("还没有备份"), _("存一份：xianke backup"))
