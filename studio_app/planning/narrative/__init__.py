"""Dramatic structure: scenes in acts, their tension against an ideal curve, and orders that would serve it better."""
