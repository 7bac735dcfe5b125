"""A summary from any endpoint that speaks OpenAI's `/v1/chat/completions`. Off unless an operator names one.

The one part of a draft that is not by rules, and the one that leaves this machine: it goes where `RAKOR_SUMMARY_URL`
says and nowhere else (no proxy of the environment, no redirect). What comes back is a draft like the rest: every
sentence cites lines, has origin `summary`, and is edited and approved by people.

SummaryError
├── Unreachable     nobody answers, or the connection breaks
├── TooSlow         no whole answer within the time
├── TurnedDown      another status than 200: key, model or load
├── TooMuch         an answer larger than any summary
└── NotUnderstood   no JSON, or not in the form that was asked for
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2 as httpx

from minutes.notula.material import Material
from minutes.notula.summary_answer import NotAnAnswer, Summary, read
from minutes.notula.summary_asking import Endpoint, Question, questions

__all__ = ["Endpoint", "Summary", "SummaryError", "summarised"]

LARGEST = 1_000_000  # bytes of one answer


class SummaryError(Exception):
    """Root of the tree. `code` is stable; `detail` is for the minute-taker."""

    code = "summary"
    detail = "Ringkasan tidak dapat dibuat."

    def __init__(self, detail: str = "") -> None:
        self.detail = detail or self.detail
        super().__init__(self.detail)


class Unreachable(SummaryError):
    code = "summary_unreachable"
    detail = "Layanan ringkasan tidak dapat dihubungi. Susun draf tanpa ringkasan, atau hubungi administrator."


class TooSlow(SummaryError):
    code = "summary_too_slow"
    detail = "Layanan ringkasan tidak menjawab pada waktunya. Coba lagi nanti, atau susun draf tanpa ringkasan."


class TurnedDown(SummaryError):
    code = "summary_refused"


class TooMuch(SummaryError):
    code = "summary_too_large"
    detail = "Jawaban layanan ringkasan terlalu besar. Susun draf tanpa ringkasan, atau hubungi administrator."


class NotUnderstood(SummaryError):
    code = "summary_not_understood"
    detail = "Jawaban layanan ringkasan tidak dapat dipahami. Coba lagi, atau susun draf tanpa ringkasan."


async def summarised(material: Material, endpoint: Endpoint) -> Summary:
    """One question after the other: such an endpoint is often one small machine. Raises `SummaryError`."""
    found = Summary()
    headers = {"authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    async with httpx.AsyncClient(headers=headers, trust_env=False, follow_redirects=False, timeout=None) as client:
        for question in questions(material):
            found += await _asked(client, endpoint, question)
    return found


async def _asked(client: httpx.AsyncClient, endpoint: Endpoint, question: Question) -> Summary:
    try:
        async with asyncio.timeout(endpoint.patience_s):
            body = await _answered(client, endpoint, question)
        return read(_message(body), question)
    except TimeoutError:
        raise TooSlow from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise Unreachable from None
    except (NotAnAnswer, ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise NotUnderstood from None


async def _answered(client: httpx.AsyncClient, endpoint: Endpoint, question: Question) -> bytes:
    async with _sent(client, endpoint, question.body(endpoint.model)) as response:
        if response.status_code != 200:
            status = f"Layanan ringkasan menolak permintaan (status {response.status_code})."
            raise TurnedDown(f"{status} Periksa alamat, kunci dan nama model.")
        found = bytearray()
        async for part in response.aiter_bytes():
            found += part
            if len(found) > LARGEST:
                raise TooMuch
        return bytes(found)


@asynccontextmanager
async def _sent(client: httpx.AsyncClient, endpoint: Endpoint, body: dict[str, Any]) -> AsyncIterator[httpx.Response]:
    async with client.stream("POST", endpoint.address, json=body) as response:
        yield response


def _message(body: bytes) -> str:
    told = json.loads(body)
    content = told["choices"][0]["message"]["content"]
    if not isinstance(content, str):
        raise NotAnAnswer
    return content
