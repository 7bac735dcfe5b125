"""One target under atheris. The packages under test are instrumented as they are imported."""

from __future__ import annotations

import sys
from typing import Any


def main() -> None:
    import atheris

    fuzzer: Any = atheris
    with fuzzer.instrument_imports(include=["media", "aiortc.rtp", "aiortc.utils", "aioice.stun"]):
        from tests.fuzz.targets import TARGETS
    name = sys.argv.pop(1)
    fuzzer.Setup(sys.argv, TARGETS[name])
    fuzzer.Fuzz()


if __name__ == "__main__":
    main()
