"""What an import would do, without a database: regencies by code, people who move, nothing where nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from server.auth.models import INSTITUTION_KINDS, POSITION_KINDS
from server.auth.offices import offices as known
from server.directory.importing import offices, people, writing
from server.directory.importing.columns import Kind, Table, table
from server.directory.importing.offices import Names, OfficePlan
from server.directory.importing.people import PeoplePlan, Somebody
from server.directory.importing.plan import Planned
from server.directory.importing.posts import Post, same
from server.directory.importing.reading import read
from server.directory.repository import entry_of
from server.directory.rules import Fault, OfficeEntry, PersonEntry, PositionEntry, Taken, overlaps, tidy

PRESENT = [entry_of(each) for each in known()]
TODAY = date(2026, 5, 4)
LEVELS = {each.id: each.level for each in PRESENT}


def csv(kind: Kind, *lines: str) -> Table:
    return table(read("\n".join(lines).encode()), kind)


def told(rows: Sequence[Planned]) -> list[tuple[str, ...]]:
    return [(row.outcome, *(wrong.code for wrong in row.wrong)) for row in rows]


def planned(*lines: str, present: Sequence[OfficeEntry] = PRESENT) -> OfficePlan:
    return offices.plan(csv("offices", *lines), present)


def test_a_list_of_codes_and_names_is_enough_for_regencies() -> None:
    found = planned("Kode;Nama satker", "65.01;KPU Kabupaten Bulungan", "6171;KPU Kota Pontianak")
    assert told(found.rows) == [("new",), ("new",)]
    assert [(each.id, each.level, each.parent_id, each.zone, each.short_name) for each in found.new] == [
        ("kpu-kab-bulungan", "kabkota", "kaltara", "Asia/Makassar", "KPU Kab. Bulungan"),
        ("kpu-kota-pontianak", "kabkota", "kalbar", "Asia/Pontianak", "KPU Kota Pontianak"),
    ]


def test_what_stands_above_may_stand_below_in_the_file() -> None:
    found = planned("Kode;Nama", "97.01;KPU Kabupaten Uji", "97;KPU Provinsi Uji")
    assert told(found.rows) == [("wrong", "bad_parent", "unknown_zone"), ("wrong", "unknown_zone")]
    with_zone = planned("Kode;Nama;Zona", "97.01;KPU Kabupaten Uji;", "97;KPU Provinsi Uji;WIT")
    assert told(with_zone.rows) == [("new",), ("new",)]
    assert [each.zone for each in with_zone.new] == ["Asia/Jayapura", "Asia/Jayapura"]


def test_wrong_rows_say_which_cell_and_what_to_do() -> None:
    found = planned(
        "ID;Kode;Nama;Tingkat;Jenis;Induk;Zona;Sejak",
        ";65.01;KPU Bulungan;kecamatan;;;;",
        ";65.02;KPU Malinau;;;;jam biasa;",
        ";65.03;KPU Nunukan;;;;;kemarin",
        ";;Bawaslu Uji;instansi;klub;kaltara;WITA;",
        ";;Bawaslu Uji;instansi;bawaslu;atlantis;WITA;",
        "kaltara;65;KPU Provinsi Jawa Barat;;;;;",
        ";65.04;KPU Tana Tidung;;;;;",
        ";65.04;KPU Tana Tidung Dua;;;;;",
    )
    assert [(row.number, [wrong.key for wrong in row.wrong]) for row in found.rows if row.wrong] == [
        (2, ["level"]),
        (3, ["zone"]),
        (4, ["valid_from"]),
        (5, ["kind"]),
        (6, ["parent"]),
        (7, ["name"]),
        (9, ["id"]),
    ]
    assert all(wrong.detail for row in found.rows for wrong in row.wrong)
    assert [each.name for each in found.new] == ["KPU Tana Tidung"]


def test_a_renamed_office_is_known_by_its_code_and_frees_its_name() -> None:
    found = planned("Kode;Nama satker;Nama singkat", "65;KPU Provinsi Kalimantan Raya;KPU Kalraya")
    assert told(found.rows) == [("changed",)]
    assert [(each.key, each.after) for each in found.rows[0].changes] == [
        ("name", "KPU Provinsi Kalimantan Raya"),
        ("short_name", "KPU Kalraya"),
    ]
    (renamed,) = found.changed
    taken = Taken(PRESENT)
    taken.add(renamed)
    heir = OfficeEntry(
        "lain", "KPU Provinsi Kalimantan Utara", "KPU Kaltara", "provinsi", "", "kpuri", "99", "", None, None
    )
    assert taken.by(heir) is None


Write = Callable[[Kind, Iterable[Mapping[str, str]]], bytes]


def anything(office: str, role: str) -> Fault | None:
    return None


def somebody(username: str, *posts: PositionEntry, role: str = "participant", myself: bool = False) -> Somebody:
    kept = [Post(f"{username}-{n}", each) for n, each in enumerate(posts)]
    return Somebody(username, PersonEntry(username, "Maria", role), False, 1, kept, posts[0].office_id, myself)


KETUA = PositionEntry("kaltara", "Ketua", "definitif", date(2023, 1, 9), None)
HEADER = "Nama pengguna;Nama;Satker;Jabatan;Jenis jabatan;Mulai;Sampai;Peran;Aktif"


def people_of(lines: Sequence[str], *present: Somebody, may: people.May = anything) -> PeoplePlan:
    return people.plan(csv("people", HEADER, *lines), present, Names(PRESENT), LEVELS, may, TODAY)


def test_who_moves_ends_the_post_before() -> None:
    found = people_of(["maria;Maria;KPU Bali;Anggota;;1/7/2026;;;"], somebody("maria", KETUA))
    assert told(found.rows) == [("changed",)]
    assert [(each.key, each.before, each.after) for each in found.rows[0].changes] == [
        ("office", "kaltara", "bali"),
        ("title", "Ketua", "Anggota"),
        ("valid_from", "2023-01-09", "2026-07-01"),
    ]
    (maria,) = found.people
    assert [(each.entry.office_id, each.entry.valid_until) for each in maria.posts] == [
        ("kaltara", date(2026, 6, 30)),
        ("bali", None),
    ]


def test_an_acting_post_ends_nothing_and_an_end_is_a_change() -> None:
    lines = ["maria;Maria;65;Sekretaris;Plt.;2026-07-01;;;", "maria;Maria;kaltara;ketua;;;2026-12-31;;"]
    found = people_of(lines, somebody("maria", KETUA))
    assert told(found.rows) == [("changed",), ("changed",)]
    assert [(each.key, each.before, each.after) for each in found.rows[1].changes] == [
        ("valid_until", "", "2026-12-31")
    ]
    (maria,) = found.people
    assert [(each.entry.kind, each.entry.valid_until) for each in maria.posts] == [
        ("definitif", date(2026, 12, 31)),
        ("plt", None),
    ]


def test_wrong_people_are_told_by_cell_and_change_nothing() -> None:
    lines = [
        "maria;Maria;KPU Bali;Anggota;;;;;",
        "Nama Salah;X;KPU Bali;Anggota;;;;;",
        "budi;Budi;Atlantis;Anggota;;;;;",
        "budi;Budi;bali;Anggota;;2026-02-30;;;",
        "budi;Budi;bali;Anggota;;;;raja;",
        "budi;Budi;bali;Anggota;;;;;mungkin",
        "maria;Maria Lain;kaltara;Ketua;;;;;",
        "maria;Maria;kaltara;Ketua;;;;;",
        "saya;Maria;kaltara;Ketua;;;;;tidak",
    ]
    found = people_of(lines, somebody("maria", KETUA), somebody("saya", KETUA, role="admin", myself=True))
    assert [[(wrong.key, wrong.code) for wrong in row.wrong] for row in found.rows] == [
        [("valid_from", "start_missing")],
        [("username", "bad_username"), ("name", "bad_name")],
        [("office", "unknown_office")],
        [("valid_from", "unreadable")],
        [("role", "unreadable")],
        [("active", "unreadable")],
        [],
        [("name", "rows_differ")],
        [("role", "own_account")],
    ]
    assert [each.entry.name for each in found.people] == ["Maria Lain"]


def test_an_address_is_kept_where_the_table_has_no_column_for_it() -> None:
    def maria() -> Somebody:
        made = somebody("maria", KETUA)
        made.entry = replace(made.entry, email="maria@kpu.example")
        return made

    assert told(people_of(["maria;Maria;kaltara;Ketua;;;;;"], maria()).rows) == [("same",)]
    header = "Nama pengguna;Nama;Satker;Jabatan;Email"
    rows = ["maria;Maria;kaltara;Ketua;m@kpu.example", "budi;Budi;kaltara;Staf;budi@"]
    found = people.plan(csv("people", header, *rows), [maria()], Names(PRESENT), LEVELS, anything, TODAY)
    assert told(found.rows) == [("changed",), ("wrong", "bad_email")]
    assert [(each.key, each.after) for each in found.rows[0].changes] == [("email", "m@kpu.example")]


def test_rows_out_of_reach_are_wrong() -> None:
    def may(office: str, role: str) -> Fault | None:
        return None if office == "kaltara" else Fault("office_id", "out_of_reach", "…")

    lines = ["budi;Budi;bali;Staf;;;;;", "wati;Wati;kaltara;Staf;;;;;", "made;Made;kaltara;Staf;;2026-01-01;;;"]
    made = somebody("made", PositionEntry("bali", "Staf", "definitif", None, None))
    assert told(people_of(lines, made, may=may).rows) == [
        ("wrong", "out_of_reach"),
        ("new",),
        ("wrong", "out_of_reach"),
    ]


def kaltara_only(office: str, role: str) -> Fault | None:
    return None if office == "kaltara" else Fault("office_id", "out_of_reach", "…")


def acting(username: str, until: date | None = None) -> Somebody:
    """At the centre, and acting head of a province's secretariat today."""
    own = PositionEntry("kpuri", "Kepala Bagian", "definitif", date(2024, 1, 8), until)
    return somebody(username, PositionEntry("kaltara", "Sekretaris", "plt", date(2026, 1, 5), None), own)


def test_posts_elsewhere_are_not_ended_and_whoever_only_acts_keeps_role_and_account() -> None:
    lines = [
        "maria;Maria;kaltara;Sekretaris;;2026-05-01;;;",
        "budi;Maria;kaltara;Sekretaris;Plt.;2026-01-05;;sekretariat;",
        "wati;Maria;kaltara;Sekretaris;Plt.;2026-01-05;;;tidak",
        "sari;Maria;kaltara;Sekretaris;Plt.;2026-01-05;2026-12-31;;",
        "tuti;Maria;kaltara;Sekretaris;Plt.;2026-01-05;;sekretariat;",
    ]
    here = [acting(each) for each in ("maria", "budi", "wati", "sari")]
    found = people_of(lines, *here, acting("tuti", until=date(2026, 5, 3)), may=kaltara_only)
    assert told(found.rows) == [*[("wrong", "out_of_reach")] * 3, ("changed",), ("changed",)]


def test_rows_that_change_nothing_are_nobody_s_business() -> None:
    lines = [
        "maria;Maria;kpuri;Kepala Bagian;;2024-01-08;;peserta;ya",
        "maria;Maria;kaltara;Sekretaris;Plt.;2026-01-05;;peserta;ya",
        "maria;Maria;kpuri;Kepala Bagian;;2024-01-08;2026-12-31;peserta;ya",
    ]
    found = people_of(lines, acting("maria"), may=kaltara_only)
    assert told(found.rows) == [("same",), ("same",), ("wrong", "out_of_reach")]
    assert found.people == ()


def test_an_institution_sends_participants_as_long_as_any_post_there_is_not_over() -> None:
    def sent(username: str, until: date) -> Somebody:
        own = PositionEntry("kaltara", "Staf", "definitif", date(2026, 1, 5), None)
        return somebody(username, own, PositionEntry("bawaslu", "Anggota", "plt", date(2025, 1, 6), until))

    lines = [f"{each};Maria;kaltara;Staf;;2026-01-05;;pimpinan;" for each in ("maria", "budi")]
    levels = {**LEVELS, "bawaslu": "instansi"}
    kept = (sent("maria", TODAY), sent("budi", date(2026, 5, 3)))
    found = people.plan(csv("people", HEADER, *lines), kept, Names(PRESENT), levels, anything, TODAY)
    assert told(found.rows) == [("wrong", "outside_role"), ("changed",)]


def test_nobody_ends_their_own_last_running_post() -> None:
    ended = "saya;Maria;kaltara;Ketua;;2023-01-09;2026-05-03;;"
    me = somebody("saya", KETUA, role="secretariat", myself=True)
    assert told(people_of([ended], me).rows) == [("wrong", "own_account")]
    both = ["saya;Maria;kaltara;Sekretaris;Plt.;2026-01-05;;;", ended]
    assert told(people_of(both, somebody("saya", KETUA, role="secretariat", myself=True)).rows) == [("changed",)] * 2
    assert told(people_of([ended], somebody("saya", KETUA, role="secretariat")).rows) == [("changed",)]


names = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cn")), min_size=3, max_size=30
)
days = st.none() | st.dates(date(1990, 1, 1), date(2060, 1, 1))


def in_order(span: tuple[date | None, date | None]) -> bool:
    first, last = span
    return first is None or last is None or first <= last


spans = st.tuples(days, days).filter(in_order)


@st.composite
def offices_kept(draw: st.DrawFn) -> list[OfficeEntry]:
    made = list(PRESENT)
    for number, (name, span) in enumerate(draw(st.lists(st.tuples(names, spans), max_size=4))):
        kind = draw(st.sampled_from(INSTITUTION_KINDS))
        parent = draw(st.none() | st.sampled_from(["kaltara", "bali"]))
        zone = draw(st.sampled_from(["Asia/Pontianak", "Asia/Jayapura"]))
        name = tidy(name)
        entry = OfficeEntry(f"uji-{number}", name + " x", name, "instansi", kind, parent, "", zone, *span)
        if len(name) >= 2 and Taken(made).by(entry) is None:
            made.append(entry)
    return made


@settings(max_examples=40, deadline=None)
@given(offices_kept(), st.sampled_from([writing.as_csv, writing.as_xlsx]))
def test_offices_that_come_back_change_nothing(kept: list[OfficeEntry], write: Write) -> None:
    content = write("offices", [offices.cells(each) for each in kept])
    found = offices.plan(table(read(content), "offices"), kept)
    assert [(row.label, row.wrong, row.changes) for row in found.rows if row.outcome != "same"] == []
    assert (found.new, found.changed) == ((), ())


@st.composite
def people_kept(draw: st.DrawFn) -> list[Somebody]:
    made = []
    posts = st.tuples(st.sampled_from(["kaltara", "bali"]), names, st.sampled_from(POSITION_KINDS), spans)
    for number, (name, role, email, held) in enumerate(
        draw(
            st.lists(
                st.tuples(
                    names,
                    st.sampled_from(["participant", "chair"]),
                    st.sampled_from(["", "+sekretariat@kpu.example"]),
                    st.lists(posts, min_size=1, max_size=4),
                ),
                min_size=1,
                max_size=4,
            )
        )
    ):
        kept: list[PositionEntry] = []
        for office, title, kind, span in held:
            post = PositionEntry(office, tidy(title), kind, *span)
            alike = [each for each in kept if same(each, post)]
            if not any(overlaps(each, post) for each in alike) and len(post.title) > 1:
                kept.append(post)
        name = tidy(name)
        if kept and len(name) > 1:
            one = somebody(f"orang{number}", *kept, role=role)
            one.entry = PersonEntry(one.entry.username, name, role, email)
            one.disabled = draw(st.booleans())
            made.append(one)
    return made


@settings(max_examples=60, deadline=None)
@given(people_kept(), st.sampled_from([writing.as_csv, writing.as_xlsx]))
def test_people_who_come_back_change_nothing(kept: list[Somebody], write: Write) -> None:
    if not kept:
        return
    rows = [people.cells(each.entry, each.disabled, post.entry) for each in kept for post in each.posts]
    content = write("people", rows)
    found = people.plan(table(read(content), "people"), kept, Names(PRESENT), LEVELS, anything, TODAY)
    assert [(row.label, row.wrong, row.changes) for row in found.rows if row.outcome != "same"] == []
    assert found.people == ()
