"""The process that makes one file: `python -m server.printing.process list.pdf`. JSON in, a file out.

It computes for seconds and takes hundreds of megabytes for hundreds of offices, and gives both back when it ends. It is
as low in priority as can be: nobody's voice waits for a list.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import traceback
from datetime import datetime

from minutes.notula.documents import pages, word
from server.attendance import paper, workbook

_MAKERS = {"list.pdf": paper.pdf, "list.xlsx": workbook.xlsx, "paper.pdf": pages.pdf, "paper.docx": word.docx_file}
MOST_CPU_S = 120


def main() -> None:
    os.nice(19)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    asked = json.load(sys.stdin.buffer)
    try:
        made = _MAKERS[sys.argv[1]](asked["document"], datetime.fromisoformat(asked["made_at"]))
    except Exception as error:
        # Its message may quote a name, which is no business of a log.
        sys.exit("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
