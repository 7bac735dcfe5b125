"""A model hub on this machine: as much of its HTTP interface as is asked of it when a model is fetched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlparse

REVISION = "5" * 40


@contextmanager
def hub(repository: str, files: Mapping[str, bytes]) -> Iterator[str]:
    """Its address. It knows one repository, with these files."""

    known = list(files.items())

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self._answer()

        def do_GET(self) -> None:
            self._answer()

        def log_message(self, format: str, *args: object) -> None: ...

        def _answer(self) -> None:
            path = urlparse(self.path).path
            if path == f"/api/models/{repository}/tree/{REVISION}":
                entries = [{"type": "file", "path": name, "size": len(content), "oid": ""} for name, content in known]
                self._give(200, json.dumps(entries).encode())
            elif path.startswith(f"/api/models/{repository}/"):
                listed = [{"rfilename": name, "size": len(content)} for name, content in known]
                about = {"id": repository, "sha": REVISION, "siblings": listed}
                self._give(200, json.dumps(about).encode())
            elif (name := path.removeprefix(f"/{repository}/resolve/{REVISION}/")) in files:
                self._give(200, files[name])
            else:
                self._give(404, b"{}")

        def _give(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
            self.send_header("X-Repo-Commit", REVISION)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
