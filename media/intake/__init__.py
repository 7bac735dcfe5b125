"""A recording made elsewhere becomes a track as the recorder writes one, in a process of its own."""
