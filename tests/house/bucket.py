"""A store that speaks as much of S3 as the portal asks for: keep, look, read, list, remove."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit


class _Bucket(BaseHTTPRequestHandler):
    kept: dict[str, bytes]

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def _answer(self, status: int, body: bytes = b"", kind: str = "application/xml") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", kind)
        self.send_header("ETag", '"x"')
        self.send_header("Last-Modified", "Wed, 25 Nov 2026 00:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix("/cchc/")

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            size, _, rest = body.partition(b"\r\n")
            body = rest[: int(size.split(b";")[0], 16)]
        self.kept[self._key()] = body
        self._answer(200)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        if "prefix" in asked:
            names = sorted(name for name in self.kept if name.startswith(asked["prefix"][0]))
            rows = "".join(
                f"<Contents><Key>{name}</Key><Size>1</Size></Contents>" for name in names
            )
            self._answer(
                200,
                f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}"
                "</ListBucketResult>".encode(),
            )
        elif self._key() in self.kept:
            self._answer(200, self.kept[self._key()], "application/octet-stream")
        else:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def do_DELETE(self) -> None:
        self.kept.pop(self._key(), None)
        self._answer(204)


@contextmanager
def a_bucket() -> Iterator[tuple[str, dict[str, bytes]]]:
    """Address of the store, whose bucket is "cchc", and what lies in it."""
    kept: dict[str, bytes] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bucket", (_Bucket,), {"kept": kept}))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", kept
    server.shutdown()
    server.server_close()
    thread.join(10)
