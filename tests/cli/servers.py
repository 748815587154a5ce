"""A real https server on this machine that answers as a test says, well or badly."""

from __future__ import annotations

import contextlib
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import trustme

HOST = "127.0.0.1"


class Handler(BaseHTTPRequestHandler):
    """One request; the test answers it."""

    timeout = 10

    def do_GET(self) -> None:
        """Note what was asked and let the test answer."""
        server: Any = self.server  # Any: it is ours, see below
        server.asked.append((self.path, dict(self.headers)))
        # The one who asked may well hang up: that is what is tested.
        with contextlib.suppress(OSError):
            server.answer(self)

    def log_message(self, format: str, *words: object) -> None:
        """Say nothing."""

    def reply(self, body: bytes, status: int = 200, **headers: str) -> None:
        """Send an answer with its true length unless a header says otherwise."""
        given = {name.replace("_", "-"): text for name, text in headers.items()}
        lines = {"Content-Type": "application/yaml", "Content-Length": str(len(body)), **given}
        self.send_response(status)
        for name, text in lines.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)


Answer = Callable[[Handler], None]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # Whoever asked has gone.


@dataclass
class Server:
    """Where it answers, how, and what it was asked: (path, headers) in order."""

    address: str
    machine: socketserver.BaseServer
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def answers(self, answer: Answer) -> None:
        """Answer every request so from now on."""
        machine: Any = self.machine  # Any: the handler looks here
        machine.asked, machine.answer = self.asked, answer


@contextlib.contextmanager
def served(certificate: trustme.LeafCert | None) -> Iterator[Server]:
    """Run a server with a certificate, or one of plain http without."""
    machine = _Server((HOST, 0), Handler)
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        machine.socket = context.wrap_socket(machine.socket, server_side=True)
        scheme = "https"
    thread = threading.Thread(target=machine.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield Server(f"{scheme}://{HOST}:{machine.server_address[1]}", machine)
    finally:
        machine.shutdown()
        machine.server_close()
        thread.join()
