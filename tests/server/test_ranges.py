"""Sound is sent in parts to who asks for one: without them no browser plays from the middle."""

from __future__ import annotations

import pytest

from server.archive.ranges import Range, asked
from tests.server.conftest import Cast


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-", (0, 100)),
        ("bytes=0-0", (0, 1)),
        (" bytes=40-59", (40, 60)),
        ("bytes=99-5000", (99, 100)),
        ("bytes=100-", None),
        ("bytes=60-40", None),
        ("bytes=-5", None),
        ("bytes=0-1,5-9", None),
        ("bytes=" + "9" * 5000 + "-", None),
        ("items=0-5", None),
        ("", None),
        (None, None),
    ],
)
def test_one_range_that_is_there_is_understood(header: str | None, expected: tuple[int, int] | None) -> None:
    assert asked(header, 100) == (Range(*expected, 100) if expected else None)
    assert asked(header, 0) is None


def test_a_part_of_a_line_s_sound_is_that_part(cast: Cast) -> None:
    client = cast.as_("wulan")
    address = client.get("/api/v1/meetings/demo-arsip/transcript?limit=1").json()["lines"][0]["audio"]
    whole = client.get(address)
    assert whole.headers["accept-ranges"] == "bytes"
    part = client.get(address, headers={"Range": "bytes=100-299"})
    assert (part.status_code, part.headers["content-range"]) == (206, f"bytes 100-299/{len(whole.content)}")
    assert part.content == whole.content[100:300]
    assert part.headers["etag"] == whole.headers["etag"]
    changed = client.get(address, headers={"Range": "bytes=100-299", "If-Range": '"another"'})
    assert (changed.status_code, changed.content) == (200, whole.content)
