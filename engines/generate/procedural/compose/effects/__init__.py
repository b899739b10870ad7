"""Effects: one sound a file."""
