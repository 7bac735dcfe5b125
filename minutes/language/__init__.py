"""Indonesian as it is said and as it is written: numbers, citations of the law, dates, times, money. PURE.

The lowest layer of minutes: speech writes with it, record and search read with it.
"""
