"""Tags of the staff shell."""
