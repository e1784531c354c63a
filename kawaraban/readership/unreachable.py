class Unreachable(OSError):
    """Why the counts can't be read or written now, as a sentence."""
