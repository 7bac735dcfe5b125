"""Who is to do it: offices, bureaus and persons that a sentence gives work to. PURE.

A *mention* is where one is named; it owns the work where it stands before what is to be done ("Biro Hukum menyusun"),
behind "oleh", or behind words that ask ("saya minta Papua"); not where something goes there or is done with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from minutes.language.numbers import ONES
from minutes.notula.content import Who
from minutes.notula.drafting.reading import either, plain
from minutes.notula.material import Office

_ALL = re.compile(
    either(
        r"""(?:seluruh|semua|setiap|tiap|tiap-tiap|masing-masing|segenap|para)(?: jajaran)?(?: kpu| kip)?
        (?:provinsi|satker|satuan kerja|kantor|peserta(?: rapat)?|daerah|divisi hukum|komisioner
        |sekretaris(?: kpu)?|kpu)
        / (?:bapak(?: dan)? ibu|saudara\Wsaudara|rekan-rekan|kita) (?:semua|sekalian)"""
    )
)
_DISTRICTS = re.compile(
    either(r"(?:(?:seluruh|semua|setiap|tiap|masing-masing) )?(?:kpu )?kabupaten(?:\W| dan | atau )kota")
)
_BARE = re.compile(either(r"kpu provinsi / provinsi / daerah / satker"))
_SOME = frozenset({*ONES, "beberapa", "sebagian", "tingkat", "sejumlah", "ibu", "antar"})
_PROVINCE = re.compile(
    r" (?:aceh|sumat(?:e)?ra|riau|jambi|bengkulu|lampung|kepulauan|dki|jawa|diy|di yogyakarta|banten|bali|nusa"
    r"|kalimantan|sulawesi|gorontalo|maluku|papua|sum(?:ut|bar|sel)|kep\S+|babel|jatim|jateng|jabar|kal\S+|sul\S+|ntb|ntt|malut)(?!\S)"
)
_FIELDS = """
hukum teknis hupmas data informasi perencanaan keuangan logistik umum sdm advokasi perundang-undangan tata usaha
organisasi jenderal pengawasan penyelenggaraan partisipasi masyarakat hubungan program anggaran kepegawaian arsip
persidangan protokol pengadaan barang jasa internal teknologi sosialisasi parmas penyelesaian sengketa rumah tangga
"""
_FIELD = rf"(?: (?:dan )?(?:{'|'.join(_FIELDS.split())}))+"
_UNIT = re.compile(
    either(
        rf"""(?:kepala )?(?:biro|bagian|subbagian|subbag|kabag|kabiro|kasubbag|pusat|divisi
        |deputi(?: bidang)?){_FIELD}
        / pusdatin / sekjen / setjen / sekretariat(?: jenderal)? / sekretaris jenderal / inspektorat / kabiro / kabag
        / kasubbag / (?:tim|pokja|kelompok kerja)(?: kecil| teknis| khusus| penyusun|{_FIELD}) / notulis / arsiparis
        / (?:bapak |ibu |pak |bu )?sekretaris(?! kpu)"""
    )
)
SHORTEST_CALL = 4  # letters of a name that is cut short
_TITLES = ("bapak", "ibu", "pak", "bu", "saudara", "saudari", "mas", "mbak")
_ASKS = (
    r"(?:minta|meminta|diminta|tugaskan|menugaskan|ditugaskan|instruksikan|diinstruksikan|serahkan|percayakan"
    r"|mohon|dimohon|tolong|harap|oleh)"
)
_GIVEN = re.compile(rf"{_ASKS}(?: kepada| ke)?(?: (?:bapak|ibu|pak|bu))? $")
_GOES_THERE = re.compile(
    r"(?:^| )(?:di|dari|dengan|ke|kepada|untuk|antara|pada|bagi|bersama|terhadap|tentang|melalui|milik) $"
)
_BETWEEN = (
    r"(?: (?:agar|supaya|untuk|wajib|harus|segera|akan|yang|nanti|nantinya|tolong|mohon|diminta|harap|perlu|juga|dapat"
    r"|sudah|ikut|bisa|ini|itu|itulah|cukup|hanya|di \S+))*"
)
_VERB = (
    r"(?:me[a-z]{3,}|ber[a-z]{3,}|(?:siap|buat|kirim|lapor|susun|surat|pasti|tunjuk|bentuk|serah|sampai|lengkap|bagi|upaya)(?:kan|i)?"
    r"|buat|koordinasi|tindaklanjuti|paling|selambat-lambatnya|jangan|hasilnya|laporannya)"
)
_ASKED_TO = re.compile(
    r" (?:tolong|mohon|harap|diharap|diharapkan|diminta|agar|supaya|segera|saya minta|wajib|harus)(?!\S)"
)
_WITH = re.compile(r"(?:^| )(?:dengan|dari|di|ke|bersama|antara) $")
# Of whom something is told, and who is not spoken to: "kata Bu Maria", "Pak Joko tadi".
_TOLD_OF = re.compile(
    r"(?:^| )(?:kata|usul\S*|pertanyaan|permintaan|menurut|seperti|kasih|silakan|maksud|punya|betul|baik|siap) $"
)
_TELLS = re.compile(
    r" (?:tadi|sudah|bilang|mengatakan|mengusulkan|bertanya|menyampaikan|benar|betul|bagaimana|gimana)(?!\S)"
)
_IS = (
    r"(?!memiliki|mempunyai|merupakan|menjadi|mendapat\S*|mengalami|menghadapi|berjalan|berhak|berada|berlaku|bersifat|berupa"
    r"|mencapai|menerima|meminta|mengenai|menurut|melalui|menjelang|memang|mereka|meski\S*|berdasar\S*|berikut|bersama|mengusulkan|menyatakan|mengatakan|bertanya|menanyakan|merasa)"
)
_ACTS = re.compile(rf"{_BETWEEN} {_IS}{_VERB}(?!\S)")


@dataclass(frozen=True, slots=True)
class Owners:
    """`words`: those that are no invited office, as they were named."""

    offices: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    everybody: bool = False

    def __bool__(self) -> bool:
        return bool(self.offices or self.words or self.everybody)


NOBODY_NAMED = Owners()


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    owners: Owners
    person: bool = False


@dataclass(frozen=True)
class Directory:
    """The invited offices and the people of a meeting, by the names that they are called."""

    offices: tuple[Office, ...]
    people: tuple[Who, ...]
    _called: dict[str, list[tuple[tuple[str, ...], Owners]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """By first words: several hundred offices are looked for in every sentence that gives work."""
        for office in self.offices:
            for name in names(office):
                self._call(tuple(name.split()), Owners(offices=(office.id,)))
        for person in self.people:
            for name in _calls(person):
                for title in _TITLES:
                    self._call((title, *name.split()), self._person(person))

    @property
    def of_districts(self) -> bool:
        return any(plain(each.name).split()[1:2] in (["kabupaten"], ["kota"]) for each in self.offices)

    def mentions(self, said: str) -> list[_Mention]:
        """In the order they stand; where two are in one another, the longer."""
        found = sorted(self._all(said), key=lambda each: (each.start - each.end, each.start))
        kept: list[_Mention] = []
        for each in found:
            if not any(each.start < other.end and other.start < each.end for other in kept):
                kept.append(each)
        return sorted(kept, key=lambda each: each.start)

    def own(self, speaker: Who) -> Owners:
        """Whoever says "kami"."""
        office = next((each.id for each in self.offices if speaker.office in (each.name, each.short_name)), None)
        if office is not None:
            return Owners(offices=(office,))
        return Owners(words=(unit(speaker),)) if unit(speaker) else NOBODY_NAMED

    def _person(self, person: Who) -> Owners:
        """Somebody of an invited office stands for it; others for themselves."""
        own = self.own(person)
        return own if own.offices else Owners(words=(", ".join(filter(None, (person.name, person.position))),))

    def named(self, who: str) -> Owners:
        """All whom `who` names, whatever it says of them."""
        return joined(each.owners for each in self.mentions(plain(who)))

    def _call(self, words: tuple[str, ...], owners: Owners) -> None:
        self._called.setdefault(words[0], []).append((words, owners))

    def _all(self, said: str) -> Iterator[_Mention]:
        everybody = Owners(everybody=True)
        districts = everybody if self.of_districts else Owners(words=("KPU Kabupaten/Kota",))
        for pattern, owner in ((_ALL, everybody), (_DISTRICTS, districts), (_BARE, everybody)):
            if pattern is not _BARE or not self.of_districts:
                yield from (_Mention(*match.span(), owner) for match in pattern.finditer(said) if _all_of(said, match))
        yield from (_Mention(*match.span(), Owners(words=(_titled(match[0]),))) for match in _UNIT.finditer(said))
        yield from self._named(said)

    def _named(self, said: str) -> Iterator[_Mention]:
        words, at = said.split(), 0
        for number, word in enumerate(words):
            for name, owner in self._called.get(word, ()):
                if tuple(words[number : number + len(name)]) == name:
                    yield _Mention(at, at + len(" ".join(name)), owner, person=word in _TITLES)
            at += len(word) + 1


def _all_of(said: str, match: re.Match[str]) -> bool:
    """Not "dua provinsi", and not "KPU Provinsi Jambi", whether that is invited or not."""
    before = said[: match.start()].split()[-1:]
    some = before and (before[0] in _SOME or before[0].isdigit())
    return not some and _PROVINCE.match(said, match.end()) is None


def owners(said: str, directory: Directory) -> Owners:
    """Whom the sentence `said` (plain words) gives work to."""
    mentions = directory.mentions(said)
    given = [each for number, each in enumerate(mentions) if _owns(said, mentions, number)]
    return joined(each.owners for each in given)


def joined(many: Iterable[Owners]) -> Owners:
    each = list(many)
    return Owners(
        offices=tuple(dict.fromkeys(office for one in each for office in one.offices)),
        words=tuple(dict.fromkeys(word for one in each for word in one.words)),
        everybody=any(one.everybody for one in each),
    )


def called(people: Iterable[Who]) -> tuple[Who, ...]:
    """Each once, and nobody without a name."""
    return tuple(dict.fromkeys(each for each in people if each.name))


def names(office: Office) -> list[str]:
    """An office's names as they are said: with and without "KPU Provinsi", and its short form."""
    full, short = plain(office.name), plain(office.short_name)
    bare = re.sub(r"^(?:kpu|kip) (?:(?:provinsi|kabupaten|kota) )?", "", full)
    return list(
        dict.fromkeys(name for name in (full, short, bare, f"kpu {bare}", short.removeprefix("kpu ")) if len(name) > 3)
    )


def unit(person: Who) -> str:
    """What somebody of the host answers for: of "Kepala Biro Hukum" the bureau, else the person."""
    found = re.match(r"(?:Plt\. |Plh\. )?Kepala ((?:Biro|Bagian|Subbagian|Pusat) [^,]+)", person.position)
    return found[1] if found is not None else person.position or person.name


def _owns(said: str, mentions: Sequence[_Mention], number: int) -> bool:
    mention = mentions[number]
    before = said[: mention.start]
    if _GIVEN.search(before[-40:]) is not None:
        return True
    last = _last_of_list(said, mentions, number)
    if _ASKED_TO.match(said, last.end) is not None and _WITH.search(before[-12:]) is None:
        return True
    if _GOES_THERE.search(before[-12:]) is not None:
        return False
    if mention.person and _TOLD_OF.search(before[-14:]) is None and _TELLS.match(said, mention.end) is None:
        return True
    return _ACTS.match(said, last.end) is not None or (number == 0 and last is not mention)


def _last_of_list(said: str, mentions: Sequence[_Mention], number: int) -> _Mention:
    """Of "Papua dan Papua Barat menyampaikan" the last."""
    last = mentions[number]
    for each in mentions[number + 1 :]:
        if said[last.end : each.start].strip() not in ("", "dan", "serta"):
            break
        last = each
    return last


def _titled(said: str) -> str:
    upper = {"sdm": "SDM"}
    return " ".join(word if word in ("dan", "bidang") else upper.get(word, word.capitalize()) for word in said.split())


def _calls(person: Who) -> list[str]:
    """By any of their names, and by the beginning of one: Larasati is "Bu Laras"."""
    parts = [part for part in plain(person.name).split() if len(part) > 2]
    short = [part[:length] for part in parts for length in range(SHORTEST_CALL, len(part))]
    return list(dict.fromkeys([plain(person.name), *parts, *short]))
