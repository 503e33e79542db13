"""Cases: what is submitted and decided by rule or by a reviewer (S3.14-S3.19, S3.25)."""
