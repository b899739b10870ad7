"""Generators: one per file, its id is the file's name."""
