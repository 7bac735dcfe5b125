from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.speech.ports import (
    CatchUp,
    Done,
    Drafted,
    Drop,
    Failed,
    Finish,
    Hear,
    Heard,
    Listen,
    Ready,
    Recognition,
    Utterance,
    Word,
)
from minutes.speech.wire import BadFrame, FrameReader, Message, encode

text = st.text(max_size=20)
seconds = st.floats(0, 1e6)
tokens = st.integers(0, 2**53)
words = st.builds(Word, text, seconds, seconds, st.floats(0, 1))
utterances = st.builds(Utterance, seconds, seconds, text, st.lists(words, max_size=3).map(tuple), text)
packets = st.lists(st.tuples(seconds, st.binary(max_size=30)), max_size=4).map(tuple)
messages: st.SearchStrategy[Message] = st.one_of(
    st.builds(Listen, text, tokens, seconds, text),
    st.builds(Hear, text, tokens, packets),
    st.builds(Finish, text, tokens),
    st.builds(CatchUp, text, tokens, seconds, text, text),
    st.builds(Drop, text, tokens),
    st.builds(Ready, st.builds(Recognition, text, text, text, text)),
    st.builds(Heard, text, tokens, seconds, st.lists(utterances, max_size=3).map(tuple)),
    st.builds(Drafted, text, tokens, seconds, seconds, text, text),
    st.builds(Done, text, tokens, seconds),
    st.builds(Failed, text, tokens, text, text),
)


@given(st.lists(messages, max_size=5), st.integers(1, 50))
def test_messages_arrive_as_they_were_sent_in_whatever_pieces(sent: list[Message], piece: int) -> None:
    stream = b"".join(encode(message) for message in sent)
    reader = FrameReader()
    received = [m for at in range(0, len(stream), piece) for m in reader.feed(stream[at : at + piece])]
    assert received == sent


@pytest.mark.parametrize(
    "data",
    [
        b"Detected language: id\n",  # what a library might print: a frame of 1.1 GB
        b"\x00\x00\x00\x01\xc0",
        b"\x00\x00\x00\x01\x93",
        b"\x00\x00\x00\x06\x91\xa4Nope",
        b"\x00\x00\x00\x07\x91\xa5Ready",
    ],
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(BadFrame):
        list(FrameReader().feed(data))
