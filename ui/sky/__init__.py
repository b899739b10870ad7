"""The sky: a painted map of all clips, with what lies over it and beside it."""
