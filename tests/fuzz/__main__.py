"""`make fuzz`: every target in turn, guided by coverage (atheris, libFuzzer), each in a process of its own.

What is found stays in tests/data/fuzz/<target>/ and is from then on part of the ordinary tests.
`python -m tests.fuzz [seconds in all] [target…]`; `python -m tests.fuzz.one TARGET …libFuzzer options…` runs one.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS

FOUND = Path(__file__).parent.parent / "data" / "fuzz"
LARGEST = {"offer": 70_000, "message": 100_000}


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    names = sys.argv[2:] or list(TARGETS)
    failed = [name for name in names if not run(name, seconds // len(names))]
    print(f"{len(names) - len(failed)} passed, {len(failed)} failed")
    if failed:
        raise SystemExit(f"findings in {', '.join(failed)}: see {FOUND}")


def run(name: str, seconds: int) -> bool:
    """Fuzz one target; False when something escaped, hung (5 s) or took 1 GiB."""
    kept = FOUND / name
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds(name)):
            (Path(folder) / f"seed{number}").write_bytes(seed)
        options = [f"-max_total_time={seconds}", "-rss_limit_mb=1024", "-timeout=5", "-print_final_stats=1"]
        options += [f"-max_len={LARGEST.get(name, 4096)}", f"-artifact_prefix={kept}/", "-verbosity=0"]
        print(f"--- {name}, {seconds} s", flush=True)
        command = [sys.executable, "-m", "tests.fuzz.one", name, folder, str(kept), *options]
        return subprocess.run(command, check=False).returncode == 0


if __name__ == "__main__":
    main()
