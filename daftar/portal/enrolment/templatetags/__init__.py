"""Tags of the app enrolment."""
