"""Coding by hand: the codebook, the texts, and what people mark in them."""
