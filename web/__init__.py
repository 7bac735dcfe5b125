"""The built page, for whoever serves it."""

from __future__ import annotations

from pathlib import Path

DIST = Path(__file__).parent / "dist"
