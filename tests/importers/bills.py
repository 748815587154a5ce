"""Makes bills in every layout the readers know, from invented rows; nothing here is real."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

Cells = Sequence[str]


@dataclass(frozen=True)
class Entry:
    """One transaction, in the words of the wallets; the defaults make it income."""

    at: str = "2026-10-05 10:00:00"
    kind: str = "转账红包"
    who: str = "示例甲方"
    item: str = "海报尾款"
    direction: str = "收入"
    amount: str = "100.00"
    method: str = "余额"
    status: str = "交易成功"
    number: str = "2026100500001"
    merchant: str = ""
    note: str = ""
    funds: str = "已收入"
    refunded: str = "0.00"


# Alipay

ALIPAY_2023 = (
    "交易时间", "交易分类", "交易对方", "对方账号", "商品说明", "收/支", "金额",
    "收/付款方式", "交易状态", "交易订单号", "商家订单号", "备注",
)  # fmt: skip
ALIPAY_2021 = (
    "收/支", "交易对方", "对方账号", "商品说明", "收/付款方式", "金额",
    "交易状态", "交易分类", "交易订单号", "商家订单号", "交易时间",
)  # fmt: skip
ALIPAY_WEB = (
    "交易号", "商家订单号", "交易创建时间", "付款时间", "最近修改时间", "交易来源地", "类型",
    "交易对方", "商品名称", "金额（元）", "收/支", "交易状态", "服务费（元）", "成功退款（元）",
    "备注", "资金状态",
)  # fmt: skip
DASHES = "-" * 84


def _alipay_cells(entry: Entry) -> dict[str, str]:
    return {
        "交易时间": entry.at,
        "交易创建时间": f"{entry.at} ",
        "付款时间": " " * 20,
        "最近修改时间": f"{entry.at} ",
        "交易来源地": "支付宝网站",
        "交易分类": entry.kind,
        "类型": f"{entry.kind}   ",
        "交易对方": entry.who,
        "对方账号": "/",
        "商品说明": entry.item,
        "商品名称": f"{entry.item}    ",
        "收/支": entry.direction,
        "金额": entry.amount,
        "金额（元）": f"{entry.amount}   ",
        "收/付款方式": entry.method,
        "交易状态": entry.status,
        "交易订单号": f"{entry.number}\t",
        "交易号": f"{entry.number} \t",
        "商家订单号": f"{entry.merchant}\t",
        "服务费（元）": "0.00     ",
        "成功退款（元）": f"{entry.refunded}   ",
        "备注": entry.note,
        "资金状态": f"{entry.funds}   ",
    }


def alipay(
    entries: Iterable[Entry],
    *,
    columns: Cells = ALIPAY_2023,
    company: str = "支付宝支付科技有限公司",
    padding: int = 0,
    totals: Sequence[str] = (),
    account: str = "demo@example.com",
) -> str:
    """Return the text of a bill of Alipay's app as exported since 2023."""
    lines = [
        DASHES,
        "导出信息：",
        "姓名：示例",
        f"支付宝账户：{account}",
        "起始时间：[2026-10-01 00:00:00]    终止时间：[2026-10-31 23:59:59]",
        "导出交易类型：[全部]",
        "导出时间：[2026-11-01 09:00:00]",
        *totals,
        "",
        "特别提示：",
        *(f"{number}.示例提示第{number}条；" for number in range(1, 10)),
        "",
        f"------------------------{company}  电子客户回单------------------------",
        ",".join(column.ljust(padding) for column in columns) + ",",
    ]
    for entry in entries:
        cells = _alipay_cells(entry)
        lines.append(",".join(cells[column].ljust(padding) for column in columns) + ",")
    return "\n".join(lines) + "\n"


def alipay_2021(entries: Iterable[Entry], *, totals: Sequence[str] = ()) -> str:
    """Return the text of a bill of Alipay's app as exported until 2023: the notes come last."""
    rows = [_alipay_cells(entry) for entry in entries]
    lines = [
        "--------------------支付宝（中国）网络技术有限公司  电子客户回单--------------------",
        ",".join(ALIPAY_2021) + ",",
        *(",".join(f"{cells[column]}  " for column in ALIPAY_2021) + "," for cells in rows),
        DASHES,
        *totals,
        "导出时间:[2022-01-01 09:00:00]    用户:示例",
        "特别提示：",
        "1.示例提示，只用于测试；",
    ]
    return "\n".join(lines) + "\n"


def alipay_web(entries: Iterable[Entry], *, totals: Sequence[str] = ()) -> str:
    """Return the text of a bill of Alipay's website: sixteen columns, the totals come last."""
    rows = [_alipay_cells(entry) for entry in entries]
    lines = [
        "支付宝交易记录明细查询",
        "账号:[demo@example.com]",
        "起始日期:[2019-08-01 00:00:00]    终止日期:[2019-10-01 00:00:00]",
        "---------------------------------交易记录明细列表------------------------------------",
        ",".join(f"{column}    " for column in ALIPAY_WEB) + ",",
        *(",".join(cells[column] for column in ALIPAY_WEB) + "," for cells in rows),
        DASHES,
        *totals,
        "导出时间:[2019-10-08 14:34:22]    用户:示例",
    ]
    return "\n".join(lines) + "\n"


# WeChat

WECHAT = (
    "交易时间", "交易类型", "交易对方", "商品", "收/支", "金额(元)", "支付方式",
    "当前状态", "交易单号", "商户单号", "备注",
)  # fmt: skip


def wechat_entry(**changes: str) -> Entry:
    """Return a transaction in the words of WeChat: a transfer received, unless changed."""
    words = {
        "kind": "转账",
        "item": "转账备注:海报尾款",
        "method": "/",
        "status": "已存入零钱",
        "number": "4200001000001",
        "merchant": "/",
        "note": "/",
    }
    return Entry(**{**words, **changes})


def wechat_cells(entry: Entry, sign: str = "\u00a5") -> list[str]:
    """Return the cells of one row as text."""
    return [
        entry.at,
        entry.kind,
        entry.who,
        entry.item,
        entry.direction,
        f"{sign}{entry.amount}",
        entry.method,
        entry.status,
        entry.number,
        entry.merchant,
        entry.note,
    ]


def wechat_preamble(
    nickname: str = "示例", totals: Sequence[str] = (), note: bool = True
) -> list[str]:
    """Return the sixteen lines above the header, seventeen with the note on the zone of times."""
    return [
        "微信支付账单明细",
        f"微信昵称：[{nickname}]",
        "起始时间：[2026-10-01 00:00:00] 终止时间：[2026-10-31 23:59:59]",
        "导出类型：[全部]",
        "导出时间：[2026-11-01 09:00:00]",
        "",
        *(
            totals
            or ("共1笔记录", "收入：1笔 100.00元", "支出：0笔 0.00元", "中性交易：0笔 0.00元")
        ),
        "注：",
        "1. 充值/提现/理财通购买/零钱通存取/信用卡还款等交易，将计入中性交易",
        "2. 本明细仅展示当前账单中的交易，不包括已删除的记录",
        "3. 本明细仅供个人对账使用",
        *(["4. 本账单中所有时间均为UTC+08:00时间"] if note else []),
        "",
        "----------------------微信支付账单明细列表--------------------",
    ]


def wechat_csv(
    entries: Iterable[Entry], *, nickname: str = "示例", totals: Sequence[str] = (), commas: int = 8
) -> str:
    """Return the text of a bill of WeChat's as exported until February 2025."""
    lines = [line + "," * commas for line in wechat_preamble(nickname, totals, note=False)]
    lines.append(",".join(WECHAT))
    for entry in entries:
        at, *cells = wechat_cells(entry)
        cells[7] += "\t"
        cells[8] += "\t"
        lines.append(",".join([at, *(f'"{cell}"' for cell in cells)]))
    return "\r\n".join(lines) + "\r\n"


def wechat_rows(entries: Iterable[Entry], **changes: Any) -> list[list[Any]]:
    """Return the rows of a workbook of WeChat's since March 2026: typed times and amounts."""
    rows: list[list[Any]] = [[line] if line else [] for line in wechat_preamble(**changes)]
    rows.append(list(WECHAT))
    for entry in entries:
        cells: list[Any] = list(wechat_cells(entry))
        cells[0] = datetime.fromisoformat(entry.at)
        cells[5] = float(entry.amount)
        rows.append(cells)
    return rows


# The other wallets

JD = (
    "交易时间", "商户名称", "交易说明", "金额", "收/付款方式", "交易状态", "收/支",
    "交易分类", "交易订单号", "商家订单号", "备注",
)  # fmt: skip
MEITUAN = (
    "交易创建时间", "交易成功时间", "交易类型", "订单标题", "收/支", "支付方式",
    "订单金额", "实付金额", "交易单号", "商家单号", "备注",
)  # fmt: skip


def jd(entries: Iterable[Entry], *, columns: Cells = JD) -> str:
    """Return the text of a bill of JD's: tabs behind times and numbers, a blank as note."""
    lines = [
        "导出信息：",
        "京东账号名：jd_demo",
        "申请时间：2026-11-01 09:00:00",
        "日期区间：2026-10-01 至 2026-10-31",
        "导出交易类型：全部",
        "",
        "特别提示",
        "1.示例提示，只用于测试；",
        "",
        ",".join(columns),
    ]
    for entry in entries:
        cells = {
            "交易时间": f"{entry.at}\t",
            "商户名称": entry.who,
            "交易说明": entry.item,
            "金额": entry.amount,
            "收/付款方式": entry.method,
            "交易状态": entry.status,
            "收/支": entry.direction,
            "交易分类": entry.kind,
            "交易订单号": f"{entry.number}\t",
            "商家订单号": f"{entry.merchant}\t",
            "备注": " ",
        }
        lines.append(",".join(cells[column] for column in columns) + ",")
    return "\n".join(lines) + "\n"


def meituan(entries: Iterable[Entry]) -> str:
    """Return the text of a bill of Meituan's: each line of the preamble in quotes."""
    lines = [
        '"美团交易账单明细"',
        '""',
        '"美团用户名：[示例]"',
        '"起始时间：[2026-10-01 00:00:00] 终止时间：[2026-10-31 23:59:59]"',
        '""',
        '"共1笔记录"',
        '""',
        '"【美团交易账单明细列表】"',
        ",".join(MEITUAN),
    ]
    for entry in entries:
        cells = (
            "2026-10-01 08:00:00", entry.at, entry.kind, entry.item, entry.direction, entry.method,
            "￥999.00", f"￥{entry.amount}", f"{entry.number}\t", f"{entry.merchant}\t", "/",
        )  # fmt: skip
        lines.append(",".join(f'"{cell}"' for cell in cells))
    return "\r\n".join(lines) + "\r\n"


# Banks: a preamble, a header, rows and an end, each as the bank has it


def statement(
    header: Cells, rows: Iterable[Cells], *, above: Sequence[str] = (), end: Sequence[str] = ()
) -> str:
    """Return a CSV statement: cells with commas are quoted."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return (
        "".join(f"{line}\n" for line in above)
        + buffer.getvalue()
        + "".join(f"{line}\n" for line in end)
    )


# Containers


def utf8(text: str) -> bytes:
    """Return text as most vendors write it, with a mark at the beginning."""
    return text.encode("utf-8-sig")


def gb(text: str) -> bytes:
    """Return text as Alipay and older banks write it."""
    return text.encode("gb18030")


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[Any]]], formats: Mapping[str, str] | None = None
) -> bytes:
    """Return a workbook; *formats* gives columns (`A`) a number format."""
    import openpyxl  # type: ignore[import-untyped]  # it brings no types

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row, 1):
                if value != "":
                    sheet.cell(number, place).value = value
        for column, pattern in (formats or {}).items():
            for cell in sheet[column]:
                cell.number_format = pattern
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _relations(**targets: str) -> str:
    lines = (
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_KIND}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/></Types>'
    ),
    "_rels/.rels": _relations(officeDocument="xl/workbook.xml"),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="worksheet"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": _relations(
        worksheet="worksheets/sheet1.xml", styles="styles.xml", sharedStrings="sharedStrings.xml"
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
        '<numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm:ss"/>'
        '<numFmt numFmtId="165" formatCode="&quot;\u00a5&quot;#,##0.00"/></numFmts>'
        '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
        "</styleSheet>"
    ),
}


def raw_xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook as the vendor writes it: shared texts, styles of its own, rows left out.

    A datetime becomes a serial number with the first style, a float an amount with the second.
    """
    shared: dict[str, int] = {}
    lines = []
    for number, row in enumerate(rows, 1):
        cells = []
        for letter, value in zip("ABCDEFGHIJK", row, strict=False):
            if isinstance(value, datetime):
                serial = (value - datetime(1899, 12, 30)).total_seconds() / 86400
                cells.append(f'<c r="{letter}{number}" s="1"><v>{serial!r}</v></c>')
            elif isinstance(value, float):
                cells.append(f'<c r="{letter}{number}" s="2"><v>{value!r}</v></c>')
            elif value == "":
                cells.append(f'<c r="{letter}{number}"/>')
            else:
                place = shared.setdefault(value, len(shared))
                cells.append(f'<c r="{letter}{number}" t="s"><v>{place}</v></c>')
        if cells:
            lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
    sheet = f"<sheetData>{''.join(lines)}</sheetData>"
    parts = {
        **_PARTS,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{texts}</sst>',
    }
    return zipped({name: text.encode() for name, text in parts.items()})


def xls(rows: Sequence[Sequence[Any]], sheet: str = "明细") -> bytes:
    """Return an old workbook; datetimes get a format of dates."""
    import xlwt  # type: ignore[import-untyped]  # it brings no types

    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet)
    stamped = xlwt.easyxf(num_format_str="YYYY/MM/DD HH:MM:SS")
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            style = (stamped,) if isinstance(value, datetime) else ()
            page.write(number, place, value, *style)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return a zip without a password."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def aes_zipped(members: Mapping[str, bytes], password: str) -> bytes:
    """Return a zip as Alipay sends it: AES-256."""
    import pyzipper  # type: ignore[import-untyped]  # it brings no types

    buffer = io.BytesIO()
    with pyzipper.AESZipFile(
        buffer, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(password.encode())
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def old_zipped(name: bytes, data: bytes, password: str, *, flags: int = 0) -> bytes:
    """Return a zip of one member with the old cipher, its name as raw bytes.

    No library of Python's writes this cipher any more; it is given in APPNOTE.TXT, section 6.1.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    checksum = zlib.crc32(data)
    head = bytes(11) + bytes([checksum >> 24])
    body = _cipher(head + packed, password.encode())
    common = struct.pack(
        "<HHHHHIIIHH", 20, 1 | flags, 8, 0, 0x5821, checksum, len(body), len(data), len(name), 0
    )
    local = b"PK\3\4" + common + name + body
    central = (
        b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    )
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def _cipher(data: bytes, password: bytes) -> bytes:
    table = [_crc_of(byte) for byte in range(256)]
    keys = [0x12345678, 0x23456789, 0x34567890]

    def stir(byte: int) -> None:
        keys[0] = (keys[0] >> 8) ^ table[(keys[0] ^ byte) & 0xFF]
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ table[(keys[2] ^ (keys[1] >> 24)) & 0xFF]

    for byte in password:
        stir(byte)
    found = bytearray()
    for byte in data:
        mask = keys[2] | 2
        found.append(byte ^ ((mask * (mask ^ 1)) >> 8 & 0xFF))
        stir(byte)
    return bytes(found)


def _crc_of(byte: int) -> int:
    for _bit in range(8):
        byte = (byte >> 1) ^ 0xEDB88320 if byte & 1 else byte >> 1
    return byte
