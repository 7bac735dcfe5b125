"""What is asked in the meeting that is killed, step by step, and what a page shows once it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.server.killed import Play, Said, Step, View

NAMES = {
    "ratna": "Ratna Wulandari",
    "dewi": "Dewi Anggraini",
    "maria": "Maria Tandilangi",
    "wulan": "KPU Sumbar",  # a hall: it stands under its office
    "guest": "Hendra Gunawan",
}
COMING = ("participants", "order")
_DECISION = {"kind": "decision", "text": "Klarifikasi 12 Juli."}
_FOLLOW_UP = {"kind": "follow_up", "text": "Kirim daftar bukti.", "who": "KPU Kaltara", "due": "2026-12-01"}
_AGENDA = [{"id": "1", "title": "Paparan"}, {"id": "2", "title": "Diskusi"}, {"id": "3", "title": "Kesimpulan"}]
_COMPANY = [{"name": "Ani Lestari", "position": "Kasubbag Hukum"}, {"name": "Budi Santoso", "position": ""}]


def _comes(name: str) -> Step:
    return Step(
        name, lambda play: {"type": "hello"}, lambda view: NAMES[name] in view.names and bool(view.seat), COMING
    )


def _says(who: str, touches: str, done: Callable[[View], bool], changes: str = "", /, **message: object) -> Step:
    return Step(who, lambda play: message, done, tuple(touches.split()), tuple(changes.split()))


def _chats(who: str, number: int, audience: str, text: str) -> Step:
    message = {"type": "write", "audience": audience, "text": text}
    to: Callable[[Play], Said] = lambda play: {"to": play.seat("maria")} if audience == "one" else {}  # noqa: E731
    done: Callable[[View], bool] = lambda view: _has(view.parts["chat"]["messages"], id=f"m{number}")  # noqa: E731
    return Step(who, lambda play: {**message, **to(play)}, done, ("chat",))


def _votes(who: str, office: str, choice: str, **entered: str) -> Step:
    def done(view: View) -> bool:
        return any(_has(each["voices"], office_id=office, choice=choice) for each in view.parts["votes"]["votes"])

    return _says(who, "votes", done, "v1", type="cast_vote", choice=choice, **entered)


def _has(found: Sequence[Said], **facts: object) -> bool:
    return any(all(each[name] == value for name, value in facts.items()) for each in found)


def _note(view: View, id: str, **facts: object) -> bool:
    return _has(view.parts["notes"]["notes"], id=id, **facts)


def _grant(view: View, name: str) -> Said:
    """The floor, if it is theirs."""
    grant: Said = view.parts["floor"]["grant"] or {}
    return grant if view.participants.get(grant.get("seat", ""), {}).get("name") == NAMES[name] else {}


def _person_outside(play: Play) -> str:
    return str(play.pages["ratna"].view.parts["door"]["people"][0]["person"])


SCRIPT: tuple[Step, ...] = (
    _comes("ratna"),
    _comes("dewi"),
    _comes("maria"),
    _comes("wulan"),
    Step(
        "guest",
        lambda play: {"type": "hello"},
        lambda view: "waiting" in view.parts or bool(view.parts.get("door", {}).get("people")),
        ("door",),
    ),
    Step(
        "ratna",
        lambda play: {"type": "admit", "person": _person_outside(play)},
        lambda view: NAMES["guest"] in view.names,
        ("door", "participants"),
    ),
    _says("ratna", "agenda", lambda v: len(v.parts["agenda"]["items"]) == 3, "1 2", type="set_agenda", items=_AGENDA),
    _says("ratna", "agenda", lambda v: v.parts["agenda"]["item"] == "1", type="begin_item", item="1"),
    Step(
        "wulan",
        lambda play: {"type": "name_company", "seat": play.seat("wulan"), "people": _COMPANY},
        lambda v: any(each["company"] for each in v.participants.values()),
        ("participants",),
        ("KPU Sumbar",),
    ),
    _says("maria", "floor", lambda v: len(v.parts["floor"]["hands"]) == 1, type="raise_hand"),
    Step(
        "ratna",
        lambda play: {"type": "give_floor", "seat": play.seat("maria"), "seconds": 120},
        lambda v: bool(_grant(v, "maria")),
        ("floor",),
        ("*",),  # the hand goes down
    ),
    _says(
        "ratna",
        "floor",
        lambda v: _grant(v, "maria").get("seconds") == 180,
        "*",
        type="extend_floor",
        seconds=60,
    ),
    _says("dewi", "notes", lambda v: _note(v, "c1"), type="make_note", outcome=_DECISION),
    _says("dewi", "notes", lambda v: _note(v, "c2"), type="make_note", outcome=_FOLLOW_UP),
    _chats("maria", 1, "all", "Suara kami terdengar?"),
    _chats("guest", 2, "leaders", "Mohon waktu dua menit."),
    _chats("ratna", 3, "one", "Silakan, Ibu."),
    _says("maria", "floor", lambda v: v.parts["floor"]["grant"] is None, "*", type="close_floor"),
    _says("ratna", "agenda", lambda v: v.parts["agenda"]["item"] == "2", type="begin_item", item="2"),
    _says(
        "ratna",
        "votes",
        lambda v: len(v.parts["votes"]["votes"]) == 1,
        type="open_vote",
        question="Setuju jadwal klarifikasi?",
        method="hands",
    ),
    _votes("maria", "kaltara", "agree"),
    _votes("wulan", "sumbar", "abstain"),
    _votes("ratna", "sumbar", "disagree", office_id="sumbar"),
    _says("ratna", "votes", lambda v: v.parts["votes"]["votes"][0]["closed"], "v1", type="close_vote"),
    _says("ratna", "roll", lambda v: len(v.parts["roll"]["offices"]) == 2, type="begin_roll", seconds=90),
    _says("ratna", "roll floor", lambda v: bool(_grant(v, "wulan")), "*", type="call_next"),
    _says(
        "wulan",
        "floor",
        lambda v: _grant(v, "wulan").get("speaker") == "Budi Santoso",
        "*",
        type="name_speaker",
        speaker="Budi Santoso",
    ),
    _says("ratna", "roll floor", lambda v: bool(_grant(v, "maria")), "*", type="call_next"),
    _says("ratna", "roll", lambda v: v.parts["roll"]["offices"] == [], "*", type="end_roll"),
    _says("ratna", "floor", lambda v: v.parts["floor"]["grant"] is None, "*", type="close_floor"),
    Step(
        "dewi",
        lambda play: {
            "type": "settle_carried",
            "carried": play.pages["dewi"].view.parts["carried"]["follow_ups"][0]["id"],
            "how": "done",
            "remark": "Diterima.",
        },
        lambda v: _has(v.parts["carried"]["follow_ups"], how="done", remark="Diterima."),
        ("carried",),
        ("*",),
    ),
    _says(
        "dewi",
        "notes",
        lambda v: any(each["outcome"]["text"] == "Klarifikasi 13 Juli." for each in v.parts["notes"]["notes"]),
        "c1",
        type="change_note",
        note="c1",
        outcome={**_DECISION, "text": "Klarifikasi 13 Juli."},
    ),
    _says("dewi", "notes", lambda v: _note(v, "c2", withdrawn=True), "c2", type="withdraw_note", note="c2", on=True),
    _says("ratna", "order", lambda v: v.parts["order"]["suspended"] is not None, type="suspend", on=True),
    _says("ratna", "order", lambda v: v.parts["order"]["suspended"] is None, type="suspend", on=False),
    Step(
        "ratna",
        lambda play: {"type": "appoint", "seat": play.seat("maria"), "role": "moderator"},
        lambda v: _has(list(v.participants.values()), role="moderator"),
        ("participants", "powers", "door", "outside", "chat"),  # whoever leads reads what is for who leads
        (NAMES["maria"],),
    ),
    _says("maria", "floor", lambda v: v.parts["floor"]["mics_locked"], type="lock_mics", on=True),
    _says("ratna", "order", lambda v: v.parts["order"]["locked"], type="lock_room", on=True),
    _says("ratna", "chat_rules", lambda v: v.parts["chat_rules"]["to"] == "leaders", type="limit_chat", to="leaders"),
    _says("ratna", "agenda", lambda v: v.parts["agenda"]["item"] == "3", type="begin_item", item="3"),
    Step("ratna", lambda play: {"type": "end"}, lambda v: v.ended or v.refused == "meeting_not_open", ()),
)
