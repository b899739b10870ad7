"""The project itself: time, items, tracks, edits, files. Standard library only (pydantic in project_file)."""
