"""The edit verbs, one a file: `move_clips.py` holds `MoveClips`. All times are record times of the sequence unless said."""
