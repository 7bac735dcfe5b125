"""Light synthetic participants: real ICE, DTLS and SRTP, really encoded media, and next to nothing per packet received.

They are for load tests and benchmarks. A `Crowd` (crowd.py) joins them wherever an offer is answered; from then on one
thread (engine.py) serves all their sockets. Nobody decodes. Who receives reads header and kernel's time stamp only, and
finds out which of the packets sent by this very process it holds, so that the delay of each one is known.
"""
