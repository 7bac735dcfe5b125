"""The image's steps hold: what it copies exists, what it builds starts, and its health check says so."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
from pathlib import Path

import pytest

from tests.deploy.dockerfile import CleanRoom, Stage, parse
from tests.journeys.stage import free_port
from tests.waiting import until

CHECKOUT = Path(__file__).parent.parent.parent
HEALTHY_WITHIN_S = 60.0


@pytest.fixture(scope="module")
def stages() -> list[Stage]:
    return parse(CHECKOUT / "Dockerfile")


def test_the_runtime_is_slim_unprivileged_and_says_what_it_opens(stages: list[Stage]) -> None:
    build, runtime = stages
    assert build.name == "build"
    assert "-slim" in runtime.image
    assert runtime.values("USER") == ["rakor"]
    assert runtime.values("VOLUME") == ['["/var/lib/rakor"]']
    assert runtime.values("EXPOSE") == ["8000/tcp 7882/udp"]
    assert not any("apt-get" in run for run in runtime.values("RUN"))


@pytest.mark.full
@pytest.mark.timeout(420)
def test_the_image_builds_starts_and_is_healthy(stages: list[Stage], tmp_path: Path) -> None:
    build, runtime = stages
    room = CleanRoom(tmp_path, CHECKOUT)
    room.run(build)
    room.run(runtime)
    environment = {"HOME": str(tmp_path)} | {k: v for k, v in os.environ.items() if not k.startswith("RAKOR_")}
    environment |= {name: room.inside(value) for name, value in runtime.environment().items()}
    environment |= {
        "PATH": f"{tmp_path}/opt/rakor/bin:{os.environ['PATH']}",
        "RAKOR_PORT": str(free_port(socket.SOCK_STREAM)),
        "RAKOR_MEDIA_PORT": str(free_port(socket.SOCK_DGRAM)),
        "RAKOR_HOST": "127.0.0.1",
    }
    check = re.search(r"CMD \[(.*)\]", runtime.values("HEALTHCHECK")[-1])
    assert check is not None
    health = [word.strip(',"') for word in shlex.split(check[1])]
    health[0] = room.on_path(runtime, health[0])
    log = (tmp_path / "log").open("wb")
    with log, subprocess.Popen(room.command(runtime), env=environment, stdout=log, stderr=log) as server:
        try:
            assert becomes_healthy(health, environment, server), (tmp_path / "log").read_text()[-4000:]
        finally:
            server.terminate()


def becomes_healthy(health: list[str], environment: dict[str, str], server: subprocess.Popen[bytes]) -> bool:
    def healthy() -> bool:
        return subprocess.run(health, env=environment, capture_output=True, timeout=20).returncode == 0

    until(lambda: healthy() or server.poll() is not None, HEALTHY_WITHIN_S, "never healthy")
    return server.poll() is None
