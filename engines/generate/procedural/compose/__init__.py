"""The embedded composer: music by mood, tempo and genre, ambience from the scene, effects on cuts; numpy only, no model."""
