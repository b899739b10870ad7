"""Frames and a storyboard in, short film segments out: the contract of the Video Generation Agent."""
