"""`xianke platforms update --from https://…`: against a real server that does its worst."""

from __future__ import annotations

import hashlib
import socket
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import trustme
from tests.cli.servers import HOST, Answer, Handler, Server, served

import xianke
from xianke import settings, shelf, updates

if TYPE_CHECKING:
    from tests.conftest import Run

Refused = Callable[..., str]

SHIPPED = shelf.SHIPPED.read_bytes()
DAYS = [date.fromisoformat(shelf.shipped_day()) + timedelta(days=number) for number in range(3)]
KEPT, NEWER = (SHIPPED.replace(str(DAYS[0]).encode(), str(day).encode(), 1) for day in DAYS[1:])
NOW = f"{DAYS[2]}T10:00:00+08:00"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Return one that signs certificates, trusted by this file's tests alone."""
    return trustme.CA()


@pytest.fixture(autouse=True)
def _environment(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    monkeypatch.setenv("XIANKE_NOW", NOW)
    # Something must be there that a fault could spoil.
    shelf.put(KEPT)


@pytest.fixture
def server(authority: trustme.CA) -> Iterator[Server]:
    """Return a server whose certificate is good."""
    with served(authority.issue_cert(HOST)) as running:
        yield running


def _good(request: Handler) -> None:
    request.reply(NEWER)


def _to(*targets: str) -> Answer:
    """Send on from `/0` to the first target, from `/1` to the second; then give the file."""

    def answer(request: Handler) -> None:
        number = int(request.path.removeprefix("/") or 0)
        if number < len(targets):
            request.reply(b"", 302, Location=targets[number], Set_Cookie="who=me; Path=/")
        else:
            request.reply(NEWER)

    return answer


def test_a_catalogue_is_fetched_and_put_in_place(run: Run, server: Server) -> None:
    """The whole way, with the sha256 that the publisher names."""
    server.answers(_good)
    digest = hashlib.sha256(NEWER).hexdigest()

    data = run(
        "platforms", "update", "--from", server.address, "--sha256", digest.upper(), "--yes",
        "--json",
    ).data  # fmt: skip

    assert (data["applied"], data["sha256"]) == (True, digest)
    assert data["in_force"] == {"origin": "updated", "as_of": str(DAYS[2])}
    assert run("platforms", "--json").data["as_of"] == str(DAYS[2])


def test_the_request_says_nothing_about_the_user(run: Run, server: Server) -> None:
    """One GET, named after the program: no cookie, no login, no language, nothing packed."""
    server.answers(_good)

    run("platforms", "update", "--from", f"{server.address}/list.yaml")

    assert server.asked == [
        (
            "/list.yaml",
            {
                "Host": server.address.removeprefix("https://"),
                "User-Agent": f"xianke/{xianke.__version__}",
                "Accept": "*/*",
                "Accept-Encoding": "identity",
                "Connection": "close",
            },
        )
    ]


def test_three_redirects_are_followed_without_cookies(run: Run, server: Server) -> None:
    """Each to https again; what one answer sets, the next request does not bring back."""
    server.answers(_to("/1", f"{server.address}/2", "/3"))

    result = run("platforms", "update", "--from", f"{server.address}/0", "--yes")

    assert (result.code, result.err) == (0, "")
    assert [path for path, _headers in server.asked] == ["/0", "/1", "/2", "/3"]
    assert not any("Cookie" in headers for _path, headers in server.asked)


def test_a_fourth_redirect_is_not_followed(refused: Refused, server: Server) -> None:
    """Nor a circle."""
    server.answers(_to("/1", "/2", "/3", "/4"))

    assert "转了 3 次" in refused(
        6, "network", "platforms", "update", "--from", f"{server.address}/0", "--yes"
    )
    assert [path for path, _headers in server.asked] == ["/0", "/1", "/2", "/3"] * 2


@pytest.mark.parametrize("target", ["http", "HTTP"])
def test_a_redirect_to_http_is_not_followed(refused: Refused, server: Server, target: str) -> None:
    """The other server is there, would answer, and is not asked."""
    with served(None) as plain:
        plain.answers(_good)
        server.answers(_to(plain.address.replace("http", target, 1)))

        said = refused(6, "network", "platforms", "update", "--from", server.address, "--yes")

        assert "不是 https" in said
        assert plain.asked == []


@pytest.mark.parametrize("target", ["file:///etc/hostname", "https://me:word@127.0.0.1/", "//["])
def test_a_redirect_to_what_is_no_address_is_not_followed(
    refused: Refused, server: Server, target: str
) -> None:
    """A file of this computer, a login, rubbish."""
    server.answers(_to(target))

    said = refused(6, "network", "platforms", "update", "--from", server.address, "--yes")

    assert "不能用的网址" in said
    assert "word" not in said


def _broken_off(request: Handler) -> None:
    request.reply(NEWER[:-100], Content_Length=str(len(NEWER)))


def _broken_off_in_pieces(request: Handler) -> None:
    request.protocol_version = "HTTP/1.1"
    request.send_response(200)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    request.wfile.write(b"%x\r\n%s\r\n" % (len(NEWER), NEWER))


def _endless(request: Handler) -> None:
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(b" " * 100_000)


def _dripping(request: Handler) -> None:
    request.send_response(200)
    request.end_headers()
    _drip(request)


def _dripping_header(request: Handler) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    _drip(request)


def _drip(request: Handler) -> None:
    for _number in range(100):
        request.wfile.write(b"#")
        request.wfile.flush()
        time.sleep(0.1)


def _silent(_request: Handler) -> None:
    time.sleep(1.5)


@pytest.mark.parametrize(
    ("answer", "code", "word", "part"),
    [
        (_broken_off, 6, "network", "没有下完整"),
        (_broken_off_in_pieces, 6, "network", "没有下完整"),
        (lambda request: request.wfile.write(b"\0\1\2\3\r\n\r\n"), 6, "network", "没有下完整"),
        (_endless, 5, "unreadable", "文件太大"),
        (lambda request: request.reply(b"", Content_Length="9" * 15), 5, "unreadable", "太大"),
        (lambda request: request.reply(b"gone", 404), 6, "network", "回答 404"),
        (lambda request: request.reply(b"oh", 500), 6, "network", "回答 500"),
        (lambda request: request.reply(b"", 302), 6, "network", "回答 302"),
        (lambda request: request.reply(NEWER, 206), 6, "network", "回答 206"),
        (
            lambda request: request.reply(NEWER, Content_Type="text/html; charset=utf-8"),
            2,
            "not_understood",
            "text/html",
        ),
        (
            lambda request: request.reply(NEWER, Content_Encoding="gzip"),
            2,
            "not_understood",
            "gzip",
        ),
        (lambda request: request.reply(b"as_of: [\n"), 2, "not_understood", "处毛病"),
        (lambda request: request.reply(b"\xff\xfe"), 5, "unreadable", "读不出来"),
    ],
    ids=[
        "broken off", "broken off in pieces", "no http",
        "endless", "says it is endless", "404", "500", "redirect to nowhere", "a part",
        "web page", "packed", "no catalogue", "no text",
    ],
)  # fmt: skip
def test_a_bad_answer_changes_nothing(
    refused: Refused, server: Server, answer: Answer, code: int, word: str, part: str
) -> None:
    """One sentence, its exit code, and every file as it was."""
    server.answers(answer)

    assert part in refused(code, word, "platforms", "update", "--from", server.address, "--yes")


@pytest.mark.parametrize(
    ("answer", "part"),
    [(_dripping, "2 秒还没有下完"), (_dripping_header, "2 秒还没有下完"), (_silent, "没有回应")],
)
def test_a_slow_answer_is_not_waited_for(
    refused: Refused, server: Server, monkeypatch: pytest.MonkeyPatch, answer: Answer, part: str
) -> None:
    """Neither one that says nothing nor one that comes byte by byte, its header among them."""
    monkeypatch.setattr(updates, "USUAL", updates.Limits(connect=9, read=1, total=2))
    server.answers(answer)

    assert part in refused(6, "network", "platforms", "update", "--from", server.address, "--yes")


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain; charset=utf-8", "application/octet-stream", ""]
)
def test_what_servers_call_a_file_is_accepted(run: Run, server: Server, kind: str) -> None:
    """Few of them know YAML by name."""
    server.answers(lambda request: request.reply(NEWER, Content_Type=kind))

    assert run("platforms", "update", "--from", server.address).code == 0


def test_bytes_that_do_not_match_the_sha256_are_refused(refused: Refused, server: Server) -> None:
    """One letter was changed on the way; what was found is told."""
    server.answers(lambda request: request.reply(NEWER + b"\n"))
    wanted = hashlib.sha256(NEWER).hexdigest()

    said = refused(
        5, "unreadable", "platforms", "update", "--from", server.address, "--sha256", wanted,
        "--yes",
    )  # fmt: skip

    assert hashlib.sha256(NEWER + b"\n").hexdigest() in said


# Who is at the other end


def test_a_certificate_nobody_vouches_for_is_refused(refused: Refused) -> None:
    """Signed by somebody unknown, as a certificate is that signs itself."""
    with served(trustme.CA().issue_cert(HOST)) as stranger:
        stranger.answers(_good)

        said = refused(6, "network", "platforms", "update", "--from", stranger.address, "--yes")

        assert "证书不可信" in said
        assert stranger.asked == []


def test_a_certificate_for_another_name_is_refused(refused: Refused, authority: trustme.CA) -> None:
    """Well signed, but for somebody else."""
    with served(authority.issue_cert("other.example")) as other:
        other.answers(_good)

        said = refused(6, "network", "platforms", "update", "--from", other.address, "--yes")

        assert "证书不可信" in said
        assert other.asked == []


def test_a_certificate_that_has_run_out_is_refused(refused: Refused, authority: trustme.CA) -> None:
    """It was good once."""
    late = authority.issue_cert(
        HOST,
        not_before=datetime(2020, 1, 1, tzinfo=UTC),
        not_after=datetime(2021, 1, 1, tzinfo=UTC),
    )
    with served(late) as expired:
        expired.answers(_good)

        said = refused(6, "network", "platforms", "update", "--from", expired.address, "--yes")

        assert "证书不可信" in said
        assert expired.asked == []


def test_nobody_at_the_other_end_is_told(refused: Refused) -> None:
    """The port is closed."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]

    said = refused(6, "network", "platforms", "update", "--from", f"https://{HOST}:{port}/")

    assert f"连不上「{HOST}」" in said


def test_certificates_of_the_environment_that_are_not_there_are_told(
    refused: Refused, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable that names them is in the sentence."""
    server.answers(_good)
    monkeypatch.setenv("SSL_CERT_FILE", str(settings.home() / "none.pem"))

    assert "SSL_CERT_FILE" in refused(6, "network", "platforms", "update", "--from", server.address)


@pytest.mark.parametrize(
    "proxy", ["http://me:word@127.0.0.1:9", "socks5://me:word@127.0.0.1:9", "ftp://me:word@x"]
)
def test_a_proxy_that_leads_nowhere_is_told_without_its_password(
    refused: Refused, server: Server, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    """The environment's proxy is used, whatever it is worth; nothing goes past it."""
    server.answers(_good)
    monkeypatch.setenv("HTTPS_PROXY", proxy)

    said = refused(6, "network", "platforms", "update", "--from", server.address)

    assert "连不上" in said
    assert "word" not in said
    assert server.asked == []


# Addresses


@pytest.mark.parametrize(
    ("address", "code", "word"),
    [
        ("http://127.0.0.1:9/a.yaml", 1, "refused"),
        ("HTTP://me:word@127.0.0.1/", 1, "refused"),
        ("ftp://127.0.0.1/a.yaml", 2, "not_understood"),
        ("file:///etc/hostname", 2, "not_understood"),
        ("https://", 2, "not_understood"),
        ("https:///a.yaml", 2, "not_understood"),
        ("https://[", 2, "not_understood"),
        ("https://127.0.0.1:99999/", 2, "not_understood"),
        ("https://127.0.0.1:x/", 2, "not_understood"),
        ("https://me:word@127.0.0.1/", 2, "not_understood"),
        ("https://127.0.0.1/\x1b[31m", 2, "not_understood"),
    ],
)
def test_an_address_that_will_not_do_is_refused(
    refused: Refused, address: str, code: int, word: str
) -> None:
    """Before anything is asked of anybody; a login in it is not repeated."""
    said = refused(code, word, "platforms", "update", "--from", address, "--yes")

    assert "word" not in said
    assert "https" in said or "登录" in said


def test_what_is_kept_is_still_in_force_after_all_that() -> None:
    """The ground on which the refusals of this file were tried."""
    kept = shelf.kept_in_force()

    assert kept is not None
    assert shelf.day_of(kept) == str(DAYS[1])
