"""Who is to do it: offices, bureaus and persons that a sentence gives work to. PURE.

One that is named has the work where it stands before what is to be done ("Biro Hukum menyusun"), behind "oleh", behind
words that ask ("saya minta Papua"), or is spoken to; not where something goes there or is done with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes.notula.drafting.mentions import Directory, Mention, Owners, joined

_ASKS = (
    r"(?:minta|meminta|diminta|tugaskan|menugaskan|ditugaskan|instruksikan|diinstruksikan|serahkan|percayakan"
    r"|mohon|dimohon|tolong|harap|oleh)"
)
_GIVEN = re.compile(
    rf"(?:(?:catatan|tugas|pr|instruksi|perintah) (?:untuk|bagi|kepada)"
    r"|di(?:lakukan|laksanakan|kerjakan|susun|siapkan|buat|tangani|urus|koordinasikan|kirim|lanjutkan)"
    rf"|{_ASKS}(?: kepada| ke)?(?: (?:bapak|ibu|pak|bu))?) $"
)
_GOES_THERE = re.compile(
    r"(?:^| )(?:di|dari|dengan|ke|kepada|untuk|antara|pada|bagi|bersama|terhadap|tentang|melalui|milik) $"
)
_BETWEEN = (
    r"(?: (?:agar|supaya|untuk|wajib|harus|segera|akan|yang|nanti|nantinya|tolong|mohon|diminta|harap|perlu|juga|dapat"
    r"|sudah|silakan|silahkan|ikut|bisa|ini|itu|itulah|cukup|hanya|di \S+))*"
)
_VERB = (
    r"(?:me[a-z]{3,}|ber[a-z]{3,}|(?:siap|buat|kirim|lapor|susun|surat|pasti|tunjuk|bentuk|serah|sampai|lengkap|bagi|upaya)(?:kan|i)?"
    r"|buat|koordinasi|tindaklanjuti|paling|selambat-lambatnya|jangan|hasilnya|laporannya)"
)
_ASKED_TO = re.compile(
    r" (?:tolong|mohon|silakan|silahkan|harap|diharap|diharapkan|diminta|agar|supaya|segera"
    r"|saya minta|wajib|harus)(?!\S)"
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


def owners(said: str, directory: Directory) -> Owners:
    """Whom the sentence `said` (plain words) gives work to."""
    mentions = directory.mentions(said)
    given: list[Mention] = []
    for number, each in enumerate(mentions):
        listed = number > 0 and mentions[number - 1] in given and _follows(said, mentions[number - 1], each)
        if listed or _owns(said, mentions, number):
            given.append(each)
    return joined(each.owners for each in given)


def _owns(said: str, mentions: Sequence[Mention], number: int) -> bool:
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


def _last_of_list(said: str, mentions: Sequence[Mention], number: int) -> Mention:
    """Of "Papua dan Papua Barat menyampaikan" the last."""
    last = mentions[number]
    for each in mentions[number + 1 :]:
        if not _follows(said, last, each):
            break
        last = each
    return last


def _follows(said: str, one: Mention, other: Mention) -> bool:
    return said[one.end : other.start].strip() in ("", "dan", "serta", "juga", "dan juga")
