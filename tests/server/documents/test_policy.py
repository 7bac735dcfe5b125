"""Who is given which paper, for everybody and every kind."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from minutes.notula.content import Classification
from minutes.notula.documents.sheet import Kind
from server.auth.identity import AccountRole, Identity
from server.documents.policy import may_have
from tests.minutes.notula.test_content import content

ROLES: tuple[AccountRole, ...] = get_args(AccountRole)
KINDS: tuple[Kind, ...] = get_args(Kind)
CLASSES: tuple[Classification, ...] = get_args(Classification)


@pytest.mark.parametrize("role", ROLES)
def test_who_is_given_which_paper(role: AccountRole) -> None:
    who = Identity("p", "Somebody", "", role, None)
    given = {
        (kind, sealed, inside, kept)
        for kind, sealed, inside, kept in product(KINDS, (False, True), (False, True), CLASSES)
        if may_have(who, kind, content(classification=kept), sealed, inside)
    }
    news = {each for each in given if each[0] == "berita-jdih"}
    assert {inside for _, _, inside, _ in news} == {True}
    if role == "guest":
        assert given - news == {("notula", True, inside, "biasa") for inside in (False, True)}
    else:
        assert len(given - news) == (len(KINDS) - 1) * 2 * 2 * len(CLASSES)
