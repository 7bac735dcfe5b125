"""Indonesian as it is said and as it is written: numbers, citations of the law, dates, times, money. PURE.

The lowest layer of minutes: the record writes with it what speech has heard.
"""
