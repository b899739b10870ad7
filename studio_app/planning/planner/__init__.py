"""From words and pictures to a storyboard, and to and from the JSON that other planners speak."""
