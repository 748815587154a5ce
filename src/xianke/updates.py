"""The only module that speaks HTTP: it fetches one file, over https alone, and believes nothing."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from xianke import __version__
from xianke.errors import NotUnderstood, Refused, Unreachable, Unreadable
from xianke.i18n import _, plural

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 2_000_000
"""More than ten times what the catalogue takes, and still read in seconds."""

MOST_REDIRECTS = 3
REDIRECTS = (301, 302, 303, 307, 308)

PLAIN = frozenset(
    {
        "application/json", "application/yaml", "application/x-yaml", "application/octet-stream",
        "text/json", "text/yaml", "text/x-yaml", "text/plain", "",
    }
)  # fmt: skip
"""What a catalogue may call itself; servers that name no type at all are not refused."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: for a connection, for each piece of an answer, and for everything together."""

    connect: float = 10
    read: float = 20
    total: float = 60


USUAL = Limits()


def is_address(text: str) -> bool:
    """Return whether a text is an address rather than the path of a file."""
    return "://" in text


def fetch(address: str) -> bytes:
    """Return what lies at an https address, at most `MOST_BYTES`.

    Sent is a plain GET: no cookies, no login, no compression, `xianke/VERSION` as the program.
    At most three redirects are followed, each to https again.

    Proxies and certificates of the environment (HTTPS_PROXY, SSL_CERT_FILE) are used: behind many
    networks of firms and schools nothing else leads out, and whoever sets them there can change the
    program as well. The certificate is always checked; what a file may say is for others to judge.

    Raise Unreachable for whatever goes wrong on the way, Refused for http, NotUnderstood for what
    is no address and for a web page, Unreadable for a file that is too large.
    """
    _check(address)
    limits = USUAL
    return _within(limits.total, lambda: _followed(address, limits))


def _check(address: str) -> None:
    try:
        parts = urlsplit(address)
        wrong = not parts.hostname or (parts.port or 443) < 1 or not address.isprintable()
    except ValueError:  # a port that is no number, a bracket left open
        wrong = True
    if not wrong and parts.scheme.lower() == "http":
        raise Refused(
            _("「{address}」不是 https：路上谁都能改它").format(address=_hidden(parts)),
            _("换成 https:// 开头的网址，或先下载再写文件名"),
        )
    if wrong or parts.scheme.lower() != "https":
        raise NotUnderstood(
            _("看不懂网址「{address}」").format(address=address.rpartition("@")[2]),
            _("写 https:// 开头的网址，或一个文件"),
        )
    if "@" in parts.netloc:
        raise NotUnderstood(
            _("网址里不要写用户名和密码"), _("换一个不用登录的网址，或先下载再写文件名")
        )


def _hidden(parts: SplitResult) -> str:
    """Return an address without the login in it, if there is one."""
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _within(seconds: float, work: Callable[[], bytes]) -> bytes:
    """Return what *work* returns, or raise Unreachable when the time is over.

    The work is done beside, by a thread that does not keep the program alive: looking up a name,
    or a header that comes byte by byte, has no time limit of its own.
    """
    found: list[bytes] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again, by who is waiting
            failed.append(error)

    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    worker.join(seconds)
    if failed:
        raise failed[0]
    if not found:
        whole = round(seconds)
        raise Unreachable(
            plural("{seconds} 秒还没有下完", whole).format(seconds=whole),
            _("网络太慢；过一会儿再试，或先下载再写文件名"),
        )
    return found[0]


def _followed(address: str, limits: Limits) -> bytes:
    for _hop in range(MOST_REDIRECTS + 1):
        content, onward = _asked(address, limits)
        if onward is None:
            return content
        try:
            address = urljoin(address, onward)
            _check(address)
        except Refused as error:
            raise Unreachable(
                _("对方要转到不是 https 的地方，没有跟过去"),
                _("换一个网址，或先下载、看过再写文件名"),
            ) from error
        except (NotUnderstood, ValueError) as error:
            raise Unreachable(
                _("对方要转到一个不能用的网址，没有跟过去"),
                _("换一个网址，或先下载、看过再写文件名"),
            ) from error
    raise Unreachable(
        plural("转了 {count} 次还没有到，不再跟了", MOST_REDIRECTS).format(count=MOST_REDIRECTS),
        _("换成最后那个网址"),
    )


def _asked(address: str, limits: Limits) -> tuple[bytes, str | None]:
    """Ask once; return the content, or where the server sends us on to."""
    import httpx

    host = urlsplit(address).hostname or ""
    try:
        timeout = httpx.Timeout(limits.read, connect=limits.connect)
        # A client for each hop: what one server sets, no other gets to see.
        with (
            httpx.Client(timeout=timeout, trust_env=True, follow_redirects=False) as client,
            client.stream("GET", address, headers=_headers()) as answer,
        ):
            if answer.status_code in REDIRECTS and "location" in answer.headers:
                return b"", answer.headers["location"]
            _check_answer(answer)
            return _body(answer), None
    except httpx.TimeoutException as error:
        raise Unreachable(
            _("「{host}」没有回应").format(host=host), _("过一会儿再试，或先下载再写文件名")
        ) from error
    except httpx.ProxyError as error:
        raise _proxy(host) from error
    except httpx.ConnectError as error:
        raise _no_connection(host, error) from error
    except httpx.TransportError as error:
        raise Unreachable(
            _("从「{host}」没有下完整").format(host=host), _("再试一次；现在的目录没有动")
        ) from error
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        # A proxy of the environment that cannot be used: its address may hold a password.
        raise _proxy(host) from error
    except OSError as error:
        raise Unreachable(
            _("环境变量 SSL_CERT_FILE 指的证书文件读不出来"), _("改正它，或去掉这个环境变量")
        ) from error


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"xianke/{__version__}",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _check_answer(answer: httpx.Response) -> None:
    if answer.status_code != 200:
        raise Unreachable(
            _("「{host}」回答 {status}，没有给文件").format(
                host=answer.url.host, status=answer.status_code
            ),
            _("看看网址对不对；过一会儿再试"),
        )
    kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    packed = answer.headers.get("content-encoding", "identity").strip().lower()
    if kind not in PLAIN or packed != "identity":
        raise NotUnderstood(
            _("那里不是目录文件，是「{kind}」").format(
                kind=kind if packed == "identity" else packed
            ),
            _("要文件本身的网址，不是介绍它的网页；连公共无线网先登录"),
        )
    length = answer.headers.get("content-length", "0")
    if length.isdecimal() and int(length[:20]) > MOST_BYTES:
        raise _too_large()


def _body(answer: httpx.Response) -> bytes:
    """Read the body as it comes, and stop where it is too long: its header may have lied."""
    content = bytearray()
    for piece in answer.iter_raw():
        content += piece
        if len(content) > MOST_BYTES:
            raise _too_large()
    return bytes(content)


def _too_large() -> Unreadable:
    return Unreadable(
        _("文件太大，没有下完"),
        _("目录文件不超过 {megabytes} MB").format(megabytes=MOST_BYTES // 1_000_000),
    )


def _proxy(host: str) -> Unreachable:
    return Unreachable(
        _("经过代理连不上「{host}」").format(host=host),
        _("看看环境变量 HTTPS_PROXY、ALL_PROXY；只支持 http 代理，不支持 socks"),
    )


def _no_connection(host: str, error: BaseException) -> Unreachable:
    reason: BaseException | None = error
    while reason is not None:
        if isinstance(reason, ssl.SSLCertVerificationError):
            return Unreachable(
                _("「{host}」的证书不可信，没有下载").format(host=host),
                _("可能有人冒充，也可能电脑的时间不对；不要绕过去"),
            )
        reason = reason.__cause__ or reason.__context__
    return Unreachable(
        _("连不上「{host}」").format(host=host), _("看看网络和网址；也可以先下载再写文件名")
    )
