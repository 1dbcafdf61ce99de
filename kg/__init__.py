"""Huimin."""
