"""Run a Dockerfile's steps in a clean directory, where no Docker engine is at hand.

Absolute paths of the image are moved under a root of our own; what needs the image's own users (`useradd`)
is only looked at. It is no Docker, but it runs the real COPY and RUN lines and starts what they made.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ONLY_IN_AN_IMAGE = ("useradd", "groupadd", "apt-get")


@dataclass
class Stage:
    """One `FROM`: its name, its steps in order and what it leaves set."""

    image: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def values(self, instruction: str) -> list[str]:
        return [argument for word, argument in self.steps if word == instruction]

    def environment(self) -> dict[str, str]:
        return dict(pair.split("=", 1) for line in self.values("ENV") for pair in shlex.split(line))


def parse(path: Path) -> list[Stage]:
    """The stages of a Dockerfile; continuation lines joined, comments dropped."""
    text = re.sub(r"\\\n\s*", " ", path.read_text())
    stages: list[Stage] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        word, _, argument = line.strip().partition(" ")
        if word == "FROM":
            image, _, name = argument.partition(" AS ")
            stages.append(Stage(image, name or str(len(stages))))
        else:
            stages[-1].steps.append((word, argument.strip()))
    return stages


@dataclass
class CleanRoom:
    """A directory that stands for the image's root, filled from what a clone of the repository holds."""

    root: Path
    context: Path

    def inside(self, text: str) -> str:
        """Move the image's absolute paths in a command or path under our root."""
        return re.sub(r"(?<![\w./])/(src|opt/rakor|var/lib/rakor)", rf"{self.root}/\1", text)

    def run(self, stage: Stage) -> None:
        workdir = self.root
        for word, argument in stage.steps:
            if word == "WORKDIR":
                workdir = Path(self.inside(argument))
                workdir.mkdir(parents=True, exist_ok=True)
            elif word == "COPY":
                self.copy(argument, workdir)
            elif word == "RUN" and not argument.startswith(ONLY_IN_AN_IMAGE):
                self.shell(argument, workdir)

    def copy(self, argument: str, workdir: Path) -> None:
        if argument.startswith("--from="):
            _, source, _target = argument.split()
            assert Path(self.inside(source)).exists(), f"an earlier stage leaves no {source}"
            return
        *sources, target = argument.split()
        for source in sources:
            tracked = self.tracked(source)
            assert tracked, f"COPY {source}: the repository has no such file"
            for name in tracked:
                to = workdir / name if target != "./" or "/" in name else workdir / Path(name).name
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(self.context / name, to)

    def tracked(self, source: str) -> list[str]:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", source],
            cwd=self.context,
            capture_output=True,
            text=True,
            check=True,
        )
        return [name for name in listed.stdout.splitlines() if (self.context / name).is_file()]

    def shell(self, command: str, workdir: Path) -> None:
        command = re.sub(r"^python ", f"{sys.base_prefix}/bin/python3 ", command)
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("VIRTUAL_ENV", "RAKOR_"))}
        done = subprocess.run(
            ["bash", "-euc", self.inside(command)],
            cwd=workdir,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"RUN {command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"

    def command(self, stage: Stage) -> list[str]:
        """What the image starts: ENTRYPOINT and CMD, found on the image's PATH."""
        words = [part for name in ("ENTRYPOINT", "CMD") for part in json.loads(stage.values(name)[-1])]
        return [self.on_path(stage, words[0]), *words[1:]]

    def on_path(self, stage: Stage, program: str) -> str:
        first = self.inside(stage.environment()["PATH"]).split(":")[0]
        found = shutil.which(program, path=first)
        assert found, f"{program} is not in {first}"
        return found
