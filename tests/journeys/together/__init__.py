"""Whole ways through the product: the real server, real browsers, spoken meetings with known words."""
