"""Tags of the app cases."""
