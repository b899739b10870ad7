"""From a SceneSpec to frames: plates baked once, moved and mixed per frame; numpy and cv2 only, so no thread or screen matters."""
