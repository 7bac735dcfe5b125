"""A stock Firefox, spoken to directly in WebDriver BiDi (W3C): one WebSocket, commands out, results and events in."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.network.namespaces import Namespace
from tests.waiting import until

START_WITHIN_S = 30
ANSWER_WITHIN_S = 60
PREFERENCES = {
    # Devices that need no hardware and no permission; sound that needs no touch.
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "media.autoplay.blocking_policy": 0,
    "intl.accept_languages": "id-ID,id",
    # Nothing in the background, and nothing that asks a network for anything.
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "http://localhost:9",
    "toolkit.telemetry.enabled": False,
}


class Firefox:
    """One browser with one page, started by `program` inside `space`. `folder` is its profile and its home."""

    def __init__(self, program: str, folder: Path, space: Namespace) -> None:
        self._folder, self._space, self._commands = folder, space, 0
        told = [f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in PREFERENCES.items()]
        (folder / "user.js").write_text("\n".join(told))
        command = [program, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
        environment = os.environ | {"HOME": str(folder)}
        with (folder / "firefox.log").open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        self._open = contextlib.ExitStack()
        try:
            self._line = self._open.enter_context(self._connect())
            self.command("session.new", capabilities={})
            self._page = self.command("browsingContext.getTree")["contexts"][0]["context"]
        except BaseException:
            self.close()
            raise

    def goto(self, url: str) -> None:
        """Returns when the page has loaded."""
        self.command("browsingContext.navigate", context=self._page, url=url, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, or of what it promises; as JSON can tell it."""
        wrapped = f"Promise.resolve({expression}).then(value => JSON.stringify(value ?? null))"
        answer = self.command(
            "script.evaluate",
            expression=wrapped,
            target={"context": self._page},
            awaitPromise=True,
            userActivation=True,
        )
        assert answer["type"] == "success", f"{expression}: {answer['exceptionDetails']['text']}"
        return json.loads(answer["result"]["value"])

    def command(self, method: str, **parameters: object) -> dict[str, Any]:
        """One command and its result. Raises `AssertionError` with what Firefox says is wrong."""
        self._commands += 1
        self._line.send(json.dumps({"id": self._commands, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._line.recv(timeout=ANSWER_WITHIN_S))
            if answer.get("id") == self._commands:
                assert answer["type"] == "success", f"{method}: {answer.get('error')}: {answer.get('message')}"
                return dict(answer["result"])

    def close(self) -> None:
        """Idempotent."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._open.close()

    def _connect(self) -> AbstractContextManager[ClientConnection]:
        port = until(self._port, START_WITHIN_S, self._excuse)
        stream = self._space.call(lambda: socket.create_connection(("127.0.0.1", port)))
        return connect(f"ws://127.0.0.1:{port}/session", sock=stream, max_size=None)

    def _port(self) -> int | None:
        """Firefox writes the port it took into its profile."""
        told = self._folder / "WebDriverBiDiServer.json"
        text = told.read_text() if told.exists() else ""
        return int(json.loads(text)["ws_port"]) if text.strip() else None

    def _excuse(self) -> str:
        return "Firefox did not start:\n" + (self._folder / "firefox.log").read_text()[-2000:]
