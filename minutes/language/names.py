"""Names that stand in meetings of any office: places, bodies and their parts. PURE.

Recognisers write them in small letters as often as not, and these are names all the same. Who takes part in a meeting
is known by the meeting.
"""

from __future__ import annotations

# A name of several words counts only whole. Left out: what is a common word too (medan, padang, palu, serang, sorong).
_PLACES = """
Aceh, Sumatera, Sumatera Utara, Sumatera Barat, Sumatera Selatan, Riau, Kepulauan Riau, Jambi, Bengkulu, Lampung,
Bangka Belitung, Kepulauan Bangka Belitung, Jakarta, DKI Jakarta, Jawa, Jawa Barat, Jawa Tengah, Jawa Timur, Yogyakarta,
DI Yogyakarta, Banten, Bali, Nusa Tenggara Barat, Nusa Tenggara Timur, Kalimantan, Kalimantan Barat, Kalimantan Tengah,
Kalimantan Selatan, Kalimantan Timur, Kalimantan Utara, Sulawesi, Sulawesi Utara, Sulawesi Tengah, Sulawesi Selatan,
Sulawesi Tenggara, Sulawesi Barat, Gorontalo, Maluku, Maluku Utara, Papua, Papua Barat, Papua Barat Daya, Papua Selatan,
Papua Tengah, Papua Pegunungan, Kaltara, Kaltim, Kalbar, Kalsel, Kalteng, Sumut, Sumbar, Sumsel, Babel, Kepri, Jabar,
Jateng, Jatim, Sulut, Sulteng, Sulsel, Sultra, Sulbar, Malut, Banda Aceh, Pekanbaru, Palembang, Bandar Lampung,
Pangkalpinang, Tanjungpinang, Tanjung Pinang, Semarang, Surabaya, Denpasar, Mataram, Kupang, Pontianak, Palangka Raya,
Palangkaraya, Banjarmasin, Banjarbaru, Samarinda, Tanjung Selor, Manado, Makassar, Kendari, Mamuju, Ambon, Sofifi,
Ternate, Jayapura, Manokwari, Merauke, Nabire, Wamena, Bulungan, Malinau, Nunukan, Tarakan, Tana Tidung, Sebatik, Krayan
"""
_BODIES = """
KIP Aceh, Sekretariat Jenderal, Setjen, Sekjen, Biro Hukum, Biro Advokasi Hukum, Biro Perundang-undangan,
Divisi Hukum, Divisi Hukum dan Pengawasan, Divisi Data dan Informasi, Divisi Teknis, Divisi Teknis Penyelenggaraan,
Divisi Sosialisasi, Divisi Perencanaan, Divisi Logistik, Subbag Hukum, Bawaslu, Panwaslih, Panwascam, DKPP, Gakkumdu,
Sentra Gakkumdu, Mahkamah Konstitusi, Mahkamah Agung, Pengadilan Negeri, Pengadilan Tinggi, Kejaksaan, Kejati, Kejari,
Polri, Polda, Polres, Kemendagri, Pemprov, Pemkab, Pemkot, Komisi II, BSSN, BSrE, ANRI, BPHN, Ombudsman, KASN, PPATK,
Komisi Informasi, Kesbangpol, Disdukcapil, Sidalih, Silon, Sidakam, Sirekap, Situng, Sipol, Silog, SIAKBA, JDIH,
SRIKANDI
"""


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(name.casefold().split()) for name in text.replace("\n", " ").split(","))


NAMES = _phrases(_PLACES) | _phrases(_BODIES)
LONGEST = max(map(len, NAMES))
"""Words of the longest name."""
