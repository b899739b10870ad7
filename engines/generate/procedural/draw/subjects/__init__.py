"""Heroes and props: vector drawings lit by the scene."""
