"""Pages of the preferences, one per file: the dialog shows those it finds."""
