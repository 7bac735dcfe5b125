"""A transcript for other programs, in JSON. PURE.

{format: "rakor-transcript-1", meeting: {id, title, host, opened}, reviewed,
lines: [{id, speaker, position, office, start, end, text, edited, words: [{text, start, end}]}], asides: [{at, text}]};
times in meeting seconds, `opened` ISO with its zone.
"""

from __future__ import annotations

import json

from minutes.record.exports.source import Said, Source, ordered


def structured(source: Source) -> str:
    found = {
        "format": "rakor-transcript-1",
        "meeting": {
            "id": source.meeting_id,
            "title": source.title,
            "host": source.host,
            "opened": source.opened.isoformat(),
        },
        "reviewed": source.reviewed,
        "lines": [_line(line) for line in ordered(source)],
        "asides": [{"at": aside.at, "text": aside.text} for aside in source.asides],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _line(line: Said) -> dict[str, object]:
    words = [{"text": word["text"], "start": word["start"], "end": word["end"]} for word in line.words]
    return {
        "id": line.id,
        "speaker": line.speaker,
        "position": line.position,
        "office": line.office,
        "start": line.start,
        "end": line.end,
        "text": line.text,
        "edited": line.edited,
        "words": words,
    }
