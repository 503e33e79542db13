"""The review console: staff decide the cases of their place and look decided ones up (S3.16, S3.17, S3.25).

Used by reviewers and headquarters. May import cases, proxy and what lies below; procedures say what a case shows.
"""
