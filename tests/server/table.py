"""What becomes of everything that pages can ask, by role and by the state of the meeting: written down by hand.

C chair, M moderator, S secretariat, P presenter, O operator, A participant, V observer, G guest. Where a row says
nothing else, who may does it and it stands in the room's events, and everybody else is refused with `forbidden`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.server.scene import FLOOR_S, Page, Scene

ROLES = "CMSPOAVG"
STATES = (
    "open",
    "mics_locked",
    "room_locked",
    "suspended",
    "off_record",
    "vote",
    "roll_call",
    "roll",
    "floor",
    "screen",
    "chat_limited",
)
DONE, NOTHING = "done", "nothing"  # neither is a code: `NOTHING` is not refused, and there is nothing to change
ELSE = "else"
Outcomes = Mapping[str, str]
"""By roles."""


def _as_it_is(scene: Scene, page: Page) -> None: ...


@dataclass(frozen=True)
class Row:
    """`event`: what stands in the room's events when it is done. `but`: outcomes by state, `ELSE` for those not named.

    `undo` puts the room back; `page` is whose ask it was.
    """

    type: str
    may: str
    event: str
    ask: Callable[[Scene, Page], dict[str, Any]]
    undo: Callable[[Scene, Page], None] = _as_it_is
    but: Mapping[str, Outcomes] = field(default_factory=dict)

    def outcome(self, state: str, role: str) -> str:
        for roles, outcome in self.but.get(state, self.but.get(ELSE, {})).items():
            if role in roles:
                return outcome
        return DONE if role in self.may else "forbidden"


LEAD, CHAIRS, SPEAK = "CMS", "CS", "CMSPOAG"
_SUSPENDED: Mapping[str, Outcomes] = {"suspended": {LEAD: "suspended"}}
_WITHOUT_FLOOR = {ELSE: {LEAD: "no_floor"}, "floor": {}}
_VOTING = {ELSE: {LEAD: "no_vote"}, "vote": {}, "roll_call": {}}
# The central office hosts and has no voice of its own here.
_VOICES = {
    ELSE: {"CMSPA": "no_vote"},
    "suspended": {"CMSPA": "suspended"},
    "vote": {CHAIRS: "no_voice"},
    "roll_call": {CHAIRS: "no_voice", "MPA": "not_called"},
}
_ROLLING = {ELSE: {LEAD: "no_roll"}, "suspended": {LEAD: "suspended"}, "roll": {}}
_OUTCOME = {"kind": "follow_up", "who": "KPU Kaltara", "due": "2026-12-01"}


def _outcome(scene: Scene) -> dict[str, str]:
    return {**_OUTCOME, "text": scene.other_text()}


def _everybody_outside(scene: Scene) -> dict[str, Any]:
    scene.waiting()
    return {"person": None}


def _resume(scene: Scene, page: Page) -> None:
    scene.chair.does(type="suspend", on=scene.state == "suspended")
    if scene.state == "floor":
        scene.reopen_floor()


TABLE: tuple[Row, ...] = (
    # one's own
    Row(
        "set_mic",
        SPEAK,
        "SeatSwitched",
        lambda s, p: {"on": True},
        lambda s, p: p.does(type="set_mic", on=False),
        {"mics_locked": {"AG": "mics_locked"}},
    ),
    Row(
        "set_camera",
        ROLES,
        "SeatSwitched",
        lambda s, p: {"on": True},
        lambda s, p: p.does(type="set_camera", on=False),
    ),
    Row(
        "set_screen",
        SPEAK,
        "SeatSwitched",
        lambda s, p: {"on": True},
        lambda s, p: s.reshare(p),
        {"screen": {"AG": "screen_taken"}},
    ),
    # order
    Row(
        "stop",
        "CMSO",
        "SeatStopped",
        lambda s, p: {"seat": s.hall.seat, "what": "camera"},
        lambda s, p: s.hall.does(type="set_camera", on=True),
    ),
    Row("stop", "", "", lambda s, p: {"seat": "x", "what": "mic"}, but={ELSE: {"CMSO": "participant_gone"}}),
    Row(
        "lock_mics",
        LEAD,
        "MicsLocked",
        lambda s, p: {"on": s.state != "mics_locked"},
        lambda s, p: s.chair.does(type="lock_mics", on=s.state == "mics_locked"),
    ),
    Row(
        "lock_room",
        "CSO",
        "RoomLocked",
        lambda s, p: {"on": s.state != "room_locked"},
        lambda s, p: s.chair.does(type="lock_room", on=s.state == "room_locked"),
    ),
    Row(
        "remove",
        "CSO",
        "Removed",
        lambda s, p: {"seat": s.victims[0], "ban": True},
        lambda s, p: s.victims.remove(s.victims[0]),
    ),
    Row("remove", "", "", lambda s, p: {"seat": s.chair.seat, "ban": True}, but={ELSE: {"CSO": "leads"}}),
    Row(
        "pardon",
        "CSO",
        "Pardoned",
        lambda s, p: {"person": s.banned[0]},
        lambda s, p: s.banned.remove(s.banned[0]),
    ),
    Row(
        "appoint",
        CHAIRS,
        "RoleGiven",
        lambda s, p: {"seat": s.hall.seat, "role": "presenter"},
        lambda s, p: s.chair.does(type="appoint", seat=s.hall.seat, role="participant"),
    ),
    Row(
        "appoint",
        "",
        "",
        lambda s, p: {"seat": s.pages["G"].seat, "role": "moderator"},
        but={ELSE: {CHAIRS: "role_fixed"}},
    ),
    Row("suspend", LEAD, "", lambda s, p: {"on": s.state != "suspended"}, _resume),
    Row(
        "pause_record",
        LEAD,
        "",
        lambda s, p: {"on": s.state != "off_record", "why": "Menyanyikan lagu"},
        lambda s, p: s.chair.does(type="pause_record", on=s.state == "off_record", why="Pembacaan doa"),
        _SUSPENDED,
    ),
    # hands and the floor
    Row(
        "raise_hand",
        SPEAK,
        "HandRaised",
        lambda s, p: {},
        lambda s, p: p.does(type="lower_hand", seat=p.seat),
    ),
    Row(
        "lower_hand",
        LEAD,
        "HandLowered",
        lambda s, p: {"seat": s.hall.seat},
        lambda s, p: s.hall.does(type="raise_hand"),
    ),
    Row("lower_hand", LEAD, "HandLowered", lambda s, p: {"seat": None}, lambda s, p: s.hall.does(type="raise_hand")),
    Row(
        "give_floor",
        LEAD,
        "FloorGiven",
        lambda s, p: {"seat": s.pages["A"].seat, "seconds": FLOOR_S},
        lambda s, p: s.reopen_floor(),
        _SUSPENDED,
    ),
    Row(
        "give_floor",
        "",
        "",
        lambda s, p: {"seat": s.pages["V"].seat, "seconds": FLOOR_S},
        but={ELSE: {LEAD: "may_not_speak"}, **_SUSPENDED},
    ),
    Row("extend_floor", LEAD, "FloorExtended", lambda s, p: {"seconds": 30}, but=_WITHOUT_FLOOR),
    Row(
        "close_floor",
        LEAD,
        "FloorClosed",
        lambda s, p: {},
        lambda s, p: s.reopen_floor(),
        {ELSE: {ROLES: NOTHING}, "floor": {}},
    ),
    Row(
        "name_speaker",
        LEAD,
        "SpeakerNamed",
        lambda s, p: {"speaker": s.other_text()},
        but={ELSE: {ROLES: "no_floor"}, "floor": {}},
    ),
    # offices
    Row(
        "name_company",
        LEAD,
        "CompanyNamed",
        lambda s, p: {"seat": s.hall.seat, "people": [{"name": s.other_text()}, {"name": "Ani Lestari"}]},
    ),
    Row("name_company", "", "", lambda s, p: {"seat": p.seat, "people": []}, but={ELSE: {ROLES: "not_shared"}}),
    Row(
        "begin_roll",
        LEAD,
        "RollBegun",
        lambda s, p: {"seconds": FLOOR_S},
        lambda s, p: s.chair.does(type="end_roll"),
        {**_SUSPENDED, "roll": {LEAD: "roll_open"}},
    ),
    Row(
        "call_next",
        LEAD,
        "RollCalled",
        lambda s, p: {"office_id": "sumbar"},
        lambda s, p: s.reopen_floor(),
        _ROLLING,
    ),
    Row(
        "end_roll",
        LEAD,
        "RollEnded",
        lambda s, p: {},
        lambda s, p: s.chair.does(type="begin_roll", seconds=FLOOR_S),
        {ELSE: {LEAD: "no_roll"}, "roll": {}},
    ),
    # agenda and outcomes
    Row("set_agenda", LEAD, "AgendaSet", lambda s, p: {"items": s.items()}),
    Row(
        "begin_item",
        LEAD,
        "ItemBegun",
        lambda s, p: {"item": "1"},
        lambda s, p: s.chair.does(type="begin_item", item=None),
        _SUSPENDED,
    ),
    Row("begin_item", "", "", lambda s, p: {"item": "9"}, but={ELSE: {LEAD: "unknown_item"}, **_SUSPENDED}),
    Row("make_note", LEAD, "NoteMade", lambda s, p: {"outcome": _outcome(s)}),
    Row("change_note", LEAD, "NoteChanged", lambda s, p: {"note": "c1", "outcome": _outcome(s)}),
    Row(
        "change_note",
        "",
        "",
        lambda s, p: {"note": "c999", "outcome": _outcome(s)},
        but={ELSE: {LEAD: "unknown_note"}},
    ),
    Row(
        "withdraw_note",
        LEAD,
        "NoteWithdrawn",
        lambda s, p: {"note": "c1", "on": True},
        lambda s, p: s.chair.does(type="withdraw_note", note="c1", on=False),
    ),
    Row(
        "settle_carried",
        LEAD,
        "CarriedSettled",
        lambda s, p: {"carried": s.carried, "how": "done", "remark": s.other_text()},
    ),
    # chat
    Row(
        "write",
        ROLES,
        "Written",
        lambda s, p: {"audience": "all", "text": s.other_text()},
        but={"chat_limited": {"POAVG": "chat_limited"}},
    ),
    Row("write", ROLES, "Written", lambda s, p: {"audience": "leaders", "text": s.other_text()}),
    Row(
        "write",
        ROLES,
        "Written",
        lambda s, p: {"audience": "one", "text": s.other_text(), "to": s.hall.seat},
        but={"chat_limited": {"POAVG": "chat_limited"}},
    ),
    Row(
        "limit_chat",
        LEAD,
        "ChatLimited",
        lambda s, p: {"to": "all" if s.state == "chat_limited" else "leaders"},
        lambda s, p: s.chair.does(type="limit_chat", to="leaders" if s.state == "chat_limited" else "all"),
    ),
    Row("react", ROLES, "", lambda s, p: {"kind": "applause"}, but={ELSE: {ROLES: NOTHING}}),
    # votes
    Row(
        "open_vote",
        LEAD,
        "VoteOpened",
        lambda s, p: {"question": "Setuju?", "method": "hands"},
        lambda s, p: s.chair.does(type="close_vote", cancel=True),
        {**_SUSPENDED, "vote": {LEAD: "vote_open"}, "roll_call": {LEAD: "vote_open"}},
    ),
    Row(
        "call_office",
        LEAD,
        "OfficeCalled",
        lambda s, p: {"office_id": "kaltara"},
        lambda s, p: s.chair.does(type="call_office", office_id=None),
        {**_VOTING, "vote": {LEAD: "no_roll_call"}},
    ),
    Row("cast_vote", "CMSPA", "VoteCast", lambda s, p: {"choice": "agree"}, but=_VOICES),
    Row(
        "cast_vote",
        LEAD,
        "VoteCast",
        lambda s, p: {"choice": s.choice(), "office_id": "sumbar"},
        but={**_VOTING, **_SUSPENDED},
    ),
    Row(
        "close_vote",
        LEAD,
        "VoteClosed",
        lambda s, p: {"cancel": False},
        lambda s, p: s.reopen_vote(),
        _VOTING,
    ),
    # the door
    Row(
        "set_door",
        "CMSO",
        "DoorSet",
        lambda s, p: {"waits": "everybody"},
        lambda s, p: s.chair.does(type="set_door", waits="guests"),
    ),
    Row("admit", "CMSO", "Admitted", lambda s, p: {"person": s.waiting()}),
    Row("admit", "CMSO", "Admitted", lambda s, p: _everybody_outside(s)),
    Row("turn_away", "CMSO", "TurnedAway", lambda s, p: {"person": s.waiting()}),
    Row("turn_away", "", "", lambda s, p: {"person": "x"}, but={ELSE: {"CMSO": "not_waiting"}}),
    # the last: nothing is undone after it
    Row("end", CHAIRS, "Ended", lambda s, p: {}),
)
