"""A transcript as files: captions (VTT, SRT), text to read, JSON to go on with. PURE."""
