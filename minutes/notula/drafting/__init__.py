"""The first draft of a notula, by rules: what was said, in the document's order, each sentence citing its lines. PURE.

`draft` is what a minute-taker begins with. Nothing in it is invented: statements are sentences of the transcript
without greetings and hesitations, and what somebody noted in the meeting.
"""

from minutes.notula.drafting.assembling import draft
from minutes.notula.drafting.noting import uncited

__all__ = ["draft", "uncited"]
