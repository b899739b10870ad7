"""The scene as data: what SceneSpec is made of, its bounds, its file, how two are blended and how a film is cut into parts."""
