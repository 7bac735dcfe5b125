"""A notula as it is told to who asks."""

from __future__ import annotations

from collections.abc import Iterable

from minutes.notula import journal, versions
from minutes.notula.duties import Given, Named
from minutes.notula.journal import Proposal
from minutes.notula.models import NotulaMove, NotulaVersion
from minutes.notula.workflow import MOVES
from server.notulas.cases import OUTSIDE, Case
from server.notulas.schemas import (
    AnswerOut,
    DutiesOut,
    HistoryOut,
    InitialOut,
    MayOut,
    NotulaOut,
    PersonOut,
    ProposalOut,
    ReturnedOut,
    SignatureOut,
    VersionOut,
    WindowOut,
    moment,
)


def shown(case: Case) -> NotulaOut:
    """The newest version that the caller may see. Raises `NotFound` where there is none."""
    row = case.shown
    own = journal.of_version(case.moves, row.number)
    newest = row.number == case.row.number
    until = row.window_until
    back = journal.returned(own) if case.inside else None
    return NotulaOut(
        meeting_id=row.meeting_id,
        version=row.number,
        revision=row.revision,
        state=row.state,
        content=versions.content(row),
        may=MayOut(**{move: newest and case.may(move) for move in MOVES}),
        duties=_duties(case.given),
        initials=[_initial(each) for each in _initials(case, own, row)],
        returned=ReturnedOut(by=back.by_name, at=moment(back.at), reason=back.reason) if back is not None else None,
        window=WindowOut(until=moment(until)) if until is not None and row.state == "in_review" else None,
        proposals=[_proposal(each) for each in journal.proposals(own)],
        signatures=[_signature(each) for each in journal.signatures(own).values()],
        code=row.code,
        sha256=row.sha256,
        versions=_versions(case),
        history=_history(case) if case.inside else [],
    )


def _initials(case: Case, own: list[NotulaMove], row: NotulaVersion) -> list[NotulaMove]:
    return journal.initials(own, versions.content_sha256(row)) if case.inside else []


def _versions(case: Case) -> list[VersionOut]:
    at = {each.version: each.at for each in case.sealed}
    seen = (each for each in case.rows if case.inside or each.state in OUTSIDE)
    return [
        VersionOut(
            number=each.number,
            state=each.state,
            sha256=each.sha256,
            at=moment(at.get(each.number, each.created_at)),
        )
        for each in seen
    ]


def _history(case: Case) -> list[HistoryOut]:
    return [
        HistoryOut(
            at=moment(each.at),
            by=each.by_name,
            position=each.by_position,
            move=each.move,
            version=each.version,
            reason=each.reason,
        )
        for each in journal.told(case.moves)
    ]


def _duties(given: Given) -> DutiesOut:
    return DutiesOut(
        minute_taker=_person(given.minute_taker),
        checkers=list(people(given.checkers)),
        chair=_person(given.chair),
        archivist=_person(given.archivist),
    )


def people(found: Iterable[Named]) -> Iterable[PersonOut]:
    return (PersonOut(id=each.id, name=each.name, position=each.position) for each in found)


def _person(named: Named | None) -> PersonOut | None:
    return next(iter(people([named])), None) if named is not None else None


def _initial(move: NotulaMove) -> InitialOut:
    return InitialOut(name=move.by_name, position=move.by_position, at=moment(move.at))


def _signature(move: NotulaMove) -> SignatureOut:
    said = move.details
    return SignatureOut(
        duty=said["duty"], name=move.by_name, position=move.by_position, at=moment(move.at), method=said["method"]
    )


def _proposal(each: Proposal) -> ProposalOut:
    answer = each.answer
    return ProposalOut(
        id=each.id,
        statement=each.statement,
        was=each.was,
        text=each.text,
        why=each.made.reason,
        by=each.made.by_name,
        position=each.made.by_position,
        at=moment(each.made.at),
        answer=AnswerOut(accepted=bool(each.accepted), reason=answer.reason, by=answer.by_name, at=moment(answer.at))
        if answer is not None
        else None,
    )
