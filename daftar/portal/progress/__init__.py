"""«办理进度查询»: how one's cases go, and what is to be done next (S3.18, S3.19).

Used by citizens. May import cases, proxy and what lies below; knows no kind of case: procedures say what they show.
"""
