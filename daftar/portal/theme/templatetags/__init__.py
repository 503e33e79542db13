"""Tags of the theme."""
