"""From a storyboard to a cut: reading the file, making the shots, standing them on tracks."""
