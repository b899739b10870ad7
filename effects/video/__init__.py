"""Video effects: one per file, its id is the file's name."""
